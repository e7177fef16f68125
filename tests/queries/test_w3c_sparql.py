"""The SPARQL tests of the W3C through our call: it passes what the bare engine passes, and refuses what it says.

What is compared is the engine with nothing of ours around it. `w3c_sparql` reads the tests.
"""

from collections import Counter

import pyoxigraph as ox
import pytest

from simpul.ontology import QueryError
from simpul.queries import (
    DatasetChoice,
    GraphStore,
    Limits,
    OutboundRequest,
    Rows,
    Triples,
)
from w3c_sparql import MISSING, Aim, Case, Outcome, cases, folder

pytestmark = pytest.mark.skipif(folder() is None, reason=MISSING)

STRICT = DatasetChoice(union=False)

# What names another machine, which we refuse unless a caller trusts the text.
REFUSED = {
    "sparql11/service#service7",
    *(f"sparql11/syntax-fed#test_{n}" for n in (1, 2, 3)),
    *(f"sparql11/syntax-update-1#test_{n}" for n in (1, 2, 3, 4, 37, 41, 47, 48, 49)),
    "sparql11/update-silent#load-into-silent",
    "sparql11/update-silent#load-silent",
}

# The counts of Oxigraph 0.5.13, of 1,250 tests.
PASSED = {
    "1.0 query": 269,
    "1.0 syntax": 198,
    "1.1 query": 224,
    "1.1 syntax": 169,
    "1.1 update": 94,
    "1.2 query": 61,
    "1.2 syntax": 200,
    "1.2 update": 3,
}


def by_engine(case: Case) -> Outcome:
    """What the bare engine makes of a test."""
    store = ox.Store()
    store.extend(case.quads())
    if case.is_update:
        store.update(case.text)
        return list(store)
    answer = store.query(case.text)
    if isinstance(answer, ox.QueryBoolean):
        return bool(answer)
    if isinstance(answer, ox.QueryTriples):
        return Triples.of(answer)
    variables = tuple(variable.value for variable in answer.variables)
    return Rows(variables, tuple(tuple(row) for row in answer))


def by_us(case: Case, *, outbound: bool = False) -> Outcome:
    """What our call makes of it."""
    graph = GraphStore.from_quads(case.quads())
    if case.is_update:
        graph.update(case.text, outbound=outbound)
        return list(graph.quads())
    return graph.query(case.text, dataset=STRICT, outbound=outbound)


def by_us_trusting(case: Case) -> Outcome:
    return by_us(case, outbound=True)


@pytest.fixture(scope="module")
def passed_by_engine() -> set[str]:
    return {case.name for case in cases() if case.passes(by_engine)}


def test_the_engine_passes_as_many_as_is_known(passed_by_engine: set[str]) -> None:
    counts = Counter(case.suite for case in cases() if case.name in passed_by_engine)
    assert len(cases()) == 1250
    assert counts == PASSED
    assert counts.total() == 1218


def test_we_pass_exactly_what_the_engine_passes(passed_by_engine: set[str]) -> None:
    passed = {case.name for case in cases() if case.passes(by_us_trusting)}
    assert passed == passed_by_engine


def test_of_a_text_that_is_not_trusted_we_refuse_what_names_other_machines() -> None:
    refused: set[str] = set()
    for case in cases():
        try:
            by_us(case)
        except OutboundRequest:
            refused.add(case.name)
        except QueryError:  # whether it passes is asked elsewhere
            continue
    assert refused == REFUSED
    assert len(REFUSED) == 15


def test_what_is_not_refused_passes_without_trust_too(
    passed_by_engine: set[str],
) -> None:
    asked = [case for case in cases() if case.name not in REFUSED]
    passed = {case.name for case in asked if case.passes(by_us)}
    assert passed == passed_by_engine - REFUSED


@pytest.mark.slow
def test_another_process_answers_as_this_one(passed_by_engine: set[str]) -> None:
    def apart(case: Case) -> Outcome:
        graph = GraphStore.from_quads(case.quads())
        return graph.query(case.text, dataset=STRICT, limits=Limits(time_s=60))

    asked = [
        case
        for place, case in enumerate(cases())
        if case.aim is Aim.ANSWER and place % 5 == 0 and case.name not in REFUSED
    ]
    passed = {case.name for case in asked if case.passes(apart)}
    assert passed == {case.name for case in asked} & passed_by_engine
