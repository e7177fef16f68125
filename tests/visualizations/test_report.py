"""Reports: what a page says is in its tables, and neither hostile names nor empty networks break them."""

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from networks import (
    SCRIPT,
    body,
    evidence,
    hostile_world,
    network,
    network_of,
    tie,
)
from simpul.analysis import (
    METHODS,
    Joining,
    Method,
    NamedCode,
    Names,
    Network,
    Rules,
    Stance,
    references,
)
from simpul.analysis.uncertainty import USUAL_INTERVALS
from simpul.graph_builder import Days
from simpul.ontology import LANGUAGES, Language
from simpul.visualizations.report import (
    About,
    FolderTaken,
    Settings,
    Table,
    UnreportableRules,
    make_report,
    write_report,
)

SECTORS = tuple(
    NamedCode(f"urn:{code}", code, Names(code, code))
    for code in ("government", "business")
)


def _has_r() -> bool:
    """Whether R is here with what the script needs."""
    if not shutil.which("Rscript"):
        return False
    asked = "for (p in c('igraph', 'network', 'sna')) library(p, character.only = TRUE)"
    done = subprocess.run(
        ["Rscript", "-e", asked], capture_output=True, check=False, timeout=120
    )
    return done.returncode == 0


RSCRIPT = _has_r()
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


def grouped() -> Network:
    """The two triangles, in two groups, with a body of neither."""
    made = bridged()
    kinds = {
        "a": SECTORS[0],
        "b": SECTORS[0],
        "c": SECTORS[0],
        "d": SECTORS[1],
        "e": SECTORS[1],
    }
    return replace(
        made,
        bodies=tuple(
            replace(each, strand=kinds.get(each.key), sector=kinds.get(each.key))
            for each in made.bodies
        ),
    )


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


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_of_the_page_is_in_its_table(lang: Language) -> None:
    made = report_of(bridged(), lang)
    tables = Tables(made["report.html"].decode()).rows
    assert {"rank_betweenness", "mixing", "change", "single_origin"} <= set(tables)
    number = re.compile(rf"-?\d+(\{'.' if lang == 'en' else ','}\d+)?")
    fractions = 0
    for name, rows in tables.items():
        for shown, row in zip(rows[1:], read(made, name), strict=False):
            written = [float(each) for each in row.values() if _is_float(each)]
            for cell in shown:
                assert not re.fullmatch(r"-?\d+[.,]\d+", cell) or number.fullmatch(cell)
                if number.fullmatch(cell):
                    read_as = float(cell.replace(",", "."))
                    fractions += not read_as.is_integer()
                    assert min(abs(each - read_as) for each in written) <= 5.1e-4, name
    assert fractions


