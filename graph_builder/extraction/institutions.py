"""Institutions: the bodies a document speaks of, every name and short form of one joined to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..identity import body_names
from ..identity.acronyms import abbreviates
from ..identity.spelling import folded
from .document import Document, Token
from .gazetteer import territories_named
from .lexicon import KnownBody, Lexicon
from .raw_names import RawName, Reading, later_government, read_names
from .vocabulary import is_common, vocabulary

_LEVELS = {
    "provincial-government": ("province", "Pemerintah Provinsi", "Pemprov"),
    "regency-government": ("regency", "Pemerintah Kabupaten", "Pemkab"),
    "city-government": ("city", "Pemerintah Kota", "Pemkot"),
}
_LONGEST_SHORT_FORM = 5
_REMARKS = {"persero", "tbk", "perseroda"}
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
_LINKS = {"atau", "disingkat", "singkatan"}


@dataclass(slots=True, eq=False)
class Body:
    """A body of the document while its mentions are gathered."""

    type: str | None
    names: list[str] = field(default_factory=list[str])
    short_forms: list[str] = field(default_factory=list[str])
    known: KnownBody | None = None
    government: tuple[str, str] | None = None

    @property
    def name(self) -> str:
        """The ecosystem's name, or else the fullest form in the text."""
        if self.known and self.known.key:
            return self.known.name
        return max(self.names, key=lambda name: (len(name.split()) > 1, len(name)))


@dataclass(frozen=True, slots=True)
class Place:
    """A mention of a body: tokens of a sentence, and the body meant."""

    sentence: int
    first: int
    last: int
    start: int
    end: int
    surface: str
    body: Body
    rule: str
    score: float


def find_institutions(
    document: Document, readings: Sequence[Reading], lexicon: Lexicon
) -> tuple[Place, ...]:
    """The mentions of bodies in a document, in order and apart."""
    defined = _defined(document)
    raw: list[tuple[int, RawName]] = []
    for number, reading in enumerate(readings):
        found = read_names(reading, lexicon, defined)
        found = _with_governments(reading, found)
        raw += [(number, name) for name in found if not _is_outlet(name)]
    bodies = _Bodies(lexicon)
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


def _is_outlet(name: RawName) -> bool:
    return folded(name.surface) in vocabulary().sets["outlets"]


def _defined(document: Document) -> frozenset[str]:
    """Words that stand alone in brackets somewhere: short forms that the text explains."""
    found: set[str] = set()
    for sentence in document.sentences:
        tokens = sentence.tokens
        for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
            if before.text == "(" and after.text in {")", "/"} and token.is_capital:
                found.add(token.text)
    return frozenset(found)


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


