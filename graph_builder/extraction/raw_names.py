"""Names of bodies as a sentence has them, before it is known which of them mean the same body."""

from collections.abc import Sequence
from dataclasses import dataclass

from .document import Sentence, Token
from .gazetteer import level_of, name_at, plain_place_at, territories_named
from .lexicon import KnownBody, Lexicon
from .vocabulary import Head, is_common, vocabulary

_STRONG = {
    "ministry", "directorate-general", "regional-office", "provincial-government", "regency-government", "city-government",
    "university", "company", "industry-association", "bank", "vocational-school",
}  # fmt: skip
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
_GOVERNMENTS = {
    "provincial-government": ("province",),
    "regency-government": ("regency", "city", "province"),
    "city-government": ("city", "regency", "province"),
    "village-government": ("village", "urban-village", "district"),
}
_TRADING = {"company", "state-company", "bank"}
_CHAPTERS = {"community", "industry-association", "chamber"}
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
_LEGAL_TAILS = {"tbk", "persero", "perseroda", "ltd", "inc", "corp", "group", "grup"}


@dataclass(frozen=True, slots=True)
class RawName:
    """A name of a body in one sentence: its tokens from `first` up to `last`, and what is known of it.

    `body` is the one of the lexicon that it names, `head` the head word it begins with. `territory`
    is the name of the territory that a government governs, with `level` if the words say it.
    """

    first: int
    last: int
    start: int
    end: int
    surface: str
    type: str | None
    rule: str
    score: float
    body: KnownBody | None = None
    head: Head | None = None
    territory: str | None = None
    level: str | None = None


