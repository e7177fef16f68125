"""The gate looks at what changed and finds what it would find in the whole."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import cast

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from seed_graphs import derive, load
from simpul.graph_builder import (
    BuildRefused,
    Ecosystem,
    Engine,
    Findings,
    Keys,
    Known,
    Loaded,
    Untraceable,
    build_ecosystem,
    check_records,
    core_shapes,
    current_version,
    find_ecosystem,
    load_records,
    make_graph,
    shipped_ecosystems,
    trails_of,
    validate,
    validate_change,
)
from simpul.ontology import BASE, RDFS, SKOS
from worlds import RATTAN, copy_of_rattan, edit

ENGINES: tuple[Engine, ...] = ("pyshacl", "pyshifty")
HIERARCHY = f" <{RDFS.subClassOf}> "
RENDERED = ("graph.nq", "graph.trig", "report.html", "findings.json", "manifest.json")


def store_of(lines: Iterable[str]) -> ox.Store:
    store = ox.Store()
    store.bulk_load("".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
    return store


def lines_of(store: ox.Store) -> list[str]:
    return sorted(f"{quad} .\n" for quad in store)


# --- what shapes can see ---


def trails(turtle: str) -> set[str]:
    """The trails of some shapes, as `along/^against`."""
    shapes = ox.Store()
    prefixes = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <e:> .\n"
    shapes.load(prefixes + turtle, format=ox.RdfFormat.TURTLE)
    return {
        "/".join(
            ("^" if step.against else "")
            + step.predicate.value.rpartition(":")[2].rpartition("#")[2]
            for step in trail
        )
        for trail in trails_of(shapes)
    }


@pytest.mark.parametrize(
    ("shape", "seen"),
    [
        pytest.param("sh:targetClass :C", {"type"}, id="class"),
        pytest.param("sh:targetSubjectsOf :p", {"p"}, id="subjects"),
        pytest.param("sh:targetObjectsOf :p", {"^p"}, id="objects"),
        pytest.param("sh:targetNode :x ; sh:nodeKind sh:IRI", set[str](), id="node"),
        pytest.param(
            "sh:targetNode :x ; sh:property [ sh:path :p ; sh:class :C ]",
            {"p", "p/type"},
            id="class-of-a-value",
        ),
        pytest.param(
            "sh:targetNode :x ; sh:property [ sh:path (:p [ sh:inversePath :q ]) ; sh:minCount 1 ]",
            {"p", "p/^q"},
            id="sequence",
        ),
        pytest.param(
            "sh:targetNode :x ; sh:property [ sh:path [ sh:alternativePath (:p (:q :r)) ] ; sh:minCount 1 ]",
            {"p", "q", "q/r"},
            id="alternatives",
        ),
        pytest.param(
            "sh:targetNode :x ; sh:property [ sh:path [ sh:inversePath (:p :q) ] ; sh:minCount 1 ]",
            {"^q", "^q/^p"},
            id="inverse-of-a-sequence",
        ),
        pytest.param(
            "sh:targetNode :x ; sh:property [ sh:path :p ; sh:lessThan :q ]",
            {"p", "q"},
            id="comparison",
        ),
        pytest.param(
            "sh:targetNode :x ; sh:not [ sh:or ([ sh:class :C ] [ sh:property [ sh:path :p ; sh:node :T ] ]) ] ."
            " :T sh:property [ sh:path :q ; sh:equals :r ]",
            {"type", "p", "p/q", "p/r"},
            id="shapes-in-shapes",
        ),
    ],
)
def test_a_shape_sees_its_trails(shape: str, seen: set[str]) -> None:
    assert trails(f":S {shape} .") == seen


@pytest.mark.parametrize(
    "shape",
    [
        pytest.param("sh:closed true", id="all-properties"),
        pytest.param(
            "sh:property [ sh:path [ sh:zeroOrMorePath :p ] ; sh:minCount 1 ]",
            id="path-without-end",
        ),
        pytest.param("sh:property [ sh:path :p ; sh:node :S ]", id="circle"),
        pytest.param("a :C", id="shape-that-is-a-class"),
    ],
)
def test_a_shape_that_may_see_everything_is_not_traced(shape: str) -> None:
    with pytest.raises(Untraceable):
        trails(f":S sh:targetNode :x ; {shape} .")


def test_our_own_shapes_see_two_steps_and_no_further() -> None:
    seen = trails_of(core_shapes())
    assert max(map(len, seen)) == 2


# --- random edits of graphs, the whole gate as oracle ---


@cache
def small_world(name: str) -> tuple[str, ...]:
    """A graph with what its shapes need of ontology and code lists, and no more."""
    if name == "bad":
        store = load("seed-graph", "bad-graph")
        derive(store)
    else:
        ecosystem = find_ecosystem(RATTAN)
        store = make_graph(ecosystem, load_records(ecosystem)).store
    of_terms = {
        ox.NamedNode(f"{BASE}graph/{part}") for part in ("ontology", "concepts")
    }
    used = {quad.object for quad in store if quad.graph_name not in of_terms}
    kept = {
        ox.NamedNode(term) for term in (RDFS.subClassOf, SKOS.inScheme, SKOS.prefLabel)
    }
    return tuple(
        f"{quad} .\n"
        for quad in sorted(store, key=str)
        if quad.graph_name not in of_terms
        or quad.predicate.value == RDFS.subClassOf
        or (quad.subject in used and quad.predicate in kept)
    )


@cache
def parts(name: str) -> tuple[list[str], list[str], list[str]]:
    """Subjects, predicates and objects of a small world, to make statements of."""
    quads = list(store_of(small_world(name)))
    looked_at = {step.predicate for trail in trails_of(core_shapes()) for step in trail}
    return (
        sorted({str(quad.subject) for quad in quads}),
        sorted({str(predicate) for predicate in looked_at} - {HIERARCHY.strip()}),
        sorted({str(quad.object) for quad in quads}),
    )


@st.composite
def changes(draw: st.DrawFn, name: str) -> tuple[list[str], list[str]]:
    """A graph before and after: each lacks some statements and has some that are made up."""
    whole = small_world(name)
    free = [line for line in whole if HIERARCHY not in line]
    subjects, predicates, objects = map(st.sampled_from, parts(name))

    def some_graph() -> list[str]:
        gone = draw(st.sets(st.sampled_from(free), max_size=12))
        count = draw(st.integers(0, 8))
        made = [
            f"{draw(subjects)} {draw(predicates)} {draw(objects)} <{BASE}graph/claims> .\n"
            for _ in range(count)
        ]
        return sorted({line for line in whole if line not in gone} | set(made))

    return some_graph(), some_graph()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", ["rattan", "bad"])
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_a_change_is_judged_as_the_whole_graph_is(
    name: str, engine: Engine, data: st.DataObject
) -> None:
    before, after = data.draw(changes(name))
    known = Known(frozenset(before), validate(store_of(before), engine).core)
    now = store_of(after)
    assert validate_change(now, after, known, engine) == validate(now, engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_fault_of_the_bad_graph_is_found_when_it_comes_and_gone_when_it_goes(
    engine: Engine,
) -> None:
    good, bad = load("seed-graph"), load("seed-graph", "bad-graph")
    derive(good)
    derive(bad)
    found = {
        name: (lines_of(store), validate(store, engine))
        for name, store in (("good", good), ("bad", bad))
    }
    assert len(found["bad"][1].all) > 100
    for before, after, now in (("good", "bad", bad), ("bad", "good", good)):
        lines, findings = found[before]
        known = Known(frozenset(lines), findings.core)
        judged = validate_change(now, found[after][0], known, engine)
        assert judged == found[after][1]


def test_a_change_of_the_classes_is_a_change_of_everything() -> None:
    before = list(small_world("bad"))
    after = [line for line in before if HIERARCHY not in line]
    known = Known(frozenset(before), validate(store_of(before)).core)
    now = store_of(after)
    judged = validate_change(now, after, known)
    assert judged == validate(now)
    assert judged.core != known.core


def test_both_engines_find_the_same() -> None:
    store = load("seed-graph", "bad-graph")
    derive(store)
    assert validate(store, "pyshacl") == validate(store, "pyshifty")


def test_findings_survive_being_written_down() -> None:
    findings = validate(store_of(small_world("bad")))
    assert Findings.from_json(findings.as_json()) == findings


# --- random edits of records ---


@cache
def whole(name: str) -> tuple[Ecosystem, Loaded, Known]:
    ecosystem = find_ecosystem(RATTAN if name == "rattan" else name)
    loaded = load_records(ecosystem)
    graph = make_graph(ecosystem, loaded)
    return ecosystem, loaded, Known(frozenset(graph.lines), graph.findings.core)


CUTS: dict[str, tuple[str, ...]] = {
    # kind: fields that may go; what a shape then misses is for the gate to say
    "source": ("published", "published_by", "interpretation", "url"),
    "institution": ("sector", "jurisdiction", "unit_of", "short_name"),
    "tie": ("start", "end", "occurred", "claim", "place", "basis"),
    "observation": ("as_of", "period", "issued_by", "printed", "about"),
    "event": ("place",),
    "place": ("kemendagri_code", "within"),
}


@st.composite
def edited_records(draw: st.DrawFn, loaded: Loaded) -> Loaded:
    """Records of which a few are gone, and a few lost a field or carry that of another."""
    records = {kind: dict(of_kind) for kind, of_kind in loaded.records.items()}
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from([kind for kind in CUTS if records[kind]]))
        key = draw(st.sampled_from(sorted(records[kind])))
        field = draw(st.sampled_from((*CUTS[kind], "the whole record")))
        if field == "the whole record":
            del records[kind][key]
            continue
        other = records[kind][draw(st.sampled_from(sorted(records[kind])))]
        value = draw(st.sampled_from((None, getattr(other, field))))
        # Not validated: what a model would refuse is for the gate to find.
        records[kind][key] = records[kind][key].model_copy(update={field: value})
    return Loaded(records, loaded.raw, [])


def outcome(make: Callable[[], Findings]) -> object:
    try:
        return make()
    except BuildRefused as refused:
        return refused.problems


@pytest.mark.parametrize(
    ("name", "examples"),
    [
        ("rattan", 25),
        ("seed", 15),
        pytest.param("footwear", 5, marks=pytest.mark.slow),
    ],
)
def test_edited_records_are_judged_as_if_for_the_first_time(
    name: str, examples: int
) -> None:
    ecosystem, loaded, known = whole(name)

    @settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=[HealthCheck.filter_too_much],
    )
    @given(edited=edited_records(loaded))
    def check(edited: Loaded) -> None:
        try:
            problems = list(check_records(edited, Keys(ecosystem.base, edited.records)))
            assume(not any(problem.severity == "error" for problem in problems))
            anew = outcome(lambda: make_graph(ecosystem, edited).findings)
        except (AttributeError, KeyError, TypeError):
            assume(False)  # no graph can be made of these records at all
            return
        assert anew == outcome(
            lambda: make_graph(ecosystem, edited, known=known).findings
        )

    check()


# --- builds ---


def rendered(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in RENDERED}


@pytest.fixture
def built(tmp_path: Path) -> tuple[Path, Path]:
    """A rattan world of one's own, and the folder of its first version."""
    folder, out = copy_of_rattan(tmp_path), tmp_path / "out"
    build_ecosystem(folder, out)
    return folder, out


