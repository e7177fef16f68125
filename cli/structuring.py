"""`simpul network overlap`, `blocks`, `key-players` and `robustness`: how the network hangs together."""

import click
import numpy as np
import pyoxigraph as ox

from simpul.analysis.measures import (
    MEASURES,
    Level,
    blockmodel,
    cut_points,
    fragmenting,
    measure,
    multiplex_overlap,
    reaching,
    removal_order,
    robustness,
    title,
)
from simpul.queries import Row, Rows

from .network_options import NetworkLine, format_option, network_options, seed_option
from .network_tables import (
    called_by_iri,
    digits_in,
    number,
    print_rows,
    tell_basis,
)
from .session import Session
from .spoken import SpokenCommand

_RANDOM_ORDERS = 100
_OF_BODIES = tuple(
    name
    for name, each in MEASURES.items()
    if each.level is Level.NODE and each.needs is None
)


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul network overlap",
        "simpul network overlap --of type --layer collaboration --format csv",
    ),
)
@click.option(
    "--of", "overlap_of", type=click.Choice(["layer", "type"]), default="layer"
)
@format_option
@network_options
@click.pass_obj
def overlap(
    session: Session, /, overlap_of: str, table_format: str, line: NetworkLine
) -> None:
    """Print how far layers, or types of ties, join the same pairs of bodies."""
    dyads = line.dyads(session)
    found = multiplex_overlap(dyads, "type" if overlap_of == "type" else "layer")
    digits = digits_in(table_format)
    rows = tuple(
        (
            ox.Literal(each.first),
            ox.Literal(each.second),
            *(ox.Literal(pairs) for pairs in each.pairs),
            ox.Literal(each.both),
            number(each.jaccard, digits),
        )
        for each in sorted(found, key=lambda each: -each.jaccard)
    )
    columns = ("first", "second", "pairs_first", "pairs_second", "both", "jaccard")
    rules = dyads.describe(session.lang)
    print_rows(Rows(columns, rows), table_format, rules=rules)
    session.tell("overlap-means")
    tell_basis(session, dyads)


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul network blocks",
        "simpul network blocks --members --layer collaboration --format csv",
        "simpul network blocks --cut 0.05 --directed",
    ),
)
@click.option("--members", "block_members", is_flag=True)
@click.option("--cut", "block_cut", type=click.FloatRange(0, 1), metavar="SHARE")
@format_option
@network_options
@click.pass_obj
def blocks(
    session: Session,
    /,
    block_members: bool,
    block_cut: float | None,
    table_format: str,
    line: NetworkLine,
) -> None:
    """Print blocks of bodies with similar partners, and who deals with whom among them."""
    dyads = line.dyads(session)
    with session.working("measuring"):
        parted = measure(dyads, "structural_blocks")
        groups = np.array([parted.groups[node] for node in dyads.nodes], np.int64)
        found = blockmodel(dyads, groups, block_cut)
    count = len(found.sizes)
    digits = digits_in(table_format)
    rows: list[Row] = []
    if block_members:
        names = called_by_iri(session, dyads)
        columns: tuple[str, ...] = ("block", "body", "iri")
        places: list[int] = np.argsort(groups, kind="stable").tolist()
        for at in places:
            node = dyads.nodes[at]
            cells = (ox.Literal(int(groups[at])), ox.Literal(names[node]))
            rows.append((*cells, ox.NamedNode(node)))
    else:
        columns = ("block", "bodies", "image")
        columns += tuple(f"density_{block}" for block in range(count))
        for at in range(count):
            image = "".join(map(str, found.image[at].tolist()))
            cells = (ox.Literal(at), ox.Literal(int(found.sizes[at])))
            density = (number(each, digits) for each in found.density[at].tolist())
            rows.append((*cells, ox.Literal(image), *density))
    print_rows(
        Rows(columns, tuple(rows)),
        table_format,
        rules=dyads.describe(session.lang),
        cut=found.cut,
        sizes=found.sizes.tolist(),
        image=found.image.tolist(),
    )
    session.tell("blocks-mean", blocks=count, cut=f"{found.cut:.4f}")
    tell_basis(session, dyads, [parted])


