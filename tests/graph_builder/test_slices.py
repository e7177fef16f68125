"""Time slices: BPIPI through the years, argued from its sources, and what any slice must obey."""

import time
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import seed_graphs
from simpul.graph_builder import (
    Days,
    check_ecosystem,
    claims_held,
    derive,
    find_ecosystem,
    load_records,
    map_records,
    ties_by_holding,
    time_slice,
)
from simpul.ontology import (
    BASE,
    ORG,
    RDF,
    RDFS,
    SIMPUL,
    SKOS,
    ClaimStatus,
    Holding,
    Modality,
)
from simpul.queries import GraphStore, Rows, answer, shown
from worlds import copy_of_rattan, edit

DERIVED = ox.NamedNode(BASE + "graph/derived")
IFSC = "Indonesia Footwear Service Center (IFSC)"
PENGEMBANGAN = "Balai Pengembangan Industri Persepatuan Indonesia"
PEMBERDAYAAN = "Balai Pemberdayaan Industri Persepatuan Indonesia"
TANGGULANGIN = "Komplek Pasar Wisata Tanggulangin"
SUKODONO = "Gedung BPIPI Sukodono"
IKMA = "Direktorat Jenderal Industri Kecil, Menengah, dan Aneka"
TOLD = ("nama", "lokasi", "atasan", "Ketua IFSC", "Kepala BPIPI")


@cache
def world(name: str) -> ox.Store:
    """The graph of a shipped ecosystem, or the hand-written graphs together (`written`)."""
    if name == "written":
        store = seed_graphs.load("seed-graph", "extended-example", "good-graph")
    else:
        ecosystem = find_ecosystem(name)
        mapper = map_records(ecosystem, load_records(ecosystem))
        store = seed_graphs.load()
        store.bulk_load(
            "".join(mapper.statements).encode(), format=ox.RdfFormat.N_QUADS
        )
    for _ in derive(store):
        pass
    return store


def cut(name: str, as_of: str | None = None, known_at: str | None = None) -> ox.Store:
    return time_slice(
        world(name),
        as_of=Days.of(as_of) if as_of else None,
        known_at=Days.of(known_at).last if known_at else None,
    )


def thing(path: str) -> ox.NamedNode:
    return ox.NamedNode(f"{BASE}id/{path}")


def values(store: ox.Store, subject: str, predicate: str) -> set[str]:
    quads = store.quads_for_pattern(thing(subject), ox.NamedNode(predicate), None)
    return {
        each.object.value.removeprefix(f"{BASE}id/").removeprefix(f"{BASE}concept/")
        for each in quads
        if isinstance(each.object, ox.NamedNode | ox.Literal)
    }


def history(store: ox.Store, *aspects: str) -> set[tuple[str, str, str]]:
    """Of BPIPI: aspect, value and holding of each row that tells one of these aspects."""
    rows = answer(GraphStore(store), "history-of-body", {"body": "bpipi"}, lang="id")
    assert isinstance(rows, Rows)
    told = [(row["aspect"], row["value"], row["holding"]) for row in rows.dicts()]
    return {
        (shown(aspect), shown(value), shown(holding))
        for aspect, value, holding in told
        if shown(aspect) in (aspects or TOLD)
    }


