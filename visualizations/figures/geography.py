"""The map figure: how many bodies have a site in each regency or city."""

from collections import defaultdict
from math import ceil, cos, floor, hypot, radians, sqrt

from .labels import Wanted, place_labels
from .positions import Position, Ring, land, position_of
from .scene import Drawing, Scene, nothing_to_draw
from .sheet import FAINT, INK, SOFT, Box, Sheet, plain, text_size

_LAND, _COAST = "#EEF0F3", "#9AA1AB"
_POINT = "#0072B2"
_LEAST_DEGREES = 2.0
_STEP = 2.5  # degrees between neighbours of a dense part


def draw_map(scene: Scene) -> Drawing:
    """Draw a point for each regency or city that has a body; its area grows with the number of bodies.

    Where some points lie far from most, those have a map of their own, and a second one shows the rest.
    Distances are true along the middle parallel. Bodies whose site has no position are counted in the caption.
    """
    known = scene.network.body_by_iri
    near = known
    if scene.focus is not None:
        partners = scene.partners()[scene.focus.iri] | {scene.focus.iri}
        near = {iri: body for iri, body in known.items() if iri in partners}
    bodies: dict[str, set[str]] = defaultdict(set)
    spots: dict[str, Position] = {}
    names: dict[str, str] = {}
    placed: set[str] = set()
    sited = {site.body for site in scene.sites if site.body in near}
    for site in scene.sites:
        found = position_of(site.code) if site.code and site.body in near else None
        if found is None:
            continue
        code, spot = found
        bodies[code].add(site.body)
        placed.add(site.body)
        spots[code] = spot
        if site.place.rpartition("/")[2] == code:
            names.setdefault(code, plain(site.name.say(scene.lang)))
    if not spots:
        return nothing_to_draw(scene, "no-sites")
    ranked = sorted(spots, key=lambda code: (-len(bodies[code]), code))
    counts = {code: len(bodies[code]) for code in ranked}
    names = {code: names.get(code) or spots[code].town for code in ranked}
    dense = _dense_part(spots, scene.width)
    if dense:
        frame = _Frame.around([spots[code] for code in dense], scene.width)
        whole = _Frame.around(
            list(spots.values()), scene.width * 0.58, top=frame.height + 7
        )
        bottom = whole.top + whole.height
    else:
        frame = _Frame.around(list(spots.values()), scene.width)
        whole, bottom = frame, frame.height
    key = 5 + 2 * _radius(max(counts.values()))
    below = max(0.0, key - whole.height) if dense else key
    sheet = Sheet(scene.width, bottom + 6 + below)
    shown = [code for code in ranked if not dense or code in dense]
    dropped = _draw_panel(sheet, frame, shown, spots, counts, names)
    if dense:
        far = [code for code in ranked if code not in dense]
        dropped += _draw_panel(sheet, whole, far, spots, counts, names, marked=frame)
        _draw_key(sheet, scene, whole.width + 3, whole.top + 2, counts)
    else:
        _draw_key(sheet, scene, 3, bottom + 7, counts)
    ties = {
        link.tie
        for link in scene.network.links
        if link.source in placed and link.target in placed
    }
    drawing = Drawing(sheet, len(placed), len(ties), unlabelled=dropped)
    drawing.notes.append(("note-map", {"places": len(spots)}))
    if dense:
        drawing.notes.append(("note-panels", {}))
    drawing.notes.append(("note-land" if land() else "note-no-land", {}))
    drawing.notes.append(
        (
            "note-unplaced",
            {"unplaced": len(sited - placed), "unsited": len(set(near) - sited)},
        )
    )
    return drawing


