"""The queries in `sparql/`, by which a graph is asked for what needs no query on this machine."""

from functools import cache
from importlib.resources import files

from ..binding import swap
from ..results import Term


def own(name: str, **terms: Term) -> str:
    """One of the queries, with these terms in its VALUES rows."""
    return swap(_text(name), terms)


@cache
def _text(name: str) -> str:
    place = files("simpul.queries.remote").joinpath("sparql", f"{name}.rq")
    return place.read_text(encoding="utf-8")