class _Bodies:
    """The bodies of one document by what they are called."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._by_key: dict[object, Body] = {}
        self._short: dict[str, Body] = {}
        self._key_of: dict[str, object] = {}

    @property
    def short_forms(self) -> Mapping[str, Body]:
        """Bodies by the short forms that the text explains, as written."""
        return self._short

    def learn(self, reading: Reading, name: RawName) -> None:
        """Take in a name, and the short form that follows it in brackets."""
        if name.surface in self._short:
            return
        body = self._body(name)
        for short in _short_forms_after(reading, name):
            # A body of the lexicon that has this short form already is the same one.
            known = self._lexicon.named(short)
            if (
                known is not None
                and body.known is None
                and abbreviates(folded(short), tuple(folded(name.surface).split()))
            ):
                body.known = known
            self._short.setdefault(short, body)
            body.short_forms.append(short)

    def of(self, name: RawName) -> Body | None:
        """The body that a name means."""
        return self._short.get(name.surface) or self._by_key.get(self._key(name))

    def settle(self) -> None:
        """Join a body that is named by the beginning of one other name only, and by short forms."""
        full = list(dict.fromkeys(self._by_key.values()))
        words_of = {body: tuple(folded(body.name).split()) for body in full}
        for body in full:
            words = words_of[body]
            if body.known or body.government or len(words) < 2:
                continue
            longer = [
                other
                for other in full
                if other is not body
                and other.type == body.type
                and len(words_of[other]) > len(words)
                and words_of[other][: len(words)] == words
            ]
            if len(longer) == 1 and body.type != "company":
                self._join(body, longer[0])
        for short, body in list(self._short.items()):
            for other in list(dict.fromkeys(self._by_key.values())):
                if other is not body and other.names == [short]:
                    self._join(other, body)

    def _join(self, body: Body, into: Body) -> None:
        into.names += body.names
        into.short_forms += body.short_forms
        for key, value in self._by_key.items():
            if value is body:
                self._by_key[key] = into
        for short, value in self._short.items():
            if value is body:
                self._short[short] = into

    def _body(self, name: RawName) -> Body:
        key = self._key(name)
        body = self._by_key.get(key)
        if body is None:
            body = Body(name.type, known=name.body)
            self._by_key[key] = body
        written = _government_name(name) if name.territory else name.surface
        if written not in body.names:
            body.names.append(written)
        if body.government is None and name.territory:
            body.government = (name.type or "", name.territory)
        return body

    def _key(self, name: RawName) -> object:
        known = self._key_of.get(name.surface + (name.type or ""))
        if known is None:
            known = self._key_of[name.surface + (name.type or "")] = self._made_key(
                name
            )
        return known

    def _made_key(self, name: RawName) -> object:
        if name.body is not None:
            return ("known", name.body.name)
        if name.territory:
            levels = _LEVELS.get(name.type or "", ((),))[0]
            found = territories_named(name.territory, (levels,) if levels else ())
            place = found[0].code if len(found) == 1 else folded(name.territory)
            return ("government", name.type, place)
        taken_apart = body_names(name.surface)
        if not taken_apart:
            return ("name", folded(name.surface))
        parts = taken_apart[0]
        return ("name", parts.words, parts.places, parts.numbers)


def _government_name(name: RawName) -> str:
    """The name of a government; that of one named by its territory alone is written out."""
    if (
        name.rule in {"territory-as-body", "government-list"}
        and name.type in _LEVELS
        and not name.surface.startswith("Pem")
    ):
        return f"{_LEVELS[name.type][1]} {name.territory}"
    return name.surface


def government_aliases(kind: str, territory: str) -> tuple[str, ...]:
    """What a government is called, long and short.

    >>> government_aliases("regency-government", "Sidoarjo")
    ('Pemerintah Kabupaten Sidoarjo', 'Pemkab Sidoarjo')
    """
    if kind not in _LEVELS:
        return ()
    level, long, short = _LEVELS[kind]
    found = territories_named(territory, (level,))
    full = found[0].name if found else territory
    return tuple(
        dict.fromkeys(
            (
                f"{long} {full}",
                f"{short} {full}",
                f"{long} {territory}",
                f"{short} {territory}",
            )
        )
    )


def _short_forms_after(reading: Reading, name: RawName) -> list[str]:
    """The short forms that brackets after a name give."""
    at = name.last
    if reading.word(at) in {'"', "”", "RI"}:
        at += 1
    if reading.word(at) in _LINKS:
        while reading.word(at) in {
            "atau",
            "disingkat",
            "biasa",
            "disebut",
            "singkatan",
            "dikenal",
            "dengan",
            "sebutan",
        }:
            at += 1
        if at < len(reading.tokens) and abbreviates(
            reading.folded[at], tuple(folded(name.surface).split())
        ):
            return [reading.tokens[at].text]
        return []
    if reading.word(at) != "(":
        return []
    end = at + 1
    while (
        end < len(reading.tokens)
        and reading.tokens[end].text != ")"
        and end - at <= _LONGEST_SHORT_FORM + 1
    ):
        end += 1
    if end >= len(reading.tokens) or reading.tokens[end].text != ")" or end == at + 1:
        return []
    inner = list(reading.tokens[at + 1 : end])
    if not _is_short_form(inner):
        return []
    text = reading.text[inner[0].start : inner[-1].end]
    return [text] if "/" not in text else [text, *filter(str.isalnum, text.split("/"))]


def _is_short_form(inner: Sequence[Token]) -> bool:
    first = inner[0].text
    if (
        not first[0].isalpha()
        or first.casefold() in _REMARKS
        or first.casefold() in vocabulary().sets["stops"]
    ):
        return False
    letters = [token.text for token in inner if token.text[0].isalpha()]
    capital = sum(any(letter.isupper() for letter in text) for text in letters)
    if len(letters) > 1 and all(
        is_common(text) and not text.isupper() for text in letters
    ):
        return False
    return capital == len(letters) and len(first) > 1


def _short_forms(
    readings: Sequence[Reading], places: Sequence[Place], bodies: _Bodies
) -> list[Place]:
    """The mentions by short forms that the first reading did not see: those in brackets, and all later ones."""
    from .tokens import tokenize

    forms: dict[str, list[tuple[tuple[str, ...], Body, str]]] = {}

    def add(text: str, body: Body, rule: str) -> None:
        words = tuple(token.text for token in tokenize(text))
        entries = forms.setdefault(words[0], [])
        if all(entry[0] != words for entry in entries):
            entries.append((words, body, rule))

    for short, body in bodies.short_forms.items():
        add(short, body, "defined-short-form")
    for place in places:
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
    if len(words) > 1 or (
        not is_common(text)
        and not territories_named(text, ("province", "regency", "city"))
    ):
        yield text


def bodies_of(places: Iterable[Place]) -> list[Body]:
    """The bodies of mentions, in the order of the first."""
    return list(dict.fromkeys(place.body for place in places))
