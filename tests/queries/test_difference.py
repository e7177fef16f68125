"""What changed from one graph to another."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyoxigraph as ox
import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from simpul.graph_builder import (
    GraphName,
    Split,
    Withdraw,
    derive,
    find_ecosystem,
    map_records,
    settled_records,
)
from simpul.ontology import BASE
from simpul.queries import (
    Change,
    ChangeKind,
    Difference,
    GraphStore,
    Reason,
    ReasonKind,
    Teller,
    difference,
)
from worlds import RATTAN, copy_of_rattan, edit

Sources = frozenset[ox.Quad]
FOOTWEAR = find_ecosystem("footwear").folder


def graph_of(where: str | Path, also: Iterable[Withdraw | Split] = ()) -> GraphStore:
    """The graph of an ecosystem without its vocabularies, not held against the shapes."""
    ecosystem = find_ecosystem(where)
    mapper = map_records(ecosystem, settled_records(ecosystem, also))
    store = ox.Store()
    lines = "".join(mapper.statements).encode()
    store.bulk_load(lines, format=ox.RdfFormat.N_QUADS)
    list(derive(store, ecosystem.base))
    return GraphStore(store)


def withdrawn(source: str) -> Withdraw:
    return Withdraw(source=source, when="2025-01-01", who="Uji", why="Uji.")


def sources_in(graph: GraphStore) -> Sources:
    """The statements of a graph that do not follow from others."""
    derived = ox.NamedNode(f"{BASE}graph/{GraphName.DERIVED}")
    return frozenset(quad for quad in graph.quads() if quad.graph_name != derived)


def accounted(found: Difference) -> tuple[Sources, Sources]:
    """The statements that all changes together account for."""
    gone = (change.gone for change in found.changes)
    come = (change.come for change in found.changes)
    return frozenset[ox.Quad]().union(*gone), frozenset[ox.Quad]().union(*come)


def told(
    old: GraphStore, new: GraphStore, lang: Any = "en"
) -> dict[str, tuple[str, ...]]:
    """{sentence: reasons} of all changes."""
    teller = Teller(old, new, lang)
    words = [teller.tell(change) for change in difference(old, new).changes]
    return {one.sentence: one.reasons for one in words}


def change_of(found: Difference, kind: ChangeKind, key: str) -> Change:
    (change,) = (
        one
        for one in found.changes
        if one.kind is kind and one.thing.endswith(f"/id/{key}")
    )
    return change


@pytest.fixture(scope="module")
def rattan() -> GraphStore:
    return graph_of(RATTAN)


TIE = "tie “cooperation: Sample Rattan Association – BRC – Sample Industry Office” (tie/kerja-sama-rotan)"

CASES = {
    "re-dated": (
        ("ties.yaml", "  start: '2019'\n", "  start: '2020'\n"),
        f"{TIE}: valid from was “2019”, now “2020”",
    ),
    "date-added": (
        ("ties.yaml", "  start: '2023-05'\n", "  start: '2023-05'\n  end: '2024'\n"),
        "(tie/latih-perajin): valid until “2024” added",
    ),
    "renamed": (
        ("groups.yaml", "en: rattan artisans", "en: rattan weavers"),
        "(group/perajin-rotan): main name was “rattan artisans”, now “rattan weavers”",
    ),
    "renamed-with-its-name-as-a-claim": (
        ("institutions.yaml", "id: Asosiasi Rotan Contoh", "id: Asosiasi Rotan Baru"),
        "(org/asosiasi-rotan): main name was “Asosiasi Rotan Contoh”, now “Asosiasi Rotan Baru”",
    ),
    "former-name-removed": (
        (
            "institutions.yaml",
            (
                "  former_names:\n  - name: Pusat Rotan Contoh\n    until: '2021'\n"
                "    source: laporan-2024\n"
            ),
            "",
        ),
        "institution “Sample Rattan Centre” (org/balai-rotan): name “Pusat Rotan Contoh” removed",
    ),
    "founded-in-another-year": (
        ("institutions.yaml", "  founded: '2019'\n", "  founded: '2018'\n"),
        "(change/balai-rotan.foundation): occurred on was “2019”, now “2018”",
    ),
    "participant-left": (
        ("ties.yaml", "  - party: dinas-contoh\n    role: supporter\n", ""),
        f"{TIE}: Sample Industry Office no longer takes part (“supporter”)",
    ),
    "role-changed": (
        ("ties.yaml", "    role: supporter\n", "    role: attendee\n"),
        f"{TIE}: role of Sample Industry Office was “supporter”, now “attendee”",
    ),
    "evidence-withdrawn": (
        (
            "ties.yaml",
            (
                "  - source: koran-b-2023\n    locator: paragraph 3\n"
                "    stance: supports\n"
            ),
            "",
        ),
        f"{TIE}: evidence from “Koran B tentang balai rotan” withdrawn (supports it)",
    ),
    "evidence-written-anew": (
        ("ties.yaml", "locator: paragraph 3", "locator: paragraph 4a"),
        f"{TIE}: evidence from “Koran B tentang balai rotan” written anew (supports it)",
    ),
    "value-changed": (
        ("observations.yaml", "value: '403'", "value: '404'"),
        "(observation/perajin-wanita): printed value was “403”, now “404”; value was",
    ),
    "source-published-later": (
        ("sources.yaml", "published: 2023-05~", "published: 2023-06~"),
        "(doc/koran-b-2023): date of publication was “2023-05~”, now “2023-06~”",
    ),
    "publisher-changed": (
        ("sources.yaml", "publisher: Koran B\n", "publisher: Koran C\n"),
        "(doc/koran-b-2023): publisher was “Koran B”, now “Koran C”",
    ),
    "note-changed": (
        ("sources.yaml", "note: Annual figures.", "note: Figures of a year."),
        "(doc/laporan-2024): note was “Annual figures.”, now “Figures of a year.”",
    ),
    "post-held-since": (
        ("people.yaml", "from: ../2023-05", "from: 2021/2023-05"),
        ".kepala-balai): valid from was “../2023-05”, now “2021/2023-05”",
    ),
    "settings-changed": (
        ("ecosystem.toml", 'en = "Sample Rattan"', 'en = "Rattan"'),
        "(ecosystem/rattan): title was “Sample Rattan”, now “Rattan”",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_an_edit_is_told_in_a_sentence(
    tmp_path: Path, rattan: GraphStore, case: str
) -> None:
    change, sentence = CASES[case]
    folder = copy_of_rattan(tmp_path)
    edit(folder, *change)
    new = graph_of(folder)
    sentences = told(rattan, new)
    assert [one for one in sentences if sentence in one] != [], list(sentences)
    assert_all_accounted(rattan, new)


def assert_all_accounted(old: GraphStore, new: GraphStore) -> None:
    before, after = sources_in(old), sources_in(new)
    gone, come = accounted(difference(old, new))
    assert gone == before - after
    assert come == after - before


def test_a_graph_and_itself_differ_in_nothing(rattan: GraphStore) -> None:
    assert difference(rattan, rattan).nothing
    assert difference(rattan, graph_of(RATTAN)).nothing


def test_an_added_tie_is_one_change_with_its_parties_and_evidence(
    tmp_path: Path, rattan: GraphStore
) -> None:
    folder = copy_of_rattan(tmp_path)
    text = (
        "- id: latih-kedua\n  type: training\n  participants:\n"
        "  - party: asosiasi-rotan\n    role: provider\n"
        "  - unnamed: true\n    role: beneficiary\n"
        "  evidence:\n  - source: koran-a-2023\n    stance: supports\n"
        "  modality: realised\n  sign: positive\n"
    )
    path = folder / "ties.yaml"
    path.write_text(path.read_text("utf-8") + text, "utf-8")
    new = graph_of(folder)
    found = difference(rattan, new)
    (change,) = found.changes
    assert (change.kind, change.thing) == (
        ChangeKind.ADDED,
        f"{BASE}id/tie/latih-kedua",
    )
    subjects = {str(quad.subject).rpartition("/id/")[2] for quad in change.come}
    kinds = {subject.partition("/")[0] for subject in subjects}
    assert kinds == {"tie", "participation", "unnamed", "evidence"}
    (sentence,) = told(rattan, new)
    assert "(tie/latih-kedua) was added (standing “single-origin”" in sentence


def test_a_source_that_is_gone_takes_its_release_and_claims_along(
    rattan: GraphStore,
) -> None:
    new = graph_of(RATTAN, [withdrawn("koran-a-2023"), withdrawn("koran-b-2023")])
    assert_all_accounted(rattan, new)
    found = difference(rattan, new)
    keys = {
        change.thing.rpartition("/id/")[2]
        for change in found.changes
        if change.kind is ChangeKind.WITHDRAWN
    }
    assert {"doc/koran-a-2023", "doc/koran-b-2023", "release/rel-balai-2023"} <= keys
    assert {"tie/latih-perajin", "tie/sengketa-bengkel"} <= keys
    # What belongs to a person, body or document is not told beside it.
    assert [key for key in keys if key.startswith(("post/", "tenure/"))] == []


def test_the_standing_of_a_tie_falls_with_an_origin(
    tmp_path: Path, rattan: GraphStore
) -> None:
    folder = copy_of_rattan(tmp_path)
    edit(
        folder,
        "ties.yaml",
        "  - source: laporan-2024\n    stance: supports\n    note: gives the same year\n",
        "",
    )
    edit(folder, "ties.yaml", "  end: 2020/2021\n", "  end: '2030'\n")
    longer = copy_of_rattan(tmp_path / "longer")
    edit(longer, "ties.yaml", "  end: 2020/2021\n", "  end: '2030'\n")
    found = difference(graph_of(longer), graph_of(folder))
    change = change_of(found, ChangeKind.RATED, "tie/kerja-sama-rotan")
    standing = change.turns[0]
    assert [str(term) for term in (*standing.before, *standing.after)] == [
        f"<{BASE}concept/standing/corroborated>",
        f"<{BASE}concept/standing/single-origin>",
    ]
    document = f"{BASE}id/doc/laporan-2024"
    supports = f"{BASE}ontology#supports"
    assert change.reasons == (
        Reason(ReasonKind.EVIDENCE, document, (supports,), ()),
        Reason(ReasonKind.ORIGINS, "", ("2",), ("1",)),
    )


def test_a_dispute_that_is_settled_is_a_reason(tmp_path: Path) -> None:
    text = (
        "- id: mulai\n  type: date\n  claims:\n  - tie/kerja-sama-rotan\n"
        "  - tie/latih-perajin\n  resolved: false\n"
    )
    folder = copy_of_rattan(tmp_path)
    (folder / "discrepancies.yaml").write_text(text, "utf-8")
    old = graph_of(folder)
    settled = (
        text.replace("false", "true") + "  reasons:\n    id: Beda.\n    en: Two.\n"
    )
    (folder / "discrepancies.yaml").write_text(settled, "utf-8")
    new = graph_of(folder)
    sentences = told(old, new)
    (reasons,) = (
        reasons
        for sentence, reasons in sentences.items()
        if "(tie/latih-perajin): standing was “contested”, now" in sentence
    )
    assert reasons == ("a dispute was settled: dispute “date” (discrepancy/mulai)",)
    assert any("resolved was “false”, now “true”" in one for one in sentences)


def test_a_tie_lapses_when_newer_evidence_moves_past_its_end(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    edit(folder, "ties.yaml", "  end: 2020/2021\n", "  end: '2024-12-31'\n")
    old = graph_of(folder)
    edit(folder, "sources.yaml", "published: '2024'", "published: '2025'")
    sentences = told(old, graph_of(folder))
    (reasons,) = (
        reasons
        for sentence, reasons in sentences.items()
        if f"{TIE}: standing was “corroborated”, now “lapsed”" in sentence
    )
    assert reasons == (
        "its end (2024-12-31) lies before the newest evidence in the graph (2025-12-31)",
        "the newest evidence in the graph was of 2024-12-31, now of 2025-12-31",
    )


def test_a_merge_is_told_as_one(tmp_path: Path, rattan: GraphStore) -> None:
    folder = copy_of_rattan(tmp_path)
    line = (
        '{"action": "merge", "kind": "institution", "record": "asosiasi-rotan", '
        '"into": "dinas-contoh", "when": "2025-01-01", "who": "Uji", "why": "Uji."}\n'
    )
    (folder / "decisions.jsonl").write_text(line, "utf-8")
    new = graph_of(folder)
    assert_all_accounted(rattan, new)
    merged = (
        "institution “Sample Rattan Association” (org/asosiasi-rotan): "
        "merged into institution “Sample Industry Office” (org/dinas-contoh)"
    )
    assert merged in told(rattan, new)
    back = merged.replace("merged into", "no longer merged into")
    assert back in told(new, rattan)


# The real case: the dispute of 2021 over the site of BPIPI.


@pytest.fixture(scope="module")
def footwear() -> GraphStore:
    return graph_of("footwear")


@pytest.fixture(scope="module")
def undisputed() -> GraphStore:
    """Footwear without the report of March 2021."""
    return graph_of("footwear", [withdrawn("clicks-2021-usir")])


def test_without_the_report_of_2021_the_loan_of_the_site_is_contested_no_more(
    footwear: GraphStore, undisputed: GraphStore
) -> None:
    sentences = told(footwear, undisputed)
    (reasons,) = (
        reasons
        for sentence, reasons in sentences.items()
        if "(tie/t-sidoarjo-lends-site): standing was “contested”, now “lapsed”; "
        "confidence level was “low”, now “medium”" in sentence
    )
    report = "“Pemkab Sidoarjo Usir BPIPI Kementerian Perindustrian”"
    assert reasons[0] == f"{report} no longer disputes it"
    assert reasons[1].startswith("its end (2025-11-30) lies before the newest evidence")
    quarrel = "(tie/t-sidoarjo-notice-2021) was withdrawn (standing “single-origin”"
    assert any(quarrel in sentence for sentence in sentences)
    assert_all_accounted(footwear, undisputed)


def test_with_it_the_loan_is_contested_and_the_end_had_been_the_reason(
    footwear: GraphStore, undisputed: GraphStore
) -> None:
    sentences = told(undisputed, footwear, "id")
    (reasons,) = (
        reasons
        for sentence, reasons in sentences.items()
        if "kedudukan semula “berakhir”, kini “diperselisihkan”" in sentence
        and "t-sidoarjo-lends-site" in sentence
    )
    assert reasons[0].endswith("kini membantah")
    assert reasons[1].startswith("sebelumnya akhirnya (2025-11-30) lebih awal")


def test_an_outlet_split_off_the_release_of_2024_counts_as_an_origin_of_its_own(
    footwear: GraphStore,
) -> None:
    outlet = "disway-2024-groundbreaking"
    alone = Split(source=outlet, when="2025-01-01", who="Uji", why="Uji.")
    new = graph_of("footwear", [alone])
    assert_all_accounted(footwear, new)
    found = difference(footwear, new)
    tenure = "tenure/m-rum.itjen-kemenperin.inspektur-jenderal"
    change = change_of(found, ChangeKind.RATED, tenure)
    document = f"{BASE}id/doc/{outlet}"
    release = f"{BASE}id/release/rel-kemenperin-2024-09-11-groundbreaking-bpipi"
    assert change.reasons == (
        Reason(ReasonKind.ROOT, document, (release,), (document,)),
        Reason(ReasonKind.ORIGINS, "", ("1",), ("2",)),
    )


def test_the_number_of_firms_settled_is_no_longer_disputed(
    tmp_path: Path, footwear: GraphStore
) -> None:
    folder = tmp_path / "alas-kaki"
    shutil.copytree(FOOTWEAR, folder)
    path = folder / "discrepancies.yaml"
    before, name, after = path.read_text("utf-8").partition("- id: footwear-units-2019")
    settled = "resolved: true\n  reasons:\n    id: Angka.\n    en: Figures."
    after = after.replace("resolved: false", settled, 1)
    path.write_text(before + name + after, "utf-8")
    found = difference(footwear, graph_of(folder))
    change = change_of(found, ChangeKind.RATED, "observation/o-footwear-units-2019")
    (reason,) = change.reasons
    assert reason.kind is ReasonKind.DISCREPANCY
    assert (reason.before, reason.after) == (("false",), ("true",))


# Properties.

Records = dict[str, list[dict[str, Any]]]


def records_of(folder: Path) -> Records:
    return {
        path.name: yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
        for path in sorted(folder.glob("*.yaml"))
    }


@st.composite
def edited(draw: st.DrawFn, records: Records) -> Records:
    """Records after a few random edits: values changed, fields and items dropped, records too."""
    made = deepcopy(records)
    for _ in range(draw(st.integers(1, 4))):
        file = draw(st.sampled_from(sorted(made)))
        if not made[file]:
            continue
        if draw(st.integers(0, 3)) == 0:
            made[file].pop(draw(st.integers(0, len(made[file]) - 1)))
        else:
            _edit_inside(draw, draw(st.sampled_from(made[file])))
    return made


_TEXTS = ("title", "publisher", "note", "claim", "locator", "printed", "printed_date")
_DATES = ("start", "end", "published", "founded", "until", "date", "period", "as_of")
_LISTS = (
    "evidence",
    "participants",
    "former_names",
    "name_forms",
    "location_history",
    "posts",
)
_OTHERS = {
    "modality": ("realised", "planned", "denied"),
    "sign": ("positive", "neutral", "negative"),
    "stance": ("supports", "mentions"),
    "role": ("partner", "supporter", "attendee"),
    "value": ("1", "22"),
    "resolved": ("true", "false"),
}


def _edit_inside(draw: st.DrawFn, record: dict[str, Any]) -> None:
    names = [name for name in record if name != "id"]
    if not names:
        return
    name = draw(st.sampled_from(names))
    value = record[name]
    if name in _DATES:
        record[name] = draw(st.sampled_from(("2018", "2020-02", "2022/2023")))
    elif name in _OTHERS:
        record[name] = draw(st.sampled_from(_OTHERS[name]))
    elif name in _TEXTS and isinstance(value, str):
        record[name] = f"{value} x"
    elif name in ("name", "title") and isinstance(value, dict):
        record[name] = {"id": "Nama lain", "en": "Another name"}
    elif name in _LISTS and value:
        if draw(st.booleans()):
            value.pop(draw(st.integers(0, len(value) - 1)))
        else:
            _edit_inside(draw, draw(st.sampled_from(value)))


def built(records: Records, settings_from: Path) -> GraphStore | None:
    """The graph of records, or None where they refer to what is not there any more."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        text = (settings_from / "ecosystem.toml").read_bytes()
        (folder / "ecosystem.toml").write_bytes(text)
        for file, content in records.items():
            dumped = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
            (folder / file).write_text(dumped, "utf-8")
        try:
            return graph_of(folder)
        except (KeyError, AssertionError):
            return None


