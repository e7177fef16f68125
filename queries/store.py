"""A graph that answers SPARQL: a version on disk, or quads in memory, on Oxigraph directly."""

from collections.abc import Iterable, Iterator, Sized
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pyoxigraph as ox

from simpul.ontology import QueryError

from .dataset import UNION, DatasetChoice
from .errors import NoGraph, QueryFailed, ReadOnlyGraph, RowsExceeded
from .exchange import guarded_request, result_of
from .guard import see
from .limits import Limits
from .results import Result, Row, Rows, Term, Triples
from .syntax import syntax_error

if TYPE_CHECKING:
    import rdflib

    from .engine.process import Workers

STORE = "store"
"""The folder of a version that holds its indexed graph."""

_MANIFEST = "manifest.json"
"""The file that makes a folder a version, which nothing changes."""

_ENGINE_ERRORS = (SyntaxError, OSError, RuntimeError, ValueError)


class GraphStore:
    """A graph to ask. The default graph of a query is the union of all graphs, unless it says FROM.

    Answers are whole: a query that would return more than fits into memory should aggregate or LIMIT.
    """

    __slots__ = ("__weakref__", "_folder", "_refusal", "_store", "_workers")

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._folder: Path | None = None
        self._refusal = ""
        self._workers: Workers | None = None

    @classmethod
    def open(cls, version: Path | str, *, writable: bool = False) -> Self:
        """Open the folder of a version for reading; any number of processes may do so at once.

        With `writable` the graph of a folder of yours is opened, or begun, to be changed with `update`; one
        process may do so at a time. A version itself stays as it was published.

        Raises: NoGraph if the folder holds no indexed graph; ReadOnlyGraph if a version is to be changed.
        """
        folder = Path(version)
        store = folder / STORE
        if writable and (folder / _MANIFEST).exists():
            raise ReadOnlyGraph(
                str(folder),
                f"a version is never changed; copy its {STORE}/ into another folder and open that",
            )
        if not writable and not store.is_dir():
            raise NoGraph(
                folder,
                f"no version here, as it has no {STORE}/; build one with `simpul build`",
            )
        try:
            opened = cls(
                ox.Store(str(store)) if writable else ox.Store.read_only(str(store))
            )
        except OSError as error:
            raise NoGraph(folder, f"its {STORE}/ cannot be opened: {error}") from error
        if not writable:
            opened._folder = store
            opened._refusal = (
                f"{folder} is open for reading; open a copy with `writable=True`"
            )
        return opened

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

    @classmethod
    def from_rdflib(cls, graph: "rdflib.Graph") -> Self:
        """Copy a Dataset of rdflib with its named graphs, or a Graph, into memory.

        Raises: NoGraph at a statement that RDF does not allow, such as a literal as its subject.
        """
        from .interchange import quads_of  # rdflib takes long to load

        return cls.from_quads(quads_of(graph))

    def __len__(self) -> int:
        return len(self._store)

    def query(
        self,
        text: str,
        *,
        name: str = "query",
        dataset: DatasetChoice | None = None,
        limits: Limits | None = None,
        outbound: bool = False,
    ) -> Result:
        """Answer a query: Rows for SELECT, Triples for CONSTRUCT and DESCRIBE, a bool for ASK.

        `name` says in errors which query it was, `dataset` of which graphs it is asked. Without a limit on time,
        memory or bytes it runs in this thread to its end. With one it runs in another process, which is kept
        for the next such query and ends with this object; a graph in memory is copied there when
        that process starts and after each change, which takes about half a second for 100,000 quads.

        `outbound=True` lets SERVICE call other machines from this process, for as long as they take:
        for a text that is your own. No limit but that of rows goes with it.

        Raises: QuerySyntaxError; OutboundRequest; NestedTooDeep; QueryFailed if the engine gives up on it;
        TimeExceeded, MemoryExceeded, RowsExceeded or BytesExceeded at a limit, without a part of the answer.
        """
        if limits is not None and limits.needs_process:
            if outbound:
                raise ValueError(
                    "a query with these limits runs where nothing can call other machines"
                )
            request = guarded_request(text, dataset=dataset, limits=limits)
            return result_of(*self._apart().answer(request, limits, name))
        seen = see(text, outbound=outbound)
        most = limits.rows if limits else None
        chosen = dataset or UNION
        try:
            if chosen.names_graphs:
                return _whole(self._store.query(text, **_graphs(chosen)), name, most)
            # Told to make a union, the engine would ignore FROM.
            union = chosen.union and not seen.says_from
            return _whole(
                self._store.query(text, use_default_graph_as_union=union), name, most
            )
        except _ENGINE_ERRORS as error:
            raise _error_of(error, name, text) from error

    def update(
        self, text: str, *, name: str = "update", outbound: bool = False
    ) -> None:
        """Change a graph that is in memory or was opened `writable`: all of a SPARQL update, or nothing.

        Here the default graph is the one that has no name, in WHERE as elsewhere, unless USING or WITH
        says otherwise. `outbound=True` lets LOAD and SERVICE call other machines: for a text that is your own.

        Raises: ReadOnlyGraph; QuerySyntaxError; OutboundRequest for LOAD and SERVICE; NestedTooDeep; QueryFailed.
        """
        if self._refusal:
            raise ReadOnlyGraph(name, self._refusal)
        see(text, outbound=outbound)
        try:
            self._store.update(text)
        except _ENGINE_ERRORS as error:
            raise _error_of(error, name, text) from error
        if self._workers:  # theirs is the graph as it was
            self._workers.close()

    def _apart(self) -> "Workers":
        if self._workers is None:
            # What starts processes takes a while to load, and most callers set no limits.
            from .engine.process import Workers

            store = self._store
            self._workers = Workers(
                str(self._folder) if self._folder else None,
                lambda output: store.dump(output, ox.RdfFormat.N_QUADS),
            )
        return self._workers

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


def _error_of(error: Exception, name: str, text: str) -> QueryError:
    """Our error for what the engine raised."""
    if isinstance(error, SyntaxError):
        return syntax_error(name, text, str(error))
    return QueryFailed(name, f"the engine gave up: {error}")


def _graphs(chosen: DatasetChoice) -> dict[str, Any]:
    """The arguments of the engine for named graphs; lists both, or it would read FROM for the other."""
    return {
        "default_graph": [ox.NamedNode(iri) for iri in chosen.default_graphs],
        "named_graphs": [ox.NamedNode(iri) for iri in chosen.named_graphs],
    }


def _whole(
    answer: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean,
    name: str,
    most: int | None,
) -> Result:
    try:
        if isinstance(answer, ox.QueryBoolean):
            return bool(answer)
        if isinstance(answer, ox.QueryTriples):
            triples = list(answer if most is None else islice(answer, most + 1))
            _refuse_more(triples, most, name)
            return Triples.of(triples)
        variables = tuple(variable.value for variable in answer.variables)
        rows: tuple[Row, ...] = tuple(
            map(tuple, answer if most is None else islice(answer, most + 1))
        )
        _refuse_more(rows, most, name)
        return Rows(variables, rows)
    finally:
        # An error would hold on to the answer, and be dropped by a thread that may not drop it.
        del answer


def _refuse_more(taken: Sized, most: int | None, name: str) -> None:
    if most is not None and len(taken) > most:
        raise RowsExceeded(name, most)
