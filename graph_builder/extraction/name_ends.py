"""Name ends: where a name that began with a head word ends."""

from .gazetteer import level_of, name_at
from .lexicon import Lexicon
from .reading import Reading, head_at, is_roman
from .vocabulary import is_common, vocabulary

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
_KIN = {"ibu", "bapak"}
_UNIONS = {"federasi", "konfederasi", "gabungan", "forum", "aliansi", "himpunan"}
_OFFICES = {"kanwil", "wilayah"}
_SEATED = {"pom"}  # offices of this agency are called after their seat
_TITLES_BEFORE = {"dr", "prof", "ir", "drs", "dra", "hj", "kh", "h"}
_TITLES_INSIDE = {"dr", "prof", "kh", "mr"}
_LEGAL_TAILS = {"tbk", "persero", "perseroda", "ltd", "inc", "corp", "group", "grup"}


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
    while at < len(reading.tokens) and at - first < _MOST_WORDS:
        token, word = reading.tokens[at], reading.folded[at]
        if token.is_capital:
            if at == first and reading.word(first - 1) in _UNIONS:
                inner = head_at(reading, at)
                if inner is not None and inner.type == "community":
                    at += len(inner.words)
                    continue
            if _begins_other(reading, at, lexicon):
                return _past_mother(reading, first, at, lexicon)
            length = name_at(reading.folded, at)
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
        and reading.word(end) not in known["stops"] | known["given"] | known["degrees"]
        and reading.word(end) not in vocabulary().posts
        and not _begins_other(reading, end, lexicon)
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
        _begins_other(reading, at, lexicon)
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


def _begins_other(reading: Reading, at: int, lexicon: Lexicon) -> bool:
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


def end_of_name(
    reading: Reading, first: int, lexicon: Lexicon | None, *, numbers: bool
) -> int:
    """Where a name made of any capital words ends."""
    known = vocabulary().sets
    at = first
    quoted = False
    while at < len(reading.tokens) and at - first < _MOST_WORDS:
        token, word = reading.tokens[at], reading.folded[at]
        if token.is_capital:
            if reading.is_title and is_common(word) and word not in known["subjects"]:
                break
            if (
                at > first
                and lexicon is not None
                and head_at(reading, at)
                and word not in _INSIDE_SUBJECTS
                and not _in_company(word)
            ):
                break
            stops = word in known["stops"] and not (at > first and word in _KIN)
            if stops or (at > first and _title_of_person(reading, at)):
                break
            at += 1
            if word in _TITLES_INSIDE and reading.word(at) == ".":
                at += reading.is_capital(at + 1)
            if word in _LEGAL_TAILS and word in {"tbk", "ltd", "inc"}:
                return (
                    at + 1
                    if reading.word(at) == "." and at + 1 < len(reading.tokens)
                    else at
                )
            continue
        if (
            token.text in {'"', "“", "'"}
            and not quoted
            and at == first
            and reading.is_capital(at + 1)
        ):
            quoted = True
            at += 1
            continue
        if token.text in {'"', "”", "'"} and quoted:
            return at + 1
        if (
            token.text == "("
            and reading.word(at + 1) in {"persero", "perseroda"}
            and reading.word(at + 2) == ")"
        ):
            at += 3
            if reading.word(at) == "tbk":
                continue
            return at
        if (
            token.text.isdigit()
            and (numbers or at > first)
            and len(token.text) <= 3
            and not _counts(reading, at)
        ):
            at += 1
            continue
        if (
            word in {"&", "dan"}
            and at > first
            and reading.is_capital(at + 1)
            and word == "&"
        ):
            at += 1
            continue
        if word == "dan" and at > first and _common_pair(reading, at, lexicon):
            at += 1
            continue
        break
    if quoted and at == first + 1:
        return first
    return at


def _title_of_person(reading: Reading, at: int) -> bool:
    """Whether a title begins a person here; RSUD Dr. Soetomo has one as the first word of its name."""
    word = reading.folded[at]
    if reading.word(at - 2) in _TITLES_INSIDE or reading.word(at - 1) in _TITLES_INSIDE:
        return False
    return word in _TITLES_BEFORE or word.count(".") > 1


def _common_pair(reading: Reading, at: int, lexicon: Lexicon | None) -> bool:
    """Whether "dan" joins two words of one field: Sekolah Tinggi Ilmu Ekonomi dan Bisnis."""
    before, after = reading.word(at - 1), reading.word(at + 1)
    subjects = vocabulary().sets["subjects"]
    return (
        reading.is_capital(at + 1)
        and before in subjects
        and after in subjects
        and head_at(reading, at + 1) is None
        and (lexicon is None or not _begins_other(reading, at + 1, lexicon))
    )


def _in_company(word: str) -> bool:
    return word in {
        "bank",
        "grup",
        "group",
        "hotel",
        "koperasi",
        "perkebunan",
        "toko",
        "yayasan",
        "institut",
        "pesantren",
        "sekolah",
        "madrasah",
        "museum",
    }


def _counts(reading: Reading, at: int) -> bool:
    """Whether a number counts what follows, and so is no part of a name."""
    follows = reading.word(at + 1)
    return (
        follows.isalpha()
        and not reading.is_capital(at + 1)
        and follows not in {"dan", "di", "yang", "pada", "untuk", "dengan"}
    )
