"""Exports of a network, read back by readers that are not ours."""

import csv
import importlib
import json
import re
import string
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import networkx
import polars as pl
import pytest
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st

from networks import body, code, evidence, network, network_of, tie
from simpul.analysis import Names, Network, Stance
from simpul.analysis.exports import (
    NETWORK_FORMATS,
    ColumnTaken,
    Extra,
    LossKind,
    Spell,
    UnknownNetworkFormat,
    Value,
    Written,
    export_network,
    flatten,
    join_texts,
    spells_of,
    split_texts,
    write_network,
)

ig: Any = importlib.import_module("igraph")  # its types are partly unknown
nx: Any = networkx  # what a file holds has no type, and edges with keys are none of its stubs'

HOSTILE = {
    "quotes": "Balai \"Besar\" 'Kulit'",
    "line-breaks": "baris\nkedua\r\nketiga\tempat",
    "markup": "</node></label><script>alert(1)</script>&amp;]]>",
    "formula": "=cmd|' /C calc'!A0",
    "apostrophe-formula": "'=1+1",
    "nul": "a\x00b\x07c",
    "line-separator": "a\u2028b\u2029c",
    "long": "x" * 10_000,
    "letters": "Perkumpulan 工业 Ø é \u200fעברית 👟",
    "backslash": "C:\\new\\",
    "json": '{"a": [1]}; [x]',
}
FORBIDDEN_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
GUARD = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")


def named(*names: str) -> Network:
    """Two joined bodies for each name, the first of them called by it."""
    bodies = [
        body(f"b{place}", name=Names(name, name)) for place, name in enumerate(names)
    ]
    other = body("other", name=Names("Lain", "Other"))
    ties = [
        tie(f"t{place}", [each, other], claim=Names(name, name))
        for place, (each, name) in enumerate(zip(bodies, names, strict=True))
    ]
    return network([*bodies, other], ties)


def pointed(world: Network, directed: Iterable[bool]) -> Network:
    """The same network, with a direction for some of its links."""
    links = tuple(
        replace(link, directed=way)
        for link, way in zip(world.links, directed, strict=True)
    )
    return replace(world, links=links)


def workshop() -> Network:
    """Three bodies: two parallel ties with dates, one of three partners, and one that joins nobody."""
    dinas, pabrik, kampus = (body(key) for key in ("dinas", "pabrik", "kampus"))
    dinas = replace(dinas, other_names=("Dinas Lama", "Kantor; Wilayah"))
    return network(
        [dinas, pabrik, kampus, body("sendiri", sector=None, strand=None)],
        [
            tie("mou-1", [dinas, pabrik], start="2019-03", end="2021"),
            tie(
                "mou-2",
                [dinas, pabrik],
                start="2021-05-04",
                evidence=(
                    evidence("a", Stance.SUPPORTS),
                    evidence(
                        "b",
                        Stance.SUPPORTS,
                        root=f"{evidence('a', Stance.SUPPORTS).root}",
                    ),
                    evidence("c", Stance.DISPUTES),
                ),
            ),
            tie(
                "pelatihan", [dinas, pabrik, kampus], type=code("tie-type", "training")
            ),
            tie("ucapan", [dinas], occurred="2020-01-02"),
        ],
    )


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Network, Extra]:
    """Networks with any names and texts, parallel ties, and further columns under names that formats reserve."""
    texts = st.one_of(st.text(max_size=12), st.sampled_from(sorted(HOSTILE.values())))
    keys = [f"b{place}" for place in range(draw(st.integers(1, 5)))]
    bodies = {
        key: body(
            key,
            name=Names(draw(texts), draw(texts)),
            acronym=draw(st.one_of(st.none(), texts)),
            other_names=tuple(draw(st.lists(texts, max_size=2))),
        )
        for key in keys
    }
    cliques = draw(
        st.lists(
            st.lists(st.sampled_from(keys), min_size=1, max_size=3, unique=True),
            max_size=5,
        )
    )
    dates = st.sampled_from(
        [None, "2019", "2020-02", "2021-03-04?", "2018/2019", "tak tentu"]
    )
    ties = [
        tie(
            f"t{number}",
            [bodies[key] for key in members],
            type=code("tie-type", draw(st.sampled_from(["training", "mou", "hadiah"]))),
            claim=Names(draw(texts), ""),
            start=draw(dates),
            end=draw(dates),
        )
        for number, members in enumerate(cliques)
    ]
    made = network(bodies.values(), ties)
    ways = draw(
        st.one_of(
            st.just(st.just(True)), st.just(st.just(False)), st.just(st.booleans())
        )
    )
    made = pointed(made, [draw(ways) for _ in made.links])
    values = st.one_of(
        st.dictionaries(st.sampled_from(keys), texts, min_size=1),
        st.dictionaries(
            st.sampled_from(keys), st.integers(-(2**40), 2**40), min_size=1
        ),
        st.dictionaries(
            st.sampled_from(keys), st.floats(allow_nan=False, width=32), min_size=1
        ),
        st.dictionaries(st.sampled_from(keys), st.booleans(), min_size=1),
    )
    names = st.sampled_from(
        ["id", "label", "type", "source", "name", "Weight", "pid", "Ukuran"]
    )
    extra = draw(st.dictionaries(names, values, max_size=3))
    return made, {
        name: {bodies[key].iri: value for key, value in column.items()}
        for name, column in extra.items()
    }


