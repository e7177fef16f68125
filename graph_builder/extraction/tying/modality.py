"""Whether a tie came to be: realised, planned, hoped, denied or only reported, by the words before its trigger."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from ..reading import clauses

ModalityCode = Literal["realised", "planned", "hoped", "denied", "reported"]

_DENIAL_NEAR = 4
_ABOVE = 12
_BEHIND = 12
_BARELY = {"sebatas", "masih", "baru", "sekadar", "hanya"}
_DENIES = {"menyangkal", "menampik", "menepis"}
_REACH: tuple[tuple[ModalityCode, int], ...] = (
    ("reported", 14),
    ("hoped", 10),
    ("planned", 6),
)


def modality_of(
    words: Sequence[str], start: int, first: int, last: int
) -> ModalityCode:
    """The modality of a trigger from token `first` to `last`, in the clause that begins at `start`.

    A denial holds near the trigger; `membantah` and words of hope and hearsay hold over the clause.
    `tidak hanya` and `tidak terlepas dari` deny nothing, and neither does `belum lama ini`.

    >>> modality_of("pemkab akan bekerja sama dengan kampus".split(), 0, 2, 3)
    'planned'
    """
    cues = clauses().modality
    clause = words[max(start, 0) : first]
    told = _clause_above(words, start)
    if any("bantah" in word or word in _DENIES for word in (*clause, *told)):
        return "denied"
    for at in range(max(0, len(clause) - _DENIAL_NEAR), len(clause)):
        if clause[at] not in cues["denied"] or "," in clause[at:]:
            continue
        after = (*clause, *words[first : last + 1])[at + 1]
        if after not in cues["not_denied"] and after not in cues["recent"]:
            return "denied"
    behind = _same_clause(words[last + 1 : last + _BEHIND])
    if cues["ended"] & {*clause[-2:]} or cues["ended_after"] & {*behind}:
        return "denied"
    if any(
        word in cues["hoped_after"] and one in _BARELY for one, word in pairwise(behind)
    ):
        return "hoped"
    for code, near in _REACH:
        above = (*clause[-near:], *told)
        if any(
            word in cues[code]
            for at, word in enumerate(above)
            if word != "disebut" or above[at - 1 : at] != ("yang",)
        ):
            return code  # `yang disebut terakhir` is no hearsay
    return "realised"


def _same_clause(words: Sequence[str]) -> Sequence[str]:
    """The words up to where another clause begins."""
    stop = clauses().boundaries | {",", "yang"}
    return words[: next((at for at, word in enumerate(words) if word in stop), None)]


def _clause_above(words: Sequence[str], start: int) -> Sequence[str]:
    """The words before `bahwa`, `agar` or `supaya`, where the clause depends on them: `berharap agar …`."""
    if start <= 0 or words[start - 1] not in {"bahwa", "agar", "supaya"}:
        return ()
    small, at = clauses(), start - 1
    while at > 0 and words[at - 1] not in small.boundaries and start - at < _ABOVE:
        at -= 1
    return words[at : start - 1]
