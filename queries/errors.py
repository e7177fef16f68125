"""What can be wrong with a question; every one of these is a `QueryError`.

Messages are English; `complaint` says them in either language.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from simpul.ontology import QueryError, near_miss


class UnknownQuery(QueryError):
    """The catalogue has no query of this name; `near` is the one that was most likely meant."""

    def __init__(self, name: str, names: Iterable[str]) -> None:
        self.near = near_miss(name, names)
        hint = (
            f"did you mean {self.near!r}?"
            if self.near
            else "`simpul queries` lists all"
        )
        super().__init__(name, f"no such query; {hint}")


class NameTaken(QueryError):
    """A query cannot go by a name; `path` is its file, and `is_shipped` whether the catalogue has the name."""

    def __init__(self, name: str, path: Path, *, is_shipped: bool) -> None:
        self.path = path
        self.is_shipped = is_shipped
        super().__init__(
            name,
            f"the catalogue has a query of that name; call {path} otherwise"
            if is_shipped
            else f"there is {path} already; remove it, or take another name",
        )


class BadName(QueryError):
    """A name that a query cannot be kept under."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            "is no name for a query; write small letters, digits and hyphens, such as ties-of-my-town",
        )


class UnknownFormat(QueryError):
    """No result format has this name."""

    def __init__(self, name: str, names: Iterable[str]) -> None:
        known = sorted(names)
        self.known = tuple(known)
        self.near = near_miss(name, known)
        hint = (
            f"did you mean {self.near!r}?"
            if self.near
            else f"one of {', '.join(known)}"
        )
        super().__init__(name, f"no such result format; {hint}")


class UnfitFormat(QueryError):
    """A result cannot be written in this format."""


class MissingExtra(QueryError):
    """A format needs a package that is installed only with an extra of ours."""

    def __init__(self, name: str, extra: str) -> None:
        self.extra = extra
        super().__init__(
            name, f"needs the extra {extra!r}: pip install 'simpul[{extra}]'"
        )


class MissingParameter(QueryError):
    """A parameter must be given: it has no default, or its default `absent` is not in this graph.

    `examples` are values that this graph has.
    """

    def __init__(
        self,
        name: str,
        parameter: str,
        absent: str | None = None,
        examples: Sequence[str] = (),
    ) -> None:
        self.parameter = parameter
        self.absent = absent
        self.examples = tuple(examples)
        why = f", as its default {absent} is not in this graph" if absent else ""
        such = f"; this graph has {', '.join(examples)}" if examples else ""
        super().__init__(
            name, f"needs {parameter}{why}; give it as -p {parameter}=…{such}"
        )


class UnknownParameter(QueryError):
    """A value was given for something the query does not ask for."""

    def __init__(self, name: str, parameter: str, names: Iterable[str]) -> None:
        known = list(names)
        self.parameter = parameter
        self.names = tuple(known)
        self.near = near_miss(parameter, known)
        if self.near:
            hint = f"did you mean {self.near!r}?"
        else:
            hint = f"it has {', '.join(known)}" if known else "it has none"
        super().__init__(name, f"has no parameter {parameter!r}; {hint}")


class BadParameter(QueryError):
    """A value does not fit the type of its parameter, or names nothing in the graph.

    `reason` is what is wrong with it; `code` and `facts` say the same for `complaint`, where there are any.
    """

    def __init__(
        self,
        name: str,
        parameter: str,
        value: object,
        problem: str,
        code: str | None = None,
        facts: Mapping[str, object] | None = None,
    ) -> None:
        self.parameter = parameter
        self.value = value
        self.reason = problem
        self.code = code
        self.facts = dict(facts or {})
        super().__init__(name, f"{parameter}={str(value)!r} {problem}")


class BadQueryFile(QueryError):
    """A query file breaks the rules of the catalogue: its header and its text do not agree."""


class QuerySyntaxError(QueryError):
    """The engine cannot read a query. Lines and columns count from 1; `detail` is what the engine said.

    `prefix` is the one that is not declared, where that is why. Where another reason is known, `code` and `facts`
    name its sentence in `complaints.toml`, and `detail` is that sentence in English.
    """

    def __init__(
        self,
        name: str,
        line: int,
        column: int,
        source: str,
        detail: str,
        prefix: str | None = None,
        code: str | None = None,
        facts: Mapping[str, object] | None = None,
    ) -> None:
        # None of it may grow with the text: it is sent back to whoever sent that.
        source, place = _clipped(source, column)
        if prefix and len(prefix) > _LONGEST_PREFIX:
            detail = detail.replace(prefix, f"{prefix[:_LONGEST_PREFIX]}…")
            prefix = f"{prefix[:_LONGEST_PREFIX]}…"
        if len(detail) > _LONGEST_DETAIL:
            detail = f"{detail[:_LONGEST_DETAIL]}…"
        self.code = code
        self.facts: Mapping[str, object] = facts or {}
        self.line = line
        self.column = column
        self.detail = detail
        self.prefix = prefix
        # The line it stands in, with a mark under the place.
        self.excerpt = f"\n  {source}\n  {' ' * (place - 1)}^" if source else ""
        super().__init__(name, f"line {line}, column {column}: {detail}{self.excerpt}")


