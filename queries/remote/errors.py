"""What can go wrong with a graph that is elsewhere; every one of these is a `RemoteError`."""

from collections.abc import Mapping

from simpul.ontology import QueryError


class RemoteError(QueryError):
    """A server elsewhere did not do what it was asked; `url` is where, without anything secret."""

    def __init__(self, name: str, url: str, problem: str) -> None:
        self.url = url
        super().__init__(name, f"{url} {problem}" if url else problem)


class BadEndpoint(RemoteError):
    """An address is not one that can be asked."""


class Unreachable(RemoteError):
    """No server answers there: no connection, no such host, or a certificate that does not hold."""


class NotAuthorised(RemoteError):
    """A server wants to know who asks, or does not let that one in. `status` is 401 or 403."""

    def __init__(self, name: str, url: str, status: int, problem: str) -> None:
        self.status = status
        super().__init__(name, url, problem)


class RemoteRefused(RemoteError):
    """A server answered with an HTTP error; `said` is the beginning of its own words, on one line."""

    def __init__(self, name: str, url: str, status: int, said: str) -> None:
        self.status = status
        self.said = said
        super().__init__(
            name, url, f"answers {status}" + (f": {said}" if said else ", and no more")
        )


class RedirectRefused(RemoteError):
    """A server sends the question on to another one; `target` is which."""

    def __init__(self, name: str, url: str, target: str) -> None:
        self.target = target
        super().__init__(
            name,
            url,
            f"sends on to {target}, which is not followed to another host; give that address if you trust it",
        )


class BrokenAnswer(RemoteError):
    """What came back is no whole answer: broken off, or not in a form that was asked for."""


class CutAnswer(RemoteError):
    """A server gives no more than a part of its answer; `limit` is how much it gives."""

    def __init__(self, name: str, url: str, limit: int) -> None:
        self.limit = limit
        super().__init__(
            name,
            url,
            f"cuts every answer at {limit:,} rows, and this one has that many; ask for fewer with LIMIT",
        )


class TooManyGraphs(RemoteError):
    """A server holds too many graphs to name them all in a question; `count` is how many there are at least."""

    def __init__(self, name: str, url: str, count: int) -> None:
        self.count = count
        super().__init__(
            name,
            url,
            f"holds {count:,} graphs or more; say which are meant by what their names begin with "
            "(--graph-prefix), or name them in the query with FROM",
        )


class CopyTooLarge(RemoteError):
    """A graph is too large to be copied to this machine; `count` is how many statements it has."""

    def __init__(self, name: str, url: str, count: int, limit: int) -> None:
        self.count = count
        self.limit = limit
        super().__init__(
            name,
            url,
            f"holds {count:,} statements, and at most {limit:,} are copied from there; "
            "have it answer itself (--answers server), or choose some of its graphs (--graph-prefix)",
        )


class SeveralVersions(RemoteError):
    """A server holds more than one version; `prefixes` are what the names of their graphs begin with."""

    def __init__(self, name: str, url: str, prefixes: tuple[str, ...]) -> None:
        self.prefixes = prefixes
        super().__init__(
            name,
            url,
            "holds more than one version; choose one by what its graphs begin with: "
            + ", ".join(f"--graph-prefix {prefix}" for prefix in prefixes),
        )


class NoSuchGraphs(RemoteError):
    """No graph of a server has a name that begins so; `prefix` is what was looked for."""

    def __init__(self, name: str, url: str, prefix: str) -> None:
        self.prefix = prefix
        super().__init__(name, url, f"holds no graph whose name begins with {prefix}")


class GraphsThere(RemoteError):
    """A server holds graphs of these names already; `graphs` has how many statements each has."""

    def __init__(self, name: str, url: str, graphs: Mapping[str, int]) -> None:
        self.graphs = dict(graphs)
        some = ", ".join(f"{graph} ({count:,})" for graph, count in graphs.items())
        super().__init__(
            name,
            url,
            f"holds statements already in {some}; replace them with --replace, "
            "or write beside them with --graph-prefix",
        )


class PushFailed(RemoteError):
    """A server took a graph and does not hold it whole; the push may be done again."""

    def __init__(
        self, name: str, url: str, graph: str, expected: int, found: int
    ) -> None:
        self.graph = graph
        self.expected = expected
        self.found = found
        super().__init__(
            name,
            url,
            f"was given {expected:,} statements for {graph} and counts {found:,}; push again with --replace",
        )
