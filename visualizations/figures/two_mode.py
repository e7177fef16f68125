"""The two-mode figure: bodies by the events that they took part in."""

from collections import Counter, defaultdict

from .dates import first_day
from .dots import Dot, Line, columns_that_fit, draw_table, measure
from .scene import Drawing, Scene, draw_legend, legend_height, nothing_to_draw
from .sheet import Sheet, plain

_MOST_EVENTS = 60


def draw_two_mode(scene: Scene) -> Drawing:
    """Draw events as rows, in the order of their days, and bodies as columns, the most active first.

    With a focus, the events are those of that body. What finds no room is said in the caption.
    """
    known = scene.network.body_by_iri
    seen = [each for each in scene.attendance if each.body in known]
    if scene.focus is not None:
        own = {each.event for each in seen if each.body == scene.focus.iri}
        seen = [each for each in seen if each.event in own]
    if not seen:
        return nothing_to_draw(scene, "no-events")
    at: dict[str, set[str]] = defaultdict(set)
    for each in seen:
        at[each.event].add(each.body)
    event_of = {each.event: each for each in seen}
    largest = sorted(at, key=lambda event: (-len(at[event]), event))[:_MOST_EVENTS]
    counts = Counter(body for event in largest for body in sorted(at[event]))
    ranked = sorted(counts, key=lambda body: (-counts[body], body))
    if focus := scene.focus:
        ranked.sort(key=lambda body: body != focus.iri)
    columns = ranked[: columns_that_fit(scene.width)]
    place = {body: number for number, body in enumerate(columns)}
    # An event none of whose bodies has a column would be a row without a dot.
    events = sorted(
        (event for event in largest if at[event] & place.keys()),
        key=lambda event: (first_day(event_of[event].occurred), event),
    )
    rows = [
        Line(
            f"{plain(event_of[event].name.say(scene.lang))}  {_day(event_of[event].occurred)}".strip(),
            total=f"+{others}" if (others := len(at[event] - set(columns))) else "",
        )
        for event in events
    ]
    bodies = [known[iri] for iri in columns]
    heads = [
        Line(scene.short(body), scene.colour(body), str(counts[body.iri]))
        for body in bodies
    ]
    table = measure(scene.width, rows, heads)
    sheet = Sheet(
        scene.width, table.height + legend_height(scene, bodies, shapes=False)
    )
    dots = {
        (number, place[body]): Dot()
        for number, event in enumerate(events)
        for body in at[event]
        if body in place
    }
    draw_table(sheet, table, rows, heads, dots)
    draw_legend(sheet, scene, bodies, (), table.height, shapes=False)
    drawing = Drawing(sheet, len(columns), len(dots), lead="caption-events")
    drawing.notes.append(("note-two-mode", {"events": len(events)}))
    left_events, left_bodies = len(at) - len(events), len(ranked) - len(columns)
    if left_events or left_bodies:
        drawing.notes.append(
            ("note-two-mode-cut", {"events": left_events, "bodies": left_bodies})
        )
    return drawing


def _day(occurred: str | None) -> str:
    """The day of an event, or the first of its days, as it is on record."""
    return (occurred or "").partition("/")[0]
