"""Known names: those of the lexicon, with what a text adds to them: a legal form, a territory, the name of a daughter."""

from ..reading import is_common, vocabulary
from .after_posts import stands_after_post, without_person
from .gazetteer import level_of, name_at, plain_place_at
from .lexicon import KnownBody, Lexicon
from .name_ends import end_of_name
from .reading import RawName, Reading, head_at, is_territory, raw_name

_TRADING = {"company", "state-company", "bank"}
_CHAPTERS = {"community", "industry-association", "chamber"}
_LONGEST_EVENT = 5


def known_name(
    reading: Reading, at: int, lexicon: Lexicon, defined: frozenset[str]
) -> RawName | None:
    """The name of the lexicon that begins at a token, as far as the text goes on with it."""
    found = lexicon.at(reading.tokens, reading.folded, at)
    if found is None:
        return None
    length, body, written = found
    if (
        written in vocabulary().sets["weak"]
        and written not in defined
        and body.key is None
    ):
        return None
    last = at + length
    longer_head = head_at(reading, at)
    if longer_head and len(longer_head.words) > length and body.key is None:
        return None
    if _goes_on(reading, at, last, body):
        return None
    while True:
        tail = _legal_tail(reading, last) if body.type in _TRADING else 0
        if not tail:
            break
        last += tail
    if body.type in _TRADING and _is_of_event(reading, last):
        return None
    longer = _extended(reading, at, last, lexicon, body) if last == at + length else 0
    if longer > last:
        return raw_name(reading, at, longer, body.type, "head", 0.85)
    branch = body.type == "public-agency" and written.count(" ") < 2
    if (
        (body.type in _CHAPTERS or (branch and last == at + 1))
        and not body.key
        and reading.is_capital(last)
        and is_territory(reading, last)
    ):
        start = last + 1 if level_of(reading.word(last)) else last
        last = start + name_at(reading.folded, start)
        return raw_name(reading, at, last, body.type, "chapter", 0.9)
    if (
        branch
        and reading.word(last) == "perwakilan"
        and not body.key
        and reading.is_capital(last)
        and reading.is_capital(last + 1)
        and is_territory(reading, last + 1)
    ):
        start = last + 1 + bool(level_of(reading.word(last + 1)))
        end = start + name_at(reading.folded, start)
        return raw_name(reading, at, end, body.type, "chapter", 0.9)
    if (
        reading.word(last) in {"ri", "republik"}
        and body.type in {"ministry", "public-agency", "directorate-general"}
        and reading.is_capital(last)
    ):
        last += (
            2
            if reading.word(last) == "republik"
            and reading.word(last + 1) == "indonesia"
            else 1
        )
    return raw_name(reading, at, last, body.type, "lexicon", 0.97, body=body)


def _is_of_event(reading: Reading, at: int) -> bool:
    """Whether the words after a firm's name end the name of a programme or an event."""
    last = at
    while reading.is_capital(last) and last - at < _LONGEST_EVENT:
        last += 1
    return last > at and reading.word(last - 1) in vocabulary().sets["events"]


def _extended(
    reading: Reading, at: int, last: int, lexicon: Lexicon, body: KnownBody
) -> int:
    """Where the name of a company ends that begins with the known name of another: PLN Nusantara Power."""
    if (
        body.key
        or body.type not in _TRADING
        or reading.is_title
        or not reading.is_capital(last)
    ):
        return last
    word = reading.folded[last]
    if (
        word == "cabang"
        or head_at(reading, last)
        or word in vocabulary().posts
        or lexicon.at(reading.tokens, reading.folded, last)
    ):
        return last
    has_form = at > 0 and reading.word(at - 1) in {"pt", "."}
    end = end_of_name(reading, last, lexicon, numbers=True)
    if stands_after_post(reading, at):
        end = without_person(reading, last - 1, end)
    elif word in vocabulary().sets["given"] or (
        is_territory(reading, last) and not has_form
    ):
        return last
    if not has_form and body.type != "state-company":
        firm = vocabulary().sets["parts_of_firms"]
        if not firm & set(reading.folded[last:end]):
            return last
    return end


def _legal_tail(reading: Reading, at: int) -> int:
    """How many tokens from here are the end of a company's name: Tbk, (Persero)."""
    if reading.word(at) == "tbk":
        return 1 + (reading.word(at + 1) == "." and at + 2 < len(reading.tokens))
    if (
        reading.word(at) == "("
        and reading.word(at + 1) in {"persero", "perseroda"}
        and reading.word(at + 2) == ")"
    ):
        return 3
    return 0


def _goes_on(reading: Reading, at: int, last: int, body: KnownBody) -> bool:
    """Whether a known name is only the beginning of a longer one that has a head of its own.

    Kadin Jawa Timur is not Kadin Indonesia, Polda is no Polri, Koperasi X no ministry of cooperatives.
    """
    head = head_at(reading, at)
    if head is None or body.key:
        return False
    if (
        body.type == "ministry"
        and reading.is_capital(last)
        and reading.word(last) not in {"indonesia", "republik"}
        and plain_place_at(reading.folded, last)
    ):
        return True  # that of another country
    if reading.is_capital(last) and (
        name_at(reading.folded, last) or level_of(reading.word(last))
    ):
        return body.type in {
            "chamber",
            "industry-association",
            "community",
            "bank",
        } and is_territory(reading, last)
    if body.type in {"ministry", "directorate-general"} and reading.word(last) in {
        "dan",
        "/",
    }:
        return (
            reading.is_capital(last + 1)
            and is_common(reading.word(last + 1))
            and head_at(reading, last + 1) is None
            and not reading.tokens[last + 1].text.isupper()
        )
    return False
