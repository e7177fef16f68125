"""Which ties of several coders are the same tie, read from the same documents.

Two ties of two coders may be one if both rest on a document that both coders have, and at least
half of all parties of the two are in both, whatever their roles. Those that fit best go together
first: by the share of common parties, then the same type, then the share of common documents,
then the same dates. No two ties of one coder are ever taken as one. The order of the coders
does not matter, and neither do the keys of ties, except to settle what is otherwise equal.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from simpul.graph_builder import CodedThing, Coding

LEAST_IN_COMMON = 0.5
"""The share of all parties of two ties that both must have."""

_Place = tuple[int, int]
"""The number of a coder, and that of a tie among theirs."""

Matched = tuple[CodedThing | None, ...]
"""One tie as each coder wrote it, None where one has no such tie."""


def match_ties(
    codings: Sequence[Coding], documents: frozenset[str]
) -> tuple[Matched, ...]:
    """Bring the ties of several coders together; ties that rest on none of `documents` are left out.

    Time grows with the number of pairs of ties that share a document and a party.

    Returns: ties in the order of the first document, the parties, and the key.
    """
    places = [
        (coder, number)
        for coder, coding in enumerate(codings)
        for number, tie in enumerate(coding.ties)
        if not documents.isdisjoint(tie.documents)
    ]
    ties = {place: codings[place[0]].ties[place[1]] for place in places}
    clusters: dict[_Place, dict[int, _Place]] = {
        place: {place[0]: place} for place in places
    }
    for one, other in _best_first(ties, documents):
        a, b = clusters[one], clusters[other]
        if a is not b and a.keys().isdisjoint(b):
            a |= b
            for place in b.values():
                clusters[place] = a
    distinct = {id(cluster): cluster for cluster in clusters.values()}.values()
    matched = [
        tuple(
            ties[cluster[coder]] if coder in cluster else None
            for coder in range(len(codings))
        )
        for cluster in distinct
    ]
    return tuple(sorted(matched, key=lambda tie: _order(tie, documents)))


def common_documents(tie: Matched, documents: frozenset[str]) -> list[str]:
    """The documents that two or more coders cite for a tie, else those that one does; sorted."""
    cited = [documents & one.documents for one in tie if one]
    counts = Counter(document for seen in cited for document in seen)
    shared = {document for document, coders in counts.items() if coders > 1}
    return sorted(shared or frozenset[str]().union(*cited))


def _best_first(
    ties: dict[_Place, CodedThing], documents: frozenset[str]
) -> list[tuple[_Place, _Place]]:
    """Pairs of ties that may be one, those that fit best first."""
    ranked: dict[tuple[_Place, _Place], tuple[object, ...]] = {}
    for one, other in _neighbours(ties, documents):
        if (one, other) in ranked:
            continue
        a, b = ties[one], ties[other]
        common = _share(a.roles, b.roles)
        if common < LEAST_IN_COMMON:
            continue
        ranked[one, other] = (
            -common,
            a.fields["type"].values != b.fields["type"].values,
            -_share(documents & a.documents, documents & b.documents),
            *(
                a.fields[name].values != b.fields[name].values
                for name in ("start", "end", "occurred")
            ),
            sorted((_content(a), _content(b))),
        )
    return sorted(ranked, key=lambda pair: ranked[pair])


def _neighbours(
    ties: dict[_Place, CodedThing], documents: frozenset[str]
) -> Iterator[tuple[_Place, _Place]]:
    """Pairs of ties of two coders that have a document and a party in common."""
    together: defaultdict[tuple[str, str], list[_Place]] = defaultdict(list)
    for place, tie in ties.items():
        for document in documents & tie.documents:
            for party in tie.roles:
                together[document, party].append(place)
    for places in together.values():
        for one, other in combinations(places, 2):
            if one[0] != other[0]:
                yield one, other


def _share(a: Iterable[str], b: Iterable[str]) -> float:
    one, other = set(a), set(b)
    return len(one & other) / len(one | other)


def _content(tie: CodedThing) -> tuple[object, ...]:
    roles = sorted((party, role.values) for party, role in tie.roles.items())
    fields = sorted((name, value.values) for name, value in tie.fields.items())
    return (roles, fields, tie.key)


def _order(tie: Matched, documents: frozenset[str]) -> tuple[object, ...]:
    written = [one for one in tie if one]
    contents = sorted(_content(one) for one in written)
    return (common_documents(tie, documents)[0], contents)
