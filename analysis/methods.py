"""What a paper says of how its figures came about: the boundary rule, and a paragraph on methods with its sources."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from simpul.ontology import Language, Wording

from .network import Names
from .reading import AnsweringGraph


@dataclass(frozen=True, slots=True)
class Method:
    """One step of an analysis in a sentence, and the keys of its sources in `references`."""

    code: str
    sources: tuple[str, ...]

    def say(self, language: Language, **facts: object) -> str:
        """The sentence, its sources in it as a reader cites them."""
        words = Wording.load("simpul.analysis", "methods.toml")
        return words.say(self.code, language, **facts)


METHODS: tuple[Method, ...] = (
    Method("centrality", ("freeman1977", "freeman1978", "bonacich1972")),
    Method(
        "positions",
        (
            *("barrat2004", "newman2001", "opsahl2010", "wasserman1994"),
            *("marchiori2000", "brin1998", "burt1992", "borgatti1997", "seidman1983"),
        ),
    ),
    Method("whole", ("wasserman1994", "freeman1978", "newman2002")),
    Method("direction", ("wasserman1994", "holland1970")),
    Method("brokerage", ("gould1989",)),
    Method("mixing", ("krackhardt1988", "newman2003", "phipson2010")),
    Method("communities", ("blondel2008", "newman2004", "hubert1985")),
    Method("change", ("phipson2010",)),
)
"""The steps that a report takes, in the order in which it takes them."""


def method_sentences(
    language: Language, steps: Iterable[str], **facts: object
) -> tuple[str, ...]:
    """The sentences of these steps, in the order of `METHODS`."""
    chosen = frozenset(steps)
    return tuple(each.say(language, **facts) for each in METHODS if each.code in chosen)


def references() -> str:
    """The sources of the measures and tests, as BibTeX."""
    place = files("simpul.analysis").joinpath("references.bib")
    return place.read_text(encoding="utf-8").replace("\r\n", "\n")


def read_boundary(graph: AnsweringGraph) -> Names:
    """The rule by which a body or tie belongs to the graph; empty where the graph states none."""
    query = files("simpul.analysis").joinpath("boundary.rq").read_text(encoding="utf-8")
    answers = graph.query(query)
    rows: Any = getattr(answers, "rows", answers)
    told = {str(language.value): str(rule.value) for language, rule in rows}
    return Names(told.get("id", ""), told.get("en", ""))
