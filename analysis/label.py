"""What a graph calls itself."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Self

from simpul.ontology import BASE
from simpul.queries import Graph, Rows

from .network import Names


@dataclass(frozen=True, slots=True)
class Label:
    """What a graph calls itself: its key, its title, and the base of its IRIs."""

    key: str
    title: Names
    base: str = BASE

    @classmethod
    def of(cls, rows: Rows) -> Self:
        """Read the rows of `label_query`; a graph that says nothing of itself is called `graph`."""
        titles: dict[str, str] = {}
        iri = f"{BASE}id/ecosystem/graph"
        for row in rows:
            iri, language, title = (getattr(term, "value", "") for term in row)
            titles[language] = title
        base, _, key = iri.rpartition("id/ecosystem/")
        names = Names(titles.get("id", ""), titles.get("en", ""))
        return cls(key, names or Names(key, key), base or BASE)


def label_of(graph: Graph) -> Label:
    """Ask a graph what it calls itself."""
    rows = graph.query(label_query(), name="label")
    return Label.of(rows if isinstance(rows, Rows) else Rows((), ()))


@cache
def label_query() -> str:
    """The query whose rows make a label."""
    return files("simpul.analysis").joinpath("label.rq").read_text(encoding="utf-8")