def _is_float(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def test_a_column_of_whole_numbers_has_no_decimals() -> None:
    table = Table("t", ("a", "b", "c"), ((2.0, 0.5, 0.01), (3.0, 1.0, 0.002)))
    assert (
        table.csv() == b"\xef\xbb\xbfa,b,c\n2,0.500000,0.010000\n3,1.000000,0.002000\n"
    )
    shown = [[text for text, _ in row] for row in table.page_rows("id")]
    assert shown == [["2", "0,500", "0,010"], ["3", "1,000", "0,002"]]


def test_an_indonesian_page_has_no_code_of_this_program_where_it_has_a_word() -> None:
    made = report_of(grouped(), "id")
    codes = {
        row["measure"] for row in read(made, "network") + read(made, "sensitivity")
    }
    codes |= {row["figure"] for row in read(made, "network")}
    codes |= {row["variable"] for row in read(made, "missingness")}
    codes -= {"status", "basis"}  # the same word in Indonesian
    tables = Tables(made["report.html"].decode()).rows
    for name in ("network", "sensitivity", "missingness", "mixing_tests", "change"):
        assert not codes & {cell for row in tables[name] for cell in row}, name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_column_of_each_table_has_a_head_in_both_languages(lang: Language) -> None:
    made = report_of(bridged(), lang)
    heads = {(row["table"], row["column"]): row for row in read(made, "columns")}
    for path in made:
        if path.startswith("tables/") and path != "tables/columns.csv":
            name = path.removeprefix("tables/").removesuffix(".csv")
            lines = made[path].decode("utf-8-sig").splitlines()
            for column in lines[0].split(","):
                assert heads[name, column]["id"], (name, column)
                assert heads[name, column]["en"], (name, column)


def test_roles_mixing_and_the_whole_network_have_intervals(
    made: Mapping[str, bytes],
) -> None:
    (bridge,) = [row for row in read(made, "brokerage") if row["key"] == "c"]
    assert 0 <= float(bridge["total_low"]) <= float(bridge["total_high"])
    assert float(bridge["total_high"]) > 0
    for name in ("mixing", "network"):
        spans = [row for row in read(made, name) if row["low"]]
        assert spans, name
        for row in spans:
            assert float(row["low"]) <= float(row["high"]), row
    assert {row["measure"] for row in read(made, "intervals")} == set(USUAL_INTERVALS)


@pytest.mark.parametrize(("own", "survives"), [(4, "true"), (3, "false"), (2, "false")])
def test_a_lead_that_hangs_on_the_largest_release_is_told(
    own: int, survives: str
) -> None:
    # One release of three ties makes "much" lead with `own` partners more, and "other" has 3 partners.
    keys = ["much", "other", *(f"n{at}" for at in range(12))]
    bodies = {key: body(key) for key in keys}
    pairs = [("much", f"n{at}") for at in range(3 + own)]
    pairs += [("other", f"n{at}") for at in range(8, 11)]
    copied = evidence("release", Stance.SUPPORTS)
    ties = [
        tie(
            f"t{at:02}",
            [bodies[key] for key in pair],
            **({"evidence": (copied,)} if at < 3 else {}),
        )
        for at, pair in enumerate(pairs)
    ]
    made = make_report(network(bodies.values(), ties), ABOUT, Settings("en", 5))
    (row,) = [
        row
        for row in read(made, "conclusions")
        if row["conclusion"] == "leads-degree" and row["family"] == "release"
    ]
    after = [
        f"Body {key}"
        for key, partners in (("much", own), ("other", 3))
        if partners >= max(own, 3)
    ]
    assert row["recorded"] == "Body much"
    assert row["without"].split("; ") == after
    assert row["survives"] == survives


@pytest.mark.parametrize(
    ("lang", "null"), [("en", "Null: ties"), ("id", "Hipotesis nol: ikatan")]
)
def test_the_null_of_several_tests_is_said_once(lang: Language, null: str) -> None:
    made = report_of(grouped(), lang)
    assert len(read(made, "mixing_tests")) > 1
    assert made["findings.md"].decode().count(null) == 1


def test_without_windows_the_report_says_so_and_has_no_table_of_change() -> None:
    made = make_report(bridged(), ABOUT, Settings("en", 5))
    assert "No windows of time were asked for" in made["report.html"].decode()
    assert not {"tables/change.csv", "tables/change_bodies.csv"} & set(made)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_bounds_of_counts_are_whole_numbers(lang: Language) -> None:
    made = report_of(grouped(), lang)
    for name, bounds in (
        ("mixing", ("low", "high")),
        ("brokerage", ("total_low", "total_high")),
    ):
        cells = [row[bound] for row in read(made, name) for bound in bounds]
        assert cells
        assert all(cell.isdecimal() for cell in cells), name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_network_with_direction_has_a_report(lang: Language) -> None:
    rules = Rules(directed=True)
    made = make_report(bridged(), ABOUT, Settings(lang, 5, rules=rules))
    assert read(made, "rank_betweenness")[0]["rank"] == "1"
    for name in ("rank_betweenness", "brokerage", "mixing", "network"):
        low, high = (
            ("total_low", "total_high") if name == "brokerage" else ("low", "high")
        )
        spans = [(row[low], row[high]) for row in read(made, name) if row[low]]
        assert spans, name
        assert all(float(low) <= float(high) for low, high in spans), name
    assert {row["measure"] for row in read(made, "sensitivity")} == {
        "betweenness",
        "degree",
    }
    assert {row["measure"] for row in read(made, "intervals")} == set(USUAL_INTERVALS)
    assert "directed <- TRUE" in made["replicate.R"].decode()
    assert "Holland" in made["report.html"].decode()


def test_a_two_mode_network_has_none() -> None:
    with pytest.raises(UnreportableRules):
        Settings(rules=Rules(dyads=Joining.TWO_MODE))


def test_only_ties_of_the_rules_are_reported() -> None:
    rules = Rules(tie_types=frozenset({"no-such-type"}))
    made = make_report(bridged(), ABOUT, Settings("en", 5, rules=rules))
    assert read(made, "dyads") == []
    assert json.loads(made["parameters.json"])["rules"]["tie_types"] == ["no-such-type"]


@pytest.mark.skipif(
    not RSCRIPT, reason="Rscript with igraph, network and sna is not here"
)
@pytest.mark.parametrize("directed", [False, True], ids=["undirected", "directed"])
def test_the_script_computes_the_tables_again(
    tmp_path: Path, *, directed: bool
) -> None:
    settings = Settings("id", 5, rules=Rules(directed=directed))
    write_report(make_report(grouped(), ABOUT, settings), tmp_path / "made")
    done = _run_script(tmp_path / "made")
    assert done.returncode == 0, done.stderr
    compared = set(re.findall(r"^(\w+) +(\w+) +\d+ values", done.stdout, re.MULTILINE))
    expected = {
        ("measures", "betweenness"),
        ("mixing", "pairs"),
        ("brokerage", "total"),
    }
    expected |= {("network", "density"), ("measures", "degree")}
    if not directed:
        expected |= {("measures", "closeness"), ("measures", "constraint")}
    assert expected <= compared
    assert "ERGM: edges" in done.stdout
    assert (tmp_path / "made" / "network.rds").is_file()


@pytest.mark.skipif(
    not RSCRIPT, reason="Rscript with igraph, network and sna is not here"
)
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("measures", "betweenness"),
        ("network", "value"),
        ("mixing", "pairs"),
        ("brokerage", "liaison"),
    ],
)
def test_the_script_ends_with_an_error_where_a_table_is_not_what_it_computes(
    tmp_path: Path, table: str, column: str
) -> None:
    made = tmp_path / "made"
    write_report(make_report(grouped(), ABOUT, Settings("en", 5)), made)
    path = made / "tables" / f"{table}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0][column] = str(float(rows[0][column]) + 1)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    done = _run_script(made)
    assert done.returncode != 0
    assert "not the same" in done.stderr


