"""Posts: what office a phrase names, and at which body, as in "Kepala Dinas X" or "Bupati Y"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .gazetteer import level_of, name_at, plain_place_at, territories_named
from .institutions import Place, government_aliases
from .lexicon import KnownBody, Lexicon, ministry_short_forms
from .raw_names import Reading
from .vocabulary import is_common, vocabulary

_LONGEST = 26
_GOVERNORS = {
    "gubernur": "provincial-government", "wagub": "provincial-government", "bupati": "regency-government",
    "wabup": "regency-government", "wali": "city-government", "walikota": "city-government",
    "wawali": "city-government", "wawalkot": "city-government",
}  # fmt: skip
_OFFICES = {
    "menteri": ("Kementerian",), "wakil menteri": ("Kementerian",), "wamen": ("Kementerian",), "menko": ("Kementerian Koordinator", "Kemenko"),
    "menteri koordinator": ("Kementerian Koordinator",), "menteri negara": ("Kementerian",),
    "direktur jenderal": ("Direktorat Jenderal", "Ditjen"), "direktur jendral": ("Direktorat Jenderal", "Ditjen"), "dirjen": ("Direktorat Jenderal", "Ditjen"),
    "sesditjen": ("Direktorat Jenderal", "Ditjen"), "sekretaris direktorat jenderal": ("Direktorat Jenderal", "Ditjen"),
}  # fmt: skip
_HEADS_OF = {
    "kepala dinas": "Dinas", "kepala balai": "Balai", "kepala balai besar": "Balai Besar", "kepala badan": "Badan",
    "kepala kantor wilayah": "Kantor Wilayah", "kakanwil": "Kanwil", "kepala biro": "Biro", "direktur politeknik": "Politeknik",
    "kepala upt": "UPT", "kepala uptd": "UPTD", "ketua asosiasi": "Asosiasi", "ketua yayasan": "Yayasan", "kadis": "Dinas",
    "kepala kantor perwakilan": "Kantor Perwakilan", "ketua komisi": "Komisi", "kepala kantor": "Kantor", "ketua dewan": "Dewan",
    "ketua dprd": "DPRD", "anggota dprd": "DPRD",
}  # fmt: skip
_COMMANDERS = {
    "kapolres": "Polres", "kapolda": "Polda", "kapolsek": "Polsek", "kapolresta": "Polresta", "wakapolres": "Polres",
    "kapolrestabes": "Polrestabes", "dandim": "Kodim", "danrem": "Korem", "pangdam": "Kodam", "kajari": "Kejaksaan Negeri",
    "kajati": "Kejaksaan Tinggi", "kasat reskrim": "Polres", "kabid humas": "Polda", "kadisperindag": "Disperindag",
    "kadisperin": "Disperin", "kadisdag": "Disdag", "kadisnaker": "Disnaker", "kadinkop": "Dinkop", "kadispar": "Dispar",
    "kadinkes": "Dinkes", "kadistan": "Distan", "kadiskop": "Diskop",
}  # fmt: skip
_GOVERNMENTS = {
    "province": "provincial-government",
    "regency": "regency-government",
    "city": "city-government",
}
_SMALL_LEVELS = {"village", "urban-village", "district"}
_COUNCILS = {"sekretaris daerah", "sekda"}
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


def kind_governed(post: str) -> str | None:
    """The kind of government that an office is of, told by its words.

    >>> kind_governed("Wakil Bupati"), kind_governed("Direktur")
    ('regency-government', None)
    """
    words = post.casefold().split()
    return next((_GOVERNORS[word] for word in words[:2] if word in _GOVERNORS), None)


def post_at(reading: Reading, at: int) -> tuple[str, ...]:
    """The longest words for a post that begin at a token; none if none do."""
    for words in vocabulary().posts.get(reading.folded[at], ()):
        if tuple(reading.folded[at : at + len(words)]) == words:
            return words
    word = reading.folded[at]
    if (
        len(word) > 5
        and reading.tokens[at].is_capital
        and _minister(reading.tokens[at].text)
    ):
        return (word,)
    return ()


def _minister(word: str) -> str | None:
    """The short form of the ministry whose minister has this short title: Menperin is of Kemenperin."""
    plain = word.casefold().removeprefix("wa")
    if plain.startswith("men") and f"ke{plain}" in ministry_short_forms():
        return f"Ke{plain}"
    return None


def _post(
    reading: Reading,
    first: int,
    words: Sequence[str],
    places: Mapping[int, Place],
    lexicon: Lexicon,
) -> Post:
    phrase = " ".join(words)
    at = first + len(words)
    former = reading.word(first - 1) in vocabulary().sets["former"]
    # "Kepala Dinas X": the body begins with the last word of the post.
    inner = next((places[i] for i in range(first, at) if i in places), None)
    if inner is not None:
        # The head of a body that is no office of its own is left to the name of the body.
        title = (
            reading.surface(first, inner.first)
            if words[-1] in {"asosiasi", "yayasan", "politeknik"}
            else reading.surface(first, at)
        )
        end = _past_brackets(reading, inner.last)
        length = name_at(reading.folded, end) if reading.is_capital(end) else 0
        if length and not _begins_person(reading, end, length):
            end += length
        outer = places.get(end)
        return Post(first, outer.last if outer else end, title, inner, former=former)
    subject = at
    # A governor is of a territory, never of a field of work: what else follows is the name.
    governs = kind_governed(phrase) is not None
    place: Place | None = None
    territory: str | None = None
    last_word = at
    while at < len(reading.tokens) and at - first < _LONGEST:
        here = places.get(at)
        if here is not None:
            place = place or here
            at = _past_brackets(reading, here.last)
            continue
        if place is not None and reading.word(at) not in _AFTER:
            length = name_at(reading.folded, at) if reading.is_capital(at) else 0
            if length and not _begins_person(reading, at, length):
                at += length
            break
        word, token = reading.folded[at], reading.tokens[at]
        length = name_at(reading.folded, at) if token.is_capital else 0
        if level_of(word) in _SMALL_LEVELS and reading.is_capital(at + 1):
            at += 1 + max(name_at(reading.folded, at + 1), 1)
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
    title = reading.surface(first, max(last_word, first + len(words)))
    implied = (
        None
        if place
        else _implied(reading, phrase, words, subject, last_word, territory, lexicon)
    )
    if place is not None and phrase in _OFFICES and subject < last_word:
        implied = _implied(
            reading, phrase, words, subject, min(last_word, place.first), None, lexicon
        )
    is_office = words[0] not in vocabulary().sets["without_office"]
    return Post(first, at, title, place, implied, territory, former, is_office)


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
    if level_of(word) or word in _AFTER or set(text) <= set("IVX"):
        return True
    if word in known["subjects"]:
        return True
    return (text.isupper() and 2 <= len(text) <= 7 and reading.word(at + 1) != ".") or (
        is_common(word) and len(word) > 3
    )


def _list_goes_on(reading: Reading, at: int) -> bool:
    """Whether fields go on after a comma: "Industri Kecil, Menengah, dan Aneka"."""
    start = at + 1 + (reading.word(at + 1) in {"dan", "serta"})
    return (
        reading.is_capital(start)
        and reading.word(start) in vocabulary().sets["subjects"]
        and reading.word(start) not in vocabulary().posts
    )


def _past_brackets(reading: Reading, at: int) -> int:
    """Past a short form in brackets, if one stands here."""
    if reading.word(at) == "(":
        for end in range(at + 1, min(at + 7, len(reading.tokens))):
            if reading.tokens[end].text == ")":
                return end + 1
    return at


def _implied(
    reading: Reading,
    phrase: str,
    words: Sequence[str],
    subject: int,
    last: int,
    territory: str | None,
    lexicon: Lexicon,
) -> KnownBody | None:
    """The body that the words of a post name by themselves."""
    short = _minister(reading.tokens[subject - 1].text) if len(words) == 1 else None
    if short:
        return lexicon.named(short)
    key = words[-1] if words[0] in {"wakil", "penjabat", "pj", "pjs"} else words[0]
    kind = _GOVERNORS.get("wali" if phrase.endswith(("wali kota", "walikota")) else key)
    if kind and territory:
        return _government(kind, territory)
    if phrase in _COMMANDERS and territory:
        return KnownBody(
            f"{_COMMANDERS[phrase]} {territory}", _type_of_head(_COMMANDERS[phrase])
        )
    if phrase in _COUNCILS and territory:
        return _government_of(territory, reading.folded[subject:last])
    if subject >= last:
        return None
    rest = reading.surface(subject, last)
    for suffix in (" Republik Indonesia", " RI"):
        rest = rest.removesuffix(suffix)
    starts = _OFFICES.get(phrase)
    if starts is None and phrase in _HEADS_OF:
        starts = (_HEADS_OF[phrase],)
        return KnownBody(f"{starts[0]} {rest}", _type_of_head(starts[0]))
    if starts is None:
        return lexicon.named(rest)
    for start in starts:
        if known := lexicon.named(f"{start} {rest}"):
            return known
    kind = "ministry" if starts[0].startswith("Kementerian") else "directorate-general"
    return (
        KnownBody(f"{starts[0]} {rest}", kind)
        if rest and starts[0] != "Kementerian Koordinator"
        else None
    )


def _government_of(territory: str, words: Sequence[str]) -> KnownBody | None:
    """The government of a territory, of the level that words give, or else of the largest."""
    said = [level for level in map(level_of, words) if level]
    for level, kind in _GOVERNMENTS.items():
        if (not said or level in said) and territories_named(territory, (level,)):
            return _government(kind, territory)
    return None


def _government(kind: str, territory: str) -> KnownBody:
    full, *others = government_aliases(kind, territory)
    return KnownBody(full, kind, tuple(others))


def _type_of_head(word: str) -> str | None:
    for head in vocabulary().heads.get(word.casefold().split()[0], ()):
        if head.words == tuple(word.casefold().split()):
            return head.type
    return None
