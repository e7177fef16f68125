"""`simpul query` with --check, --tidy, --save and limits, and queries kept in a folder."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from click.testing import Result

from command_lines import copied_seed, run
from simpul.queries import catalog, tidy

ASK = "ASK { ?s ?p ?o }\n"
PRODUCT = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a"


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a version of the seed graph."""
    out = tmp_path_factory.mktemp("seed")
    return Path(run("build", "seed", "--out", out).stdout.strip())


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that one stands in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def query(*line: str | Path, given: str = "", lang: str = "en") -> Result:
    return run("query", *line, given=given, lang=lang)


# ---- --check


def test_a_sound_query_is_checked_with_0_and_without_a_graph(desk: Path) -> None:
    result = query("founders", "--check")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "without a graph" in result.stderr
    assert "errors 0, warnings 0, notes 0" in result.stderr
    assert not list(desk.iterdir())


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "line 1, column 8: error: ?bdy is asked for"),
        ("id", "baris 1, kolom 8: galat: ?bdy diminta"),
    ],
)
def test_an_error_gives_1_with_its_place_in_either_language(
    desk: Path, lang: str, said: str
) -> None:
    result = query("-", "--check", given="SELECT ?bdy { ?body ?p ?o }", lang=lang)
    assert result.exit_code == 1
    assert said in result.stdout
    assert "?body?" in result.stdout
    assert not list(desk.iterdir())


def test_a_warning_gives_0(desk: Path) -> None:
    result = query("-", "--check", given="SELECT * { ?a a <urn:A> . ?b a <urn:B> }")
    assert result.exit_code == 0
    assert "warning" in result.stdout
    assert not list(desk.iterdir())


def test_a_query_that_cannot_be_read_is_checked_and_gives_1(desk: Path) -> None:
    result = query("-", "--check", given="#+ given: ?x nonsense\nSELECT {")
    assert result.exit_code == 1
    assert "line 2, column 9" in result.stdout
    assert not list(desk.iterdir())


def test_with_a_version_terms_are_looked_up_in_it(version: Path) -> None:
    text = "ASK { ?s <http://www.w3.org/2004/02/skos/core#prefLable> ?o }"
    result = query("-", "--check", "--version-dir", version, given=text)
    assert "did you mean skos:prefLabel?" in result.stdout


# ---- --tidy


def test_a_query_is_printed_tidied_or_written_to_its_own_file(desk: Path) -> None:
    file = desk / "one.rq"
    file.write_text("select*{?s ?p ?o}limit 3", "utf-8")
    printed = query(file, "--tidy")
    assert printed.exit_code == 0
    assert printed.stdout == "select * { ?s ?p ?o } limit 3\n"
    assert query(file, "--tidy", "--out", file).stdout == ""
    assert file.read_text("utf-8") == printed.stdout


def test_a_question_of_the_catalogue_is_tidied_by_its_name() -> None:
    result = query("founders", "--tidy")
    assert result.stdout == tidy(catalog().find("founders").text)


# ---- --save and saved queries


def test_a_saved_query_is_asked_by_name_and_listed_with_its_file(
    desk: Path, version: Path
) -> None:
    saved = query("-", "--save", "is-there-anything", given=ASK)
    assert saved.exit_code == 0
    assert saved.stdout.strip() == str(Path("queries") / "is-there-anything.rq")
    asked = query("is-there-anything", "--version-dir", version, "--format", "csv")
    assert asked.stdout.split() == ["answer", "true"]
    rows = list(csv.DictReader(StringIO(run("queries", "--format", "csv").stdout)))
    assert [row["name"] for row in rows[:-1]] == list(catalog().questions)
    assert rows[-1]["name"] == "is-there-anything"
    assert rows[-1]["file"].endswith("is-there-anything.rq")
    assert not any(row["file"] for row in rows[:-1])
    assert run("queries", "is-there-anything").stdout == ASK
    assert (desk / "queries" / "is-there-anything.rq").is_file()


def test_queries_of_an_ecosystem_lie_in_its_folder(desk: Path) -> None:
    seed = copied_seed(desk)
    assert query("-", "--save", "mine", "--ecosystem", seed, given=ASK).exit_code == 0
    assert (seed / "queries" / "mine.rq").is_file()
    listed = run("queries", "--ecosystem", seed, "--format", "csv").stdout
    assert "mine" in listed
    assert "mine" not in run("queries", "--format", "csv").stdout
    checked = run("check", seed)
    assert checked.exit_code == 0, checked.stdout


def test_a_shipped_ecosystem_is_not_written_to(desk: Path) -> None:
    assert query("-", "--save", "mine", "--ecosystem", "seed", given=ASK).exit_code == 0
    assert (desk / "queries" / "mine.rq").is_file()


def test_a_query_with_an_error_is_not_saved(desk: Path) -> None:
    result = query("-", "--save", "mine", given="SELECT ?x { ?s ?p ?o }")
    assert result.exit_code == 1
    assert "was not saved" in result.stderr
    assert not (desk / "queries").exists()


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "the catalogue has"), ("id", "katalog sudah memuat")]
)
def test_a_saved_query_hides_none_of_the_catalogue(
    desk: Path, version: Path, lang: str, said: str
) -> None:
    (desk / "queries").mkdir()
    file = desk / "queries" / "founders.rq"
    file.write_text(ASK, "utf-8")
    result = query("founders", "--version-dir", version, lang=lang)
    assert result.exit_code == 2
    assert said in result.stderr
    listed = run("queries", "--format", "csv", lang=lang)
    assert said in listed.stderr
    assert listed.stdout.count("founders") == 1
    by_path = query("queries/founders.rq", "--version-dir", version)
    assert by_path.exit_code == 0


