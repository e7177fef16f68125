"""After posts: whether a post stands before the name of a body, and where the person in that post begins."""

from ..reading import is_common, vocabulary
from .gazetteer import name_at
from .reading import Reading

_FARTHEST = 9
_LINKS = {"selaku", "sebagai", "menjadi", "jabatan", "menjabat", "oleh", "adalah"}
_MOST_NAMES = 4
_OF_FIRMS = {
    "lestari",
    "sari",
    "surya",
    "indra",
    "kartika",
    "kusuma",
    "putra",
    "putri",
    "wijaya",
    "permana",
    "indah",
    "ratna",
    "mega",
}


def stands_after_post(reading: Reading, at: int) -> bool:
    """Whether a post ends before a token, with fields between, and its holder is still to be named.

    True in "Direktur Utama PT X Budi berkata", not in "Budi, Direktur Utama PT X, berkata".
    """
    posts = vocabulary().posts
    start = None
    for back in range(at - 1, max(at - _FARTHEST, -1), -1):
        word = reading.word(back)
        if word in posts and (word,) not in _NO_OFFICE:
            start = back
            if back == 0 or reading.word(back - 1) not in posts:
                break
        elif not (
            reading.is_capital(back) or word in {"dan", "&", "bidang", "dari", "of"}
        ):
            break
    if start is None:
        return False
    before = reading.word(start - 1) if start else ""
    if before in _LINKS:
        return False
    return not (
        before == ","
        and start > 1
        and reading.is_capital(start - 2)
        and not is_common(reading.word(start - 2))
    )


_NO_OFFICE = {("perwakilan",), ("humas",), ("warga",), ("koordinator",)}


def without_person(reading: Reading, first: int, last: int) -> int:
    """Where a body's name ends whose capital words run on into the name of a person.

    A first name tells where the person begins; without one, words of the dictionary tell that the
    body has not ended, and of words all unknown a person gets the last two.
    """
    follows = reading.word(last)
    if follows == "(" or reading.tokens[last - 1].text in {")", '"', "”"}:
        return last
    known = vocabulary().sets
    degree = reading.word(last + 1).replace(".", "") in known["degrees"]
    if follows == "," and not degree and names_person(reading, last + 1):
        return last
    start = last
    while start > first + 1 and _may_be_name(reading, start - 1):
        start -= 1
    if reading.word(start) in _OF_FIRMS and last - start > 2:
        start += 1
    if start == last or last - start > _MOST_NAMES + 4:
        return last
    given = [
        at
        for at in range(start, last)
        if reading.folded[at] in known["given"]
        and not (reading.folded[at] in _OF_FIRMS and last - at > 2)
    ]
    for at in reversed(given):
        if last - at >= 2 or len(given) == 1:
            while at - 1 in given:
                at -= 1
            if follows == "," and not degree and last - at < 2:
                return last
            alone = last - at == 1 and at > start
            return at - 1 if alone else at
    if given:
        return given[0]
    if follows == "," and not degree:
        return last
    unknown = last - start
    if start > first + 1 or is_common(reading.word(first)):
        return start if unknown <= _MOST_NAMES else last - 2
    return last - 2 if unknown >= 2 else last


def names_person(reading: Reading, at: int) -> bool:
    """Whether a person's name may stand here, so that what is before the comma is all of the body."""
    word = reading.word(at)
    known = vocabulary().sets
    if word in known["given"] | known["honorifics"]:
        return True
    return (
        reading.is_capital(at)
        and word not in known["stops"]
        and not is_common(word)
        and not name_at(reading.folded, at)
    )


def _may_be_name(reading: Reading, at: int) -> bool:
    word, text = reading.folded[at], reading.tokens[at].text
    if not reading.is_capital(at) or (text.isupper() and len(text) > 1):
        return False
    if word in vocabulary().sets["given"]:
        return True
    return not is_common(word) and not name_at(reading.folded, at)
