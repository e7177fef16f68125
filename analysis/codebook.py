"""The codes that a network uses, with their names and definitions from the ontology."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from simpul.ontology import LANGUAGES, code_lists

from .network import NamedCode, Names, Network


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A code of one variable: what it is called, what it means, and how often the network uses it."""

    variable: str
    code: str
    name: Names
    definition: Names
    uses: int


def codebook(network: Network) -> tuple[CodeEntry, ...]:
    """The codes in use, by variable and then code; a code that is not in the lists has no definition."""
    counted = Counter(_uses(network))
    lists = code_lists()
    known = {
        concept.iri: concept
        for scheme in lists.schemes()
        for concept in lists.scheme(scheme)
    }
    entries: list[CodeEntry] = []
    for (variable, code), uses in counted.items():
        concept = known.get(code.iri)
        definition = Names()
        if concept:
            said = concept.definitions
            definition = Names(*(said.get(language, "") for language in LANGUAGES))
        entries.append(CodeEntry(variable, code.code, code.name, definition, uses))
    return tuple(sorted(entries, key=lambda each: (each.variable, each.code)))


def _uses(network: Network) -> Iterator[tuple[str, NamedCode]]:
    for body in network.bodies:
        for name in ("sector", "strand", "kind"):
            if code := getattr(body, name):
                yield name, code
    for tie in network.ties:
        for name in (
            *("type", "layer", "status", "confidence", "standing"),
            *("holding", "modality", "sign", "basis"),
        ):
            if code := getattr(tie, name):
                yield name, code
        for participant in tie.participants:
            yield "role", participant.role
        for item in tie.evidence:
            if item.explicitness:
                yield "explicitness", item.explicitness
