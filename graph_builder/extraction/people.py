"""People: names by a post, by a verb of speech, or by a title, and later mentions by one of their names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .gazetteer import is_large, is_short_name, name_at, plain_place_at
from .institutions import Place
from .lexicon import KnownBody, Lexicon
from .posts import Post, find_posts, post_at
from .raw_names import Reading, head_at
from .splitting import openers
from .vocabulary import is_common, vocabulary

_MOST_NAMES = 6
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
_SCORES = {
    "post": 0.95,
    "apposition": 0.9,
    "speech": 0.8,
    "title": 0.8,
    "again": 0.9,
    "record": 0.97,
}


@dataclass(slots=True, eq=False)
class Somebody:
    """A person of the document while mentions are gathered."""

    names: list[str] = field(default_factory=list[str])
    post: str | None = None
    place: Place | None = None
    implied: KnownBody | None = None
    former: bool = False
    key: str | None = None

    @property
    def name(self) -> str:
        """The fullest form of the name."""
        return max(self.names, key=lambda name: (len(name.split()), len(name)))


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention of a person: tokens of a sentence, and who is meant."""

    sentence: int
    first: int
    last: int
    start: int
    end: int
    surface: str
    person: Somebody
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class _Name:
    first: int
    last: int
    words: tuple[str, ...]
    text: str


def find_people(
    readings: Sequence[Reading], places: Sequence[Place], lexicon: Lexicon
) -> tuple[Seen, ...]:
    """The mentions of people in a document, in order."""
    crowd = _Crowd(lexicon)
    of_sentence: dict[int, dict[int, Place]] = {}
    for place in places:
        of_sentence.setdefault(place.sentence, {})[place.first] = place
    for number, reading in enumerate(readings):
        here = of_sentence.get(number, {})
        taken = {at for place in here.values() for at in range(place.first, place.last)}
        crowd.read(number, reading, here, taken, lexicon)
    crowd.read_again(readings, of_sentence)
    return tuple(sorted(crowd.seen, key=lambda each: each.start))


