"""Adding and removing where something goes wrong in between: always whole, and never lost."""

import importlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from desks import Desk, desk_of, packet, snapshot
from simpul.graph_builder import (
    BuildRefused,
    Growth,
    NotBuilt,
    build_ecosystem,
    check_ecosystem,
    check_stream,
    current_version,
    find_ecosystem,
    publish,
)
from worlds import RATTAN

inner: Any = importlib.import_module("simpul.graph_builder.build")
RATTAN_SOURCES = ("koran-b-2023", "laporan-2024")


@pytest.fixture
def rattan(tmp_path: Path) -> Desk:
    return desk_of(RATTAN, RATTAN_SOURCES, tmp_path)


GROWER = """
import sys
from pathlib import Path
from simpul.graph_builder import Restore, Withdraw, add_sources, find_ecosystem, remove_sources
base, out, packet = map(Path, sys.argv[1:4])
signed = {"source": "laporan-2024", "when": "2026-11-24", "who": "Sari", "why": "x"}
ecosystem = find_ecosystem(base)
print("ready", flush=True)
while True:
    add_sources(ecosystem, [packet], [], lambda key: Restore(**signed), out)
    remove_sources(ecosystem, ["laporan-2024"], lambda key: Withdraw(**signed), out)
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_killing_it_leaves_the_folder_sound_and_the_last_graph_current(
    rattan: Desk,
) -> None:
    without = build_ecosystem(rattan.base, rattan.out).digest
    with_it = rattan.digest_of(["laporan-2024"])
    chance = random.Random(3)
    command = [sys.executable, "-c", GROWER, str(rattan.base), str(rattan.out)]
    seen: set[tuple[bool, bool]] = set()
    for _ in range(8):
        with subprocess.Popen(
            [*command, str(rattan.packets["laporan-2024"])], stdout=subprocess.PIPE
        ) as grower:
            assert grower.stdout is not None
            assert grower.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0, 0.8))
            grower.send_signal(signal.SIGKILL)
        current = current_version(rattan.out, thorough=True)
        assert current.id in {without[:16], with_it[:16]}
        assert not check_ecosystem(rattan.base).errors
        fresh = rattan.digest()
        assert fresh in {without, with_it}
        seen.add((fresh == with_it, current.id == with_it[:16]))
    assert len(seen) > 1, seen
    rattan.add(rattan.packets["laporan-2024"])
    assert current_version(rattan.out).id == with_it[:16]
    assert not list(rattan.base.glob(".adding-*"))


@pytest.mark.parametrize("calls", range(4))
def test_a_failure_at_any_rename_leaves_it_in_or_out(
    calls: int, rattan: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests = {build_ecosystem(rattan.base, rattan.out).digest}
    digests.add(rattan.digest_of(["laporan-2024"]))

    class Cut(BaseException):
        """Not an Exception, so that nothing in between takes it for an error of the disk."""

    done = 0

    def cut_short(do: Callable[..., Path]) -> Callable[..., Path]:
        def move(path: Path, target: Path) -> Path:
            nonlocal done
            if done == calls:
                raise Cut
            done += 1
            return do(path, target)

        return move

    monkeypatch.setattr(Path, "rename", cut_short(Path.rename))
    monkeypatch.setattr(Path, "replace", cut_short(Path.replace))
    with pytest.raises(Cut):
        rattan.add(rattan.packets["laporan-2024"])
    monkeypatch.undo()
    assert current_version(rattan.out, thorough=True).id in {d[:16] for d in digests}
    assert rattan.digest() in digests
    assert rattan.add(rattan.packets["laporan-2024"]).same in ((), ("laporan-2024",))
    assert not list(rattan.base.glob(".adding-*"))


@pytest.mark.parametrize("file", ["places", "sources", "institutions", "observations"])
def test_a_folder_with_faults_and_withdrawals_is_told_and_not_stumbled_over(
    file: str, rattan: Desk, tmp_path: Path
) -> None:
    rattan.add(rattan.packets["laporan-2024"])
    rattan.remove("laporan-2024", "koran-a-2023")
    rattan.add(packet(tmp_path / "c"))
    (rattan.base / f"{file}.yaml").write_text(
        "- {id: x}\n- {id: y, note: z}\n", "utf-8"
    )
    assert check_ecosystem(rattan.base).errors
    with pytest.raises(BuildRefused):
        rattan.remove("koran-c")
    with pytest.raises(BuildRefused):
        rattan.add(keys=["laporan-2024"])


# --- what cannot be done changes nothing, and what was decided is built in the end ---


def test_a_place_that_cannot_be_written_to_changes_nothing(rattan: Desk) -> None:
    rattan.add(rattan.packets["laporan-2024"])
    before = snapshot(rattan.base)
    shutil.rmtree(rattan.out)
    rattan.out.mkdir()
    (rattan.out / "versions").write_text("no folder", encoding="utf-8")
    with pytest.raises(FileExistsError):
        rattan.remove("laporan-2024")
    with pytest.raises(FileExistsError):
        rattan.add(rattan.packets["koran-b-2023"])
    assert snapshot(rattan.base) == before


@pytest.mark.parametrize("way", ["add", "remove"])
def test_what_was_decided_and_not_built_is_built_when_asked_again(
    way: str, rattan: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = rattan.packets["laporan-2024"]
    rattan.add(rattan.packets["koran-b-2023"] if way == "add" else report)
    before = current_version(rattan.out).id

    def grow() -> Growth:
        return rattan.add(report) if way == "add" else rattan.remove("laporan-2024")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(inner, "publish", full)
        with pytest.raises(NotBuilt, match="No space left"):
            grow()
    assert current_version(rattan.out).id == before
    again = grow()
    assert again.same == ("laporan-2024",)
    assert again.build is not None
    assert again.build.digest == rattan.digest()
    assert current_version(rattan.out).id == rattan.digest()[:16] != before
    assert grow().build is None


@pytest.mark.parametrize("fails", ["first packet", "second packet", "log"])
def test_what_fails_while_it_is_put_in_place_is_taken_back(
    fails: str, rattan: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rattan.add(rattan.packets["laporan-2024"])
    rattan.remove("laporan-2024")
    before = snapshot(rattan.home)
    last = {
        "first packet": "koran-b-2023",
        "second packet": "koran-c",
        "log": "decisions.jsonl",
    }[fails]

    def refusing(do: Callable[[Path, Path], Path]) -> Callable[[Path, Path], Path]:
        def move(path: Path, target: Path) -> Path:
            if target.name == last:
                raise OSError(28, "No space left on device")
            return do(path, target)

        return move

    coming = packet(tmp_path / "c")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refusing(Path.rename))
        patch.setattr(Path, "replace", refusing(Path.replace))
        with pytest.raises(OSError, match="No space left"):
            rattan.add(rattan.packets["koran-b-2023"], coming, keys=["laporan-2024"])
    shutil.rmtree(coming)
    assert snapshot(rattan.home) == before
    assert rattan.added() == {"laporan-2024"}


def test_a_build_that_was_overtaken_is_not_taken_for_one_of_what_came_since(
    rattan: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It read the records before the packet came, and its version became the current one after."""
    make_graph = inner.make_graph

    def overtaken(*arguments: object) -> object:
        monkeypatch.setattr(inner, "make_graph", make_graph)
        graph = make_graph(*arguments)
        rattan.add(rattan.packets["laporan-2024"])
        return graph

    monkeypatch.setattr(inner, "make_graph", overtaken)
    build_ecosystem(rattan.base, rattan.out)
    assert rattan.added() == {"laporan-2024"}
    again = rattan.add(rattan.packets["laporan-2024"])
    assert again.same == ("laporan-2024",)
    assert again.build is not None
    assert again.build.digest == rattan.digest()


