"""Joining: which names of a document mean the same body."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...identity import body_names
from ...identity.acronyms import abbreviates
from ...identity.spelling import folded
from ..reading import Words
from .gazetteer import is_short_name, level_of, territories_named
from .governments import LEVELS, government_name
from .lexicon import KnownBody, Lexicon
from .reading import RawName, Reading
from .short_forms import short_forms_after

_FIRMS = {"company", "state-company"}
_LEFT_OFF = {"indonesia", "tbk", "persero", "group", "nusantara"}


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


class Bodies:
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
        if (
            name.surface in self._short
            or _without_form(name) in self._short
            or self._of_kind(name) is not None
        ):
            return
        body = self._body(name)
        for short in short_forms_after(reading, name):
            if name.territory and is_short_name(short.casefold()):
                continue  # it shortens the territory: Pemprov Kalimantan Tengah (Kalteng)
            # A body of the lexicon that has this short form already is the same one.
            known = self._lexicon.named(short)
            if (
                known is not None
                and body.known is None
                and (
                    abbreviates(folded(short), tuple(folded(name.surface).split()))
                    or (known.type == body.type and short[0] == name.surface[0])
                )
            ):
                body.known = known
            self._short.setdefault(short, body)
            body.short_forms.append(short)

    def of(self, name: RawName) -> Body | None:
        """The body that a name means."""
        return (
            self._short.get(name.surface)
            or self._short.get(_without_form(name))
            or self._of_kind(name)
            or self._by_key.get(self._key(name))
        )

    def settle(self) -> None:
        """Join a body that is named by the beginning of one other name only, and by short forms."""
        full = list(dict.fromkeys(self._by_key.values()))
        words_of = {
            body: [tuple(folded(name).split()) for name in body.names] for body in full
        }
        for body in full:
            words = tuple(folded(body.name).split())
            if body.known or body.government or not words:
                continue
            longer = [
                other
                for other in full
                if other is not body
                and (other.type == body.type or {other.type, body.type} == _FIRMS)
                and any(
                    _is_shortened(words, longer_words, company=_is_firm(body))
                    for longer_words in words_of[other]
                )
            ]
            if not longer and len(words) == 1:
                start = f"{body.name} "
                longer = [
                    other
                    for other in full
                    if other is not body
                    and any(
                        name.startswith(start)
                        for name in (*other.short_forms, *other.names)
                    )
                ]
            if len(longer) == 1:
                self._join(body, longer[0])
        for short, body in list(self._short.items()):
            for other in list(dict.fromkeys(self._by_key.values())):
                if other is not body and other.names == [short]:
                    self._join(other, body)

    def _of_kind(self, name: RawName) -> Body | None:
        """The body of that kind whose short form follows the word for the kind: Kementerian DPDTT."""
        head, _, rest = name.surface.partition(" ")
        body = self._short.get(rest) if rest else None
        if body is None or name.body is not None or body.type != name.type:
            return None
        return body if body.names and body.names[0].startswith(f"{head} ") else None

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
        written = government_name(name) if name.territory else name.surface
        for each in (name.plain, written):
            if each and each not in body.names:
                body.names.append(each)
        if name.short:
            forms = [name.short]
            if ") " in name.surface:
                where = name.surface.split(") ", 1)[1]
                forms.append(f"{name.short} {where}")
                level, _, bare = where.partition(" ")
                if level_of(level) and bare:
                    forms.append(f"{name.short} {bare}")
            for form in forms:
                self._short.setdefault(form, body)
            body.short_forms += forms
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
            levels = LEVELS.get(name.type or "", ((),))[0]
            found = territories_named(name.territory, (levels,) if levels else ())
            place = found[0].code if len(found) == 1 else folded(name.territory)
            return ("government", name.type, place)
        written = name.plain or name.surface
        if written.startswith("Kantor Perwakilan "):
            written = written.removeprefix("Kantor ")
        taken_apart = body_names(written)
        if not taken_apart:
            return ("name", folded(written))
        parts = taken_apart[0]
        return ("name", parts.words, parts.places, parts.numbers)


def _is_firm(body: Body) -> bool:
    return body.type in {"company", "state-company", "bank"}


def _is_shortened(words: Words, longer: Words, *, company: bool) -> bool:
    """Whether a name is a longer one cut short: at its end, or of words between the first and the last."""
    if len(words) >= len(longer) or words[0] != longer[0]:
        return False
    if longer[: len(words)] == words:
        return not company or set(longer[len(words) :]) <= _LEFT_OFF
    if len(words) < 2 or words[-1] != longer[-1] or company:
        return False
    rest = iter(longer)
    return all(word in rest for word in words)


def _without_form(name: RawName) -> str:
    """A company's name without the legal form before it, which its short form may keep: PT ABC."""
    for form in ("PT ", "PT. ", "CV ", "CV. "):
        if name.surface.startswith(form):
            return name.surface.removeprefix(form)
    return name.surface
