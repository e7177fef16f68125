"""What stands around a number: the comparator before or after it, its unit, and its rate."""

import re
from dataclasses import dataclass

from ..reading import clauses
from .quantities import quantities

_WORDS_AFTER = re.compile(
    r"(?:[ ,]|-an )?((?:[^\W\d_][\w²³/-]*)(?: [^\W\d_][\w²³/-]*){0,2})"
)
_WORD_BEFORE = re.compile(r"([\w.'’-]+)[ (]*$")
_RATE = re.compile(
    r"(?: (?:per|setiap|tiap)[ -]|/)(?P<of>[^\W\d_]{1,12}?)(?:nya)?(?![\w-])|(?P<one> se(?:tahun|bulan|hari|pekan|minggu)(?:nya)?)\b",
    re.IGNORECASE,
)
_LATER_RATE = re.compile(
    r"(?: [^\W\d_][\w-]{0,20}){1,3}? (?:per|setiap|tiap) (?P<of>hari|bulan|tahun)(?:nya)?\b"
)
_SIGNS = {"±": "about", "+/-": "about", "~": "about", "≈": "about", ">": "more-than", "<": "less-than", "≥": "at-least", "≤": "at-most"}  # fmt: skip
_AFTER = (
    (re.compile(r" (?:atau )?lebih\b(?! \w+ dari)"), "more-than"),
    (re.compile(r" (?:ke|dan) atas\b"), "at-least"),
    (re.compile(r" ke bawah\b"), "at-most"),
)
_SKIPPED = {
    "mencapai", "sebesar", "sebanyak", "senilai", "dari", "sekadar", "menjadi", "seluas", "sejumlah", "di", "ke", "pada",
    "kapasitas", "nilai", "angka", "total", "seberat", "sepanjang", "setinggi", "seharga", "antara", "ada", "terdapat",
}  # fmt: skip
# Deeds (me-, di-, ber-, ter-) follow a number that stands for something told before.
_THING = re.compile(r" (?!(?:me[mnrlwy]|di|ber|ter)[a-z]{3})([a-z]{4,})(?=[ .,;)])")
# pe- makes who does a deed (pelamar, pengukir); pe- with -an makes the deed or the place.
_DOER = re.compile(r"(?:pe[a-z]{4,}(?<!an)|[a-z]{3,}(?:wan|wati))")


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit after a number: its code, its word in the text, its rate (`per bulan`) and where they end."""

    code: str | None
    word: str | None
    rate: str | None
    end: int
    score: float = 0.9


def comparator_before(text: str, start: int) -> tuple[str, int]:
    """The code of the comparator before a number, and where it begins."""
    offset = max(0, start - 40)
    words = [
        (each.group(), offset + each.start())
        for each in re.finditer(r"[^\s,;:()\"“”]+", text[offset:start])
    ]
    if not words:
        return "exact", start
    last, at = words[-1]
    if last in _SIGNS and not text[at + len(last) : start].strip():
        return _SIGNS[last], at
    if text[max(0, start - 1) : start].strip():
        return "exact", start
    skipped = len(words) > 1 and last.casefold() in _SKIPPED
    for drop in range(skipped + 1):
        rest = words[: len(words) - drop]
        for size in (3, 2, 1):
            if len(rest) < size:
                continue
            phrase = " ".join(word for word, _ in rest[-size:]).casefold()
            code = quantities().comparators.get(phrase)
            if code:
                return code, rest[-size][1]
    return "exact", start


def comparator_after(text: str, end: int, qualifier: str) -> str:
    """The comparator with what follows the number: `2.000 hektare lebih`, `17 tahun ke atas`."""
    if qualifier == "exact":
        tail = text[end : end + 24]
        for pattern, code in _AFTER:
            if pattern.match(tail):
                return code
    return qualifier


def unit_after(text: str, end: int) -> Unit:
    """The unit named right after a number."""
    match = _WORDS_AFTER.match(text, end, end + 80)
    if match is None or text[end : end + 1] == ",":
        return Unit(None, None, None, end)
    words = match[1].split(" ")
    for size in range(len(words), 0, -1):
        phrase = " ".join(words[:size])
        code = named_unit(phrase)
        if code:
            score = 0.9 if code != "person" or _listed(phrase) else 0.75
            return _rated(text, code, phrase, match.start(1) + len(phrase), score)
    return Unit(None, None, None, end)


def thing_after(text: str, end: int) -> Unit:
    """The thing of no listed unit that is counted right after a number (`500 botol`), as a unit of its own."""
    match = _THING.match(text, end, end + 40)
    noun = match[1] if match else ""
    small = clauses()
    if (
        not noun
        or noun in quantities().unmeasured
        or noun in quantities().no_doers
        or any(
            noun in words
            for words in (
                small.group_stop,
                small.boundaries,
                small.skipped,
                small.oblique,
            )
        )
    ):
        return Unit(None, None, None, end)
    return _rated(text, noun, noun, end + 1 + len(noun), 0.6)


def named_unit(phrase: str) -> str | None:
    """The unit that a word or a phrase names, with `-nya` or without; those who do a deed are people."""
    if code := _listed(phrase):
        return code
    bare = phrase.removesuffix("nya")
    doer = phrase[:1].islower() and _DOER.fullmatch(bare)
    return "person" if doer and bare not in quantities().no_doers else None


def _listed(phrase: str) -> str | None:
    known, folded = quantities(), phrase.casefold()
    for form in (folded, folded.removesuffix("nya")):
        if code := known.units.get(form) or known.currencies.get(form):
            return code
    return None


def _rated(text: str, code: str, word: str, end: int, score: float) -> Unit:
    rate, rate_end = rate_after(text, end)
    return Unit(rated(code, rate), word, rate, rate_end, score)


def rated(code: str, rate: str | None) -> str:
    """The unit of the ontology that holds the rate, if it has one: rupiah per month; else the unit."""
    return quantities().rated.get((code, rate or ""), code)


def rate_after(text: str, end: int) -> tuple[str | None, int]:
    """The rate after a unit, as `per` and a word, and where it ends, or where the unit ends."""
    match = _RATE.match(text, end, end + 32)
    if match:
        of = (match["of"] or match["one"].strip()[2:]).casefold()
        if of.removesuffix("nya") in quantities().rates:
            return f"per {of.removesuffix('nya')}", match.end()
    later = _LATER_RATE.match(text, end, end + 70)
    return (f"per {later['of']}", end) if later else (None, end)


def word_before(text: str, start: int) -> str:
    """The word before a place, in small letters; empty if there is none."""
    match = _WORD_BEFORE.search(text[max(0, start - 24) : start])
    return match[1].casefold() if match else ""


def is_uncounted(text: str, start: int, end: int) -> bool:
    """Whether the words around a number make it a name, a time, an age or a measure of no interest."""
    if word_before(text, start) in quantities().uncounted_before:
        return True
    if text[max(0, start - 2) : start].casefold() in {"x ", "× "}:
        return True
    match = _WORDS_AFTER.match(text, end, end + 40)
    return (
        match is not None
        and match[1].split(" ")[0].casefold() in quantities().uncounted_after
    )
