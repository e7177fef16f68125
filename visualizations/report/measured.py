"""Every measure of the bodies and of the network as a whole, as tables."""

from simpul.analysis import Dyads
from simpul.analysis.measures import Figures, Level, measurable, measure_all, title

from .drawn import Drawn
from .settings import Settings
from .table import Cell, Table


def measure_tables(
    dyads: Dyads, spans: Drawn, settings: Settings
) -> tuple[Table, Table, Figures | None]:
    """Every measure of the bodies, every one of the network, and its communities."""
    nodes = tuple(
        name
        for name in measurable(dyads, Level.NODE)
        if not name.startswith("two_mode")
    )
    found = measure_all(dyads, nodes, "networkx", by="strand", seed=settings.seed)
    whole = measure_all(
        dyads,
        (*measurable(dyads, Level.NETWORK), "communities"),
        "networkx",
        by="strand",
        seed=settings.seed,
    )
    parted = whole[-1]
    rows: list[tuple[Cell, ...]] = [
        (
            body.key,
            body.name.say(settings.lang),
            body.strand.code if body.strand else None,
            body.sector.code if body.sector else None,
            body.kind.code if body.kind else None,
            parted.groups[body.iri] + 1,
            *(float(each.values[body.iri]) for each in found),
        )
        for body in dyads.bodies
    ]
    columns = ("key", "body", "strand", "sector", "kind", "community", *nodes)

    def between(measure: str, figure: str) -> tuple[Cell, Cell]:
        found = spans.network.get((measure, figure))  # communities are not drawn
        return (found.low, found.high) if found else (None, None)

    figures: tuple[tuple[Cell, ...], ...] = tuple(
        (
            *(each.measure, title(each.measure, settings.lang), name, float(value)),
            *between(each.measure, name),
        )
        for each in whole
        for name, value in each.values.items()
        # It counts every body without a tie as a community; the communities have a table of their own.
        if name != "communities"
    )
    return (
        Table("measures", columns, tuple(rows)),
        Table(
            "network",
            ("measure", "title", "figure", "value", "low", "high"),
            figures,
            None,
            ("measure",),
        ),
        parted if dyads.nodes else None,
    )
