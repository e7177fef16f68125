"""What the measures and tests of a network say: tables and the sentences that go with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from simpul.analysis import Body, Dyads, Network, ranks, select
from simpul.analysis.measures import (
    Figures,
    Level,
    Role,
    brokerage,
    measurable,
    measure_all,
    mixing,
    title,
)
from simpul.analysis.nulls import Tested, Untestable, compare_windows, mixing_test
from simpul.analysis.uncertainty import (
    USUAL_INTERVALS,
    Intervals,
    UnusableDraw,
    intervals,
    sensitivity,
)
from simpul.ontology import Language

from .drawn import Drawn, Span
from .said import words
from .settings import Settings
from .surviving import conclusion_table
from .table import Cell, Table, cell_text, in_notation

RANKED_BY = ("betweenness", "degree", "eigenvector")
_TOP = 15
_COUNTS = frozenset({"pairs", "tied"})  # what change counts whole
_TEST_COLUMNS = ("statistic", "observed", "expected", "sd", "z", "p")


@dataclass(frozen=True)
class Section:
    """A part of a report: sentences, tables, and the kinds of figures that belong to it."""

    code: str
    told: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict[str, object])


def called(body: Body, language: Language) -> str:
    """A body for short."""
    return body.acronym or body.name.say(language) or body.key


def rank_section(dyads: Dyads, found: Intervals | None, language: Language) -> Section:
    """Who leads by each measure, with intervals, or that the data cannot tell.

    Without draws, the ranks on record and that they have no intervals.
    """
    if found is None:
        return Section(
            "ranks",
            (words().say("no-intervals", language),),
            tuple(_ranks_on_record(dyads, name, language) for name in RANKED_BY),
            ("overview",),
        )
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
    return Section("ranks", _noted(told, language), tables, ("overview",))


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


def _ranks_on_record(dyads: Dyads, name: str, language: Language) -> Table:
    """Bodies with a partner in order of a measure, equals with the better rank."""
    (found,) = measure_all(dyads, (name,), "networkx")
    partners: set[int] = {*dyads.source.tolist(), *dyads.target.tolist()}
    tied = [dyads.bodies[place] for place in sorted(partners)]
    place_of = {iri: rank for rank, _, iri in ranks(found.values)}
    return Table(
        f"rank_{name}",
        ("rank", "key", "body", "sector", "value"),
        tuple(
            (
                *(place_of[body.iri], body.key, called(body, language)),
                body.sector.name.say(language) if body.sector else None,
                float(found.values[body.iri]),
            )
            for body in sorted(tied, key=lambda body: (place_of[body.iri], body.iri))
        ),
        _TOP,
        ("key",),
    )


def brokerage_section(dyads: Dyads, spans: Drawn | None, language: Language) -> Section:
    """Who stands between groups, by role, beside what chance would give."""
    found = brokerage(dyads, "strand")
    total = found.total.tolist()
    roles = tuple(role.value for role in Role)
    columns: tuple[str, ...] = ("key", "body", "total", "total_low", "total_high")
    for role in roles:
        columns += (role, f"{role}_low", f"{role}_high", f"{role}_expected")
    shown = ("body", "total", "total_low", "total_high", *roles)
    rows: list[tuple[Cell, ...]] = []
    for place in sorted(range(len(dyads.bodies)), key=lambda at: (-total[at], at)):
        body = dyads.bodies[place]

        def span(role: str, iri: str = body.iri) -> tuple[Cell, Cell]:
            return spans.brokerage[iri, role] if spans else (None, None)

        row: list[Cell] = [body.key, called(body, language), int(total[place])]
        row += span("total")
        for role in Role:
            row += [int(found.counts[role][place]), *span(role.value)]
            row += [float(found.expected[role][place])]
        rows.append(tuple(row))
    aside = tuple(each for each in columns if each not in shown)
    return Section(
        "brokerage", tables=(Table("brokerage", columns, tuple(rows), _TOP, aside),)
    )


def mixing_section(dyads: Dyads, spans: Drawn | None, settings: Settings) -> Section:
    """Which sectors are tied to which, and whether that is more than chance."""
    found = mixing(dyads, "strand")
    codes = found.groups.codes
    names = {
        body.strand.code: body.strand.name.say(settings.lang)
        for body in dyads.bodies
        if body.strand
    }
    rows: list[tuple[Cell, ...]] = [
        (
            *(code, names[code], other, names[other]),
            int(found.pairs[at, to]),
            *(spans.mixing[code, other] if spans else (None, None)),
            int(found.possible[at, to]),
            float(found.density[at, to]),
        )
        for at, code in enumerate(codes)
        for to, other in enumerate(codes)
        if at <= to or found.directed
    ]
    columns = (
        *("code", "group", "other_code", "other", "pairs", "low", "high"),
        *("possible", "density"),
    )
    try:
        tests: tuple[Tested, ...] = mixing_test(
            dyads, "strand", settings.draws, settings.seed
        )
    except Untestable:
        tests = ()
    return Section(
        "mixing",
        _noted((each.say(settings.lang) for each in tests), settings.lang),
        (
            Table("mixing", columns, tuple(rows), None, ("code", "other_code")),
            Table("mixing_tests", _TEST_COLUMNS, tuple(map(_tested, tests))),
        ),
        ("mixing",),
    )


def measure_tables(
    dyads: Dyads, spans: Drawn | None, settings: Settings
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
    between: Mapping[tuple[str, str], Span] = spans.network if spans else {}
    figures: tuple[tuple[Cell, ...], ...] = tuple(
        (
            *(each.measure, title(each.measure, settings.lang), name, float(value)),
            *between.get((each.measure, name), (None, None)),
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


def community_section(
    dyads: Dyads, found: Figures | None, language: Language
) -> Section:
    """The groups that the ties themselves show; bodies without a tie are in none."""
    places: set[int] = {*dyads.source.tolist(), *dyads.target.tolist()}
    groups: Mapping[str, int] = found.groups if found else {}
    members: dict[int, list[Body]] = {}
    for place, body in enumerate(dyads.bodies):
        if place in places:
            members.setdefault(groups[body.iri] + 1, []).append(body)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            *(number, len(bodies)),
            "; ".join(called(body, language) for body in bodies),
        )
        for number, bodies in sorted(members.items())
    )
    facts: dict[str, object] = {}
    if found:
        facts = {
            name: in_notation(cell_text(value), language)
            for name, value in found.values.items()
        }
        facts["communities"] = len(rows)
    columns = ("community", "bodies", "members")
    table = Table("communities", columns, rows, _TOP)
    return Section("communities", tables=(table,), facts=facts)


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
        _noted(
            (each.say(settings.lang) for each in found.tests.values()), settings.lang
        ),
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


def sensitivity_section(dyads: Dyads, settings: Settings) -> Section:
    """Which conclusions survive the largest origins, and which first places survive leaving out each origin; nothing where the network has direction."""
    language = settings.lang
    if dyads.rules.directed:
        return Section("sensitivity", (words().say("no-sensitivity", language),))
    found = [sensitivity(dyads, name) for name in RANKED_BY[:2]]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            *(each.measure, drop.family.key, drop.family.name, drop.family.documents),
            *(len(drop.lost), len(drop.moved)),
            "; ".join(called(body, language) for body in drop.leaders),
            drop.survives,
        )
        for each in found
        for drop in each.dropped
    )
    columns = (
        *("measure", "family", "origin", "documents", "ties_lost", "moved"),
        *("leaders", "survives"),
    )
    told = _noted((each.say(language) for each in found), language)
    surviving = conclusion_table(dyads, settings)
    return Section(
        "sensitivity",
        told,
        (surviving, Table("sensitivity", columns, rows, _TOP, ("family",))),
    )


def intervals_for(dyads: Dyads, settings: Settings) -> Intervals | None:
    """The intervals that a report shows, None where none can be had for a network with direction.

    Raises: UnusableDraw for no draws.
    """
    try:
        return intervals(dyads, USUAL_INTERVALS, settings.draws, settings.seed)
    except UnusableDraw:
        if settings.rules.directed:
            return None
        raise


def _noted(told: Iterable[str], language: Language) -> tuple[str, ...]:
    """Sentences of measures and tests, their numbers as the language writes them."""
    return tuple(in_notation(line, language) for line in told)


def _tested(each: Tested) -> tuple[Cell, ...]:
    return (each.statistic, each.observed, each.mean, each.sd, each.z, each.p)