def fit_xml(text: str) -> str:
    return FORBIDDEN_IN_XML.sub("\ufffd", text)


def fit_cell(text: str) -> str:
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "\ufffd", text)


def unguarded(cell: str) -> str:
    """The cell without the apostrophe that keeps a spreadsheet from running it."""
    return cell[1:] if GUARD.match(cell) else cell


def counts(written: Written) -> dict[str, int]:
    found: Counter[str] = Counter()
    for loss in written.lost:
        found[loss.kind.value] += loss.count
    return dict(found)


def text_of(value: Value) -> str:
    """A value as the formats of text write it."""
    if isinstance(value, tuple):
        return join_texts(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def same(read: object, value: Value) -> bool:
    """Whether a reader of XML gave back this value."""
    if isinstance(value, bool | float | int):
        return read == value and isinstance(read, bool) == isinstance(value, bool)
    return read == fit_xml(text_of(value))


# What goes along.


def test_an_edge_names_its_tie_and_carries_its_evidence() -> None:
    flat = flatten(workshop(), "en")
    (edge,) = [each for each in flat.edges if each.values["tie_key"] == "mou-2"]
    told = {name: edge.values[name] for name in ("documents", "origins", "disputing")}
    assert told == {"documents": 2, "origins": 1, "disputing": 1}
    assert edge.values["standing"] == "single-origin"
    assert edge.values["modality"] == "realised"
    assert edge.values["sign"] == "positive"
    assert edge.values["evidence"] == tuple(
        evidence(name, Stance.SUPPORTS).document for name in "ab"
    )
    assert edge.values["source_roles"] == ("partner",)


def test_a_tie_of_three_is_three_dyads_of_half_a_weight() -> None:
    flat = flatten(workshop())
    dyads = [edge for edge in flat.edges if edge.type == "training"]
    assert [edge.weight for edge in dyads] == [0.5, 0.5, 0.5]
    assert [edge.id for edge in dyads] == ["pelatihan:1", "pelatihan:2", "pelatihan:3"]


def test_two_modes_have_a_node_for_each_tie_and_an_edge_for_each_part() -> None:
    flat = flatten(workshop(), two_mode=True)
    assert [node.values["mode"] for node in flat.nodes] == ["body"] * 4 + ["tie"] * 4
    assert len(flat.edges) == 2 + 2 + 3 + 1
    assert {edge.target for edge in flat.edges} == {tie.iri for tie in workshop().ties}
    assert LossKind.UNLINKED not in {loss.kind for loss in flat.lost}


def test_a_tie_that_joins_nobody_is_told_of() -> None:
    lost = {loss.kind: loss.count for loss in flatten(workshop()).lost}
    assert lost[LossKind.UNLINKED] == 1
    assert lost[LossKind.PASSAGES] == 6


def test_a_person_who_acts_for_a_body_is_told_of() -> None:
    office, factory = body("dinas"), body("pabrik")
    signed = tie("mou", [office, factory])
    head = replace(signed.participants[0], party="https://example.org/head")
    world = network(
        [office, factory],
        [replace(signed, participants=(head, signed.participants[1]))],
    )
    assert counts(export_network(world, "csv", "x"))["persons"] == 1
    edges = rows_of(export_network(world, "csv", "x", two_mode=True), "x-edges.csv")
    assert edges[0]["party"] == "https://example.org/head"


def test_a_further_column_is_not_called_like_one_of_ours() -> None:
    with pytest.raises(ColumnTaken, match="sector"):
        flatten(workshop(), extra={"sector": {}})


@pytest.mark.parametrize(
    ("dates", "spells"),
    [
        pytest.param({}, (), id="none"),
        pytest.param(
            {"start": "2019-03", "end": "2021"},
            (Spell(date(2019, 3, 1), date(2021, 12, 31), exact=False),),
            id="widest",
        ),
        pytest.param(
            {"start": "2019-03-05"},
            (Spell(date(2019, 3, 5), None, exact=True),),
            id="open",
        ),
        pytest.param(
            {"end": "../2020-01-31"},
            (Spell(None, date(2020, 1, 31), exact=False),),
            id="until",
        ),
        pytest.param(
            {"occurred": "2020-02-29"},
            (Spell(date(2020, 2, 29), date(2020, 2, 29), exact=True),),
            id="one-day",
        ),
        pytest.param({"start": "2021", "end": "2019"}, (), id="contrary"),
        pytest.param({"start": "kapan-kapan"}, (), id="unread"),
    ],
)
def test_a_spell_is_the_widest_that_the_dates_allow(
    dates: dict[str, str], spells: tuple[Spell, ...]
) -> None:
    assert spells_of(tie("t", [body("a")], **dates)) == spells


@given(st.lists(st.text(), min_size=1))
def test_a_list_reads_back_from_one_text(texts: list[str]) -> None:
    assert split_texts(join_texts(texts)) == tuple(texts)


# The same for every format.


@pytest.mark.parametrize("two_mode", [False, True])
@pytest.mark.parametrize("name", NETWORK_FORMATS)
def test_the_same_network_gives_the_same_bytes(name: str, two_mode: bool) -> None:
    world = named(*HOSTILE.values())
    once = export_network(world, name, "x", two_mode=two_mode)
    assert once == export_network(world, name, "x", two_mode=two_mode)
    assert all(once.files.values())


@pytest.mark.parametrize("name", NETWORK_FORMATS)
def test_a_network_without_bodies_can_be_exported(name: str) -> None:
    assert export_network(network([], []), name, "x").files


def test_an_unknown_format_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownNetworkFormat, match="did you mean 'graphml'"):
        export_network(workshop(), "grapml", "x")


