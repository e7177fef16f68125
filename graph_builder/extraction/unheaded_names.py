"""Unheaded names: those that no Indonesian head word begins, told by an English word in them or by what stands before."""

from ..identity.acronyms import abbreviates
from .gazetteer import level_of, name_at, plain_place_at
from .lexicon import Lexicon
from .reading import RawName, Reading, is_roman, is_territory, raw_name
from .vocabulary import is_common, vocabulary

_LEGAL_FORMS = tuple(
    tuple(form.split())
    for form in [
        "Co Ltd",
        "Co Inc",
        "Pte Ltd",
        "Pty Ltd",
        "Pvt Ltd",
        "Sdn Bhd",
        "Pty/Ltd",
        "Ltd",
        "Limited",
        "Inc",
        "Incorporated",
        "Corp",
        "Corporation",
        "LLC",
        "LLP",
        "PLC",
        "GmbH",
        "AG",
        "K.K.",
        "KK",
        "A/S",
        "AB",
        "ASA",
        "Oy",
        "Oyj",
        "B.V.",
        "BV",
        "N.V.",
        "NV",
        "S.A.",
        "S.p.A.",
        "S.r.l.",
        "Sarl",
        "KG",
        "Co",
        "Bhd",
    ]
)
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


def english_name(reading: Reading, at: int) -> RawName | None:
    """A run of capital words with an English word for a body: Global Fashion Agency, Institute for X."""
    tails = vocabulary().sets["english_tails"]
    if reading.word(at) in vocabulary().posts and reading.word(at) not in tails:
        return None
    last, tail = at, False
    while last < len(reading.tokens) and last - at < 9:
        token = reading.tokens[last]
        if (token.is_capital and not is_common(token.text)) or (
            reading.folded[last] in tails and token.is_capital
        ):
            tail = tail or reading.folded[last] in tails
            last += 1
        elif (
            reading.folded[last] in {"of", "for", "and", "the", "on", "in", "&"}
            and reading.is_capital(last + 1)
            and last > at
        ):
            last += 1
        else:
            break
    legal = _with_legal_form(reading, at)
    if legal:
        return raw_name(reading, at, legal, "foreign-body", "legal-form", 0.93)
    if not tail or last - at < 2:
        return None
    kind = (
        "university"
        if {"university", "college", "academy"} & set(reading.folded[at:last])
        else None
    )
    company = {
        "corp",
        "ltd",
        "inc",
        "group",
        "company",
        "holdings",
        "motors",
        "resources",
        "energy",
        "llc",
        "bhd",
        "corporation",
    }
    kind = kind or (
        "company" if company & set(reading.folded[at:last]) else "foreign-body"
    )
    return raw_name(reading, at, last, kind, "english", 0.8)


def _before_acronym(reading: Reading, at: int) -> int:
    """Where capital words end whose acronym follows in brackets; their beginning if none does."""
    last = at
    while reading.is_capital(last) and last - at < _LONGEST_FOREIGN:
        last += 1
    if (
        last - at > 1
        and reading.word(last) == "("
        and reading.word(last + 2) == ")"
        and abbreviates(reading.folded[last + 1], tuple(reading.folded[at:last]))
    ):
        return last
    return at


def _with_legal_form(reading: Reading, at: int) -> int | None:
    """Where a name ends that a legal form of another country closes: X Co., Ltd. or Y GmbH."""
    if reading.word(at) in vocabulary().posts or (
        is_common(reading.word(at)) and (at == 0 or not reading.tokens[at - 1].is_word)
    ):
        return None
    last = at + 1
    while last - at <= _LONGEST_FOREIGN:
        length = _legal_form_at(reading, last)
        if length:
            return last + length
        if reading.word(last) == "," and _legal_form_at(reading, last + 1):
            last += 1
            continue
        if not (reading.is_capital(last) or reading.word(last) == "&"):
            return None
        last += 1
    return None


def _legal_form_at(reading: Reading, at: int) -> int:
    """How many tokens from here are one of the legal forms of other countries; 0 if none are."""
    if not reading.is_capital(at):
        return 0
    for form in _LEGAL_FORMS:
        here = at
        for word in form:
            if here >= len(reading.tokens) or reading.tokens[here].text != word:
                break
            here += 1
            while here < len(reading.tokens) and (
                reading.tokens[here].text == "."
                or (word == "Co" and reading.tokens[here].text == ",")
            ):
                here += 1
        else:
            return here - at
    return 0