_AROUND, _LONGEST_PREFIX, _LONGEST_DETAIL = 60, 60, 1000


def _clipped(source: str, column: int) -> tuple[str, int]:
    """A line as it is quoted, so many characters before and after a column, and where that column is in it."""
    start, end = max(0, column - 1 - _AROUND), column - 1 + _AROUND
    before, after = "…" if start else "", "…" if end < len(source) else ""
    return f"{before}{source[start:end]}{after}", column - start + len(before)


class QueryFailed(QueryError):
    """The engine could read a query and then gave up on it; `problem` is what it said."""


class StackExceeded(QueryFailed):
    """The process that answered died over a query in the way that one does which nests too deep for the engine."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            "the engine broke down over it, as it does when a query nests too deep or has too many parts in a row; "
            "split the query",
        )


class QueryStopped(QueryError):
    """A query went past a limit and was stopped; there is no part of its answer. `limit` is what was allowed."""

    def __init__(self, name: str, limit: float, problem: str) -> None:
        self.limit = limit
        super().__init__(name, problem)


class TimeExceeded(QueryStopped):
    """A query took longer than it was allowed to; `limit` is in seconds."""

    def __init__(self, name: str, limit: float) -> None:
        super().__init__(
            name,
            limit,
            f"took longer than {limit:g} s and was stopped; ask for less, or allow it more time",
        )


class MemoryExceeded(QueryStopped):
    """A query needed more memory than it was allowed; `limit` is in bytes."""

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(
            name,
            limit,
            f"needed more than {limit:,} bytes of memory and was stopped; "
            "ask for less, sort less, or allow it more memory",
        )


class RowsExceeded(QueryStopped):
    """An answer has more rows or triples than were allowed."""

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(
            name,
            limit,
            f"has more than {limit:,} rows; ask for a part with LIMIT and OFFSET, or allow more rows",
        )


class BytesExceeded(QueryStopped):
    """A written answer is longer than was allowed; `limit` is in bytes."""

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(
            name,
            limit,
            f"has an answer of more than {limit:,} bytes; ask for a part with LIMIT and OFFSET, "
            "or allow more bytes",
        )


class OutboundRequest(QueryError):
    """A query would make this machine call another one, which Simpul does not do."""

    def __init__(self, keyword: str, line: int, column: int) -> None:
        self.keyword = keyword
        self.line = line
        self.column = column
        super().__init__(
            "query",
            f"line {line}, column {column}: {keyword} is refused, since it would call another machine; "
            "ask that one directly, or rename what only contains the word",
        )


class NestedTooDeep(QueryError):
    """A query nests so deep that its parser could end the process.

    Brackets do, and so do operators and clauses in a row, each of which holds all before it: then `links`
    says so, and `deepest` is how many of those there may be.
    """

    def __init__(
        self, deepest: int, line: int, column: int, *, links: bool = False
    ) -> None:
        self.deepest = deepest
        self.links = links
        self.line = line
        self.column = column
        super().__init__(
            "query",
            f"line {line}, column {column}: more than {deepest} operators or clauses in a row; "
            "split the query, or list values with VALUES or IN"
            if links
            else f"line {line}, column {column}: more than {deepest} brackets are open; split the query",
        )


class ReadOnlyGraph(QueryError):
    """A graph that is not to be changed was to be; `problem` says how to get one that may be."""


class UnknownClaim(QueryError):
    """The graph holds no claim of this key.

    `near` is the key that was most likely meant, capitals aside, and `example` the first one that there is.
    """

    def __init__(self, text: str, keys: Iterable[str]) -> None:
        known = list(keys)
        small = {key.lower(): key for key in known}
        near = near_miss(text.lower(), small)
        self.near = small[near] if near else None
        self.example = next(iter(known), None)
        if self.near:
            hint = f"did you mean {self.near!r}?"
        elif self.example:
            hint = f"give a key such as {self.example}, kind/key, or an IRI"
        else:
            hint = "it holds no claim at all"
        super().__init__(text, f"no such claim in this graph; {hint}")


class NoGraph(QueryError):
    """There is no graph to ask at this place."""

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        super().__init__(str(path), problem)