def test_files_are_called_after_the_one_asked_for(tmp_path: Path) -> None:
    paths, _ = write_network(workshop(), tmp_path / "new" / "a.b.csv", "csv")
    assert [path.name for path in paths] == ["a.b-nodes.csv", "a.b-edges.csv"]
    (only,), _ = write_network(workshop(), tmp_path / "graph.xml", "graphml")
    assert only == tmp_path / "graph.xml"


# GEXF.

GEXF = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}


def gexf_of(written: Written) -> Any:
    return ElementTree.fromstring(written.files["x.gexf"])


def test_gexf_has_the_days_the_direction_and_the_parallel_ties_apart() -> None:
    world = pointed(workshop(), [True, True, False, False, False])
    root = gexf_of(export_network(world, "gexf", "x"))
    graph = root.find("g:graph", GEXF)
    assert graph.get("mode") == "dynamic"
    assert graph.get("timeformat") == "date"
    told = ("type", "kind", "start", "end")
    edges = [
        tuple(edge.get(name) for name in told)
        for edge in root.iterfind(".//g:edge", GEXF)
    ]
    assert edges[:3] == [
        ("directed", "cooperation", "2019-03-01", "2021-12-31"),
        ("directed", "cooperation 2", "2021-05-04", None),
        ("undirected", "training", None, None),
    ]


def test_gexf_tells_of_days_that_it_had_to_widen_or_has_none_of() -> None:
    lost = counts(export_network(workshop(), "gexf", "x"))
    assert lost["widened"] == 1
    assert lost["untimed"] == 3


def test_gexf_colours_bodies_by_sector_unless_told_not_to() -> None:
    coloured = gexf_of(export_network(workshop(), "gexf", "x"))
    found = [each.attrib for each in coloured.iterfind(".//viz:color", GEXF)]
    assert len(found) == 4
    assert found[3] == {"r": "153", "g": "153", "b": "153"} != found[0]
    plain = export_network(workshop(), "gexf", "x", colours=False)
    assert gexf_of(plain).find(".//viz:color", GEXF) is None


