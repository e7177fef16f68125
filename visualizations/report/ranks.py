"""Who leads by measures of bodies, with intervals, or that the data cannot tell."""

from simpul.analysis.uncertainty import Intervals
from simpul.ontology import Language

from .section import Section, called, noted
from .table import Table

RANKED_BY = ("betweenness", "degree", "eigenvector")
_TOP = 15


def rank_section(found: Intervals, language: Language) -> Section:
    """Who leads by each measure, with intervals, or that the data cannot tell."""
    tables = tuple(
        Table(
            f"rank_{name}",
            (
                *("rank", "key", "body", "sector", "value", "low", "high"),
                *("rank_low", "rank_high", "first", "verdict"),
            ),
            tuple(
                (
                    row.rank,
                    row.body.key,
                    called(row.body, language),
                    row.body.sector.name.say(language) if row.body.sector else None,
                    row.value,
                    row.low,
                    row.high,
                    row.rank_low,
                    row.rank_high,
                    row.first,
                    row.verdict.value,
                )
                for row in found.rows[name]
            ),
            _TOP,
            ("key",),
        )
        for name in RANKED_BY
    )
    told = (
        *(found.conclusion(name, language) for name in RANKED_BY),
        found.say(language),
    )
    return Section("ranks", noted(told, language), tables, ("overview",))


def interval_table(found: Intervals) -> Table:
    """The interval of every body by every measure that has one, for programs."""
    columns = ("measure", "key", "value", "median", "low", "high")
    return Table(
        "intervals",
        (*columns, "rank", "rank_low", "rank_high", "first"),
        tuple(
            (
                *(name, row.body.key, row.value, row.median, row.low, row.high),
                *(row.rank, row.rank_low, row.rank_high, row.first),
            )
            for name, rows in found.rows.items()
            for row in rows
        ),
    )