def test_one_file_that_cannot_be_read_does_not_hide_the_others(desk: Path) -> None:
    (desk / "queries").mkdir()
    (desk / "queries" / "broken.rq").write_bytes(b"\xff")
    (desk / "queries" / "sound.rq").write_text(ASK, "utf-8")
    result = run("queries", "--format", "csv")
    assert result.exit_code == 0
    assert "broken: is not UTF-8" in result.stderr
    assert "sound" in result.stdout


# ---- limits and errors


@pytest.mark.parametrize(
    ("option", "lang", "said"),
    [
        (("--timeout-s", "0.5"), "en", "took longer than 0.5 s"),
        (("--timeout-s", "0.5"), "id", "berjalan lebih dari 0.5 detik"),
        (("--max-rows", "7"), "en", "more than 7 rows"),
        (("--max-rows", "7"), "id", "lebih dari 7 baris"),
    ],
)
def test_a_limit_ends_a_query_with_an_error_and_no_rows(
    version: Path, option: tuple[str, str], lang: str, said: str
) -> None:
    text = PRODUCT if "--timeout-s" in option else "SELECT * { ?s ?p ?o }"
    result = query("-", *option, "--version-dir", version, given=text, lang=lang)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in result.stderr


def test_within_its_limits_a_query_answers_as_without(version: Path) -> None:
    line = ("founders", "--version-dir", version)
    limited = query(*line, "--timeout-s", "60", "--max-rows", "100")
    assert limited.stdout == query(*line).stdout != ""


@pytest.mark.parametrize("limit", [("--timeout-s", "0"), ("--max-rows", "0")])
def test_a_limit_of_nothing_is_refused(limit: tuple[str, str]) -> None:
    assert query("founders", *limit).exit_code == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("partnrs",), "maksud Anda 'partners'?"),
        (("founders", "--format", "docx"), "bentuk jawaban"),
        (("founders", "-p", "boddy=x"), "tidak punya parameter"),
        (("founders", "-p", "body=bpip"), "maksud Anda 'bpipi'?"),
    ],
)
def test_errors_speak_the_language_of_the_line(
    version: Path, line: tuple[str, ...], said: str
) -> None:
    result = query(*line, "--version-dir", version, lang="id")
    assert result.exit_code == 2
    assert said in result.stderr


def test_where_nothing_was_built_the_way_out_is_told(desk: Path) -> None:
    assert "jalankan `simpul build`" in query("founders", lang="id").stderr
    assert "run `simpul build`" in query("founders").stderr
    assert not list(desk.iterdir())


def test_a_parameter_given_twice_is_refused_and_not_half_forgotten() -> None:
    line = ("founders", "-p", "body=bpipi", "-p", "body=aprisindo")
    assert "more than once" in query(*line).stderr
    assert "lebih dari sekali" in query(*line, lang="id").stderr


def test_an_ecosystem_that_is_not_there_is_told_of(desk: Path) -> None:
    assert run("queries", "--ecosystem", "nope").exit_code == 2
    assert query("founders", "--check", "--ecosystem", "nope").exit_code == 2
    (desk / "ecosystem.toml").write_text("broken", "utf-8")
    assert run("queries", "--format", "csv").exit_code == 0


def test_a_key_with_a_slip_is_a_near_miss(version: Path) -> None:
    result = query("founders", "-p", "body=BPIPY", "--version-dir", version)
    assert "did you mean 'bpipi'?" in result.stderr


# ---- what an error or an empty answer says


def test_what_cannot_be_read_is_not_tidied(desk: Path) -> None:
    result = query("-", "--tidy", "--out", "x.rq", given="SELECT * { ?s ?p ?o")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "a } is missing" in result.stderr
    assert not list(desk.iterdir())


def test_a_prefix_may_be_added_after_tidying() -> None:
    result = query("-", "--tidy", given="ask{?s skos:prefLabel ?o}")
    assert (result.exit_code, result.stdout) == (0, "ask { ?s skos:prefLabel ?o }\n")


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "did you mean simpul:tieType?"), ("id", "maksud Anda")]
)
def test_no_rows_of_a_misspelt_term_come_with_a_hint(
    version: Path, lang: str, said: str
) -> None:
    prefix = "PREFIX simpul: <https://w3id.org/simpul/ontology#> "
    slip, sound = "{ ?s simpul:tieTyp ?o }", "{ ?s simpul:tieType ?s }"
    for text, is_told in ((slip, True), (sound, False)):
        asked = query(
            "-", "--version-dir", version, given=f"{prefix}SELECT * {text}", lang=lang
        )
        assert asked.exit_code == 0
        assert (said in asked.stderr) is is_told


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "updates are refused"), ("id", "pembaruan ditolak")]
)
def test_an_update_is_told_that_it_is_one(version: Path, lang: str, said: str) -> None:
    text = "DELETE WHERE { ?s ?p ?o }"
    result = query("-", "--version-dir", version, given=text, lang=lang)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize("lang", ["en", "id"])
def test_a_code_that_is_none_is_answered_with_the_list(
    version: Path, lang: str
) -> None:
    line = ("ties-of-type", "-p", "type=memorandum", "--version-dir", version)
    result = query(*line, lang=lang)
    assert result.exit_code == 2
    assert "agreement" in result.stderr
    assert "cooperation" in result.stderr