def test_gexf_has_nothing_that_its_schema_does_not_know() -> None:
    """Elements, their attributes and their order, after the Relax NG of GEXF 1.3."""
    timed = {"start", "end"}
    known: Mapping[str, tuple[set[str], list[str]]] = {
        "gexf": ({"version"}, ["meta", "graph"]),
        "meta": (set(), ["creator"]),
        "creator": (set(), []),
        "graph": (
            {"mode", "defaultedgetype", "timeformat", "timerepresentation"},
            ["attributes", "attributes", "nodes", "edges"],
        ),
        "attributes": ({"class", "mode"}, ["attribute"]),
        "attribute": ({"id", "title", "type"}, []),
        "nodes": ({"count"}, ["node"]),
        "node": ({"id", "label"} | timed, ["attvalues", "spells", "color"]),
        "edges": ({"count"}, ["edge"]),
        "edge": (
            {"id", "source", "target", "type", "kind", "label", "weight"} | timed,
            ["attvalues", "spells"],
        ),
        "attvalues": (set(), ["attvalue"]),
        "attvalue": ({"for", "value"}, []),
        "spells": (set(), ["spell"]),
        "spell": (timed, []),
        "color": ({"r", "g", "b"}, []),
    }
    twice = tie(
        "dua", [body("a"), body("b")], start="2019", end="2020", occurred="2022-01-01"
    )
    world = network([body("a"), body("b")], [twice])
    for two_mode in (False, True):
        root = gexf_of(export_network(world, "gexf", "x", two_mode=two_mode))
        assert root.find(".//g:spell", GEXF) is not None
        for element in root.iter():
            attributes, inside = known[element.tag.rpartition("}")[2]]
            assert set(element.attrib) <= attributes
            found = [each.tag.rpartition("}")[2] for each in element]
            order = [inside.index(name) for name in found]
            assert order == sorted(order)


@pytest.mark.parametrize("label", HOSTILE.values(), ids=HOSTILE)
def test_gexf_and_graphml_keep_a_label_that_attacks(label: str) -> None:
    world = named(label)
    for name, read in (("gexf", nx.read_gexf), ("graphml", nx.read_graphml)):
        written = export_network(world, name, "x")
        graph = read(BytesIO(written.files[f"x.{name}"]))
        assert graph.nodes[world.bodies[0].iri]["label"] == fit_xml(label)
        lost = counts(written).get("characters", 0)
        assert bool(lost) is (fit_xml(label) != label)


@settings(max_examples=60, deadline=None)
@given(worlds(), st.booleans())
def test_gexf_reads_back_whole(drawn: tuple[Network, Extra], two_mode: bool) -> None:
    world, extra = drawn
    flat = flatten(world, two_mode=two_mode, extra=extra)
    written = export_network(world, "gexf", "x", two_mode=two_mode, extra=extra)
    mixed = {edge.directed for edge in flat.edges} == {True, False}
    if mixed:
        # networkx refuses what Gephi takes: a graph with edges of both kinds.
        root = gexf_of(written)
        edges = root.findall(".//g:edge", GEXF)
        assert len(edges) == len(flat.edges)
        assert [edge.get("type") == "directed" for edge in edges] == [
            edge.directed for edge in flat.edges
        ]
        return
    graph = nx.read_gexf(BytesIO(written.files["x.gexf"]))
    assert graph.number_of_nodes() == len(flat.nodes)
    assert graph.number_of_edges() == len(flat.edges)
    assert graph.is_directed() is flat.has_direction
    names = gexf_titles(written, "node")
    for node in flat.nodes:
        read = graph.nodes[node.id]
        for column in flat.node_columns:
            value = node.values.get(column.name)
            if value is None:
                assert names[column.name] not in read
            elif isinstance(value, tuple):
                listed = json.loads(read[names[column.name]])
                assert listed == [fit_json(text) for text in value]
            else:
                assert same(read[names[column.name]], value)
    names = gexf_titles(written, "edge")
    by_id = {data["id"]: (ends, data) for *ends, data in graph.edges(data=True)}
    for edge in flat.edges:
        ends, read = by_id[edge.id]
        assert set(ends) == {edge.source, edge.target}
        assert read["weight"] == edge.weight
        assert same(read[names["tie"]], edge.values["tie"])


def fit_json(text: str) -> str:
    """A text of a list after JSON has escaped its control characters, which XML then need not replace."""
    return re.sub("[\x7f-\x9f\ufffe\uffff]", lambda found: fit_xml(found[0]), text)