def name_after_company_word(reading: Reading, at: int) -> RawName | None:
    """Capital words after a word for what a company does: "produsen Sinar Laut"."""
    if at == 0 or reading.folded[at - 1] not in vocabulary().sets["before_company"]:
        return None
    if (
        (reading.tokens[at - 1].is_capital and at > 1)
        or is_territory(reading, at)
        or plain_place_at(reading.folded, at)
    ):
        return None
    last = at
    while (
        reading.is_capital(last)
        and last - at < 4
        and not is_common(reading.folded[last])
    ):
        last += 1
    last = max(last, _before_acronym(reading, at))
    if last == at or reading.word(at) in vocabulary().sets["given"]:
        return None
    if (
        reading.tokens[at].text.isupper()
        and reading.folded[at] in vocabulary().sets["subjects"]
    ):
        return None
    return raw_name(reading, at, last, "company", "company-word", 0.75)


def name_after_post(reading: Reading, at: int, lexicon: Lexicon) -> RawName | None:
    """A name right after a post: a short form, or words before a comma and a person: Direktur X, Budi Y."""
    if at == 0 or reading.is_title or is_roman(reading.tokens[at].text):
        return None
    short = _short_form_after_post(reading, at)
    return short or _name_before_person(reading, at, lexicon)


def _short_form_after_post(reading: Reading, at: int) -> RawName | None:
    text = reading.tokens[at].text
    known = vocabulary().sets
    word = reading.folded[at]
    if (
        not (text.isalpha() and text.isupper() and 3 <= len(text) <= 12)
        or word in known["subjects"] | known["degrees"] | known["stops"]
        or word in _BOARDS
        or is_territory(reading, at)
        or reading.word(at - 1) not in _POSTS_BEFORE
        or is_roman(text)
    ):
        return None
    last = at + 1
    while (
        reading.is_capital(last)
        and reading.word(last) in known["subjects"]
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
        or reading.word(last + 1) in known["given"]
        or (starts > at and reading.word(end) == "," and end == last + 2)
    )
    ended = reading.word(end) == "," or not reading.is_capital(end)
    if not person or not ended:
        return None
    if last - at > 1 and _is_acronym(reading.tokens[last - 1].text):
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


def listed_names(reading: Reading, names: list[RawName]) -> list[RawName]:
    """Names without a head that stand in a list between names, or end one: A, Sinar Laut, dan B."""
    if reading.is_title:
        return []
    found: list[RawName] = []
    for number, before in enumerate(names):
        start = before.last
        if reading.word(start) == "(":
            while start < len(reading.tokens) and reading.word(start) != ")":
                start += 1
            start += 1
        if reading.word(start) != ",":
            continue
        joined = reading.word(start + 1) in {"dan", "serta"}
        first = start + 1 + joined
        last = _end_of_listed(reading, first)
        if last is None:
            continue
        following = names[number + 1] if number + 1 < len(names) else None
        if following is not None and following.first < last:
            continue
        comma = reading.word(last) == ","
        at = last + comma
        at += reading.word(at) in {"dan", "serta"}
        inside = (
            not joined and following is not None and at > last and following.first == at
        )
        ends = (
            joined
            and number > 0
            and not comma
            and _listed(reading, names[number - 1], before)
        )
        if inside or ends:
            found.append(raw_name(reading, first, last, "company", "listed", 0.7))
    return found


def _listed(reading: Reading, one: RawName, other: RawName) -> bool:
    """Whether only a comma, or a short form in brackets and one, stands between two names."""
    between = reading.folded[one.last : other.first]
    return (
        bool(between)
        and between[-1] == ","
        and (
            len(between) == 1
            or (between[0] == "(" and between[-2] == ")" and len(between) < 8)
        )
    )


def _end_of_listed(reading: Reading, first: int) -> int | None:
    known = vocabulary().sets
    last = first
    while reading.is_capital(last) and last - first < _LONGEST_PLAIN:
        word = reading.folded[last]
        if (
            word
            in known["given"] | known["stops"] | known["honorifics"] | known["levels"]
        ):
            return None
        if word in vocabulary().posts or level_of(word):
            return None
        last += 1
    if (
        last == first
        or reading.is_capital(last)
        or is_common(reading.word(first))
        or name_at(reading.folded, first)
        or plain_place_at(reading.folded, first)
        or (last - first < 2 and not _is_acronym(reading.tokens[first].text))
        or not (
            {"indonesia", "group", "nusantara"} & set(reading.folded[first:last])
            or any(_is_acronym(token.text) for token in reading.tokens[first:last])
            or not all(_is_plain(reading.tokens[at].text) for at in range(first, last))
        )
    ):
        return None
    return last


def _is_acronym(text: str) -> bool:
    return text.isupper() and 3 <= len(text) <= 8 and not is_roman(text)


def _is_plain(text: str) -> bool:
    """Whether a word could be one of a person's name: no English word, no digits or capitals inside."""
    return text.istitle() and not is_common(text)
