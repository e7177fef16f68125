"""Whether ties between two bodies are what a question for yes or no asks: the roles of both tell who does what to whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simpul.ontology import (
    Holding,
    Language,
    Modality,
    Standing,
    code_lists,
)

from ..results import Rows
from .filling import Filled
from .frames import Relation, relations
from .holding_rows import Told
from .lexicon import lexicon
from .own_queries import value_of
from .reading import Reading, Sign
from .turning import turns

_SAID = (None, Modality.REPORTED.iri)
"""What is told as a fact, or as a fact that others tell."""
_NO_DIRECTION = ("", "")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How to begin the answer (a code of `replies.toml`), and the rows that it rests on, by place."""

    code: str
    rows: tuple[int, ...]


def verdict(
    filled: Filled, reading: Reading, rows: Rows, told: Told, lang: Language
) -> Verdict:
    """Yes only where the roles say what was asked; else what ties there are.

    A tie that was only planned or is denied is no yes, nor one that is not attested on the days asked.
    """
    every = tuple(range(len(rows)))
    wanted = _wanted(filled, reading, lang)
    kept = every
    if wanted is not None and wanted != _NO_DIRECTION:
        columns = zip(rows.column("role"), rows.column("other_role"), strict=True)
        roles = [(value_of(own), value_of(other)) for own, other in columns]
        kept = tuple(place for place in every if roles[place] == wanted)
        if not kept:
            return Verdict("another-way", every)
    code = _by_standing(rows, kept, told, lang)
    if code == "yes" and wanted is None:
        code = "there-is"
    if told.is_dated and not any(
        told.holdings[place] is Holding.ATTESTED for place in kept
    ):
        code = "perhaps-then"
    return Verdict(code, kept)


def _wanted(filled: Filled, reading: Reading, lang: Language) -> tuple[str, str] | None:
    """The roles of the one and the other that a yes takes: none in particular, or None if that is not clear."""
    signs = [sign for sign in reading.signs if sign.cue.variant]
    types = [n.value for n in filled.narrowings if n.way == "of-type"]
    if not types:
        is_any = not signs and (reading.says("tie") or reading.says("linked"))
        return _NO_DIRECTION if is_any else None
    named = {sign.cue.name for sign in signs}
    if len(named) != 1 or relations()[signs[0].cue.name].type_iri not in types:
        return None
    relation = relations()[signs[0].cue.name]
    if relation.is_mutual:
        return _NO_DIRECTION
    if len(signs) != 1:
        return None
    return _roles(filled, reading, signs[0], relation, lang)


def _roles(
    filled: Filled, reading: Reading, sign: Sign, relation: Relation, lang: Language
) -> tuple[str, str] | None:
    one, other = filled.named.get("one"), filled.named.get("other")
    if one is None or other is None:
        return None
    first, last = sorted((one.span, other.span), key=lambda span: span.first)
    if not (first.end <= sign.span.first and sign.span.end <= last.first):
        return None
    spoken = lexicon(reading.language)
    words = [word.plain for word in reading.words]
    before = words[first.end : sign.span.first]
    after = words[sign.span.end : last.first]
    says_by = bool(spoken.by & {*words[sign.span.first : sign.span.end], *after})
    match sign.cue.variant:
        case "active" if not says_by:
            acts = True
        case "passive" if says_by or not spoken.be:
            acts = False
        case "under":
            acts = False
        case "actor" if not turns()[reading.language].having & set(before):
            acts = True
        case "patient" if not turns()[reading.language].having & set(before):
            acts = False
        case _:
            return None
    doing, done_to = (
        _label("participant-role", code, lang)
        for code in (relation.actor, relation.patient)
    )
    roles = (doing, done_to) if acts else (done_to, doing)
    return roles if first == one.span else (roles[1], roles[0])


def _label(scheme: str, code: str, lang: Language) -> str:
    concept = code_lists().find(scheme, code)
    return concept.labels[lang] if concept else code


def _by_standing(rows: Rows, kept: Sequence[int], told: Told, lang: Language) -> str:
    """Yes, or what stands in its way: the best standing that one of the ties has."""
    labels: Mapping[str, Standing] = {
        code_lists().label(standing.iri, lang): standing for standing in Standing
    }
    standings = [labels.get(value_of(term)) for term in rows.column("standing")]
    as_fact = {standings[p] for p in kept if told.modalities[p] is None}
    said = {standings[p] for p in kept if told.modalities[p] in _SAID}
    if as_fact & {Standing.CORROBORATED, Standing.SINGLE_ORIGIN}:
        return "yes"
    for standing, code in (
        (Standing.CONTESTED, "yes-contested"),
        (Standing.LAPSED, "yes-lapsed"),
    ):
        if standing in said:
            return code
    if said - {Standing.PLANNED, Standing.DENIED}:
        return "there-is"
    marks = {standings[p] for p in kept} | {told.modalities[p] for p in kept}
    is_denied = bool(marks & {Standing.DENIED, Modality.DENIED.iri})
    return "yes-denied" if is_denied else "yes-planned"
