"""A graph that answers SPARQL: a version on disk, or quads in memory, on Oxigraph directly."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox

from .errors import NoGraph, QueryFailed, QuerySyntaxError
from .guard import refuse_unsafe
from .results import Result, Rows, Term, Triples
from .tokens import Kind, Token, is_word, line_and_column, significant, tokens

if TYPE_CHECKING:
    import rdflib

STORE = "store"
"""The folder of a version that holds its indexed graph."""

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_MANY_CHARACTERS = re.compile(r"\[[^\]]*\]|\"[^\"]*\"|'[^']*'")


class GraphStore:
    """A graph to ask. The default graph of a query is the union of all graphs, unless it says FROM.

    Answers are whole: a query that would return more than fits into memory should aggregate or LIMIT.
    """

    __slots__ = ("_store",)

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    @classmethod
    def open(cls, version: Path | str) -> Self:
        """Open the folder of a version for reading; any number of processes may do so at once.

        Raises: NoGraph if the folder holds no indexed graph.
        """
        folder = Path(version)
        if not (folder / STORE).is_dir():
            raise NoGraph(
                folder,
                f"no version here, as it has no {STORE}/; build one with `simpul build`",
            )
        try:
            return cls(ox.Store.read_only(str(folder / STORE)))
        except OSError as error:
            raise NoGraph(folder, f"its {STORE}/ cannot be opened: {error}") from error

    @classmethod
    def from_files(cls, *paths: Path | str) -> Self:
        """Load RDF files into memory; the ending of a name says its format (.nq, .trig, .ttl, .nt, .rdf …).

        Raises: NoGraph if a file is missing, has an unknown ending, or is not what its ending says.
        """
        store = ox.Store()
        for path in map(Path, paths):
            form = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
            if form is None:
                raise NoGraph(
                    path,
                    f"{path.suffix or 'no ending'} is not the ending of an RDF format",
                )
            try:
                store.load(path=str(path), format=form)
            except (OSError, SyntaxError) as error:
                raise NoGraph(path, f"cannot be read: {error}") from error
        return cls(store)

    @classmethod
    def from_text(cls, text: str, format: ox.RdfFormat = ox.RdfFormat.N_QUADS) -> Self:
        """Load RDF text into memory: N-Quads, or what `format` says.

        Raises: NoGraph if it is something else.
        """
        store = ox.Store()
        try:
            store.load(text, format=format)
        except SyntaxError as error:
            raise NoGraph(Path("text"), f"is not {format.name}: {error}") from error
        return cls(store)

    @classmethod
    def from_quads(cls, quads: Iterable[ox.Quad]) -> Self:
        """Hold quads in memory."""
        store = ox.Store()
        store.extend(quads)
        return cls(store)

    def __len__(self) -> int:
        return len(self._store)

    def query(self, text: str, *, name: str = "query") -> Result:
        """Answer a query: Rows for SELECT, Triples for CONSTRUCT and DESCRIBE, a bool for ASK.

        `name` says in errors which query it was. Nothing limits its time: it runs in this thread to its end.

        Raises: QuerySyntaxError; OutboundRequest; NestedTooDeep; QueryFailed if the engine gives up on it.
        """
        refuse_unsafe(text)
        # Told to make a union, the engine would ignore FROM.
        union = not any(is_word(token, "FROM") for token in tokens(text))
        try:
            answer = self._store.query(text, use_default_graph_as_union=union)
            return _whole(answer)
        except SyntaxError as error:
            raise _syntax_error(name, text, str(error)) from None
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryFailed(name, f"the engine gave up: {error}") from error

    def __contains__(self, quad: ox.Quad) -> bool:
        return quad in self._store

    def quads(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        value: Term | None = None,
    ) -> Iterator[ox.Quad]:
        """The statements that fit a pattern, in no stated order; None fits everything."""
        return iter(self._store.quads_for_pattern(subject, predicate, value))

    def mentions(self, iri: str) -> bool:
        """Whether the graph says anything about a thing."""
        node = ox.NamedNode(iri)
        quads = (
            self._store.quads_for_pattern(node, None, None),
            self._store.quads_for_pattern(None, None, node),
        )
        return any(next(iter(found), None) is not None for found in quads)

    def things_under(self, start: str) -> list[str]:
        """The IRIs that begin with `start` and that the graph says something about, sorted."""
        condition = f"ISIRI(?thing) && STRSTARTS(STR(?thing), {ox.Literal(start)})"
        found = self._store.query(
            f"SELECT DISTINCT ?thing {{ ?thing ?p ?o FILTER({condition}) }}",
            use_default_graph_as_union=True,
        )
        assert isinstance(found, ox.QuerySolutions)
        things = (solution["thing"] for solution in found)
        return sorted(
            thing.value for thing in things if isinstance(thing, ox.NamedNode)
        )

    def as_rdflib(self) -> "rdflib.Dataset":
        """Copy the graph into a Dataset of rdflib, with the same named graphs and literals.

        For parsers, serialisers, shapes and code written for rdflib. Its query engine is slow, and
        `FROM <…>` and `SERVICE` make it fetch from other machines.
        """
        from .interchange import (
            dataset_of,
        )  # rdflib takes long to load, and few ask for it

        return dataset_of(self._store)


def _whole(answer: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean) -> Result:
    if isinstance(answer, ox.QuerySolutions):
        variables = tuple(variable.value for variable in answer.variables)
        return Rows(variables, tuple(tuple(row) for row in answer))
    if isinstance(answer, ox.QueryTriples):
        return Triples.of(answer)
    return bool(answer)


def _syntax_error(name: str, text: str, said: str) -> QuerySyntaxError:
    match = _PLACE.match(said)
    if match is None:
        return QuerySyntaxError(name, 1, 1, "", said)
    line, column, detail = int(match[1]), int(match[2]), _readable(match[3])
    # What the engine says of an unknown prefix depends on what else could have stood there.
    if unknown := _undeclared(text):
        line, column = line_and_column(text, unknown.start)
        prefix = unknown.text.partition(":")[0]
        detail = f"the prefix {prefix}: is not declared (the engine says: {detail})"
    lines = text.split("\n")
    source = lines[line - 1] if line <= len(lines) else ""
    return QuerySyntaxError(name, line, column, source.replace("\t", " "), detail)


def _undeclared(text: str) -> Token | None:
    """The first name whose prefix no PREFIX line declares."""
    read = significant(text)
    declared = {"_"}
    for before, token in pairwise([*read[:1], *read]):
        if token.kind is not Kind.NAME:
            continue
        prefix = token.text.partition(":")[0]
        if is_word(before, "PREFIX"):
            declared.add(prefix)
        elif prefix not in declared:
            return token
    return None


def _readable(expected: str) -> str:
    """What the engine expected, without the classes of characters that it lists one by one.

    >>> _readable("expected one of Prefix not found, ['%'], ['.'], '+', [_]")
    'Prefix not found'
    """
    flat = " ".join(expected.split())
    body = flat.removeprefix("expected one of ").removeprefix("expected ")
    words = [part.strip() for part in _MANY_CHARACTERS.sub("", body).split(",")]
    sentences = [part for part in words if " " in part and "|" not in part]
    return "; ".join(sentences) or flat