@dataclass(slots=True)
class Reading:
    """A sentence under the eyes of the rules: its tokens, and the same in small letters."""

    sentence: Sentence
    text: str
    tokens: Sequence[Token]
    folded: Sequence[str]
    is_title: bool = False

    @classmethod
    def of(cls, sentence: Sentence, text: str) -> "Reading":
        """The reading of a sentence of a clean text."""
        folded = [token.text.casefold() for token in sentence.tokens]
        words = [token for token in sentence.tokens if token.text[0].isalpha()]
        capital = sum(token.is_capital for token in words)
        ends = sentence.text[-1:] in {".", "!", '"', "”", ","}
        title = not ends and len(words) > 2 and 10 * capital >= 7 * len(words)
        return cls(sentence, text, sentence.tokens, folded, title)

    def surface(self, first: int, last: int) -> str:
        """The text from one token up to another."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]

    def is_capital(self, at: int) -> bool:
        """Whether there is a token here that begins with a capital letter."""
        return at < len(self.tokens) and self.tokens[at].is_capital

    def word(self, at: int) -> str:
        """The token here in small letters; an empty text past the ends."""
        return self.folded[at] if 0 <= at < len(self.folded) else ""


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
            name = _governed_too(reading, at, found[-1])
        if name is None and token.is_capital:
            name = (
                _english(reading, at)
                or _after_company_word(reading, at)
                or _after_post(reading, at)
            )
        if name is None:
            at += 1
            continue
        found.append(name)
        at = name.last
    return found


def head_at(reading: Reading, at: int) -> Head | None:
    """The longest head that begins at a token; its first word needs a capital."""
    if not reading.tokens[at].is_capital:
        return None
    for head in vocabulary().heads.get(reading.folded[at], ()):
        end = at + len(head.words)
        if tuple(reading.folded[at:end]) == head.words:
            return head
    return None


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
    if _goes_on(reading, at, last, body):
        return None
    while True:
        tail = _legal_tail(reading, last) if body.type in _TRADING else 0
        if not tail:
            break
        last += tail
    if (
        body.type in _CHAPTERS
        and not body.key
        and reading.is_capital(last)
        and is_territory(reading, last)
    ):
        start = last + 1 if level_of(reading.word(last)) else last
        last = start + name_at(reading.folded, start)
        return _raw(reading, at, last, body.type, "chapter", 0.9)
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
    return _raw(reading, at, last, body.type, "lexicon", 0.97, body=body)


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


def is_territory(reading: Reading, at: int) -> bool:
    """Whether a territory of Indonesia is named from a token on."""
    start = at + 1 if level_of(reading.word(at)) else at
    return start < len(reading.folded) and bool(name_at(reading.folded, start))


def _headed(reading: Reading, at: int, lexicon: Lexicon) -> RawName | None:
    head = head_at(reading, at)
    if head is None:
        return None
    first = at + len(head.words)
    if (
        head.words == ("komisi",)
        and first < len(reading.tokens)
        and _roman(reading.tokens[first].text)
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
        if inner is not None and inner.body is not None and inner.type in _TRADING:
            return _raw(
                reading, at, inner.last, inner.type, "lexicon", 0.95, body=inner.body
            )
    match head.grow:
        case "territory":
            return _government(reading, at, first, head)
        case "none":
            return _raw(reading, at, first, head.type, "government", 0.9, head=head)
        case "subjects":
            last = _grow_subjects(reading, first, lexicon)
        case "school":
            last = _grow_name(reading, first, lexicon, numbers=True)
        case _:
            last = _grow_name(reading, first, lexicon, numbers=False)
    if last == first:
        return _bare(reading, at, first, head)
    return _raw(reading, at, last, head.type, "head", 0.92, head=head)


def _bare(reading: Reading, at: int, last: int, head: Head) -> RawName | None:
    """A head without more: no name, unless it is a short form in capitals that stands for one body."""
    surface = reading.tokens[at].text
    if (
        len(head.words) == 1
        and surface.lower().startswith(("dis", "din", "bapp"))
        and at
    ):
        return _raw(reading, at, last, head.type, "head", 0.7, head=head)
    return None


def _government(reading: Reading, at: int, first: int, head: Head) -> RawName | None:
    start = first
    level = level_of(head.words[-1])
    if reading.word(start) == "." and level:
        start += 1
    if level_of(reading.word(start)) and reading.is_capital(start):
        level = level_of(reading.word(start))
        start += 1
        if reading.word(start) == ".":
            start += 1
    if head.type == "foreign-government" or head.words in {
        ("pemerintah", "aceh"),
        ("pemda", "diy"),
    }:
        if head.words[0] in {"kedutaan", "kedubes", "konsulat"}:
            start = _grow_name(reading, start, None, numbers=False)
            if reading.word(start) == "di" and reading.is_capital(start + 1):
                start = _grow_name(reading, start + 1, None, numbers=False)
        name = head.words[-1] if len(head.words) > 1 else None
        territory = name if head.type != "foreign-government" else None
        return _raw(
            reading,
            at,
            start,
            head.type,
            "government",
            0.92,
            head=head,
            territory=territory,
        )
    length = _territory_length(reading, start)
    if not length:
        if head.type == "parliament" and head.words != ("fraksi",):
            return None
        if head.words == ("fraksi",) and reading.is_capital(start):
            return _raw(reading, at, start + 1, head.type, "head", 0.8, head=head)
        return None
    last = start + length
    territory = reading.surface(start, last)
    kind = head.type
    if head.words[0] == "pemda" or head.words == ("pemerintah", "daerah"):
        kind = _kind_of_government(territory, level) or head.type
    if kind == "village-government" and level is None:
        level = "village"
    return _raw(
        reading,
        at,
        last,
        kind,
        "government",
        0.95,
        head=head,
        territory=territory,
        level=level,
    )


def _kind_of_government(name: str, level: str | None) -> str | None:
    levels = (level,) if level else ("province", "regency", "city")
    found = territories_named(name, levels)
    if not found:
        return None
    kinds = {
        "province": "provincial-government",
        "regency": "regency-government",
        "city": "city-government",
    }
    return kinds.get(found[0].level)


def _territory_length(reading: Reading, start: int) -> int:
    """How many words from here name a territory: those of the gazetteer, or else a capital word or two."""
    if not reading.is_capital(start):
        return 0
    length = name_at(reading.folded, start)
    if length and all(reading.is_capital(start + i) for i in range(length)):
        return length
    if is_common(reading.word(start)) and not reading.tokens[start].text.isupper():
        return 0
    return 1


def _governed_too(reading: Reading, at: int, before: RawName) -> RawName | None:
    """The second of two governments under one head: Pemerintah Provinsi X dan Kabupaten Y."""
    if before.territory is None or not reading.is_capital(at):
        return None
    between = tuple(reading.folded[before.last : at])
    if between not in {
        ("dan",),
        (",",),
        ("serta",),
        (",", "dan"),
        (",", "serta"),
        ("beserta",),
        ("maupun",),
        ("bersama",),
    }:
        return None
    level = level_of(reading.word(at))
    start = at + 1 if level else at
    if reading.word(start) == "." and level:
        start += 1
    length = name_at(reading.folded, start) if start < len(reading.folded) else 0
    if not length:
        return None
    last = start + length
    follows = reading.word(last)
    # "Pemkab X, Kabupaten Y" after a comma alone may be the place; a list goes on or ends with a body.
    if between == (",",) and not level and follows not in {",", "dan", "serta"}:
        return None
    territory = reading.surface(start, last)
    kind = _kind_of_government(territory, level)
    if kind is None:
        return None
    if (
        level is None
        and before.type in _GOVERNMENTS
        and territories_named(territory, _GOVERNMENTS[before.type][:1])
    ):
        kind = before.type
    return _raw(
        reading,
        at,
        last,
        kind,
        "government-list",
        0.9,
        territory=territory,
        level=level,
    )


def _grow_subjects(reading: Reading, first: int, lexicon: Lexicon) -> int:
    """Where a name made of fields of work ends: words, lists of them, and a territory."""
    at = first
    if first > 0 and reading.word(first - 1) in {"kanwil", "wilayah"}:
        # An office of a body in a territory: Kanwil DJP Jawa Barat.
        known = (
            lexicon.at(reading.tokens, reading.folded, first)
            if first < len(reading.tokens)
            else None
        )
        at += known[0] if known else 0
    while at < len(reading.tokens) and at - first < _MOST_WORDS:
        token, word = reading.tokens[at], reading.folded[at]
        if token.is_capital:
            if _begins_other(reading, at, lexicon):
                break
            length = name_at(reading.folded, at)
            if length and not (length == 1 and is_common(word)):
                at += length
                continue
            if word == "kota" or level_of(word):
                at += 1
                continue
            if not _fits_subject(reading, at):
                break
            at += 1
            continue
        if token.text.isdigit() and at > first and len(token.text) <= 3:
            break
        step = _joint(reading, at, lexicon)
        if not step or at == first:
            break
        at += step
    return at


def _joint(reading: Reading, at: int, lexicon: Lexicon) -> int:
    """How many tokens from here join a name that goes on: "dan", "untuk", or a comma within a list."""
    word, after = reading.folded[at], at + 1
    if word in vocabulary().sets["connectives"] or word == "/":
        if reading.is_capital(after) and _continues(reading, after, lexicon):
            return 1
        return 0
    if (
        word == ","
        and reading.is_capital(after)
        and _continues(reading, after, lexicon)
    ):
        end = after
        while end < len(reading.tokens) and end - after < 10:
            if reading.folded[end] in {"dan", "serta"}:
                nearby = reading.is_capital(end + 1) and _continues(
                    reading, end + 1, lexicon
                )
                return 1 if nearby else 0
            if reading.folded[end] != "," and not (
                reading.tokens[end].is_capital and _fits_subject(reading, end)
            ):
                return 0
            end += 1
        return 0
    if word == "," and reading.word(after) in {"dan", "serta"}:
        nearby = reading.is_capital(after + 1) and _continues(
            reading, after + 1, lexicon
        )
        return 2 if nearby else 0
    return 0


def _continues(reading: Reading, at: int, lexicon: Lexicon) -> bool:
    """Whether a word after a joint still belongs to the name before it."""
    word = reading.folded[at]
    if (
        _begins_other(reading, at, lexicon)
        or level_of(word)
        or word in vocabulary().posts
    ):
        return False
    if name_at(reading.folded, at):
        return word in vocabulary().sets["subjects"]
    return word in vocabulary().sets["subjects"] or (
        is_common(word) and not reading.tokens[at].text.isupper()
    )


def _begins_other(reading: Reading, at: int, lexicon: Lexicon) -> bool:
    """Whether another body begins here, in the middle of what could be a name."""
    word = reading.folded[at]
    head = head_at(reading, at)
    if head is not None and word not in _INSIDE_SUBJECTS:
        return True
    known = lexicon.at(reading.tokens, reading.folded, at)
    return known is not None and word not in vocabulary().sets["subjects"]


def _fits_subject(reading: Reading, at: int) -> bool:
    token, word = reading.tokens[at], reading.folded[at]
    known = vocabulary().sets
    if word in known["stops"] or (
        word in known["given"] and word not in known["subjects"]
    ):
        return False
    if word in known["subjects"] or (is_common(word) and not reading.is_title):
        return word not in vocabulary().posts or word in known["subjects"]
    return bool(token.text.isupper() and len(token.text) <= 6) or _roman(token.text)


def _roman(text: str) -> bool:
    return len(text) <= 4 and set(text) <= set("IVX")


def _grow_name(
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
            if word in known["stops"] or (
                at > first + 1
                and word in known["given"]
                and _person_may_begin(reading, at)
            ):
                break
            at += 1
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
            continue
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


def _common_pair(reading: Reading, at: int, lexicon: Lexicon | None) -> bool:
    """Whether "dan" joins two words of one field: Sekolah Tinggi Ilmu Ekonomi dan Bisnis."""
    before, after = reading.word(at - 1), reading.word(at + 1)
    subjects = vocabulary().sets["subjects"]
    return (
        reading.is_capital(at + 1)
        and before in subjects
        and after in subjects
        and (lexicon is None or not _begins_other(reading, at + 1, lexicon))
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
    }


def _counts(reading: Reading, at: int) -> bool:
    """Whether a number counts what follows, and so is no part of a name."""
    follows = reading.word(at + 1)
    return (
        follows.isalpha()
        and not reading.is_capital(at + 1)
        and follows not in {"dan", "di", "yang", "pada", "untuk", "dengan"}
    )


def _person_may_begin(reading: Reading, at: int) -> bool:
    """Whether a first name here is followed by more of a person's name, or by a comma."""
    return reading.is_capital(at + 1) or reading.word(at + 1) in {",", "."}


