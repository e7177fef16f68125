"""How alike two names of a kind are, from 0 to 1, and why: no records, only names."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache

from rapidfuzz.distance import Levenshtein

from simpul.ontology import Language, Wording

from ..problems import shown
from .acronyms import abbreviates
from .lexicon import lexicon
from .names import BodyName, PersonName, PlaceName, Words
from .spelling import folded, respelled, skeleton, stem

Weight = Callable[[str], float]

_LEAST_SIMILAR = 0.78
_RESPELLED = 0.97
_SAME_STEM = 0.92
_ONE_INITIAL = 0.75
_PLACE_IN_ONE = 0.06
_OTHER_LEGAL_FORM = 0.15
_ACRONYMS = {2: 0.5, 3: 0.84}
_LONG_ACRONYM = 0.92


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two records may be one thing, or may not: a code of `words.toml` and its facts."""

    code: str
    facts: tuple[tuple[str, str], ...] = field(default=())

    @classmethod
    def of(cls, code: str, **facts: object) -> "Reason":
        """A reason with its facts as text."""
        return cls(code, tuple((name, str(fact)) for name, fact in facts.items()))

    def text(self, lang: Language) -> str:
        """The reason in words; what comes from records is made fit to print.

        >>> Reason.of("same-place", place="kota-bandung").text("en")
        'in the same place: kota-bandung'
        """
        facts = {name: shown(fact) for name, fact in self.facts}
        return _words().say(self.code, lang, **facts)


