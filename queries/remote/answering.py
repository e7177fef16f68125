"""A graph behind a SPARQL endpoint, asked as if it were on this machine."""

import os
import weakref
from collections.abc import Callable, Iterator
from enum import StrEnum

import pyoxigraph as ox

from ..dataset import DatasetChoice
from ..limits import Limits
from ..results import Result, Rows, Term, Triples
from ..store import GraphStore
from .answers import ROWS, TRIPLES, rows_in, triples_in
from .asked import own
from .calling import Bytes, Call, Caller
from .copying import Copier
from .credentials import Credentials, credentials_for
from .endpoints import Endpoint, Server, endpoints_at
from .errors import (
    BrokenAnswer,
    NoSuchGraphs,
    RemoteRefused,
    SeveralVersions,
    TooManyGraphs,
)
from .graphs import MOST_GRAPHS, encoded, meant, prefixes
from .receiving import Received
from .trust import Form, Sent, read_query

LONGEST_GET = 2_000
"""How long the form of a question may be that is sent by GET."""

_FORM = "application/x-www-form-urlencoded"
_MISSING = (404, 405)


NO_GRAPHS = DatasetChoice()


class Answers(StrEnum):
    """Who answers a question of a graph that is elsewhere.

    AUTO leaves it to the server, but for a form of query that this kind of server is known to answer wrongly.
    COPY fetches the graph once and answers here, by the same engine as for a version on this machine.
    """

    AUTO = "auto"
    SERVER = "server"
    COPY = "copy"


