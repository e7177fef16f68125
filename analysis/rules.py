"""The rules by which records become a network that can be measured, and what they say in words.

Every figure about a network depends on choices: which ties count, when, and what a tie of four
bodies is between two of them. `Rules` holds these choices as values, so that a result can name them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from simpul.graph_builder import BadEdtf, Days, Manner, Times, bounds, parse_edtf
from simpul.ontology import (
    ClaimStatus,
    Holding,
    Language,
    Modality,
    SimpulError,
    Wording,
    code_lists,
)

from .network import UNMEASURED_LAYERS, Stance, Tie

_SCHEMES: Mapping[str, str] = {
    "layers": "tie-type",
    "tie_types": "tie-type",
    "statuses": "claim-status",
    "modalities": "modality",
    "standings": "standing",
    "signs": "sign",
}
"""The code list behind each set of codes."""


class Joining(StrEnum):
    """How a tie of several bodies joins two of them.

    CLIQUE: each two bodies that an edge rule of the tie type joins; within a role of n bodies each
    pair weighs 1/(n-1). HUB: where one body alone stands at one end of directed links with all
    the others of its tie, only these links, each of weight 1; other ties as in a clique.
    TWO_MODE: the tie is a node of its own, and each named body in it is joined to that.
    """

    CLIQUE = "clique"
    HUB = "hub"
    TWO_MODE = "two-mode"


class Parallel(StrEnum):
    """What several ties of one pair weigh together: their number, the sum of their weights, or 1."""

    COUNT = "count"
    STRENGTH = "strength"
    ANY = "any"


class LeftOut(StrEnum):
    """Why a tie does not count; of several reasons the first in this order is given."""

    STATUS = "status"
    MODALITY = "modality"
    LAYER = "layer"
    CHOICE = "choice"
    TIME = "time"


class UnusableRules(SimpulError):
    """Two rules cannot both hold; `reason` is "attested-when" or "two-mode-direction"."""

    _REMEDIES: Mapping[str, str] = {
        "attested-when": "attested_only asks whether ties held on some days; give these as `when`",
        "two-mode-direction": "a two-mode network has no direction; choose dyads 'clique' or 'hub'",
    }

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(self._REMEDIES[reason])


@dataclass(frozen=True, slots=True)
class Rules:
    """Which ties count and what becomes of them; by default what the measures have always used.

    A set of codes admits these codes only; None admits any. With `layers` None every layer counts
    but talk and conflict. A tie without a modality is realised. `when` are the days on
    which a tie must have held, one or more in a row: a tie that surely did not is left out; one that
    only may have (its dates or sources do not settle it) counts unless `attested_only`. A tie of
    a time slice says itself how it held, and the slice must be one of these days. Without
    `when` every tie counts whenever it held, those since ended included. `unnamed` admits parties that no source
    names. In a directed network a link without direction runs both ways.
    """

    layers: frozenset[str] | None = None
    tie_types: frozenset[str] | None = None
    when: Days | None = None
    attested_only: bool = False
    statuses: frozenset[str] | None = frozenset({str(ClaimStatus.ACCEPTED)})
    standings: frozenset[str] | None = None
    modalities: frozenset[str] | None = frozenset({str(Modality.REALISED)})
    signs: frozenset[str] | None = None
    unnamed: bool = False
    dyads: Joining = Joining.CLIQUE
    parallel: Parallel = Parallel.STRENGTH
    directed: bool = False

    def __post_init__(self) -> None:
        if self.attested_only and self.when is None:
            raise UnusableRules("attested-when")
        if self.directed and self.dyads is Joining.TWO_MODE:
            raise UnusableRules("two-mode-direction")

    def leaves_out(self, tie: Tie) -> LeftOut | None:
        """Why a tie does not count, or None if it does."""
        if not _admits(self.statuses, tie.status.code if tie.status else ""):
            return LeftOut.STATUS
        modality = tie.modality.code if tie.modality else str(Modality.REALISED)
        if not _admits(self.modalities, modality):
            return LeftOut.MODALITY
        layer = tie.layer.code
        if self.layers is None and layer in UNMEASURED_LAYERS:
            return LeftOut.LAYER
        chosen = (
            _admits(self.layers, layer)
            and _admits(self.tie_types, tie.type.code)
            and _admits(self.standings, tie.standing.code if tie.standing else "")
            and _admits(self.signs, tie.sign.code if tie.sign else "")
        )
        if not chosen:
            return LeftOut.CHOICE
        return None if self._held(tie) else LeftOut.TIME

    def _held(self, tie: Tie) -> bool:
        if self.when is None:
            return True
        if tie.holding:
            how: Holding | None = Holding(tie.holding.code)
        else:
            how = times_of(tie).on(self.when)
        return how is Holding.ATTESTED or (
            how is Holding.POSSIBLE and not self.attested_only
        )

    def describe(self, language: Language, *windows: Days) -> str:
        """The rules as sentences for a paragraph on methods; of several windows each is named in place of `when`."""
        words = Wording.load("simpul.analysis", "rules.toml")

        told = [words.say("opening", language)]
        if self.layers is None:
            told.append(words.say("usual-layers", language))
        for name, scheme in _SCHEMES.items():
            codes: frozenset[str] | None = getattr(self, name)
            if codes is not None:
                code = f"only-{name.replace('_', '-')}"
                named = _named(codes, scheme, language)
                told.append(
                    words.say(
                        code, language, codes=named or words.say("none", language)
                    )
                )
        if self.when is None:
            told.append(words.say("any-time", language))
        else:
            code = "attested-when" if self.attested_only else "possible-when"
            days = ", ".join(map(str, windows or (self.when,)))
            told.append(words.say(code, language, days=days))
        told.append(words.say("unnamed" if self.unnamed else "named", language))
        told.append(words.say(f"dyads-{self.dyads}", language))
        if self.dyads is not Joining.TWO_MODE:
            told.append(words.say(f"parallel-{self.parallel}", language))
            told.append(
                words.say("directed" if self.directed else "undirected", language)
            )
        return " ".join(told)


def times_of(tie: Tie) -> Times:
    """When a tie held, from its dates and from the days of the documents that support it.

    A date that cannot be read as days counts as not stated.
    """
    start, end, occurred = map(_readable, (tie.start, tie.end, tie.occurred))
    attested = tuple(
        days
        for item in tie.evidence
        if item.stance is Stance.SUPPORTS and (days := _days(item.issued))
    )
    manner = Manner.HAPPENS if occurred else Manner.LASTS
    return Times(bounds(start, end, occurred), manner, attested)


def _named(codes: frozenset[str], scheme: str, language: Language) -> str:
    """The codes by their labels; a code that is in no list stays as it is."""
    labels = {
        concept.code: concept.labels[language]
        for concept in code_lists().scheme(scheme)
    }
    return ", ".join(labels.get(code, code) for code in sorted(codes))


def _readable(text: str | None) -> str | None:
    try:
        return text if text and parse_edtf(text) else None
    except BadEdtf:
        return None


def _days(text: str | None) -> Days | None:
    try:
        return Days.of(text) if text else None
    except BadEdtf:
        return None


def _admits(codes: frozenset[str] | None, code: str) -> bool:
    return codes is None or code in codes
