"""Unheaded names: those that no Indonesian head word begins, told by the words or by the list around them."""

from ...identity.acronyms import abbreviates
from ..reading import is_common, vocabulary
from .gazetteer import level_of, name_at, plain_place_at
from .reading import RawName, Reading, is_roman, is_territory, raw_name

_LONGEST_FOREIGN = 6
_LONGEST_PLAIN = 4


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
        or (last - first < 2 and not is_acronym(reading.tokens[first].text))
        or not (
            {"indonesia", "group", "nusantara"} & set(reading.folded[first:last])
            or any(is_acronym(token.text) for token in reading.tokens[first:last])
            or not all(_is_plain(reading.tokens[at].text) for at in range(first, last))
        )
    ):
        return None
    return last


def is_acronym(text: str) -> bool:
    """Whether a word may be a short form: three letters or more, all of them capitals."""
    return text.isupper() and 3 <= len(text) <= 8 and not is_roman(text)


def _is_plain(text: str) -> bool:
    """Whether a word could be one of a person's name: no English word, no digits or capitals inside."""
    return text.istitle() and not is_common(text)