class RemoteGraph:
    """A graph on any server of the SPARQL 1.1 Protocol.

    What it holds is taken to stand still: its graphs are listed once, and what was asked of one thing is
    kept. The default graph of a query is the union of the graphs whose names begin with `graph_prefix`;
    without one, of the version that the server holds, or else of all its named graphs. A graph without a
    name is asked only where there is no other. SERVICE and LOAD are refused, as for a graph on this
    machine, and so is whatever is no query.

    `credentials` default to what the environment or a netrc file says. `timeout_s` and `most_bytes` bound
    each request; a redirect to another host is not followed. Close it, or leave it to the end of the object.
    """

    def __init__(
        self,
        url: str,
        *,
        store_url: str | None = None,
        credentials: Credentials | None = None,
        graph_prefix: str | None = None,
        answers: Answers = Answers.AUTO,
        timeout_s: float = 60.0,
        most_bytes: int = 1 << 30,
        most_copied: int = 2_000_000,
        get: bool = False,
        copying: Callable[[int], None] | None = None,
    ) -> None:
        """Take note of an address; nothing is asked of it yet.

        `get` sends short questions by GET, for caches on the way; `copying` is told how many statements
        are about to be copied.

        Raises: BadEndpoint; NotAuthorised if a netrc file cannot be used.
        """
        self._places = endpoints_at(url, store=store_url)
        if credentials is None:
            credentials = credentials_for(url, os.environ)
        caller = Caller(url, credentials, timeout_s=timeout_s, most_bytes=most_bytes)
        self._caller = caller
        self._prefix = graph_prefix
        self._answers = answers
        self._most_copied = most_copied
        self._get = get
        self._copying = copying
        self._server = Server.OTHER
        self._graphs: tuple[str, ...] | None = None
        self._copy: GraphStore | None = None
        self._about: dict[str, tuple[ox.Quad, ...]] = {}
        self._mentioned: dict[str, bool] = {}
        self.close = weakref.finalize(self, caller.close)

    @property
    def endpoint(self) -> Endpoint:
        """Where it is; of several guesses the first, until one has answered."""
        return self._places[0]

    @property
    def server(self) -> Server:
        """The kind of server, by what it says of itself.

        Raises: as `graphs`.
        """
        self.graphs()
        return self._server

    @property
    def answered_as(self) -> Server:
        """The kind of server, by the last thing that it said; it is not asked."""
        return self._server

    def query(
        self,
        text: str,
        *,
        name: str = "query",
        dataset: DatasetChoice | None = None,
        limits: Limits | None = None,
    ) -> Result:
        """Answer a query: Rows for SELECT, Triples for CONSTRUCT and DESCRIBE, a bool for ASK.

        Literals come in the form in which a graph on this machine holds them. `limits` hold but for
        the one on memory, which is the server's.

        Raises: QuerySyntaxError for what is no query; OutboundRequest; NestedTooDeep; TimeExceeded,
        RowsExceeded or BytesExceeded at a limit; a RemoteError for all that a server may do instead of
        answering, or answer only in part.
        """
        sent = read_query(text, name)
        if self._answered_here(sent):
            return self.copy().query(text, name=name, dataset=dataset, limits=limits)
        chosen = self._chosen(dataset, says_from=sent.says_from)
        return self._ask(text, name, sent.form, chosen, limits)

    def doubts(self, text: str) -> bool:
        """Whether this kind of server is known to answer such a query wrongly, or only in part.

        Raises: as `query` for what is refused, and as `graphs`.
        """
        return self._doubts(read_query(text, "query"))

    def graphs(self) -> tuple[str, ...]:
        """The named graphs that are asked, sorted; they are listed once.

        Raises: TooManyGraphs; SeveralVersions; NoSuchGraphs; otherwise as `query`.
        """
        if self._graphs is None:
            start = ox.Literal(self._prefix or "")
            text = own("graphs", start=start)
            found = self._rows(text, "graphs", ("graph",), NO_GRAPHS)
            self._graphs = self._meant(_iris(found))
        return self._graphs

    def copy(self) -> GraphStore:
        """The whole graph in memory, fetched once, its statements counted against what the server counts.

        From then on it answers everything.

        Raises: CopyTooLarge; BrokenAnswer if the counts do not agree; otherwise as `query`.
        """
        if self._copy is None:
            graphs = self.graphs()
            most, told = self._most_copied, self._copying
            self._copy = self._copier().copy(graphs, most, told)
        return self._copy

    def count(self, graph: str) -> int:
        """How many statements the server counts in a named graph; 0 if it has none of that name.

        Raises: as `query`.
        """
        return self._copier().count(DatasetChoice((graph,)))

    def quads(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        value: Term | None = None,
    ) -> Iterator[ox.Quad]:
        """The statements that fit a pattern, in no stated order; None fits everything, which is a copy.

        Raises: as `query` and `copy`.
        """
        if self._answered_here():
            return self.copy().quads(subject, predicate, value)
        if subject is not None:
            return (
                quad
                for quad in self._said_of(subject)
                if predicate in (None, quad.predicate) and value in (None, quad.object)
            )
        if predicate is None or not self.graphs():
            return self.copy().quads(subject, predicate, value)
        return self._leading(predicate, value)

    def mentions(self, iri: str) -> bool:
        """Whether the graph says anything about a thing.

        Raises: as `query`.
        """
        if self._answered_here():
            return self.copy().mentions(iri)
        if iri not in self._mentioned:
            text = own("mentioned", thing=ox.NamedNode(iri))
            self._mentioned[iri] = bool(self._rows(text, "mentioned", ("one",)))
        return self._mentioned[iri]

    def things_under(self, start: str) -> list[str]:
        """The IRIs that begin with `start` and that the graph says something about, sorted.

        Raises: as `query`.
        """
        if self._answered_here():
            return self.copy().things_under(start)
        text = own("under", start=ox.Literal(start))
        return sorted(set(_iris(self._rows(text, "things", ("thing",)))))

    def _said_of(self, subject: ox.NamedNode) -> tuple[ox.Quad, ...]:
        """All that is said of a thing: one request for what is asked of it piece by piece."""
        if subject.value not in self._about:
            query = "about" if self.graphs() else "about-nameless"
            columns = ("graph", "property", "value")
            rows = self._rows(own(query, subject=subject), "about", columns)
            self._about[subject.value] = tuple(
                self._quad(subject, predicate, value, graph)
                for graph, predicate, value in rows
            )
        return self._about[subject.value]

    def _leading(
        self, predicate: ox.NamedNode, value: Term | None
    ) -> Iterator[ox.Quad]:
        terms = {"value": value} if value is not None else {}
        text = own("leading", property=predicate, **terms)
        rows = self._rows(text, "leading", ("graph", "subject", "value"))
        return (
            self._quad(subject, predicate, found, graph)
            for graph, subject, found in rows
        )

    def _quad(
        self,
        subject: Term | None,
        predicate: Term | None,
        value: Term | None,
        graph: Term | None,
    ) -> ox.Quad:
        if (
            isinstance(subject, ox.NamedNode | ox.BlankNode)
            and isinstance(predicate, ox.NamedNode)
            and value is not None
        ):
            name = graph if isinstance(graph, ox.NamedNode) else ox.DefaultGraph()
            return ox.Quad(subject, predicate, value, name)
        raise BrokenAnswer("quads", self.endpoint.query, "answers what is no statement")

    def _rows(
        self,
        text: str,
        name: str,
        columns: tuple[str, ...],
        dataset: DatasetChoice | None = None,
    ) -> Rows:
        """The rows of a query of ours, with the columns that it has."""
        chosen = self._chosen(None) if dataset is None else dataset
        rows = self._ask(text, name, Form.SELECT, chosen)
        if not isinstance(rows, Rows) or rows.variables != columns:
            problem = f"was asked for {', '.join(columns)} and answers something else"
            raise BrokenAnswer(name, self.endpoint.query, problem)
        return rows

    def _copier(self) -> Copier:
        return Copier(self.endpoint.query, self._rows, self._triples)

    def _triples(self, text: str, name: str, dataset: DatasetChoice) -> Triples:
        found = self._ask(text, name, Form.CONSTRUCT, dataset)
        assert isinstance(found, Triples)  # as triples_in gives no other
        return found

    def _answered_here(self, sent: Sent | None = None) -> bool:
        if self._answers is not Answers.AUTO:
            return self._answers is Answers.COPY
        return self._copy is not None or (sent is not None and self._doubts(sent))

    def _doubts(self, sent: Sent) -> bool:
        return bool(sent.doubts) and self.server in sent.doubts

    def _chosen(
        self, dataset: DatasetChoice | None, *, says_from: bool = False
    ) -> DatasetChoice:
        """The graphs to name in a question: all of them, unless it is said or written otherwise."""
        if dataset is not None and (dataset.names_graphs or not dataset.union):
            return dataset
        if says_from:
            return DatasetChoice()
        graphs = self.graphs()
        return DatasetChoice(graphs, graphs)

    def _meant(self, names: list[str]) -> tuple[str, ...]:
        url = self.endpoint.query
        if len(names) > MOST_GRAPHS:
            raise TooManyGraphs("graphs", url, len(names))
        if self._prefix is None and len(prefixes(names)) > 1:
            raise SeveralVersions("graphs", url, prefixes(names))
        found = meant(names, self._prefix)
        if self._prefix is not None and not found:
            raise NoSuchGraphs("graphs", url, self._prefix)
        return found

    def _ask(
        self,
        text: str,
        name: str,
        form: Form,
        dataset: DatasetChoice = NO_GRAPHS,
        limits: Limits | None = None,
    ) -> Result:
        """Ask the server itself."""
        content = encoded(text, dataset)
        accept = TRIPLES if form.gives_triples else ROWS
        answer = self._called(content, accept, name, limits or Limits())
        self._server = _server_of(answer)
        most = limits.rows if limits else None
        if form.gives_triples:
            return triples_in(answer, name, most)
        found = rows_in(answer, name, most)
        if isinstance(found, bool) is not (form is Form.ASK):
            problem = f"answers {form} with the result of another form"
            raise BrokenAnswer(name, answer.url, problem)
        return found

    def _called(
        self, content: bytes, accept: str, name: str, limits: Limits
    ) -> Received:
        while True:
            call = self._call(content, accept, name)
            try:
                return self._caller.call(
                    call, timeout_s=limits.time_s, most_bytes=limits.bytes
                )
            except RemoteRefused as error:
                if error.status not in _MISSING or len(self._places) < 2:
                    raise
                self._places = self._places[1:]

    def _call(self, content: bytes, accept: str, name: str) -> Call:
        url, headers = self.endpoint.query, {"accept": accept}
        if self._get and len(content) <= LONGEST_GET:
            joint = "&" if "?" in url else "?"
            return Call(name, "GET", f"{url}{joint}{content.decode('ascii')}", headers)
        headers["content-type"] = _FORM
        return Call(name, "POST", url, headers, body=Bytes(content))


def _server_of(answer: Received) -> Server:
    """The kind of server that an answer tells; Virtuoso does so even from behind another one."""
    said = answer.headers.get("server", "").lower()
    virtuoso = "virtuoso" in said or "x-sparql-default-graph" in answer.headers
    if virtuoso:
        return Server.VIRTUOSO
    return next((each for each in Server if each.value.lower() in said), Server.OTHER)


def _iris(rows: Rows) -> list[str]:
    return [term.value for (term,) in rows if isinstance(term, ox.NamedNode)]
