"""Why a claim is as sure as it is: what it states, what it rests on, and how the rules judge that.

Read from the graph (`explanation_reading`) and judged anew (`judgement`). Nothing here is in
any language: `explained` puts it into words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from simpul.ontology import (
    BASE,
    SIMPUL,
    DocumentType,
    Explicitness,
    Modality,
)

from .catalog import answer
from .errors import UnknownClaim
from .explanation_reading import (
    Disagreement,
    Party,
    Passage,
    Solution,
    ask,
    own_question,
    read_disagreements,
    read_parties,
    read_passages,
    read_statement,
    value_of,
)
from .graph import Graph
from .judgement import (
    Grounds,
    Judgement,
    Prospect,
    judge_confidence,
    judge_standing,
    prospects,
)
from .results import Rows, Term

AUTHORITIES = frozenset(
    kind.iri
    for kind in (
        DocumentType.REGULATION,
        DocumentType.REGISTER,
        DocumentType.STATISTICAL_RELEASE,
    )
)
"""The types of documents whose word is enough."""

KINDS = (
    "tie",
    "event",
    "observation",
    "tenure",
    "occupancy",
    "name",
    "change",
    "breakdown",
)
"""The kinds of claims, in the order in which a bare key is looked for."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is to be said of one claim.

    `standing` is None for what is no tie. `derived` are the confidence and standing that the graph
    holds, which equal those judged here wherever the same rules made it.
    """

    claim: str
    states: Mapping[str, tuple[Term, ...]]
    parties: tuple[Party, ...]
    passages: tuple[Passage, ...]
    disagreements: tuple[Disagreement, ...]
    grounds: Grounds
    confidence: Judgement
    standing: Judgement | None
    derived: tuple[str | None, str | None]
    prospects: tuple[Prospect, ...]

    @property
    def origins(self) -> dict[str, tuple[str, ...]]:
        """The documents in support by the origin they go back to, most copied first."""
        found: dict[str, set[str]] = {}
        for passage in self.passages:
            if passage.stance == SIMPUL.supports:
                for root in passage.roots:
                    found.setdefault(root, set()).add(passage.document)
        in_order = sorted(found, key=lambda root: (-len(found[root]), root))
        return {root: tuple(sorted(found[root])) for root in in_order}


def claim_keys(graph: Graph, base: str = BASE) -> list[str]:
    """The keys of all claims: ties by their bare key first, then every claim by kind/key; sorted."""
    start = f"{base}id/"
    keys = [iri.removeprefix(start) for iri in _claims(graph)]
    return [*(k.removeprefix("tie/") for k in keys if k.startswith("tie/")), *keys]


def find_claim(graph: Graph, text: str, base: str = BASE) -> str:
    """The IRI of the claim that a key, kind/key or IRI names.

    A bare key is looked for kind by kind, ties first.

    Raises: UnknownClaim with the nearest key.
    """
    claims = set(_claims(graph))
    plain = f"{base}id/{text}"
    for iri in (text, plain, *(f"{base}id/{kind}/{text}" for kind in KINDS)):
        if iri in claims:
            return iri
    start = f"{base}id/"
    keys = [iri.removeprefix(start) for iri in sorted(claims)]
    bare = [key.partition("/")[2] for key in sorted(keys, key=_is_no_tie)]
    raise UnknownClaim(text.removeprefix(start), keys if "/" in text else bare)


def explain(graph: Graph, claim: str) -> Explanation:
    """Read what a claim rests on, and judge it.

    Raises: UnknownClaim if there is no claim of that IRI.
    """
    found = ask(graph, "worth", claim)
    if not found:
        raise UnknownClaim(claim, _claims(graph))
    worth = found[0]
    parties = read_parties(graph, claim)
    passages = read_passages(graph, claim)
    disagreements = read_disagreements(graph, claim)
    grounds = _grounds(worth, parties, passages, disagreements)
    is_tie = value_of(worth["is_tie"]) == "true"
    ahead = [*prospects(grounds, is_tie=is_tie)]
    supporting = [p for p in passages if p.stance == SIMPUL.supports]
    if len({root for p in supporting for root in p.roots}) == 1:
        # Without the only origin that supports it there would be no claim to judge.
        ahead = [one for one in ahead if one.code != "loss"]
        ahead.append(Prospect("gone", None, None))
    return Explanation(
        claim,
        read_statement(graph, claim),
        parties,
        passages,
        disagreements,
        grounds,
        judge_confidence(grounds),
        judge_standing(grounds) if is_tie else None,
        (value_of(worth["confidence"]), value_of(worth["standing"])),
        tuple(ahead),
    )


def _grounds(
    worth: Solution,
    parties: Iterable[Party],
    passages: Iterable[Passage],
    disagreements: Iterable[Disagreement],
) -> Grounds:
    stating = [passage for passage in passages if passage.states]
    rooted = [passage for passage in stating if passage.roots]
    supporting = [p for p in passages if p.stance == SIMPUL.supports]
    filled = {party.role for party in parties if party.named}
    modality = value_of(worth["modality"])
    return Grounds(
        passages=len({passage.evidence for passage in rooted}),
        roots=len({root for passage in rooted for root in passage.roots}),
        cited=sum(p.explicitness == Explicitness.WHOLE_RECORD.iri for p in supporting),
        authority=any(AUTHORITIES.intersection(p.types) for p in stating),
        disputing=sum(p.stance == SIMPUL.disputes for p in passages),
        open=sum(not one.resolved for one in disagreements),
        settled=sum(one.resolved for one in disagreements),
        unnamed=tuple(
            sorted({p.role for p in parties if p.required and p.role not in filled})
        ),
        modality=next((m for m in Modality if m.iri == modality), Modality.REALISED),
        end=value_of(worth["end"]),
        newest=value_of(worth["newest"]),
    )


def _is_no_tie(key: str) -> bool:
    return not key.startswith("tie/")


def _claims(graph: Graph) -> list[str]:
    rows = answer(graph, own_question("claims"))
    assert isinstance(rows, Rows)
    return [value_of(term) or "" for term in rows.column("claim")]
