"""Names taken apart: of bodies, people and places. Nothing here compares two names."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from .lexicon import bare, lexicon
from .spelling import folded, respelled, visible

_ROMAN = re.compile(r"(?=[ivx])(x{0,3})(ix|iv|v?i{0,3})[a-d]?")
_NUMBER = re.compile(r"\d+[a-z]?")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?\.?")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_LONGEST_PLACE = 3
_LONGEST_OF_SYLLABLES = 40
"""Letters; Diskopukmperindag has 17. The ways to cut a word double with every few letters."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BodyName:
    """A name of a body, taken apart.

    `words` are what is left once the rest is set aside, short forms written out; `printed` are the
    words as they stand there, `trunk` those without a territory at the end. `places` are the
    territories in it, each as one word, `levels` what they are called, and `numbers` tell SMK
    Negeri 1 from 2.
    """

    written: str
    printed: Words
    trunk: Words
    words: Words
    places: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    legal_forms: frozenset[str] = frozenset()
    branch: bool = False

    @property
    def rank(self) -> str | None:
        """What the first words say the body is, in the order of ranks; None if nothing."""
        ranks = lexicon().ranks
        return ranks.get(self.words[:2]) or ranks.get(self.words[:1])

    @property
    def is_territory(self) -> bool:
        """Whether it names a territory and no body in it, such as Kabupaten Sidoarjo."""
        return self.words[:1] != () and self.words[0] in lexicon().levels

    @property
    def is_short(self) -> bool:
        """Whether it is one word even when written out: an acronym, or a name like Nike."""
        return len(self.words) == 1


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name of a person: its words, initials with their dots, and the titles taken off it."""

    written: str
    words: Words
    titles: Words = ()


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name of a territory or site without the word that gives its level."""

    written: str
    words: Words
    level: str | None = None


def body_names(text: str, places: Collection[Words] = ()) -> tuple[BodyName, ...]:
    """The names that a printed name of a body holds: itself, and those it has in brackets.

    A remark in brackets is left out, such as (as printed). `places` are names of territories,
    besides the provinces.

    >>> [name.words for name in body_names("Asosiasi Persepatuan Indonesia (APRISINDO)")]
    [('asosiasi', 'persepatuan', 'indonesia'), ('aprisindo',)]
    >>> body_names("Disperindag Jatim")[0].words
    ('dinas', 'perindustrian', 'perdagangan')
    """
    inner = [part for part in _BRACKETS.findall(text) if _is_name(part)]
    outer = _BRACKETS.sub(" ", text)
    parts = [*_alternatives(outer), *inner]
    return tuple(_body_name(part, places) for part in parts if folded(part))


def person_name(text: str) -> PersonName:
    """A name of a person without titles and degrees.

    >>> person_name("Dr. Ir. H. Eko S.A. Cahyanto, S.H., LL.M.")
    ... # doctest: +NORMALIZE_WHITESPACE
    PersonName(written='Dr. Ir. H. Eko S.A. Cahyanto, S.H., LL.M.',
               words=('eko', 's.', 'a.', 'cahyanto'), titles=('Dr.', 'Ir.', 'H.', 'S.H.', 'LL.M.'))
    """
    known = lexicon()
    plain = visible(_BRACKETS.sub(" ", text)).replace(";", ",")
    name, *degrees = (part.strip() for part in plain.split(","))
    after = [part for part in degrees if part]
    chunks = name.split()
    before: list[str] = []
    while len(chunks) > 1 and _is_title(chunks[0], known.titles_before):
        before.append(chunks.pop(0))
    while len(chunks) > 1 and _is_degree(chunks[-1], known.titles_after):
        after.insert(0, chunks.pop())
    words = [word for chunk in chunks for word in _words_of_person(chunk)]
    return PersonName(text, tuple(words), (*before, *after))


def place_name(text: str) -> PlaceName:
    """A name of a territory and its level, where the name says it.

    >>> place_name("Kab. Sidoarjo")
    PlaceName(written='Kab. Sidoarjo', words=('sidoarjo',), level='kabupaten')
    >>> place_name("D.I. Yogyakarta").words
    ('yogyakarta',)
    """
    known = lexicon()
    words = _compressed(_written_out(folded(_joined(text)).split()))
    if words[:1] == ("di",):
        words = ("provinsi", *words[1:])
    if len(words) > 1 and words[0] in known.levels:
        return PlaceName(text, words[1:], words[0])
    return PlaceName(text, words)


def _alternatives(text: str) -> list[str]:
    """The names on both sides of a stroke, if a body begins after it: Kementerian A/Badan A."""
    before, stroke, after = text.partition("/")
    first = tuple(_written_out(folded(after).split()[:1])[:1])
    return [before, after] if stroke and first in lexicon().ranks else [text]


def _is_name(part: str) -> bool:
    words = folded(part)
    if any(words.startswith(remark) for remark in lexicon().remarks):
        return False
    first, *rest = words.split() or [""]
    return (first in lexicon().legal_forms) == bool(rest)


def _body_name(text: str, places: Collection[Words]) -> BodyName:
    known = lexicon()
    printed = tuple(folded(_joined(text)).split())
    legal, words = _legal_forms(printed)
    named = tuple(words)
    numbers, words = _numbers(_without_republic(words))
    written_out = _compressed(_written_out(words))
    found, levels, rest = _territories(written_out, places)
    branch = any(word in known.branches for word in rest)
    rest = [word for word in rest if word not in known.branches] or rest
    return BodyName(
        text.strip(),
        printed,
        _trunk(named, {word for place in found for word in place}),
        tuple(rest) or written_out,
        frozenset("".join(map(respelled, place)) for place in found),
        levels,
        numbers,
        legal,
        branch,
    )