def _run_script(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["Rscript", "replicate.R"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


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
    assert table.csv().decode("utf-8") == "\ufeffa,b\n'=1+1,-5\nplain,\n'+x,0.500000\n"


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


def test_who_leads_is_told_by_other_assumptions_on_sources_too() -> None:
    made = report_of(bridged())
    rows = [row for row in read(made, "assumptions") if row["measure"] == "betweenness"]
    assert [(row["model"], float(row["false_rate"])) for row in rows][:2] == [
        ("origins", 0.1),
        ("origins", 0.3),
    ]
    assert {row["recorded"] for row in rows} == {"Body c"}
    trusted, doubted = (float(row["leads"]) for row in rows[:2])
    # Both draw by the same random numbers: a tie that doubt keeps, trust keeps as well.
    assert doubted <= trusted


def test_the_figures_are_of_the_ties_that_the_rules_choose() -> None:
    whole = bridged()
    rules = Rules(when=Days.of("2010/2015"))
    chosen = make_report(whole, ABOUT, Settings("en", 5, rules=rules))
    every = make_report(whole, ABOUT, Settings("en", 5))
    assert chosen["figures/overview.svg"] != every["figures/overview.svg"]
    page = chosen["report.html"].decode()
    assert "ties chosen by the rules of this report" in page
    assert (
        "ties chosen by the rules of this report" not in every["report.html"].decode()
    )
