"""Names after posts: bodies that no head word begins and that only the post before them tells."""

from ..reading import is_common, vocabulary
from .after_posts import stands_after_post
from .gazetteer import level_of, name_at, plain_place_at
from .lexicon import Lexicon
from .reading import RawName, Reading, head_at, is_roman, is_territory, raw_name
from .unheaded_names import is_acronym

_LONGEST_FOREIGN = 6
_LONGEST_PLAIN = 4
_OWNERS = {"pemilik", "owner", "founder", "pendiri", "ceo"}
_CLOSE_FIRMS = {"indonesia", "nusantara"}
_BOARDS = {"dpp", "dpd", "dpw", "dpc", "bpc", "pac"}
_GOVERN = {
    "bupati",
    "gubernur",
    "walikota",
    "wali",
    "menteri",
    "camat",
    "lurah",
    "desa",
    "presiden",
    "wagub",
    "wabup",
    "mahasiswa",
    "warga",
    "petani",
}
_POSTS_BEFORE = {
    "kepala",
    "ketua",
    "direktur",
    "utama",
    "umum",
    "eksekutif",
    "sekretaris",
    "jenderal",
    "rektor",
    "pengurus",
    "anggota",
    "secretary",
    "ceo",
    "manajer",
    "humas",
    "dirut",
    "ketum",
    "waketum",
    "sekjen",
    "owner",
    "founder",
    "gm",
    "manager",
    "jubir",
    "bicara",
    "harian",
    "pembina",
    "komisaris",
    "pimpinan",
}


def name_after_post(reading: Reading, at: int, lexicon: Lexicon) -> RawName | None:
    """A name right after a post: a short form, or words before a comma and a person: Direktur X, Budi Y."""
    text = reading.tokens[at].text
    if at == 0 or reading.is_title or is_roman(text) or len(text) == 1:
        return None
    short = _short_form_after_post(reading, at, lexicon)
    return short or _name_before_person(reading, at, lexicon)


def _after_fields(reading: Reading, at: int, lexicon: Lexicon) -> bool:
    """Whether a short form follows a post and its field, and is the body: Direktur Produksi ABC."""
    known = vocabulary().sets
    after = at + 1
    return (
        reading.is_capital(at - 1)
        and reading.word(at - 1) in known["subjects"] | known["english_fields"]
        and stands_after_post(reading, at)
        and (
            not reading.is_capital(after)
            or (
                not is_common(reading.word(after))
                and not reading.tokens[after].text.isupper()
                and head_at(reading, after) is None
                and lexicon.at(reading.tokens, reading.folded, after) is None
            )
        )
    )


def _short_form_after_post(
    reading: Reading, at: int, lexicon: Lexicon
) -> RawName | None:
    text = reading.tokens[at].text
    known = vocabulary().sets
    word = reading.folded[at]
    if (
        not (text.isalpha() and text.isupper() and 3 <= len(text) <= 12)
        or word in known["subjects"] | known["degrees"] | known["stops"]
        or word in _BOARDS
        or is_territory(reading, at)
        or not (
            reading.word(at - 1) in _POSTS_BEFORE
            or (reading.word(at - 1) in _BOARDS and reading.word(at - 2) == "ketua")
            or _after_fields(reading, at, lexicon)
        )
        or is_roman(text)
    ):
        return None
    last = at + 1
    while (
        reading.is_capital(last)
        and reading.word(last) in known["subjects"]
        and not level_of(reading.word(last))
        and reading.word(last) not in vocabulary().posts
        and last - at < _LONGEST_FOREIGN
    ):
        last += 1
    for end in range(at + 1, at + _LONGEST_PLAIN):
        if not reading.is_capital(end):
            break
        if reading.word(end) in _CLOSE_FIRMS:
            last = max(last, end + 1)
    if last == at + 1 and reading.is_capital(last) and is_territory(reading, last):
        last += bool(level_of(reading.word(last)))
        last += name_at(reading.folded, last)
    return raw_name(reading, at, last, None, "after-post", 0.75)


def _name_before_person(reading: Reading, at: int, lexicon: Lexicon) -> RawName | None:
    """Words of no dictionary between a post and a comma that a person's name follows."""
    known = vocabulary().sets
    ended = reading.word(at - 2 if is_roman(reading.tokens[at - 1].text) else at - 1)
    if ended not in vocabulary().post_ends or not _ends_post(reading, at):
        return None
    last = at
    while reading.is_capital(last) and last - at < _LONGEST_PLAIN:
        word = reading.folded[last]
        if (
            word in known["given"] | known["honorifics"] | known["levels"]
            or word in vocabulary().posts
            or lexicon.at(reading.tokens, reading.folded, last)
        ):
            return None
        if name_at(reading.folded, last) or plain_place_at(reading.folded, last):
            if last == at:
                return None
            last += max(name_at(reading.folded, last), 1)
            break
        last += 1
    if last == at or reading.word(last) != ",":
        return None
    # A workshop is called after what it makes: Pemilik Batik Lumintu.
    starts = at + 1 if reading.word(at - 1) in _OWNERS else at
    if all(is_common(reading.word(i)) for i in range(starts, last)) or (
        starts == at and is_common(reading.word(at))
    ):
        return None
    end = last + 1
    while reading.is_capital(end) and not is_common(reading.word(end)):
        if reading.word(end) in vocabulary().posts or name_at(reading.folded, end):
            return None
        end += 1
    person = (
        end - last > 2
        or reading.word(last + 1) in known["given"] | known["honorifics"]
        or (starts > at and reading.word(end) == "," and end == last + 2)
    )
    if not person or reading.is_capital(end):
        return None
    if last - at > 1 and is_acronym(reading.tokens[last - 1].text):
        at = last - 1  # the words before it are of the post: Ketua Presidium ABC
    return raw_name(reading, at, last, None, "after-post", 0.75)


def _ends_post(reading: Reading, at: int) -> bool:
    """Whether the words for an office of no territory end before a token."""
    posts = vocabulary().posts
    if is_roman(reading.tokens[at - 1].text):
        at -= 1
    for length in range(1, 5):
        words = tuple(reading.folded[max(at - length, 0) : at])
        if words in posts.get(words[0], ()):
            return not _GOVERN & set(words)
    return False
