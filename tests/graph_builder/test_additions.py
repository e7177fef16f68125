"""Adding and removing sources: always the graph that a fresh build would give, always whole."""

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desks import Desk, desk_of, graph_of, packet, snapshot, take_out
from simpul.graph_builder import (
    BuildRefused,
    Growth,
    Merge,
    UnknownSource,
    bearing_sources,
    build_ecosystem,
    check_ecosystem,
    current_version,
    find_ecosystem,
    load_records,
    map_records,
    record_decision,
    settled_records,
    withdraw,
)
from worlds import RATTAN, copy_of_rattan

FOOTWEAR = (
    "clicks-2021-usir",
    "gatranews-2024-groundbreaking",
    "tribunnews-2024-groundbreaking",
    "industry-2024-groundbreaking",
    "kabarbaik-2025-peresmian",
    "antarajatim-2019-ifcc",
    "antara-2019-ifcc-en",
    "antara-2010-ifsc",
    "sidoarjonews-2021-ifcc",
    "gnfi-perjalanan",
    "adoc-btik-magetan",
    "medcom-2018-intako",
)
RATTAN_SOURCES = ("koran-b-2023", "laporan-2024")
SEED_SOURCES = ("disway-2024-09-11",)


@pytest.fixture
def rattan(tmp_path: Path) -> Desk:
    return desk_of(RATTAN, RATTAN_SOURCES, tmp_path)


# --- any sequence gives what a fresh build gives ---


def follow(desk: Desk, steps: Iterable[str]) -> None:
    """Add a source that is out, remove one that is in; in the end all is as built anew."""
    active: set[str] = set()
    for key in steps:
        if key in active:
            growth = desk.remove(key)
        elif key in desk.added():
            growth = desk.add(keys=[key])
        else:
            growth = desk.add(desk.packets[key])
        active ^= {key}
        assert growth.build is not None
        assert current_version(desk.out).id == growth.build.version.id
    graph = (current_version(desk.out).path / "graph.nq").read_bytes()
    digest = hashlib.sha256(graph).hexdigest()
    assert digest == desk.digest() == desk.digest_of(active)


