"""Versions: whole or not there, whatever happens while one is written."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.graph_builder import NoVersion, Version, current_version, publish

LINE = '<https://e.example/{n}> <https://e.example/p> "{n}" <https://e.example/g> .\n'


def lines(count: int) -> list[str]:
    return sorted(LINE.format(n=n) for n in range(count))


def published(out: Path, count: int) -> Version:
    return publish(
        out, nquads=lines(count), trig=b"", manifest={"inputs": count}, report="r"
    )


def test_a_version_is_current_and_holds_what_was_published(tmp_path: Path) -> None:
    version = published(tmp_path, 5)
    assert current_version(tmp_path) == version
    assert len(ox.Store.read_only(str(version.store_path))) == 5


def test_the_same_graph_is_the_same_version(tmp_path: Path) -> None:
    first = published(tmp_path, 5)
    stamp = (first.path / "manifest.json").stat().st_mtime_ns
    again = published(tmp_path, 5)
    assert again.id == first.id
    assert (again.path / "manifest.json").stat().st_mtime_ns == stamp


def test_only_the_last_three_versions_are_kept(tmp_path: Path) -> None:
    made = [published(tmp_path, count).id for count in range(1, 6)]
    kept = {path.name for path in (tmp_path / "versions").iterdir()}
    assert kept == set(made[-3:])


def test_an_empty_folder_names_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(NoVersion, match="simpul build"):
        current_version(tmp_path)


@pytest.mark.parametrize("file", ["graph.nq", "graph.trig", "report.html"])
@settings(max_examples=10, deadline=None)
@given(place=st.floats(0, 1, exclude_max=True))
def test_a_changed_byte_is_found_and_the_older_whole_version_named(
    file: str, place: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = tmp_path_factory.mktemp("out")
    older = published(out, 4)
    newer = publish(
        out, nquads=lines(5), trig=b"trig", manifest={"inputs": 5}, report="report"
    )
    path = newer.path / file
    data = bytearray(path.read_bytes())
    data[int(place * len(data))] ^= 1
    path.write_bytes(data)
    with pytest.raises(NoVersion, match=older.id):
        current_version(out)


def test_a_lost_store_file_is_found(tmp_path: Path) -> None:
    version = published(tmp_path, 5)
    next(version.store_path.glob("*.sst")).unlink()
    with pytest.raises(NoVersion, match="damaged"):
        current_version(tmp_path)


def test_a_pointer_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    published(tmp_path, 5)
    (tmp_path / "current").write_text("../../etc", encoding="utf-8")
    with pytest.raises(NoVersion):
        current_version(tmp_path)


WRITER = """
import sys
from pathlib import Path
from simpul.graph_builder import publish
LINE = {line!r}
print("ready", flush=True)
count = int(sys.argv[2])
publish(Path(sys.argv[1]), nquads=sorted(LINE.format(n=n) for n in range(count)),
        trig=b"", manifest={{"inputs": count}}, report="r")
print("done", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_a_killed_writer_leaves_the_old_or_the_new_version_whole(
    tmp_path: Path,
) -> None:
    published(tmp_path, 3)
    chance = random.Random(1)
    whole_before = 3
    ended = {"killed": 0, "done": 0}
    for attempt in range(20):
        count = 20_000 + attempt
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER.format(line=LINE), str(tmp_path), str(count)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0, 0.5))
        writer.send_signal(signal.SIGKILL)
        done = writer.communicate()[0] == "done\n"
        ended["done" if done else "killed"] += 1
        version = current_version(tmp_path)
        found = len(ox.Store.read_only(str(version.store_path)))
        assert found in ({count} if done else {whole_before, count})
        whole_before = found
    assert ended["killed"] >= 5, ended
    assert len(ox.Store.read_only(str(published(tmp_path, 7).store_path))) == 7
    assert not list(tmp_path.glob(".build-*"))


def test_two_writers_at_once_both_end_well(tmp_path: Path) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER.format(line=LINE), str(tmp_path), str(count)],
            stdout=subprocess.DEVNULL,
        )
        for count in (2000, 3000)
    ]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    assert len(ox.Store.read_only(str(current_version(tmp_path).store_path))) in {
        2000,
        3000,
    }


def test_a_manifest_has_no_clock_and_sorted_keys(tmp_path: Path) -> None:
    one, two = published(tmp_path / "one", 5), published(tmp_path / "two", 5)
    texts = [(v.path / "manifest.json").read_text(encoding="utf-8") for v in (one, two)]
    manifests = [json.loads(text) for text in texts]
    assert list(manifests[0]) == sorted(manifests[0])
    for manifest in manifests:
        del manifest["store"]  # the engine decides how its files turn out
    assert manifests[0] == manifests[1]