class _Crowd:
    """The people of one document."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.seen: list[Seen] = []
        self._people: list[Somebody] = []
        self._records = {
            tuple(name.casefold().split()): person
            for person in lexicon.people
            for name in (person.name, *person.others)
        }

    def read(
        self,
        number: int,
        reading: Reading,
        places: Mapping[int, Place],
        taken: set[int],
        lexicon: Lexicon,
    ) -> None:
        """Take in the people whom a sentence names by their post or by what they do."""
        for post in find_posts(reading, places, lexicon):
            at = post.last
            if reading.word(at) in {",", "."}:
                at += 1
            while reading.word(at) in {"yang", "bernama", "yakni", "yaitu"}:
                at += 1
            name = _name_at(reading, at, taken)
            rule = "post"
            if name is None or (at > post.last and _is_list(reading, post, name)):
                name, rule = _name_before(reading, post.first, taken), "apposition"
            if name is None or (reading.is_title and rule == "apposition"):
                continue
            self._see(number, reading, name, rule, post)
            taken |= set(range(name.first, name.last))
        self._read_speakers(number, reading, taken)

    def read_again(
        self, readings: Sequence[Reading], places: Mapping[int, Mapping[int, Place]]
    ) -> None:
        """Find later mentions of those who are known by now, by one of their names."""
        if not self._people:
            return
        by_word: dict[str, list[Somebody]] = {}
        for person in self._people:
            for word in dict.fromkeys(
                word for name in person.names for word in name.split()
            ):
                if len(word) > 2 and word[0].isupper():
                    by_word.setdefault(word, []).append(person)
        taken: dict[int, set[int]] = {}
        for each in self.seen:
            taken.setdefault(each.sentence, set()).update(range(each.first, each.last))
        for number, reading in enumerate(readings):
            covered = taken.get(number, set())
            for place in places.get(number, {}).values():
                covered |= set(range(place.first, place.last))
            self._read_sentence_again(number, reading, covered, by_word)

    def _read_sentence_again(
        self,
        number: int,
        reading: Reading,
        covered: set[int],
        by_word: Mapping[str, Sequence[Somebody]],
    ) -> None:
        at = 0
        while at < len(reading.tokens):
            people = by_word.get(reading.tokens[at].text) if at not in covered else None
            if not people:
                at += 1
                continue
            last = at + 1
            while (
                last < len(reading.tokens)
                and last not in covered
                and reading.tokens[last].text in by_word
            ):
                last += 1
            person = self._meant(people, [t.text for t in reading.tokens[at:last]])
            if person is not None and _may_be_person(reading, at, last):
                name = _Name(at, last, (), reading.surface(at, last))
                self._add(number, reading, name, person, "again")
            at = last

    @staticmethod
    def _meant(people: Sequence[Somebody], words: Sequence[str]) -> Somebody | None:
        fitting = [
            person
            for person in people
            if all(any(word in name.split() for name in person.names) for word in words)
        ]
        return fitting[-1] if fitting else None

    def _read_speakers(self, number: int, reading: Reading, taken: set[int]) -> None:
        speech = vocabulary().sets["speech"]
        verbs = vocabulary().sets["speech_verbs"]
        for at, word in enumerate(reading.folded):
            name: _Name | None = None
            if word in speech or word == "menurut":
                name = _name_at(reading, at + 1, taken)
                if (
                    word == "menurut"
                    and name is not None
                    and reading.word(name.last) != ","
                ):
                    name = None
                rule = "speech"
            elif word in verbs:
                name = _name_before_verb(reading, at, taken)
                rule = "speech"
            elif (
                word in {"pak", "bu", "bapak", "ibu", "haji", "ustaz"}
                and reading.tokens[at].is_capital
            ):
                name = _name_at(reading, at + 1, taken)
                rule = "title"
            else:
                continue
            if name is not None:
                self._see(number, reading, name, rule, None)
                taken |= set(range(name.first, name.last))

    def _see(
        self, number: int, reading: Reading, name: _Name, rule: str, post: Post | None
    ) -> None:
        person = self._find(name)
        if person is None:
            person = Somebody()
            self._people.append(person)
            record = self._records.get(tuple(word.casefold() for word in name.words))
            person.key = record.key if record else None
        text = " ".join(name.words).replace(" .", ".")
        if text not in person.names:
            person.names.append(text)
        if post is not None and (person.post is None or _tells_more(post, person)):
            person.post, person.place = post.title, post.place
            person.implied, person.former = post.implied, post.former
        self._add(number, reading, name, person, rule)

    def _add(
        self, number: int, reading: Reading, name: _Name, person: Somebody, rule: str
    ) -> None:
        start, end = reading.tokens[name.first].start, reading.tokens[name.last - 1].end
        self.seen.append(
            Seen(
                number,
                name.first,
                name.last,
                start,
                end,
                reading.text[start:end],
                person,
                rule,
                _SCORES[rule],
            )
        )

    def _find(self, name: _Name) -> Somebody | None:
        """Who of those known has this name, or all the words of it."""
        words = {word.casefold() for word in name.words if word != "."}
        for person in reversed(self._people):
            for known in person.names:
                other = {word.casefold().strip(".") for word in known.split()}
                if words <= other or (other <= words and len(other) > 1):
                    return person
                if len(other) == 1 and other <= words:
                    return person
        return None


def _tells_more(post: Post, person: Somebody) -> bool:
    bare = person.place is None and person.implied is None
    return (
        bare and (post.place is not None or post.implied is not None) and post.is_office
    )


def _name_at(reading: Reading, start: int, taken: Iterable[int]) -> _Name | None:
    """The name of a person that begins at a token, titles before it passed over, degrees after it left off."""
    covered = taken if isinstance(taken, set) else set(taken)
    known = vocabulary().sets
    at = start
    while at < len(reading.tokens) and at - start < 14:
        word = reading.word(at)
        if (
            word.replace(".", "") in known["honorifics"]
            and (reading.is_capital(at) or word in {"pak", "bu"})
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
        and (words[-1].isupper() or "." in words[-1])
    ):
        words.pop()
        at -= 1
    if not words or not any(len(word.strip(".")) > 1 for word in words):
        return None
    if len(words) == 1 and (not _is_name_alone(reading, first)):
        return None
    return _Name(first, at, tuple(words), reading.surface(first, at))


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
        word in known["stops"]
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
    if word.replace(".", "") in known["degrees"] and (text.isupper() or "." in text):
        return inside
    if text.isupper() and len(text) > 3 and not reading.is_title and not inside:
        return not is_common(word) and len(text) > 6
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


def _name_before(reading: Reading, post: int, taken: set[int]) -> _Name | None:
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


def _name_before_verb(reading: Reading, verb: int, taken: set[int]) -> _Name | None:
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
    return _name_ending(reading, at, taken)


def _name_ending(reading: Reading, at: int, taken: set[int]) -> _Name | None:
    """The name of a person that ends at a token, with degrees after commas passed over."""
    known = vocabulary().sets
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
    name = _name_at(reading, first, taken)
    return name if name is not None and name.last >= last else None


def _is_list(reading: Reading, post: Post, name: _Name) -> bool:
    """Whether a name after a post and a comma is not of the post: it is the next of a list."""
    before = _name_before(reading, post.first, set())
    return before is not None and reading.word(name.last) != ","


def _may_be_person(reading: Reading, first: int, last: int) -> bool:
    """Whether words that are someone's name mean that person here, and not a place or a common word."""
    word = reading.folded[first]
    if last - first > 1:
        return True
    before = reading.word(first - 1)
    if before in {"di", "ke", "dari", "kabupaten", "kota", "desa", "provinsi"}:
        return False
    return not (is_common(word) and first == 0) and not (
        is_large(word) and before in {"di", "asal"}
    )
