"""How much a question resembles the phrasings in which each entry has been asked, kept in `phrasings/`.

A phrasing is a vector of words, pairs of words and stretches of letters, each weighed by how few phrasings have it;
what it names is masked by kind, so that no name counts. What each of them says of an entry is fitted once, so that
all together tell the entries of the phrasings themselves (kernel ridge regression: Saunders, Gammerman and Vovk
1998). A question adds up what they say, each as much as it is alike. Nothing is drawn by lot.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files
from itertools import pairwise
from math import log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simpul.ontology import LANGUAGES

from .lexicon import lexicon
from .linking import SORT
from .reading import Reading

NOT_ASKED = "none"
"""The name under which phrasings stand that no entry answers."""

_RIDGE = 0.25
"""How much a phrasing may be missed for the sake of the others."""
_PAIR, _LETTERS = 0.7, 0.5
"""What a pair of words and a stretch of letters count, where a word counts 1."""
_STRETCH = 4
_STRANGE = 0.5
"""How much of what no phrasing has makes a question less like all of them."""
_MASKS = {
    "group": "org",
    "institution": "org",
    "unnamed": "org",
    "site": "place",
    "document": "release",
    "source": "release",
    SORT: "sort",
}


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How much a question resembles the phrasings of each entry, from about 0 to 1, and the nearest of each."""

    shares: Mapping[str, float]
    nearest: Mapping[str, str]

    def of(self, name: str) -> float:
        """The share of an entry."""
        return self.shares.get(name, 0.0)

    @property
    def most(self) -> float:
        """The largest share of all."""
        return max(self.shares.values(), default=0.0)


class Phrasings:
    """Phrasings with what they ask, made ready to be compared with. `knows` is every word in them."""

    def __init__(self, labelled: Sequence[tuple[str, str]]) -> None:
        sparse: Any = import_module("scipy.sparse")  # slow to import, and rarely needed
        self._texts = [text for _, text in labelled]
        self.names = sorted({name for name, _ in labelled})
        place = {name: at for at, name in enumerate(self.names)}
        self._asks = [name for name, _ in labelled]
        self.knows = frozenset(word for text in self._texts for word in text.split())
        counted = [traits_of(text.split()) for text in self._texts]
        seen = Counter(trait for traits in counted for trait in traits)
        self._column = {trait: at for at, trait in enumerate(seen)}
        self._unseen = log(1 + len(counted)) + 1
        rare = [self._unseen - log(1 + n) for n in seen.values()]
        self._rarity = np.array(rare, dtype=np.float32)
        vectors = [self._vector(traits) for traits in counted]
        starts = np.cumsum([0, *(len(places) for places, _ in vectors)])
        places = np.concatenate([places for places, _ in vectors])
        values = np.concatenate([values for _, values in vectors])
        size = (len(counted), len(seen))
        self._vectors: Any = sparse.csr_matrix((values, places, starts), shape=size)
        alike: NDArray[np.float32] = (self._vectors @ self._vectors.T).toarray()
        alike[np.diag_indices_from(alike)] += _RIDGE
        wanted = np.zeros((len(counted), len(self.names)), dtype=np.float32)
        wanted[range(len(counted)), [place[name] for name in self._asks]] = 1
        says = np.linalg.solve(alike, wanted)
        self._weights: NDArray[np.float32] = self._vectors.T @ says

    def _vector(
        self, traits: Mapping[str, float]
    ) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """The columns of traits and their values; the length of all is 1."""
        known = [(self._column[t], n) for t, n in traits.items() if t in self._column]
        places = np.array([place for place, _ in known], dtype=np.intp)
        counts = np.array([count for _, count in known], dtype=np.float32)
        values = counts * self._rarity[places]
        strange = sum(n * n for t, n in traits.items() if t not in self._column)
        strange *= _STRANGE * self._unseen**2
        length = sqrt(float(values @ values) + strange) or 1.0
        return places, values / np.float32(length)

    def compare(self, masked_text: str) -> Resemblance:
        """How much a masked question resembles the phrasings of each entry."""
        places, values = self._vector(traits_of(masked_text.split()))
        said = values @ self._weights[places]
        shares = {n: round(float(s), 3) for n, s in zip(self.names, said, strict=True)}
        row = np.zeros(len(self._column), dtype=np.float32)
        row[places] = values
        alike: NDArray[np.float32] = self._vectors @ row
        order: list[int] = np.argsort(-alike.round(5), kind="stable")[:12].tolist()
        nearest: dict[str, str] = {}
        for at in order:
            nearest.setdefault(self._asks[at], self._texts[at])
        return Resemblance(shares, nearest)


def traits_of(words: Sequence[str]) -> dict[str, float]:
    """The words, pairs of words and stretches of letters of a text, with how much each counts.

    >>> sorted(traits_of(["siapa", "{org}"]))
    ['$< siapa', 'siapa', 'siapa {org}', '{org}', '{org} >$', '~<sia', '~apa>', '~iapa', '~siap']
    """
    found: dict[str, float] = {}
    row = ["$<", *words, ">$"]
    for first, second in pairwise(row):
        found[f"{first} {second}"] = _PAIR
    for word in words:
        found[word] = 1.0
        if len(word) >= _STRETCH and word[0] != "{":
            whole = f"<{word}>"
            for at in range(len(whole) - _STRETCH + 1):
                found[f"~{whole[at : at + _STRETCH]}"] = _LETTERS
    return found


def masked(reading: Reading) -> str:
    """The words of a question, with `{org}`, `{date}` … for what it names.

    A title of one word stays, since it is often meant in general: the head of X is whoever leads it.
    """
    titles = lexicon(reading.language).titles
    named = {
        m.span: _MASKS.get(m.kind, m.kind)
        for m in reading.mentions
        if m.kind != "post"
        or len(m.span) > 1
        or reading.words[m.span.first].plain in titles
    }
    named |= {moment.span: "date" for moment in reading.moments}
    marks = {span.first: (name, span.end) for span, name in named.items()}
    return " ".join(_told(reading, marks))


def _told(reading: Reading, marks: Mapping[int, tuple[str, int]]) -> Iterator[str]:
    spellings = lexicon(reading.language).spellings
    after = 0
    for place, word in enumerate(reading.words):
        if place < after:
            continue
        if place in marks:
            name, after = marks[place]
            yield f"{{{name}}}"
        elif word.plain.isdecimal():
            yield "{n}"
        else:
            yield spellings.get(word.plain, word.plain)


@cache
def phrasings() -> Phrasings:
    """The phrasings of both languages, since people mix them; read and fitted once."""
    return Phrasings(list(labelled_phrasings()))


def labelled_phrasings() -> Iterator[tuple[str, str]]:
    """Each phrasing with the name of the entry that it asks."""
    folder = files("simpul.queries.asking").joinpath("phrasings")
    for language in LANGUAGES:
        text = folder.joinpath(f"{language}.toml").read_text(encoding="utf-8")
        for name, texts in tomllib.loads(text).items():
            yield from ((name, each) for each in texts)
