"""The rule of what is attested on a day and what is only possible: cases argued by hand, and what it must obey."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.graph_builder import BadEdtf, Days, Manner, Times, bounds
from simpul.ontology import Holding

ATTESTED, POSSIBLE, ABSENT = Holding.ATTESTED, Holding.POSSIBLE, None


def lasting(
    start: str | None, end: str | None, *attested: str, manner: Manner = Manner.LASTS
) -> Times:
    return Times(bounds(start, end), manner, tuple(map(Days.of, attested)))


def happening(when: str, *attested: str) -> Times:
    seen = tuple(map(Days.of, attested))
    return Times(bounds(occurred=when), Manner.HAPPENS, seen)


def covering(when: str) -> Times:
    return Times(bounds(occurred=when), Manner.COVERS)


OFFICE = lasting("2017-07", "2020-08/2021-03", "2017-09-25", "2020-08-05")
TOLD_TWICE = lasting(None, None, "2021-03-10", "2023-10-02")
TOLD_IN_MARCH = lasting(None, None, "2021-03")
MOVED_OUT = lasting("2003", "2025", "2025-11-04")
MOVED_IN = lasting("2025", None, "2025-11-04")
CASES = {
    # Two sources, nothing dated: held between them, who knows around them.
    "between two sources": (TOLD_TWICE, "2022-06-01", ATTESTED),
    "on the day of the first": (TOLD_TWICE, "2021-03-10", ATTESTED),
    "on the day of the last": (TOLD_TWICE, "2023-10-02", ATTESTED),
    "before the first source": (TOLD_TWICE, "2021-03-09", POSSIBLE),
    "after the last source": (TOLD_TWICE, "2023-10-03", POSSIBLE),
    "nothing known at all": (lasting(None, None), "2021-03-10", POSSIBLE),
    # A source dated to March saw it on some day of March, nobody knows which.
    "a day of the month of the only source": (TOLD_IN_MARCH, "2021-03-20", POSSIBLE),
    "the month of the only source": (TOLD_IN_MARCH, "2021-03", ATTESTED),
    "the year of the only source": (TOLD_IN_MARCH, "2021", ATTESTED),
    "a part of that month": (TOLD_IN_MARCH, "2021-03-10/2021-04-10", POSSIBLE),
    # In office from July 2017; had left between August 2020 and March 2021.
    "before the month it began": (OFFICE, "2017-06-30", ABSENT),
    "in the month it began": (OFFICE, "2017-07-15", POSSIBLE),
    "after the month it began": (OFFICE, "2017-08-01", ATTESTED),
    "on the first day it may have ended": (OFFICE, "2020-08-01", ATTESTED),
    "while it may have ended": (OFFICE, "2020-12-31", POSSIBLE),
    "after it ended": (OFFICE, "2021-04-01", ABSENT),
    "in the year it began": (OFFICE, "2017", ATTESTED),
    "in the year it may have ended": (OFFICE, "2021", POSSIBLE),
    # Told in November 2025 by a report on the move: it looks back, and is no witness of that day.
    "long before anybody told": (MOVED_OUT, "2012-05-05", ATTESTED),
    "a look back does not make it last": (MOVED_OUT, "2025-11-04", POSSIBLE),
    "in the year of the move": (MOVED_OUT, "2025", ATTESTED),
    "the new seat on the day of the report": (MOVED_IN, "2025-11-04", ATTESTED),
    "the new seat earlier that year": (MOVED_IN, "2025-02-01", POSSIBLE),
    "the new seat later": (MOVED_IN, "2026-02-01", POSSIBLE),
    "the new seat before": (MOVED_IN, "2024-12-31", ABSENT),
    # Only an end: it lasted until some day of 2008.
    "an end alone, that year": (lasting(None, "2008"), "2008", ATTESTED),
    "an end alone, before": (lasting(None, "2008"), "2007-01-01", POSSIBLE),
    "an end alone, after": (lasting(None, "2008"), "2009-01-01", ABSENT),
    "ended by an unknown day": (lasting(None, "../2019-10", "2018-05-01"), "2018-05-01", POSSIBLE),
    # A source that is older than the start tells of a plan.
    "a plan is no witness": (lasting("2024", None, "2023-05-01"), "2023-05-01", ABSENT),
    "a plan does not date the start": (lasting("2024", None, "2023-05-01"), "2024-03-01", POSSIBLE),
    "begun within the year asked about": (lasting("2024", None, "2023-05-01"), "2024", ATTESTED),
    # What happens holds then only.
    "the day it happened": (happening("2024-09-11", "2024-09-12"), "2024-09-11", ATTESTED),
    "the day it was told": (happening("2024-09-11", "2024-09-12"), "2024-09-12", ABSENT),
    "a day of the month it happened": (happening("2024-09"), "2024-09-11", POSSIBLE),
    "the month it happened": (happening("2024-09"), "2024-09", ATTESTED),
    "a day of a fair of three": (happening("2019-02-07/2019-02-09"), "2019-02-08", ATTESTED),
    "no beginning known": (happening("/2024-09-11", "2024-09-11"), "2024-09-11", POSSIBLE),
    "no beginning known, after": (happening("/2024-09-11"), "2024-09-12", ABSENT),
    "open at the end": (happening("2011/.."), "2020-01-01", POSSIBLE),
    # A figure for a year is a figure for each of its days.
    "a day that a number covers": (covering("2021"), "2021-06-01", ATTESTED),
    "a day that a number does not cover": (covering("2021"), "2022-01-01", ABSENT),
}  # fmt: skip


@pytest.mark.parametrize(("times", "days", "held"), CASES.values(), ids=CASES)
def test_a_claim_holds_as_its_dates_and_sources_tell(
    times: Times, days: str, held: Holding | None
) -> None:
    assert times.on(Days.of(days)) is held


@pytest.mark.parametrize(
    ("text", "reason"),
    [("../2021", "edtf-no-days"), ("2021/", "edtf-no-days"), ("Maret", "edtf-form")],
)
def test_days_without_both_ends_cannot_be_asked_about(text: str, reason: str) -> None:
    with pytest.raises(BadEdtf) as caught:
        Days.of(text)
    assert caught.value.reason == reason


def test_days_are_written_as_edtf() -> None:
    assert str(Days.of("2021-12-31")) == "2021-12-31"
    assert str(Days.of("2021")) == "2021-01-01/2021-12-31"


# ---- properties

RANK = {ABSENT: 0, POSSIBLE: 1, ATTESTED: 2}
day = st.dates(date(2000, 1, 1), date(2010, 12, 31))


@st.composite
def some_days(draw: st.DrawFn) -> Days:
    first = draw(day)
    return Days(first, first + timedelta(draw(st.sampled_from([0, 0, 1, 30, 365]))))


@st.composite
def histories(draw: st.DrawFn) -> tuple[Times, date, date]:
    """What records say of something that lasted from one day to another, and these days."""
    first, last = sorted((draw(day), draw(day)))
    known = st.integers(0, 400)

    def around(when: date) -> str | None:
        early, late = when - timedelta(draw(known)), when + timedelta(draw(known))
        kept = draw(st.sampled_from(["no", "both", "from", "to"]))
        return {
            "no": None,
            "both": f"{early}/{late}",
            "from": f"{early}/..",
            "to": f"../{late}",
        }[kept]

    length = (last - first).days
    seen: list[Days] = []
    for offset in draw(st.lists(st.integers(0, length), max_size=4)):
        told = first + timedelta(offset)
        before, after = draw(known), draw(known)
        seen.append(Days(told - timedelta(before), told + timedelta(after)))
    end = around(last)
    late = draw(st.lists(day, max_size=2)) if end else []
    seen += [Days(each, each) for each in late if each > last]  # they look back
    return Times(bounds(around(first), end), attested=tuple(seen)), first, last


@given(histories(), some_days())
def test_what_is_attested_was_so_and_what_is_absent_was_not(
    history: tuple[Times, date, date], days: Days
) -> None:
    times, first, last = history
    was_so = first <= days.last and days.first <= last
    if times.on(days) is ATTESTED:
        assert was_so
    if was_so:
        assert times.on(days) is not ABSENT


@given(histories(), some_days(), st.integers(0, 500), st.integers(0, 500))
def test_a_longer_period_never_loses_a_claim(
    history: tuple[Times, date, date], days: Days, before: int, after: int
) -> None:
    times, _, _ = history
    wider = Days(days.first - timedelta(before), days.last + timedelta(after))
    assert RANK[times.on(wider)] >= RANK[times.on(days)]


@given(histories(), some_days(), st.integers(0, 500), st.integers(0, 500))
def test_wider_bounds_never_leave_a_claim_out(
    history: tuple[Times, date, date], days: Days, before: int, after: int
) -> None:
    times, _, _ = history
    at = times.bounds
    wider = type(at)(
        at.earliest_start and at.earliest_start - timedelta(before),
        at.latest_start,
        at.earliest_end,
        at.latest_end and at.latest_end + timedelta(after),
    )
    if times.on(days) is not ABSENT:
        assert Times(wider, attested=times.attested).on(days) is not ABSENT


@given(histories(), some_days(), some_days())
def test_a_further_source_never_takes_an_attestation_away(
    history: tuple[Times, date, date], days: Days, seen: Days
) -> None:
    times, _, _ = history
    more = Times(times.bounds, attested=(*times.attested, seen))
    assert RANK[more.on(days)] >= RANK[times.on(days)]