# ---- BPIPI: what its sources say, and so what a slice must say
#
# Names. One source of 2018 has the centre begin as IFSC in 2003 and take the name with Pengembangan in
# 2008; another still calls it IFSC in March 2010. So IFSC lasted from 2003 to some day of 2008 to 2010.
# Pengembangan is printed from September 2017 to March 2021, Pemberdayaan from October 2022 to November 2025;
# the change fell between. (Three later sources print the old name; none of them says that it still is.)
# Sites. A report of November 2025 has it at Tanggulangin since 2003 and in the new building at Sukodono that
# day; two sources saw it at Tanggulangin in March 2021 and in September 2024. One magazine prints Surabaya.
# Heads. Ali Mas'ud of IFSC in March 2010; Heru Budi Susanto since July 2017, still in August 2020; Edi Suhendra
# in March 2021; Syukur Idayati in October 2022 and until August 2023; nobody is named after that.
# Superior. Told by sources of September 2024 and of 2025 only.
EVERY_DAY = {("atasan", IKMA, "mungkin")}
BPIPI = {
    # The year of the change by the one source: IFSC surely bore its name on some day of it.
    "2008": {("nama", IFSC, "terbukti"), ("nama", PENGEMBANGAN, "mungkin"), ("lokasi", TANGGULANGIN, "terbukti"), ("Ketua IFSC", "Ali Mas'ud", "mungkin")} | EVERY_DAY,
    # On its last day the sources contradict each other, and the slice does not choose.
    "2008-12-31": {("nama", IFSC, "mungkin"), ("nama", PENGEMBANGAN, "mungkin"), ("lokasi", TANGGULANGIN, "terbukti"), ("Ketua IFSC", "Ali Mas'ud", "mungkin")} | EVERY_DAY,
    # After 2010 nobody says IFSC any more. Who led the centre between March 2010 and July 2017 is not told.
    "2012": {("nama", PENGEMBANGAN, "terbukti"), ("lokasi", TANGGULANGIN, "terbukti"), ("Ketua IFSC", "Ali Mas'ud", "mungkin")} | EVERY_DAY,
    "2012-06-30": {("nama", PENGEMBANGAN, "terbukti"), ("lokasi", TANGGULANGIN, "terbukti"), ("Ketua IFSC", "Ali Mas'ud", "mungkin")} | EVERY_DAY,
    # Three heads may have served in 2021, one surely did: he was in post in March.
    "2021": {("nama", PENGEMBANGAN, "terbukti"), ("nama", PEMBERDAYAAN, "mungkin"), ("lokasi", TANGGULANGIN, "terbukti"), ("Kepala BPIPI", "Heru Budi Susanto", "mungkin"), ("Kepala BPIPI", "Edi Suhendra", "terbukti"), ("Kepala BPIPI", "Syukur Idayati", "mungkin")} | EVERY_DAY,
    # By its end the first of them had left, for the second was there in March; of the other two nobody knows.
    "2021-12-31": {("nama", PENGEMBANGAN, "mungkin"), ("nama", PEMBERDAYAAN, "mungkin"), ("lokasi", TANGGULANGIN, "terbukti"), ("Kepala BPIPI", "Edi Suhendra", "mungkin"), ("Kepala BPIPI", "Syukur Idayati", "mungkin")} | EVERY_DAY,
    # Named as head for the last time in August 2023.
    "2024": {("nama", PEMBERDAYAAN, "terbukti"), ("lokasi", TANGGULANGIN, "terbukti"), ("atasan", IKMA, "terbukti"), ("Kepala BPIPI", "Syukur Idayati", "mungkin")},
    "2024-12-31": {("nama", PEMBERDAYAAN, "terbukti"), ("lokasi", TANGGULANGIN, "terbukti"), ("atasan", IKMA, "terbukti"), ("Kepala BPIPI", "Syukur Idayati", "mungkin")},
    # The year of the move has both sites, and Surabaya, which editors rejected, not at all.
    "2025": {("nama", PEMBERDAYAAN, "terbukti"), ("lokasi", TANGGULANGIN, "terbukti"), ("lokasi", SUKODONO, "terbukti"), ("atasan", IKMA, "terbukti"), ("Kepala BPIPI", "Syukur Idayati", "mungkin")},
    "2025-11-04": {("nama", PEMBERDAYAAN, "terbukti"), ("lokasi", TANGGULANGIN, "mungkin"), ("lokasi", SUKODONO, "terbukti"), ("atasan", IKMA, "mungkin"), ("Kepala BPIPI", "Syukur Idayati", "mungkin")},
    # After the last source nothing is attested any more, and nothing is gone either.
    "2025-12-31": {("nama", PEMBERDAYAAN, "mungkin"), ("lokasi", SUKODONO, "mungkin"), ("atasan", IKMA, "mungkin"), ("Kepala BPIPI", "Syukur Idayati", "mungkin")},
}  # fmt: skip


@pytest.mark.parametrize(("days", "rows"), BPIPI.items())
def test_bpipi_is_what_its_sources_say_of_it(
    days: str, rows: set[tuple[str, str, str]]
) -> None:
    assert history(cut("footwear", days)) == rows


LABELS = {
    "2009-06-01": f"{PENGEMBANGAN} / {IFSC}",
    "2008": IFSC,
    "2012": PENGEMBANGAN,
    "2021": PENGEMBANGAN,  # attested that year, as the present name is not
    "2021-12-31": PEMBERDAYAAN,  # neither is attested, so the present one stays
    "2025": PEMBERDAYAAN,
}


