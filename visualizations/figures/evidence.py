"""The evidence figure: ties by the origins that back or dispute them."""

from collections import Counter, defaultdict

from simpul.analysis import Body, EvidenceItem, Stance, Tie

from .dots import HEAD_MM, SIZE, Dot, Line, columns_that_fit, draw_table, measure
from .scene import Drawing, Scene, nothing_to_draw
from .sheet import Sheet, plain, text_size

_MOST_TIES = 60
_MANNER = {
    Stance.SUPPORTS: "filled",
    Stance.DISPUTES: "cross",
    Stance.MENTIONS: "hollow",
}


def draw_evidence(scene: Scene) -> Drawing:
    """Draw ties as rows and origins as columns: a release and its copies are one origin.

    The origins of most ties stand first, and ties by the first of their origins; ties with most origins are kept.
    """
    network = scene.network
    ties = [tie for tie in network.ties if tie.evidence]
    if scene.focus is not None:
        ties = [
            tie
            for tie in ties
            if any(party.body == scene.focus.iri for party in tie.participants)
        ]
    if not ties:
        return nothing_to_draw(scene, "no-evidence")
    found_for = {tie.iri: _origins(tie) for tie in ties}
    counts = Counter(origin for found in found_for.values() for origin in sorted(found))
    origins = sorted(counts, key=lambda origin: (-counts[origin], origin))
    columns = origins[: columns_that_fit(scene.width)]
    place = {origin: number for number, origin in enumerate(columns)}
    ranked = sorted(
        (tie for tie in ties if set(found_for[tie.iri]) & set(columns)),
        key=lambda tie: (-len(found_for[tie.iri]), tie.iri),
    )
    shown = sorted(
        ranked[:_MOST_TIES],
        key=lambda tie: sorted(
            place.get(each, len(place)) for each in found_for[tie.iri]
        ),
    )
    names: dict[str, str] = {}
    for tie in shown:
        # An origin is named by its own document where that is evidence too, not by a copy of it.
        for item in sorted(tie.evidence, key=lambda item: item.document != item.root):
            names.setdefault(_origin(item), _name(item, scene))
    rows: list[Line] = []
    dots: dict[tuple[int, int], Dot] = {}
    for number, tie in enumerate(shown):
        found = found_for[tie.iri]
        others = len(set(found) - set(columns))
        rows.append(
            Line(
                tie_name(scene, tie, scene.focus), total=f"+{others}" if others else ""
            )
        )
        for origin, dot in found.items():
            if origin in place:
                dots[number, place[origin]] = dot
    heads = [Line(names[origin], total=str(counts[origin])) for origin in columns]
    table = measure(scene.width, rows, heads)
    sheet = Sheet(scene.width, table.height)
    draw_table(sheet, table, rows, heads, dots)
    bodies = {party.body for tie in shown for party in tie.participants}
    drawing = Drawing(sheet, len(bodies), len(shown))
    drawing.notes.append(("note-evidence", {}))
    if len(ties) > len(shown) or len(origins) > len(columns):
        drawing.notes.append(
            (
                "note-evidence-cut",
                {
                    "ties": len(ties) - len(shown),
                    "origins": len(origins) - len(columns),
                },
            )
        )
    return drawing


def tie_name(scene: Scene, tie: Tie, own: Body | None) -> str:
    """A tie in a few words: its type and who takes part besides one's own body, as far as that fits."""
    parties = list(dict.fromkeys(party.body for party in tie.participants))
    known = scene.network.body_by_iri
    if own is not None:
        parties = [iri for iri in parties if iri != own.iri] or parties
    names = [scene.short(known[iri]) for iri in parties if iri in known]
    said = ", ".join(names[:3]) + (f" +{len(names) - 3}" if len(names) > 3 else "")
    kind = plain(tie.type.name.say(scene.lang)) or tie.type.code
    return f"{kind}: {said}" if said else kind


def _origins(tie: Tie) -> dict[str, Dot]:
    """Each origin of a tie, with how it bears on it: a dispute before a support before a mention."""
    documents: dict[str, dict[Stance, set[str]]] = defaultdict(lambda: defaultdict(set))
    for item in tie.evidence:
        documents[_origin(item)][item.stance].add(item.document)
    found: dict[str, Dot] = {}
    for origin, stances in documents.items():
        for stance in (Stance.DISPUTES, Stance.SUPPORTS, Stance.MENTIONS):
            if stance in stances:
                found[origin] = Dot(_MANNER[stance], len(stances[stance]))
                break
    return found


def _origin(item: EvidenceItem) -> str:
    return item.root or item.document


def _name(item: EvidenceItem, scene: Scene) -> str:
    """What an origin is called: publisher and title where these fit and are words, else publisher and year."""
    own = not item.root or item.root == item.document
    name = item.title if own else item.root_name
    said = plain(name.say(scene.lang)) or plain(item.title.say(scene.lang))
    is_key = said == plain(_origin(item).rpartition("/")[2])
    publisher = plain(item.publisher.say(scene.lang))
    if not publisher or not (own or is_key):
        return said
    full = f"{publisher}: {said}" if said else publisher
    if not is_key and text_size(full, SIZE)[0] <= HEAD_MM:
        return full
    brief = f"{publisher} {(item.issued or '')[:4]}".strip()
    # A text without a name of its own is known by one of its copies, which did not make it.
    return brief if own else scene.say("copied-in", copy=brief)