def gexf_titles(written: Written, where: str) -> dict[str, str]:
    """What the columns are called, which differs by the place where they are."""
    root = gexf_of(written)
    titles = [
        each.get("title")
        for each in root.iterfind(
            f".//g:attributes[@class='{where}']/g:attribute", GEXF
        )
    ]
    return {str(title).rstrip("_"): str(title) for title in titles}


# GraphML.


@settings(max_examples=60, deadline=None)
@given(worlds(), st.booleans())
def test_graphml_reads_back_whole(drawn: tuple[Network, Extra], two_mode: bool) -> None:
    world, extra = drawn
    flat = flatten(world, two_mode=two_mode, extra=extra)
    written = export_network(world, "graphml", "x", two_mode=two_mode, extra=extra)
    graph = nx.read_graphml(BytesIO(written.files["x.graphml"]), force_multigraph=True)
    assert graph.is_directed() is flat.has_direction
    assert graph.number_of_nodes() == len(flat.nodes)
    for node in flat.nodes:
        read = dict(graph.nodes[node.id])
        assert read.pop("label") == fit_xml(node.label)
        assert sorted(map(text_of, read.values())) == sorted(
            fit_xml(text_of(value)) for value in node.values.values()
        )
    edges = {
        key: (set(ends), data) for *ends, key, data in graph.edges(keys=True, data=True)
    }
    assert len(edges) == len(flat.edges)
    for edge in flat.edges:
        ends, read = edges[edge.id]
        assert ends == {edge.source, edge.target}
        own = (read.pop("type"), read.pop("weight"), read.pop("directed"))
        assert own == (edge.type, edge.weight, edge.directed)
        assert set(read) == set(edge.values)
        assert all(same(read[name], value) for name, value in edge.values.items())


def test_igraph_reads_graphml_with_every_attribute(tmp_path: Path) -> None:
    world = pointed(workshop(), [True, False, False, False, False])
    paths, lost = write_network(world, tmp_path / "x.graphml", "graphml")
    graph = ig.Graph.Read_GraphML(str(paths[0]))
    assert (graph.vcount(), graph.ecount(), graph.is_directed()) == (4, 5, True)
    assert graph.es["tie_key"][:2] == ["mou-1", "mou-2"]
    assert graph.es["directed"] == [True, False, False, False, False]
    assert graph.es["origins"][1] == 1
    assert split_texts(graph.vs["other_names"][0]) == ("Dinas Lama", "Kantor; Wilayah")
    assert {loss.kind: loss.count for loss in lost}[LossKind.DIRECTION] == 4


# Pajek.


@pytest.mark.parametrize("label", HOSTILE.values(), ids=HOSTILE)
def test_pajek_keeps_its_lines_whatever_a_label_holds(
    label: str, tmp_path: Path
) -> None:
    world = named(label, label)
    paths, lost = write_network(world, tmp_path / "x.net", "pajek")
    (net,) = [path for path in paths if path.suffix == ".net"]
    for graph in (nx.read_pajek(net), ig.Graph.Read_Pajek(str(net)).to_networkx()):
        assert graph.number_of_nodes() == 3
        assert graph.number_of_edges() == 2
    kinds = {loss.kind: loss.count for loss in lost}
    assert kinds[LossKind.LABELS] >= 1


@settings(max_examples=40, deadline=None)
@given(worlds())
def test_pajek_reads_back_by_two_readers(drawn: tuple[Network, Extra]) -> None:
    world, extra = drawn
    flat = flatten(world, extra=extra)
    written = export_network(world, "pajek", "x", extra=extra)
    text = written.files["x.net"].decode("utf-8")
    graph = nx.parse_pajek(text)
    rows = rows_of(written, "x-nodes.csv")
    labels = {unguarded(row["VertexLabel"]): row for row in rows}
    assert set(graph) == set(labels)
    assert graph.number_of_edges() == len(flat.edges)
    by_id = {data["l"]: data["weight"] for *_, data in graph.edges(data=True)}
    assert by_id == {edge.id: edge.weight for edge in flat.edges}
    for name in ("strand", "body_class"):
        lines = written.files[f"x-{name}.clu"].decode("utf-8").splitlines()
        assert lines[1] == f"*Vertices {len(rows)}"
        assert lines[2:] == [row[f"{name}_class"] for row in rows]


