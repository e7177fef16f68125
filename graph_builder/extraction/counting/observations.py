"""What an article measures: of whom, what, how much, in which unit, and when.

An observation is a number with a unit, or an index value. Parts of a sum that the same sentence gives
(`13.000 orang, 3.608 di antaranya …`) point at their whole. What is measured is told in the words of
the text: a measure named before the number (`nilai ekspor`), or the deed and those counted.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from ..naming import Entity, Mention
from ..reading import Document, Sentence, clauses
from .dates import WrittenDate
from .number_contexts import with_unit_before
from .numbers import Number, find_numbers
from .quantities import quantities

_INDEX_NAME = re.compile(r"\bIndeks(?: [A-Z][\w-]*){1,5}|\b(?:IKI|PMI|IHK|NTP|IPM)\b")
_BRANCH = re.compile(
    r"\b(?:subsektor|sektor|industri|provinsi|kabupaten|kota) [A-Z][^.;:()]{2,70}?(?= (?:pada|di|berada|mencapai|tercatat|sebesar|naik|turun)\b|$)"
)
_PART = re.compile(
    r"^[ ,]*(?:orang |unit )?(?:(?:di antaranya|diantaranya|adalah|merupakan|lainnya|sisanya|berasal)\b ?){1,2}",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:me|di|ber|ter)[a-z]{3,}|\b(?:ada|adalah|naik|turun|tumbuh|telah|sudah|akan|pada|capai)\b"
)
_PARTED = re.compile(
    r"\b(?:terdiri|di antaranya|diantaranya|meliputi|rincian|rinciannya|masing-masing|yakni|yaitu|dengan)\b",
    re.IGNORECASE,
)
_DEAD_END = re.compile(r"[,;:()\"“”]|\.(?!\d)")
_FAR = 300
_RECENT = 8
_RIGHT_AFTER, _SHORTLY = 8, 40


@dataclass(frozen=True, slots=True)
class Observation:
    """A measured value. `qualifier` is a code of the ontology's comparators, `as_of` is EDTF.

    `about` is the body spoken of; where none is named, `subject` has the words that stand for it.
    `part_of` is the place of the whole in the list of observations.
    """

    start: int
    end: int
    about: Entity | None
    subject: str
    measure: str
    value: Decimal
    qualifier: str
    unit: str | None
    as_of: str | None
    rate: str | None
    part_of: int | None
    rule: str
    score: float


def find_observations(
    document: Document, mentions: Sequence[Mention], dates: Sequence[WrittenDate] = ()
) -> tuple[Observation, ...]:
    """The observations of a document in the order of the text; `mentions` and `dates` are in that order too."""
    taken = sorted(
        [(each.start, each.end) for each in dates]
        + [(each.start, each.end) for each in mentions]
    )
    numbers = find_numbers(document.text, taken)
    found = list[Observation]()
    last: Entity | None = None
    paragraph = at = 0
    for sentence in document.sentences:
        here = list[Number]()
        while at < len(numbers) and numbers[at].start < sentence.end:
            if numbers[at].start >= sentence.start:
                here.append(numbers[at])
            at += 1
        bodies = _bodies(mentions, sentence)
        near = sentence.paragraph == paragraph
        paragraph = sentence.paragraph
        if here:
            at_date = bisect_left(dates, sentence.start, key=_start)
            when = [
                each
                for each in dates[at_date : at_date + 12]
                if each.start < sentence.end
            ]
            # A paragraph that names no thing goes on about the body of the one before.
            words = _subject_words(sentence.text[:_FAR])
            of = last if not bodies and (near or not words) else None
            found += _of_sentence(sentence, here, bodies, when, of, words, len(found))
        last = bodies[0].entity if bodies else last
    return _said_once(document, found)


def _said_once(
    document: Document, found: Sequence[Observation]
) -> tuple[Observation, ...]:
    """The observations without those that only say again what one before said, as a quotation does after a lead."""
    kept = list[Observation]()
    place = dict[int, int]()
    same = defaultdict[Hashable, list[int]](list)
    for at, each in enumerate(found):
        before = same[each.value, each.unit, each.qualifier, each.rate]
        again = next(
            (n for n in before[-_RECENT:] if _says_again(document, each, kept[n])), None
        )
        if again is None:
            place[at] = len(kept)
            before.append(len(kept))
            part_of = each.part_of if each.part_of is None else place[each.part_of]
            kept.append(replace(each, part_of=part_of))
        else:
            place[at] = again
    return tuple(kept)


def _says_again(document: Document, one: Observation, other: Observation) -> bool:
    if one.as_of and other.as_of and one.as_of != other.as_of:
        return False
    if document.sentence_at(one.start) == document.sentence_at(other.start):
        return False
    # Figures of three digits or more are seldom the same by chance; small ones must be said in the same words.
    telling = len(one.value.normalize().as_tuple().digits) >= 3
    return telling or (
        document.text[one.start : one.end].casefold()
        == document.text[other.start : other.end].casefold()
    )


def _start(thing: WrittenDate | Mention) -> int:
    return thing.start


def _bodies(mentions: Sequence[Mention], sentence: Sentence) -> list[Mention]:
    first = bisect_left(mentions, sentence.start, key=_start)
    last = bisect_left(mentions, sentence.end, key=_start)
    return [each for each in mentions[first:last] if each.kind == "institution"]


def _of_sentence(
    sentence: Sentence,
    numbers: Sequence[Number],
    bodies: Sequence[Mention],
    dates: Sequence[WrittenDate],
    last: Entity | None,
    words: str,
    offset: int,
) -> list[Observation]:
    made = list[Observation]()
    whole: int | None = None
    parted = _PARTED.search(sentence.text) is not None
    for number in numbers:
        place = number.start - sentence.start
        head = sentence.text[max(0, place - _FAR) : place]
        place = number.end - sentence.start
        tail = sentence.text[place : place + _FAR]
        is_part = bool(_PART.match(tail)) and bool(made)
        if number.unit is None and is_part:
            number = replace(number, unit=made[-1].unit, rule="part", score=0.75)
        number = with_unit_before(number, head)
        if number.unit is None:
            continue
        about = _about(number.start, bodies, sentence)
        subject = words
        measure = _measure(
            number, head, _PART.sub("  ", tail, count=1) if is_part else tail
        )
        if number.rule == "index":
            about, last, subject, measure = _of_index(head, subject, measure)
        observation = Observation(
            number.start, number.end, about or last, subject, measure,
            number.value, number.qualifier, number.unit, _as_of(number, dates),
            number.rate, None, number.rule, number.score,
        )  # fmt: skip
        if whole is not None and (is_part or (parted and number.rule == "counted")):
            parent = made[whole]
            if (
                parent.unit == observation.unit
                and observation.value < parent.value
                and observation.unit != "percent"
            ):
                observation = replace(observation, part_of=offset + whole)
        if observation.part_of is None:
            whole = len(made)
        made.append(observation)
    return made


def _of_index(head: str, subject: str, measure: str) -> tuple[None, None, str, str]:
    """An index is of a branch or a region, and has a name of its own."""
    name, branch = _INDEX_NAME.search(head), _BRANCH.search(head)
    return None, None, branch[0] if branch else subject, name[0] if name else measure


def _about(place: int, bodies: Sequence[Mention], sentence: Sentence) -> Entity | None:
    before = [each for each in bodies if each.end <= place]
    for each in before[:20]:
        head = (
            sentence.text[: each.start - sentence.start]
            .rstrip()
            .rpartition(" ")[2]
            .casefold()
        )
        if head not in clauses().oblique:
            return each.entity
    return before[-1].entity if before else None


def _subject_words(text: str) -> str:
    """The words before the first verb of a sentence; empty if they name no thing but a time or a number."""
    verb = _VERB.search(text)
    head = text[: verb.start()] if verb else text
    words = [
        word
        for word in _DEAD_END.split(head)[-1].split()
        if word not in {"yang", "juga", "terus"}
    ][:6]
    if (
        not words
        or words[0].casefold() in quantities().no_subject
        or any(word[0].isdigit() for word in words)
    ):
        return ""
    return " ".join(words)


@cache
def _measure_words() -> re.Pattern[str]:
    words = sorted(quantities().measures, key=len, reverse=True)
    return re.compile(
        r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE
    )


def _measure(number: Number, head: str, tail: str) -> str:
    clause = head[-160:]
    names = [*_measure_words().finditer(clause)]
    named = names[-1] if names else None
    counted = number.counted if number.rule != "money" else None
    if number.rule == "part" or (counted and tail.startswith("  ")):
        counted = ""
    phrase = (
        _counted_phrase(counted, tail)
        if counted is not None and number.unit != "percent"
        else ""
    )
    if named and (not phrase or len(clause) - named.end() < 25):
        rest = clause[named.end() :]
        verb = _VERB.search(rest) or _DEAD_END.search(rest)
        words = rest[: verb.start()].split() if verb else rest.split()
        stop = next((at for at, word in enumerate(words) if word.casefold() in clauses().group_stop or not word[0].isalpha() or word.casefold() in
                     {"sebesar", "senilai", "sebanyak", "mencapai", "sekitar", "lebih"}), len(words))  # fmt: skip
        return " ".join([named[0], *words[: min(stop, 4)]]).strip()
    deed = ""
    for word in reversed(re.findall(r"[\w-]+", clause)[-14:]):
        deed = quantities().verbs.get(word.casefold(), "")
        if number.rule == "money" and deed == "jumlah peserta":
            deed = ""
        if deed:
            break
    return " ".join(filter(None, (deed, phrase))) or (
        phrase or deed or (number.unit or "")
    )


def _counted_phrase(counted: str, tail: str) -> str:
    words = list[str]()
    for word in _DEAD_END.split(tail[:60])[0].split():
        if word.casefold() in clauses().group_stop or not word[0].isalpha():
            break
        words.append(word)
    return " ".join([*filter(None, [counted]), *words[:4]])


def _as_of(number: Number, dates: Sequence[WrittenDate]) -> str | None:
    """The date said right after a number (`23 ton pada 2023`), else one shortly before it, else the nearest."""
    if not dates:
        return None
    after = [each for each in dates if 0 <= each.start - number.end < _RIGHT_AFTER]
    before = [each for each in dates if 0 <= number.start - each.end < _SHORTLY]
    if after:
        nearest = after[0]
    elif before:
        nearest = before[-1]
    else:
        nearest = min(dates, key=lambda each: abs(each.start - number.start))
    return nearest.edtf.removeprefix("/")
