"""`simpul coders`: how far people agree who coded the same documents."""

import json
import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from math import isnan
from pathlib import Path

import click
import pyoxigraph as ox

from simpul.analysis import (
    Cell,
    Comparison,
    Measured,
    Overlap,
    Reading,
    compare_codings,
)
from simpul.graph_builder import BrokenCoding, read_coding
from simpul.ontology import XSD
from simpul.queries import Format, Row, Rows, Term, write

from .places import NewFile
from .records import print_problems
from .session import Session
from .spoken import SpokenCommand, session_of

FORMATS = ("table", "csv", "json")
COLUMNS = ("variable", "metric", "value", "low", "high", "units", "coders", "reading")


def _at_least_two(
    ctx: click.Context, parameter: click.Parameter, given: tuple[str, ...]
) -> tuple[str, ...]:
    if len(given) < 2:
        reason = session_of(ctx).say("two-codings")
        raise click.BadParameter(reason, ctx, parameter)
    return given


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul init ani --from seed && simpul coders seed ani",
        "simpul coders footwear footwear --format json --disagreements beda.csv",
    ),
)
@click.argument("codings", metavar="DIR DIR [DIR]…", nargs=-1, callback=_at_least_two)
@click.option("--format", "table_format", type=click.Choice(FORMATS), default="table")
@click.option(
    "--disagreements",
    metavar="FILE",
    type=NewFile(),
)
@click.pass_obj
def coders(
    session: Session,
    codings: tuple[str, ...],
    table_format: str,
    disagreements: Path | None,
) -> int:
    """Print the agreement of coders on each variable; 1 if a coding cannot be read."""
    try:
        read = [
            read_coding(where, name)
            for where, name in zip(codings, coder_names(codings), strict=True)
        ]
    except BrokenCoding as broken:
        print_problems(session, broken.problems)
        session.tell("broken-coding", name=broken.name)
        return 1
    with session.working("comparing-codings"):
        comparison = compare_codings(read)
    names = ", ".join(comparison.coders)
    if not comparison.documents:
        session.tell("no-common-documents", coders=names)
        return 2
    if table_format == "json":
        click.echo(json.dumps(_document(comparison), ensure_ascii=False, indent=2))
    else:
        _print_rows(session, comparison, table_format)
    if disagreements:
        disagreements.write_bytes(
            _adjudication(session, comparison, disagreements.suffix)
        )
    counts = (len(comparison.documents), len(comparison.disagreements))
    session.tell("compared", coders=names, documents=counts[0], disagreements=counts[1])
    session.tell("customary")
    if comparison.disagreements and not disagreements:
        session.tell("disagreements-where")
    return 0


def coder_names(folders: Sequence[str]) -> list[str]:
    """Call each coder by the name of their folder, by its path where two are alike, and by number.

    >>> coder_names(["work/ani", "work/budi"]), coder_names(["ani/bpipi", "budi/bpipi"])
    (['ani', 'budi'], ['ani/bpipi', 'budi/bpipi'])
    >>> coder_names(["seed", "seed"])
    ['seed', 'seed (2)']
    """
    names = [Path(folder).name or folder for folder in folders]
    alike = Counter(names)
    names = [
        folder if alike[name] > 1 else name
        for name, folder in zip(names, folders, strict=True)
    ]
    return [
        f"{name} ({names[: place + 1].count(name)})" if name in names[:place] else name
        for place, name in enumerate(names)
    ]


def _print_rows(session: Session, comparison: Comparison, form: str) -> None:
    for_people = form == "table"
    names = (
        [session.say(f"coders-column-{c}") for c in COLUMNS] if for_people else COLUMNS
    )
    rows = [
        *(_measured_row(session, one, for_people) for one in comparison.measured),
        *(_overlap_row(session, one, comparison) for one in comparison.overlaps),
    ]
    width = shutil.get_terminal_size((120, 24)).columns
    sys.stdout.flush()
    sys.stdout.buffer.write(
        write(Rows(tuple(names), tuple(rows)), Format(form), width=width)
    )
    sys.stdout.buffer.flush()


