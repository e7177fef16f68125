"""The names in Python and those in Turtle are the same two sets."""

from importlib import import_module
from importlib.resources import files

import pytest

import simpul.ontology
from simpul.ontology import BASE, SIMPUL, Code, code_lists

# A tool for those who change the ontology: no part of what the room shows.
names = import_module("simpul.ontology.names")

ENUMERATIONS = [
    found
    for found in vars(simpul.ontology).values()
    if isinstance(found, type) and issubclass(found, Code) and found is not Code
]


def test_every_term_has_its_name_and_every_name_its_term() -> None:
    named = {
        value
        for name, value in vars(SIMPUL).items()
        if isinstance(value, str) and not name.startswith("__")
    }
    assert named == {f"{BASE}ontology#{name}" for name in names.term_names()}


@pytest.mark.parametrize("codes", ENUMERATIONS, ids=lambda codes: codes.__name__)
def test_every_code_has_its_member_and_every_member_its_code(codes: type[Code]) -> None:
    listed = {concept.iri for concept in code_lists().scheme(codes.scheme())}
    assert {member.iri for member in codes} == listed


def test_every_list_of_ours_has_an_enumeration() -> None:
    assert {codes.scheme() for codes in ENUMERATIONS} == set(names.SCHEMES)
    assert set(code_lists().schemes()) - set(names.SCHEMES) == {"kbli-2020"}


@pytest.mark.parametrize(
    ("module", "text"),
    [("terms.py", names.terms_module()), ("codes.py", names.codes_module())],
    ids=["terms", "codes"],
)
def test_generated_modules_are_up_to_date(module: str, text: str) -> None:
    shipped = files("simpul.ontology").joinpath(module).read_text(encoding="utf-8")
    assert shipped == text, "run python -m simpul.ontology.names"
