"""What the groups of bodies say: who stands between them, which are tied to which, and those that ties show."""

from collections.abc import Mapping

from simpul.analysis import Body, Dyads
from simpul.analysis.measures import Figures, Role, brokerage, mixing
from simpul.analysis.nulls import Tested, Untestable, mixing_test, say_together
from simpul.ontology import Language

from .drawn import Drawn, whole_span
from .section import Section, called, noted
from .settings import Settings
from .table import Cell, Table, cell_text, in_notation

_TOP = 15
_TEST_COLUMNS = ("statistic", "observed", "expected", "sd", "z", "p")


def brokerage_section(dyads: Dyads, spans: Drawn, language: Language) -> Section:
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
            return whole_span(spans.brokerage[iri, role])

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


def mixing_section(dyads: Dyads, spans: Drawn, settings: Settings) -> Section:
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
            *whole_span(spans.mixing["pairs", code, other]),
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
        noted(say_together(tests, settings.lang), settings.lang),
        (
            Table("mixing", columns, tuple(rows), None, ("code", "other_code")),
            Table("mixing_tests", _TEST_COLUMNS, tuple(map(_tested, tests))),
        ),
        ("mixing",),
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


def _tested(each: Tested) -> tuple[Cell, ...]:
    return (each.statistic, each.observed, each.mean, each.sd, each.z, each.p)