def test_igraph_reads_the_labels_and_the_weights_of_pajek(tmp_path: Path) -> None:
    world = workshop()
    write_network(world, tmp_path / "x.net", "pajek")
    graph = ig.Graph.Read_Pajek(str(tmp_path / "x.net"))
    assert graph.vs["name"][0] == "Lembaga dinas"
    assert graph.es["label"] == [edge.id for edge in flatten(world).edges]
    assert graph.es["weight"] == [1.0, 1.0, 0.5, 0.5, 0.5]
    write_network(world, tmp_path / "two.net", "pajek", two_mode=True)
    modes = ig.Graph.Read_Pajek(str(tmp_path / "two.net"))
    assert modes.vs["type"] == [False] * 4 + [True] * 4


def test_the_project_of_pajek_has_relations_years_and_partitions() -> None:
    written = export_network(
        workshop(), "pajek", "x", extra={"Ukuran": {body("dinas").iri: 2.5}}
    )
    lines = written.files["x.paj"].decode("utf-8").splitlines()
    assert lines[2:4] == ["*Vertices 4", '1 "Lembaga dinas" [2019-*]']
    assert '*Edges :1 "cooperation"' in lines
    assert '*Edges :2 "training"' in lines
    assert (
        '1 4 1.0 l "mou-1" [2019-2021]' in lines
        or '1 3 1.0 l "mou-1" [2019-2021]' in lines
    )
    assert [line for line in lines if line.startswith("*Partition")] == [
        f"*Partition {name}" for name in ("body_class", "sector", "strand", "kind")
    ]
    assert lines[lines.index("*Vector Ukuran") + 2] == "2.5"
    assert counts(written)["years"] == 2
    assert "x-Ukuran.vec" in written.files


# UCINET.


@settings(max_examples=40, deadline=None)
@given(worlds())
def test_ucinet_labels_are_short_and_no_two_alike(drawn: tuple[Network, Extra]) -> None:
    world, extra = drawn
    rows = rows_of(export_network(world, "ucinet", "x", extra=extra), "x-nodes.csv")
    labels = [row["DlLabel"].upper() for row in rows]
    assert len(set(labels)) == len(labels)
    assert all(1 <= len(label) <= 18 for label in labels)
    assert set("".join(labels)) <= set(string.ascii_uppercase + string.digits + "_.-")
    assert [unguarded(row["Id"]) for row in rows] == [each.iri for each in world.bodies]


def test_igraph_reads_a_matrix_for_each_tie_type(tmp_path: Path) -> None:
    world = pointed(workshop(), [True, False, False, False, False])
    _, lost = write_network(world, tmp_path / "x.dl", "ucinet")
    read = ig.Graph.Read_DL(str(tmp_path / "x-cooperation.dl"))
    assert read.vs["name"] == ["dinas", "kampus", "pabrik", "sendiri"]
    cells = {edge.tuple: edge["weight"] for edge in read.es}
    assert cells == {(0, 2): 2.0, (2, 0): 1.0}
    training = ig.Graph.Read_DL(str(tmp_path / "x-training.dl"))
    assert {edge["weight"] for edge in training.es} == {0.5}
    assert training.ecount() == 6
    assert {loss.kind for loss in lost} >= {LossKind.LABELS, LossKind.ASIDE}


def test_ucinet_stacks_its_matrices_in_one_file() -> None:
    lines = (
        export_network(workshop(), "ucinet", "x")
        .files["x.dl"]
        .decode("ascii")
        .splitlines()
    )
    assert lines[:2] == ["dl n=4 nm=2", "format = fullmatrix"]
    assert lines[lines.index("matrix labels:") + 1 :][:2] == ["cooperation", "training"]
    matrices = lines[lines.index("data:") + 1 :]
    assert matrices[0] == "0 0 2 0"
    assert matrices[4] == "0 0.5 0.5 0"
    assert len(matrices) == 2 * 4


def test_parallel_ties_that_a_matrix_adds_up_are_told_of() -> None:
    assert counts(export_network(workshop(), "ucinet", "x"))["merged"] == 1


def test_ucinet_joins_bodies_to_ties_in_two_modes() -> None:
    written = export_network(workshop(), "ucinet", "x", two_mode=True)
    lines = written.files["x.dl"].decode("ascii").splitlines()
    assert lines[:2] == ["dl nr=4 nc=4", "format = edgelist2"]
    assert len(lines[lines.index("data:") + 1 :]) == 8


# JSON.


