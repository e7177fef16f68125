"""Name ends: where a name ends that is made of any capital words, as that of a firm or a school."""

from ..reading import is_common, vocabulary
from .gazetteer import level_of
from .lexicon import Lexicon
from .reading import Reading, head_at
from .subject_ends import begins_other

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
_KIN = {"ibu", "bapak"}
_TITLES_BEFORE = {"dr", "prof", "ir", "drs", "dra", "hj", "kh", "h"}
_TITLES_INSIDE = {"dr", "prof", "kh", "mr"}
_LEGAL_TAILS = {"tbk", "persero", "perseroda", "ltd", "inc", "corp", "group", "grup"}


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
        and (before in subjects or is_common(before))
        and (after in subjects or is_common(after))
        and after not in vocabulary().posts
        and not level_of(after)
        and head_at(reading, at + 1) is None
        and (lexicon is None or not begins_other(reading, at + 1, lexicon))
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
