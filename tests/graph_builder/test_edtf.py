"""EDTF: a table written by hand, the edtf package as a second opinion, and what bounds must obey."""

import re
from datetime import date
from typing import Any, cast

import edtf
import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from simpul.graph_builder import BadEdtf, bounds, parse_edtf
from simpul.ontology import BASE, shapes_turtle

POINTS = {
    "2024": ("2024-01-01", "2024-12-31"),
    "2024-02": ("2024-02-01", "2024-02-29"),
    "2024-09-11": ("2024-09-11", "2024-09-11"),
    "2024-09-11~": ("2024-09-11", "2024-09-11"),
    "2014?": ("2014-01-01", "2014-12-31"),
    "198X": ("1980-01-01", "1989-12-31"),
    "20XX": ("2000-01-01", "2099-12-31"),
    "20XX?": ("2000-01-01", "2099-12-31"),
    "2024-09%": ("2024-09-01", "2024-09-30"),
    "2024-XX": ("2024-01-01", "2024-12-31"),
    "2023-02-XX": ("2023-02-01", "2023-02-28"),
    "2024-XX-XX~": ("2024-01-01", "2024-12-31"),
    "0001": ("0001-01-01", "0001-12-31"),
    "9999-12-31": ("9999-12-31", "9999-12-31"),
    "2024-09-11T10:00:00": ("2024-09-11", "2024-09-11"),
    "2024-09-11T23:59:59Z": ("2024-09-11", "2024-09-11"),
    "2024-09-11T00:30:00+07:00": ("2024-09-11", "2024-09-11"),
}
# A season is some part of its year; which months, EDTF does not say.
SEASONS = {
    "2001-21": ("2001-01-01", "2001-12-31"),
    "2001-22": ("2001-01-01", "2001-12-31"),
    "2001-23": ("2001-01-01", "2001-12-31"),
    "2001-24": ("2001-01-01", "2001-12-31"),
    "2001-24~": ("2001-01-01", "2001-12-31"),
    "2001-22%": ("2001-01-01", "2001-12-31"),
}
INTERVALS = {
    "2021-03/2022-10": ("2021-03-01", "2022-10-31"),
    "../2019-10": (None, "2019-10-31"),
    "/2024-09-11": (None, "2024-09-11"),
    "2011/..": ("2011-01-01", None),
    "2011-06/": ("2011-06-01", None),
    "2024/2024": ("2024-01-01", "2024-12-31"),
    "2024-06/2024": ("2024-06-01", "2024-12-31"),
    "2024/2024-06": ("2024-01-01", "2024-06-30"),
    "198X/1992~": ("1980-01-01", "1992-12-31"),
    "2001-21/2003?": ("2001-01-01", "2003-12-31"),
    "../2001-24": (None, "2001-12-31"),
    "2023-02-XX/2024-XX": ("2023-02-01", "2024-12-31"),
}
REFUSED = {
    "5/2023": "edtf-form",
    "11/9/2024": "edtf-form",
    "Rabu 11 September 2024": "edtf-form",
    "2023-02-29": "edtf-calendar",
    "2024-13": "edtf-calendar",
    "2024/2023": "edtf-reversed",
    "..": "edtf-says-nothing",
    "": "edtf-says-nothing",
    "../..": "edtf-says-nothing",
    "2024-1X": "edtf-level-2",
    "0000": "edtf-far-year",
    "00XX": "edtf-far-year",
    "0000-01-01": "edtf-far-year",
    "Y17000": "edtf-far-year",
    "Y-170000002": "edtf-far-year",
    "-0044": "edtf-far-year",
    "-0044-03-15": "edtf-far-year",
    "-198X": "edtf-far-year",
    "-0100/0200": "edtf-far-year",
    "2024-00": "edtf-calendar",
    "2024-09-00": "edtf-calendar",
    "2024-04-31": "edtf-calendar",
    "2023-02-29/2024": "edtf-calendar",
    "1900-02-29": "edtf-calendar",
    "2024-25": "edtf-level-2",
    "2024-34~": "edtf-level-2",
    "2024-42": "edtf-calendar",
    "2024-20": "edtf-calendar",
    "2024-21-05": "edtf-calendar",
    "198X-21": "edtf-level-2",
    "2024-21-XX": "edtf-calendar",
    "2024-09-12/2024-09-11": "edtf-reversed",
    "199X/1989": "edtf-reversed",
    "/": "edtf-says-nothing",
    "/..": "edtf-says-nothing",
    "2024/2025/2026": "edtf-form",
    "2024-9": "edtf-form",
    "2024-09-1": "edtf-form",
    "24": "edtf-form",
    " 2024": "edtf-form",
    "2024\n": "edtf-form",
    "2024 / 2025": "edtf-form",
    "2024~?": "edtf-level-2",
    "20240911": "edtf-form",
    "２０２４": "edtf-form",
    "2O24": "edtf-form",
    "2024-09-11T10:00": "edtf-form",
    "2024-09-11T25:00:00": "edtf-form",
    "2024-09-11T10:00:00+15": "edtf-form",
    "2024-09T10:00:00": "edtf-form",
    "2023-02-29T10:00:00": "edtf-calendar",
    "2024-09-11T10:00:00/2024-09-12": "edtf-form",
    "Y2024": "edtf-form",
    "Y17E7": "edtf-level-2",
    "1950S2": "edtf-level-2",
    "[2023,2024]": "edtf-level-2",
    "{2023..2024}": "edtf-level-2",
    "2024?-09": "edtf-level-2",
    "2024-XX-11": "edtf-level-2",
    "198X-09": "edtf-level-2",
    "XXXX": "edtf-level-2",
    "1XXX": "edtf-level-2",
}


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("text", "days"), (POINTS | SEASONS | INTERVALS).items())
def test_a_date_stands_for_the_days_it_can_be(
    text: str, days: tuple[str | None, str | None]
) -> None:
    found = parse_edtf(text)
    assert (found.earliest, found.latest) == (day(days[0]), day(days[1]))