def _trunk(words: Words, of_places: Collection[str]) -> Words:
    """Words without the territory that ends them."""
    known = lexicon()
    left = len(words)
    while left > 1 and (
        words[left - 1] in of_places
        or words[left - 1] in known.levels
        or set(known.short.get(words[left - 1], "?")) <= set(of_places)
    ):
        left -= 1
    return words[:left]


def _legal_forms(words: Words) -> tuple[frozenset[str], list[str]]:
    """The legal forms at either end of a name, and the words between them."""
    known, left, found = lexicon().legal_forms, list(words), set[str]()
    while len(left) > 1 and left[0] in known:
        found.add(known[left.pop(0)])
    while len(left) > 1 and left[-1] in known:
        found.add(known[left.pop()])
    return frozenset(found), left


def _joined(text: str) -> str:
    """Initials with dots as one word: S.A. is sa, and the dot of PT. parts nothing."""
    return _INITIALS.sub(lambda match: match[0].replace(".", ""), text)


def _without_republic(words: list[str]) -> list[str]:
    if words[-2:] == ["republik", "indonesia"] and len(words) > 3:
        return words[:-2]
    return words[:-1] if words[-1:] == ["ri"] and len(words) > 1 else words


def _numbers(words: list[str]) -> tuple[frozenset[str], list[str]]:
    """The numbers in a name, Roman ones too, unless they are all there is of it."""
    found = [w for w in words if _NUMBER.fullmatch(w) or _ROMAN.fullmatch(w)]
    rest = [word for word in words if word not in found]
    return (frozenset(found), rest) if rest else (frozenset(), words)


def _written_out(words: Sequence[str]) -> list[str]:
    known = lexicon()
    out: list[str] = []
    for word in words:
        out.extend(known.short.get(word) or _of_syllables(word) or (word,))
    # DKI Jakarta says Jakarta twice once it is written out.
    return [
        word for word, before in zip(out, ["", *out], strict=False) if word != before
    ]


def _of_syllables(word: str) -> Words:
    """The words that a name like Disperindag is put together from; none if it is not."""
    known = lexicon()
    if len(word) > _LONGEST_OF_SYLLABLES:
        return ()
    for head, office in known.heads.items():
        if word.startswith(head):
            rest = _split(word.removeprefix(head))
            if rest:
                return (office, *rest)
    return ()


def _split(text: str) -> Words:
    """A text as syllables of the lexicon, longest first; nothing if some of it is none."""
    syllables = lexicon().syllables
    for length in range(len(text), 0, -1):
        if text[:length] in syllables:
            rest = _split(text[length:])
            if rest or length == len(text):
                return (*syllables[text[:length]], *rest)
    return ()


def _compressed(words: Sequence[str]) -> Words:
    """Words without the small ones between them, phrases as the word they are known by."""
    known = lexicon()
    left = [w for i, w in enumerate(words) if w not in known.small or i == 0] or list(
        words
    )
    out: list[str] = []
    while left:
        for length in range(min(5, len(left)), 0, -1):
            phrase = known.phrases.get(tuple(left[:length]))
            if phrase:
                out.append(phrase)
                left = left[length:]
                break
        else:
            out.append(left.pop(0))
    # DKI Jakarta says Jakarta twice once it is written out.
    return tuple(w for w, before in zip(out, ["", *out], strict=False) if w != before)


def _territories(
    words: Words, places: Collection[Words]
) -> tuple[frozenset[Words], frozenset[str], list[str]]:
    """The territories in a name, the levels they are given, and the words that are left.

    After a word like kabupaten whatever ends the name is its name, known or not. A name may begin
    with a territory and mean none, as PT Garut Makmur does.
    """
    known = lexicon()
    found: set[Words] = set()
    levels: set[str] = set()
    rest: list[str] = []
    at = 0
    while at < len(words):
        level = words[at] if words[at] in known.levels and at + 1 < len(words) else None
        start = at + 1 if level else at
        length = _place_at(words, start, places) if start else 0
        if level and not length and len(words) - start <= _LONGEST_PLACE:
            length = len(words) - start
        if length:
            found.add(words[start : start + length])
            levels.update(filter(None, [level]))
            at = start + length
        else:
            rest.append(words[at])
            at += 1
    return frozenset(found), frozenset(levels), rest


def _place_at(words: Words, start: int, places: Collection[Words]) -> int:
    provinces = lexicon().provinces
    for length in range(min(_LONGEST_PLACE, len(words) - start), 0, -1):
        part = words[start : start + length]
        if part in provinces or part in places:
            return length
    return 0


def _is_title(chunk: str, known: frozenset[str]) -> bool:
    return bare(chunk) in known and (chunk.endswith(".") or len(bare(chunk)) > 1)


def _is_degree(chunk: str, known: frozenset[str]) -> bool:
    """Without a comma before it a degree shows itself by dots or capitals."""
    return bare(chunk) in known and ("." in chunk or chunk[-1:].isupper())


def _words_of_person(chunk: str) -> list[str]:
    if re.fullmatch(r"(?:[^\W\d_]{1,2}\.)+", chunk):
        return [f"{part.casefold()}." for part in chunk.split(".") if part]
    return folded(chunk).split()