@pytest.mark.parametrize(("days", "label"), LABELS.items())
def test_a_body_is_called_by_the_name_it_bore(days: str, label: str) -> None:
    found = answer(
        GraphStore(cut("footwear", days)), "full-name", {"acronym": "BPIPI"}, lang="id"
    )
    assert isinstance(found, Rows)
    assert {shown(term) for term in found.column("name")} == {label}


def test_shortcuts_are_those_of_the_day() -> None:
    def at(days: str, predicate: str, subject: str = "org/bpipi") -> set[str]:
        return values(cut("footwear", days), subject, predicate)

    old, new = "site/pasar-wisata-tanggulangin", "site/gedung-bpipi-sukodono"
    assert at("2012", ORG.hasSite) == {old}
    assert at("2025", ORG.hasSite) == {old, new}
    assert at("2025-12-31", ORG.hasSite) == {new}
    assert at("2021-03-01", ORG.holds, "person/edi-suhendra") == {
        "post/bpipi.kepala-bpipi"
    }
    assert at("2024", ORG.holds, "person/edi-suhendra") == set()
    assert at("2024", ORG.holds, "person/syukur-idayati") == {"post/bpipi.kepala-bpipi"}


# ---- what was known


def test_by_2015_nobody_had_told_of_a_new_name() -> None:
    # The source that dates it to 2008 is of 2018; until then only the one of 2010 speaks of the centre.
    slice_ = cut("footwear", known_at="2015")
    assert history(slice_, "nama") == {("nama", IFSC, "")}
    assert values(slice_, "name/bpipi.71a835ce", SIMPUL.validUntil) == set()


def test_by_june_2021_nobody_had_told_that_the_head_would_leave() -> None:
    # "between March 2021 and October 2022" is known since the source of October 2022.
    tenure = "tenure/edi-suhendra.bpipi.kepala-bpipi"
    early, late = (
        cut("footwear", known_at="2021-06-30"),
        cut("footwear", known_at="2022"),
    )
    assert values(early, tenure, SIMPUL.validUntil) == set()
    assert values(late, tenure, SIMPUL.validUntil) == {"2021-03/2022-10"}
    # So in 2023 he may still have been head, for all that one knew in 2021.
    then = cut("footwear", "2023", "2021-06-30")
    assert ("Kepala BPIPI", "Edi Suhendra", "mungkin") in history(then)
    assert ("Kepala BPIPI", "Edi Suhendra", "mungkin") not in history(
        cut("footwear", "2023")
    )


def test_the_dispute_over_the_site_was_known_before_the_loan_was() -> None:
    # March 2021: a report on the notice to leave. November 2025: the other side speaks of lending.
    loan, notice = "tie/t-sidoarjo-lends-site", "tie/t-sidoarjo-notice-2021"
    assert values(cut("footwear", known_at="2020"), notice, RDF.type) == set()
    then, now = cut("footwear", known_at="2021"), cut("footwear", known_at="2025")
    assert values(then, notice, SIMPUL.standing) == {"standing/single-origin"}
    assert values(then, loan, RDF.type) == set()
    assert values(now, loan, SIMPUL.standing) == {"standing/contested"}
    assert values(now, loan, SIMPUL.status) == {"claim-status/disputed"}


def test_a_claim_is_disputed_only_by_what_is_known() -> None:
    # One report of the groundbreaking is of its day; the one that puts it elsewhere is of the day after.
    event = "event/e-groundbreaking-2024"
    assert values(cut("footwear", known_at="2024-09-11"), event, SIMPUL.status) == {
        "claim-status/accepted"
    }
    assert values(cut("footwear", known_at="2024-09-12"), event, SIMPUL.status) == {
        "claim-status/disputed"
    }


def test_a_contradiction_is_kept_in_a_slice() -> None:
    slice_ = cut("footwear", "2021-12-31")
    loan = "tie/t-sidoarjo-lends-site"
    assert values(slice_, loan, SIMPUL.status) == {"claim-status/disputed"}
    assert values(slice_, loan, SIMPUL.standing) == {"standing/contested"}
    assert values(slice_, loan, SIMPUL.holding) == {"holding/attested"}
    against = slice_.quads_for_pattern(None, ox.NamedNode(SIMPUL.disputes), thing(loan))
    assert len(list(against)) == 1


