"""Subject ends: where a name ends that is made of fields of work, lists of them, and a territory."""

from ..reading import is_common, vocabulary
from .gazetteer import level_of, name_at, plain_place_at
from .lexicon import Lexicon
from .reading import Reading, head_at, is_roman

_INSIDE_SUBJECTS = {
    "koperasi",
    "bank",
    "industri",
    "toko",
    "hotel",
    "forum",
    "dewan",
    "perkebunan",
    "grup",
    "pusat",
    "departemen",
    "ikatan",
    "badan",
    "lembaga",
    "rumah",
}
_MOST_WORDS = 16
_MOST_UNKNOWN = 3
_UNIONS = {"federasi", "konfederasi", "gabungan", "forum", "aliansi", "himpunan"}
_OFFICES = {"kanwil", "wilayah"}
_SEATED = {"pom"}  # offices of this agency are called after their seat


def end_of_subjects(
    reading: Reading, first: int, lexicon: Lexicon, *, open_end: bool = False
) -> int:
    """Where a name made of fields of work ends: words, lists of them, and a territory.

    With `open_end` words of no dictionary may end it too, as in Dewan Adat Imekko.
    """
    at = first
    if first > 0 and reading.word(first - 1) in _OFFICES:
        # An office of a body in a territory: Kanwil DJP Jawa Barat.
        known = (
            lexicon.at(reading.tokens, reading.folded, first)
            if first < len(reading.tokens)
            else None
        )
        at += known[0] if known else 0
    if reading.word(first).isdigit() and reading.word(first + 1) == "/":
        at = first + 2  # Kodim 0713/Brebes
    while at < len(reading.tokens) and at - first < _MOST_WORDS:
        token, word = reading.tokens[at], reading.folded[at]
        if token.is_capital:
            if at == first and reading.word(first - 1) in _UNIONS:
                inner = head_at(reading, at)
                if inner is not None and inner.type == "community":
                    at += len(inner.words)
                    continue
            if begins_other(reading, at, lexicon):
                return _past_mother(reading, first, at, lexicon)
            length = name_at(reading.folded, at) or plain_place_at(reading.folded, at)
            if length and not (length == 1 and is_common(word)):
                at += length
                continue
            if word == "kota" or level_of(word):
                at += 1
                continue
            if not _fits_subject(reading, at):
                step = _unknown_words(reading, at, lexicon, open_end=open_end)
                if not step or (at == first and not open_end):
                    break
                at += step
                continue
            at += 1
            continue
        if token.text.isdigit() and at > first and len(token.text) <= 3:
            break
        if word == "di" and reading.word(at - 1) in _SEATED:
            start = at + 1 + bool(level_of(reading.word(at + 1)))
            length = name_at(reading.folded, start) if reading.is_capital(start) else 0
            return start + length if length else at
        if word == "dan" and reading.word(first - 1) in _OFFICES and at > first:
            length = (
                name_at(reading.folded, at + 1) if reading.is_capital(at + 1) else 0
            )
            if length and head_at(reading, at + 1) is None:
                at += 1 + length
                continue
        step = _joint(reading, at, lexicon)
        if not step or at == first:
            break
        at += step
    return at


def _past_mother(reading: Reading, first: int, at: int, lexicon: Lexicon) -> int:
    """Past the body that a name ends with, if a short form of the whole follows: Lembaga X UGM (LXU)."""
    known = lexicon.at(reading.tokens, reading.folded, at)
    if known is None or at == first:
        return at
    end = at + known[0]
    short = reading.tokens[end + 1].text if reading.word(end + 2) == ")" else ""
    mother = {name.casefold() for name in (known[1].name, *known[1].others)}
    if reading.word(end) == "wilayah" and reading.is_capital(end + 1):
        after = end + 1
        return after + max(
            name_at(reading.folded, after), plain_place_at(reading.folded, after), 1
        )
    closed = reading.word(end) == "(" and short and short.casefold() not in mother
    return end if closed and head_at(reading, at) is None else at


