"""Places in large networks, and places kept from one picture to the next."""

import os
import subprocess
import sys
from itertools import combinations
from math import dist
from pathlib import Path

import numpy as np
import pytest

from large_networks import large_network
from networks import network_of
from simpul.analysis import Names, Network
from simpul.ontology import ViewError
from simpul.visualizations import place_bodies, read_places, write_view

PLACES = """
import sys
from hashlib import sha256
from large_networks import large_network
from simpul.visualizations import place_bodies
print(sha256(repr(place_bodies(large_network(410, 900, seed=4), seed=2)).encode()).hexdigest())
"""


@pytest.fixture(scope="module")
def middling() -> Network:
    """A network past the size that forces lay out."""
    return large_network(450, 1300, seed=4)


def test_places_are_the_same_in_another_process_with_another_order_of_sets() -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", PLACES],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": os.pathsep.join(sys.path),
            },
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_hardly_any_two_bodies_of_a_large_network_touch(middling: Network) -> None:
    points = np.array(list(place_bodies(middling, seed=1).values()))
    gaps = np.hypot(*(points[:, None, :] - points[None, :, :]).transpose(2, 0, 1))
    np.fill_diagonal(gaps, np.inf)
    nearest = gaps.min(axis=1)
    assert (nearest >= 25).mean() > 0.98


def test_tied_bodies_stand_nearer_than_others(middling: Network) -> None:
    places = place_bodies(middling, seed=1)
    tied = [dist(places[link.source], places[link.target]) for link in middling.links]
    every = [dist(a, b) for a, b in combinations(list(places.values())[::7], 2)]
    assert np.median(tied) < 0.4 * np.median(every)


def test_the_random_numbers_of_others_are_left_alone(middling: Network) -> None:
    import random

    random.seed(5)
    expected = random.random()
    random.seed(5)
    place_bodies(middling, seed=1)
    assert random.random() == expected


@pytest.mark.parametrize("count", [410, 1600], ids=["by forces", "by pivots"])
def test_without_igraph_a_layout_is_found_too(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simpul.visualizations.layout_parts.has_igraph", bool)
    names = [f"{number:05}" for number in range(count)]
    tree = network_of(
        [(names[number // 3], names[number]) for number in range(1, count)]
    )
    places = place_bodies(tree, seed=1)
    assert len(set(places.values())) > 0.99 * count
    assert places == place_bodies(tree, seed=1)


def test_bodies_known_before_stay_and_new_ones_stand_beside_their_partners() -> None:
    before = network_of(["ab", "bc", "cd", "ef"])
    places = place_bodies(before, seed=1)
    after = network_of(["ab", "bc", "cd", "ef", "ax", "xy"], isolates="z")
    found = place_bodies(after, seed=1, pinned=places)
    assert {iri: found[iri] for iri in places} == places
    iri_of = {body.key: body.iri for body in after.bodies}
    assert dist(found[iri_of["x"]], found[iri_of["a"]]) < 120
    assert dist(found[iri_of["y"]], found[iri_of["x"]]) < 120
    assert min(dist(a, b) for a, b in combinations(found.values(), 2)) >= 30


def test_many_new_partners_of_one_body_find_room() -> None:
    before = network_of(["ab"])
    places = place_bodies(before, seed=1)
    after = network_of([("a", f"n{number:03}") for number in range(300)] + [("a", "b")])
    found = list(place_bodies(after, seed=1, pinned=places).values())
    assert min(dist(a, b) for a, b in combinations(found, 2)) >= 30


def test_places_are_read_back_from_a_page(tmp_path: Path) -> None:
    made = network_of(["ab", "bc", "de"], isolates="z")
    page = tmp_path / "page.html"
    write_view(made, page, lang="en", seed=1, title=Names("Peta", "Map"))
    assert read_places(page) == place_bodies(made, seed=1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<p>nothing</p>",
        '<script type="application/json" id="data">{"nodes": 3}</script>',
        '<script type="application/json" id="data">[[[</script>',
        '<script type="application/json" id="data">{"nodes":{"c":{"iri":{"v":[],"i":[4]}}}}</script>',
    ],
    ids=["empty", "another page", "another shape", "cut short", "numbers astray"],
)
def test_a_file_without_places_is_refused_with_words(text: str, tmp_path: Path) -> None:
    file = tmp_path / "other.html"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ViewError, match="simpul view"):
        read_places(file)
