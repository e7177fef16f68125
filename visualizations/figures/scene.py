"""What every kind of figure is drawn from, and what it gives back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from simpul.analysis import Attendance, Body, Network, Site, Tie, Timelines
from simpul.ontology import Language, Sign, ViewError, Wording

from ..palette import Palette
from .sheet import INK, POINT, SOFT, Box, Sheet, plain, shortened, text_size

Facts = Mapping[str, object]
Note = tuple[str, Facts]
"""A sentence of the caption by its code, with what it names."""

LEGEND = 5.5  # points
NEGATIVE = "#B3261E"
_ROW = 3.4  # millimetres of a row of the legend
_STEP = 4.0


@cache
def words() -> Wording:
    """What figures and their captions say."""
    return Wording.load("simpul.visualizations.figures", "words.toml")


@dataclass(frozen=True, slots=True)
class Scene:
    """The values of one figure: a network, what is known besides, and how to draw it."""

    kind: str
    network: Network
    look: Palette
    lang: Language
    width: float
    seed: int
    focus: Body | None = None
    timelines: Timelines = field(default_factory=dict[str, tuple[()]])
    sites: Sequence[Site] = ()
    attendance: Sequence[Attendance] = ()

    def say(self, code: str, **facts: object) -> str:
        """A sentence in the language of the figure."""
        return words().say(code, self.lang, **facts)

    def name(self, body: Body) -> str:
        """The name of a body as a line."""
        return plain(body.name.say(self.lang)) or plain(body.key)

    def short(self, body: Body) -> str:
        """What a body is called where room is short: its acronym, else its name."""
        return plain(body.acronym or "") or self.name(body)

    def colour(self, body: Body) -> str:
        """The colour of a body on paper."""
        return self.look.family(body).light

    def partners(self) -> Mapping[str, set[str]]:
        """The bodies that each body is linked with."""
        found: dict[str, set[str]] = {body.iri: set() for body in self.network.bodies}
        for link in self.network.links:
            found[link.source].add(link.target)
            found[link.target].add(link.source)
        return found

    def centre(self) -> Body:
        """The body in focus, else the one with the most partners.

        Raises: ViewError where the network holds no body.
        """
        if self.focus is not None:
            return self.focus
        if not self.network.bodies:
            raise ViewError(self.kind, "there is no body to draw; build records first")
        partners = self.partners()
        return min(
            self.network.bodies, key=lambda body: (-len(partners[body.iri]), body.iri)
        )


@dataclass(slots=True)
class Drawing:
    """A drawn sheet, how many bodies and ties it shows, and what its caption has to say of it."""

    sheet: Sheet
    bodies: int
    ties: int
    notes: list[Note] = field(default_factory=list[Note])
    unlabelled: list[str] = field(default_factory=list[str])
    lead: str = "caption"  # the first sentence of the caption


def nothing_to_draw(scene: Scene, code: str, **facts: object) -> Drawing:
    """A sheet that says why it is empty."""
    sheet = Sheet(scene.width, 30)
    sheet.block(Box(0.5, 0.5, scene.width - 1, 29), edge=SOFT)
    text = scene.say(code, **facts)
    for size in (8, 7, 6, 5):
        if text_size(text, size)[0] < scene.width - 6:
            break
    sheet.text(
        scene.width / 2,
        15,
        shortened(text, scene.width - 4, 5) if size == 5 else text,
        size=size,
        across="center",
    )
    return Drawing(sheet, 0, 0)


def legend_height(
    scene: Scene,
    bodies: Iterable[Body],
    ties: Iterable[Tie] = (),
    *,
    shapes: bool = True,
) -> float:
    """How many millimetres the legend of these bodies and ties takes up."""
    return _legend(None, scene, list(bodies), list(ties), 0, shapes) + 1.5


def draw_legend(
    sheet: Sheet,
    scene: Scene,
    bodies: Iterable[Body],
    ties: Iterable[Tie],
    top: float,
    *,
    shapes: bool = True,
) -> None:
    """Explain the colours, shapes and lines that are in the figure, and no others."""
    _legend(sheet, scene, list(bodies), list(ties), top + 1.5, shapes)


def _legend(
    sheet: Sheet | None,
    scene: Scene,
    bodies: list[Body],
    ties: list[Tie],
    top: float,
    with_shapes: bool,
) -> float:
    families = {scene.look.family(body).code for body in bodies}
    shapes = {scene.look.shape(body).code for body in bodies if with_shapes}
    looks = {scene.look.look(tie).code for tie in ties}
    x, y = 2.0, top + _ROW / 2

    def room_for(text: str, lead: float) -> float:
        nonlocal x, y
        width = lead + text_size(text, LEGEND)[0] + _STEP
        if x > 2.0 and x + width - _STEP > scene.width - 1:
            x, y = 2.0, y + _ROW
        start, x = x, x + width
        return start

    for family in scene.look.families:
        if family.code in families:
            text = family.name.say(scene.lang)
            start = room_for(text, 3)
            if sheet:
                sheet.mark(start + 1, y, 0.9, colour=family.light)
                sheet.text(start + 2.6, y, text, size=LEGEND)
    if families and shapes:
        x, y = 2.0, y + _ROW
    for shape in scene.look.shapes:
        if shape.code in shapes:
            text = shape.name.say(scene.lang)
            start = room_for(text, 3)
            if sheet:
                sheet.mark(
                    start + 1,
                    y,
                    0.9,
                    colour=SOFT,
                    shape=shape.shape,
                    hollow=shape.hollow,
                )
                sheet.text(start + 2.6, y, text, size=LEGEND)
    if looks:
        x, y = 2.0, y + _ROW
    for look in scene.look.looks:
        if look.code in looks:
            text = look.name.say(scene.lang)
            start = room_for(text, 9)
            if sheet:
                sheet.line(
                    [(start, y), (start + 7, y)],
                    colour=INK,
                    width=line_width(look.width),
                    dash=dashes(look.dash),
                )
                sheet.text(start + 8, y, text, size=LEGEND)
    if any(is_negative(tie) for tie in ties):
        text = scene.say("negative")
        start = room_for(text, 9)
        if sheet:
            sheet.line([(start, y), (start + 7, y)], colour=NEGATIVE, width=0.8)
            sheet.text(start + 8, y, text, size=LEGEND)
    return y + _ROW / 2 - top


def is_negative(tie: Tie) -> bool:
    """Whether a tie is one of conflict or refusal."""
    return tie.sign is not None and tie.sign.code == Sign.NEGATIVE


def line_width(pixels: float) -> float:
    """The width on paper, in points, of a line that has so many pixels on a screen."""
    return 0.42 * pixels


def dashes(pixels: Sequence[float]) -> tuple[float, ...]:
    """The dashes on paper, in points."""
    return tuple(0.42 * each for each in pixels)


def row_height(size: float) -> float:
    """The millimetres between two rows of text of so many points."""
    return size * POINT * 1.45
