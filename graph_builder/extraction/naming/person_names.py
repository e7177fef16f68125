"""Names of people: where one begins, between its titles and degrees, and where it ends."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..reading import is_common, openers, vocabulary
from .gazetteer import is_large, is_short_name, level_of, name_at, plain_place_at
from .posts import post_at
from .reading import Reading, head_at

_MOST_NAMES = 6
_OF_BODIES = {"indonesia", "nusantara"}
_SMALL_TITLES = {"pak", "bu", "dr", "drg", "drs", "ir"}
_PARTICLES = {"bin", "binti", "van", "von", "de", "da", "al", "el", "der"}
_SHORTENED = {"moh", "muh", "moch", "abd", "mohd", "th", "chr", "yoh"}
_LINKS = {
    "selaku",
    "sebagai",
    "menjabat",
    "juga",
    "adalah",
    "merupakan",
    "yang",
    "ialah",
}


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as a sentence has it: its tokens, its words, and its text."""

    first: int
    last: int
    words: tuple[str, ...]
    text: str


def person_at(reading: Reading, start: int, taken: Iterable[int]) -> PersonName | None:
    """The name of a person that begins at a token, titles before it passed over, degrees after it left off."""
    covered = taken if isinstance(taken, set) else set(taken)
    known = vocabulary().sets
    at = start
    while at < len(reading.tokens) and at - start < 14:
        word = reading.word(at)
        if (
            word.replace(".", "") in known["honorifics"]
            and (reading.is_capital(at) or word in _SMALL_TITLES)
            and not _initial_of_name(reading, at)
        ):
            at += 1
            if reading.word(at) == ".":
                at += 1
        elif (word.count(".") > 1 and word.replace(".", "") in known["honorifics"]) or (
            word == "," and at > start and reading.is_capital(at + 1)
        ):
            at += 1
        else:
            break
    first = at
    words: list[str] = []
    while at < len(reading.tokens) and len(words) < _MOST_NAMES and at not in covered:
        token, word = reading.tokens[at], reading.folded[at]
        if (
            (len(word) == 1 or word in _SHORTENED)
            and token.is_capital
            and reading.word(at + 1) == "."
        ):
            words.append(f"{token.text}.")
            at += 2
            continue
        if (
            token.is_capital
            and token.text[0].isalpha()
            and _may_name(reading, at, bool(words))
        ):
            words.append(token.text)
            at += 1
            continue
        if word in _PARTICLES and words and reading.is_capital(at + 1):
            words.append(token.text)
            at += 1
            continue
        break
    while (
        words
        and words[-1].replace(".", "").casefold() in known["degrees"]
        and len(words) > 1
        and (
            "." in words[-1]
            or not words[-1].istitle()
            or words[-2].replace(".", "").casefold() in known["degrees"]
        )
    ):
        words.pop()
        at -= 1
    if not words or not any(len(word.strip(".")) > 1 for word in words):
        return None
    if _OF_BODIES & {words[-1].casefold(), reading.word(at)} and len(words) < 3:
        return None  # a body's name: Karsa Indonesia
    if len(words) == 1 and (not _is_name_alone(reading, first)):
        return None
    return PersonName(first, at, tuple(words), reading.surface(first, at))


def _initial_of_name(reading: Reading, at: int) -> bool:
    """Whether a letter with a dot is an initial, as M. in M. Rum; H. and R. before a name are titles."""
    return len(reading.word(at)) == 1 and reading.word(at) not in {"h", "r"}


def _may_name(reading: Reading, at: int, inside: bool) -> bool:
    word = reading.folded[at]
    text = reading.tokens[at].text
    known = vocabulary().sets
    if word in known["given"]:
        return True
    if (
        (word in known["stops"] and not (inside and _is_month_name(reading, at)))
        or word in known["outlets"]
        or word in known["speech"]
        or word in known["speech_verbs"]
    ):
        return False
    if (
        word in vocabulary().posts
        or post_at(reading, at)
        or word in known["before_post"]
    ):
        return False
    if head_at(reading, at) is not None or word in known["subjects"]:
        return False
    if word.replace(".", "") in known["degrees"] and (
        "." in text or not text.istitle()
    ):
        return inside
    if text.isupper() and len(text) > 2 and not reading.is_title and not inside:
        return not is_common(word) and len(text) > 6
    if not inside and (level_of(word) or word in known["levels"]):
        return False
    if is_short_name(word) or (not inside and _opens(reading, at)):
        return False
    if not inside and (
        plain_place_at(reading.folded, at)
        or (name_at(reading.folded, at) and is_large(word))
    ):
        return (
            reading.is_capital(at + 1)
            and not is_common(reading.word(at + 1))
            and not name_at(reading.folded, at + 1)
            if at + 1 < len(reading.folded)
            else False
        )
    return (
        inside
        or not is_common(word)
        or (reading.is_capital(at + 1) and not is_common(reading.word(at + 1)))
    )


