"""Nothing is dropped: every record, and every field of every record, is found in the graph."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml

from simpul.graph_builder import (
    Graph,
    Keys,
    check_records,
    find_ecosystem,
    load_records,
    make_graph,
    map_records,
)
from worlds import RATTAN, copy_of_rattan

BASE = "https://w3id.org/simpul/"
ONT = BASE + "ontology#"

FOOTWEAR = {
    # file: (records, class of the thing each became, kind in its IRI)
    "sources": (270, f"{ONT}Document", "doc"),
    "institutions": (212, None, "org"),
    "groups": (4, f"{ONT}ActorGroup", "group"),
    "places": (78, None, None),
    "people": (63, "http://xmlns.com/foaf/0.1/Person", "person"),
    "ties": (165, f"{ONT}Tie", "tie"),
    "events": (69, f"{ONT}Event", "event"),
    "observations": (166, f"{ONT}Observation", "observation"),
}


@pytest.fixture(scope="module")
def footwear() -> Graph:
    ecosystem = find_ecosystem("footwear")
    return make_graph(ecosystem, load_records(ecosystem))


def raw(folder: Path, file: str) -> list[dict[str, Any]]:
    """The records as plain YAML has them, read by nothing of ours."""
    records: list[dict[str, Any]] = yaml.load(
        (folder / f"{file}.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
    )
    return records


@pytest.mark.parametrize("file", FOOTWEAR)
def test_every_record_of_a_file_became_a_thing(file: str, footwear: Graph) -> None:
    count, cls, kind = FOOTWEAR[file]
    records = raw(footwear.ecosystem.folder, file)
    assert len(records) == count
    for record in records:
        iri = f"{BASE}id/{kind}/{record['id']}" if kind else _place(record)
        types = {
            quad.object.value
            for quad in footwear.store.quads_for_pattern(
                ox.NamedNode(iri),
                ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
                None,
            )
            if isinstance(quad.object, ox.NamedNode)
        }
        assert types, iri
        assert cls is None or cls in types, iri


def _place(record: dict[str, Any]) -> str:
    kind = "site" if record["kind"] == "site" else "place"
    return f"{BASE}id/{kind}/{record.get('kemendagri_code', record['id'])}"


def test_the_account_agrees_with_the_files_and_leaves_no_record_silent(
    footwear: Graph,
) -> None:
    counted = {
        line.file.removesuffix(".yaml"): line.records for line in footwear.account
    }
    assert counted == {
        path.stem: len(raw(path.parent, path.stem))
        for path in footwear.ecosystem.folder.glob("*.yaml")
    }
    assert [line.silent for line in footwear.account if line.silent] == []


def test_every_piece_of_evidence_of_every_record_is_in_the_graph(
    footwear: Graph,
) -> None:
    written = sum(
        1
        for path in footwear.ecosystem.folder.glob("*.yaml")
        for record in raw(path.parent, path.stem)
        for _ in _evidence_in(record)
    ) - _said_twice(footwear.ecosystem.folder)
    made = {
        quad.subject
        for quad in footwear.store.quads_for_pattern(
            None, ox.NamedNode(f"{ONT}sourceDocument"), None
        )
    }
    implied = sum(
        1 for node in made if "/o-" in str(node) and _on_breakdown(footwear, node)
    )
    assert len(made) - implied == written


def _said_twice(folder: Path) -> int:
    """Sources that one record gives both for a former name and for its printed form: one passage."""
    return sum(
        former["source"] in form["sources"]
        for body in raw(folder, "institutions")
        for former in body.get("former_names", ())
        for form in body.get("name_forms", ())
        if former["name"] == form["form"]
    )


def _on_breakdown(graph: Graph, node: object) -> bool:
    assert isinstance(node, ox.NamedNode)
    return any(
        "/id/breakdown/" in str(quad.object)
        for quad in graph.store.quads_for_pattern(
            node, ox.NamedNode(f"{ONT}supports"), None
        )
    )


def _evidence_in(value: Any) -> Iterator[object]:
    """Evidence items, and the bare sources of names and places, wherever they stand."""
    if isinstance(value, str):
        return
    if "source" in value:
        yield value
    if "sources" in value:
        yield from value["sources"]
    for inner in value.values() if hasattr(value, "values") else value:
        yield from _evidence_in(inner)


def test_no_field_of_any_record_is_without_effect(tmp_path: Path) -> None:
    """Leave one optional field out of one record: the graph must differ, or be refused."""
    folder = copy_of_rattan(tmp_path)
    whole = _digest(folder)
    assert whole == _digest(RATTAN)
    for path in sorted(folder.glob("*.yaml")):
        original = path.read_text(encoding="utf-8")
        records = yaml.load(original, Loader=yaml.BaseLoader)
        for way in list(_leaves(records)):
            spoiled = yaml.load(original, Loader=yaml.BaseLoader)
            holder = spoiled
            for step in way[:-1]:
                holder = holder[step]
            del holder[way[-1]]
            path.write_text(yaml.dump(spoiled, allow_unicode=True), encoding="utf-8")
            assert _digest(folder) != whole, (path.name, way)
        path.write_text(original, encoding="utf-8")


def _leaves(
    value: Any, way: tuple[str | int, ...] = ()
) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, str):
        return
    steps = value.items() if hasattr(value, "items") else enumerate(value)
    for step, inner in steps:
        if not isinstance(step, int):
            yield (*way, step)
        yield from _leaves(inner, (*way, step))


def _digest(folder: Path) -> str:
    """What the records say, before rules and shapes; empty if they cannot be read."""
    ecosystem = find_ecosystem(folder)
    loaded = load_records(ecosystem)
    if check_records(loaded, Keys(ecosystem.base, loaded.records)):
        return ""
    return "".join(map_records(ecosystem, loaded).statements)
