"""Headed names: those that a word for a kind of body begins, as Dinas, PT or Universitas does."""

from dataclasses import replace

from ..reading import Head, vocabulary
from .after_posts import stands_after_post, without_person
from .gazetteer import level_of, name_at
from .governments import government_at
from .known_names import known_name
from .lexicon import Lexicon
from .name_ends import end_of_name
from .reading import RawName, Reading, head_at, is_roman, is_territory, raw_name
from .subject_ends import begins_other, end_of_subjects

_TRADING = {"company", "state-company", "bank"}
_CHAPTERS = {"community", "industry-association", "chamber"}
_WITH_SEAT = {"vertical-office", "technical-unit"}
_COUNCILS = {"dewan", "komite", "lembaga"}
_WITH_TERRITORY = {
    "regional-office", "vertical-office", "technical-unit", "public-agency", "university", "training-institute", *_CHAPTERS,
}  # fmt: skip


def headed_name(reading: Reading, at: int, lexicon: Lexicon) -> RawName | None:
    """The name whose head word stands at a token, if what follows makes one with it."""
    head = head_at(reading, at)
    if head is None:
        return None
    first = at + len(head.words)
    if (
        head.words == ("komisi",)
        and first < len(reading.tokens)
        and (
            is_roman(reading.tokens[first].text) or len(reading.tokens[first].text) == 1
        )
    ):
        return None
    if head.words == ("sekolah",) and (
        reading.word(at - 1) == "kepala"
        or (first < len(reading.tokens) and head_at(reading, first))
    ):
        return None
    if reading.word(at - 1) in {"menteri", "menko", "wamen"}:
        return None  # the field of a minister, as in Menteri Koperasi
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
        inner = known_name(reading, first, lexicon, frozenset())
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
            of_people = head.type in _CHAPTERS or head.words[0] in _COUNCILS
            is_open = not after_post and (of_people or head.type in _WITH_SEAT)
            last = end_of_subjects(reading, first, lexicon, open_end=is_open)
            if (
                of_people
                and (after_post or last == first)
                and reading.is_capital(last)
                and not begins_other(reading, last, lexicon)
            ):
                wide = end_of_name(reading, last, lexicon, numbers=False)
                last = max(last, without_person(reading, last - 1, wide))
        case grow:
            last = end_of_name(reading, first, lexicon, numbers=grow == "school")
            if after_post and last > first + 1:
                last = without_person(reading, first, last)
    if last == first:
        if len(head.words) > 1 and reading.word(first) == "(":
            name = raw_name(reading, at, first, head.type, "head", 0.9, head=head)
            if past_short_form(reading, name) is not name:
                return name
        if len(head.words) > 2 and head.type == "public-agency":
            return raw_name(reading, at, first, head.type, "head", 0.8, head=head)
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


def past_short_form(reading: Reading, name: RawName) -> RawName:
    """A name with the territory that follows its short form: Dewan Kerajinan (Dekran) Jawa Barat."""
    at = name.last
    if (
        name.territory
        or not (
            name.type in _WITH_TERRITORY
            or (name.head is not None and len(name.head.words) > 2)
            or name.surface.endswith("Bank Pembangunan Daerah")
        )
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


def _is_of_university(reading: Reading, at: int, lexicon: Lexicon) -> bool:
    if reading.word(at) == "(" and reading.word(at + 2) == ")":
        at += 3
    if not reading.is_capital(at):
        return False
    head = head_at(reading, at)
    known = lexicon.at(reading.tokens, reading.folded, at)
    return "university" in {head and head.type, known and known[1].type}