def _english(reading: Reading, at: int) -> RawName | None:
    """A run of capital words with an English word for a body: Global Fashion Agency, Institute for X."""
    tails = vocabulary().sets["english_tails"]
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
    return _raw(reading, at, last, kind, "english", 0.8)


def _after_company_word(reading: Reading, at: int) -> RawName | None:
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
    return _raw(reading, at, last, "company", "company-word", 0.75)


def _after_post(reading: Reading, at: int) -> RawName | None:
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
    if at == 0 or before not in _POSTS_BEFORE or _roman(text):
        return None
    return _raw(reading, at, at + 1, None, "after-post", 0.75)


def _raw(
    reading: Reading,
    first: int,
    last: int,
    type: str | None,
    rule: str,
    score: float,
    *,
    body: KnownBody | None = None,
    head: Head | None = None,
    territory: str | None = None,
    level: str | None = None,
) -> RawName:
    start, end = reading.tokens[first].start, reading.tokens[last - 1].end
    if last - first > 1 and reading.tokens[last - 1].text == ".":
        end = reading.tokens[last - 2].end  # the dot of Tbk. is passed over, not kept
    surface = reading.text[start:end]
    return RawName(
        first,
        last,
        start,
        end,
        surface,
        type,
        rule,
        score,
        body,
        head,
        territory,
        level,
    )


