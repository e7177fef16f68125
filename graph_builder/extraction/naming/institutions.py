"""Institutions: the bodies a document speaks of, every name and short form of one joined to it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from ...identity.spelling import folded
from ..reading import Document, is_common, tokenize, vocabulary
from .after_posts import names_person, stands_after_post
from .gazetteer import territories_named
from .governments import later_government
from .joining import Bodies, Body, Place
from .lexicon import Lexicon
from .raw_names import read_names
from .reading import RawName, Reading, raw_name
from .short_forms import defined_forms

_FOREIGN_FORMS = {
    "corporation",
    "corp",
    "ltd",
    "co",
    "inc",
    "gmbh",
    "ag",
    "llc",
    "plc",
    "pte",
    "holdings",
    "group",
    "k.k",
    "b.v",
    "a/s",
    "bhd",
    "sdn",
    "limited",
}
_LONGEST_NAME = 18
_LEARNED = {"after-post", "listed", "company-word"}
_LEGAL = {
    "pt",
    "cv",
    "ud",
    "tbk",
    "persero",
    "perum",
    "(",
    ")",
    ".",
    "koperasi",
    "yayasan",
    "perumda",
}


def find_institutions(
    document: Document, readings: Sequence[Reading], lexicon: Lexicon
) -> tuple[Place, ...]:
    """The mentions of bodies in a document, in order and apart."""
    defined = defined_forms(document)
    raw: list[tuple[int, RawName]] = []
    for number, reading in enumerate(readings):
        found = read_names(reading, lexicon, defined)
        found = _with_governments(reading, found)
        raw += [(number, name) for name in found if not _is_outlet(name)]
    raw = _as_elsewhere(readings, raw)
    bodies = Bodies(lexicon)
    places: list[Place] = []
    # Full names first: a short form that the text explains is that body, whatever it is elsewhere.
    for number, name in raw:
        bodies.learn(readings[number], name)
    bodies.settle()
    for number, name in raw:
        body = bodies.of(name)
        if body is not None:
            places.append(
                Place(
                    number,
                    name.first,
                    name.last,
                    name.start,
                    name.end,
                    name.surface,
                    body,
                    name.rule,
                    name.score,
                )
            )
    places += _short_forms(readings, places, bodies)
    return tuple(sorted(places, key=lambda place: place.start))


def _as_elsewhere(
    readings: Sequence[Reading], raw: list[tuple[int, RawName]]
) -> list[tuple[int, RawName]]:
    """Names after posts, with their ends where the document has the same name in other places.

    In "Direktur PT X Y Budi" nothing tells whether Y is of the firm; elsewhere it is PT X Y alone.
    """
    sure: dict[str, set[tuple[str, ...]]] = {}
    open_names: list[int] = []
    for place, (number, name) in enumerate(raw):
        if name.rule != "head" or name.plain or name.last - name.first < 2:
            continue
        reading = readings[number]
        closed = reading.word(name.last) == "," and names_person(reading, name.last + 1)
        if stands_after_post(reading, name.first) and not closed:
            open_names.append(place)
        else:
            words = tuple(reading.folded[name.first : name.last])
            sure.setdefault(words[0], set()).add(words)
    for place in open_names:
        number, name = raw[place]
        reading = readings[number]
        known: Collection[tuple[str, ...]] = sure.get(reading.word(name.first), ())
        end = min(name.first + _LONGEST_NAME, len(reading.tokens))
        for last in range(end, name.first + 1, -1):
            if tuple(reading.folded[name.first : last]) in known:
                same = raw_name(
                    reading, name.first, last, name.type, "head", name.score
                )
                raw[place] = (number, replace(same, head=name.head))
                break
    return raw


def _is_outlet(name: RawName) -> bool:
    return folded(name.surface) in vocabulary().sets["outlets"]


def _with_governments(reading: Reading, names: list[RawName]) -> list[RawName]:
    """Names, and the territories between them that stand for their governments."""
    cooperation = bool(vocabulary().sets["cooperation"] & set(reading.folded))
    taken = {at for name in names for at in range(name.first, name.last)}
    more: list[RawName] = []
    for at in range(len(reading.tokens)):
        if at not in taken and reading.tokens[at].is_capital:
            name = later_government(reading, at, cooperation=cooperation)
            if name is not None:
                more.append(name)
    return sorted((*names, *more), key=lambda name: name.first) if more else names


def _short_forms(
    readings: Sequence[Reading], places: Sequence[Place], bodies: Bodies
) -> list[Place]:
    """The mentions by short forms that the first reading did not see: those in brackets, and all later ones."""
    forms: dict[str, list[tuple[tuple[str, ...], Body, str]]] = {}

    def add(text: str, body: Body, rule: str) -> None:
        words = tuple(token.text for token in tokenize(text))
        entries = forms.setdefault(words[0], [])
        if all(entry[0] != words for entry in entries):
            entries.append((words, body, rule))

    for short, body in bodies.short_forms.items():
        add(short, body, "defined-short-form")
    for place in places:
        if place.rule in _LEARNED:
            add(place.surface, place.body, "seen-short-form")
        for text in _bare_names(place):
            add(text, place.body, "without-legal-form")
    if not forms:
        return []
    for entries in forms.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    taken: dict[int, set[int]] = {}
    for place in places:
        taken.setdefault(place.sentence, set()).update(range(place.first, place.last))
    found: list[Place] = []
    for number, reading in enumerate(readings):
        covered = taken.get(number, set())
        at = 0
        while at < len(reading.tokens):
            for words, body, rule in forms.get(reading.tokens[at].text, ()):
                last = at + len(words)
                here = tuple(token.text for token in reading.tokens[at:last])
                if here == words and covered.isdisjoint(range(at, last)):
                    start, end = reading.tokens[at].start, reading.tokens[last - 1].end
                    found.append(
                        Place(
                            number,
                            at,
                            last,
                            start,
                            end,
                            reading.text[start:end],
                            body,
                            rule,
                            0.93,
                        )
                    )
                    at = last - 1
                    break
            at += 1
    return found


def _bare_names(place: Place) -> Iterable[str]:
    """What a company is called once its legal form is known: PT Maju Jaya Tbk is Maju Jaya."""
    if place.rule in {"legal-form", "english"}:
        parts = place.surface.replace(",", " ").split()
        while parts and parts[-1].casefold().strip(".") in _FOREIGN_FORMS:
            parts.pop()
        if len(parts) > 1:
            yield " ".join(parts)
        return
    if (
        place.body.type not in {"company", "state-company"}
        or place.rule == "company-word"
    ):
        return
    words = [
        word
        for word in place.surface.replace("(Persero)", "").split()
        if word.casefold().strip(".") not in _LEGAL
    ]
    text = " ".join(words).strip('"“” .')
    if not text or text == place.surface:
        return
    tail = len(words)
    while tail and not is_common(words[tail - 1]) and words[tail - 1].isalpha():
        tail -= 1
    if tail and len(words) - tail > 1:
        # PT Industri Jamu Sido Muncul is Sido Muncul.
        yield " ".join(words[tail:])
    if len(words) > 1 or (
        not is_common(text)
        and not territories_named(text, ("province", "regency", "city"))
    ):
        yield text
