"""Versions: whole or not there, whatever happens while one is written."""

import json
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.graph_builder import NoVersion, Version, current_version, publish
from simpul.ontology import SimpulError

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


RENEWER = """
import sys
from pathlib import Path
from simpul.graph_builder import publish
print("ready", flush=True)
n = 0
while True:
    n += 1
    publish(Path(sys.argv[1]), nquads={lines!r}, trig=b"#" * n, manifest={{"inputs": n}}, report="r" * n)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_a_version_whose_report_is_renewed_is_whole_at_every_moment(
    tmp_path: Path,
) -> None:
    """Equal graphs from other inputs keep their id; only what describes them changes."""
    first = published(tmp_path, 3)
    chance = random.Random(2)
    looks = 0
    command = [sys.executable, "-c", RENEWER.format(lines=lines(3)), str(tmp_path)]
    for _ in range(5):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            try:
                assert writer.stdout is not None
                assert writer.stdout.readline() == "ready\n"
                end = time.monotonic() + chance.uniform(0.1, 0.4)
                while time.monotonic() < end:
                    assert current_version(tmp_path).id == first.id
                    looks += 1
            finally:
                writer.kill()
        assert current_version(tmp_path).id == first.id
    assert looks > 20
    last = publish(
        tmp_path, nquads=lines(3), trig=b"t", manifest={"inputs": 0}, report="new"
    )
    assert (last.path / "report.html").read_text(encoding="utf-8") == "new"
    assert current_version(tmp_path) == last
    assert not list(last.path.glob("*next*"))


STEPS = ["manifest.next.json", "graph.trig", "report.html", "manifest.json", "current"]


@pytest.mark.parametrize("second", STEPS)
@pytest.mark.parametrize("first", STEPS)
def test_two_renewals_cut_short_one_after_the_other_leave_a_whole_version(
    first: str, second: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is cut right after it put one file in its place."""
    version = published(tmp_path, 3)
    settle = Path.replace

    class Cut(BaseException):
        """Not an Exception, so that nothing in between takes it for an error of the disk."""

    for number, last in enumerate((first, second), 1):

        def cut_after(path: Path, target: Path, last: str = last) -> Path:
            done = settle(path, target)
            if Path(target).name == last:
                raise Cut
            return done

        def cut_sync(folder: Path, last: str = last) -> None:
            if last == "manifest.next.json" and (folder / last).exists():
                raise Cut

        monkeypatch.setattr(Path, "replace", cut_after)
        monkeypatch.setattr("simpul.graph_builder.versions.sync_folder", cut_sync)
        with pytest.raises(Cut):
            publish(
                tmp_path,
                nquads=lines(3),
                trig=b"t" * number,
                manifest={"inputs": -number},
                report="r" * number,
            )
        monkeypatch.undo()
        assert current_version(tmp_path, thorough=True).id == version.id
    assert published(tmp_path, 3) == current_version(tmp_path) == version


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no RLIMIT on Windows")
@pytest.mark.parametrize("limit", [100, 20_000, 200_000, 1_000_000])
def test_a_disk_that_refuses_leaves_the_old_version_and_no_rest(
    limit: int, tmp_path: Path
) -> None:
    before = published(tmp_path, 3)
    writer = subprocess.run(
        [sys.executable, "-c", FULL_DISK + WRITER.format(line=LINE), str(tmp_path), "20000", str(limit)],
        capture_output=True,
        check=False,
    )  # fmt: skip
    assert writer.returncode != 0
    assert current_version(tmp_path) == before
    assert not list(tmp_path.glob(".build-*"))
    assert published(tmp_path, 20_000) == current_version(tmp_path)


def test_the_lock_makes_a_second_writer_wait_no_longer_than_told(
    tmp_path: Path,
) -> None:
    with FileLock(tmp_path / ".lock"), pytest.raises(SimpulError, match="another build"):  # fmt: skip
        publish(tmp_path, nquads=lines(2), trig=b"", manifest={}, report="", wait_s=0.1)
    assert published(tmp_path, 2) == current_version(tmp_path)