def test_a_discrepancy_is_known_when_two_of_its_claims_are() -> None:
    # US$10 million in November 2001, ten billion lire in January 2003.
    sum_ = "discrepancy/italian-loan-sum"
    assert values(cut("footwear", known_at="2002"), sum_, RDF.type) == set()
    known = cut("footwear", known_at="2003")
    assert len(values(known, sum_, SIMPUL.involves)) == 2
    for loan in ("o-loan-italy-2001", "o-loan-italy-2003"):
        assert values(known, f"observation/{loan}", SIMPUL.status) == {
            "claim-status/disputed"
        }


def test_a_source_without_a_date_is_known_at_the_end_only() -> None:
    document = "doc/cifa-history"
    assert values(world("footwear"), document, RDF.type)
    assert values(cut("footwear", known_at="2025"), document, RDF.type) == set()
    assert values(cut("footwear", known_at="2026-12"), document, RDF.type)


def test_no_later_document_is_left() -> None:
    slice_ = cut("footwear", known_at="2019-06")
    days = [
        quad.object.value
        for quad in slice_.quads_for_pattern(
            None, ox.NamedNode(SIMPUL.attestedOn), None
        )
        if isinstance(quad.object, ox.Literal)
    ]
    assert days
    assert max(days) <= "2019-06-30"


# ---- records


def test_names_begin_and_end_as_records_say() -> None:
    store = world("footwear")
    spans = {
        next(iter(values(store, f"name/bpipi.{mark}", SIMPUL.name))): (
            values(store, f"name/bpipi.{mark}", SIMPUL.validFrom),
            values(store, f"name/bpipi.{mark}", SIMPUL.validUntil),
        )
        for mark in ("71a835ce", "de90685b", "daf5618e")
    }
    assert spans == {
        IFSC: ({"2003"}, {"2008/2010"}),
        PENGEMBANGAN: ({"2008/2010"}, {"2021-03/2022-10"}),
        PEMBERDAYAAN: ({"2021-03/2022-10"}, set()),
    }
    assert values(store, "discrepancy/bpipi-renaming", SIMPUL.resolved) == {"true"}
    assert values(store, "occupancy/bpipi.kota-surabaya", SIMPUL.status) == {
        "claim-status/rejected"
    }
    assert values(store, "org/bpipi", SIMPUL.locatedIn) == {"place/35.15.14.2001"}


BAD_NAMES = {
    "a name that ends before it begins": (
        "    until: '2021'\n    source: laporan-2024\n",
        "    from: '2022'\n    until: '2021'\n    source: laporan-2024\n",
        ("end-before-start", "former_names[0]"),
    ),
    "a start of a name that no source gives": (
        "    en: Sample Industry Office\n",
        "    en: Sample Industry Office\n  name_since: '2020'\n",
        ("missing-evidence", "name"),
    ),
}


@pytest.mark.parametrize(("old", "new", "problem"), BAD_NAMES.values(), ids=BAD_NAMES)
def test_a_time_of_a_name_that_cannot_be_is_a_problem(
    old: str, new: str, problem: tuple[str, str], tmp_path: Path
) -> None:
    folder = copy_of_rattan(tmp_path)
    edit(folder, "institutions.yaml", old, new)
    if problem[0] == "missing-evidence":
        only = (
            "  located_in: kabupaten-cirebon\n  evidence:\n  - source: koran-a-2023\n"
        )
        edit(folder, "institutions.yaml", only, f"{only}    bears_on: [located_in]\n")
    found = [(each.code, each.field) for each in check_ecosystem(folder).errors]
    assert found == [problem]


# ---- what any slice must obey

days_asked = st.one_of(
    st.none(),
    st.dates(date(1998, 1, 1), date(2027, 1, 1)).map(lambda day: Days(day, day)),
    st.integers(2000, 2026).map(lambda year: Days.of(str(year))),
)
day_known = st.none() | st.dates(date(2000, 1, 1), date(2027, 1, 1))
worlds_asked = st.sampled_from(["seed", "written"])