@pytest.mark.parametrize(
    ("where", "sources"),
    [
        pytest.param(RATTAN, RATTAN_SOURCES, id="rattan"),
        pytest.param("seed", SEED_SOURCES, id="seed"),
        pytest.param("footwear", FOOTWEAR, id="footwear", marks=pytest.mark.slow),
    ],
)
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_sequence_gives_the_bytes_of_a_fresh_build(
    where: str | Path,
    sources: tuple[str, ...],
    data: st.DataObject,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    steps = data.draw(st.lists(st.sampled_from(sources), min_size=1, max_size=5))
    follow(desk_of(where, sources, tmp_path_factory.mktemp("desk")), steps)


@pytest.fixture(scope="module")
def footwear(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return desk_of("footwear", FOOTWEAR, tmp_path_factory.mktemp("footwear"))


@settings(max_examples=8, deadline=None)
@given(
    data=st.data(),
    order=st.permutations(FOOTWEAR),
    withdrawn=st.sets(st.sampled_from(FOOTWEAR)),
)
def test_what_is_withdrawn_is_as_if_it_had_never_been_added(
    data: st.DataObject,
    order: list[str],
    withdrawn: set[str],
    footwear: Desk,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Down to every statement, before rules are run on them; also with idle packets in between."""
    never = data.draw(st.sets(st.sampled_from(sorted(withdrawn) or list(FOOTWEAR))))
    home = tmp_path_factory.mktemp("home")
    statements: list[set[str]] = []
    for name, there in (
        ("all", set(FOOTWEAR)),
        ("some", set(FOOTWEAR) - (never & withdrawn)),
        ("active", set(FOOTWEAR) - withdrawn),
    ):
        folder = Path(shutil.copytree(footwear.base, home / name))
        for number, key in enumerate(order):
            if key in there:
                # So that they are read in this order, which is that of names.
                place = folder / "added" / f"{number:02}-{key}"
                shutil.copytree(footwear.packets[key], place)
        ecosystem = find_ecosystem(folder)
        settled = settled_records(ecosystem, map(take_out, sorted(withdrawn & there)))
        assert not [p for p in settled.problems if p.severity == "error"]
        statements.append(set(map_records(ecosystem, settled).statements))
    assert statements[0] == statements[1] == statements[2]


def test_all_packets_together_support_what_the_uncut_records_support(
    footwear: Desk, tmp_path: Path
) -> None:
    """Nothing that supports a claim is lost in cutting, so the packets test what they mean to."""
    folder = Path(shutil.copytree(footwear.base, tmp_path / "whole"))
    for key, cut_out in footwear.packets.items():
        shutil.copytree(cut_out, folder / "added" / key)
    together = load_records(find_ecosystem(folder)).records
    whole = load_records(find_ecosystem("footwear")).records
    assert bearing_sources(together) == bearing_sources(whole)
    for key in FOOTWEAR[:4]:
        left = withdraw(load_records(find_ecosystem("footwear")), {key})
        settled = settled_records(find_ecosystem(folder), [take_out(key)])
        assert bearing_sources(settled.records) == bearing_sources(left.records)


# --- what is told ---


def test_a_packet_is_told_by_what_is_new_and_what_has_more_support(
    rattan: Desk,
) -> None:
    build_ecosystem(rattan.base, rattan.out)
    growth = rattan.add(rattan.packets["laporan-2024"])
    told = {f"{one.kind}/{one.key}": one for one in growth.outcomes}
    assert not told["tie/rencana-pameran"].kept
    assert told["tie/kerja-sama-rotan"].by == ("koran-a-2023",)
    assert told["tie/sengketa-bengkel"].why == "undisputed"
    assert rattan.added() == {"laporan-2024"}


def test_looking_changes_nothing(rattan: Desk) -> None:
    build_ecosystem(rattan.base, rattan.out)
    before = snapshot(rattan.home)
    looked = rattan.add(rattan.packets["laporan-2024"], dry_run=True)
    assert (looked.build, snapshot(rattan.home)) == (None, before)
    done = rattan.add(rattan.packets["laporan-2024"])
    assert looked.outcomes == done.outcomes
    before = snapshot(rattan.home)
    looked = rattan.remove("laporan-2024", dry_run=True)
    assert (looked.build, snapshot(rattan.home)) == (None, before)
    assert looked.outcomes == rattan.remove("laporan-2024").outcomes


def test_what_was_done_already_is_told_and_changes_nothing(rattan: Desk) -> None:
    rattan.add(rattan.packets["laporan-2024"])
    before = snapshot(rattan.home)
    assert rattan.add(rattan.packets["laporan-2024"]) == Growth(same=("laporan-2024",))
    assert rattan.add(keys=["laporan-2024"]) == Growth(same=("laporan-2024",))
    assert snapshot(rattan.home) == before
    rattan.remove("laporan-2024")
    before = snapshot(rattan.home)
    assert rattan.remove("laporan-2024") == Growth(same=("laporan-2024",))
    assert snapshot(rattan.home) == before


def test_a_withdrawn_packet_that_is_added_again_is_restored(rattan: Desk) -> None:
    first = rattan.add(rattan.packets["laporan-2024"])
    rattan.remove("laporan-2024")
    again = rattan.add(rattan.packets["laporan-2024"])
    assert again.outcomes == first.outcomes
    assert again.build
    assert first.build
    assert again.build.digest == first.build.digest


def test_a_source_of_the_base_can_be_removed_and_restored(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {})
    shutil.copytree(RATTAN, desk.base)
    whole = build_ecosystem(desk.base, desk.out).digest
    removed = desk.remove("koran-a-2023")
    assert removed.build is not None
    assert removed.build.digest != whole
    back = desk.add(keys=["koran-a-2023"])
    assert back.build is not None
    assert back.build.digest == whole


def test_a_merged_record_leaves_no_name_behind_when_its_source_is_removed(
    rattan: Desk, tmp_path: Path
) -> None:
    path = packet(
        tmp_path / "c",
        institutions="- id: brc-cirebon\n  name: {id: BRC Cirebon, en: BRC Cirebon}\n"
        f"  sector: public-agency\n  kind: technical-unit\n  {EVIDENCE}\n",
    )
    rattan.add(path)
    merge = Merge(
        kind="institution",
        record="brc-cirebon",
        into="balai-rotan",
        when="2026-11-24",
        who="Sari",
        why="satu balai",
    )
    record_decision(rattan.base, merge)
    assert b"BRC Cirebon" in "".join(graph_of(rattan.base).lines).encode()
    assert rattan.remove("koran-c").build
    assert rattan.digest() == rattan.digest_of(())


def test_an_unknown_source_is_answered_with_a_near_one(rattan: Desk) -> None:
    before = snapshot(rattan.home)
    with pytest.raises(UnknownSource, match="did you mean koran-a-2023"):
        rattan.remove("koran-a-2032")
    with pytest.raises(UnknownSource):
        rattan.add(keys=["koran-x"])
    assert snapshot(rattan.home) == before


# --- packets and what is wrong with them ---


def refused(desk: Desk, *paths: Path) -> list[tuple[str, str, int | None, str | None]]:
    """Where a packet is refused and why; and nothing has changed."""
    build_ecosystem(desk.base, desk.out)
    before = snapshot(desk.home)
    with pytest.raises(BuildRefused) as caught:
        desk.add(*paths)
    assert snapshot(desk.home) == before
    assert all(p.line_text("id") != p.line_text("en") for p in caught.value.problems)
    errors = [p for p in caught.value.problems if p.severity == "error"]
    return [(p.code, p.file, p.line, p.field) for p in errors]


EVIDENCE = "evidence: [{source: koran-c, stance: supports}]"


def test_a_packet_adds_to_records_that_are_there(rattan: Desk, tmp_path: Path) -> None:
    path = packet(
        tmp_path / "c",
        ties=f"- {{id: kerja-sama-rotan, {EVIDENCE}}}\n",
        people="- id: kepala-contoh\n  aliases: [Pak Contoh]\n  posts:\n"
        "  - institution: balai-rotan\n    title: {id: Kepala Balai, en: Head of Centre}\n"
        f"    until: '2024'\n    {EVIDENCE}\n",
        institutions="- id: balai-rotan\n  name_forms: [{form: BRC Cirebon, sources: [koran-c]}]\n",
    )
    growth = rattan.add(path)
    assert growth.build is not None
    records = settled_records(find_ecosystem(rattan.base)).records
    head = records["person"]["kepala-contoh"].model_dump()
    assert head["aliases"] == ("C. Kepala", "Pak Contoh")
    assert head["posts"][0]["until"] == "2024"
    assert [e["source"] for e in head["posts"][0]["evidence"]][-1] == "koran-c"
    before = rattan.remove("koran-c").build
    assert before is not None
    assert before.digest == rattan.digest_of(())
    records = settled_records(find_ecosystem(rattan.base)).records
    head = records["person"]["kepala-contoh"].model_dump()
    assert head["aliases"] == ("C. Kepala",)


def test_what_contradicts_a_record_that_is_there_is_told_with_both_places(
    rattan: Desk, tmp_path: Path
) -> None:
    path = packet(
        tmp_path / "c",
        ties=f"- id: kerja-sama-rotan\n  start: '2018'\n  {EVIDENCE}\n",
    )
    assert refused(rattan, path) == [
        ("added-differs", "added/koran-c/ties.yaml", 2, "start")
    ]
    path = packet(
        tmp_path / "d",
        ties=f"- id: kerja-sama-rotan\n  participants: [{{party: perajin-rotan, role: partner}}]\n  {EVIDENCE}\n",
    )
    assert [code for code, *_ in refused(rattan, path)] == ["added-differs"]


def test_a_packet_cites_its_own_sources_only(rattan: Desk, tmp_path: Path) -> None:
    path = packet(
        tmp_path / "c",
        ties="- id: kerja-sama-rotan\n  evidence:\n  - source: koran-a-2023\n    stance: mentions\n",
        institutions="- id: balai-rotan\n  name_forms:\n  - {form: X, sources: [koran-c, koran-a-2023]}\n",
    )
    assert refused(rattan, path) == [
        (
            "cites-elsewhere",
            "added/koran-c/institutions.yaml",
            3,
            "name_forms[0].sources",
        ),
        ("cites-elsewhere", "added/koran-c/ties.yaml", 3, "evidence[0].source"),
    ]


def test_a_packet_without_a_source_is_none(rattan: Desk, tmp_path: Path) -> None:
    path = packet(tmp_path / "c", ties=f"- {{id: kerja-sama-rotan, {EVIDENCE}}}\n")
    (path / "sources.yaml").unlink()
    assert ("packet-without-source", "added/c", None, None) in refused(rattan, path)


def test_a_source_has_one_home(rattan: Desk, tmp_path: Path) -> None:
    source = "- {id: koran-a-2023, title: Lain, publisher: Lain, kind: news-report}\n"
    path = packet(tmp_path / "c", sources=source)
    assert [code for code, *_ in refused(rattan, path)] == ["duplicate-key"]


def test_another_packet_of_the_same_name_is_not_written_over(
    rattan: Desk, tmp_path: Path
) -> None:
    rattan.add(packet(tmp_path / "c"))
    source = "- {id: koran-c, title: Lain, publisher: Lain, kind: news-report}\n"
    other = packet(tmp_path / "d", sources=source)
    assert refused(rattan, other) == [("packet-exists", "added/koran-c", None, None)]


def test_problems_within_a_composed_record_are_told_where_they_stand(
    rattan: Desk, tmp_path: Path
) -> None:
    path = packet(
        tmp_path / "c",
        people="- id: kepala-contoh\n  posts:\n  - institution: balai-rotan\n"
        "    title: {id: Kepala Balai, en: Head of Centre}\n    evidence:\n"
        "    - source: koran-c\n      stance: supprts\n",
    )
    place = ("bad-value", "added/koran-c/people.yaml", 7, "posts[0].evidence[1].stance")
    assert place in refused(rattan, path)


def test_a_shape_that_a_packet_breaks_keeps_it_out(
    rattan: Desk, tmp_path: Path
) -> None:
    """The records are sound on their own; the code of the village is not one of its regency."""
    path = packet(
        tmp_path / "c",
        places="- {id: desa-contoh, name: Desa Contoh, kind: village, within: kabupaten-cirebon,"
        " kemendagri_code: '33.01.01.2001'}\n",
    )
    assert [code for code, *_ in refused(rattan, path)] == ["shape-violation"]


def test_packets_that_need_each_other_come_in_the_order_they_are_given(
    rattan: Desk, tmp_path: Path
) -> None:
    first = packet(
        tmp_path / "c",
        ties="- id: baru\n  type: training\n  participants:\n"
        "  - {party: balai-rotan, role: provider}\n  - {party: perajin-rotan, role: beneficiary}\n"
        f"  modality: realised\n  sign: positive\n  {EVIDENCE}\n",
    )
    second = packet(
        tmp_path / "d",
        sources="- {id: koran-d, title: D, publisher: D, kind: news-report}\n",
        ties="- {id: baru, evidence: [{source: koran-d, stance: supports}]}\n",
    )
    assert "missing-field" in {code for code, *_ in refused(rattan, second, first)}
    rattan.add(first, second)
    growth = rattan.remove("koran-c")
    told = {one.key: one for one in growth.outcomes}
    # The second paper says no more than that it is so; what it is stands in the first one's packet.
    assert (told["baru"].kept, told["baru"].by) == (True, ("koran-d",))
    growth = rattan.remove("koran-d")
    assert growth.build is not None
    assert growth.build.digest == rattan.digest_of(())


def test_a_table_and_a_single_file_are_packets_too(
    rattan: Desk, tmp_path: Path
) -> None:
    table = tmp_path / "sources.csv"
    table.write_text(
        "id,title,publisher,kind\nkoran-c,Koran C,Koran C,news-report\n", "utf-8"
    )
    growth = rattan.add(table)
    assert [(one.kind, one.key) for one in growth.outcomes] == [("source", "koran-c")]
    assert (
        rattan.base / "added/koran-c/sources.csv"
    ).read_bytes() == table.read_bytes()


def test_a_packet_that_leads_out_of_the_folder_is_not_read(
    rattan: Desk, tmp_path: Path
) -> None:
    outside = packet(tmp_path / "c")
    (rattan.base / "added").mkdir()
    (rattan.base / "added" / "koran-c").symlink_to(outside)
    assert [p.code for p in check_ecosystem(rattan.base).errors] == ["outside-folder"]


def test_an_ecosystem_may_consist_of_packets_alone(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    inner = folder / "added" / "koran-a-2023"
    inner.mkdir(parents=True)
    for file in folder.glob("*.yaml"):
        file.rename(inner / file.name)
    assert not check_ecosystem(folder).errors
