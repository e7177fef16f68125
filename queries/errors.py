"""What can be wrong with a question; every one of these is a `QueryError`."""

from collections.abc import Iterable
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


class UnknownFormat(QueryError):
    """No result format has this name."""

    def __init__(self, name: str, names: Iterable[str]) -> None:
        known = sorted(names)
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
    """A parameter must be given: it has no default, or its default is not in this graph."""

    def __init__(self, name: str, parameter: str, absent: str | None = None) -> None:
        self.parameter = parameter
        self.absent = absent
        why = f", as its default {absent} is not in this graph" if absent else ""
        super().__init__(name, f"needs {parameter}{why}; give it as -p {parameter}=…")


class UnknownParameter(QueryError):
    """A value was given for something the query does not ask for."""

    def __init__(self, name: str, parameter: str, names: Iterable[str]) -> None:
        known = list(names)
        self.parameter = parameter
        self.near = near_miss(parameter, known)
        if self.near:
            hint = f"did you mean {self.near!r}?"
        else:
            hint = f"it has {', '.join(known)}" if known else "it has none"
        super().__init__(name, f"has no parameter {parameter!r}; {hint}")


class BadParameter(QueryError):
    """A value does not fit the type of its parameter, or names nothing in the graph."""

    def __init__(self, name: str, parameter: str, value: object, problem: str) -> None:
        self.parameter = parameter
        self.value = value
        super().__init__(name, f"{parameter}={str(value)!r} {problem}")


class BadQueryFile(QueryError):
    """A query file breaks the rules of the catalogue: its header and its text do not agree."""


class QuerySyntaxError(QueryError):
    """The engine cannot read a query. Lines and columns count from 1; `detail` is what the engine said."""

    def __init__(
        self, name: str, line: int, column: int, source: str, detail: str
    ) -> None:
        self.line = line
        self.column = column
        self.detail = detail
        shown = f"\n  {source}\n  {' ' * (column - 1)}^" if source else ""
        super().__init__(name, f"line {line}, column {column}: {detail}{shown}")


class QueryFailed(QueryError):
    """The engine could read a query and then gave up on it; `problem` is what it said."""


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
    """A query nests brackets so deep that its parser could end the process."""

    def __init__(self, deepest: int, line: int, column: int) -> None:
        self.line = line
        self.column = column
        super().__init__(
            "query",
            f"line {line}, column {column}: more than {deepest} brackets are open; split the query",
        )


class NoGraph(QueryError):
    """There is no graph to ask at this place."""

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        super().__init__(str(path), problem)