@click.command(
    "key-players",
    cls=SpokenCommand,
    examples=(
        "simpul network key-players",
        "simpul network key-players --size 2 --as-of 2024 --format csv",
    ),
)
@click.option("--size", "player_count", type=click.IntRange(1, 50), default=3)
@format_option
@network_options
@click.pass_obj
def players(
    session: Session, /, player_count: int, table_format: str, line: NetworkLine
) -> None:
    """Print the bodies that together hold the network together, those that reach all of it, and its cut points."""
    dyads = line.one_mode(session, "key-players")
    with session.working("measuring"):
        sets = {
            "fragmenting": fragmenting(dyads, player_count),
            "reaching": reaching(dyads, player_count),
        }
        cuts = cut_points(dyads)
    names = called_by_iri(session, dyads)
    rows: list[Row] = [
        (
            ox.Literal(kind),
            ox.Literal(names[node]),
            number(each.score, digits_in(table_format)),
            ox.Literal(each.exact),
            ox.NamedNode(node),
        )
        for kind, each in sets.items()
        for node in each.nodes
    ]
    rows += [
        (
            ox.Literal("cut-point"),
            ox.Literal(names[node]),
            None,
            None,
            ox.NamedNode(node),
        )
        for node in cuts
    ]
    columns: tuple[str, ...] = ("set", "body", "score", "exact", "iri")
    if table_format == "table":
        columns, rows = columns[:-1], [row[:-1] for row in rows]
    rules = dyads.describe(session.lang)
    print_rows(Rows(columns, tuple(rows)), table_format, rules=rules)
    session.tell("key-players-mean", size=player_count, cuts=len(cuts))
    tell_basis(session, dyads)


@click.command(
    "robustness",
    cls=SpokenCommand,
    examples=(
        "simpul network robustness",
        "simpul network robustness --measure betweenness --removed 20 --format csv",
    ),
)
@click.option(
    "--measure", "removed_by", type=click.Choice(_OF_BODIES), default="degree"
)
@click.option("--fixed-order", "order_fixed", is_flag=True)
@click.option("--removed", "removed_count", type=click.IntRange(min=1), default=10)
@seed_option
@format_option
@network_options
@click.pass_obj
def removal(
    session: Session,
    /,
    removed_by: str,
    order_fixed: bool,
    removed_count: int,
    seed: int,
    table_format: str,
    line: NetworkLine,
) -> None:
    """Print what is left of the largest part as bodies go, the first by a measure first, and at random."""
    dyads = line.dyads(session)
    # Only bodies with a tie can be missed: the others neither go nor are drawn.
    ends: list[int] = np.unique(np.concatenate([dyads.source, dyads.target])).tolist()
    tied = [dyads.nodes[at] for at in ends]
    count = min(removed_count, len(tied))
    with session.working("measuring"):
        gone = removal_order(dyads, removed_by, count, again=not order_fixed)
    found = robustness(dyads, gone)
    random = np.random.Generator(np.random.PCG64(seed))
    drawn: list[list[int]] = [
        random.permutation(len(tied))[:count].tolist() for _ in range(_RANDOM_ORDERS)
    ]
    left = [robustness(dyads, [tied[at] for at in each]).largest for each in drawn]
    chance: list[float] = np.mean(left, axis=0).tolist()
    names = called_by_iri(session, dyads)
    digits = digits_in(table_format)
    rows = tuple(
        (
            ox.Literal(step),
            ox.Literal(names[gone[step - 1]]) if step else None,
            number(share, digits),
            number(chance[step], digits),
        )
        for step, share in enumerate(found.largest)
    )
    rules = dyads.describe(session.lang)
    facts = {"rules": rules, "r": found.r, "seed": seed, "orders": _RANDOM_ORDERS}
    facts |= {"measure": removed_by, "order_fixed": order_fixed}
    columns = ("removed", "body", "largest", "largest_at_random")
    print_rows(Rows(columns, rows), table_format, **facts)
    session.tell(
        "robustness-fixed" if order_fixed else "robustness-anew",
        title=title(removed_by, session.lang),
    )
    session.tell(
        "robustness-means",
        removed=len(gone),
        r=f"{found.r:.3f}",
        orders=_RANDOM_ORDERS,
        seed=seed,
    )
    tell_basis(session, dyads)
