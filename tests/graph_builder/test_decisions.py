import importlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.graph_builder import check_ecosystem
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
