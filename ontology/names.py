"""Writes terms.py and codes.py after the Turtle, which is the source: `python -m simpul.ontology.names`.

Run it after a change of ontology.ttl or concepts/; a test fails where the two sets of names differ.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from .files import concepts_turtle, ontology_turtle
from .vocabularies import BASE, RDFS, SKOS

SCHEMES: tuple[str, ...] = (
    "admin-level",
    "basis",
    "change-type",
    "claim-status",
    "comparator",
    "confidence",
    "coverage",
    "discrepancy-type",
    "document-type",
    "event-kind",
    "explicitness",
    "holding",
    "indicator",
    "industry",
    "institution-kind",
    "modality",
    "occupancy-basis",
    "participant-role",
    "sector",
    "sign",
    "standing",
    "tie-type",
    "title-basis",
    "unit",
    "value-mode",
)
"""The code lists with an enumeration in Python; editions of KBLI have none, as outsiders keep them."""

TERMS_HEAD = '''"""Names of the terms of the Simpul ontology, written by names.py after ontology.ttl."""

# ruff: noqa: N815 - the names are those of the terms.

from typing import Final

from .vocabularies import BASE

_SIMPUL: Final = BASE + "ontology#"


class SIMPUL:
    """The terms of Simpul: classes first, then properties."""

'''

CODES_HEAD = '''"""The code lists as enumerations, written by names.py after concepts/*.ttl.

The value of a member is its code; labels and definitions are in `code_lists()`.
"""

import re
from enum import StrEnum

from .vocabularies import BASE


class Code(StrEnum):
    """A code of some list. The name of a subclass is that of its concept scheme."""

    @classmethod
    def scheme(cls) -> str:
        """The name of the concept scheme, e.g. `tie-type`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    @property
    def iri(self) -> str:
        """The IRI of the concept."""
        return f"{BASE}concept/{self.scheme()}/{self.value}"
'''


def term_names() -> list[str]:
    """Local names of the terms that ontology.ttl defines, classes before properties."""
    start = BASE + "ontology#"
    return sorted(
        {
            subject.removeprefix(start)
            for subject in _subjects(ontology_turtle(), RDFS.isDefinedBy)
            if subject.startswith(start)
        },
        key=lambda name: (name[0].islower(), name),
    )


def code_names() -> dict[str, list[str]]:
    """The codes of each scheme, sorted, for all schemes that concepts/*.ttl has."""
    schemes: dict[str, list[str]] = {}
    for subject in _subjects(concepts_turtle(), SKOS.inScheme):
        scheme, _, code = subject.removeprefix(BASE + "concept/").rpartition("/")
        schemes.setdefault(scheme, []).append(code)
    return {scheme: sorted(codes) for scheme, codes in sorted(schemes.items())}


def terms_module() -> str:
    """The text of terms.py."""
    return TERMS_HEAD + "".join(
        f'    {name}: Final = _SIMPUL + "{name}"\n' for name in term_names()
    )


def codes_module() -> str:
    """The text of codes.py."""
    codes = code_names()
    return CODES_HEAD + "".join(_enumeration(name, codes[name]) for name in SCHEMES)


def _enumeration(scheme: str, codes: Iterable[str]) -> str:
    name = "".join(part.capitalize() for part in scheme.split("-"))
    members = "".join(
        f'    {re.sub("[^A-Z0-9]", "_", code.upper())} = "{code}"\n' for code in codes
    )
    return f'\n\nclass {name}(Code):\n    """Codes of the scheme `{scheme}`."""\n\n{members}'


def _subjects(turtle: str, predicate: str) -> set[str]:
    return {
        triple.subject.value
        for triple in ox.parse(turtle, format=ox.RdfFormat.TURTLE)
        if triple.predicate.value == predicate
        and isinstance(triple.subject, ox.NamedNode)
    }


def main() -> None:
    """Rewrite both modules beside this one."""
    here = Path(__file__).parent
    for name, text in [("terms.py", terms_module()), ("codes.py", codes_module())]:
        (here / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
