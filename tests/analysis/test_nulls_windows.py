"""Two windows of time compared."""

from itertools import combinations

import numpy as np
import pytest

from networks import body, network, tie
from simpul.analysis import Network, Rules
from simpul.analysis.nulls import CHANGES, Untestable, compare_windows
from simpul.graph_builder import Days

EARLY, LATE = Days.of("2010"), Days.of("2020")


def dated(early: list[str], late: list[str], lasting: list[str]) -> Network:
    """A network of ties between two bodies each, held early, late, or all the time."""
    keys = sorted(set("".join([*early, *late, *lasting])))
    bodies = {key: body(key) for key in keys}
    spans = {"2009-01-01/2011-12-31": early, "2019-01-01/2021-12-31": late}
    spans["2009-01-01/2021-12-31"] = lasting
    ties = [
        tie(
            f"t{start}{number:02}{pair}",
            [bodies[key] for key in pair],
            start=start,
            end=end,
        )
        for span, pairs in spans.items()
        for start, end in [span.split("/")]
        for number, pair in enumerate(pairs)
    ]
    return network(bodies.values(), ties)


def test_ties_are_counted_by_the_window_they_held_in() -> None:
    found = compare_windows(dated(["ab"], ["ac", "ad"], ["cd"]), EARLY, LATE, n=50)
    assert (found.before_only, found.after_only, found.both) == (1, 2, 1)
    assert found.values["pairs"] == (2, 3)
    assert set(found.tests) <= set(CHANGES)
    assert found.before.used == 2


def test_the_null_is_every_way_to_deal_the_ties_out() -> None:
    """A hub that only the late ties make, against all 20 ways to choose which three were early."""
    early, late = ["bc", "de", "fg"], ["ab", "ac", "ad"]
    found = compare_windows(dated(early, late, []), EARLY, LATE, n=3000, seed=2)
    ties = early + late
    shifts: list[int] = []
    for chosen in combinations(range(6), 3):
        with_a = sum("a" in ties[number] for number in chosen)
        shifts.append((3 - with_a) - with_a)
    hub = found.bodies[0]
    assert (hub.body.key, hub.before, hub.after) == ("a", 0, 3)
    assert hub.test is not None
    assert hub.test.upper == pytest.approx(np.mean([s >= 3 for s in shifts]), abs=0.02)
    assert hub.test.mean == pytest.approx(0, abs=0.1)
    central = found.tests["centralisation"]
    assert central.observed > 0
    # By hand: degrees 3 1 1 1 0 0 0 late, all 1 but one early; sums of gaps 15 and 1, over 30.
    assert central.observed == pytest.approx(14 / 30)


def test_where_one_window_has_no_tie_of_its_own_nothing_is_tested() -> None:
    found = compare_windows(dated([], ["ab"], ["bc"]), EARLY, LATE, n=20)
    assert found.tests == {}
    assert found.values["pairs"] == (1, 2)
    assert all(each.test is None for each in found.bodies)


def test_the_same_seed_gives_the_same_answer() -> None:
    made = dated(["ab", "cd"], ["ac", "ad"], ["bd"])
    rules = Rules()
    one = compare_windows(made, EARLY, LATE, rules, 40, 3)
    assert one == compare_windows(made, EARLY, LATE, rules, 40, 3)
    assert (one.draws, one.seed) == (40, 3)


def test_no_draws_are_refused() -> None:
    with pytest.raises(Untestable, match="draws"):
        compare_windows(dated(["ab"], ["cd"], []), EARLY, LATE, n=0)
