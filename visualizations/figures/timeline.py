"""The timeline figure: the names, posts and ties of one body over the years."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor

from simpul.analysis import Body, Participant, Tie, TimedAspect
from simpul.ontology import Standing

from .bars import Bar, draw_bar, draw_marks, marks_height
from .dates import Span, span_of, year_of
from .evidence import tie_name
from .scene import Drawing, Scene, nothing_to_draw
from .sheet import FAINT, SOFT, Sheet, plain, shortened

_SIZE = 6.0
_PITCH = 3.7
_HEADING = 4.6
_NAMES, _SITES, _POSTS, _TIES = "#1A1D21", "#009E73", "#E69F00", "#0072B2"
_YEARS = 60  # an axis longer than this would leave no room for what is on it


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    bar: Bar
    tie: Tie | None = None

    @property
    def span(self) -> Span:
        return self.bar.span


def draw_timeline(scene: Scene) -> Drawing:
    """Draw what is on record with a date, in groups, each in the order of its days.

    A bar runs as far as is known. An end that is not on record fades away; a thin end is the time within
    which it began or ended; a mark is one day. What has no date is counted in the caption.
    """
    centre = scene.centre()
    groups: list[tuple[str, list[_Row]]] = []
    undated = {"ties": 0, "facts": 0}
    for code, found in _groups(scene, centre):
        rows = sorted(
            (row for row in found if row is not None),
            key=lambda row: (row.span.days[0], row.text),
        )
        undated["ties" if code == "ties" else "facts"] += len(found) - len(rows)
        if rows:
            groups.append((code, rows))
    if not groups:
        return nothing_to_draw(scene, "no-dates", name=scene.name(centre))
    spans = [row.span for _, rows in groups for row in rows]
    axis = _Axis.over(spans, scene.width)
    count = sum(len(rows) for _, rows in groups)
    height = 8 + count * _PITCH + len(groups) * _HEADING + 2
    # What marks there are is known once all are drawn; a spare sheet tells how high their legend is.
    spare = Sheet(scene.width, height)
    edges = (axis.left, axis.right)
    used = {
        mark
        for _, rows in groups
        for row in rows
        for mark in draw_bar(spare, row.bar, axis.at, edges, 0)
    }
    sheet = Sheet(scene.width, height + marks_height(scene, used))
    axis.draw(sheet, height)
    y = 8.0
    for code, rows in groups:
        sheet.text(1, y + _HEADING / 2, scene.say(code), size=6.5, bold=True)
        y += _HEADING
        for row in rows:
            middle = y + _PITCH / 2
            text = shortened(row.text, axis.left - 3, _SIZE)
            sheet.text(axis.left - 1.5, middle, text, size=_SIZE, across="right")
            draw_bar(sheet, row.bar, axis.at, edges, middle)
            y += _PITCH
    draw_marks(sheet, scene, used, height)
    ties = [row.tie for _, rows in groups for row in rows if row.tie]
    bodies = {party.body for tie in ties for party in tie.participants} | {centre.iri}
    drawing = Drawing(sheet, len(bodies), len(ties))
    drawing.notes.append(
        (
            "note-timeline",
            {
                "name": scene.name(centre),
                "rows": count,
                "ties": len(ties),
                "facts": count - len(ties),
            },
        )
    )
    if any(undated.values()):
        drawing.notes.append(("note-undated", undated))
    if axis.cut:
        drawing.notes.append(("note-cut-years", {"first": axis.first}))
    return drawing


def _groups(scene: Scene, centre: Body) -> Iterator[tuple[str, list[_Row | None]]]:
    facts = [fact for fact in scene.timelines.get(centre.iri, ()) if fact.is_accepted]
    for code, aspect, colour in (
        ("names", TimedAspect.NAME, _NAMES),
        ("sites", TimedAspect.SITE, _SITES),
        ("posts", TimedAspect.POST, _POSTS),
    ):
        yield (
            code,
            [
                _row(
                    ": ".join(
                        filter(
                            None,
                            (
                                plain(fact.of.say(scene.lang)),
                                plain(fact.value.say(scene.lang)),
                            ),
                        )
                    ),
                    span_of(fact.start, fact.end, fact.occurred),
                    colour,
                )
                for fact in facts
                if fact.aspect is aspect
            ],
        )
    yield (
        "ties",
        [
            _row(
                tie_name(scene, tie, centre),
                span_of(tie.start, tie.end, tie.occurred),
                _TIES,
                tie,
                # That a tie has ended is seen by its end; other dashes are doubts.
                doubtful=bool((look := scene.look.look(tie)).dash)
                and look.code != Standing.LAPSED,
            )
            for tie in scene.network.ties
            if _takes_part(tie.participants, centre)
        ],
    )


def _row(
    text: str,
    span: Span | None,
    colour: str,
    tie: Tie | None = None,
    *,
    doubtful: bool = False,
) -> _Row | None:
    return _Row(text, Bar(span, colour, doubtful), tie) if span else None


def _takes_part(parties: Sequence[Participant], centre: Body) -> bool:
    return any(party.body == centre.iri for party in parties)


@dataclass(frozen=True, slots=True)
class _Axis:
    first: int
    last: int
    left: float
    right: float
    cut: bool

    @classmethod
    def over(cls, spans: Sequence[Span], width: float) -> "_Axis":
        years = [year_of(day) for span in spans for day in span.days]
        first, last = floor(min(years)), max(ceil(max(years)), floor(min(years)) + 1)
        # What goes on, or has no end on record, needs room to be seen.
        last += any(span.ended_from is None and span.last is None for span in spans)
        cut = last - first > _YEARS
        return cls(
            max(first, last - _YEARS),
            last,
            width * (0.42 if width > 120 else 0.52),
            width - 5,
            cut,
        )

    def at(self, day: date) -> float:
        share = (year_of(day) - self.first) / (self.last - self.first)
        return self.left + max(0.0, min(1.0, share)) * (self.right - self.left)

    def draw(self, sheet: Sheet, height: float) -> None:
        step = next(
            each
            for each in (1, 2, 5, 10, 20)
            if each == 20
            or (self.last - self.first) / each <= (self.right - self.left) / 9
        )
        for year in range(self.first, self.last + 1):
            x = self.at(date(min(max(year, 1), 9999), 1, 1))
            if year % step == 0 or step == 1:
                sheet.line([(x, 6), (x, height - 1)], colour=FAINT, width=0.35)
                sheet.text(x, 4, str(year), size=_SIZE, across="center", colour=SOFT)
