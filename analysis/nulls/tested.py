"""The outcome of a test: what was observed, beside what the null gave, with draws and seed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.typing import ArrayLike

from simpul.ontology import Language, SimpulError, Wording

ALPHA = 0.05
DRAWS = 1000
SEED = 1
# Values that are equal but for the order of a sum count as equal.
_SLACK = 1e-9


class Untestable(SimpulError):
    """The data leave the null nothing to vary, or the question has no answer in them."""

    def __init__(self, test: str, reason: str) -> None:
        self.test = test
        self.reason = reason
        super().__init__(f"{test}: {reason}")


@dataclass(frozen=True, slots=True)
class Tested:
    """One statistic against its null.

    `upper` and `lower` are the shares of draws at least as great and at most as great, the observed value
    counted as one draw more: (1 + k) / (1 + n), so that none is 0 (Phipson and Smyth 2010). `beyond` is the
    share, counted so, of draws at least as far from 0, where the test compares by size. `null` is the code
    of the sentence that states the null.
    """

    statistic: str
    null: str
    observed: float
    mean: float
    sd: float
    upper: float
    lower: float
    draws: int
    seed: int
    beyond: float | None = None

    @property
    def p(self) -> float:
        """The two-sided probability: `beyond` if there is one, else twice the smaller tail, at most 1."""
        if self.beyond is not None:
            return self.beyond
        return min(1.0, 2 * min(self.upper, self.lower))

    @property
    def z(self) -> float:
        """How many standard deviations of the null lie between; nan where the null does not vary."""
        apart = self.observed - self.mean
        return apart / self.sd if self.sd > _SLACK else float("nan")

    def say(self, language: Language) -> str:
        """The figures, the decision at ALPHA and the null, in sentences."""
        return " ".join(say_together([self], language))

    def decide(self, language: Language) -> str:
        """The figures and the decision at ALPHA, without the null they are held against."""
        words = _words()
        decision = "differs" if self.p <= ALPHA else "cannot-tell"
        needed = draws_needed(ALPHA, by_size=self.beyond is not None)
        if self.draws < needed:
            decision = "too-few-draws"
        return words.say(
            decision,
            language,
            statistic=words.say(f"statistic-{self.statistic}", language),
            observed=f"{self.observed:.3f}",
            mean=f"{self.mean:.3f}",
            sd=f"{self.sd:.3f}",
            p=f"{self.p:.3g}",
            p_is=words.say("p-tails" if self.beyond is None else "p-size", language),
            draws=self.draws,
            needed=needed,
            seed=self.seed,
        )


def say_together(tests: Iterable[Tested], language: Language) -> tuple[str, ...]:
    """What each test decides, one after the other, and then each of their nulls once."""
    made = tuple(tests)
    nulls = dict.fromkeys(each.null for each in made)
    return (
        *(each.decide(language) for each in made),
        *(_words().say(f"null-{null}", language) for null in nulls),
    )


def tested(
    statistic: str,
    null: str,
    observed: float,
    drawn: ArrayLike,
    seed: int,
    *,
    by_size: bool = False,  # noqa: PT028  # not a test
) -> Tested:
    """Compare a value with draws of the null; `by_size` for a statistic that lies about 0 under the null.

    Raises: Untestable if there is no draw.
    """
    values = np.asarray(drawn, np.float64)
    values = values[~np.isnan(values)]
    n = len(values)
    if not n:
        raise Untestable(
            statistic, "the null gave no value; there must be draws and ties"
        )
    slack = _SLACK * max(1.0, abs(observed))
    return Tested(
        statistic,
        null,
        float(observed),
        float(values.mean()),
        sqrt(float(values.var())),
        (1 + int((values >= observed - slack).sum())) / (1 + n),
        (1 + int((values <= observed + slack).sum())) / (1 + n),
        n,
        seed,
        (1 + int((abs(values) >= abs(observed) - slack).sum())) / (1 + n)
        if by_size
        else None,
    )


def draws_needed(alpha: float, tests: int = 1, *, by_size: bool = False) -> int:
    """The fewest draws with which one two-sided test among several can reach a level.

    >>> draws_needed(0.05), draws_needed(0.05, 10), draws_needed(0.05, by_size=True)
    (39, 399, 19)
    """
    tails = 1 if by_size else 2
    return ceil(tails * tests / alpha - _SLACK) - 1


def generator(test: str, n: int, seed: int) -> np.random.Generator:
    """The random numbers of a test (PCG64).

    Raises: Untestable for no draws or a seed below 0.
    """
    if n < 1:
        raise Untestable(test, f"{n} draws give no null; ask for 1 or more")
    if seed < 0:
        raise Untestable(test, f"a seed is 0 or more, not {seed}")
    return np.random.Generator(np.random.PCG64(seed))


def adjusted(
    p: Sequence[float] | ArrayLike, how: str
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Probabilities of several tests, raised for their number.

    `how`: "none"; "bonferroni"; "holm" (Holm 1979, the chance of any false finding);
    "fdr" (Benjamini and Hochberg 1995, the expected share of false findings).

    Raises: Untestable for another way.

    >>> adjusted([0.01, 0.02, 0.5], "holm").tolist()
    [0.03, 0.04, 0.5]
    """
    values = np.asarray(p, np.float64)
    m = len(values)
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    if how == "none":
        return values
    if how == "bonferroni":
        return np.minimum(values * m, 1.0)
    if how == "holm":
        raised = np.maximum.accumulate(ordered * np.arange(m, 0, -1))
    elif how == "fdr":
        raised = np.minimum.accumulate((ordered * m / np.arange(1, m + 1))[::-1])[::-1]
    else:
        raise Untestable("correction", f"{how!r} is not none, bonferroni, holm or fdr")
    found = np.empty(m)
    found[order] = np.minimum(raised, 1.0)
    return found


def _words() -> Wording:
    return Wording.load("simpul.analysis.nulls", "words.toml")
