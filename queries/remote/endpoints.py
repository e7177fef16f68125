"""Where a server takes queries, updates and graphs, guessed from the one address that a person gives."""

import ipaddress
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit, urlunsplit

from .errors import BadEndpoint


class Server(StrEnum):
    """A kind of server, by the paths that it is known for."""

    OXIGRAPH = "Oxigraph"
    VIRTUOSO = "Virtuoso"
    FUSEKI = "Fuseki"
    RDF4J = "RDF4J"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The addresses of a server. `store`, of the Graph Store Protocol, is empty where it is not known.

    `graph_parameter` names a graph to the store: `graph` by the standard, `graph-uri` for Virtuoso.
    """

    query: str
    store: str = ""
    graph_parameter: str = "graph"
    kind: Server = Server.OTHER

    def store_of(self, graph: str) -> tuple[str, dict[str, str]]:
        """The address of one named graph, and the parameters to add to it."""
        return self.store, {self.graph_parameter: graph}


def endpoints_at(url: str, *, store: str | None = None) -> tuple[Endpoint, ...]:
    """Where a server may be asked, the likeliest first; there is a choice only for a bare host.

    `store` is the address of its graph store where that is not the usual one.

    Raises: BadEndpoint for an address that is not http or https, or that holds a password.

    >>> [(e.kind.value, e.store) for e in endpoints_at("http://localhost:8890/sparql")]
    [('Virtuoso', 'http://localhost:8890/sparql-graph-crud-auth')]
    >>> [e.query for e in endpoints_at("http://localhost:7878")]
    ['http://localhost:7878/query', 'http://localhost:7878/sparql']
    """
    parts = checked(url)
    found = tuple(_guesses(parts))
    if store is None:
        return found
    checked(store)
    return tuple(
        Endpoint(each.query, store, _parameter_of(store), each.kind) for each in found
    )


def checked(url: str) -> SplitResult:
    """The parts of an address that may be asked.

    Raises: BadEndpoint.
    """
    problem = "is no address of a server; give one such as https://example.org/sparql"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise BadEndpoint("endpoint", _printable(url), problem) from None
    if parts.username is not None or parts.password is not None:
        # Neither said again nor kept: a line is seen by everyone on the machine.
        raise BadEndpoint(
            "endpoint",
            "",
            "an address must not hold a user or password; they come from SIMPUL_ENDPOINT_USER and "
            "SIMPUL_ENDPOINT_PASSWORD, or from ~/.netrc",
        )
    fit = url.isascii() and url.isprintable() and " " not in url
    if parts.scheme not in ("http", "https") or not host or not fit:
        raise BadEndpoint("endpoint", _printable(url), problem)
    return parts._replace(fragment="")


def origin_of(url: str) -> tuple[str, str, int]:
    """The scheme, host and port that an address leads to."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return parts.scheme, (parts.hostname or "").lower(), port


def is_loopback(url: str) -> bool:
    """Whether an address leads to this very machine."""
    host = origin_of(url)[1]
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _guesses(parts: SplitResult) -> list[Endpoint]:
    path = parts.path.rstrip("/")
    above, _, last = path.rpartition("/")

    def at(path: str) -> str:
        return urlunsplit(parts._replace(path=path, query=""))

    given = urlunsplit(parts)
    oxigraph = Endpoint(at("/query"), at("/store"), kind=Server.OXIGRAPH)
    virtuoso = Endpoint(
        at("/sparql"), at("/sparql-graph-crud-auth"), "graph-uri", Server.VIRTUOSO
    )
    if not path:
        return [oxigraph, virtuoso]
    if path == "/query":
        return [Endpoint(given, oxigraph.store, kind=Server.OXIGRAPH)]
    if path in ("/sparql", "/sparql-auth"):
        return [
            Endpoint(given, virtuoso.store, virtuoso.graph_parameter, virtuoso.kind)
        ]
    if above.endswith("/repositories"):
        store = at(f"{path}/rdf-graphs/service")
        return [Endpoint(given, store, kind=Server.RDF4J)]
    if last in ("query", "sparql"):
        return [Endpoint(given, at(f"{above}/data"), kind=Server.FUSEKI)]
    return [Endpoint(given)]


def _parameter_of(store: str) -> str:
    virtuoso = urlsplit(store).path.startswith("/sparql-graph-crud")
    return "graph-uri" if virtuoso else "graph"


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in text[:200])
