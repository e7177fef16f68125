"""What differs between two windows, against ties dealt out by chance."""

from simpul.analysis import Network, select
from simpul.analysis.nulls import compare_windows, say_together

from .section import Section, called, noted
from .settings import Settings
from .table import Cell, Table

_COUNTS = frozenset({"pairs", "tied"})  # what change counts whole


def change_section(network: Network, settings: Settings) -> Section:
    """What differs between two windows, against ties dealt out by chance; nothing without windows."""
    columns = ("statistic", "before", "after", "difference", "expected", "p")
    by_body = ("key", "body", *columns[1:])
    if settings.windows is None:
        return Section("change")
    before, after = settings.windows
    if not select(network, settings.rules).ties:
        nothing = dict.fromkeys(("before_only", "after_only", "both"), 0)
        tables = Table("change", columns, ()), Table("change_bodies", by_body, ())
        facts = {"before": before, "after": after, **nothing}
        return Section("change", (), tables, facts=facts)
    found = compare_windows(
        network, before, after, settings.rules, settings.draws, settings.seed
    )
    rows: list[tuple[Cell, ...]] = []
    for name, (early, late) in found.values.items():
        test = found.tests.get(name)
        mean, p = (test.mean, test.p) if test else (None, None)
        figures: tuple[Cell, ...] = (early, late, late - early)
        if name in _COUNTS:
            figures = (int(early), int(late), int(late - early))
        rows.append((name, *figures, mean, p))
    bodies: tuple[tuple[Cell, ...], ...] = tuple(
        (
            *(each.body.key, called(each.body, settings.lang)),
            *(each.before, each.after, each.after - each.before),
            each.test.mean if each.test else None,
            each.test.p if each.test else None,
        )
        for each in found.bodies
    )
    return Section(
        "change",
        noted(say_together(found.tests.values(), settings.lang), settings.lang),
        (
            Table("change", columns, tuple(rows)),
            Table("change_bodies", by_body, bodies, 10, ("key",)),
        ),
        ("timeline",),
        {
            "before": before,
            "after": after,
            "before_only": found.before_only,
            "after_only": found.after_only,
            "both": found.both,
        },
    )