def test_what_an_interrupted_build_left_is_swept(tmp_path: Path) -> None:
    (tmp_path / ".build-0123" / "store").mkdir(parents=True)
    (tmp_path / ".build-0123" / "store" / "000001.sst").write_bytes(b"x")
    (tmp_path / ".build-current").write_bytes(b"x")
    published(tmp_path, 2)
    assert not list(tmp_path.glob(".build-*"))


def test_a_file_of_the_store_with_a_changed_byte_is_found_by_a_thorough_look(
    tmp_path: Path,
) -> None:
    version = published(tmp_path, 50)
    for path in sorted(version.store_path.glob("*.sst")):
        sound = path.read_bytes()
        path.write_bytes(sound[:-9] + bytes([sound[-9] ^ 1]) + sound[-8:])
        with pytest.raises(NoVersion, match=path.name):
            current_version(tmp_path, thorough=True)
        path.write_bytes(sound[:-1])
        with pytest.raises(NoVersion, match=path.name):
            current_version(tmp_path)
        path.write_bytes(sound)
    assert current_version(tmp_path, thorough=True) == version


SPOILT = {
    "manifest gone": ("manifest.json", None),
    "manifest no JSON": ("manifest.json", b"{"),
    "manifest another JSON": ("manifest.json", b"[]"),
    "manifest without files": ("manifest.json", b"{}"),
    "list of the store gone": ("store.json", None),
    "list of the store empty": ("store.json", b"{}"),
    "list of the store no JSON": ("store.json", b"\xff"),
    "graph gone": ("graph.nq", None),
    "graph cut": ("graph.nq", b""),
    "catalogue of the store gone": ("store/CURRENT", None),
    "catalogue of the store elsewhere": ("store/CURRENT", b"MANIFEST-999999\n"),
}


@pytest.mark.parametrize(("file", "content"), SPOILT.values(), ids=SPOILT)
def test_a_spoilt_version_is_refused_and_the_next_build_mends_it(
    file: str, content: bytes | None, tmp_path: Path
) -> None:
    older, newer = published(tmp_path, 4), published(tmp_path, 5)
    path = newer.path / file
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    with pytest.raises(NoVersion, match=older.id) as caught:
        current_version(tmp_path)
    assert caught.value.older == older.id
    assert published(tmp_path, 5) == newer
    assert current_version(tmp_path, thorough=True) == newer


def test_a_number_changed_in_a_manifest_is_found(tmp_path: Path) -> None:
    version = published(tmp_path, 5)
    path = version.path / "manifest.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"inputs": 5', '"inputs": 6'), encoding="utf-8")
    with pytest.raises(NoVersion, match=r"manifest\.json"):
        current_version(tmp_path)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"0" * 16, b"versions", None])
def test_a_pointer_that_points_nowhere_names_the_newest_whole_version(
    content: bytes | None, tmp_path: Path
) -> None:
    published(tmp_path, 4)
    newer = published(tmp_path, 5)
    if content is None:
        (tmp_path / "current").unlink()
    else:
        (tmp_path / "current").write_bytes(content)
    with pytest.raises(NoVersion, match=newer.id):
        current_version(tmp_path)
    (tmp_path / "current").write_text(newer.id, encoding="utf-8")
    assert current_version(tmp_path) == newer


def test_readers_see_a_whole_version_while_others_are_published(
    tmp_path: Path,
) -> None:
    counts = {published(tmp_path, 100).id: 100}
    with ThreadPoolExecutor(1) as writer:
        making = writer.submit(
            lambda: [published(tmp_path, count) for count in range(101, 113)]
        )
        seen: list[tuple[str, int]] = []
        while not making.done():
            version = current_version(tmp_path)
            store = ox.Store.read_only(str(version.store_path))
            seen.append((version.id, len(store)))
    counts |= {v.id: n for v, n in zip(making.result(), range(101, 113), strict=True)}
    assert len(set(seen)) >= 3
    assert all(counts[version] == count for version, count in seen)


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
    assert manifests[0] == manifests[1]
