"""Explanations: judged clause by clause from the graph, they come to what the rules derived."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.graph_builder import (
    bearing_sources,
    build_ecosystem,
    find_ecosystem,
    load_records,
    make_graph,
    settled_records,
    withdraw,
)
from simpul.ontology import (
    BASE,
    LANGUAGES,
    SIMPUL,
    Confidence,
    Language,
    Modality,
    Standing,
)
from simpul.queries import (
    Explainer,
    Explanation,
    GraphStore,
    Grounds,
    Rows,
    UnknownClaim,
    claim_keys,
    explain,
    explanation_data,
    find_claim,
    judge_confidence,
    judge_standing,
    prospects,
)
from worlds import RATTAN, copy_of_rattan, edit

WORLDS = ("footwear", "seed", "rattan")
RELEASE = "release/rel-kemenperin-2024-09-11-groundbreaking-bpipi"


@pytest.fixture(scope="module")
def graphs() -> dict[str, GraphStore]:
    def graph(name: str) -> GraphStore:
        ecosystem = find_ecosystem(RATTAN if name == "rattan" else name)
        return GraphStore(make_graph(ecosystem, settled_records(ecosystem)).store)

    return {name: graph(name) for name in WORLDS}


@pytest.fixture(scope="module")
def footwear(graphs: dict[str, GraphStore]) -> GraphStore:
    return graphs["footwear"]


def told(graph: GraphStore, key: str, lang: Language = "en") -> dict[str, list[str]]:
    """What is said of a claim, by section, headings first."""
    explanation = explain(graph, find_claim(graph, key))
    sections = Explainer(graph, lang).sections(explanation)
    return {section.code: [section.heading, *section.sentences] for section in sections}


def codes(explanation: Explanation) -> tuple[str, str | None]:
    standing = explanation.standing.decisive.code if explanation.standing else None
    return explanation.confidence.decisive.code, standing


# --- two implementations, one answer ---


@pytest.mark.parametrize("world", WORLDS)
def test_every_claim_is_judged_as_the_rules_derived(
    graphs: dict[str, GraphStore], world: str
) -> None:
    graph = graphs[world]
    judged: dict[str, tuple[str | None, str | None]] = {}
    derived: dict[str, tuple[str | None, str | None]] = {}
    decided: set[tuple[str, str | None]] = set()
    for key in {key for key in claim_keys(graph) if "/" in key}:
        found = explain(graph, f"{BASE}id/{key}")
        decided.add(codes(found))
        standing = found.standing.result.iri if found.standing else None
        judged[key] = (found.confidence.result.iri, standing)
        derived[key] = found.derived
    assert len(judged) > 10
    assert judged == derived
    if world == "footwear":
        # Every clause has its case in the records, the origins of an authority excepted.
        assert {confidence for confidence, _ in decided} >= {
            "opposed",
            "unnamed",
            "unsaid",
            "origins",
            "otherwise",
        }
        assert {standing for _, standing in decided} == {
            *("denied", "opposed", "planned", "over", "origins", "otherwise"),
            None,
        }


def test_what_is_explained_is_every_claim_with_a_confidence(
    footwear: GraphStore,
) -> None:
    rows = footwear.query(f"SELECT ?c {{ ?c <{SIMPUL.confidenceLevel}> ?l }}")
    assert isinstance(rows, Rows)
    iris = {term.value for term in rows.column("c") if isinstance(term, ox.NamedNode)}
    keys = {key for key in claim_keys(footwear) if "/" in key}
    assert {f"{BASE}id/{key}" for key in keys} == iris


# --- the rules by hand ---

ONE = Grounds(
    passages=1,
    roots=1,
    cited=0,
    authority=False,
    disputing=0,
    open=0,
    settled=0,
    unnamed=(),
    modality=Modality.REALISED,
    end=None,
    newest="2025-01-01",
)


def but(**facts: Any) -> Grounds:
    return replace(ONE, **facts)


@pytest.mark.parametrize(
    ("grounds", "confidence", "standing"),
    [
        pytest.param(ONE, "medium", "single-origin", id="one-origin"),
        pytest.param(but(passages=7), "medium", "single-origin", id="seven-copies"),
        pytest.param(but(roots=2), "medium", "single-origin", id="one-passage-of-two"),
        pytest.param(but(passages=2, roots=2), "high", "corroborated", id="two"),
        pytest.param(but(authority=True), "high", "single-origin", id="regulation"),
        pytest.param(but(disputing=1), "low", "contested", id="disputed"),
        pytest.param(but(disputing=1, settled=1), "medium", "single-origin", id="settled"),
        pytest.param(but(open=1, settled=1), "low", "contested", id="still-open"),
        pytest.param(but(unnamed=("r",)), "low", "single-origin", id="unnamed"),
        pytest.param(but(passages=0, roots=0), "low", "single-origin", id="implied"),
        pytest.param(but(passages=0, roots=0, cited=2), "medium", "single-origin", id="cited"),
        pytest.param(but(modality=Modality.HOPED), "medium", "planned", id="hoped"),
        pytest.param(but(modality=Modality.REPORTED), "medium", "single-origin", id="reported"),
        pytest.param(but(modality=Modality.DENIED, open=1), "low", "denied", id="denied-first"),
        pytest.param(but(modality=Modality.PLANNED, open=1), "low", "contested", id="contested-plan"),
        pytest.param(but(end="2024-12-31"), "medium", "lapsed", id="over"),
        pytest.param(but(end="2025-01-01"), "medium", "single-origin", id="ends-that-day"),
    ],
)  # fmt: skip
def test_a_claim_is_judged_by_what_it_rests_on(
    grounds: Grounds, confidence: str, standing: str
) -> None:
    assert judge_confidence(grounds).result == confidence
    assert judge_standing(grounds).result == standing


some_grounds = st.builds(
    Grounds,
    passages=st.integers(0, 3),
    roots=st.integers(0, 3),
    cited=st.integers(0, 1),
    authority=st.booleans(),
    disputing=st.integers(0, 2),
    open=st.integers(0, 1),
    settled=st.integers(0, 1),
    unnamed=st.sampled_from(((), ("role",))),
    modality=st.sampled_from(Modality),
    end=st.sampled_from((None, "2024-01-01", "2026-01-01")),
    newest=st.sampled_from((None, "2025-01-01")),
)


@given(grounds=some_grounds)
def test_one_clause_decides_and_nothing_after_it_is_looked_at(grounds: Grounds) -> None:
    for judgement in (judge_confidence(grounds), judge_standing(grounds)):
        answers = [clause.holds for clause in judgement.clauses]
        place = answers.index(True)
        assert answers[:place] == [False] * place
        assert set(answers[place + 1 :]) <= {None}


@given(grounds=some_grounds)
def test_whatever_is_said_to_change_the_outcome_does(grounds: Grounds) -> None:
    now = (judge_confidence(grounds).result, judge_standing(grounds).result)
    found = list(prospects(grounds, is_tie=True))
    assert len({prospect.code for prospect in found}) == len(found)
    for prospect in found:
        assert (prospect.confidence, prospect.standing) != now
    assert all(p.standing is None for p in prospects(grounds, is_tie=False))


def test_one_more_origin_is_said_to_corroborate_what_has_one() -> None:
    (origin,) = [p for p in prospects(ONE, is_tie=True) if p.code == "origin"]
    assert origin[1:] == (Confidence.HIGH, Standing.CORROBORATED)


# --- the real cases ---


def test_the_dispute_over_the_site_in_2021(footwear: GraphStore) -> None:
    says = told(footwear, "t-sidoarjo-notice-2021")
    assert says["confidence"][0] == "Confidence: medium"
    assert says["standing"][0] == "Standing: single-origin"
    assert any("Clicks.id, 2021-03-24~" in line for line in says["evidence"])
    assert (
        "One more independent origin that states it: confidence high, standing corroborated"
        in says["prospects"]
    )
    di_indonesia = told(footwear, "t-sidoarjo-notice-2021", "id")
    assert "pihak berselisih: Pemerintah Kabupaten Sidoarjo" in di_indonesia["states"]
    assert "tanda: negatif" in di_indonesia["states"]


def test_copies_of_the_release_of_2024_count_as_one_origin(
    footwear: GraphStore,
) -> None:
    found = explain(footwear, find_claim(footwear, "t-bpipi-founding"))
    release, *alone = found.origins.items()
    assert release[0] == f"{BASE}id/{RELEASE}"
    copies = len(release[1])
    assert copies >= 6
    assert found.grounds.roots == 1 + len(alone) < found.grounds.passages
    says = told(footwear, "t-bpipi-founding")
    assert says["origins"][1].startswith(f"{copies} articles, 1 origin: {RELEASE}")
    assert told(footwear, "t-bpipi-founding", "id")["origins"][1].startswith(
        f"{copies} artikel, 1 asal: {RELEASE}"
    )
    assert "Two independent origins or more state it" in says["standing"][-2]


def test_two_numbers_of_firms_are_at_odds(footwear: GraphStore) -> None:
    for key, other in (
        ("o-footwear-units-2019", "18657"),
        ("o-footwear-units-2019-jatim", "18687"),
    ):
        says = told(footwear, key)
        assert says["confidence"][0] == "Confidence: low"
        assert "standing" not in says
        assert "18,657" in says["disagreements"][1]
        assert other in says["disagreements"][1]
        assert "open discrepancies: 1" in says["confidence"][1]
        assert says["prospects"][1] == (
            "A reasoned decision on what speaks against it: confidence medium"
        )
    disputed = told(footwear, "o-footwear-units-2019-jatim")["evidence"]
    assert any(line.startswith("DISPUTES IT: ANTARA (English)") for line in disputed)


def test_a_claim_is_said_to_go_where_it_goes_with_its_only_origin(
    footwear: GraphStore,
) -> None:
    loaded = load_records(find_ecosystem("footwear"))
    before = bearing_sources(loaded.records)
    goes: dict[bool, int] = {True: 0, False: 0}
    for claim, sources in list(before.items())[::9]:
        found = explain(footwear, f"{BASE}id/{claim}")
        said = "gone" in {one.code for one in found.prospects}
        origins = [*found.origins.values()]
        assert said == (len(origins) == 1)
        if said:
            documents = {d.removeprefix(f"{BASE}id/doc/") for d in origins[0]}
            assert sources == documents
            left = bearing_sources(withdraw(loaded, documents).records)
            assert claim not in left
        goes[said] += 1
    assert min(goes.values()) > 10
    says = told(footwear, "t-sidoarjo-notice-2021")["prospects"]
    assert (
        "The withdrawal of the only origin that supports it: it is withdrawn with it"
        in says
    )


def test_a_settled_discrepancy_no_longer_speaks_against(footwear: GraphStore) -> None:
    says = told(footwear, "occupancy/bpipi.gedung-bpipi-sukodono")
    assert says["disagreements"][1].startswith("settled, place")
    assert "what speaks against it was settled" in says["confidence"][1]


def test_a_tie_that_was_planned_and_is_disputed_is_contested(
    footwear: GraphStore,
) -> None:
    says = told(footwear, "t-italy-aprisindo-loan-2001")
    assert says["evidence"][0] == (
        "Evidence: 2 articles in support, 1 origin; against it: 1"
    )
    assert says["standing"][0] == "Standing: contested"
    assert "confidence medium, standing planned" in says["prospects"][1]


def test_a_unit_is_explained_by_the_source_of_its_record(footwear: GraphStore) -> None:
    says = told(footwear, "unit-of.apindo-jatim")
    assert says["evidence"][1].startswith("cited for the record as a whole: ")
    assert says["confidence"][0] == "Confidence: medium"


# --- words ---


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("world", WORLDS)
def test_every_claim_can_be_told_in_both_languages(
    graphs: dict[str, GraphStore], world: str, lang: Language
) -> None:
    graph = graphs[world]
    explainer = Explainer(graph, lang)
    every = sorted(key for key in claim_keys(graph) if "/" in key)
    for key in every[:: max(1, len(every) // 150)]:
        found = explain(graph, f"{BASE}id/{key}")
        sections = explainer.sections(found)
        lines = [line for s in sections for line in (s.heading, *s.sentences)]
        assert all("{" not in line and "None" not in line for line in lines), key
        assert json.dumps(explanation_data(found, explainer), ensure_ascii=False)


def test_what_a_claim_states_is_told_with_words(footwear: GraphStore) -> None:
    """No property goes by the name it has in the graph."""
    for key in (
        "t-kemenperin-aid-magetan-2019",
        "o-export-2017",
        "e-groundbreaking-2024",
    ):
        for line in told(footwear, key)["states"][1:]:
            aspect = line.partition(": ")[0]
            assert ":" not in aspect
            assert "//" not in aspect


def test_a_graph_of_other_rules_is_said_to_be_one(footwear: GraphStore) -> None:
    claim = find_claim(footwear, "t-sidoarjo-notice-2021")
    other = ox.NamedNode(Standing.LAPSED.iri)
    predicate = ox.NamedNode(SIMPUL.standing)
    quads = [
        ox.Quad(q.subject, q.predicate, other, q.graph_name)
        if q.predicate == predicate and q.subject == ox.NamedNode(claim)
        else q
        for q in footwear.quads()
    ]
    graph = GraphStore.from_quads(quads)
    sentences = told(graph, "t-sidoarjo-notice-2021")["standing"]
    assert sentences[-1] == "The graph says lapsed: it was built with other rules."


# --- finding a claim ---


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("t-bpipi-founding", "tie/t-bpipi-founding"),
        ("tie/t-bpipi-founding", "tie/t-bpipi-founding"),
        (f"{BASE}id/tie/t-bpipi-founding", "tie/t-bpipi-founding"),
        ("unit-of.bpsdmi", "tie/unit-of.bpsdmi"),
        ("o-footwear-units-2019", "observation/o-footwear-units-2019"),
        ("breakdown/o-footwear-units-2019", "breakdown/o-footwear-units-2019"),
    ],
)
def test_a_claim_is_found_by_key_kind_and_key_or_iri(
    footwear: GraphStore, text: str, iri: str
) -> None:
    assert find_claim(footwear, text) == f"{BASE}id/{iri}"


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("t-bpipi-foundin", "t-bpipi-founding"),
        ("tie/t-bpipi-foundng", "tie/t-bpipi-founding"),
        ("zzz", None),
        ("org/bpipi", None),
    ],
)
def test_an_unknown_claim_is_answered_with_the_nearest(
    footwear: GraphStore, text: str, near: str | None
) -> None:
    with pytest.raises(UnknownClaim) as caught:
        find_claim(footwear, text)
    assert caught.value.near == near


def test_a_thing_that_is_no_claim_is_not_explained(footwear: GraphStore) -> None:
    with pytest.raises(UnknownClaim):
        explain(footwear, f"{BASE}id/org/bpipi")


def test_an_ecosystem_of_another_base_is_explained_too(tmp_path: Path) -> None:
    folder, base = copy_of_rattan(tmp_path), "https://rotan.example/"
    edit(folder, "ecosystem.toml", 'key = "rattan"', f'key = "rattan"\nbase = "{base}"')
    graph = GraphStore.open(build_ecosystem(folder, tmp_path / "out").path)
    claim = find_claim(graph, "kerja-sama-rotan", base)
    assert claim == f"{base}id/tie/kerja-sama-rotan"
    found = explain(graph, claim)
    assert found.derived[0] == found.confidence.result.iri