@settings(max_examples=60, deadline=None)
@given(worlds(), st.booleans())
def test_node_link_reads_back_whole(
    drawn: tuple[Network, Extra], two_mode: bool
) -> None:
    world, extra = drawn
    flat = flatten(world, two_mode=two_mode, extra=extra)
    written = export_network(world, "node-link", "x", two_mode=two_mode, extra=extra)
    graph = nx.node_link_graph(json.loads(written.files["x.json"]), edges="edges")
    assert graph.is_multigraph()
    assert graph.number_of_nodes() == len(flat.nodes)
    assert graph.number_of_edges() == len(flat.edges)
    numbers = counts(written).get("numbers", 0)
    read = sum(len(data) for _, data in graph.nodes(data=True))
    assert read == sum(len(node.values) + 1 for node in flat.nodes) - numbers
    for node in flat.nodes:
        assert graph.nodes[node.id]["name"] == node.label
    for edge in flat.edges:
        data = graph.edges[edge.source, edge.target, edge.id]
        assert len(data) == len(edge.values) + 3
        assert data["directed"] is edge.directed
        assert data.get("evidence") == as_json(edge.values.get("evidence"))


@settings(max_examples=40, deadline=None)
@given(worlds())
def test_kumu_joins_its_elements_by_their_identifiers(
    drawn: tuple[Network, Extra],
) -> None:
    world, extra = drawn
    flat = flatten(world, extra=extra)
    written = export_network(world, "kumu", "x", extra=extra)
    blueprint = json.loads(written.files["x.json"])
    elements = {element["id"]: element for element in blueprint["elements"]}
    assert len(elements) == len(flat.nodes)
    numbers = counts(written).get("numbers", 0)
    assert sum(map(len, elements.values())) == numbers * -1 + sum(
        len(node.values) + 3 for node in flat.nodes
    )
    for edge, connection in zip(flat.edges, blueprint["connections"], strict=True):
        assert {connection["from"], connection["to"]} <= set(elements)
        assert connection["direction"] == (
            "directed" if edge.directed else "undirected"
        )
        assert len(connection) == len(edge.values) + 6


@settings(max_examples=40, deadline=None)
@given(worlds())
def test_cx2_declares_what_it_holds(drawn: tuple[Network, Extra]) -> None:
    world, extra = drawn
    flat = flatten(world, extra=extra)
    head, metadata, *blocks, status = json.loads(
        export_network(world, "cx2", "x", extra=extra).files["x.cx2"]
    )
    assert head == {"CXVersion": "2.0", "hasFragments": False}
    assert status == {"status": [{"success": True}]}
    aspects = {name: rows for block in blocks for name, rows in block.items()}
    assert {each["name"]: each["elementCount"] for each in metadata["metaData"]} == {
        name: len(rows) for name, rows in aspects.items()
    }
    (declared,) = aspects["attributeDeclarations"]
    types = {
        "string": str,
        "list_of_string": list,
        "long": int,
        "double": float,
        "boolean": bool,
    }
    for name in ("nodes", "edges"):
        for row in aspects[name]:
            for attribute, value in row["v"].items():
                assert type(value) is types[declared[name][attribute]["d"]]
    assert len(aspects["nodes"]) == len(flat.nodes)
    assert [row["v"]["name"] for row in aspects["edges"]] == [
        edge.id for edge in flat.edges
    ]
    nodes = {row["id"]: row["v"]["represents"] for row in aspects["nodes"]}
    assert [(nodes[row["s"]], nodes[row["t"]]) for row in aspects["edges"]] == [
        (edge.source, edge.target) for edge in flat.edges
    ]


@pytest.mark.parametrize("name", ["node-link", "kumu", "cx2"])
def test_json_is_plain_and_says_which_numbers_it_left_out(name: str) -> None:
    world = named(*HOSTILE.values())
    extra = {"derajat": {world.bodies[0].iri: float("nan"), world.bodies[1].iri: 0.5}}
    written = export_network(world, name, "x", extra=extra)
    (content,) = written.files.values()
    assert content.isascii()
    assert b"<" not in content
    assert counts(written)["numbers"] == 1


# Tables.


def rows_of(written: Written, name: str) -> list[dict[str, str]]:
    return list(
        csv.DictReader(StringIO(written.files[name].decode("utf-8"), newline=""))
    )


def as_json(value: Value | None) -> object:
    return list(value) if isinstance(value, tuple) else value


