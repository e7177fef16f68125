"""`simpul extract` on files as they come: what cannot be read is told by name and stops no other."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml

from command_lines import run

TEXT = (
    "Jepara, 4 Maret 2025 - Pemerintah Kabupaten Jepara bekerja sama dengan Kementerian "
    "Perindustrian melatih 40 perajin ukir. Kafé “Ukir” itu milik Koperasi Ukir Lestari."
)
BROKEN = {
    "empty.txt": (b" \n", "holds no text", "tidak berisi teks"),
    "binary.txt": (b"\x00\x01\x02\x80" * 200, "is no text", "bukan teks"),
    "english.txt": (
        b"The minister opened a new factory in the city on Monday and met the workers there.",
        "another language (en)",
        "bahasa lain (en)",
    ),
    "french.txt": (
        "Le ministre a ouvert une nouvelle usine lundi et a rencontré les ouvriers.".encode(),
        "another language (fr)",
        "bahasa lain (fr)",
    ),
    "broken.pdf": (b"%PDF-1.4\nnothing", "PDF that cannot be read", "tidak dapat"),
    "page.html": (
        b"<html><body></body></html>",
        "no main text",
        "tidak ada teks utama",
    ),
}
ENCODINGS = {
    "plain": TEXT.encode(),
    "marked": TEXT.encode("utf-8-sig"),
    "windows": TEXT.encode("cp1252"),
    "wide": TEXT.encode("utf-16"),
    "wide-little": TEXT.encode("utf-16-le"),
    "wide-big": TEXT.encode("utf-16-be"),
    "returns": TEXT.replace(". ", ".\r\n").encode(),
    "mixed": (TEXT + "\n").encode() + "Kafé itu ramai.".encode("cp1252"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two articles, and of all that is none."""
    for name, (content, _, _) in BROKEN.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "z.TXT").write_text(TEXT.replace("40", "60"), encoding="utf-8")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "table.xlsx").write_bytes(b"PK")
    return tmp_path


def articles(written: str) -> list[str]:
    """The names of the articles in what was written."""
    record: dict[str, Any] = json.loads(written)
    return [each["article"] for each in record["articles"]]


@pytest.mark.parametrize("lang", ["en", "id"])
def test_each_file_that_cannot_be_read_is_told_and_the_rest_is_read(
    folder: Path, lang: str
) -> None:
    done = run("extract", folder, lang=lang)
    assert done.exit_code == 1
    assert articles(done.stdout) == ["a", "z"]
    for name, (_, english, indonesian) in BROKEN.items():
        line = next(each for each in done.stderr.splitlines() if name in each)
        assert (english if lang == "en" else indonesian) in line
    assert ("1 other files" if lang == "en" else "1 berkas lain") in done.stderr


def test_more_processes_say_the_same(folder: Path) -> None:
    line = ("extract", folder)
    one, two = run(*line), run(*line, "--processes", "2")
    assert two.exit_code == 1, two.output
    assert two.stdout == one.stdout
    assert two.stderr == one.stderr


def test_a_file_that_cannot_be_opened_stops_no_other(folder: Path) -> None:
    link = folder / "link.txt"
    try:
        link.symlink_to(folder / "nowhere")
    except OSError:
        pytest.skip("links need a privilege here")
    done = run("extract", folder, "--out", folder / "out.json")
    assert done.exit_code == 1
    assert "link.txt: cannot be opened" in done.stderr
    assert articles((folder / "out.json").read_text("utf-8")) == ["a", "z"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_an_article_is_read_in_any_usual_encoding(
    tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(ENCODINGS[encoding])
    done = run("extract", path)
    assert done.exit_code == 0, done.output
    record = json.loads(done.stdout)
    names = {each["name"] for each in record["institutions"]}
    assert {"Kementerian Perindustrian", "Koperasi Ukir Lestari"} <= names
    assert "\ufffd" not in done.stdout


def test_a_folder_without_articles_and_a_file_that_is_not_there_are_refused(
    tmp_path: Path,
) -> None:
    for given in (tmp_path, tmp_path / "none.txt"):
        done = run("extract", given)
        assert done.exit_code == 2
        assert str(given) in done.stderr
        assert done.stdout == ""


def test_nothing_but_what_cannot_be_read_is_still_json_and_yaml(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(b"")
    asked = ("extract", tmp_path)
    assert json.loads(run(*asked).stdout) == {"articles": [], "families": []}
    told = yaml.safe_load(run(*asked, "--format", "yaml").stdout)
    assert told == {"articles": [], "families": []}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_at_a_terminal_the_progress_is_shown(folder: Path) -> None:
    import pty

    leader, follower = pty.openpty()
    command = [sys.executable, "-c", "from simpul.cli import main; main()"]
    command += ["extract", str(folder), "--out", str(folder / "out.json")]
    environment = {**os.environ, "SIMPUL_LANG": "en", "TERM": "xterm"}
    ends = {"stdout": subprocess.DEVNULL, "stderr": follower}
    seen = b""
    with subprocess.Popen(command, env=environment, **ends):  # type: ignore[call-overload]
        os.close(follower)
        with suppress(OSError):  # as Linux ends a terminal that nobody holds any more
            while more := os.read(leader, 65_536):
                seen += more
    os.close(leader)
    assert b"reading articles: 8 of 8" in seen
