"""Figures for papers: what is drawn, whether it can be read, and whether it is the same every time."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from itertools import combinations
from math import cos, radians, sin
from typing import Any
from xml.etree import ElementTree

import matplotlib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from networks import (
    SCRIPT,
    body,
    code,
    evidence,
    hostile_world,
    network,
    network_of,
    tie,
)
from simpul.analysis import (
    Attendance,
    Link,
    NamedCode,
    Names,
    Network,
    Site,
    Stance,
    TimedAspect,
    TimedFact,
)
from simpul.ontology import BASE, LANGUAGES, Language, ViewError
from simpul.visualizations.figures import (
    NARROW_MM,
    WIDE_MM,
    Box,
    Figure,
    FigureKind,
    Part,
    Sheet,
    Subject,
    Wanted,
    about_kind,
    draw_figure,
    land,
    place_labels,
    plain,
    position_of,
    positions,
)

SVG = "{http://www.w3.org/2000/svg}"
library: Any = matplotlib  # the types of its settings list every name there is
SECTORS = ["government", "government-regency", "industry", "association", "academia"]


def chamber() -> Network:
    """Forty bodies of five sectors with long names: a ring, chords, a tree, and disputes and mentions."""
    bodies = [
        body(
            f"b{number:02}",
            name=Names(
                f"Balai Besar Pengembangan Industri Nomor {number}",
                f"Great Centre for the Development of Industry {number}",
            ),
            acronym=f"BBPI {number}" if number % 3 else None,
            sector=code("sector", SECTORS[number % 5]),
        )
        for number in range(40)
    ]
    ties = [
        tie(
            f"ring-{number:02}",
            [bodies[number], bodies[(number + 1) % 40]],
            start=f"20{number % 20:02}",
            evidence=(
                evidence(f"doc-{number % 7}", Stance.SUPPORTS),
                evidence(f"copy-{number}", Stance.SUPPORTS, root=f"{BASE}id/doc/doc-1"),
                evidence(f"doc-{number % 5 + 10}", Stance.DISPUTES),
                evidence(f"doc-{number % 3 + 20}", Stance.MENTIONS),
            ),
        )
        for number in range(40)
    ]
    ties += [
        tie(f"star-{number:02}", [bodies[0], bodies[number]], occurred="2021-03")
        for number in range(2, 39)
    ]
    made = network(bodies, ties)
    part_of = NamedCode(
        "http://www.w3.org/ns/org#subOrganizationOf",
        "subOrganizationOf",
        Names("a", "b"),
    )
    tree = tuple(
        Link(ties[n].iri, part_of, bodies[n].iri, bodies[n // 3].iri, True, 1.0)
        for n in range(1, 20)
    )
    return replace(made, links=made.links + tree)


def more(world: Network) -> dict[str, Any]:
    """Names over time, sites and attendance for the bodies of a world."""
    first = world.bodies[0].iri
    fact = TimedFact(
        f"{BASE}c1", first, TimedAspect.NAME, Names("Nama lama", "Old name")
    )
    return {
        "timelines": {
            first: (
                replace(fact, start="1999", end="2004-05"),
                replace(fact, value=Names("Kini", "Now"), start="2004-05"),
                replace(fact, value=Names("Entah", "Who knows")),
                replace(fact, value=Names("Dulu", "Once"), end="2001"),
            )
        },
        "sites": [
            Site(
                each.iri,
                f"{BASE}id/place/35.{15 + n % 10}",
                Names(f"Kabupaten {n % 10}", f"Regency {n % 10}"),
                f"35.{15 + n % 10}",
            )
            for n, each in enumerate(world.bodies)
        ],
        "attendance": [
            Attendance(
                f"{BASE}id/event/e{event}",
                Names(f"Acara besar nomor {event}", f"Great event number {event}"),
                world.bodies[(n * event) % len(world.bodies)].iri,
                f"20{event:02}-03-01",
            )
            for event in range(1, 12)
            for n in range(event)
        ],
    }


@pytest.fixture(scope="module")
def drawn() -> dict[tuple[str, float], Figure]:
    """Every kind of figure of the chamber, in both widths."""
    world = chamber()
    return {
        (kind, width): draw_figure(kind, world, width_mm=width, **more(world))
        for kind in FigureKind
        for width in (NARROW_MM, WIDE_MM)
    }


def shown(figure: Figure, form: str) -> str:
    """What a notebook shows of a figure; it looks for these methods by their names."""
    return str(getattr(figure, f"_repr_{form}_")())


Corner = tuple[float, float]


def corners(text: Any, renderer: Any) -> list[Corner]:
    """The four corners of a written text on a grid of pixels, as it is turned."""
    angle = text.get_rotation()
    text.set_rotation(0)
    box = text.get_window_extent(renderer)
    anchor = text.get_transform().transform(text.get_position())
    text.set_rotation(angle)
    turn = radians(angle)
    flat = [(box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1)]
    return [
        (
            anchor[0] + (x - anchor[0]) * cos(turn) - (y - anchor[1]) * sin(turn),
            anchor[1] + (x - anchor[0]) * sin(turn) + (y - anchor[1]) * cos(turn),
        )
        for x, y in flat
    ]


def overlap(one: list[Corner], other: list[Corner]) -> bool:
    """Whether two convex outlines share area: no line along a side of either parts them."""
    for shape in (one, other):
        for (ax, ay), (bx, by) in zip(shape, [*shape[1:], shape[0]], strict=True):
            normal = (by - ay, ax - bx)
            shadows = [
                [x * normal[0] + y * normal[1] for x, y in each]
                for each in (one, other)
            ]
            slack = 1e-6 * (abs(normal[0]) + abs(normal[1]))
            if max(shadows[0]) <= min(shadows[1]) + slack:
                return False
            if max(shadows[1]) <= min(shadows[0]) + slack:
                return False
    return True


def outlines(figure: Figure) -> list[tuple[str, list[Corner]]]:
    """Each text of a figure with its corners, measured anew by the renderer of a PNG."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    page: Any = figure.sheet.drawn
    page.set_dpi(288)
    canvas: Any = FigureCanvasAgg(page)
    with library.rc_context({"text.parse_math": False, "text.hinting": "no_hinting"}):
        return [
            (text.get_text(), corners(text, canvas.get_renderer()))
            for text in figure.sheet.texts
        ]


