import importlib
import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.graph_builder import check_ecosystem
from simpul.ontology import SourceError
from worlds import copy_of_rattan

inner: Any = importlib.import_module("simpul.graph_builder.decisions")

SIGNED = {"when": "2026-11-24", "who": "Sari", "why": "dicabut penerbitnya"}
KEYS = st.sampled_from(["a", "b", "c"])


def decisions() -> st.SearchStrategy[Any]:
    return st.one_of(
        KEYS.map(lambda key: inner.Withdraw(**SIGNED, source=key)),
        KEYS.map(lambda key: inner.Restore(**SIGNED, source=key)),
        st.tuples(KEYS, KEYS).map(
            lambda two: inner.Merge(**SIGNED, kind="person", record=two[0], into=two[1])
        ),
        KEYS.map(lambda key: inner.Unmerge(**SIGNED, kind="person", record=key)),
        st.tuples(KEYS, KEYS).map(
            lambda two: inner.Distinguish(
                **SIGNED, kind="person", record=two[0], other=two[1]
            )
        ),
        st.tuples(KEYS, KEYS).map(
            lambda two: inner.Join(**SIGNED, source=two[0], family=two[1])
        ),
        KEYS.map(lambda key: inner.Split(**SIGNED, source=key)),
    )


@settings(deadline=None, max_examples=50)
@given(st.lists(decisions(), max_size=6))
def test_what_is_recorded_is_read_back_in_order(
    tmp_path_factory: pytest.TempPathFactory, taken: list[Any]
) -> None:
    folder = tmp_path_factory.mktemp("log")
    for decision in taken:
        inner.record_decision(folder, decision)
    assert inner.read_decisions(folder) == (tuple(taken), [])


@given(st.lists(decisions(), max_size=12))
def test_the_last_word_on_each_thing_stands(taken: list[Any]) -> None:
    standing = inner.standing_decisions(taken)
    for key in "abc":
        on_source = [d for d in taken if getattr(d, "source", None) == key]
        counted = [d for d in on_source if d.action in {"withdraw", "restore"}]
        assert (key in standing.withdrawn) == (
            bool(counted) and counted[-1].action == "withdraw"
        )
        grouped = [d for d in on_source if d.action in {"join", "split"}]
        assert (key in standing.families) == bool(grouped)
        if grouped:
            assert standing.families[key] == getattr(grouped[-1], "family", None)
        on_record = [d for d in taken if getattr(d, "record", None) == key]
        merging = [d for d in on_record if d.action in {"merge", "unmerge"}]
        into = getattr(merging[-1], "into", None) if merging else None
        assert standing.merged.get(("person", key)) == into


def test_a_line_that_is_no_decision_is_told_and_hides_no_other(tmp_path: Path) -> None:
    good = json.dumps({**SIGNED, "action": "withdraw", "source": "x"})
    lines = [
        good,
        "not json",
        '{"action": "withdraw"}',
        json.dumps({**SIGNED, "action": "forget", "source": "x"}),
        json.dumps({**SIGNED, "when": "2026-02-30", "action": "split", "source": "x"}),
        good,
    ]
    (tmp_path / inner.LOG).write_text("\n".join(lines), encoding="utf-8")
    found, problems = inner.read_decisions(tmp_path)
    assert [d.source for d in found] == ["x", "x"]
    assert [p.line for p in problems] == [2, 3, 4, 5]
    assert all(p.line_text("id") != p.line_text("en") for p in problems)