def _measured_row(session: Session, one: Measured, for_people: bool) -> Row:
    name = session.say(f"variable-{one.name}") if for_people else one.name
    return (
        ox.Literal(name),
        ox.Literal(one.metric.value),
        *map(_number, (one.alpha.value, one.interval.low, one.interval.high)),
        ox.Literal(one.alpha.units),
        ox.Literal(one.alpha.coders),
        ox.Literal(said_reading(session, one)),
    )


def _overlap_row(session: Session, one: Overlap, comparison: Comparison) -> Row:
    counts = {
        "both": one.both,
        "only_one": one.only_one,
        "only_other": one.only_other,
    }
    return (
        ox.Literal(session.say("variable-f1", one=one.one, other=one.other)),
        ox.Literal("f1"),
        *map(_number, (one.f1, one.low, one.high)),
        ox.Literal(len(comparison.documents)),
        ox.Literal(2),
        ox.Literal(session.say("reading-overlap", **counts)),
    )


def said_reading(session: Session, one: Measured) -> str:
    """Say what an alpha allows by custom, and whether its interval does not allow it."""
    if one.alpha.why:
        return session.say(f"reading-{one.alpha.why}")
    reading = session.say(f"reading-{one.reading}")
    if isnan(one.interval.low):
        return session.say("reading-no-interval", reading=reading)
    return reading if one.firm else session.say("reading-not-firm", reading=reading)


def _number(value: float) -> Term | None:
    if isnan(value):
        return None
    return ox.Literal(f"{value:.3f}", datatype=ox.NamedNode(XSD.decimal))


def _document(comparison: Comparison) -> dict[str, object]:
    """The whole comparison as JSON holds it; what is undefined is null."""
    return {
        "coders": comparison.coders,
        "documents": comparison.documents,
        "variables": [
            {
                "variable": one.name,
                "metric": one.metric,
                "alpha": _or_none(one.alpha.value),
                "low": _or_none(one.interval.low),
                "high": _or_none(one.interval.high),
                "level": one.interval.level,
                "undefined_resamples": one.interval.undefined,
                "units": one.alpha.units,
                "values": one.alpha.values,
                "coders": one.alpha.coders,
                "reading": None if one.reading is Reading.UNDEFINED else one.reading,
                "firm": one.firm,
                "why": one.alpha.why,
            }
            for one in comparison.measured
        ],
        "overlaps": [
            {
                "coders": (one.one, one.other),
                "both": one.both,
                "only": (one.only_one, one.only_other),
                "f1": _or_none(one.f1),
                "low": _or_none(one.low),
                "high": _or_none(one.high),
            }
            for one in comparison.overlaps
        ],
        "disagreements": _as_json(comparison),
    }


def _adjudication(session: Session, comparison: Comparison, ending: str) -> bytes:
    """What differs, as JSON or as a sheet with a column for a decision."""
    if ending == ".json":
        found = _as_json(comparison)
        return json.dumps(found, ensure_ascii=False, indent=2).encode() + b"\n"
    names = [name for coder in comparison.coders for name in (coder, f"{coder}: file")]
    rows: list[Row] = []
    for one in comparison.disagreements:
        cells = [text for cell in one.cells for text in _said(session, cell)]
        texts = (one.document, one.variable, one.of, *cells, "")
        rows.append(tuple(map(ox.Literal, texts)))
    columns = ("document", "variable", "unit", *names, "decision")
    return write(Rows(columns, tuple(rows)), Format.SPREADSHEET)


def _said(session: Session, cell: Cell | None) -> tuple[str, str]:
    """What a coder wrote, and where."""
    if cell is None:
        return "", ""
    return cell.shown, cell.written.text(session.lang) if cell.written else ""


def _as_json(comparison: Comparison) -> list[dict[str, object]]:
    return [
        {
            "document": one.document,
            "variable": one.variable,
            "unit": one.of,
            "coded": {
                coder: cell
                and {
                    "value": cell.shown,
                    "where": asdict(cell.written) if cell.written else None,
                }
                for coder, cell in zip(comparison.coders, one.cells, strict=True)
            },
        }
        for one in comparison.disagreements
    ]


def _or_none(value: float) -> float | None:
    return None if isnan(value) else value
