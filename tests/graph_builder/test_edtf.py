"""EDTF: a table written by hand, the edtf package as a second opinion, and what bounds must obey."""

from datetime import date
from typing import Any, cast

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.graph_builder import BadEdtf, bounds, parse_edtf

POINTS = {
    "2024": ("2024-01-01", "2024-12-31"),
    "2024-02": ("2024-02-01", "2024-02-29"),
    "2024-09-11": ("2024-09-11", "2024-09-11"),
    "2024-09-11~": ("2024-09-11", "2024-09-11"),
    "2014?": ("2014-01-01", "2014-12-31"),
    "198X": ("1980-01-01", "1989-12-31"),
    "20XX": ("2000-01-01", "2099-12-31"),
}
INTERVALS = {
    "2021-03/2022-10": ("2021-03-01", "2022-10-31"),
    "../2019-10": (None, "2019-10-31"),
    "/2024-09-11": (None, "2024-09-11"),
    "2011/..": ("2011-01-01", None),
}
REFUSED = {
    "5/2023": "edtf-form",
    "11/9/2024": "edtf-form",
    "Rabu 11 September 2024": "edtf-form",
    "2023-02-29": "edtf-calendar",
    "2024-13": "edtf-calendar",
    "2024-21": "edtf-season",
    "2024/2023": "edtf-reversed",
    "..": "edtf-says-nothing",
    "": "edtf-says-nothing",
    "../..": "edtf-says-nothing",
    "2024-1X": "edtf-level-2",
    "0000": "edtf-calendar",
}


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("text", "days"), (POINTS | INTERVALS).items())
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