@pytest.mark.parametrize("width", [NARROW_MM, WIDE_MM])
@pytest.mark.parametrize("kind", FigureKind)
def test_no_two_texts_of_a_figure_overlap(
    drawn: dict[tuple[str, float], Figure], kind: str, width: float
) -> None:
    found = outlines(drawn[kind, width])
    assert len(found) > 3
    struck = [
        (one, other) for (one, a), (other, b) in combinations(found, 2) if overlap(a, b)
    ]
    assert struck == []


@pytest.mark.parametrize("width", [NARROW_MM, WIDE_MM])
@pytest.mark.parametrize("kind", FigureKind)
def test_no_text_leaves_the_sheet(
    drawn: dict[tuple[str, float], Figure], kind: str, width: float
) -> None:
    figure = drawn[kind, width]
    right, top = (each / 25.4 * 288 for each in figure.size_mm)
    for text, outline in outlines(figure):
        for x, y in outline:
            assert -1 <= x <= right + 1, text
            assert -1 <= y <= top + 1, text


@pytest.mark.parametrize("kind", FigureKind)
def test_a_figure_has_the_width_that_was_asked_for(
    drawn: dict[tuple[str, float], Figure], kind: str
) -> None:
    root = ElementTree.fromstring(drawn[kind, NARROW_MM].svg())
    points = float(root.attrib["width"].removesuffix("pt"))
    assert points == pytest.approx(NARROW_MM / 25.4 * 72, abs=0.01)


@pytest.mark.parametrize("kind", FigureKind)
def test_texts_stay_texts_and_files_hold_no_date(
    drawn: dict[tuple[str, float], Figure], kind: str
) -> None:
    figure = drawn[kind, WIDE_MM]
    svg, pdf = figure.svg(), figure.pdf()
    root = ElementTree.fromstring(svg)
    assert len(list(root.iter(f"{SVG}text"))) > 3
    assert b"dc:date" not in svg
    assert b"CreationDate" not in pdf
    assert b"/FontFile2" in pdf
    assert b"DejaVuSans" in pdf
    assert b"/Type3" not in pdf
    assert figure.png(60).startswith(b"\x89PNG")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", FigureKind)
