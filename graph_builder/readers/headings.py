"""Headings of tables and names in JSON, and the fields they mean.

A heading is the way to a field: `name.id`, `participants.1.role`, positions counted from 1. Each
step may be said in either language, and capitals, spaces, points and underscores make no
difference: `Peserta 1 peran` is `participants.1.role`. Two things may be left out where nothing
else can be meant: a position, which is then the first, and the names of the lists in `UNSAID`, so
that `peran 2` is the role of the second participant. A name that is said in full comes first.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, cached_property

from pydantic import BaseModel

from simpul.ontology import LANGUAGES, Language

from ..problems import Fact, FieldPath, nearest
from .layout import OF, Field, fields_of
from .words import folded, word_for, words_for

UNSAID = frozenset({"participants", "evidence", "posts"})
"""Lists whose name a heading may leave out."""
MAX_POSITION = 1000

_Pattern = tuple[str | int | None, ...]
"""A field path with None for each position that stands in the heading."""
_NO_POSITION, _UNSAID = 1, 2
"""What leaving something out adds to the rank of a meaning; the least rank is what is meant."""


class BadHeading(Exception):
    """A heading that means no field, or could mean several; `code` is that of a message."""

    def __init__(self, code: str, heading: str, *meant: str, known: "Headings") -> None:
        self.code = code
        self._heading = heading
        self._meant = meant
        self._known = known
        super().__init__(code, heading)

    def facts(self, offer: bool = True) -> dict[str, Fact]:
        """What its message needs; `offer` looks for headings that resemble an unknown one."""
        if self._meant:
            return {"heading": self._heading, "meant": self._meant}
        near = self._known.near(self._heading) if offer else ()
        return {"heading": self._heading, "nearest": near}


class Headings:
    """The headings that the fields of one model may have; `headings_of` keeps each.

    `child` is a table of parts, which has a column `of` besides.
    """

    def __init__(self, model: type[BaseModel], child: bool = False) -> None:
        self.model = model
        self.fields = (*((OF,) if child else ()), *fields_of(model))
        self._meant: defaultdict[str, dict[_Pattern, int]] = defaultdict(dict)
        for text, pattern, rank in _patterns(model, self.fields):
            known = self._meant[text]
            known[pattern] = min(rank, known.get(pattern, rank))

    def find(self, heading: str) -> FieldPath:
        """The path of the field that a heading means, positions from 0.

        Raises: BadHeading.
        """
        plain = folded(heading)
        found = self._meant.get(re.sub(r"[0-9]+", "#", plain))
        if not found:
            raise BadHeading("unknown-heading", heading, known=self)
        given = [int(number) for number in re.findall(r"[0-9]{1,9}", plain)]
        if not all(1 <= number <= MAX_POSITION for number in given):
            raise BadHeading("unknown-heading", heading, known=self)
        least = min(found.values())
        paths = {_filled(p, given) for p, rank in found.items() if rank == least}
        if len(paths) > 1:
            meant = sorted(map(dotted, paths))
            raise BadHeading("ambiguous-heading", heading, *meant, known=self)
        return paths.pop()

    def field(self, path: FieldPath) -> Field:
        """The field at a path that `find` gave."""
        fields: tuple[Field, ...] = self.fields
        found: Field | None = None
        for step in path:
            if isinstance(step, str):
                found = next(field for field in fields if field.name == step)
                fields = fields_of(found.parts) if found.parts else ()
        assert found is not None
        return found

    def written(self, path: FieldPath, language: Language) -> str:
        """The heading that Simpul writes for a path.

        >>> from simpul.graph_builder.records import Tie
        >>> headings_of(Tie).written(("participants", 0, "role"), "id")
        'peserta 1 peran'
        """
        return " ".join(self._steps(path, language))

    def _steps(self, path: FieldPath, language: Language) -> list[str]:
        said: list[str] = []
        model, fields = self.model, self.fields
        for step in path:
            if isinstance(step, int):
                said.append(str(step + 1))
                continue
            said.append(word_for(model, step, language))
            field = next(field for field in fields if field.name == step)
            if field.parts:
                model, fields = field.parts, fields_of(field.parts)
        return said

    def near(self, heading: str) -> tuple[str, ...]:
        """The headings that most resemble an unknown one."""
        plain = re.sub(r"[0-9]+", "1", heading[:80])
        return nearest(re.sub(r"[\s._-]+", " ", plain).strip(), self._names)

    @cached_property
    def _names(self) -> frozenset[str]:
        """What a heading may have been meant to be."""
        names: set[str] = set()
        for path in _single_paths(self.fields):
            for language in LANGUAGES:
                said = self._steps(path, language)
                names.add(" ".join(said))
                if path[0] in UNSAID and len(path) == 3 and not self.field(path).many:
                    names.add(" ".join([*said[2:], said[1]]))
        return frozenset(names)


@cache
def headings_of(model: type[BaseModel], child: bool = False) -> Headings:
    """The headings of a model, made once."""
    return Headings(model, child)


def _patterns(
    model: type[BaseModel], fields: Iterable[Field]
) -> Iterator[tuple[str, _Pattern, int]]:
    """Every heading, folded and with # for each position, with what it means and how fully it says it."""
    for field in fields:
        name = field.name
        inner = (
            list(_patterns(field.parts, fields_of(field.parts))) if field.parts else []
        )
        for word in words_for(model, name):
            yield word, (name,), 0
            if field.many and field.single:
                yield f"{word}#", (name, None), 0
            for text, pattern, rank in inner:
                if field.many:
                    yield f"{word}#{text}", (name, None, *pattern), rank
                    yield word + text, (name, 0, *pattern), rank + _NO_POSITION
                else:
                    yield word + text, (name, *pattern), rank
        if name in UNSAID:
            for text, pattern, rank in inner:
                yield text, (name, 0, *pattern), rank + _UNSAID
                if "#" not in text:
                    yield f"{text}#", (name, None, *pattern), rank + _UNSAID


def _single_paths(fields: Iterable[Field]) -> Iterator[FieldPath]:
    """The paths that a column may have, with the first of each list."""
    for field in fields:
        start: FieldPath = (field.name, 0) if field.many else (field.name,)
        if field.single:
            yield (field.name,)
        if field.parts:
            for path in _single_paths(fields_of(field.parts)):
                yield (*start, *path)


def _filled(pattern: _Pattern, given: Iterable[int]) -> FieldPath:
    positions = iter(given)
    return tuple(next(positions) - 1 if step is None else step for step in pattern)


def dotted(path: FieldPath) -> str:
    """A field path as a heading in the names of the model.

    >>> dotted(("participants", 0, "role"))
    'participants.1.role'
    """
    return ".".join(str(step + 1 if isinstance(step, int) else step) for step in path)