RATTAN_RECORDS = records_of(RATTAN)
RELAXED = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@RELAXED
@given(edited(RATTAN_RECORDS))
def test_every_changed_statement_is_accounted_for(records: Records) -> None:
    old, new = graph_of(RATTAN), built(records, RATTAN)
    assume(new is not None)
    assert new is not None
    assert_all_accounted(old, new)
    # Each is told, in both languages.
    assert len(told(old, new, "id")) == len(told(old, new, "en"))


FOOTWEAR_RECORDS = records_of(FOOTWEAR)


@pytest.mark.slow
@settings(RELAXED, max_examples=5)
@given(edited(FOOTWEAR_RECORDS))
def test_every_changed_statement_of_footwear_is_accounted_for(
    footwear: GraphStore, records: Records
) -> None:
    new = built(records, FOOTWEAR)
    assume(new is not None)
    assert new is not None
    assert_all_accounted(footwear, new)


ALL = sorted(graph_of(RATTAN).quads(), key=str)


@given(st.sets(st.integers(0, len(ALL) - 1)), st.sets(st.integers(0, len(ALL) - 1)))
def test_every_statement_is_accounted_for_in_graphs_torn_at_random(
    lost: set[int], missing: set[int]
) -> None:
    old, new = (
        GraphStore.from_quads(q for i, q in enumerate(ALL) if i not in left_out)
        for left_out in (lost, missing)
    )
    assert_all_accounted(old, new)