@pytest.mark.parametrize("name", ["seed", "written", "footwear"])
def test_at_the_end_of_time_everything_is_known(name: str) -> None:
    assert set(time_slice(world(name), known_at=date.max)) == set(world(name))


@pytest.mark.parametrize("name", ["seed", "written", "footwear"])
def test_asking_nothing_gives_the_graph_back(name: str) -> None:
    assert set(time_slice(world(name))) == set(world(name))


@settings(max_examples=15, deadline=None)
@given(worlds_asked, days_asked, day_known)
def test_slicing_twice_is_slicing_once(
    name: str, as_of: Days | None, known_at: date | None
) -> None:
    once = time_slice(world(name), as_of=as_of, known_at=known_at)
    assert set(time_slice(once, as_of=as_of, known_at=known_at)) == set(once)


@pytest.mark.parametrize(
    ("as_of", "known_at"), [("2021-12-31", None), (None, "2019"), ("2012", "2020")]
)
def test_slicing_footwear_twice_is_slicing_it_once(
    as_of: str | None, known_at: str | None
) -> None:
    once = cut("footwear", as_of, known_at)
    twice = time_slice(
        once,
        as_of=Days.of(as_of) if as_of else None,
        known_at=Days.of(known_at).last if known_at else None,
    )
    assert set(twice) == set(once)


def asserted_claims(store: ox.Store) -> set[ox.NamedNode]:
    quads = store.quads_for_pattern(None, ox.NamedNode(SIMPUL.status), None)
    return {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}


@settings(max_examples=15, deadline=None)
@given(worlds_asked, days_asked, day_known)
def test_every_edge_comes_from_an_accepted_tie_of_the_slice(
    name: str, as_of: Days | None, known_at: date | None
) -> None:
    slice_ = time_slice(world(name), as_of=as_of, known_at=known_at)
    for quad in edges(slice_):
        assert backed(slice_, quad), quad


@pytest.mark.parametrize("days", ["2012", "2021-12-31"])
def test_every_edge_of_footwear_comes_from_an_accepted_tie_of_the_day(
    days: str,
) -> None:
    slice_ = cut("footwear", days)
    found = list(edges(slice_))
    assert found
    assert all(backed(slice_, quad) for quad in found)


def edges(store: ox.Store) -> Iterable[ox.Quad]:
    tied = ox.NamedNode(SIMPUL.tiedTo)
    edge_kinds = {
        quad.subject
        for quad in store.quads_for_pattern(
            None, ox.NamedNode(RDFS.subPropertyOf), tied
        )
    }
    derived = store.quads_for_pattern(None, None, None, DERIVED)
    return [quad for quad in derived if quad.predicate in edge_kinds]


def backed(store: ox.Store, edge: ox.Quad) -> bool:
    """Whether some accepted and realised tie of the store has both ends of an edge among its parties."""
    found = store.query(
        f"""ASK {{ ?tie <{SIMPUL.status}> <{ClaimStatus.ACCEPTED.iri}> ;
          <{SIMPUL.participation}>/<{SIMPUL.participant}> {edge.subject}, {edge.object} .
          FILTER NOT EXISTS {{ ?tie <{SIMPUL.modality}> ?m FILTER(?m != <{Modality.REALISED.iri}>) }} }}""",
        use_default_graph_as_union=True,
    )
    return bool(found)


@settings(max_examples=15, deadline=None)
@given(worlds_asked, day_known, day_known)
def test_what_was_known_earlier_is_known_later(
    name: str, one: date | None, other: date | None
) -> None:
    early, late = (
        asserted_claims(time_slice(world(name), known_at=day))
        for day in sorted((one or date.max, other or date.max))
    )
    assert early <= late


@settings(max_examples=15, deadline=None)
@given(worlds_asked, st.dates(date(1998, 1, 1), date(2027, 1, 1)))
def test_what_held_on_a_day_held_in_its_month_and_year(name: str, day: date) -> None:
    def held(days: Days) -> dict[object, object]:
        slice_ = time_slice(world(name), as_of=days)
        marks = slice_.quads_for_pattern(None, ox.NamedNode(SIMPUL.holding), None)
        return {quad.subject: quad.object for quad in marks}

    attested = ox.NamedNode(Holding.ATTESTED.iri)
    on_day, in_month, in_year = (
        held(days)
        for days in (
            Days(day, day),
            Days.of(day.isoformat()[:7]),
            Days.of(day.isoformat()[:4]),
        )
    )
    for narrow, wide in ((on_day, in_month), (in_month, in_year)):
        assert narrow.keys() <= wide.keys()
        for claim, holding in narrow.items():
            assert holding != attested or wide[claim] == attested


