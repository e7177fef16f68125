"""People: names by a post, by a verb of speech, or by a title, and later mentions by one of their names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..identity.spelling import folded
from .gazetteer import is_large
from .joining import Place
from .lexicon import KnownBody, Lexicon
from .person_names import (
    PersonName,
    is_linked,
    person_at,
    person_before,
    person_before_verb,
)
from .posts import Post, find_posts, post_at
from .reading import Reading
from .vocabulary import is_common, vocabulary

_KINDS = {"perusahaan": "pt", "perseroan": "pt", "kampus": "universitas"}
_HEADED_BY = {"diketuai": "Ketua", "dikepalai": "Kepala"}
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


def find_people(
    readings: Sequence[Reading], places: Sequence[Place], lexicon: Lexicon
) -> tuple[Seen, ...]:
    """The mentions of people in a document, in order."""
    crowd = _Crowd(lexicon, places)
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

    def __init__(self, lexicon: Lexicon, places: Sequence[Place]) -> None:
        self._places = places
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
        first_post: Post | None = None
        for post in find_posts(reading, places, lexicon):
            at = post.last
            if post.title.endswith("nya") and " " not in post.title:
                post = self._of_body_before(number, reading, post)
            if post.place is None and reading.word(at) in {"tersebut", "itu", "ini"}:
                post = self._of_named_before(number, reading, post)
                at += 1
            if _joins_posts(reading, at):
                first_post = first_post or post
                if _name_waits(reading, at, places):
                    continue
            if reading.word(at) in {",", "."}:
                at += 1
            while reading.word(at) in {"yang", "bernama", "yakni", "yaitu"}:
                at += 1
            name = person_at(reading, at, taken)
            rule = "post"
            if is_linked(reading, post.first):
                before = person_before(reading, post.first, taken)
                name, rule = (before, "apposition") if before else (name, rule)
            if name is None or (at > post.last and _is_list(reading, post, name)):
                name, rule = person_before(reading, post.first, taken), "apposition"
            if name is None or (reading.is_title and rule == "apposition"):
                first_post = None
                continue
            self._see(number, reading, name, rule, first_post or post)
            first_post = None
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
                name = PersonName(at, last, (), reading.surface(at, last))
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

    def _of_body_before(self, number: int, reading: Reading, post: Post) -> Post:
        """A post at a body that "-nya" points back to: "ketuanya" is of the last one named."""
        start = reading.tokens[post.first].start
        before = [place for place in self._places if place.end <= start]
        title = post.title.removesuffix("nya").capitalize()
        return replace(post, title=title, place=before[-1] if before else None)

    def _of_named_before(self, number: int, reading: Reading, post: Post) -> Post:
        """A post at a body that is meant by its kind: "Kepala dinas tersebut" after Dinas X."""
        kind = reading.word(post.last - 1)
        meant = [
            place
            for place in self._places
            if place.sentence < number
            and folded(place.body.name).split()[:1] == [_KINDS.get(kind, kind)]
        ]
        if not meant:
            return post
        words = post.title.split()
        title = " ".join(words[:-1]) if len(words) > 1 else post.title
        return replace(post, place=meant[-1], title=title, last=post.last)

    def _read_speakers(self, number: int, reading: Reading, taken: set[int]) -> None:
        speech = vocabulary().sets["speech"]
        verbs = vocabulary().sets["speech_verbs"]
        for at, word in enumerate(reading.folded):
            name: PersonName | None = None
            if word in speech or word == "menurut":
                name = person_at(reading, at + 1, taken)
                if (
                    word == "menurut"
                    and name is not None
                    and reading.word(name.last) != ","
                ):
                    name = None
                rule = "speech"
            elif word in verbs:
                name = person_before_verb(reading, at, taken)
                rule = "speech"
            elif word in _HEADED_BY:
                name = person_at(reading, at + 1, taken)
                rule = "post"
                if name is not None:
                    post = Post(at, at + 1, _HEADED_BY[word])
                    post = self._of_body_before(number, reading, post)
                    self._see(number, reading, name, rule, post)
                    taken |= set(range(name.first, name.last))
                continue
            elif (
                word in {"pak", "bu", "bapak", "ibu", "haji", "ustaz"}
                and reading.tokens[at].is_capital
            ):
                name = person_at(reading, at + 1, taken)
                rule = "title"
            else:
                continue
            if name is not None:
                self._see(number, reading, name, rule, None)
                taken |= set(range(name.first, name.last))

    def _see(
        self,
        number: int,
        reading: Reading,
        name: PersonName,
        rule: str,
        post: Post | None,
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
        self,
        number: int,
        reading: Reading,
        name: PersonName,
        person: Somebody,
        rule: str,
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

    def _find(self, name: PersonName) -> Somebody | None:
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


def _joins_posts(reading: Reading, at: int) -> bool:
    """Whether another post of the same person follows: "Rektor X yang juga Ketua Y, Budi"."""
    while reading.word(at) == ",":
        at += 1
    words = (reading.word(at), reading.word(at + 1))
    return words in {("yang", "juga"), ("dan", "juga")} or words[0] in {
        "sekaligus",
        "merangkap",
    }


def _name_waits(reading: Reading, at: int, places: Mapping[int, Place]) -> bool:
    """Whether the post that follows a joint begins at once, so that the name is still to come."""
    while reading.word(at) in {",", "yang", "juga", "dan", "sekaligus", "merangkap"}:
        at += 1
    return at < len(reading.tokens) and bool(post_at(reading, at))


def _tells_more(post: Post, person: Somebody) -> bool:
    bare = person.place is None and person.implied is None
    return (
        bare and (post.place is not None or post.implied is not None) and post.is_office
    )


def _is_list(reading: Reading, post: Post, name: PersonName) -> bool:
    """Whether a name after a post and a comma is not of the post: it is the next of a list."""
    before = person_before(reading, post.first, set())
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
