"""Unheaded names: those that no Indonesian head word begins, told by an English word in them or by what stands before."""

from .gazetteer import plain_place_at
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
    if last == at or reading.word(at) in vocabulary().sets["given"]:
        return None
    if (
        reading.tokens[at].text.isupper()
        and reading.folded[at] in vocabulary().sets["subjects"]
    ):
        return None
    return raw_name(reading, at, last, "company", "company-word", 0.75)


def short_form_after_post(reading: Reading, at: int) -> RawName | None:
    """A short form in capitals right after a post: Kepala BPIPI, Direktur LPKA."""
    text = reading.tokens[at].text
    if (
        not (text.isalpha() and text.isupper() and 3 <= len(text) <= 12)
        or reading.is_title
    ):
        return None
    known = vocabulary().sets
    word = reading.folded[at]
    if (
        word in known["subjects"]
        or word in known["degrees"]
        or word in known["stops"]
        or is_territory(reading, at)
    ):
        return None
    before = reading.word(at - 1)
    if at == 0 or before not in _POSTS_BEFORE or is_roman(text):
        return None
    return raw_name(reading, at, at + 1, None, "after-post", 0.75)
