"""Posts: what office a phrase names, and at which body, as in "Kepala Dinas X" or "Bupati Y"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..reading import is_common, vocabulary
from .gazetteer import level_of, name_at, plain_place_at, territories_named
from .joining import Place
from .lexicon import KnownBody, Lexicon
from .post_bodies import OFFICES, implied_body, kind_governed, ministry_of_minister
from .reading import Reading

_LONGEST = 26
_SMALL_LEVELS = {"village", "urban-village", "district"}
_JOINTS = {
    "bidang",
    "pada",
    "di",
    "dari",
    "untuk",
    "dan",
    "&",
    "urusan",
    "daerah",
    "wilayah",
    "divisi",
    "departemen",
    "cabang",
    "sekaligus",
    "bagian",
}
_MOST_UNKNOWN = 5
_MOST_IN_VILLAGE = 4
_OF_ACTING = {"tugas", "harian", "sementara"}
_OF_VILLAGES = {
    "desa",
    "kades",
    "lurah",
    "camat",
    "dusun",
    "keuchik",
    "perbekel",
    "kuwu",
    "adat",
    "nagari",
    "kampung",
}
_SMALL = ("village", "urban-village", "district")
_PARTS_OF_BODIES = {"sub", "program", "divisi"}
_AFTER = {"ri", "republik", "indonesia"}


@dataclass(frozen=True, slots=True)
class Post:
    """A post in a sentence: its tokens, its words without the body, and the body named in it.

    `implied` is the body that the words themselves name: "Bupati X" is of the government of X.
    """

    first: int
    last: int
    title: str
    place: Place | None = None
    implied: KnownBody | None = None
    territory: str | None = None
    former: bool = False
    is_office: bool = True


def find_posts(
    reading: Reading, places: Mapping[int, Place], lexicon: Lexicon
) -> list[Post]:
    """The posts of a sentence, in order; `places` are its mentions of bodies by their first token."""
    found: list[Post] = []
    at = 0
    covered_until = 0
    while at < len(reading.tokens):
        words = post_at(reading, at) if reading.tokens[at].text[0].isalpha() else ()
        if not words or at < covered_until:
            place = places.get(at)
            covered_until = max(covered_until, place.last) if place else covered_until
            at += 1
            continue
        post = _post(reading, at, words, places, lexicon)
        found.append(post)
        at = max(post.last, at + 1)
    return found


def post_at(reading: Reading, at: int) -> tuple[str, ...]:
    """The longest words for a post that begin at a token; none if none do."""
    for words in vocabulary().posts.get(reading.folded[at], ()):
        if tuple(reading.folded[at : at + len(words)]) == words:
            return words
    word = reading.folded[at]
    if word.endswith("nya") and (word[:-3],) in vocabulary().posts.get(word[:-3], ()):
        return (word,)
    if (
        len(word) > 5
        and reading.tokens[at].is_capital
        and ministry_of_minister(reading.tokens[at].text)
    ):
        return (word,)
    return ()


def _post(
    reading: Reading,
    first: int,
    words: Sequence[str],
    places: Mapping[int, Place],
    lexicon: Lexicon,
) -> Post:
    more = _post_of_post(reading, first + len(words), places)
    words = (*words, *more)
    phrase = " ".join(words)
    at = first + len(words)
    former = reading.word(first - 1) in vocabulary().sets["former"]
    acting = _acting(reading, first)
    # "Kepala Dinas X": the body begins with the last word of the post.
    inner = next((places[i] for i in range(first, at) if i in places), None)
    if inner is not None:
        title = acting + reading.surface(first, max(inner.first, first + 1))
        end = _past_brackets(reading, inner.last)
        end += _territory_after(reading, end)
        outer = places.get(end)
        return Post(first, outer.last if outer else end, title, inner, former=former)
    subject = at
    # A governor is of a territory, never of a field of work: what else follows is the name.
    governs = kind_governed(phrase) is not None
    place: Place | None = None
    territory: str | None = None
    last_word = at
    branch_end = 0
    if words[-1] in _OF_VILLAGES and (length := _village_at(reading, at)):
        at += length
        last_word = at
    while at < len(reading.tokens) and at - first < _LONGEST:
        here = places.get(at)
        if here is not None:
            place = place or here
            at = _past_brackets(reading, here.last)
            continue
        if place is not None and reading.word(at) not in _AFTER:
            branch = reading.word(at) == "cabang" and reading.is_capital(at)
            length = _territory_after(reading, at + branch)
            at += branch + length if length else 0
            branch_end = at if branch and length else 0
            break
        if place is not None:
            at += 1
            continue
        word, token = reading.folded[at], reading.tokens[at]
        length = name_at(reading.folded, at) if token.is_capital else 0
        if (level_of(word) in _SMALL_LEVELS or word == "dusun") and reading.is_capital(
            at + 1
        ):
            at += max(_place_before_comma(reading, at + 1), 1) + 1
            last_word = at
        elif length and not _begins_person(reading, at, length):
            territory = territory or reading.surface(at, at + length)
            at += length
            last_word = at
        elif token.is_capital and plain_place_at(reading.folded, at):
            at += plain_place_at(reading.folded, at)
            last_word = at
        elif (
            token.is_capital
            and _is_field(reading, at)
            and (not governs or level_of(word) or word in _AFTER)
        ) or (
            _leads_to_body(reading, at, places)
            if token.is_capital
            else word in _PARTS_OF_BODIES and reading.is_capital(at + 1)
        ):
            at += 1
            last_word = at
        elif token.text == "(" and reading.word(at + 2) == ")":
            at += 3
        elif word in _JOINTS and (reading.is_capital(at + 1) or at + 1 in places):
            at += 1
        elif word == "," and _list_goes_on(reading, at):
            at += 1 + (reading.word(at + 1) in {"dan", "serta"})
        elif (
            not token.is_capital
            and word in vocabulary().sets["subjects"]
            and reading.tokens[first].text.islower()
        ):
            at += 1
            last_word = at
        else:
            break
    if place is None:
        at = _past_brackets(reading, last_word)
    # The head of a branch is told with it: "Manajer Bank X Cabang Y".
    title_end = max(last_word, first + len(words), branch_end)
    title = acting + reading.surface(first, title_end)
    implied = (
        None
        if place
        else implied_body(
            reading, phrase, words, subject, last_word, territory, lexicon
        )
    )
    if place is not None and phrase in OFFICES and subject < last_word:
        implied = implied_body(
            reading, phrase, words, subject, min(last_word, place.first), None, lexicon
        )
    is_office = words[0] not in vocabulary().sets["without_office"]
    return Post(first, at, title, place, implied, territory, former, is_office)


def _post_of_post(
    reading: Reading, at: int, places: Mapping[int, Place]
) -> tuple[str, ...]:
    """The words of a post that another one serves: Deputi Wakil Rektor, Staf Ahli Menteri."""
    if not reading.is_capital(at) or at in places:
        return ()
    return post_at(reading, at)


def _acting(reading: Reading, first: int) -> str:
    """What says before a post that its holder only acts in it, as printed: "Pj. "; empty if nothing does."""
    known = vocabulary().sets
    at = first - 1
    if reading.word(at) == ")":
        at -= 1
    dot = reading.word(at) == "."
    at -= dot
    word = reading.word(at)
    if word in _OF_ACTING and reading.word(at - 1) in {"pelaksana", "penjabat"}:
        return f"{reading.surface(at - 1, at + 1)} "
    if word not in known["before_post"] or word in known["former"] or at < 0:
        return ""
    return f"{reading.tokens[at].text}{'.' * dot} "


def _leads_to_body(reading: Reading, at: int, places: Mapping[int, Place]) -> bool:
    """Whether words of no dictionary stand between a post and its body: Ketua Presidium X."""
    known = vocabulary().sets
    for here in range(at, min(at + _MOST_UNKNOWN + 1, len(reading.tokens))):
        if here in places:
            return here > at
        word = reading.folded[here]
        if not reading.is_capital(here) or word in known["honorifics"] | known["given"]:
            return False
    return False


def _village_at(reading: Reading, at: int) -> int:
    """How many words from here name the village or district that an office is of."""
    if not reading.is_capital(at) or reading.word(at) in vocabulary().sets["given"]:
        return 0
    given = vocabulary().sets["given"]
    for length in (2, 1):
        end = at + length
        if all(
            reading.is_capital(i) and reading.word(i) not in given
            for i in range(at, end)
        ) and (
            reading.word(end) == ","
            or reading.word(end) in given
            or territories_named(reading.surface(at, end), _SMALL)
        ):
            return length
    return 0


def _place_before_comma(reading: Reading, at: int) -> int:
    """How many words name a village: those of the gazetteer, or all before a comma and a larger place."""
    length = name_at(reading.folded, at)
    last = at
    while reading.is_capital(last) and last - at < _MOST_IN_VILLAGE:
        last += 1
    larger = reading.word(last) == "," and level_of(reading.word(last + 1))
    return max(length, last - at) if larger else length


def _territory_after(reading: Reading, at: int) -> int:
    """How many tokens from here name the territory of a body that has just ended, with or without its level."""
    if not reading.is_capital(at):
        return 0
    level = bool(level_of(reading.word(at)))
    start = at + level
    length = name_at(reading.folded, start) if reading.is_capital(start) else 0
    if not length or (not level and _begins_person(reading, start, length)):
        return 0
    return level + length


def _begins_person(reading: Reading, at: int, length: int) -> bool:
    return (
        length == 1
        and reading.folded[at] in vocabulary().sets["given"]
        and reading.is_capital(at + 1)
    )


def _is_field(reading: Reading, at: int) -> bool:
    word, text = reading.folded[at], reading.tokens[at].text
    known = vocabulary().sets
    if (word in known["honorifics"] and word not in known["subjects"]) or (
        word in known["given"] and word not in known["subjects"]
    ):
        return False
    if text == "I" and reading.word(at + 1) in known["given"]:
        return False  # I Nengah, I Made
    if level_of(word) or word in _AFTER or set(text) <= set("IVX"):
        return True
    if len(text) == 1 and reading.word(at - 1) == "komisi":
        return True  # Komisi A
    word = word.removeprefix("non-")
    if word in known["subjects"] or word in known["english_fields"]:
        return True
    return (text.isupper() and 2 <= len(text) <= 7 and reading.word(at + 1) != ".") or (
        is_common(word) and len(word) > 3
    )


def _list_goes_on(reading: Reading, at: int) -> bool:
    """Whether fields go on after a comma: "Industri Kecil, Menengah, dan Aneka"."""
    start = at + 1 + (reading.word(at + 1) in {"dan", "serta"})
    return (
        reading.is_capital(start)
        and reading.word(start)
        in vocabulary().sets["subjects"] | vocabulary().sets["english_fields"]
        and reading.word(start) not in vocabulary().posts
    )


def _past_brackets(reading: Reading, at: int) -> int:
    """Past a short form in brackets, if one stands here."""
    if reading.word(at) == "(":
        for end in range(at + 1, min(at + 7, len(reading.tokens))):
            if reading.tokens[end].text == ")":
                return end + 1
    return at