def test_a_spoiled_log_is_a_problem_of_the_ecosystem(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    (folder / inner.LOG).write_text("{}\n", encoding="utf-8")
    assert "bad-decision" in {p.code for p in check_ecosystem(folder).errors}


def test_a_log_outside_the_folder_is_not_read(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    outside = tmp_path / "elsewhere.jsonl"
    outside.write_text("", encoding="utf-8")
    (folder / inner.LOG).symlink_to(outside)
    assert [p.code for p in inner.read_decisions(folder)[1]] == ["outside-folder"]


@pytest.mark.skipif(os.name == "nt", reason="there are no named pipes on Windows")
@pytest.mark.parametrize("kind", ["link", "loop", "pipe", "folder"])
def test_a_log_that_is_no_plain_file_of_the_folder_is_neither_read_nor_written(
    kind: str, tmp_path: Path
) -> None:
    folder = tmp_path / "home"
    log = folder / inner.LOG
    folder.mkdir()
    outside = tmp_path / "secret"
    outside.write_text("secret\n", encoding="utf-8")
    match kind:
        case "link":
            log.symlink_to(outside)
        case "loop":
            log.symlink_to(log)
        case "pipe":
            os.mkfifo(log)
        case _:
            log.mkdir()

    def both() -> None:
        found, (problem,) = inner.read_decisions(folder)
        assert found == ()
        wanted = "outside-folder" if kind == "link" else "unreadable-file"
        assert (problem.code, problem.file) == (wanted, inner.LOG)
        with pytest.raises(SourceError, match=inner.LOG):
            inner.record_decision(folder, inner.Split(**SIGNED, source="y"))

    with ThreadPoolExecutor() as pool:
        doing = pool.submit(both)
        try:
            doing.result(timeout=30)
        finally:
            if kind == "pipe":  # whoever waits for it gets to its end
                os.close(os.open(log, os.O_RDWR | os.O_NONBLOCK))
    assert log.is_symlink() == (kind in ("link", "loop"))
    assert outside.read_text(encoding="utf-8") == "secret\n"


def test_several_decisions_are_recorded_together_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = [inner.Split(**SIGNED, source=key) for key in "abc"]
    inner.record_decision(tmp_path, *taken[:1])

    def full(path: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        with pytest.raises(OSError, match="No space left"):
            inner.record_decision(tmp_path, *taken[1:])
    assert inner.read_decisions(tmp_path) == (tuple(taken[:1]), [])
    inner.record_decision(tmp_path, *taken[1:])
    assert inner.read_decisions(tmp_path) == (tuple(taken), [])
    left = {path.name for path in tmp_path.iterdir()} - {".decisions.lock"}
    assert left == {inner.LOG}


@pytest.mark.skipif(os.name == "nt", reason="Windows needs no such call")
def test_a_decision_lasts_be_it_that_the_power_goes_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not only what is in the file must be on the disk, but also that it has its name."""
    synced: list[str] = []
    fsync = os.fsync

    def noted(handle: int) -> None:
        where = Path(f"/proc/self/fd/{handle}")
        name = where.readlink().name if where.exists() else ""
        replaced = (tmp_path / inner.LOG).exists()
        synced.append(f"{'after' if replaced else 'before'} {name}")
        fsync(handle)

    if not Path("/proc/self/fd").is_dir():
        pytest.skip("nothing tells which file a handle is of")
    monkeypatch.setattr(os, "fsync", noted)
    inner.record_decision(tmp_path, inner.Split(**SIGNED, source="y"))
    assert [one.split()[0] for one in synced] == ["before", "after"]
    assert synced[-1] == f"after {tmp_path.name}"


def test_a_line_without_an_end_is_not_run_into(tmp_path: Path) -> None:
    first = json.dumps({**SIGNED, "action": "split", "source": "x"})
    (tmp_path / inner.LOG).write_text(first, encoding="utf-8")
    inner.record_decision(tmp_path, inner.Split(**SIGNED, source="y"))
    found, problems = inner.read_decisions(tmp_path)
    assert ([d.source for d in found], problems) == (["x", "y"], [])


WRITER = """
import sys
from pathlib import Path
from simpul.graph_builder.decisions import Split, record_decision
for number in range(100_000):
    signed = {"when": "2026-11-24", "who": "Sari", "why": "x" * 500}
    record_decision(Path(sys.argv[1]), Split(**signed, source=f"s{number}"))
"""


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
def test_killing_the_writer_leaves_every_line_whole(tmp_path: Path) -> None:
    for _ in range(5):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)])
        deadline = time.monotonic() + 20
        while not (tmp_path / inner.LOG).exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.05)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        found, problems = inner.read_decisions(tmp_path)
        assert found
        assert problems == []