@pytest.mark.parametrize(("text", "reason"), REFUSED.items())
def test_what_is_no_date_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(BadEdtf) as caught:
        parse_edtf(text)
    assert caught.value.reason == reason


@pytest.mark.parametrize("text", POINTS)
def test_the_edtf_package_reads_the_same_days(text: str) -> None:
    second = cast("Any", edtf).parse_edtf(text)  # the package has no types
    found = parse_edtf(text)
    assert found.earliest == date(*second.lower_strict()[:3])
    assert found.latest == date(*second.upper_strict()[:3])


@pytest.mark.parametrize("season", ["21", "22", "23", "24"])
def test_the_months_that_the_edtf_package_gives_a_season_lie_in_ours(
    season: str,
) -> None:
    second = cast("Any", edtf).parse_edtf(f"2001-{season}")
    found = parse_edtf(f"2001-{season}")
    assert found.earliest is not None
    assert found.latest is not None
    assert found.earliest <= date(*second.lower_strict()[:3])
    assert date(*second.upper_strict()[:3]) <= found.latest


@pytest.mark.parametrize(
    "text", [text for text, reason in REFUSED.items() if reason == "edtf-far-year"]
)
def test_what_is_refused_for_its_year_alone_is_well_formed(text: str) -> None:
    # The edtf package reads all of these, and counts their days outside our calendar.
    assert cast("Any", edtf).parse_edtf(text)


@given(st.dates(date(1800, 1, 1), date(2200, 1, 1)))
def test_a_day_stands_for_itself_and_lies_in_its_month_year_and_decade(
    when: date,
) -> None:
    text = when.isoformat()
    assert parse_edtf(text).earliest == parse_edtf(text).latest == when
    for wider in (text[:7], text[:4], f"{text[:3]}X", f"{text[:2]}XX"):
        found = parse_edtf(wider)
        assert found.earliest is not None
        assert found.latest is not None
        assert found.earliest <= when <= found.latest


@given(st.text(alphabet="0123456789-/.X?~%TZ", max_size=24))
def test_any_text_is_read_or_refused_and_never_more(text: str) -> None:
    try:
        found = parse_edtf(text)
    except BadEdtf:
        return
    assert found.earliest or found.latest


def test_a_start_within_an_interval_is_a_start_at_some_time_within_it() -> None:
    found = bounds(start="2013-04/2013-06", end="2014")
    assert (found.earliest_start, found.latest_start) == (
        day("2013-04-01"),
        day("2013-06-30"),
    )
    assert (found.earliest_end, found.latest_end) == (
        day("2014-01-01"),
        day("2014-12-31"),
    )


def test_what_occurred_over_an_interval_spans_it() -> None:
    found = bounds(occurred="2015-07-01/2015-07-05")
    assert found.earliest_start == found.latest_start == day("2015-07-01")
    assert found.earliest_end == found.latest_end == day("2015-07-05")


# What the date code of the seed graph derived, read off its `graph/derived` by hand.
SEED = {
    "a day": ("2024-09-11", ("2024-09-11", None, None, "2024-09-11")),
    "a month": ("2024-08", ("2024-08-01", None, None, "2024-08-31")),
    "no start, a day": ("/2024-09-11", (None, None, "2024-09-11", "2024-09-11")),
    "no start, a year": ("/2024", (None, None, "2024-01-01", "2024-12-31")),
}


@pytest.mark.parametrize(("occurred", "days"), SEED.values(), ids=SEED)
def test_the_bounds_of_the_seed_graph_come_out_again(
    occurred: str, days: tuple[str | None, ...]
) -> None:
    found = bounds(occurred=occurred)
    assert (
        found.earliest_start,
        found.latest_start,
        found.earliest_end,
        found.latest_end,
    ) == tuple(map(day, days))