def forbid(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def refuse(*_: object) -> Findings:
        raise AssertionError(f"{name} was asked")

    monkeypatch.setattr(f"simpul.graph_builder.making.{name}", refuse)


def test_a_second_build_writes_the_bytes_of_a_full_one(
    built: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = built
    edit(folder, "sources.yaml", "  published: '2024'\n", "")
    full = build_ecosystem(folder, tmp_path / "other", full=True)
    forbid(monkeypatch, "validate")
    again = build_ecosystem(folder, out)
    assert rendered(again.path) == rendered(full.path)
    assert b"S30b-Issued" in rendered(again.path)["findings.json"]


def test_a_full_build_looks_at_everything(
    built: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    forbid(monkeypatch, "validate_change")
    build_ecosystem(*built, full=True)


def forget_findings(version: Path) -> None:
    (version / "findings.json").unlink()


def invent_findings(version: Path) -> None:
    (version / "findings.json").write_bytes(Findings.of((), ()).as_json() + b" ")


def break_graph(version: Path) -> None:
    with (version / "graph.nq").open("ab") as file:
        file.write(b"\n")


@pytest.mark.parametrize("spoil", [forget_findings, invent_findings, break_graph])
def test_a_damaged_version_is_no_ground_to_build_on(
    built: tuple[Path, Path],
    spoil: Callable[[Path], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder, out = built
    before = rendered(current_version(out).path)
    spoil(current_version(out).path)
    forbid(monkeypatch, "validate_change")
    assert rendered(build_ecosystem(folder, out).path) == before


@pytest.mark.parametrize("changed", ["software", "shapes", "rules", "ontology"])
def test_what_other_software_or_shapes_found_is_not_taken_over(
    built: tuple[Path, Path], changed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = built
    if changed == "software":

        def installed(package: str) -> str:
            return f"another {package}"

        monkeypatch.setattr("simpul.graph_builder.build.installed_version", installed)
    else:
        manifest = current_version(out).manifest
        digests = {**cast("dict[str, str]", manifest["ontology"]), changed: "0"}
        monkeypatch.setattr(
            "simpul.graph_builder.build._ontology_digests", lambda: digests
        )
    forbid(monkeypatch, "validate_change")
    build_ecosystem(folder, out)


def test_a_rebuild_of_the_same_records_starts_no_engine(
    built: tuple[Path, Path],
) -> None:
    code = (
        "import sys; from pathlib import Path; from simpul.graph_builder import build_ecosystem;"
        "build_ecosystem(sys.argv[1], Path(sys.argv[2]));"
        "print(sorted({'pyshacl', 'shifty', 'rdflib'} & set(sys.modules)))"
    )
    line = [sys.executable, "-c", code, *map(str, built)]
    run = subprocess.run(line, capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def test_a_refused_build_changes_nothing_and_the_next_one_is_right(
    built: tuple[Path, Path], tmp_path: Path
) -> None:
    folder, out = built
    before = rendered(current_version(out).path)
    edit(folder, "places.yaml", "kemendagri_code: '32.09'", "kemendagri_code: '33.09'")
    with pytest.raises(BuildRefused):
        build_ecosystem(folder, out)
    assert rendered(current_version(out).path) == before
    edit(folder, "places.yaml", "kemendagri_code: '33.09'", "kemendagri_code: '32.09'")
    assert rendered(build_ecosystem(folder, out).path) == before


@pytest.mark.slow
def test_a_source_of_the_footwear_records_changes_and_the_version_is_as_if_new(
    tmp_path: Path,
) -> None:
    folder = Path(
        shutil.copytree(shipped_ecosystems()["footwear"], tmp_path / "footwear")
    )
    build_ecosystem(folder, tmp_path / "out")
    text = (folder / "sources.yaml").read_text(encoding="utf-8")
    changed = re.sub(r"(?m)^  published: .*\n", "", text, count=1)
    (folder / "sources.yaml").write_text(changed, encoding="utf-8")
    again = build_ecosystem(folder, tmp_path / "out")
    full = build_ecosystem(folder, tmp_path / "full", full=True)
    assert rendered(again.path) == rendered(full.path)
