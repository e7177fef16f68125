"""Figures that say what they count: numbers that agree, marks that are explained, names that can be read."""

import re
from dataclasses import replace

import pytest

from networks import body, code, evidence, network, network_of, tie
from simpul.analysis import Attendance, Names, Site, Stance
from simpul.ontology import BASE, LANGUAGES, Language
from simpul.visualizations.figures import Figure, draw_figure


def texts(figure: Figure) -> list[str]:
    """What is written in a figure."""
    return [each.get_text() for each in figure.sheet.texts]


def test_the_brackets_of_a_mixing_matrix_add_up_to_the_bodies_shown() -> None:
    lone = [body(f"x{n}", sector=code("sector", "academia")) for n in range(4)]
    pair = [body("a"), body("b", sector=code("sector", "academia"))]
    figure = draw_figure("mixing", network([*pair, *lone], [tie("t", pair)]))
    brackets = {
        text: int(found[1])
        for text in texts(figure)
        if (found := re.search(r"\((\d+)\)", text))
    }
    assert sum(brackets.values()) == figure.bodies == 2
    assert "2 in all" in figure.caption.en
    assert "Not counted: 4 bodies" in figure.caption.en


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_timeline_counts_the_ties_that_it_draws(lang: Language) -> None:
    a, b, c = body("a"), body("b"), body("c")
    ties = [
        tie("t1", [a, b], start="2020"),
        tie("t2", [a, b], start="2021", end="2022"),
        tie("t3", [a, c]),
    ]
    figure = draw_figure("timeline", network([a, b, c], ties), focus="a", lang=lang)
    assert (figure.bodies, figure.ties) == (2, 2)
    assert "2 rows" in figure.caption.en
    assert "date: 1 tie and" in figure.caption.en


def explained(**dates: str | None) -> set[str]:
    """The marks in the legend of a timeline of one tie."""
    pair = [body("a"), body("b")]
    drawn = texts(draw_figure("timeline", network(pair, [tie("t", pair, **dates)])))
    marks = ("beginning or end unknown", "said to go on", "a day or a month")
    return {mark for mark in marks if mark in drawn}


def test_an_end_that_is_unknown_is_not_drawn_as_one_that_goes_on() -> None:
    assert explained(start="2020") == {"beginning or end unknown"}
    assert explained(occurred="2020/") == {"beginning or end unknown"}
    assert explained(occurred="2020/..") == {"said to go on"}
    assert explained(occurred="2020-03/2022-04") == set()
    assert explained(occurred="2020-03-02") == {"a day or a month"}


def test_what_has_ended_is_not_drawn_as_in_doubt() -> None:
    pair = [body("a"), body("b")]
    made = tie("t", pair, start="2019", end="2022")
    doubt = "in doubt: planned, told of, disputed or not accepted"
    for standing, expected in (("lapsed", False), ("planned", True)):
        world = network(pair, [replace(made, standing=code("standing", standing))])
        assert (doubt in texts(draw_figure("timeline", world))) is expected


def test_names_of_a_dense_matrix_stand_at_their_rows_at_a_size_to_read() -> None:
    world = network_of([(f"b{n:03}", f"b{(n + 1) % 150:03}") for n in range(150)])
    figure = draw_figure("adjacency", world)
    named = [each for each in figure.sheet.texts if each.get_text().startswith("Body ")]
    assert 20 < len(named) < 60
    assert len(named) + len(figure.unlabelled) == 150
    assert all(float(each.get_fontsize()) >= 5 for each in named)


def test_communities_are_said_to_leave_out_bodies_without_a_tie() -> None:
    figure = draw_figure("adjacency", network_of([("a", "b")], isolates=["c"]))
    assert "1 community " in figure.caption.en
    assert "bodies without a tie are not counted" in figure.caption.en
    assert "lembaga tanpa ikatan" in figure.caption.id


def test_a_row_of_events_always_has_a_dot() -> None:
    bodies = [body(f"b{n:02}") for n in range(60)]
    attendance = [
        Attendance(
            f"{BASE}id/event/e{n}", Names(f"Acara {n}", f"Event {n}"), bodies[k].iri
        )
        for n in range(50)
        for k in (n, n + 1)
    ]
    figure = draw_figure(
        "two-mode", network(bodies, []), attendance=attendance, width_mm=85
    )
    rows = [text for text in texts(figure) if text.startswith("Event ")]
    assert 0 < len(rows) < 50
    assert "+2" not in texts(figure)
    assert f"{50 - len(rows)} events" in figure.caption.en


def test_an_origin_whose_title_does_not_fit_is_called_by_publisher_and_year() -> None:
    pair = [body("a"), body("b")]
    long = evidence("d1", Stance.SUPPORTS, title=Names("Panjang " * 20, "Long " * 30))
    raw = evidence("d2", Stance.SUPPORTS, title=Names("d2", "d2"))
    short = evidence("d3", Stance.SUPPORTS)
    copy = evidence(
        "d4",
        Stance.SUPPORTS,
        root=f"{BASE}id/doc/rel-1",
        root_name=Names("rel-1", "rel-1"),
    )
    world = network(pair, [tie("t", pair, evidence=(long, raw, short, copy))])
    heads = texts(draw_figure("evidence", world))
    assert "release, copied by Penerbit d4 2024" in heads
    assert {"Penerbit d1 2024", "Penerbit d2 2024", "Penerbit d3: Title d3"} <= set(
        heads
    )


def at_places(codes: list[str]) -> Figure:
    """A map of one body in each of these territories."""
    bodies = [body(f"b{n}") for n in range(len(codes))]
    sites = [
        Site(
            each.iri,
            f"{BASE}id/place/{place}",
            Names(f"Di {place}", f"In {place}"),
            place,
        )
        for each, place in zip(bodies, codes, strict=True)
    ]
    return draw_figure("map", network(bodies, []), sites=sites)


def test_a_dense_part_far_from_other_points_has_a_map_of_its_own() -> None:
    java = ["35.15", "35.16", "35.17", "35.18", "35.19", "35.20"]
    one, two = at_places(java), at_places([*java, "13.74"])
    assert "box on the map below" not in one.caption.en
    assert "box on the map below" in two.caption.en
    assert {"In 13.74 1", "In 35.15 1"} <= set(texts(two))
    scales = [[t for t in texts(each) if t.endswith(" km")] for each in (one, two)]
    assert [len(each) for each in scales] == [1, 2]
    assert scales[1][0] == scales[0][0]
    for figure in (one, two):
        assert "Bodies:" in texts(figure)
