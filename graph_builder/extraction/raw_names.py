"""Names of bodies as a sentence has them, before it is known which of them mean the same body."""

from dataclasses import replace

from .after_posts import stands_after_post, without_person
from .gazetteer import level_of, name_at
from .governments import governed_too, government_at
from .lexicon import KnownBody, Lexicon
from .name_ends import end_of_name, end_of_subjects
from .reading import RawName, Reading, head_at, is_roman, is_territory, raw_name
from .unheaded_names import (
    english_name,
    listed_names,
    name_after_company_word,
    name_after_post,
)
from .vocabulary import Head, is_common, vocabulary

_TRADING = {"company", "state-company", "bank"}
_CHAPTERS = {"community", "industry-association", "chamber"}
_LONGEST_EVENT = 5
_COUNCILS = {"dewan", "komite", "lembaga"}
_WITH_TERRITORY = {
    "regional-office", "vertical-office", "technical-unit", "public-agency", "university", "training-institute", *_CHAPTERS,
}  # fmt: skip


def read_names(
    reading: Reading, lexicon: Lexicon, defined: frozenset[str]
) -> list[RawName]:
    """The names of bodies in a sentence, in order and apart.

    `defined` are short forms that the text itself explains.
    """
    found: list[RawName] = []
    at = 0
    while at < len(reading.tokens):
        token = reading.tokens[at]
        name: RawName | None = None
        if token.text[0].isalpha():
            name = _known(reading, at, lexicon, defined) or _headed(
                reading, at, lexicon
            )
        if name is None and found:
            name = governed_too(reading, at, found[-1])
        if name is None and token.is_capital:
            name = (
                english_name(reading, at)
                or name_after_company_word(reading, at)
                or name_after_post(reading, at, lexicon)
            )
        if name is None:
            at += 1
            continue
        name = _past_short_form(reading, name)
        found.append(name)
        at = name.last
    more = listed_names(reading, found)
    return sorted((*found, *more), key=lambda name: name.first) if more else found


def _known(
    reading: Reading, at: int, lexicon: Lexicon, defined: frozenset[str]
) -> RawName | None:
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
    if (
        body.type in _CHAPTERS
        and not body.key
        and reading.is_capital(last)
        and is_territory(reading, last)
    ):
        start = last + 1 if level_of(reading.word(last)) else last
        last = start + name_at(reading.folded, start)
        return raw_name(reading, at, last, body.type, "chapter", 0.9)
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


def _past_short_form(reading: Reading, name: RawName) -> RawName:
    """A name with the territory that follows its short form: Dewan Kerajinan (Dekran) Jawa Barat."""
    at = name.last
    if (
        name.territory
        or name.type not in _WITH_TERRITORY
        or (name.body is not None and (name.body.key or name.type not in _CHAPTERS))
        or reading.word(at) != "("
        or reading.word(at + 2) != ")"
        or not reading.is_capital(at + 1)
        or not reading.is_capital(at + 3)
        or not is_territory(reading, at + 3)
    ):
        return name
    start = at + 4 if level_of(reading.word(at + 3)) else at + 3
    last = start + name_at(reading.folded, start)
    long = raw_name(reading, name.first, last, name.type, "head", 0.9, head=name.head)
    plain = f"{name.surface} {reading.surface(at + 3, last)}"
    # "Kepala Dinas X (Kadis) Kota Y" shortens the post, not the body.
    is_post = reading.word(at + 1) in vocabulary().posts
    return replace(
        long, short=None if is_post else reading.tokens[at + 1].text, plain=plain
    )


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
        head_at(reading, last)
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


def _headed(reading: Reading, at: int, lexicon: Lexicon) -> RawName | None:
    head = head_at(reading, at)
    if head is None:
        return None
    first = at + len(head.words)
    if (
        head.words == ("komisi",)
        and first < len(reading.tokens)
        and is_roman(reading.tokens[first].text)
    ):
        return None
    if head.words == ("sekolah",) and (
        reading.word(at - 1) == "kepala"
        or (first < len(reading.tokens) and head_at(reading, first))
    ):
        return None
    if head.words == ("hotel",) and reading.word(at - 1) == "di":
        return None
    if reading.word(first) == "." and head.words[-1] in {
        "pt",
        "cv",
        "ud",
        "univ",
        "rs",
        "pd",
        "pg",
    }:
        first += 1
    if head.words == ("pt",) and first < len(reading.tokens):
        inner = _known(reading, first, lexicon, frozenset())
        if inner is not None and inner.type in _TRADING:
            return raw_name(
                reading, at, inner.last, inner.type, inner.rule, 0.95, body=inner.body
            )
    after_post = stands_after_post(reading, at)
    opening = _short_form_of_head(reading, first, head)
    if opening:
        first += opening
    match head.grow:
        case "territory":
            return government_at(reading, at, first, head)
        case "none":
            return raw_name(reading, at, first, head.type, "government", 0.9, head=head)
        case "subjects":
            is_open = not after_post and (
                head.type in _CHAPTERS or head.words[0] in _COUNCILS
            )
            last = end_of_subjects(reading, first, lexicon, open_end=is_open)
        case grow:
            last = end_of_name(reading, first, lexicon, numbers=grow == "school")
            if after_post and last > first + 1:
                last = without_person(reading, first, last)
    if last == first:
        if len(head.words) > 1 and reading.word(first) == "(":
            name = raw_name(reading, at, first, head.type, "head", 0.9, head=head)
            return name if _past_short_form(reading, name) is not name else None
        return _bare(reading, at, first, head)
    if (
        head.type == "public-agency"
        and reading.word(last) != "("
        and vocabulary().sets["inner_parts"].issuperset(reading.folded[first:last])
    ):
        return None
    if head.words == ("fakultas",) and _is_of_university(reading, last, lexicon):
        return None  # news names the university, of which it is a part
    if opening:
        short, rest = reading.tokens[first - 2].text, reading.surface(first, last)
        plain = f"{reading.surface(at, first - opening)} {rest}"
        name = raw_name(reading, at, last, head.type, "head", 0.92, head=head)
        return replace(name, short=f"{short} {rest}", plain=plain)
    return raw_name(reading, at, last, head.type, "head", 0.92, head=head)


def _short_form_of_head(reading: Reading, at: int, head: Head) -> int:
    """How many tokens the short form of a head takes before the name goes on: Lembaga Sertifikasi (LSP) X."""
    if (
        len(head.words) > 1
        and reading.word(at) == "("
        and reading.word(at + 2) == ")"
        and reading.tokens[at + 1].text.isupper()
        and reading.is_capital(at + 3)
        and head.grow in {"name", "school"}
    ):
        return 3
    return 0


def _is_of_university(reading: Reading, at: int, lexicon: Lexicon) -> bool:
    if not reading.is_capital(at):
        return False
    head = head_at(reading, at)
    known = lexicon.at(reading.tokens, reading.folded, at)
    return "university" in {head and head.type, known and known[1].type}


def _bare(reading: Reading, at: int, last: int, head: Head) -> RawName | None:
    """A head without more: no name, unless it is a short form in capitals that stands for one body."""
    surface = reading.tokens[at].text
    if (
        len(head.words) == 1
        and surface.lower().startswith(("dis", "din", "bapp"))
        and at
    ):
        return raw_name(reading, at, last, head.type, "head", 0.7, head=head)
    return None
