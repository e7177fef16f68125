"""Noise: what stands in the text of an article and is no part of what it reports.

Recommended links, datelines, bylines, captions and credits, promotions. Whole lines mostly; a credit or a
link in brackets is cut out of its line, and a dateline off the beginning of the first.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from .document import Noise

_LINE = re.compile(r"[^\n]+")
_MARKS = " \t\u00a0*•·-–—>»|[("
_LONGEST_TITLE = 160
_LONGEST_CAPTION = 320
_ROLE = re.compile(
    r"(?:Penulis|Editor|Reporter|Pewarta|Wartawan|Jurnalis|Fotografer|Penyunting|Redaktur|Kontributor|Laporan)"
    r"(?: [A-Z][\w.'’]{0,20}){1,5}"
)
_CREDIT = re.compile(r"[.!?\])] ?(?:Foto|FOTO|Photo|Dok)\s?[:.] ?[^.:\n]{1,60}\.?\s*$")
_BRACKETS = re.compile(r"\(([^()\n]{1,160})\)")
_SIGNATURE = re.compile(
    r"\s*[(\[](?:[a-z]{2,6}(?:[/\-][A-Za-z0-9]{1,6}){0,4}|\*{1,3}|Z-\d+|end|red|adv|[A-Z]{2,4}/[A-Z\d]{1,4})[)\]]\s*\**\s*$"
)
_DASH = re.compile(
    r"\s*(?:--+|[–—])\s*|\s+-\s+|\s*\|\s+|(?<=[a-z\d)]):\s+|(?<=\b[A-Z]{4})\.\s"
)
_LONGEST_DATELINE = 90
_DOMAIN = re.compile(
    r"[\w-]+(?:\.[\w-]+)*\.(?:com|id|co|net|org|news|tv)\b", re.IGNORECASE
)
_SMALL = {"dan", "di", "d.i.", "com", "pukul", "hari"}
_FLAT = re.compile(r"[a-z]\w*")
_STARS = re.compile(r"[\s*_=\-–—•.#]+")
_INLINE = re.compile(
    r"\b(?:BACA JUGA|Baca [Jj]uga|Lihat [Jj]uga|Simak [Jj]uga)\s*:?\s*"
)
_LINK_WORDS = {
    "di", "ke", "dari", "dan", "yang", "untuk", "dengan", "pada", "dalam", "soal", "oleh", "tak", "bagi", "serta", "hingga",
}  # fmt: skip
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class NoiseWords:
    """The beginnings of noisy lines, by kind."""

    lines: Mapping[str, tuple[str, ...]]
    credit: tuple[str, ...]
    outlets: frozenset[str]


@cache
def noise_words() -> NoiseWords:
    """The words that noise begins with, read once."""
    place = files("simpul.graph_builder").joinpath("extraction", "words", "noise.toml")
    table: dict[str, Any] = tomllib.loads(place.read_text(encoding="utf-8"))
    kinds = ("related", "byline", "caption", "promotion", "copyright", "advertisement")
    return NoiseWords(
        {kind: tuple(table[kind]) for kind in kinds},
        tuple(table["credit"]),
        frozenset(table["outlets"]),
    )


@dataclass(frozen=True, slots=True)
class Found:
    """The noise of a text, sorted and apart, and what its dateline says."""

    noise: tuple[Noise, ...]
    dateline: str | None


def find_noise(text: str) -> Found:
    """Find what is no part of the report.

    >>> [noise.kind for noise in find_noise("SOLO, X.COM - Pabrik dibuka.\\nBaca juga: Harga gula").noise]
    ['dateline', 'related']
    """
    lines = [(match.start(), match[0]) for match in _LINE.finditer(text)]
    found: list[Noise] = []
    dateline: str | None = None
    kinds = [_kind_of_line(line) for _, line in lines]
    may_open = 4
    awaited: str | None = None
    for (start, line), kind in zip(lines, kinds, strict=True):
        if not line.strip():
            continue
        if awaited and not kind and _is_title(line):
            kind, awaited = awaited, None
        elif kind:
            awaited = kind if _is_bare(line) and kind == "related" else None
        else:
            awaited = None
        if kind:
            found.append(_noise(text, start, start + len(line), kind))
            continue
        if may_open and dateline is None:
            may_open -= 1
            length = _dateline_length(line)
            if length:
                dateline = line[:length].strip()
                found.append(_noise(text, start, start + length, "dateline"))
        found.extend(_inside(text, start, line))
    return Found(_apart(found), dateline)


def _kind_of_line(line: str) -> str | None:
    head = line.lstrip(_MARKS)[:60].casefold()
    if not head:
        return None
    if not _STARS.sub("", line):
        return "advertisement"
    for kind, beginnings in noise_words().lines.items():
        if head.startswith(beginnings) and _fits(kind, head, line):
            return kind
    if _ROLE.fullmatch(line.strip()):
        return "byline"
    if len(line) < _LONGEST_TITLE and "©" in line:
        return "copyright"
    if len(line) < _LONGEST_CAPTION and _CREDIT.search(line):
        return "caption"
    if len(line) < 240 and line.rstrip().endswith(")"):
        last = line.rfind("(")
        inner = line[last + 1 :].casefold()
        credits = noise_words().credit
        if last > 0 and inner.startswith(credits) and line[:last].rstrip()[-1:] != '"':
            return "caption"
    return None


def _fits(kind: str, head: str, line: str) -> bool:
    """Whether a line that begins so is noise indeed: an ordinary sentence may begin with such a word."""
    if kind in {"caption", "promotion", "advertisement"}:
        first = re.split(r"[\s:]", head, maxsplit=1)[0]
        if first in {
            "iklan",
            "ilustrasi",
            "komentar",
            "saksikan",
            "gabung",
            "bergabung",
            "langganan",
            "berlangganan",
        }:
            return len(line) < 120
        return len(line) < 400
    if kind == "byline" and head.startswith(
        ("laporan", "sumber", "oleh", "teks", "naskah")
    ):
        return len(line) < 120
    return len(line) < 400


def _is_bare(line: str) -> bool:
    """Whether a line announces a link that the next line holds."""
    return len(line.strip(_MARKS + ":").split()) <= 2


def _is_title(line: str) -> bool:
    return len(line) <= _LONGEST_TITLE and line.rstrip()[-1:] not in {".", '"', "”"}


def _inside(text: str, start: int, line: str) -> list[Noise]:
    """Noise in brackets, links in the middle, and signatures at the end of a line."""
    found: list[Noise] = []
    credits = noise_words().credit
    if "(" in line:
        for match in _BRACKETS.finditer(line):
            inner = match[1].strip().casefold()
            if inner.startswith(credits):
                kind = (
                    "related"
                    if inner.startswith(("baca", "lihat", "simak"))
                    else "caption"
                )
                if kind == "related" or "/" in inner or len(inner) < 60:
                    found.append(
                        _noise(text, start + match.start(), start + match.end(), kind)
                    )
    signature = _SIGNATURE.search(line[-40:])
    if signature:
        at = max(len(line) - 40, 0) + signature.start()
        found.append(_noise(text, start + at, start + len(line), "byline"))
    link = _INLINE.search(line)
    if link and link.start() > 0 and line[link.start() - 1] not in "(":
        end = _title_end(line, link.end())
        if end > link.end():
            found.append(_noise(text, start + link.start(), start + end, "related"))
    return found


def _title_end(line: str, start: int) -> int:
    """Where a title in the middle of a line ends: at the first small word that no title joins with."""
    end = start
    for match in _WORD.finditer(line, start, start + _LONGEST_TITLE):
        word = match[0]
        if word[0].islower() and word not in _LINK_WORDS:
            return end
        if word not in _LINK_WORDS:
            end = match.end()
        if word.endswith((".", "?", "!")):
            return match.end()
    return end


def _dateline_length(line: str) -> int:
    """How many characters of a line are its dateline: a place, an outlet, a day, then a dash."""
    if not line[:1].strip() or not (line[0].isupper() or line[0] in "([*"):
        indent = len(line) - len(line.lstrip())
        inner = _dateline_length(line[indent:]) if indent else 0
        return inner + indent if inner else 0
    for match in _DASH.finditer(line, 2, _LONGEST_DATELINE):
        head = line[: match.start()]
        words = head.replace(",", " ").split()
        if not words or len(words) > 10:
            return 0
        if not all(map(_may_stand_in_dateline, words)):
            return 0
        sign = match[0].strip()
        if sign in {":", "|", "."} and not _names_outlet(head):
            continue
        rest = line[match.end() :]
        if sign == "-" and _DASH.match(rest[:0]):
            continue
        # The outlet may come first and the place after a dash of its own.
        if _names_outlet(head) and len(words) <= 2:
            more = _second_dash(rest)
            return match.end() + more
        if _names_outlet(head) or _is_place_like(words) or "(" in head:
            return match.end() if len(rest) > 40 else 0
        return 0
    return 0


def _second_dash(rest: str) -> int:
    match = re.match(
        r"[A-Z][A-Za-z.' ]{2,30}?(?:\s*(?:--|[–—])\s*|\s+-\s+|\.\s+(?=[A-Z])|,\s+(?=[A-Z][a-z]+ [a-z]))",
        rest,
    )
    if match and match[0].split("-")[0].strip(" .,–—").isupper():
        return match.end()
    if match and ("-" in match[0] or "–" in match[0] or "—" in match[0]):
        return match.end()
    return 0


def _may_stand_in_dateline(word: str) -> bool:
    bare = word.strip("()[]*.,:;")
    if not bare:
        return True
    return (
        not _FLAT.fullmatch(bare)
        or bare in _SMALL
        or bare in noise_words().outlets
        or bool(_DOMAIN.search(bare))
        or bare.startswith("detik")
    )


def _names_outlet(head: str) -> bool:
    plain = head.casefold()
    if _DOMAIN.search(plain):
        return True
    words = re.split(r"[^\w.]+", plain)
    pairs = {" ".join(pair) for pair in pairwise(words)}
    return bool((set(words) | pairs) & noise_words().outlets) or "detik" in plain


def _is_place_like(words: list[str]) -> bool:
    """Whether the head reads as place and day: at most six words, the first in capitals or alone."""
    first = words[0].strip("()[]*")
    return len(words) <= 7 and (
        (first.isupper() and len(first) > 2)
        or len(words) <= 2
        or any(w.isdigit() for w in words)
    )


def _noise(text: str, start: int, end: int, kind: str) -> Noise:
    return Noise(start, end, kind, text[start:end].strip())


def _apart(found: list[Noise]) -> tuple[Noise, ...]:
    kept: list[Noise] = []
    for noise in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or noise.start >= kept[-1].end:
            kept.append(noise)
    return tuple(kept)
