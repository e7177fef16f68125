"""From names to things: exact, by beginning, with slips, and in sentences."""

import heapq
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice

from simpul.ontology import Language

from ..graph import Graph
from ..results import Rows
from .found import Found
from .likeness import alike
from .matches import Match, Mention
from .readings import comparisons, readings
from .sentences import SAID, mentions
from .spelling import LONGEST, plain, spelling
from .things import KINDS, NAMES_QUERY, Thing, rank, things_of
from .variants import Form, forms_of
from .vocabulary import Vocabulary

_ENOUGH = 4
"""So many times the matches asked for are looked at, since a thing has several names."""
_LEADING = 5_000
_KNOWN = 90.0
_LATER = {
    "event": 3.0,
    "post": 3.0,
    "indicator": 3.0,
    "topic": 3.0,
    "publisher": 4.0,
    "source": 6.0,
    "release": 8.0,
    "unnamed": 10.0,
}
"""How much less than others a thing is likely to be meant by a beginning."""
_OF_CODES = 8.0


class NameIndex:
    """The names of a graph, to find things by. It never changes, and threads may share it.

    Built in time and memory that grow with the names; what is asked of it takes time that hardly does.
    """

    def __init__(self, things: Iterable[Thing]) -> None:
        self._things = list(things)
        self._numbers = {thing.iri: number for number, thing in enumerate(self._things)}
        forms = list(self._written())
        # The numbers of texts are in the order in which they are preferred.
        forms.sort(
            key=lambda form: (self._rank(form), len(form.text), form.text, form.thing)
        )
        self._forms: list[list[Form]] = []
        self._texts: list[str] = []
        self._by_text: dict[str, int] = {}
        self._glued: dict[str, int] = {}
        for form in forms:
            number = self._by_text.get(form.text)
            if number is None:
                number = self._by_text[form.text] = len(self._texts)
                self._texts.append(form.text)
                self._forms.append([])
                if " " in form.text:
                    self._glued.setdefault(form.text.replace(" ", ""), number)
            self._forms[number].append(form)
        self._vocabulary = Vocabulary.of(
            [
                text if any(form.is_near for form in forms) else ""
                for text, forms in zip(self._texts, self._forms, strict=True)
            ]
        )
        sorted_texts = sorted(self._by_text)
        self._sorted = sorted_texts
        self._sorted_numbers = [self._by_text[text] for text in sorted_texts]
        self._lower = self._lower_case()

    @classmethod
    def from_store(cls, store: Graph) -> "NameIndex":
        """The names of a graph, on this machine or elsewhere.

        Raises: what `Graph.query` raises.
        """
        rows = store.query(NAMES_QUERY, name="names")
        assert isinstance(rows, Rows)
        return cls.from_rows(rows)

    @classmethod
    def from_rows(cls, rows: Rows) -> "NameIndex":
        """The names that the answer to NAMES_QUERY holds, wherever it was asked.

        Raises: ValueError if the rows are of another query.
        """
        return cls(things_of(rows))

    def __len__(self) -> int:
        return len(self._things)

    def __contains__(self, iri: object) -> bool:
        return iri in self._numbers

    def __iter__(self) -> Iterator[Thing]:
        return iter(self._things)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of things that there are, in the order in which they are preferred."""
        return tuple(
            sorted(
                {thing.kind for thing in self._things},
                key=lambda kind: (rank(kind), kind),
            )
        )

    def thing(self, iri: str) -> Thing | None:
        """A thing by its IRI; None if it has no name here."""
        number = self._numbers.get(iri)
        return None if number is None else self._things[number]

    def name(self, iri: str, language: Language = "id") -> str:
        """What a thing is called; its IRI if it has no name here."""
        thing = self.thing(iri)
        return thing.name(language) if thing else iri

    def find(
        self,
        text: str,
        *,
        kinds: Collection[str] | None = None,
        limit: int = 10,
        language: Language = "id",
    ) -> list[Match]:
        """The things that a name fits, the best first: exactly, in another spelling, with slips, or in part.

        Titles of people, legal forms and remarks in brackets do not count; an IRI finds what it is of.
        `language` is that of `Match.name`. Of a longer text the first 300 characters are looked at.
        """
        found = Found(self._things, kinds, language)
        self._add_iri(found, text)
        if found:
            return found.best(limit)
        for reading in readings(text):
            # What a text says as it stands goes before what it says when read otherwise.
            known = found.things
            for form, further in self._fitting(reading.text):
                kind = self._things[form.thing].kind
                is_meant = reading.kinds is None or kind in reading.kinds
                if is_meant and form.thing not in known:
                    found.add(form, form.how, form.score - reading.less - further)
        is_known = found.top >= _KNOWN

        def fits(number: int) -> bool:
            return any(map(found.fits, self._forms[number]))

        for reading in comparisons(text):
            likenesses = alike(
                reading.text,
                self._texts,
                self._vocabulary,
                is_known=is_known,
                fits=fits if found.is_choosy else None,
            )
            for number, how, score in likenesses:
                for form in self._forms[number]:
                    found.add(form, how, (score - reading.less) * form.score / 100)
        return found.best(limit)

    def suggest(
        self,
        prefix: str,
        *,
        kinds: Collection[str] | None = None,
        limit: int = 10,
        language: Language = "id",
    ) -> list[Match]:
        """The things that a name fits which one has begun to type; with slips only where there is no other."""
        found = Found(self._things, kinds, language)
        text = plain(prefix)
        if text:
            for number in self._begun(text, limit * _ENOUGH, found.fits):
                name = self._texts[number]
                for form in self._forms[number]:
                    if name == text:
                        found.add(form, form.how, form.score)
                    else:
                        score = 70 if name.startswith(text) else 55
                        share = 25 * len(text) / len(name)
                        kind = self._things[form.thing].kind
                        less = _LATER.get(kind, 0.0 if kind in KINDS else _OF_CODES)
                        found.add(
                            form, "prefix", (score + share - less) * form.score / 100
                        )
        if not found and text:
            return self.find(prefix, kinds=kinds, limit=limit, language=language)
        return found.best(limit)

    def in_sentence(
        self,
        text: str,
        *,
        kinds: Collection[str] = SAID,
        language: Language = "id",
    ) -> list[Mention]:
        """The things that a sentence names, in order: the longest stretches, without overlaps, slips allowed.

        A word of everyday language counts only where it is written in capitals as the name is: `its` is not
        ITS. The first 400 words are looked at.
        """
        return mentions(self, text, frozenset(kinds), language)

    # What `sentences` looks up.

    def forms(self, text: str) -> Sequence[Form]:
        """The ways to write a thing that are this text, as it is compared."""
        number = self._by_text.get(text)
        return () if number is None else self._forms[number]

    def forms_with(self, word: str, most: int) -> Iterator[Form]:
        """The ways to write a thing that hold a word, of at most so many texts; none if there are more."""
        number = self._vocabulary.number(word)
        texts = self._vocabulary.texts[number] if number is not None else []
        for each in texts if len(texts) <= most else ():
            yield from self._forms[each]

    def near(self, word: str) -> Iterator[tuple[str, float]]:
        """The words of names that a word is near to, with their likeness."""
        if self._vocabulary.number(word) is None:
            for number, likeness in self._vocabulary.near(word):
                yield self._vocabulary.words[number], likeness

    def is_ordinary(self, word: str) -> bool:
        """Whether a word is one of everyday language, or stands in names as one: kulit, sepatu."""
        return word in spelling().ordinary or word in self._lower or word.isdigit()

    def thing_at(self, number: int) -> Thing:
        """The thing that a form is of."""
        return self._things[number]

    # What is worked out once.

    def _written(self) -> Iterator[Form]:
        for number, thing in enumerate(self._things):
            best: dict[str, Form] = {}
            for form in forms_of(number, thing, self.thing(thing.within)):
                known = best.get(form.text)
                if form.text and (known is None or _goes_before(form, known)):
                    best[form.text] = form
            yield from best.values()

    def _rank(self, form: Form) -> int:
        return rank(self._things[form.thing].kind)

    def _lower_case(self) -> frozenset[str]:
        """The words that names hold in small letters after their first."""
        found: set[str] = set()
        for thing in self._things:
            for name in thing.names:
                if " " in name.text:
                    found.update(
                        word for word in name.text.split()[1:] if word.islower()
                    )
        return frozenset(part for word in found for part in plain(word).split())

    # What is asked.

    def _add_iri(self, found: Found, text: str) -> None:
        number = self._numbers.get(text.strip()) if len(text) <= LONGEST * 4 else None
        if number is not None:
            named = next(
                (form for form in forms_of(number, self._things[number])), None
            )
            if named:
                found.add(named, "exact", 100.0)

    def _fitting(self, reading: str) -> Iterator[tuple[Form, float]]:
        """The forms that are a text, or else that are it but for the spaces, which is less sure."""
        number, less = self._by_text.get(reading), 0.0
        if number is None:
            glued = reading.replace(" ", "")
            number, less = self._glued.get(glued, self._by_text.get(glued)), 2.0
        for form in self._forms[number] if number is not None else ():
            yield form, less

    def _begun(self, text: str, most: int, fits: Callable[[Form], bool]) -> list[int]:
        """The numbers of texts that begin with a text, or whose words do, the preferred ones first."""
        first = bisect_left(self._sorted, text)
        last = bisect_left(self._sorted, text + "\U0010ffff", first)

        def fit(number: int) -> bool:
            return any(map(fits, self._forms[number]))

        if (last - first) * most > len(self._texts):
            # Of so many, some are among the preferred ones, which come first.
            every = enumerate(self._texts)
            fitting = (n for n, name in every if name.startswith(text) and fit(n))
            begun = list(islice(fitting, most))
        else:
            some = self._sorted_numbers[first:last]
            begun = heapq.nsmallest(most, filter(fit, some))
        if len(begun) < most:
            known = set(begun)
            others = (
                n for n in self._with_words(text, most) if n not in known and fit(n)
            )
            begun += heapq.nsmallest(most - len(begun), set(others))
        return begun

    def _with_words(self, text: str, most: int) -> Iterator[int]:
        """The numbers of texts that hold all words of a text, the last one perhaps in part."""
        *whole, last = text.split()
        beginnings = self._vocabulary.beginning(last)
        if not whole:
            for word in beginnings:
                yield from self._vocabulary.texts[word][:most]
            return
        numbers = [self._vocabulary.number(word) for word in whole]
        if any(number is None for number in numbers):
            return
        lists = [self._vocabulary.texts[n] for n in numbers if n is not None]
        begun = [self._vocabulary.texts[n] for n in beginnings]
        fewest = min(lists, key=len)
        if sum(map(len, begun)) < len(fewest):
            fewest = sorted({number for texts in begun for number in texts})
        for number in fewest[:_LEADING]:
            words = self._texts[number].split()
            if all(word in words for word in whole) and any(
                word.startswith(last) for word in words
            ):
                yield number


def _goes_before(form: Form, other: Form) -> bool:
    """Whether of two forms of one text and thing the first is kept: a name goes before a code."""
    return (form.is_said, form.is_near, form.score) > (
        other.is_said,
        other.is_near,
        other.score,
    )
