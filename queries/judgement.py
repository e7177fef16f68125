"""Confidence and standing, judged clause by clause: which one decides, and why none before it did.

The rules of the ontology (`2-confidence.rq`, `6-standing.rq`) derive both for a whole graph at once.
Here they are told clause by clause for one claim, from what it rests on; a test holds the two together.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from simpul.ontology import Confidence, Modality, Standing

ENOUGH = 2
"""How many independent origins make a claim more than the word of one."""

AFTER_EVERYTHING = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Grounds:
    """What one claim rests on.

    `passages` state it outright and name an origin, `roots` are the origins they name. `cited` counts
    the passages of sources cited for the record as a whole; `authority` tells whether a regulation, a
    register or a statistical release states it. `disputing` counts passages against it, `open` and
    `settled` the discrepancies that involve it. `unnamed` are the required roles that only unnamed
    parties fill.
    `end` is the last day it can have ended on, `newest` that of the newest evidence in the graph.
    """

    passages: int
    roots: int
    cited: int
    authority: bool
    disputing: int
    open: int
    settled: int
    unnamed: tuple[str, ...]
    modality: Modality
    end: str | None
    newest: str | None

    @property
    def origins(self) -> int:
        """Independent origins: one passage that draws on two releases counts once."""
        return min(self.passages, self.roots)

    @property
    def opposed(self) -> bool:
        """Whether something speaks against it that no decision has settled."""
        return self.open > 0 or (self.disputing > 0 and not self.settled)

    @property
    def over(self) -> bool:
        """Whether it ended before the newest evidence."""
        return bool(self.end and self.newest and self.end < self.newest)


Level = Confidence | Standing


class Clause(NamedTuple):
    """A clause of a rule; `holds` is None where one before it had decided already."""

    code: str
    gives: Level
    holds: bool | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The clauses of a rule in order, up to the one that decides and after it."""

    clauses: tuple[Clause, ...]

    @property
    def decisive(self) -> Clause:
        """The clause that decides."""
        return next(clause for clause in self.clauses if clause.holds)

    @property
    def result(self) -> Level:
        """What follows."""
        return self.decisive.gives


_Rule = tuple[tuple[str, Callable[[Grounds], bool], Level], ...]

_CONFIDENCE: _Rule = (
    ("opposed", lambda on: on.opposed, Confidence.LOW),
    ("unnamed", lambda on: bool(on.unnamed), Confidence.LOW),
    ("unsaid", lambda on: not (on.origins or on.authority or on.cited), Confidence.LOW),
    ("origins", lambda on: on.origins >= ENOUGH, Confidence.HIGH),
    ("authority", lambda on: on.authority, Confidence.HIGH),
    ("otherwise", lambda _: True, Confidence.MEDIUM),
)
_STANDING: _Rule = (
    ("denied", lambda on: on.modality is Modality.DENIED, Standing.DENIED),
    ("opposed", lambda on: on.opposed, Standing.CONTESTED),
    (
        "planned",
        lambda on: on.modality in (Modality.PLANNED, Modality.HOPED),
        Standing.PLANNED,
    ),
    ("over", lambda on: on.over, Standing.LAPSED),
    ("origins", lambda on: on.origins >= ENOUGH, Standing.CORROBORATED),
    ("otherwise", lambda _: True, Standing.SINGLE_ORIGIN),
)


def judge_confidence(grounds: Grounds) -> Judgement:
    """How sure a claim is.

    >>> one = Grounds(1, 1, 0, False, 0, 0, 0, (), Modality.REALISED, None, None)
    >>> str(judge_confidence(one).result), judge_confidence(one).decisive.code
    ('medium', 'otherwise')
    """
    return _judged(_CONFIDENCE, grounds)


def judge_standing(grounds: Grounds) -> Judgement:
    """How a tie stands by all its evidence.

    >>> one = Grounds(1, 1, 0, False, 0, 0, 0, (), Modality.REALISED, None, None)
    >>> str(judge_standing(one).result)
    'single-origin'
    """
    return _judged(_STANDING, grounds)


def _judged(rule: _Rule, grounds: Grounds) -> Judgement:
    clauses: list[Clause] = []
    decided = False
    for code, condition, gives in rule:
        holds = None if decided else condition(grounds)
        decided = decided or bool(holds)
        clauses.append(Clause(code, gives, holds))
    return Judgement(tuple(clauses))


class Prospect(NamedTuple):
    """Something that would change the outcome, and what it would become; `standing` of a tie only.

    `confidence` is None where the claim would be no more.
    """

    code: str
    confidence: Level | None
    standing: Level | None


def prospects(grounds: Grounds, *, is_tie: bool) -> Iterator[Prospect]:
    """What would make a claim surer or less sure, one thing at a time.

    Leaves out what would change nothing, and what would do no more than something named before it.
    """
    seen = {_outcome(grounds, is_tie)}
    for code, other in _otherwise(grounds):
        after = _outcome(other, is_tie)
        if after not in seen:
            seen.add(after)
            yield Prospect(code, *after)


def _otherwise(on: Grounds) -> Iterator[tuple[str, Grounds]]:
    if on.opposed:
        yield "settled", replace(on, open=0, settled=on.settled + 1)
    if on.unnamed:
        yield "named", replace(on, unnamed=())
    if on.modality is not Modality.REALISED:
        yield "realised", replace(on, modality=Modality.REALISED)
    more = replace(on, passages=on.passages + 1, roots=on.roots + 1)
    yield "origin", more
    yield "authority", replace(more, authority=True)
    if on.end:
        yield "newer", replace(on, newest=AFTER_EVERYTHING)
    if on.origins and not on.authority:
        left = on.origins - 1
        yield "loss", replace(on, passages=left, roots=left)
    if not on.opposed:
        yield "opposed", replace(on, open=1)


def _outcome(grounds: Grounds, is_tie: bool) -> tuple[Level, Level | None]:
    standing = judge_standing(grounds).result if is_tie else None
    return judge_confidence(grounds).result, standing
