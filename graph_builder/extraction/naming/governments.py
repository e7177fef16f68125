"""Governments: names made of a head word and a territory, and territories that stand for those who govern."""

from ..reading import Head, is_common, vocabulary
from .gazetteer import level_of, name_at, territories_named
from .name_ends import end_of_name
from .reading import RawName, Reading, raw_name

_GOVERNMENTS = {
    "provincial-government": ("province",),
    "regency-government": ("regency", "city", "province"),
    "city-government": ("city", "regency", "province"),
    "village-government": ("village", "urban-village", "district"),
}
LEVELS = {
    "provincial-government": ("province", "Pemerintah Provinsi", "Pemprov"),
    "regency-government": ("regency", "Pemerintah Kabupaten", "Pemkab"),
    "city-government": ("city", "Pemerintah Kota", "Pemkot"),
}


def government_at(reading: Reading, at: int, first: int, head: Head) -> RawName | None:
    """The name of a government whose head stands at a token and whose territory may follow at `first`."""
    start = first
    level = level_of(head.words[-1])
    if reading.word(start) == "." and level:
        start += 1
    if (
        reading.word(start) == "("
        and reading.word(start + 2) == ")"
        and reading.word(start + 1).startswith("pem")
    ):
        start += 3  # Pemerintah Kabupaten (Pemkab) X
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
            start = end_of_name(reading, start, None, numbers=False)
            if reading.word(start) == "di" and reading.is_capital(start + 1):
                start = end_of_name(reading, start + 1, None, numbers=False)
        name = head.words[-1] if len(head.words) > 1 else None
        territory = name if head.type != "foreign-government" else None
        return raw_name(
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
    if head.type == "parliament" and length and not name_at(reading.folded, start):
        length = 0 if reading.is_capital(start + 1) else length
    if not length:
        if head.type == "parliament" and head.words != ("fraksi",):
            return None
        if head.words == ("fraksi",) and reading.is_capital(start):
            return raw_name(reading, at, start + 1, head.type, "head", 0.8, head=head)
        return None
    last = start + length
    territory = reading.surface(start, last)
    kind = head.type
    if head.words[0] == "pemda" or head.words == ("pemerintah", "daerah"):
        kind = _kind_of_government(territory, level) or head.type
    if kind == "village-government" and level is None:
        level = "village"
    return raw_name(
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


def governed_too(reading: Reading, at: int, before: RawName) -> RawName | None:
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
    if (
        between == (",",)
        and not level
        and before.type in {"regency-government", "city-government"}
        and territories_named(reading.surface(start, last), ("province",))
        and not territories_named(reading.surface(start, last), ("regency", "city"))
    ):
        return None  # Pemkab Pati, Jawa Tengah, ... : where it lies
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
    return raw_name(
        reading,
        at,
        last,
        kind,
        "government-list",
        0.9,
        territory=territory,
        level=level,
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
    return raw_name(
        reading,
        at,
        start + length,
        kind,
        "territory-as-body",
        0.85,
        territory=territory,
        level=level,
    )


def government_name(name: RawName) -> str:
    """The name of a government; that of one named by its territory alone is written out."""
    if (
        name.rule in {"territory-as-body", "government-list"}
        and name.type in LEVELS
        and not name.surface.startswith("Pem")
    ):
        return f"{LEVELS[name.type][1]} {name.territory}"
    return name.surface


def government_aliases(kind: str, territory: str) -> tuple[str, ...]:
    """What a government is called, long and short.

    >>> government_aliases("regency-government", "Sidoarjo")
    ('Pemerintah Kabupaten Sidoarjo', 'Pemkab Sidoarjo')
    """
    if kind not in LEVELS:
        return ()
    level, long, short = LEVELS[kind]
    found = territories_named(territory, (level,))
    full = found[0].name if found else territory
    return tuple(
        dict.fromkeys(
            (
                f"{long} {full}",
                f"{short} {full}",
                f"{long} {territory}",
                f"{short} {territory}",
            )
        )
    )
