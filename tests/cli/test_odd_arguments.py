"""Arguments that nobody should type, and what is said of them in either language."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from command_lines import run
from simpul.cli import main


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a version of the seed graph."""
    folder = tmp_path_factory.mktemp("seed")
    assert run("build", "seed", "--out", folder).exit_code == 0
    return folder


# Where something is written.


@pytest.mark.parametrize("place", ["", " ", "-"])
@pytest.mark.parametrize(
    "line",
    [
        ("init",),
        ("build", "seed", "--out"),
        ("demo", "--out"),
        ("template", "--out"),
        ("coders", "seed", "seed", "--disagreements"),
    ],
)
def test_a_place_that_cannot_be_meant_is_refused_and_nothing_is_written(
    line: tuple[str, ...],
    place: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*line, place)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "the name is empty" in result.stderr or "- is a pipe" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(
    "line",
    [
        ("view", "--out"),
        ("query", "founders", "--out"),
        ("query", "founders", "--tidy", "--out"),
        ("template", "--out"),
        ("template", "--format", "csv", "--out"),
        ("coders", "seed", "seed", "--disagreements"),
    ],
)
def test_a_file_goes_into_a_folder_that_is_there(
    line: tuple[str, ...], lang: str, tmp_path: Path
) -> None:
    place = tmp_path / "nowhere" / "file"
    result = run(*line, place, lang=lang)
    assert result.exit_code == 2
    assert result.stdout == ""
    told = {"id": f"folder {place.parent} tidak ada", "en": "make it first"}
    assert told[lang] in result.stderr
    assert str(place.parent) in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_hyphen_is_standard_output(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    where = ("--version-dir", out)
    page = run("view", "--out", "-", *where)
    assert page.exit_code == 0, page.stderr
    assert page.stdout.startswith("<!doctype html>")
    assert page.stdout.rstrip().endswith("</html>")
    rows = run("query", "founders", "--format", "csv", *where).stdout
    line = ("query", "founders", "--format", "csv", "--out", "-", *where)
    assert run(*line).stdout == rows
    assert run("query", "founders", "--tidy", "--out", "-").stdout.startswith("#+")
    assert list(tmp_path.iterdir()) == []


def test_the_folder_one_stands_in_may_be_begun_and_gives_the_page_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "awan"
    home.mkdir()
    monkeypatch.chdir(home)
    result = run("init", ".")
    assert result.exit_code == 0, result.stderr
    assert "--out awan.html" in result.stderr


# What click finds.


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("--lang id", "perintahnya belum disebut"),
        ("drift sepatu zzz", "terlalu banyak kata: zzz"),
        ("query founders --out", "opsi --out memerlukan nilai"),
        ("query founders --check=3", "opsi --check tidak menerima nilai"),
        ("query founders --max-rows 0", "--max-rows tidak cocok: 0 di luar batas x>=1"),
        ("query founders --max-rows x", "'x' bukan bilangan bulat"),
        ("query founders --timeout-s 0", "0.0 di luar batas x>0"),
        ("query founders --timeout-s x", "'x' bukan bilangan\n"),
        ("explain a --format xml", "'xml' tidak ada; pilih salah satu dari text, json"),
        ("completion sh", "pilih salah satu dari bash, zsh, fish"),
        ("view --version-dir /no/such", "'/no/such' tidak ada"),
        ("query founders --out .", "'.' adalah folder, bukan berkas"),
        ("view --version-dir FILE", "adalah berkas, bukan folder"),
        ("find a --kind ? --version-dir OUT", "--kind tidak cocok: jenis ? tidak ada"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_in_its_language(
    out: Path, line: str, said: str
) -> None:
    places = {"FILE": out / "current", "OUT": out}
    words = [places.get(word, word) for word in line.split()]
    result = run(*words, lang="id")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("galat: ")
    assert said in result.stderr
    english = ("Missing", "Got", "Option", "Invalid", "not in", "is not", "does not")
    assert not [word for word in english if word in result.stderr]


# Things that are not there.


@pytest.mark.parametrize(
    ("line", "lang", "said"),
    [
        ("view --focus bpip", "id", "galat: tidak ada lembaga 'bpip' dalam jejaring; maksud Anda 'bpipi'?"),
        ("view --focus bpip", "en", "error: there is no body 'bpip' in the network; did you mean 'bpipi'?"),
        ("view --focus zzqx", "id", "`simpul find` mencarinya"),
        ("explain zzz", "id", "galat: zzz: tidak ada klaim ini"),
        ("explain FOUNDING-BPIPI-1", "id", "maksud Anda 'founding-bpipi-1'?"),
        ("explain TIE/FOUNDING-BPIPI-1", "en", "did you mean 'tie/founding-bpipi-1'?"),
        ("history bpipy", "id", "history: body='bpipy' tidak ada dalam graf ini; maksud Anda 'bpipi'?"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_said_in_the_language_of_the_line(
    out: Path, tmp_path: Path, line: str, lang: str, said: str
) -> None:
    command = line.split()
    page = ("--out", tmp_path / "page.html") if command[0] == "view" else ()
    result = run(*command, *page, "--version-dir", out, lang=lang)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_example_of_a_claim_is_one(out: Path) -> None:
    told = run("explain", "zzqx", "--version-dir", out).stderr
    example = told.partition("a key such as ")[2].partition(",")[0]
    assert run("explain", example, "--version-dir", out).exit_code == 0


@pytest.mark.parametrize(
    "name",
    ["BPIPI", "bPIpi", "Balai Pemberdayaan Industri Persepatuan Indonesia", "org/bpipi"],
)  # fmt: skip
def test_a_body_may_be_named_as_it_is_called(out: Path, name: str) -> None:
    where = ("--format", "csv", "--version-dir", out)
    by_key = run("history", "bpipi", *where)
    assert run("history", name, *where).stdout == by_key.stdout != ""
    asked = run("query", "founders", "-p", f"body={name}", *where)
    assert asked.stdout == run("query", "founders", *where).stdout


def test_what_is_only_like_a_name_is_offered_and_not_taken(out: Path) -> None:
    result = run("history", "Kementrian Perindustrian", "--version-dir", out)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "kemenperin (Ministry of Industry)" in result.stderr
    assert "history-of-body" not in result.stderr
    nothing = run("history", "zzqx qxzz", "--version-dir", out)
    assert nothing.exit_code == 2
    assert "no name in it is like this" in nothing.stderr


# Versions, lists, the tab key.


def test_diff_says_which_kind_of_folder_it_wants(out: Path) -> None:
    (version,) = (out / "versions").iterdir()
    for names in ((), ("xyz",), ("current", "current")):
        result = run("diff", *names, "--version-dir", version)
        assert result.exit_code == 2
        assert "is the folder of one version" in result.stderr
    both = run("diff", version, version, "--version-dir", version)
    assert both.exit_code == 0, both.stderr


def test_a_version_without_a_name_is_none(out: Path) -> None:
    for names in (("", ""), ("current", " ")):
        result = run("diff", *names, "--version-dir", out)
        assert result.exit_code == 2
        assert "the name of a version is empty" in result.stderr


@pytest.mark.parametrize("form", ["json", "table"])
def test_the_form_of_a_list_is_not_that_of_a_question(form: str) -> None:
    result = run("queries", "founders", "--format", form)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "--format is that of the list" in result.stderr


def test_the_tab_key_says_nothing_of_an_ecosystem_that_is_not_there() -> None:
    shell = ShellComplete(main, {}, "simpul", "_SIMPUL_COMPLETE")
    assert shell.get_completions(["diff", "--ecosystem", "nope"], "") == []
    asked = {
        "_SIMPUL_COMPLETE": "bash_complete",
        "COMP_WORDS": "simpul diff --ecosystem nope ",
        "COMP_CWORD": "4",
    }
    answer = subprocess.run(
        [sys.executable, "-c", "from simpul.cli import main; main()"],
        env={**os.environ, **asked},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert answer.stdout.strip() == answer.stderr == ""