def _dense_part(spots: dict[str, Position], width: float) -> set[str]:
    """The codes of the part where most points lie close together; none where one frame shows all well.

    Points belong together where a chain of steps of at most two and a half degrees joins them.
    """
    left = sorted(spots)
    largest: set[str] = set()
    while left:
        part, edge = {left[0]}, [left.pop(0)]
        while edge:
            here = spots[edge.pop()]
            near = [
                code
                for code in left
                if hypot(
                    spots[code].longitude - here.longitude,
                    spots[code].latitude - here.latitude,
                )
                <= _STEP
            ]
            part.update(near)
            edge += near
            left = [code for code in left if code not in part]
        largest = max(largest, part, key=len)
    if len(largest) == len(spots) or 2 * len(largest) < len(spots):
        return set()
    inner = _Frame.around([spots[code] for code in sorted(largest)], width)
    outer = _Frame.around(list(spots.values()), width)
    return largest if inner.scale > 1.25 * outer.scale else set()


def _draw_panel(
    sheet: Sheet,
    frame: "_Frame",
    codes: list[str],
    spots: dict[str, Position],
    counts: dict[str, int],
    names: dict[str, str],
    marked: "_Frame | None" = None,
) -> list[str]:
    """Draw one map with the points of these codes; a box shows the part that has a map of its own."""
    for ring in land():
        _draw_land(sheet, frame, ring)
    _draw_graticule(sheet, frame)
    if marked:
        left, top = frame.at(marked.west, marked.north)
        right, bottom = frame.at(marked.east, marked.south)
        left, right = max(left, 0.5), min(right, frame.width - 0.5)
        bottom = min(bottom, frame.top + frame.height - 0.5)
        sheet.block(Box(left, top, right - left, bottom - top), edge=_POINT, width=0.8)
    wanted: list[Wanted] = []
    for code in codes:
        x, y = frame.at(spots[code].longitude, spots[code].latitude)
        radius = _radius(counts[code])
        sheet.mark(x, y, radius, colour=_POINT)
        wanted.append(Wanted(x, y, radius, names[code], tail=f" {counts[code]}"))
    dropped = place_labels(
        sheet,
        wanted,
        Box(1, frame.top + 1, frame.width - 2, frame.height - 2),
        size=5 if len(codes) > 30 else 6,
        furthest=20.0,  # points crowd where the sea beside them is empty
    )
    _draw_scale(sheet, frame)
    return dropped


def _radius(count: int) -> float:
    return 0.8 * sqrt(count)


def _draw_key(
    sheet: Sheet, scene: Scene, x: float, y: float, counts: dict[str, int]
) -> None:
    """Say how many bodies a mark stands for: one, the most, and a number between where there is room."""
    most = max(counts.values())
    sheet.text(x, y, scene.say("size-key"), size=5.5, colour=SOFT)
    middle = y + 2.5 + _radius(most)
    chosen = sorted({1, max(1, round(most / 3)), most})
    widths = {
        count: 2 * _radius(count) + 3 + text_size(str(count), 5.5)[0]
        for count in chosen
    }
    if x + sum(widths.values()) > scene.width:
        chosen = [most]
    for count in chosen:
        radius = _radius(count)
        sheet.mark(x + radius, middle, radius, colour=_POINT)
        sheet.text(x + 2 * radius + 0.8, middle, str(count), size=5.5)
        x += widths[count]


class _Frame:
    """The part of the earth that is drawn, in the plate carrée projection with a true middle parallel."""

    def __init__(
        self,
        west: float,
        east: float,
        south: float,
        north: float,
        width: float,
        top: float,
    ) -> None:
        self.west, self.east, self.south, self.north = west, east, south, north
        self.squeeze = cos(radians((south + north) / 2))
        self.scale = width / ((east - west) * self.squeeze)
        self.width, self.top = width, top
        self.height = (north - south) * self.scale

    @classmethod
    def around(cls, spots: list[Position], width: float, top: float = 0) -> "_Frame":
        west, east = (
            min(s.longitude for s in spots),
            max(s.longitude for s in spots),
        )
        south, north = (
            min(s.latitude for s in spots),
            max(s.latitude for s in spots),
        )
        pad = max(0.07 * (east - west), 0.5)
        across = max(east - west + 2 * pad, _LEAST_DEGREES)
        down = max(north - south + 2 * pad, 0.36 * across)
        down = min(down, 1.2 * across)
        across = max(across, (north - south + 2 * pad) / 1.2)
        x, y = (west + east) / 2, (south + north) / 2
        down = max(down, north - south + 2 * pad)
        return cls(
            x - across / 2, x + across / 2, y - down / 2, y + down / 2, width, top
        )

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        return (
            (longitude - self.west) * self.squeeze * self.scale,
            self.top + (self.north - latitude) * self.scale,
        )

    def shows(self, ring: Ring) -> bool:
        return (
            min(x for x, _ in ring) < self.east
            and max(x for x, _ in ring) > self.west
            and min(y for _, y in ring) < self.north
            and max(y for _, y in ring) > self.south
        )