def _acts(reading: Reading, at: int) -> bool:
    """Whether what stands before a token does something that only a body does."""
    steps = 0
    while steps < 4 and reading.word(at) in {"dan", "serta", ","}:
        start = at + 1 + (reading.word(at + 1) in {"dan", "serta"})
        start += bool(level_of(reading.word(start)))
        length = name_at(reading.folded, start) if start < len(reading.folded) else 0
        if not length:
            return False
        at = start + length
        steps += 1
    return reading.word(at) in vocabulary().sets["deeds"]


def later_government(reading: Reading, at: int, *, cooperation: bool) -> RawName | None:
    """A territory named with its level that stands for its government: "kerja sama dengan Kabupaten X"."""
    level = level_of(reading.word(at))
    if level not in {"regency", "city", "province"} or not reading.is_capital(at):
        return None
    start = at + 1 + (reading.word(at + 1) == ".")
    length = name_at(reading.folded, start) if start < len(reading.folded) else 0
    if not length:
        return None
    before = reading.word(at - 1)
    partner = cooperation and before in {"dengan", "antara", "bersama", "menggandeng"}
    if not partner and before != "oleh" and not _acts(reading, start + length):
        return None
    territory = reading.surface(start, start + length)
    kind = _kind_of_government(territory, level)
    if kind is None:
        return None
    return _raw(
        reading,
        at,
        start + length,
        kind,
        "territory-as-body",
        0.85,
        territory=territory,
        level=level,
    )
