"""Places of bodies on the map."""

from itertools import combinations
from math import hypot

from hypothesis import given, settings
from hypothesis import strategies as st

from networks import network_of
from simpul.analysis import Network
from simpul.visualizations import place_bodies

cliques = st.lists(
    st.lists(st.sampled_from("abcdefghij"), min_size=2, max_size=4, unique=True),
    max_size=8,
)


@given(cliques)
@settings(deadline=None)
def test_every_body_has_a_place_of_its_own(groups: list[list[str]]) -> None:
    made = network_of(groups, isolates="abcdefghij")
    places = place_bodies(made, seed=3)
    assert set(places) == {body.iri for body in made.bodies}
    nearest = min(
        hypot(a[0] - b[0], a[1] - b[1]) for a, b in combinations(places.values(), 2)
    )
    assert nearest >= 30


def test_the_same_seed_gives_the_same_places_and_another_seed_others() -> None:
    made = network_of([f"a{chr(98 + n)}" for n in range(12)] + ["bcd", "efg"])
    assert place_bodies(made, seed=1) == place_bodies(made, seed=1)
    assert place_bodies(made, seed=1) != place_bodies(made, seed=2)


def test_the_order_of_ties_changes_no_place() -> None:
    made = network_of(["ab", "bc", "cd", "ad", "ef"])
    other = Network(made.bodies, made.ties, tuple(reversed(made.links)))
    assert place_bodies(made, seed=1) == place_bodies(other, seed=1)


def test_bodies_without_ties_do_not_drive_the_picture_apart() -> None:
    alone = [f"z{number:02}" for number in range(40)]
    made = network_of(["ab", "bc", "ca"], isolates=alone)
    places = list(place_bodies(made, seed=1).values())
    width, height = (
        max(place[axis] for place in places) - min(place[axis] for place in places)
        for axis in (0, 1)
    )
    assert max(width, height) < 600


def test_parts_stand_beside_each_other() -> None:
    made = network_of(["ab", "bc", "cd", "xy", "yz"])
    places = place_bodies(made, seed=1)
    key_of = {body.iri: body.key for body in made.bodies}
    boxes: list[tuple[int, int, int, int]] = []
    for part in ("abcd", "xyz"):
        points = [place for iri, place in places.items() if key_of[iri] in part]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        boxes.append((min(xs), min(ys), max(xs), max(ys)))
    one, two = boxes
    assert one[2] < two[0] or two[2] < one[0] or one[3] < two[1] or two[3] < one[1]


def test_no_body_and_one_body_can_be_placed() -> None:
    assert place_bodies(Network((), (), ()), seed=1) == {}
    assert list(place_bodies(network_of([], isolates="a"), seed=1).values()) == [(0, 0)]