def _is_month_name(reading: Reading, at: int) -> bool:
    """Whether a month is a name here: Putu Juli Ardika."""
    return reading.word(at) in {"januari", "maret", "juli", "juni", "agustus"} and (
        reading.is_capital(at + 1)
    )


def _opens(reading: Reading, at: int) -> bool:
    """Whether a word opens a sentence and no name; Lalu may be a first name after other words."""
    first = at == 0 or not reading.tokens[at - 1].is_word
    return reading.folded[at] in openers() and (first or not reading.is_capital(at + 1))


def _is_name_alone(reading: Reading, at: int) -> bool:
    word = reading.folded[at]
    if word in vocabulary().sets["given"]:
        return True
    return (
        not is_common(word)
        and not is_large(word)
        and not reading.tokens[at].text.isupper()
    )


def person_before(reading: Reading, post: int, taken: set[int]) -> PersonName | None:
    """The name that a post explains: "Reni Yanita, Direktur …", "Budi selaku Kepala …"."""
    at = post - 1
    while at >= 0 and (
        reading.word(at) in _LINKS
        or reading.word(at) in vocabulary().sets["before_post"]
        or reading.word(at) == "."
    ):
        at -= 1
    linked = at < post - 1 and reading.word(post - 1) in _LINKS - {"adalah", "juga"}
    if reading.word(at) == ",":
        at -= 1
    elif not linked:
        return None
    return _name_ending(reading, at, taken)


def is_linked(reading: Reading, post: int) -> bool:
    """Whether a word such as selaku ties a post to the name before it."""
    return reading.word(post - 1) in {"selaku", "sebagai", "menjabat"}


def person_before_verb(
    reading: Reading, verb: int, taken: set[int]
) -> PersonName | None:
    """The name that ends before a verb of speech, small words between passed over."""
    at = verb - 1
    while at >= 0 and reading.word(at) in {
        "juga",
        "pun",
        "turut",
        "kemudian",
        "lalu",
        "sendiri",
        "telah",
        "sangat",
    }:
        at -= 1
    if at in taken:
        # "Budi dari Balai X mengatakan": past the body that the speaker is from.
        while at in taken:
            at -= 1
        if reading.word(at) not in {"dari", "asal"}:
            return None
        at -= 1
    return _name_ending(reading, at, taken)


def _name_ending(reading: Reading, at: int, taken: set[int]) -> PersonName | None:
    """The name of a person that ends at a token, with degrees after commas passed over."""
    known = vocabulary().sets
    if (
        reading.word(at) == "."
        and reading.word(at - 1).replace(".", "") in known["degrees"]
    ):
        at -= 1
    last = at
    while (
        at > 0
        and reading.word(at).replace(".", "") in known["degrees"]
        and reading.is_capital(at)
    ):
        at -= 1 + (reading.word(at - 1) == ",")
        last = at
    steps = 0
    while at >= 0 and at not in taken and steps < 2 * _MOST_NAMES:
        token = reading.tokens[at]
        if (
            token.text == "."
            and at
            and len(reading.word(at - 1)) <= 4
            and reading.is_capital(at - 1)
        ):
            at -= 1
            continue
        if not (token.is_capital and token.text[0].isalpha()):
            break
        at -= 1
        steps += 1
    first = at + 1
    if first > last:
        return None
    # The first capital word may only open the sentence: "Kata Budi Santoso, …".
    if first < last and reading.word(first) in known["speech"] | openers():
        first += 1
    name = person_at(reading, first, taken)
    return name if name is not None and name.last >= last else None
