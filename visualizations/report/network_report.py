"""What the network is and what its evidence lacks: sources, missingness, tie types, gaps, dyads, codes."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date

from simpul.analysis import Dyads, Network, Tie, codebook, gaps_of, times_of
from simpul.analysis.measures import MEASURES, title
from simpul.graph_builder import Times
from simpul.ontology import LANGUAGES, Language

from .said import words
from .section import Section, called
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
        _period(network),
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


def column_table(tables: Iterable[Table]) -> Table:
    """What the heads of the other tables say in both languages; the files keep codes that programs can name."""
    return Table(
        "columns",
        ("table", "column", *LANGUAGES),
        tuple(
            (table.key, column, *(column_label(column, each) for each in LANGUAGES))
            for table in sorted(tables, key=lambda table: table.key)
            for column in table.columns
        ),
    )


def column_label(column: str, language: Language) -> str:
    """The head of a column as people read it; a measure by its name, the end of an interval by whose it is."""
    if f"column-{column}" in words().sentences:
        return words().say(f"column-{column}", language)
    if column in MEASURES:
        return title(column, language)
    name, _, end = column.rpartition("_")
    name = words().say(f"column-{name}", language)
    return words().say(f"end-{end}", language, name=name)


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


def _period(network: Network) -> dict[str, object]:
    """The years of the documents and of the ties, the latter as far as they are dated."""
    issued = gaps_of(network).per_year
    days = [_days(times_of(tie)) for tie in network.ties]
    documents = {item.document for tie in network.ties for item in tie.evidence}
    return {
        "bodies": len(network.bodies),
        "ties": len(network.ties),
        "documents": len(documents),
        "issued": _years(issued),
        "held": _years([day.year for each in days for day in each]),
        "undated": sum(not each for each in days),
    }


def _days(times: Times) -> list[date]:
    bounds = times.bounds
    return [
        day
        for day in (
            *(bounds.earliest_start, bounds.latest_start),
            *(bounds.earliest_end, bounds.latest_end),
        )
        if day is not None
    ]


def _years(years: Collection[int]) -> str:
    return f"{min(years)}–{max(years)}" if years else "–"


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
    layers = {tie.layer.code: tie.layer.name for tie in network.ties}
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            *(layer, layers[layer].say(language), code),
            entry[code].name.say(language),
            entry[code].definition.say(language),
            *(number, counted[layer, code]),
        )
        for (layer, code), number in sorted(recorded.items())
    )
    columns = (
        *("layer", "layer_name", "type", "name", "definition"),
        *("ties", "counted"),
    )
    return Table("tie_types", columns, rows, None, ("layer", "type"))