@settings(max_examples=15, deadline=None)
@given(worlds_asked, days_asked)
def test_every_claim_left_is_marked_and_nothing_else_is(
    name: str, as_of: Days | None
) -> None:
    slice_ = time_slice(world(name), as_of=as_of)
    quads = slice_.quads_for_pattern(None, ox.NamedNode(SIMPUL.holding), None)
    marked = {quad.subject for quad in quads}
    assert marked == (asserted_claims(slice_) if as_of else set())


@settings(max_examples=15, deadline=None)
@given(worlds_asked, days_asked, day_known)
def test_a_slice_speaks_of_nothing_that_it_left_out(
    name: str, as_of: Days | None, known_at: date | None
) -> None:
    whole = world(name)
    slice_ = time_slice(whole, as_of=as_of, known_at=known_at)
    subjects = {quad.subject for quad in whole} - {quad.subject for quad in slice_}
    spoken_of = {quad.object for quad in slice_ if quad.graph_name != DERIVED}
    assert not subjects & spoken_of


@settings(max_examples=6, deadline=None)
@given(days_asked, day_known)
def test_rdflib_derives_the_same_of_a_slice(
    as_of: Days | None, known_at: date | None
) -> None:
    slice_ = time_slice(world("seed"), as_of=as_of, known_at=known_at)
    until = ox.NamedNode(SIMPUL.validUntil)
    dates = {
        ox.NamedNode(f"{BASE}ontology#{name}")
        for name in (*seed_graphs.BOUNDS, "attestedNotBefore", "holding")
    }
    source = ox.Store()
    source.extend(
        quad
        for quad in slice_
        if not (quad.predicate == until and as_of)
        and (quad.graph_name != DERIVED or (quad.predicate in dates and not as_of))
    )
    made = seed_graphs.derive_with_rdflib(source)
    expected = {
        f"{quad.subject} {quad.predicate} {quad.object} ."
        for quad in slice_.quads_for_pattern(None, None, None, DERIVED)
        if not (quad.predicate in dates and as_of)
    }
    assert made == expected


def test_ties_are_counted_by_how_they_held() -> None:
    slice_ = cut("footwear", "2021-12-31")
    found = ties_by_holding(slice_)
    ties = slice_.quads_for_pattern(
        None, ox.NamedNode(RDF.type), ox.NamedNode(SIMPUL.Tie)
    )
    assert sum(found.values()) == len(list(ties))
    assert found[Holding.ATTESTED]
    assert found[Holding.POSSIBLE]
    assert not ties_by_holding(world("footwear"))


def test_footwear_is_sliced_in_less_than_a_second_of_processor_time() -> None:
    world("footwear")
    begun = time.process_time()
    cut("footwear", "2021-12-31", "2024")
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("held", [(), (Holding.ATTESTED,), tuple(Holding)])
def test_a_slice_is_left_with_the_claims_that_held_so_and_all_its_names(
    held: tuple[Holding, ...],
) -> None:
    whole = cut("written", "2024-09-11")
    part = claims_held(whole, held)
    counted = ties_by_holding(whole)
    tie, label = ox.NamedNode(SIMPUL.Tie), ox.NamedNode(SKOS.prefLabel)
    ties = list(part.quads_for_pattern(None, ox.NamedNode(RDF.type), tie))
    assert len(ties) == sum(counted[how] for how in held)
    holding = ox.NamedNode(SIMPUL.holding)
    claims = {quad.subject for quad in whole.quads_for_pattern(None, holding, None)}
    kept = set(part.quads_for_pattern(None, label, None))
    named = set(whole.quads_for_pattern(None, label, None))
    assert {quad for quad in named if quad.subject not in claims} <= kept <= named


def test_what_is_derived_from_a_claim_goes_with_it() -> None:
    founded = ox.NamedNode(SIMPUL.founded)
    whole = cut("written", "2024-09-11")
    assert list(whole.quads_for_pattern(None, founded, None))
    assert not list(claims_held(whole, ()).quads_for_pattern(None, founded, None))