def _unknown_words(
    reading: Reading, at: int, lexicon: Lexicon, *, open_end: bool
) -> int:
    """How many words of no dictionary belong to a name: those before a word that does, or the last ones."""
    known = vocabulary().sets
    end = at
    while (
        end - at < _MOST_UNKNOWN
        and reading.is_capital(end)
        and reading.word(end)
        not in known["stops"] | known["degrees"] | known["honorifics"]
        and (open_end or reading.word(end) not in known["given"])
        and reading.word(end) not in vocabulary().posts
        and not begins_other(reading, end, lexicon)
    ):
        if end > at and (_fits_subject(reading, end) or name_at(reading.folded, end)):
            return end - at
        end += 1
    if not open_end or reading.is_title or reading.is_capital(end):
        return 0
    return end - at


def _joint(reading: Reading, at: int, lexicon: Lexicon) -> int:
    """How many tokens from here join a name that goes on: "dan", "untuk", or a comma within a list."""
    word, after = reading.folded[at], at + 1
    if word in vocabulary().sets["connectives"] or word == "/":
        if reading.is_capital(after) and _continues(reading, after, lexicon):
            return 1
        return 0
    if (
        word == ","
        and reading.is_capital(after)
        and _continues(reading, after, lexicon)
    ):
        end = after
        while end < len(reading.tokens) and end - after < 10:
            if reading.folded[end] in {"dan", "serta"}:
                nearby = reading.is_capital(end + 1) and _continues(
                    reading, end + 1, lexicon
                )
                return 1 if nearby else 0
            if reading.folded[end] != "," and not (
                reading.tokens[end].is_capital and _fits_subject(reading, end)
            ):
                return 0
            end += 1
        return 0
    if word == "," and reading.word(after) in {"dan", "serta"}:
        nearby = reading.is_capital(after + 1) and _continues(
            reading, after + 1, lexicon
        )
        return 2 if nearby else 0
    return 0


def _continues(reading: Reading, at: int, lexicon: Lexicon) -> bool:
    """Whether a word after a joint still belongs to the name before it."""
    word = reading.folded[at]
    if (
        begins_other(reading, at, lexicon)
        or _begins_named(reading, at)
        or level_of(word)
        or word in vocabulary().posts
    ):
        return False
    if name_at(reading.folded, at):
        return word in vocabulary().sets["subjects"]
    return word in vocabulary().sets["subjects"] or (
        is_common(word) and not reading.tokens[at].text.isupper()
    )


def _begins_named(reading: Reading, at: int) -> bool:
    """Whether a head that may be a field of work is followed by a name here: Koperasi Tani Makmur."""
    head = head_at(reading, at)
    if head is None or head.grow != "name":
        return False
    after = at + len(head.words)
    return (
        reading.is_capital(after)
        and reading.word(after) not in vocabulary().sets["subjects"]
        and not name_at(reading.folded, after)
    )


def begins_other(reading: Reading, at: int, lexicon: Lexicon) -> bool:
    """Whether another body begins here, in the middle of what could be a name."""
    word = reading.folded[at]
    head = head_at(reading, at)
    if head is not None and word not in _INSIDE_SUBJECTS:
        return True
    known = lexicon.at(reading.tokens, reading.folded, at)
    return known is not None and word not in vocabulary().sets["subjects"]


def _fits_subject(reading: Reading, at: int) -> bool:
    token, word = reading.tokens[at], reading.folded[at]
    known = vocabulary().sets
    if word in known["stops"] or (
        word in known["given"] and word not in known["subjects"]
    ):
        return False
    if word in known["subjects"] or (is_common(word) and not reading.is_title):
        return word not in vocabulary().posts or word in known["subjects"]
    return bool(token.text.isupper() and len(token.text) <= 6) or is_roman(token.text)