@cache
def _words() -> Wording:
    return Wording.load("simpul.graph_builder", "identity/words.toml")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are, 0 to 1, and what that rests on.

    `whole` if an acronym stands for all of a name, the territory in it included.
    """

    score: float
    reason: Reason
    whole: bool = False


def alike_bodies(left: BodyName, right: BodyName, weight: Weight) -> Likeness:
    """How alike two names of bodies are; territories in them count only where one name has none."""
    names = {"left": left.written, "right": right.written}
    if left.words == right.words:
        code = "same-name" if left.printed == right.printed else "written-out"
        likeness = Likeness(1.0, Reason.of(code, **names))
    elif (acronym := _acronym(left, right)) is not None:
        short, whole = acronym
        strength = _ACRONYMS.get(len(short), _LONG_ACRONYM)
        likeness = Likeness(strength, Reason.of("acronym", short=short, **names), whole)
    else:
        score = _shared(left.words, right.words, weight)
        likeness = Likeness(score, _similar(score, names))
    loss = 0.0
    if bool(left.places) != bool(right.places) and likeness.reason.code != "acronym":
        loss += _PLACE_IN_ONE
    if (
        left.legal_forms
        and right.legal_forms
        and not left.legal_forms & right.legal_forms
    ):
        loss += _OTHER_LEGAL_FORM
    return replace(likeness, score=likeness.score - loss)


def alike_people(left: PersonName, right: PersonName, weight: Weight) -> Likeness:
    """How alike two names of people are; initials and names left out count as what they are."""
    names = {"left": left.written, "right": right.written}
    if left.words == right.words:
        code = "same-name" if left.written == right.written else "without-titles"
        score = 1.0 if len(left.words) > 1 else 0.85
        return Likeness(score, Reason.of(code, **names))
    score = _shared(left.words, right.words, weight)
    short, long = sorted((left.words, right.words), key=len)
    if len(short) > 1:
        # A name is often printed without its middle words, or with their initials only.
        rest = [word for word in long if not word.endswith(".")]
        covered = _covered(short, long, weight)
        if covered > score and _same_ends(short, tuple(rest) or long):
            return Likeness(0.9 * covered, Reason.of("contained", **names))
    return Likeness(score, _similar(score, names))


def alike_places(left: PlaceName, right: PlaceName, weight: Weight) -> Likeness:
    """How alike two names of territories or sites are, apart from their level."""
    names = {"left": left.written, "right": right.written}
    if left.words == right.words:
        code = "same-name" if left.written == right.written else "written-out"
        return Likeness(1.0, Reason.of(code, **names))
    score = _shared(left.words, right.words, weight)
    return Likeness(score, _similar(score, names))


def look_alike(left: str, right: str) -> bool:
    """Whether two different names look the same, as with a Cyrillic letter among Latin ones."""
    return folded(left) != folded(right) and skeleton(left) == skeleton(right)


def word_likeness(left: str, right: str) -> float:
    """How alike two words are: spelling of old, prefixes and suffixes, small mistakes.

    >>> word_likeness("soekarno", "sukarno"), word_likeness("industri", "perindustrian")
    (0.97, 0.92)
    >>> word_likeness("kota", "desa")
    0.0
    """
    if left == right:
        return 1.0
    if left.endswith(".") or right.endswith("."):
        short, long = sorted((left.rstrip("."), right.rstrip(".")), key=len)
        return _ONE_INITIAL if long.startswith(short) else 0.0
    if respelled(left) == respelled(right):
        return _RESPELLED
    if min(len(left), len(right)) < 4:
        return 0.0
    if stem(left) == stem(right):
        return _SAME_STEM
    likeness = Levenshtein.normalized_similarity(
        respelled(left), respelled(right), score_cutoff=_LEAST_SIMILAR
    )
    return 0.95 * likeness


def _similar(score: float, names: dict[str, str]) -> Reason:
    return Reason.of("similar-names", percent=round(100 * score), **names)


def _acronym(left: BodyName, right: BodyName) -> tuple[str, bool] | None:
    """The word of one name that may stand for what the other has in its place, or for all of it."""
    common = lexicon().common
    for one, other in ((left, right), (right, left)):
        *heads, last = one.words
        if common.issuperset(heads):
            if abbreviates(last, other.printed):
                return last, not one.places
            if abbreviates(last, other.trunk):
                return last, not (one.places or other.places)
        for mine, theirs in ((one.trunk, other.trunk), (one.words, other.words)):
            short, long = _apart(mine, theirs)
            known = short[:1] != () and short[0] in lexicon().short
            if len(short) == 1 and not known and abbreviates(short[0], long):
                return short[0], False
    return None


def _apart(left: Words, right: Words) -> tuple[Words, Words]:
    """Two names without the words they both begin or end with."""
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    left, right = left[start:], right[start:]
    end = 0
    while end < min(len(left), len(right)) and left[-1 - end] == right[-1 - end]:
        end += 1
    return left[: len(left) - end], right[: len(right) - end]


def _pairs(left: Words, right: Words) -> list[tuple[str, str, float]]:
    """Each word with the one of the other name that is most like it, no word twice."""
    likenesses = sorted(
        (
            (-likeness, abs(i - j), i, j)
            for i, one in enumerate(left)
            for j, other in enumerate(right)
            if (likeness := word_likeness(one, other))
        )
    )
    pairs: list[tuple[str, str, float]] = []
    taken_left, taken_right = set[int](), set[int]()
    for negative, _, i, j in likenesses:
        if i not in taken_left and j not in taken_right:
            taken_left.add(i)
            taken_right.add(j)
            pairs.append((left[i], right[j], -negative))
    return pairs


def _shared(left: Words, right: Words, weight: Weight) -> float:
    """The share of two names that they have in common, words counted by how telling they are.

    Dice's coefficient over words, each pair by its likeness; names that differ only in where words
    part, such as Jayamurni and Jaya Murni, are the same.
    Source: Dice 1945; soft matching after Cohen, Ravikumar and Fienberg 2003.
    """
    if "".join(left) == "".join(right):
        return 0.99
    shared = sum(
        likeness * (weight(one) + weight(other))
        for one, other, likeness in _pairs(left, right)
    )
    return shared / sum(map(weight, (*left, *right)))


def _covered(short: Words, long: Words, weight: Weight) -> float:
    pairs = _pairs(short, long)
    shared = sum(likeness * weight(one) for one, _, likeness in pairs)
    return shared / sum(map(weight, short))


def _same_ends(short: Words, long: Words) -> bool:
    """Whether both names begin and end alike, or one with an initial of the other's word."""
    return all(word_likeness(short[at], long[at]) > 0 for at in (0, -1))