def test_a_version_that_tells_nothing_of_its_records_is_built_anew(
    rattan: Desk,
) -> None:
    rattan.add(rattan.packets["laporan-2024"])
    publish(rattan.out, nquads=[], trig=b"", manifest={}, report="")
    assert rattan.add(rattan.packets["laporan-2024"]).build is not None
    assert current_version(rattan.out).id == rattan.digest()[:16]


@pytest.mark.skipif(os.name == "nt", reason="there are no named pipes on Windows")
def test_a_pipe_among_the_records_is_told_and_not_waited_for(rattan: Desk) -> None:
    rattan.add(rattan.packets["laporan-2024"])
    os.mkfifo(rattan.base / "events.csv")
    with ThreadPoolExecutor() as pool:
        growing = pool.submit(rattan.add, rattan.packets["laporan-2024"])
        try:
            with pytest.raises(BuildRefused) as refusal:
                growing.result(timeout=60)
        finally:
            # Whoever waits for it gets to its end.
            os.close(os.open(rattan.base / "events.csv", os.O_RDWR | os.O_NONBLOCK))
    codes = {problem.code for problem in refusal.value.problems}
    assert "unreadable-file" in codes


def test_two_packets_of_one_name_are_both_kept_or_refused(
    rattan: Desk, tmp_path: Path
) -> None:
    one, other = packet(tmp_path / "one"), packet(tmp_path / "other")
    rattan.add(one, other)
    assert rattan.added() == {"koran-c"}
    for folder, title in ((one, "Satu"), (other, "Dua")):
        text = (folder / "sources.yaml").read_text(encoding="utf-8")
        changed = text.replace("koran-c", "koran-d").replace("Koran C", title)
        (folder / "sources.yaml").write_text(changed, encoding="utf-8")
    with pytest.raises(BuildRefused) as refusal:
        rattan.add(one, other)
    assert [problem.code for problem in refusal.value.problems] == ["packet-twice"]
    assert rattan.added() == {"koran-c"}


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_link_in_a_packet_is_not_followed(
    dry_run: bool, rattan: Desk, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    coming = packet(tmp_path / "c")
    (coming / "notes.txt").symlink_to(tmp_path / "secret")
    before = snapshot(rattan.base)
    with pytest.raises(BuildRefused) as refusal:
        rattan.add(coming, dry_run=dry_run)
    assert [problem.code for problem in refusal.value.problems] == ["outside-folder"]
    assert snapshot(rattan.base) == before


def test_records_come_along_and_what_introduces_them_but_no_articles(
    rattan: Desk, tmp_path: Path
) -> None:
    coming = packet(tmp_path / "c", ties="[]\n")
    for name in ("README.md", "koran-c.txt", "scan.pdf", ".notes"):
        (coming / name).write_text("words of the newspaper", encoding="utf-8")
    rattan.add(coming)
    there = rattan.base / "added" / "koran-c"
    brought = {path.name for path in there.iterdir()}
    assert brought == {"README.md", "sources.yaml", "ties.yaml"}
    assert rattan.add(coming).same == ("koran-c",)


def test_a_file_in_a_form_that_is_not_read_is_told_and_not_left_behind(
    rattan: Desk, tmp_path: Path
) -> None:
    coming = packet(tmp_path / "c")
    (coming / "ties.yml").write_text("[]\n", encoding="utf-8")
    with pytest.raises(BuildRefused) as refusal:
        rattan.add(coming)
    told = {(problem.code, problem.file) for problem in refusal.value.problems}
    assert told == {("unknown-file", "added/koran-c/ties.yml")}


@pytest.mark.parametrize("link", ["added", "added/koran-c"])
def test_packets_are_not_put_outside_of_the_folder(
    link: str, rattan: Desk, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (rattan.base / link).parent.mkdir(exist_ok=True)
    (rattan.base / link).symlink_to(outside)
    with pytest.raises(BuildRefused) as refusal:
        rattan.add(packet(tmp_path / "c"))
    told = {(problem.code, problem.file) for problem in refusal.value.problems}
    assert told == {("outside-folder", link)}
    assert not list(outside.iterdir())


def test_the_check_in_one_pass_follows_no_link_either(
    rattan: Desk, tmp_path: Path
) -> None:
    outside = packet(tmp_path / "c")
    (rattan.base / "added").mkdir()
    (rattan.base / "added" / "koran-c").symlink_to(outside)
    found = check_stream(find_ecosystem(rattan.base))
    full = check_ecosystem(rattan.base)
    for problems in (found.problems, full.errors):
        told = [(problem.code, problem.file) for problem in problems]
        assert told == [("outside-folder", "added/koran-c")]
    assert found.packets == 0