def _draw_land(sheet: Sheet, frame: _Frame, ring: Ring) -> None:
    if not frame.shows(ring):
        return
    clipped = _clipped(
        [frame.at(*point) for point in ring],
        Box(0, frame.top, frame.width, frame.height),
    )
    if len(clipped) > 2:
        sheet.area(clipped, fill=_LAND, edge=_COAST, width=0.35)


def _clipped(
    points: list[tuple[float, float]], within: Box
) -> list[tuple[float, float]]:
    """The part of an outline within the frame. Source: Sutherland and Hodgman 1974."""
    for axis, limit, sign in (
        (0, within.x, 1),
        (0, within.x + within.width, -1),
        (1, within.y, 1),
        (1, within.y + within.height, -1),
    ):
        kept: list[tuple[float, float]] = []
        for place, point in enumerate(points):
            before = points[place - 1]
            inside = sign * (point[axis] - limit) >= 0
            if inside != (sign * (before[axis] - limit) >= 0):
                share = (limit - before[axis]) / (point[axis] - before[axis])
                kept.append(
                    (
                        before[0] + share * (point[0] - before[0]),
                        before[1] + share * (point[1] - before[1]),
                    )
                )
            if inside:
                kept.append(point)
        points = kept
        if not points:
            break
    return points


def _draw_graticule(sheet: Sheet, frame: _Frame) -> None:
    span = frame.east - frame.west
    step = next(
        each for each in (0.5, 1, 2, 5, 10, 20, 45) if span / each <= 10 or each == 45
    )
    for number in range(ceil(frame.west / step), floor(frame.east / step) + 1):
        x, _ = frame.at(number * step, frame.north)
        sheet.line(
            [(x, frame.top), (x, frame.top + frame.height)],
            colour=FAINT,
            width=0.25,
            dash=(1, 2),
        )
    for number in range(ceil(frame.south / step), floor(frame.north / step) + 1):
        _, y = frame.at(frame.west, number * step)
        sheet.line([(0, y), (frame.width, y)], colour=FAINT, width=0.25, dash=(1, 2))
    sheet.block(
        Box(0.2, frame.top + 0.2, frame.width - 0.4, frame.height - 0.2),
        edge=SOFT,
        width=0.5,
    )
    for number in range(ceil(frame.west / step), floor(frame.east / step) + 1):
        x, _ = frame.at(number * step, frame.north)
        if 4 < x < frame.width * 0.6:
            sheet.text(
                x,
                frame.top + frame.height + 2,
                f"{number * step:g}°",
                size=5,
                across="center",
                colour=SOFT,
            )


def _draw_scale(sheet: Sheet, frame: _Frame) -> None:
    per_km = frame.scale / 111.2  # millimetres; a degree of latitude is 111.2 km
    length = next(
        each
        for each in (1000, 500, 200, 100, 50, 20, 10, 5)
        if each * per_km < 0.2 * frame.width or each == 5
    )
    right = frame.width - 2
    y = frame.top + frame.height + 3
    left = right - length * per_km
    sheet.line([(left, y), (right, y)], colour=INK, width=1.2)
    sheet.text(left - 1, y, f"{length} km", size=5.5, across="right")
