"""Foreign names: bodies of other languages, told by an English word or by the legal form that closes a firm."""

from ..reading import is_common, openers, vocabulary
from .after_posts import stands_after_post
from .gazetteer import plain_place_at
from .reading import RawName, Reading, head_at, is_roman, raw_name

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
_IN_NAMES = {"indonesia", "nusantara", "asia", "asean", "london", "osaka", "tokyo"}


def english_name(reading: Reading, at: int) -> RawName | None:
    """A run of capital words with an English word for a body: Global Fashion Agency, Institute for X."""
    tails = vocabulary().sets["english_tails"]
    word = reading.word(at)
    if (
        word in openers()
        or (at == 0 and len(word) > 5 and word.endswith("nya"))
        or (word in vocabulary().posts and word not in tails)
    ):
        return None
    if plain_place_at(reading.folded, at) and reading.word(at) not in _IN_NAMES:
        return None
    last, tail = at, False
    while last < len(reading.tokens) and last - at < 9:
        token = reading.tokens[last]
        opens_run = last == at and at > 0 and reading.tokens[at - 1].is_word
        if token.is_capital and (
            not is_common(token.text)
            or reading.folded[last] in tails
            or (opens_run and reading.word(at + 1) in tails)
            or (
                last > at
                and reading.word(last + 1) in tails
                and reading.is_capital(last + 1)
            )
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
    if not tail or last - at < 2:
        return None
    if all(
        reading.folded[i] in tails or is_roman(reading.tokens[i].text)
        for i in range(at, last)
    ):
        return None  # no name, only a kind and a number: Fund II
    if stands_after_post(reading, at):
        # Of the capital words after a post, those past the kind are who holds it.
        ends = [i for i in range(at + 1, last) if reading.folded[i] in tails]
        if ends and not any(
            reading.folded[i] in _IN_NAMES | {"of", "for"}
            for i in range(ends[-1], last)
        ):
            last = ends[-1] + 1
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


def foreign_firm(reading: Reading, at: int) -> RawName | None:
    """A run of capital words that a legal form of another country closes: X Co., Ltd. or Y GmbH."""
    last = _with_legal_form(reading, at)
    if last is None:
        return None
    return raw_name(reading, at, last, "foreign-body", "legal-form", 0.93)


def _with_legal_form(reading: Reading, at: int) -> int | None:
    if reading.word(at) in vocabulary().posts or reading.word(at) in openers():
        return None
    if head_at(reading, at) or (
        is_common(reading.word(at)) and (at == 0 or not reading.tokens[at - 1].is_word)
    ):
        return None
    last = at + 1
    while last - at <= _LONGEST_FOREIGN:
        length = _legal_form_at(reading, last)
        if length:
            last += length
            return last + _legal_form_at(reading, last)
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
