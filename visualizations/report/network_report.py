"""What the network is and what its evidence lacks: sources, missingness, tie types, gaps, dyads, codes."""

from collections import Counter
from collections.abc import Collection

from simpul.analysis import Dyads, Network, Tie, codebook, gaps_of
from simpul.ontology import Language

from .findings import Section, called
from .table import Cell, Table

_LISTED = 20


def network_section(
    network: Network, dyads: Dyads, told: tuple[str, ...], language: Language
) -> Section:
    """Sources by publisher and year, what is missing, and which kinds of ties there are."""
    return Section(
        "network",
        told,
        (
            _sources(network, language),
            _missing(network),
            _tie_types(network, dyads, language),
        ),
        ("evidence",),
    )


def gap_section(
    network: Network, heard: Collection[str], language: Language
) -> Section:
    """Ties on one origin, years without a document, bodies never quoted, the oldest evidence."""
    found = gaps_of(network, heard)

    def row(
        tie: Tie, origins: int, documents: int, latest: int | None
    ) -> tuple[Cell, ...]:
        parties = "; ".join(
            dict.fromkeys(each.party_name.say(language) for each in tie.participants)
        )
        kind = tie.type.name.say(language)
        return (tie.key, kind, parties, origins, documents, latest)

    columns = ("tie", "type", "parties", "origins", "documents", "latest")
    single, oldest = (
        Table(
            key,
            columns,
            tuple(
                row(each.tie, each.origins, each.documents, each.latest)
                for each in weak
            ),
            _LISTED,
        )
        for key, weak in (
            ("single_origin", found.single_origin),
            ("oldest", found.oldest),
        )
    )
    unheard = tuple(
        (each.body.key, called(each.body, language), each.ties)
        for each in found.unheard
    )
    return Section(
        "gaps",
        (),
        (
            single,
            Table("silent", ("first_year", "last_year"), found.silent),
            Table("unheard", ("key", "body", "ties"), unheard, _LISTED),
            oldest,
        ),
        facts={
            "single": len(found.single_origin),
            "realised": len(found.oldest),
            "silent": len(found.silent),
            "unheard": len(found.unheard),
        },
    )


def dyad_table(dyads: Dyads) -> Table:
    """The joined pairs, from which every measure is computed."""
    key = {body.iri: body.key for body in dyads.bodies}
    edges = dyads.edges
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            key[dyads.nodes[source]],
            key[dyads.nodes[target]],
            ties,
            float(strength),
            float(weight),
        )
        for source, target, ties, strength, weight in zip(
            edges.source.tolist(),
            edges.target.tolist(),
            edges.ties.tolist(),
            edges.strength.tolist(),
            edges.weight.tolist(),
            strict=True,
        )
    )
    return Table("dyads", ("source", "target", "ties", "strength", "weight"), rows)


def code_table(network: Network, language: Language) -> Table:
    """The codes in use with what they mean."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            *(each.variable, each.code, each.name.say(language)),
            *(each.definition.say(language), each.uses),
        )
        for each in codebook(network)
    )
    return Table("codebook", ("variable", "code", "name", "definition", "uses"), rows)


def _sources(network: Network, language: Language) -> Table:
    documents = {
        item.document: (item.publisher.say(language), (item.issued or "")[:4])
        for tie in network.ties
        for item in tie.evidence
    }
    rows = ((*source, count) for source, count in Counter(documents.values()).items())
    return Table(
        "sources", ("publisher", "year", "documents"), tuple(sorted(rows)), _LISTED
    )


def _missing(network: Network) -> Table:
    made: list[tuple[Cell, ...]] = []
    for unit, things, names in (
        ("body", network.bodies, ("acronym", "sector", "kind")),
        (
            "tie",
            network.ties,
            (
                "start",
                "end",
                "occurred",
                "modality",
                "standing",
                "confidence",
                "evidence",
            ),
        ),
    ):
        for name in names:
            known = sum(bool(getattr(thing, name)) for thing in things)
            share = (len(things) - known) / len(things) if things else None
            made.append((unit, name, known, len(things) - known, share))
    columns = ("unit", "variable", "known", "missing", "share_missing")
    return Table("missingness", columns, tuple(made))


def _tie_types(network: Network, dyads: Dyads, language: Language) -> Table:
    used = {tie.iri for tie in dyads.ties}
    recorded = Counter((tie.layer.code, tie.type.code) for tie in network.ties)
    counted = Counter(
        (tie.layer.code, tie.type.code) for tie in network.ties if tie.iri in used
    )
    entry = {each.code: each for each in codebook(network) if each.variable == "type"}
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            *(layer, code, entry[code].name.say(language)),
            entry[code].definition.say(language),
            *(number, counted[layer, code]),
        )
        for (layer, code), number in sorted(recorded.items())
    )
    columns = ("layer", "type", "name", "definition", "ties", "counted")
    return Table("tie_types", columns, rows)
