"""`simpul diff`."""

import json
from pathlib import Path

import pytest

from command_lines import run
from simpul.graph_builder import (
    Withdraw,
    copy_ecosystem,
    find_ecosystem,
    record_decision,
)
from worlds import copy_of_rattan, edit


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two versions of rattan: an origin of one tie was taken away."""
    home = tmp_path_factory.mktemp("rattan")
    folder, out = copy_of_rattan(home), home / "out"
    assert run("build", folder, "--out", out).exit_code == 0
    edit(folder, "ties.yaml", "  start: '2019'\n", "  start: '2020'\n")
    edit(folder, "groups.yaml", "en: rattan artisans", "en: rattan weavers")
    assert run("build", folder, "--out", out).exit_code == 0
    return out


def ids(out: Path) -> tuple[str, str]:
    """The ids of the previous and of the current version."""
    current = (out / "current").read_text("ascii").strip()
    (previous,) = (p.name for p in (out / "versions").iterdir() if p.name != current)
    return previous, current


def test_without_arguments_it_tells_what_the_last_build_changed(out: Path) -> None:
    result = run("diff", "--version-dir", out)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert "Re-dated (1)" in lines
    assert any("valid from was “2019”, now “2020”" in line for line in lines)
    assert "Renamed (1)" in lines
    previous, current = ids(out)
    assert f"from {previous} to {current}" in result.stderr
    assert "the derived graph follows" in result.stderr


def test_it_speaks_indonesian(out: Path) -> None:
    result = run("diff", "--version-dir", out, lang="id")
    assert "Berganti tanggal (1)" in result.stdout
    assert "berlaku sejak semula “2019”, kini “2020”" in result.stdout


def test_a_version_and_itself_have_nothing_between_them(out: Path) -> None:
    result = run("diff", "current", "current", "--version-dir", out)
    assert result.exit_code == 0
    assert result.stdout == "Nothing has changed.\n"
    found = run(
        "diff", "current", "current", "--version-dir", out, "--format", "json"
    ).stdout
    assert json.loads(found)["changes"] == []


def test_versions_are_named_by_id_by_folder_and_by_word(out: Path) -> None:
    previous, current = ids(out)
    lines = {
        run("diff", *names, "--version-dir", out).stdout
        for names in (
            (),
            ("previous",),
            (previous, current),
            (previous[:6], "current"),
            (out / "versions" / previous, out / "versions" / current),
            (out / "versions" / previous, out),
        )
    }
    assert len(lines) == 1
    back = run("diff", "current", "previous", "--version-dir", out).stdout
    assert "valid from was “2020”, now “2019”" in back


def test_json_holds_turns_and_counts(out: Path) -> None:
    result = run("diff", "--version-dir", out, "--format", "json")
    found = json.loads(result.stdout)
    assert (found["old"], found["new"]) == ids(out)
    (redated,) = (one for one in found["changes"] if one["kind"] == "redated")
    assert redated["sort"] == "tie"
    (turn,) = redated["turns"]
    assert turn["aspect"].endswith("validFrom")
    assert (turn["before"], turn["after"]) == (["2019"], ["2020"])
    assert redated["statements"] == {"gone": 1, "come": 1}
    assert found["following"]["derived"]["gone"] > 0


def test_a_version_that_is_not_there_is_named_with_those_that_are(out: Path) -> None:
    result = run("diff", "ffffff", "current", "--version-dir", out)
    assert result.exit_code == 2
    assert all(key in result.stderr for key in ids(out))


def test_one_version_has_none_before_it(tmp_path: Path) -> None:
    folder, out = copy_of_rattan(tmp_path), tmp_path / "out"
    run("build", folder, "--out", out)
    result = run("diff", "--version-dir", out)
    assert result.exit_code == 2
    assert "only one version" in result.stderr


def test_where_nothing_was_built_it_says_so(tmp_path: Path) -> None:
    result = run("diff", "--version-dir", tmp_path)
    assert result.exit_code == 2
    assert "no version was built here" in result.stderr


@pytest.mark.slow
def test_the_site_dispute_of_2021_is_told_with_its_reason(tmp_path: Path) -> None:
    home, out = tmp_path / "alas-kaki", tmp_path / "out"
    copy_ecosystem(home, find_ecosystem("footwear"))
    assert run("build", home, "--out", out).exit_code == 0
    decision = Withdraw(
        source="clicks-2021-usir", when="2025-01-01", who="Uji", why="Uji."
    )
    record_decision(home, decision)
    assert run("build", home, "--out", out).exit_code == 0
    result = run("diff", "--version-dir", out)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    (place,) = (
        number
        for number, line in enumerate(lines)
        if "(tie/t-sidoarjo-lends-site): standing was “contested”, now “lapsed”" in line
    )
    assert "no longer disputes it" in lines[place + 1]
    assert "lies before the newest evidence" in lines[place + 2]
