"""`simpul families`, `join`, `split`, `drift`, `verify` and `anchor`."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from command_lines import copied_seed, run
from copies import copies_world
from simpul.graph_builder import read_decisions, shipped_ecosystems
from simpul.graph_builder.evidence import anchor
from worlds import copy_of_rattan

FAMILY = "rel-kemenperin-2024-09-11-groundbreaking-bpipi"


def rows(*line: str | Path) -> list[dict[str, Any]]:
    """The rows of an answer as {column: value}."""
    result = run(*line, "--format", "json")
    assert result.exit_code in (0, 1), result.stderr
    found = json.loads(result.stdout)["results"]["bindings"]
    return [{name: cell["value"] for name, cell in row.items()} for row in found]


@pytest.fixture
def footwear(tmp_path: Path) -> Path:
    """A copy of the footwear records to decide on."""
    return Path(shutil.copytree(shipped_ecosystems()["footwear"], tmp_path / "own"))


# ---------------------------------------------------------------- families


@pytest.mark.parametrize(
    ("lang", "line"), [("en", "6 articles, 1 origin"), ("id", "6 artikel, 1 asal")]
)
def test_families_say_how_many_articles_come_from_one_origin(
    lang: str, line: str
) -> None:
    result = run("families", "footwear", lang=lang)
    assert result.exit_code == 0
    assert line in result.stdout
    assert "22" in result.stderr


def test_without_articles_families_propose_nothing() -> None:
    result = run("families", "footwear")
    assert "simpul join" not in result.stderr
    assert {row["proposed"] for row in rows("families", "footwear")} == {""}


def test_with_articles_families_are_proposed_with_reasons_and_the_line_to_agree(
    tmp_path: Path,
) -> None:
    folder = copies_world(tmp_path)
    result = run("families", folder)
    assert result.exit_code == 0
    assert "99% of the runs of five words are shared" in result.stderr
    assert "rare quotations shared: 2" in result.stderr
    line = f"simpul join copy-whole rel-copy-short --new --ecosystem {folder}"
    assert line in result.stderr
    (family,) = (r for r in rows("families", folder) if r["family"] == "rel-copy-short")
    assert family["documents"] == ""
    assert "copy-reworded" in family["proposed"]


def test_the_lines_that_families_offer_make_the_family(tmp_path: Path) -> None:
    folder = copies_world(tmp_path)
    for key in ("release", "copy-whole"):
        line = ("join", key, "rel-copy-short", "--new", "--why", "same words")
        assert run(*line, "--ecosystem", folder).exit_code == 0
    (family,) = (r for r in rows("families", folder) if r["family"] == "rel-copy-short")
    assert family["documents"] == "copy-whole, release"
    assert "copy-short" in family["proposed"]


def test_pairs_are_rows_of_their_own(tmp_path: Path) -> None:
    found = rows("families", copies_world(tmp_path), "--pairs")
    (pair,) = (
        r for r in found if (r["one"], r["other"]) == ("copy-reworded", "release")
    )
    assert (pair["verdict"], pair["quotations"], pair["days"]) == ("join", "2", "1")
    assert 0.12 < float(pair["containment"]) < 0.3
    asked = {(r["one"], r["other"]) for r in found if r["verdict"] == "ask"}
    assert ("copy-reordered", "copy-reworded") in asked


def test_what_is_wrong_with_an_article_is_said_beside_the_rows(tmp_path: Path) -> None:
    folder = copies_world(tmp_path)
    (folder / "articles" / "nobody.txt").write_text("x", "utf-8")
    result = run("families", folder, "--format", "csv")
    assert "articles/nobody.txt" in result.stderr
    assert "nobody" not in result.stdout


# ---------------------------------------------------------------- decisions


def test_a_join_is_written_down_and_counts(footwear: Path) -> None:
    line = ("join", "detik-2024-groundbreaking", FAMILY, "--ecosystem", footwear)
    result = run(*line, "--why", "figures of the statement", "--by", "Ayu")
    assert result.exit_code == 0, result.stderr
    assert "7 articles, 1 origin" in result.stdout
    (decision,), problems = read_decisions(footwear)
    assert problems == []
    assert decision.model_dump(exclude={"when"}) == {
        "action": "join",
        "source": "detik-2024-groundbreaking",
        "family": FAMILY,
        "why": "figures of the statement",
        "who": "Ayu",
    }
    assert "7 articles, 1 origin" in run("families", footwear).stdout


def test_a_family_can_be_named_by_one_of_its_documents(footwear: Path) -> None:
    line = ("join", "detik-2024-groundbreaking", "disway-2024-groundbreaking")
    result = run(*line, "--why", "x", "--ecosystem", footwear)
    assert result.stdout.startswith(FAMILY)


def test_a_join_that_is_so_already_writes_nothing(footwear: Path) -> None:
    line = ("join", "disway-2024-groundbreaking", FAMILY, "--why", "x")
    result = run(*line, "--ecosystem", footwear)
    assert result.exit_code == 0
    assert "already" in result.stderr
    assert read_decisions(footwear) == ((), [])


def test_a_split_is_written_down_and_a_join_takes_it_back(footwear: Path) -> None:
    document = "industry-2024-groundbreaking"
    to = ("--ecosystem", footwear, "--why", "x")
    assert run("split", document, *to).exit_code == 0
    assert "5 articles, 1 origin" in run("families", footwear).stdout
    assert run("join", document, FAMILY, *to).exit_code == 0
    assert "6 articles, 1 origin" in run("families", footwear).stdout
    assert len(read_decisions(footwear)[0]) == 2


WRONG = {
    "source": (("join", "disway-2024-groundbraking", FAMILY), "disway-2024-groundbreaking"),
    "family": (("join", "detik-2024-groundbreaking", FAMILY[:-1]), FAMILY),
    "split source": (("split", "disway-2024-groundbraking"), "disway-2024-groundbreaking"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_key_is_refused_with_the_nearest_and_writes_nothing(
    case: tuple[tuple[str, ...], str], footwear: Path
) -> None:
    line, near = case
    result = run(*line, "--why", "x", "--ecosystem", footwear)
    assert result.exit_code == 2
    assert f"did you mean {near}?" in result.stderr
    assert read_decisions(footwear) == ((), [])


def test_a_new_family_needs_a_key_that_is_one(footwear: Path) -> None:
    line = ("join", "detik-2024-groundbreaking", "Rilis Baru", "--new", "--why", "x")
    result = run(*line, "--ecosystem", footwear)
    assert result.exit_code == 2
    assert "Rilis Baru is no key" in result.stderr
    assert read_decisions(footwear) == ((), [])


def test_a_source_cannot_be_made_to_come_from_itself(tmp_path: Path) -> None:
    folder = copied_seed(tmp_path)
    line = (
        "join",
        "kemenperin-statement-2024-09-11",
        "kemenperin-statement-2024-09-11",
    )
    result = run(*line, "--why", "x", "--ecosystem", folder)
    assert result.exit_code == 2
    assert read_decisions(folder) == ((), [])


@pytest.mark.parametrize("line", [("join", "x", "y"), ("split", "x")])
def test_decisions_need_a_reason_and_records_of_ones_own(line: tuple[str, ...]) -> None:
    assert run(*line, "--ecosystem", "footwear").exit_code == 2
    result = run(*line, "--why", "x", "--ecosystem", "footwear")
    assert result.exit_code == 2
    assert "simpul init" in result.stderr


# ---------------------------------------------------------------- drift


def test_drift_shows_which_outlet_printed_which() -> None:
    result = run("drift", FAMILY, "--ecosystem", "footwear", lang="id")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    (kedansari,) = (line for line in lines if "spelling Kedansari" in line)
    (kedensari,) = (line for line in lines if "spelling Kedensari" in line)
    assert "INDUSTRY.co.id" in kedansari
    assert "Disway, Tribunnews" in kedensari
    assert "6 artikel, 1 asal" in result.stderr


def test_drift_of_a_document_is_that_of_its_family() -> None:
    line = ("drift", "antara-2019-ifcc-en", "--ecosystem", "footwear")
    totals = [r for r in rows(*line) if r["about"] == "discrepancy/footwear-units-2019"]
    printed = {r["printed"].split()[0]: (r["outlets"], r["outside"]) for r in totals}
    assert printed["18687"] == ("ANTARA (English)", "")
    assert printed["18657"] == ("", "ANTARA Jatim")


def test_drift_of_texts_shows_common_words_on_request(tmp_path: Path) -> None:
    folder = copies_world(tmp_path)
    line = ("drift", "rel-copy-short", "--ecosystem", folder)
    few, many = rows(*line), rows(*line, "--every-word")
    assert {r["printed"] for r in few} >= {"Plumbon", "Plumbun", "403", "430", "4,57"}
    assert {r["kind"] for r in few} == {"name", "number", "date"}
    assert {r["kind"] for r in many} == {"name", "number", "date", "word"}
    said = run(*line).stderr
    assert "laid beside Koran release" in said
    assert "--every-word" in said


def test_a_family_that_does_not_exist_is_refused_with_the_nearest() -> None:
    result = run("drift", FAMILY[:-1], "--ecosystem", "footwear")
    assert result.exit_code == 2
    assert FAMILY in result.stderr


# ---------------------------------------------------------------- places

TEXT = "Balai itu berdiri di Desa Kedensari. Balai itu pindah ke Sukodono."


def passage_world(to: Path, article: str) -> Path:
    """The seed with one passage whose selector was taken from `TEXT`."""
    folder = copied_seed(to)
    start = TEXT.index("Desa")
    told = anchor(TEXT, start, start + len("Desa Kedensari")).model_dump()
    selector = "".join(f"    {name}: {value}\n" for name, value in told.items())
    evidence = (
        "- id: e01\n  source: kemenperin-statement-2024-09-11\n  locator: baris 1\n"
        f"  selectors:\n  -{selector[3:]}  explicitness: stated\n  supports:\n"
        "  - occupancy/bpipi-1\n"
    )
    path = folder / "evidence.yaml"
    path.write_text(path.read_text("utf-8") + evidence, "utf-8")
    (folder / "articles").mkdir()
    text = folder / "articles" / "kemenperin-statement-2024-09-11.txt"
    text.write_text(article, "utf-8")
    return folder


OUTCOMES = {
    "found": (TEXT, "found", 0),
    "moved": (f"Kini. {TEXT}", "moved", 1),
    "orphaned": (TEXT.replace("Kedensari", "Kedansari"), "orphaned", 1),
}


@pytest.mark.parametrize("case", OUTCOMES.values(), ids=OUTCOMES.keys())
def test_a_place_is_found_moved_or_orphaned_and_nothing_is_changed(
    case: tuple[str, str, int], tmp_path: Path
) -> None:
    article, outcome, code = case
    folder = passage_world(tmp_path, article)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    result = run("verify", folder)
    assert result.exit_code == code
    *_, last = rows("verify", folder)
    assert last["result"] == outcome
    assert (last.get("now") == "27-41") == (outcome == "moved")
    assert f"{outcome} 1" in result.stderr
    assert "no article 16" in result.stderr
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert after == before


def test_places_without_their_article_are_no_fault() -> None:
    assert run("verify", "seed").exit_code == 0
    assert {row["result"] for row in rows("verify", "seed")} == {"no-article"}


def test_anchor_prints_the_selector_that_a_record_takes(tmp_path: Path) -> None:
    folder = copied_seed(tmp_path)
    line = ("anchor", "disway-2024-09-11", "Desa Kedensari", "--ecosystem", folder)
    assert run(*line).exit_code == 2
    (folder / "articles").mkdir()
    (folder / "articles" / "disway-2024-09-11.txt").write_text(TEXT, "utf-8")
    result = run(*line)
    assert result.exit_code == 0
    assert "Kedensari" not in result.stdout
    path = folder / "evidence.yaml"
    text = path.read_text("utf-8")
    start = text.index("  selectors:")
    end = text.index("  voice:")
    made = "".join(f"  {part}\n" for part in result.stdout.splitlines())
    path.write_text(text[:start] + made + text[end:], "utf-8")
    assert run("check", folder).exit_code == 0
    first, *_ = rows("verify", folder)
    assert (first["result"], first["start"]) == ("found", "21")


def test_anchor_takes_a_text_from_a_pipe_and_over_line_ends() -> None:
    line = ("anchor", "disway-2024-09-11", "Desa Kedensari", "--ecosystem", "seed")
    result = run(*line, "--text", "-", given="Di Desa\nKedensari.")
    assert result.stdout.startswith("selectors:\n- start: 3\n  end: 17\n  digest: ")


UNFIT = {
    "words that are not there": ("tidak ada", TEXT, "not in the article"),
    "words in two places": ("Balai itu", TEXT, "2 places"),
    "no text": ("Balai itu", b"\xff\xfe", "UTF-8"),
}


@pytest.mark.parametrize("case", UNFIT.values(), ids=UNFIT.keys())
def test_anchor_refuses_what_is_not_one_place(
    case: tuple[str, str | bytes, str],
) -> None:
    words, text, said = case
    line = ("anchor", "disway-2024-09-11", words, "--ecosystem", "seed", "--text", "-")
    result = run(*line, given=text)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("command", ["verify", "families", "duplicates"])
def test_records_that_cannot_be_read_are_no_empty_answer(
    tmp_path: Path, command: str
) -> None:
    folder = copy_of_rattan(tmp_path)
    path = folder / "ties.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  type:", "  tipe:", 1), encoding="utf-8")
    for lang, word in (("en", "errors: 2"), ("id", "galat: 2")):
        result = run(command, folder, lang=lang)
        assert result.exit_code == 1
        assert word in result.stderr
        assert "ties.yaml" in result.stderr
        assert result.stdout == ""
