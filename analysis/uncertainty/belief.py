"""How likely a tie is, given how many independent origins are for it and against it.

What the probability means: if origins err at the stated rates, and independently of each other, this
share of the ties with such evidence is real. What it does not mean: the rates are assumptions, not
measurements; ties that nobody recorded have no probability and are never drawn; and since a tie comes
on record only because some origin supports it, the first origin counts for somewhat more than it should.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp, isfinite, log

import numpy as np

from simpul.ontology import Language, Modality, SimpulError, Wording

from ..dyads import Dyads, Weights
from ..network import Stance, Tie


class BadPrior(SimpulError):
    """A belief about sources that no evidence could bear on, or that is no probability."""

    def __init__(self, name: str, value: float, reason: str) -> None:
        self.name = name
        self.value = value
        super().__init__(f"{name} = {value}: {reason}")


def _came_about() -> Mapping[str, float]:
    return {
        str(Modality.REALISED): 1.0,
        str(Modality.REPORTED): 0.7,
        str(Modality.PLANNED): 0.5,
        str(Modality.HOPED): 0.25,
        str(Modality.DENIED): 0.05,
    }


@dataclass(frozen=True, slots=True)
class Prior:
    """What is assumed of ties and origins before any evidence is looked at.

    `real` and `not_real` are the counts of a Beta prior: as if of so many such ties that were checked, so
    many had been real. `true_rate` is how often an origin that speaks of a real tie supports it,
    `false_rate` how often one supports a tie that is not real. `came_about` is by modality the share of
    ties that came about, where what the origins say of them is right; other modalities count as realised.
    """

    real: float = 1.0
    not_real: float = 1.0
    true_rate: float = 0.8
    false_rate: float = 0.1
    came_about: Mapping[str, float] = field(default_factory=_came_about)

    def __post_init__(self) -> None:
        for name in ("real", "not_real"):
            value: float = getattr(self, name)
            if not (isfinite(value) and value > 0):
                raise BadPrior(name, value, "give a number above 0")
        for name in ("true_rate", "false_rate"):
            rate: float = getattr(self, name)
            if not 0 < rate < 1:
                raise BadPrior(
                    name, rate, "give a rate between 0 and 1, neither itself"
                )
        if self.true_rate <= self.false_rate:
            reason = "must be below the true rate, or support would speak against a tie"
            raise BadPrior("false_rate", self.false_rate, reason)
        for modality, share in self.came_about.items():
            if not 0 <= share <= 1:
                raise BadPrior(modality, share, "give a share between 0 and 1")

    def after(self, supporting: int, disputing: int) -> float:
        """The probability that a tie is real, of which so many origins are for it and so many against.

        The log odds are log(real / not_real) + supporting log(t / f) + disputing log((1 - t) / (1 - f)),
        with t the true and f the false rate: Bayes' rule for origins that err independently.

        >>> [round(Prior().after(n, 0), 3) for n in (0, 1, 2)]
        [0.5, 0.889, 0.985]
        """
        odds = log(self.real / self.not_real)
        odds += supporting * log(self.true_rate / self.false_rate)
        odds += disputing * log((1 - self.true_rate) / (1 - self.false_rate))
        # Either way round exp() gets a number below 0, which cannot overflow.
        return 1 / (1 + exp(-odds)) if odds >= 0 else exp(odds) / (1 + exp(odds))

    def describe(self, language: Language) -> str:
        """The model in sentences for a paragraph on methods, what it does not say included."""
        words = Wording.load("simpul.analysis.uncertainty", "words.toml")
        return words.say(
            "model",
            language,
            share=f"{self.real / (self.real + self.not_real):.2f}",
            true_rate=f"{self.true_rate:g}",
            false_rate=f"{self.false_rate:g}",
            one=f"{self.after(1, 0):.2f}",
            two=f"{self.after(2, 0):.2f}",
        )


def tie_probability(tie: Tie, prior: Prior | None = None) -> float:
    """The probability that a tie is real and came about.

    Copies of one release are one origin, whatever their number. An origin on both sides counts on both.
    The standing of a tie is derived from the same origins and does not count again; nor
    does it matter here that a tie has lapsed, which its dates say.
    """
    assumed = prior or Prior()
    modality = tie.modality.code if tie.modality else str(Modality.REALISED)
    believed = assumed.after(tie.origins(), tie.origins(Stance.DISPUTES))
    return believed * assumed.came_about.get(modality, 1.0)


def probabilities(dyads: Dyads, prior: Prior | None = None) -> Weights:
    """The probability of each tie of a network, in its order of ties."""
    return np.array([tie_probability(tie, prior) for tie in dyads.ties], np.float64)