@settings(max_examples=60, deadline=None)
@given(worlds(), st.booleans())
def test_tables_read_back_whole(drawn: tuple[Network, Extra], two_mode: bool) -> None:
    world, extra = drawn
    flat = flatten(world, two_mode=two_mode, extra=extra)
    written = export_network(world, "csv", "x", two_mode=two_mode, extra=extra)
    nodes, edges = rows_of(written, "x-nodes.csv"), rows_of(written, "x-edges.csv")
    assert [unguarded(row["Label"]) for row in nodes] == [
        fit_cell(n.label) for n in flat.nodes
    ]
    values = [node.values for node in flat.nodes]
    values += [edge.values for edge in flat.edges]
    for row, told in zip([*nodes, *edges], values, strict=True):
        cells = {unguarded(cell) for cell in row.values()}
        assert {fit_cell(written_of(value)) for value in told.values()} <= cells
    assert [row["Type"] for row in edges] == [
        "Directed" if edge.directed else "Undirected" for edge in flat.edges
    ]


def written_of(value: Value) -> str:
    """A value as a table writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and abs(value) == float("inf"):
        return "Infinity" if value > 0 else "-Infinity"
    return text_of(value)


@pytest.mark.parametrize("label", HOSTILE.values(), ids=HOSTILE)
def test_no_cell_begins_like_a_formula(label: str) -> None:
    written = export_network(named(label), "csv", "x")
    rows = [*rows_of(written, "x-nodes.csv"), *rows_of(written, "x-edges.csv")]
    assert not [
        cell for row in rows for cell in row.values() if cell.startswith(tuple("=+-@"))
    ]
    assert bool(counts(written).get("guarded")) is ("=" in label[:2])


def test_the_tables_have_the_heads_that_gephi_and_igraph_look_for() -> None:
    written = export_network(workshop(), "csv", "x")
    nodes, edges = rows_of(written, "x-nodes.csv"), rows_of(written, "x-edges.csv")
    assert list(nodes[0])[:2] == ["Id", "Label"]
    assert list(edges[0])[:6] == ["Source", "Target", "Type", "Id", "Label", "Weight"]
    graph = ig.Graph.DictList(
        nodes, edges, vertex_name_attr="Id", edge_foreign_keys=("Source", "Target")
    )
    assert (graph.vcount(), graph.ecount()) == (4, 5)


def test_polars_reads_the_tables_and_the_columns_of_parquet() -> None:
    world = named(*HOSTILE.values())
    extra = {"Ukuran": {world.bodies[0].iri: 2.5}}
    tables = export_network(world, "csv", "x", extra=extra)
    frame = pl.read_csv(tables.files["x-nodes.csv"], infer_schema=False)
    assert frame.height == len(world.bodies)
    columns = export_network(world, "parquet", "x", extra=extra)
    nodes = pl.read_parquet(columns.files["x-nodes.parquet"])
    assert nodes["Label"].to_list() == [each.name.say("id") for each in world.bodies]
    assert nodes["Ukuran"].to_list()[0] == 2.5
    edges = pl.read_parquet(columns.files["x-edges.parquet"])
    assert edges["evidence"].dtype == pl.List(pl.String)
    assert edges["first_day"].dtype == pl.Date
    assert edges["documents"].to_list() == [1] * len(world.ties)
    assert not [loss for loss in columns.lost if loss.kind is LossKind.CHARACTERS]


def test_the_dates_of_parquet_are_days() -> None:
    edges = pl.read_parquet(
        export_network(workshop(), "parquet", "x").files["x-edges.parquet"]
    )
    assert edges["first_day"].to_list()[:2] == [date(2019, 3, 1), date(2021, 5, 4)]
    assert edges["start"].to_list()[:2] == ["2019-03", "2021-05-04"]


def test_one_shape_of_a_clique_is_in_every_format() -> None:
    """A clique of four is six edges, whichever way it is written."""
    world = network_of([("a", "b", "c", "d")], isolates=("e",))
    flat = flatten(world)
    assert len(flat.edges) == 6
    graphs = [
        nx.read_gexf(BytesIO(export_network(world, "gexf", "x").files["x.gexf"])),
        nx.read_graphml(
            BytesIO(export_network(world, "graphml", "x").files["x.graphml"])
        ),
        nx.parse_pajek(
            export_network(world, "pajek", "x").files["x.net"].decode("utf-8")
        ),
    ]
    assert [(len(graph), graph.number_of_edges()) for graph in graphs] == [(5, 6)] * 3
