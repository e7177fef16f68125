"""Which conclusions of a report survive dropping release families, the largest or each in turn."""

from collections.abc import Iterator

from simpul.analysis import Dyads
from simpul.analysis.measures import brokerage, measure_all
from simpul.analysis.nulls import ALPHA, Untestable, mixing_test
from simpul.analysis.uncertainty import drop_family, families_of, sensitivity
from simpul.ontology import Language

from .section import Section, called, noted
from .settings import Settings
from .table import Cell, Table, cell_text, in_notation

_LEADS = ("betweenness", "degree", "eigenvector", "brokerage")
_TOP = 15
_DIGITS = 10  # as ranks: sums in another order may differ after these


def sensitivity_section(dyads: Dyads, settings: Settings) -> Section:
    """Which conclusions survive the largest origins, and which first places survive leaving out each origin."""
    language = settings.lang
    found = [sensitivity(dyads, name) for name in _LEADS[:2]]
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
    told = noted((each.say(language) for each in found), language)
    surviving = conclusion_table(dyads, settings)
    return Section(
        "sensitivity",
        told,
        (surviving, Table("sensitivity", columns, rows, _TOP, ("family",))),
    )


def conclusion_table(dyads: Dyads, settings: Settings) -> Table:
    """Who leads, and whether mixing differs from chance, on record and without each of the largest families.

    The largest are the origin that most ties go back to and the one with most documents. A leader survives if the
    same bodies lead; mixing, if it lies on the same side of chance and still differs from it at ALPHA.
    """
    families = families_of(dyads)
    if not families:
        return Table("conclusions", _COLUMNS, ())
    most = max(families, key=lambda family: (family.documents, family.ties))
    before = dict(_conclusions(dyads, settings))
    rows: list[tuple[Cell, ...]] = []
    for family in dict.fromkeys((families[0], most)):
        after = dict(_conclusions(drop_family(dyads, family.root), settings))
        for conclusion, (told, held) in before.items():
            # Without the family there may be no mixing left to test.
            then, still = after.get(conclusion, (None, None))
            survives = None if then is None else held == still
            rows.append(
                (
                    *(family.key, family.name, family.documents, family.ties),
                    *(conclusion, told, then, survives),
                )
            )
    return Table("conclusions", _COLUMNS, tuple(rows), None, ("family",))


_COLUMNS = (
    *("family", "origin", "documents", "ties"),
    *("conclusion", "recorded", "without", "survives"),
)


def _conclusions(
    dyads: Dyads, settings: Settings
) -> Iterator[tuple[str, tuple[str, object]]]:
    """Each conclusion with how it is told, and with what must stay the same for it to survive."""
    lang = settings.lang
    for name in _LEADS:
        leaders = _leaders(dyads, name)
        bodies = {body.iri: body for body in dyads.bodies}
        told = "; ".join(called(bodies[iri], lang) for iri in leaders)
        yield f"leads-{name}", (told, leaders)
    try:
        tests = mixing_test(dyads, "strand", settings.draws, settings.seed)
    except Untestable:
        return
    for test in tests:
        side = (test.observed > test.mean, test.p <= ALPHA)
        yield f"mixing-{test.statistic}", (_figure(test.observed, test.p, lang), side)


def _leaders(dyads: Dyads, name: str) -> tuple[str, ...]:
    """The bodies with the highest value above 0."""
    if name == "brokerage":
        roles = brokerage(dyads, "strand")
        values = dict(zip(roles.nodes, map(float, roles.total.tolist()), strict=True))
    else:
        (found,) = measure_all(dyads, (name,), "networkx")
        values = dict(found.values)
    rounded = {iri: round(value, _DIGITS) for iri, value in values.items()}
    most = max(rounded.values(), default=0.0)
    return tuple(sorted(iri for iri, value in rounded.items() if 0 < value == most))


def _figure(value: float, p: float, language: Language) -> str:
    return in_notation(f"{cell_text(value)} (p = {cell_text(p)})", language)