BOUNDS = {
    "begun already": (("../2021-03", None), (None, "2021-03-31", None, None)),
    "begun after": (("2021-03/..", None), ("2021-03-01", None, None, None)),
    "ended between": ((None, "2021-03/2022-10"), (None, None, "2021-03-01", "2022-10-31")),
    "from a decade": (("198X", None), ("1980-01-01", "1989-12-31", None, None)),
    "within one year": (("2024", "2024"), ("2024-01-01", "2024-12-31", "2024-01-01", "2024-12-31")),
}  # fmt: skip


@pytest.mark.parametrize(("given_dates", "days"), BOUNDS.values(), ids=BOUNDS)
def test_an_end_of_a_claim_lies_within_its_date(
    given_dates: tuple[str | None, str | None], days: tuple[str | None, ...]
) -> None:
    found = bounds(*given_dates)
    assert (
        found.earliest_start,
        found.latest_start,
        found.earliest_end,
        found.latest_end,
    ) == tuple(map(day, days))


def test_a_qualifier_is_kept_and_widens_nothing() -> None:
    sure, about = parse_edtf("2024-09").first, parse_edtf("2024-09~").first
    unsure, both = parse_edtf("2024-09?").first, parse_edtf("2024-09%").first
    flags = [
        (point.uncertain, point.approximate)
        for point in (sure, about, unsure, both)
        if not isinstance(point, str)
    ]
    assert flags == [(False, False), (False, True), (True, False), (True, True)]
    assert parse_edtf("2024-09~").latest == parse_edtf("2024-09").latest


def test_an_open_end_differs_from_an_unknown_one() -> None:
    assert [str(parse_edtf(text).last) for text in ("2011/..", "2011/")] == ["..", ""]


points = st.builds(
    "{}{}".format,
    st.one_of(
        st.dates(date(1, 1, 1)).map(lambda d: d.isoformat()),
        st.dates(date(1, 1, 1)).map(lambda d: d.isoformat()[:7]),
        st.integers(1, 9999).map("{:04}".format),
        st.integers(1, 999).map("{:03}X".format),
        st.integers(1, 99).map("{:02}XX".format),
        st.integers(1, 9999).map("{:04}-XX".format),
        st.dates(date(1, 1, 1)).map(lambda d: f"{d.isoformat()[:7]}-XX"),
    ),
    st.sampled_from(["", "?", "~", "%"]),
)
seasons = st.builds(
    "{:04}-{}{}".format,
    st.integers(1, 9999),
    st.integers(21, 24),
    st.sampled_from(["", "?", "~", "%"]),
)


@settings(max_examples=60, deadline=None)
@given(points)
def test_the_edtf_package_reads_the_same_days_of_any_point(text: str) -> None:
    second = cast("Any", edtf).parse_edtf(text)
    found = parse_edtf(text)
    assert found.earliest == date(*second.lower_strict()[:3])
    assert found.latest == date(*second.upper_strict()[:3])


@given(points | seasons, points | seasons)
def test_an_interval_runs_from_its_first_point_to_its_last_or_is_refused(
    one: str, two: str
) -> None:
    first, last = parse_edtf(one), parse_edtf(two)
    assert first.earliest is not None
    assert last.latest is not None
    if last.latest < first.earliest:
        with pytest.raises(BadEdtf, match="edtf-reversed"):
            parse_edtf(f"{one}/{two}")
        return
    found = parse_edtf(f"{one}/{two}")
    assert (found.earliest, found.latest) == (first.earliest, last.latest)
    assert found.is_interval


@given(st.none() | points | seasons, st.none() | points | seasons)
def test_what_cannot_be_true_is_known_from_its_bounds(
    start: str | None, end: str | None
) -> None:
    found = bounds(start, end)
    impossible = (
        start is not None
        and end is not None
        and cast("date", parse_edtf(end).latest)
        < cast("date", parse_edtf(start).earliest)
    )
    assert found.ends_before_it_starts == impossible


PATTERN = next(
    triple.object.value
    for triple in ox.parse(shapes_turtle(), format=ox.RdfFormat.TURTLE)
    if triple.subject == ox.NamedNode(BASE + "shapes#edtf")
    and triple.predicate == ox.NamedNode("http://www.w3.org/ns/shacl#pattern")
    and isinstance(triple.object, ox.Literal)
)


ends = points | seasons | st.sampled_from(["", ".."])


@given(
    st.text(alphabet="0123456789-/.X?~%TZ:+", max_size=26)
    | points
    | seasons
    | st.builds("{}/{}".format, ends, ends)
)
@example("2001-21/2003~")
@example("2024-09-11T10:00:00+07:00")
@example("198X-09")
def test_the_shape_takes_what_is_read_and_no_other_form(text: str) -> None:
    try:
        parse_edtf(text)
        is_form = True
    except BadEdtf as error:
        if error.reason not in {"edtf-form", "edtf-level-2"}:
            return  # well-formed: the calendar is not for a pattern to know
        is_form = False
    assert bool(re.search(PATTERN, text)) == is_form