def test_a_caption_says_what_is_counted_and_of_which_version(
    drawn: dict[tuple[str, float], Figure], kind: str, lang: Language
) -> None:
    world = chamber()
    subject = Subject(
        Names("Alas kaki", "Footwear"),
        Names("per 2021-12-31", "as of 2021-12-31"),
        Part.MEASURED,
        "8ea2cfbb49ef1ebd",
    )
    figure = draw_figure(kind, world, lang=lang, subject=subject, **more(world))
    said = figure.caption.say(lang)
    assert f"{figure.bodies} {'lembaga' if lang == 'id' else 'bodies'}" in said
    assert f"{figure.ties} {'ikatan' if lang == 'id' else 'ties'}" in said
    assert "2021-12-31" in said
    assert "8ea2cfbb49ef1ebd" in said
    assert said in "".join(ElementTree.fromstring(figure.svg()).itertext())


def test_bodies_without_room_for_a_name_are_named_in_the_caption() -> None:
    world = chamber()
    figure = draw_figure("overview", world, width_mm=60)
    assert figure.unlabelled
    assert str(len(figure.unlabelled)) in figure.caption.en
    assert all(name in figure.caption.en for name in figure.unlabelled[:20])


PROGRAM = """
import hashlib, sys
from networks import hostile_world
from simpul.visualizations.figures import FigureKind, draw_figure
for kind in FigureKind:
    figure = draw_figure(kind, hostile_world())
    for content in (figure.svg(), figure.pdf(), figure.png(72)):
        print(kind, hashlib.sha256(content).hexdigest())
"""


def test_two_processes_draw_the_same_bytes() -> None:
    tests = next(each for each in sys.path if each.endswith("tests"))
    said: list[str] = []
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": tests}
        result = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        said.append(result.stdout)
    assert said[0] == said[1]
    assert len(said[0].splitlines()) == 3 * len(FigureKind)


def test_settings_of_the_caller_neither_count_nor_change() -> None:
    world = network_of([("a", "b"), ("b", "c")])
    before = draw_figure("overview", world).svg()
    with library.rc_context({"font.size": 31.0, "svg.fonttype": "path"}):
        held = dict(matplotlib.rcParams)
        assert draw_figure("overview", world).svg() == before
        assert dict(matplotlib.rcParams) == held


HOSTILE = [
    "$x^2$ & $\\frac{1}{",
    "<b>tebal</b>",
    SCRIPT,
    "x" * 10_000,
    "שלום עולם \u202eterbalik",
    "baris\nbaru\ttab\x00\x1b[31m",
    "\ud800 setengah",
    "漢字の名前",
    "\u2028",
    "",
]


@pytest.mark.parametrize("kind", FigureKind)
def test_hostile_names_are_drawn_as_they_stand(kind: str) -> None:
    bodies = [
        body(f"k{number}", name=Names(name, name))
        for number, name in enumerate(HOSTILE)
    ]
    ties = [
        tie(f"t{number}", [bodies[0], other], start="2020")
        for number, other in enumerate(bodies[1:])
    ]
    world = network(bodies, ties)
    title = " ".join(HOSTILE)
    figure = draw_figure(
        kind, world, subject=Subject(Names(title, title)), **more(world)
    )
    root = ElementTree.fromstring(figure.svg())
    written = ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]
    assert not list(root.iter(f"{SVG}script"))
    assert "<script" not in shown(figure, "html")
    if kind in ("overview", "ego", "adjacency"):
        assert any("$x^2$" in each for each in written)
        assert any("<b>tebal</b>" in each for each in written)
    assert figure.pdf().startswith(b"%PDF")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", FigureKind)
def test_an_empty_network_gives_a_picture_or_an_error_that_says_so(
    kind: str, lang: Language
) -> None:
    empty = network([], [])
    if kind in ("ego", "timeline"):
        with pytest.raises(ViewError, match="no body to draw"):
            draw_figure(kind, empty, lang=lang)
        return
    figure = draw_figure(kind, empty, lang=lang)
    assert (figure.bodies, figure.ties) == (0, 0)
    assert len(figure.sheet.texts) == 1


@pytest.mark.parametrize("kind", FigureKind)
def test_one_body_without_ties_is_drawn_or_said_to_have_none(kind: str) -> None:
    figure = draw_figure(kind, network([body("a")], []), focus="a", width_mm=60)
    assert len(figure.sheet.texts) == 1
    for _, outline in outlines(figure):
        assert all(0 <= x <= 60 / 25.4 * 288 for x, _ in outline)


@pytest.mark.parametrize("kind", FigureKind)
def test_an_unknown_focus_is_refused_with_a_near_miss(kind: str) -> None:
    with pytest.raises(ViewError, match="did you mean 'dinas'"):
        draw_figure(kind, hostile_world(), focus="dinass")