def mirrored(changes: Sequence[Change]) -> dict[tuple[str, str], tuple[object, ...]]:
    """Changes as they are told from the other side."""
    swapped: Mapping[ChangeKind, ChangeKind] = {
        ChangeKind.ADDED: ChangeKind.WITHDRAWN,
        ChangeKind.WITHDRAWN: ChangeKind.ADDED,
    }
    return {
        (swapped.get(one.kind, one.kind), one.thing): (
            {(turn.aspect, turn.after, turn.before) for turn in one.turns},
            {(r.kind, r.about, r.after, r.before) for r in one.reasons},
            one.come,
            one.gone,
        )
        for one in changes
    }


def as_they_are(changes: Sequence[Change]) -> dict[tuple[str, str], tuple[object, ...]]:
    return {
        (one.kind, one.thing): (
            {(turn.aspect, turn.before, turn.after) for turn in one.turns},
            {(r.kind, r.about, r.before, r.after) for r in one.reasons},
            one.gone,
            one.come,
        )
        for one in changes
    }


@RELAXED
@given(edited(RATTAN_RECORDS))
def test_the_way_back_mirrors_the_way_there(records: Records) -> None:
    old, new = graph_of(RATTAN), built(records, RATTAN)
    assume(new is not None)
    assert new is not None
    there, back = difference(old, new), difference(new, old)
    assert as_they_are(back.changes) == mirrored(there.changes)
    assert back.following == {
        name: (come, gone) for name, (gone, come) in there.following.items()
    }


def test_changes_come_in_one_order(rattan: GraphStore) -> None:
    new = graph_of(RATTAN, [withdrawn("koran-a-2023")])
    changes = difference(rattan, new).changes
    order = list(ChangeKind)
    keys = [(order.index(change.kind), change.thing) for change in changes]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
    assert changes == difference(rattan, new).changes
