"""The whole line: help, language, messages and exit codes."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from command_lines import run
from simpul.cli import main

COMMANDS = sorted(main.commands)


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_a_line_of_its_own(name: str, lang: str) -> None:
    shown = run(name, "--help", lang=lang)
    assert shown.exit_code == 0
    _, _, examples = shown.stdout.partition({"id": "Contoh:", "en": "Examples:"}[lang])
    assert f"simpul {name}" in examples


@pytest.mark.parametrize("name", COMMANDS)
def test_help_speaks_two_languages(name: str) -> None:
    texts = [run(name, "--help", lang=lang).stdout for lang in ("id", "en")]
    assert "Pemakaian:" in texts[0]
    assert "Usage:" in texts[1]
    assert not set(texts[0].splitlines()[2:5]) & set(texts[1].splitlines()[2:5]) - {""}


def test_the_language_may_be_named_after_help() -> None:
    assert "Pemakaian:" in run("demo", "--help", "--lang", "id").stdout


@pytest.mark.parametrize("name", ["README.md", "README.id.md"])
def test_every_command_is_named_in_the_readme(repository: Path, name: str) -> None:
    text = (repository / name).read_text("utf-8")
    assert [command for command in COMMANDS if f"simpul {command}" not in text] == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param("quer", "no command quer; did you mean query", id="command"),
        pytest.param("view --fokus x", "no option --fokus", id="option"),
        pytest.param("query", "is missing", id="argument"),
        pytest.param("check --lang fr", "--lang does not fit", id="choice"),
        pytest.param("query founders -p body", "body is no pair", id="parameter"),
        pytest.param("query foundrs", "did you mean 'founders'", id="query"),
        pytest.param("query x --format xmll", "did you mean 'xml'", id="format"),
        pytest.param("query ./no.rq", "No such file", id="file"),
        pytest.param("check fotwear", "did you mean footwear", id="ecosystem"),
    ],
)
def test_a_wrong_request_says_what_is_meant_and_leaves_with_2(
    line: str, message: str
) -> None:
    result = run(*line.split())
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("error: ")
    assert message in result.stderr


def test_a_wrong_request_is_answered_in_indonesian_too() -> None:
    assert run("quer", lang="id").stderr.startswith("galat: tidak ada perintah quer")


def test_a_question_to_no_graph_says_how_to_build_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("query", "founders")
    assert result.exit_code == 2
    assert "run `simpul build`" in result.stderr


def test_nothing_asked_shows_the_help_and_leaves_with_2() -> None:
    result = run()
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Commands:" in result.stderr


def test_the_version_is_that_of_the_package() -> None:
    assert re.fullmatch(r"simpul \d+\.\d+\.\d+\n", run("--version").stdout)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_the_script_of_a_shell(shell: str) -> None:
    result = run("completion", shell)
    assert result.exit_code == 0
    assert "_SIMPUL_COMPLETE" in result.stdout


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        pytest.param("simpul qu", {"query", "queries"}, id="command"),
        pytest.param("simpul query founder", {"founders"}, id="question"),
        pytest.param("simpul query x --format spread", {"spreadsheet"}, id="format"),
    ],
)
def test_tab_completes_commands_questions_and_formats(
    words: str, offered: set[str]
) -> None:
    asked = {
        "_SIMPUL_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    answer = subprocess.run(
        [sys.executable, "-c", "from simpul.cli import main; main()"],
        env={**os.environ, **asked},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert offered <= {line.partition(",")[2] for line in answer.stdout.splitlines()}
