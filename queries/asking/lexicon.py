"""What words mean in a question, by language: read from `languages/`, one file a language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from rapidfuzz.distance import OSA

from simpul.ontology import LANGUAGES, Language, code_lists

from .phrases import Phrases, literals

_CLITICS = ("kah", "lah", "nya", "pun", "'s")
_PREFIXES = (
    ("menge", ""), ("meng", ""), ("meny", "s"), ("mem", "p"), ("men", "t"), ("di", ""),
    ("ber", ""), ("ter", ""), ("pem", "p"), ("pen", "t"),
)  # fmt: skip
"""Prefixes, and what they swallow of the word they stand before."""
_SUFFIXES = ("kan", "an", "i")
_SHORTEST_STEM = 4
_SHORTEST_MENDED = 5
_LONG = 10
_VARIANTS = ("noun", "both", "active", "passive", "under", "actor", "patient")


@dataclass(frozen=True, slots=True)
class Cue:
    """What a phrase is a sign of: a cue, or a relation with the way it is named (`active`, `actor` …)."""

    name: str
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language."""

    language: Language
    cues: Phrases[Cue]
    sorts: Phrases[str]
    moments: Phrases[str]
    amounts: Phrases[str]
    numbers: Mapping[str, int]
    stop: frozenset[str]
    opening: frozenset[str]
    pronouns: frozenset[str]
    be: frozenset[str]
    by: frozenset[str]
    vocabulary: frozenset[str]
    spellings: Mapping[str, str]
    titles: Mapping[str, str]
    stems: Mapping[str, str]

    def known(self, word: str) -> str | None:
        """The word as the lexicon has it: itself, without a clitic, or with a slip mended; None if it is another.

        >>> lexicon("id").known("siapakah"), lexicon("id").known("mitrra"), lexicon("id").known("zebra")
        ('siapa', 'mitra', None)
        """
        if word in self.vocabulary or word in self.stop:
            return word
        if word in self.spellings:
            return self.spellings[word]
        for clitic in _CLITICS:
            stem = word.removesuffix(clitic)
            if stem != word and (stem in self.vocabulary or stem in self.stop):
                return stem
        stem = _stem(word)
        if self.language == "id" and stem != word and stem in self.stems:
            return self.stems[stem]
        return _mended(self.language, word)


@cache
def lexicon(language: Language) -> Lexicon:
    """Read the words of a language, once."""
    place = files("simpul.queries.asking").joinpath("languages", f"{language}.toml")
    told: dict[str, Any] = tomllib.loads(place.read_text(encoding="utf-8"))
    cues = {Cue(name): phrases for name, phrases in told["cues"].items()}
    for relation, variants in told["relations"].items():
        for variant in _VARIANTS:
            cues[Cue(relation, variant)] = variants.get(variant, [])
    every = [phrase for phrases in cues.values() for phrase in phrases]
    plain_cues = [
        p for cue, phrases in cues.items() if not cue.variant for p in phrases
    ]
    every += [phrase for phrases in told["moments"].values() for phrase in phrases]
    every += [phrase for phrases in told["amounts"].values() for phrase in phrases]
    sorts = _sorts(told["sorts"], language)
    every += [phrase for phrases in sorts.values() for phrase in phrases]
    numbers = {
        word: int(number)
        for number, words in told["numbers"].items()
        for word in words.split()
    }
    return Lexicon(
        language=language,
        cues=Phrases[Cue].of(cues),
        sorts=Phrases[str].of(sorts),
        moments=Phrases[str].of(told["moments"], numbers),
        amounts=Phrases[str].of(told["amounts"], numbers),
        numbers=numbers,
        stop=frozenset(told["stop"].replace("-", " ").split()),
        pronouns=frozenset(told["pronouns"].split()),
        opening=frozenset(told.get("opening", "").split()),
        be=frozenset(told.get("be", "").split()),
        by=frozenset(told.get("by", "").split()),
        vocabulary=frozenset(literals(every)),
        spellings=told.get("spellings", {}),
        titles=told.get("titles", {}),
        stems={_stem(word): word for word in sorted(literals(plain_cues))},
    )


def _stem(word: str) -> str:
    """A word of Indonesian without the usual affixes, roughly: enough to tell what belongs together.

    >>> _stem("ditempati"), _stem("menempati"), _stem("dipegang"), _stem("memegang")
    ('tempat', 'tempat', 'pegang', 'pegang')
    """
    stem = word
    for prefix, begins in _PREFIXES:
        if stem.startswith(prefix) and len(stem) - len(prefix) >= _SHORTEST_STEM:
            stem = begins + stem.removeprefix(prefix)
            break
    for suffix in _SUFFIXES:
        if stem.endswith(suffix) and len(stem) - len(suffix) >= _SHORTEST_STEM:
            return stem.removesuffix(suffix)
    return stem


def language_of(words: list[str], asked: Language | None = None) -> Language:
    """The language that most of the words belong to; `asked` where that does not tell."""
    hits = {
        language: sum(
            (word in lexicon(language).stop) + (word in lexicon(language).vocabulary)
            for word in words
        )
        for language in LANGUAGES
    }
    best = max(hits.values())
    likely: list[Language] = [name for name in LANGUAGES if hits[name] == best]
    if asked is not None and (best == 0 or asked in likely):
        return asked
    return likely[0]


def _sorts(told: Mapping[str, list[str]], language: Language) -> dict[str, list[str]]:
    """Phrases for sectors and kinds of institutions: those of the file, and the labels of the code lists."""
    found = {code: list(phrases) for code, phrases in told.items()}
    taken = {phrase for phrases in found.values() for phrase in phrases}
    for scheme in ("institution-kind", "sector"):
        for concept in code_lists().scheme(scheme):
            label = concept.labels[language].casefold()
            if label not in taken and "/" not in label:
                found.setdefault(f"{scheme}/{concept.code}", []).append(label)
                taken.add(label)
    return found


@cache
def _mended(language: Language, word: str) -> str | None:
    """The one word of the lexicon that differs by a slip of the keyboard and begins alike."""
    if len(word) < _SHORTEST_MENDED or not word.isalpha():
        return None
    allowed = 2 if len(word) >= _LONG else 1
    near: list[tuple[int, str]] = []
    for other in lexicon(language).vocabulary:
        if other[0] == word[0] and abs(len(other) - len(word)) <= allowed:
            slips = OSA.distance(word, other, score_cutoff=allowed)
            if slips <= allowed and len(other) >= _SHORTEST_MENDED:
                near.append((slips, other))
    return min(near)[1] if near else None