def test_an_unknown_kind_is_refused_with_those_there_are() -> None:
    with pytest.raises(ViewError, match=r"did you mean 'hierarchy'.*evidence"):
        draw_figure("hierarchi", hostile_world())


@pytest.mark.parametrize("width", [0.0, -5.0, 59.0, 1001.0, float("nan"), float("inf")])
def test_an_unfit_width_is_refused(width: float) -> None:
    with pytest.raises(ViewError, match="60 to 1000 mm"):
        draw_figure("mixing", hostile_world(), width_mm=width)


def test_a_hierarchy_that_runs_in_a_circle_ends() -> None:
    a, b = body("a"), body("b")
    world = network([a, b], [tie("t", [a, b])])
    part_of = NamedCode("x#subOrganizationOf", "subOrganizationOf", Names("x", "x"))
    loop = tuple(
        Link(world.ties[0].iri, part_of, one.iri, other.iri, True, 1.0)
        for one, other in ((a, b), (b, a))
    )
    figure = draw_figure("hierarchy", replace(world, links=world.links + loop))
    assert figure.bodies == 2


def test_a_mixing_matrix_counts_a_tie_once_in_a_cell() -> None:
    # By hand: one table of three companies and one tie of two of them are 2 ties within industry.
    world = network_of([("a", "b", "c"), ("a", "b")])
    texts = [each.get_text() for each in draw_figure("mixing", world).sheet.texts]
    assert texts.count("2") == 1
    assert "4" not in texts


def test_a_release_and_its_copies_are_one_dot_with_a_count() -> None:
    # Three documents, of which one disputes; two go back to one origin.
    figure = draw_figure("evidence", hostile_world())
    assert "2" in [each.get_text() for each in figure.sheet.texts]


@settings(deadline=None, max_examples=30)
@given(
    st.lists(
        st.tuples(
            st.floats(2, 98),
            st.floats(2, 58),
            st.text("abc MW", min_size=1, max_size=40),
        ),
        max_size=40,
    )
)
def test_labels_never_meet_and_none_is_lost(
    points: list[tuple[float, float, str]],
) -> None:
    sheet = Sheet(100, 60)
    wanted = [Wanted(x, y, 1.0, text) for x, y, text in points if plain(text)]
    dropped = place_labels(sheet, wanted, Box(0, 0, 100, 60))
    assert len(dropped) + len(sheet.texts) == len(wanted)
    figure = Figure("x", "en", "", Names(), 0, 0, (), sheet)
    found = [outline for _, outline in outlines(figure)]
    assert not any(overlap(a, b) for a, b in combinations(found, 2))


def test_positions_lie_in_indonesia_and_under_a_code() -> None:
    # The bounds of the country: 95 to 141.1 degrees east, 11.1 south to 6.1 north.
    for known, spot in positions().items():
        assert re.fullmatch(r"[0-9]{2}([.][0-9]{2})?", known)
        assert 94.9 < spot.longitude < 141.1, known
        assert -11.1 < spot.latitude < 6.1, known


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("35.15", "35.15"),
        ("35.15.06.2016", "35.15"),
        ("31", "31"),
        ("35", None),
        ("", None),
    ],
)
def test_a_place_stands_where_its_regency_does(asked: str, known: str | None) -> None:
    found = position_of(asked)
    assert (found and found[0]) == known


def test_surabaya_lies_on_the_land_that_is_drawn() -> None:
    if not land():
        pytest.skip("the outline was not laid")
    spot = positions()["35.78"]
    x, y = spot.longitude, spot.latitude - 0.1
    # The even-odd rule, by hand: an inner point sees an odd number of crossings.
    crossings = sum(
        (a[1] > y) != (b[1] > y)
        and x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]
        for ring in land()
        for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)
    )
    assert crossings % 2 == 1


def test_every_kind_is_explained_in_both_languages() -> None:
    said = {about_kind(kind).say(lang) for kind in FigureKind for lang in LANGUAGES}
    assert len(said) == 2 * len(FigureKind)


def test_a_notebook_gets_the_picture_with_its_caption(
    drawn: dict[tuple[str, float], Figure],
) -> None:
    figure = drawn["mixing", NARROW_MM]
    page = ElementTree.fromstring(shown(figure, "html"))
    image = page.find("img")
    assert image is not None
    assert image.attrib["src"].startswith("data:image/png;base64,")
    assert shown(figure, "svg").startswith("<?xml")
    assert figure.svg() == figure.svg()
