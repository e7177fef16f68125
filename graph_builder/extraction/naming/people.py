"""People: names by a post, by a verb of speech, or by a title, and later mentions by one of their names."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...identity.spelling import folded
from ..reading import vocabulary
from .joining import Place
from .later_mentions import find_again
from .lexicon import Lexicon
from .person_names import (
    PersonName,
    is_linked,
    person_at,
    person_before,
    person_before_verb,
)
from .posts import Post, find_posts, post_at
from .reading import Reading
from .somebody import Seen, Somebody

_KINDS = {"perusahaan": "pt", "perseroan": "pt", "kampus": "universitas"}
_HEADED_BY = {"diketuai": "Ketua", "dikepalai": "Kepala"}
_MEMBERS = ("anggota", "komisioner", "pengurus", "warga", "peneliti", "mahasiswa")
_MOST_LISTED = 5
_FULL_NAME = 2
_SCORES = {
    "post": 0.95,
    "apposition": 0.9,
    "speech": 0.8,
    "title": 0.8,
    "again": 0.9,
    "record": 0.97,
}


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
    for number, first, last, person in find_again(
        readings, of_sentence, crowd.people, crowd.seen
    ):
        name = PersonName(first, last, (), readings[number].surface(first, last))
        crowd.add(number, readings[number], name, person, "again")
    return tuple(sorted(crowd.seen, key=lambda each: each.start))


class _Crowd:
    """The people of one document."""

    def __init__(self, lexicon: Lexicon, places: Sequence[Place]) -> None:
        self._places = sorted(places, key=lambda place: place.end)
        self._ends = [place.end for place in self._places]
        self._by_kind: dict[str, list[Place]] = {}
        for place in self._places:
            kind = folded(place.body.name).partition(" ")[0]
            self._by_kind.setdefault(kind, []).append(place)
        self.seen: list[Seen] = []
        self.people: list[Somebody] = []
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
            if reading.is_title and not post.is_office and len(name.words) == 1:
                continue  # a headline's Perajin Purun: what they make, in its capitals
            self._see(number, reading, name, rule, first_post or post)
            taken |= set(range(name.first, name.last))
            if post.title.casefold().startswith(_MEMBERS):
                for other in _others_of_post(reading, name, taken):
                    self._see(number, reading, other, rule, first_post or post)
                    taken |= set(range(other.first, other.last))
            first_post = None
        self._read_speakers(number, reading, taken)

    def _of_body_before(self, number: int, reading: Reading, post: Post) -> Post:
        """A post at a body that "-nya" points back to: "ketuanya" is of the last one named."""
        start = reading.tokens[post.first].start
        before = bisect_right(self._ends, start)
        title = post.title.removesuffix("nya").capitalize()
        return replace(
            post, title=title, place=self._places[before - 1] if before else None
        )

    def _of_named_before(self, number: int, reading: Reading, post: Post) -> Post:
        """A post at a body that is meant by its kind: "Kepala dinas tersebut" after Dinas X."""
        kind = reading.word(post.last - 1)
        of_kind = self._by_kind.get(_KINDS.get(kind, kind), [])
        before = bisect_left(of_kind, number, key=lambda place: place.sentence)
        if not before:
            return post
        words = post.title.split()
        title = " ".join(words[:-1]) if len(words) > 1 else post.title
        return replace(post, place=of_kind[before - 1], title=title)

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
            self.people.append(person)
            record = self._records.get(tuple(word.casefold() for word in name.words))
            person.key = record.key if record else None
        text = " ".join(name.words).replace(" .", ".")
        if text not in person.names:
            person.names.append(text)
        if post is not None and (person.post is None or _tells_more(post, person)):
            person.post, person.place = post.title, post.place
            person.implied, person.former = post.implied, post.former
        self.add(number, reading, name, person, rule)

    def add(
        self,
        number: int,
        reading: Reading,
        name: PersonName,
        person: Somebody,
        rule: str,
    ) -> None:
        """Take in a mention of one of the people."""
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
        for person in reversed(self.people):
            for known in person.names:
                other = {word.casefold().strip(".") for word in known.split()}
                if words <= other or (other <= words and len(other) > 1):
                    return person
                if len(other) == 1 and other <= words:
                    return person
        return None


def _others_of_post(
    reading: Reading, name: PersonName, taken: set[int]
) -> list[PersonName]:
    """The people after the first whom a list gives the same post: "anggota Komisi B, Ani dan Budi"."""
    found: list[PersonName] = []
    at = name.last
    while reading.word(at) in {",", "dan", "serta"} and len(found) < _MOST_LISTED:
        start = at + 1 + (reading.word(at + 1) in {"dan", "serta"})
        other = person_at(reading, start, taken)
        closed = other is not None and reading.word(other.last) in {
            ",",
            ".",
            "dan",
            "serta",
            ";",
            "",
        }
        if other is None or not closed:
            break
        if (
            reading.word(at) == ","
            and start == at + 1
            and len(other.words) < _FULL_NAME
        ):
            break
        found.append(other)
        if start > at + 1 or reading.word(at) != ",":
            break
        at = other.last
    return found


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
