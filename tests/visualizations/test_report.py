"""Reports: what a page says is in its tables, and neither hostile names nor empty networks break them."""

import csv
import io
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from networks import SCRIPT, body, hostile_world, network, network_of, tie
from simpul.analysis import METHODS, Method, Names, Network, references
from simpul.graph_builder import Days
from simpul.ontology import LANGUAGES, Language
from simpul.visualizations.report import (
    About,
    FolderTaken,
    Settings,
    Table,
    make_report,
    write_report,
)

ABOUT = About(Names("Uji", "Test"), "abc", "0", queries={"bridges": "ASK {}"})
WINDOWS = Days.of("2001/2019"), Days.of("2020/2025")


def report_of(made: Network, lang: Language = "en") -> Mapping[str, bytes]:
    """A small report, with change between two windows."""
    return make_report(made, ABOUT, Settings(lang, 20, windows=WINDOWS))


def bridged() -> Network:
    """Two triangles that one body joins, in two sectors."""
    made = network_of([("a", "b"), ("b", "c"), ("a", "c"), ("c", "d")], ["alone"])
    more = network_of([("d", "e"), ("e", "f"), ("d", "f")])
    known = {each.key: each for each in (*made.bodies, *more.bodies)}
    groups = [("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("d", "e"), ("e", "f")]
    ties = [
        tie(f"t{at}", [known[key] for key in pair], start=f"20{10 + 3 * at}")
        for at, pair in enumerate(groups)
    ]
    return network(known.values(), ties)


class Tables(HTMLParser):
    """The cells of each table of a page by its name, and whether any script stands in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: dict[str, list[list[str]]] = {}
        self.tags: list[str] = []
        self._name = ""
        self._in_cell = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        assert not [name for name in given if name.startswith("on")]
        if tag == "table":
            self._name = given["data-table"] or ""
            self.rows[self._name] = []
        elif tag == "tr":
            self.rows[self._name].append([])
        elif tag == "td":
            self._in_cell = True
            self.rows[self._name][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self._in_cell = self._in_cell and tag != "td"

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.rows[self._name][-1][-1] += data


def read(made: Mapping[str, bytes], name: str) -> list[dict[str, str]]:
    """The rows of a table."""
    path = name if name == "codebook" else f"tables/{name}"
    text = made[f"{path}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture(scope="module")
def made() -> Mapping[str, bytes]:
    """The report of a network with a bridge."""
    return report_of(bridged())


def test_every_number_of_the_page_is_in_its_table(made: Mapping[str, bytes]) -> None:
    tables = Tables(made["report.html"].decode()).rows
    assert {"rank_betweenness", "mixing", "change", "single_origin"} <= set(tables)
    number = re.compile(r"-?\d+(\.\d+)?")
    for name, rows in tables.items():
        for shown, row in zip(rows[1:], read(made, name), strict=False):
            for cell in filter(number.fullmatch, shown):
                assert cell in row.values(), name


def test_the_same_network_gives_the_same_bytes(made: Mapping[str, bytes]) -> None:
    assert report_of(bridged()) == made


def test_the_page_asks_for_nothing_and_runs_nothing(made: Mapping[str, bytes]) -> None:
    page = made["report.html"].decode()
    assert "default-src &#39;none&#39;" in page
    assert "script-src" not in page
    assert not {"script", "link", "iframe"} & set(Tables(page).tags)
    assert not re.search(r'(?:src|href)="(?!data:|#)', page)


def test_figures_and_files_are_there(made: Mapping[str, bytes]) -> None:
    for kind in ("overview", "mixing", "timeline", "evidence"):
        assert made[f"figures/{kind}.svg"].startswith(b"<?xml")
        assert made[f"figures/{kind}.pdf"].startswith(b"%PDF")
    assert {"network/network.graphml", "parameters.json", "references.bib"} <= set(made)
    assert made["queries/bridges.rq"] == b"ASK {}"


def test_tables_open_in_pandas_and_give_the_measures_again(
    made: Mapping[str, bytes],
) -> None:
    read_csv: Any = import_module("pandas").read_csv
    networkx: Any = import_module("networkx")
    measures = read_csv(io.BytesIO(made["tables/measures.csv"])).set_index("key")
    dyads = read_csv(io.BytesIO(made["tables/dyads.csv"]))
    graph = networkx.Graph()
    graph.add_nodes_from(measures.index)
    graph.add_edges_from(zip(dyads["source"], dyads["target"], strict=True))
    for key, value in networkx.betweenness_centrality(graph).items():
        assert abs(float(measures.loc[key, "betweenness"]) - value) <= 5e-5
        assert int(measures.loc[key, "degree"]) == graph.degree[key]


def test_the_script_names_columns_and_tables_that_there_are(
    made: Mapping[str, bytes],
) -> None:
    script = made["replicate.R"].decode()
    columns = {
        name: set(read(made, name)[0]) for name in ("measures", "dyads", "brokerage")
    }
    for name in re.findall(r'read_table\("(\w+)\.csv"\)', script):
        assert name in columns
    for frame, name in (
        ("bodies", "measures"),
        ("dyads", "dyads"),
        ("published", "brokerage"),
    ):
        assert set(re.findall(rf"\b{frame}\$(\w+)", script)) <= columns[name]
        for listed in re.findall(rf"{frame}\[, c\((.*?)\)\]", script):
            assert set(re.findall(r'"(\w+)"', listed)) <= columns[name]


def test_each_source_of_a_step_is_in_the_references_and_each_reference_has_a_step() -> (
    None
):
    known = re.findall(r"^@\w+\{(\w+),", references(), re.MULTILINE)
    assert len(known) == len(set(known))
    assert set(known) == {source for step in METHODS for source in step.sources}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("step", METHODS, ids=lambda step: step.code)
def test_a_step_cites_its_sources_and_no_other(step: Method, lang: Language) -> None:
    sentence = step.say(lang, draws=10, seed=1)
    entries = {
        match["key"]: (match["surname"], match["year"])
        for match in re.finditer(
            r"@\w+\{(?P<key>\w+),\s+author = \{(?P<surname>[^,]+),.*?year = \{(?P<year>\d+)\}",
            references(),
            re.DOTALL,
        )
    }
    for source in step.sources:
        surname, year = entries[source]
        assert re.search(rf"{surname}[\w ,.]*?\(?{year}", sentence), source
    cited = set(re.findall(r"\b(?:19|20)\d\d\b", sentence))
    assert cited == {entries[source][1] for source in step.sources}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "world",
    [network([], []), network([body("a")], []), network_of([], ["a", "b", "c"])],
    ids=["nothing", "one body", "no ties"],
)
def test_a_network_with_nothing_to_measure_has_a_report(
    world: Network, lang: Language
) -> None:
    made = report_of(world, lang)
    assert f'<html lang="{lang}">' in made["report.html"].decode()
    assert read(made, "dyads") == []


def test_hostile_names_stay_text() -> None:
    made = report_of(hostile_world(), "id")
    page = made["report.html"].decode()
    assert SCRIPT not in page
    assert "script" not in Tables(page).tags


def test_no_cell_runs_as_a_formula() -> None:
    table = Table("t", ("a", "b"), (("=1+1", -5), ("plain", None), ("+x", 0.5)))
    assert table.csv().decode("utf-8") == "\ufeffa,b\n'=1+1,-5\nplain,\n'+x,0.5000\n"


def test_only_a_report_is_replaced(made: Mapping[str, bytes], tmp_path: Path) -> None:
    folder = tmp_path / "report"
    write_report(made, folder)
    assert (folder / "tables" / "dyads.csv").read_bytes() == made["tables/dyads.csv"]
    with pytest.raises(FolderTaken, match="--replace"):
        write_report(made, folder)
    write_report(made, folder, replace=True)
    (folder / "parameters.json").unlink()
    with pytest.raises(FolderTaken, match="no report"):
        write_report(made, folder, replace=True)
