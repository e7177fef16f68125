"""Reading graphs by the SPARQL 1.1 Graph Store HTTP Protocol: the default graph, or one by its name.

Source: W3C SPARQL 1.1 Graph Store HTTP Protocol, sections 4.2, 5.2 and 5.6. Whole graphs are not written over
HTTP: a graph comes of records, or of an update.
"""

import time

import pyoxigraph as ox

from simpul.ontology import SimpulError

from .endpoint import Endpoint
from .metrics import Measures
from .pool import ClientGone
from .problems import refusal_of
from .protocol import Operation, Refusal, form_fields
from .site import Site
from .wire import COMMON, Receive, Scope, Send, read_headers, refuse, send_whole

_METHODS = "GET, HEAD, OPTIONS"


class GraphStoreEndpoint:
    """Answers `/graphs?default` and `/graphs?graph=IRI`. An ASGI application."""

    def __init__(self, site: Site, endpoint: Endpoint, measures: Measures) -> None:
        self._site = site
        self._endpoint = endpoint
        self._measures = measures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request for a graph."""
        began = time.perf_counter()
        method: str = scope["method"]
        said = read_headers(scope)
        status = 499
        try:
            if method == "OPTIONS":
                headers = [
                    *COMMON,
                    (b"allow", _METHODS.encode()),
                    (b"access-control-allow-methods", _METHODS.encode()),
                    (b"access-control-allow-headers", b"Accept, If-None-Match"),
                ]
                status = 204
                await send_whole(send, status, headers, b"")
                return
            if method not in ("GET", "HEAD"):
                headers_of_refusal = {"allow": _METHODS}
                said_so = f"graphs are read here, and there is no {method}; change one by an update at /sparql"
                raise Refusal(405, said_so, headers_of_refusal)
            operation = await self._operation(scope["query_string"])
            plan = await self._endpoint.planned(operation, said)
            status = await self._endpoint.respond(plan, said, method, receive, send)
        except Refusal as refusal:
            status = refusal.status
            await refuse(refusal, said.accept, method, send)
        except SimpulError as error:
            problem = refusal_of(error)
            status = problem.status
            await refuse(problem, said.accept, method, send)
        except ClientGone:
            return
        finally:
            self._measures.note("graphs", status, time.perf_counter() - began)

    async def _operation(self, query_string: bytes) -> Operation:
        graph = _graph(query_string)
        if graph is None:
            return Operation("query", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        # The standard tells a graph that is not there from one that is empty; a graph store of quads cannot.
        if not await self._site.query(f"ASK {{ GRAPH {graph} {{ ?s ?p ?o }} }}"):
            raise Refusal(404, f"there is no graph {graph}")
        pattern = f"GRAPH {graph} {{ ?s ?p ?o }}"
        return Operation("query", f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}")


def _graph(query_string: bytes) -> ox.NamedNode | None:
    fields = form_fields(query_string)
    is_default = any(name == "default" for name, _ in fields)
    names = [value for name, value in fields if name == "graph"]
    if is_default == bool(names) or len(names) > 1:
        raise Refusal(400, "name one graph: ?default, or ?graph=IRI")
    if is_default:
        return None
    try:
        return ox.NamedNode(names[0])
    except ValueError:
        raise Refusal(400, "a graph is named by an absolute IRI") from None
