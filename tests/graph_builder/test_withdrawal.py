"""Withdrawal: exactly what rested on some sources alone goes, and the rest is sound."""

import shutil
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.graph_builder import (
    Ecosystem,
    Graph,
    Keys,
    Loaded,
    Outcome,
    bearing_sources,
    check_records,
    find_ecosystem,
    load_records,
    make_graph,
    shipped_ecosystems,
    withdraw,
    withdrawal_of,
)
from worlds import RATTAN, copy_of_rattan, edit

WORLDS = ("footwear", "seed", str(RATTAN))
Stance = Literal["supports", "contradicts", "mentions"]
STANCES: Mapping[Stance, str] = {
    "supports": "supports",
    "contradicts": "disputes",
    "mentions": "mentions",
}
RELEASE = {
    f"{outlet}-2024-groundbreaking"
    for outlet in (
        "detik",
        "dialeksis",
        "disway",
        "gatranews",
        "industry",
        "tribunnews",
        "validnews",
    )
}
PRINT_MORE = {"disway-2024-groundbreaking"}
"""Outlets of the release that print ties which no other has."""


@cache
def loaded_from(where: str) -> tuple[Ecosystem, Loaded]:
    ecosystem = find_ecosystem(where)
    return ecosystem, load_records(ecosystem)


@cache
def whole_graph(where: str) -> Graph:
    return make_graph(*loaded_from(where))


def errors_of(ecosystem: Ecosystem, loaded: Loaded) -> list[str]:
    problems = check_records(loaded, Keys(ecosystem.base, loaded.records))
    return [p.line_text("en") for p in problems if p.severity == "error"]


def bearing_in(graph: Graph, prop: str) -> dict[str, set[str]]:
    """What a query finds: every claim with a status, and the documents that bear on it."""
    base = f"{graph.ecosystem.base}id/"
    found: dict[str, set[str]] = {}
    solutions = graph.store.query(
        f"""PREFIX s: <https://w3id.org/simpul/ontology#>
        SELECT ?claim ?document WHERE {{ ?claim s:status ?status
            OPTIONAL {{ ?passage s:{prop} ?claim ; s:sourceDocument ?document }} }}""",
        use_default_graph_as_union=True,
    )
    assert isinstance(solutions, ox.QuerySolutions)
    for row in solutions:
        claim, document = row["claim"], row["document"]
        assert isinstance(claim, ox.NamedNode)
        by = found.setdefault(claim.value.removeprefix(base), set())
        if isinstance(document, ox.NamedNode):
            by.add(document.value.removeprefix(f"{base}doc/"))
    return found


def status_of(graph: Graph, claim: str) -> tuple[str, ...]:
    """The codes of the status and the standing of a claim."""
    node = ox.NamedNode(f"{graph.ecosystem.base}id/{claim}")
    return tuple(
        str(quad.object).rpartition("/")[2].rstrip(">")
        for name in ("status", "standing")
        for quad in graph.store.quads_for_pattern(
            node, ox.NamedNode(f"https://w3id.org/simpul/ontology#{name}"), None
        )
    )


def without(where: str, *sources: str) -> tuple[Loaded, dict[str, Outcome]]:
    """Records without some sources, and what became of each thing, by `kind/key`."""
    ecosystem, loaded = loaded_from(where)
    left = withdraw(loaded, sources)
    assert errors_of(ecosystem, left) == []
    outcomes = withdrawal_of(loaded, left, sources)
    return left, {f"{one.kind}/{one.key}": one for one in outcomes}


def some_sources(where: str) -> st.SearchStrategy[frozenset[str]]:
    keys = sorted(loaded_from(where)[1].records["source"])
    few = st.frozensets(st.sampled_from(keys), min_size=1, max_size=6)
    most = st.frozensets(st.sampled_from(keys), max_size=6).map(
        lambda some: frozenset(keys) - some
    )
    half = st.randoms(use_true_random=False).map(
        lambda chance: frozenset(key for key in keys if chance.random() < 0.5)
    )
    return st.one_of(few, half, most).filter(bool)


# --- what claims rest on ---


@pytest.mark.parametrize("where", WORLDS)
@pytest.mark.parametrize("stance", STANCES)
def test_the_records_tell_of_each_claim_what_the_graph_tells(
    where: str, stance: Stance
) -> None:
    said = bearing_sources(loaded_from(where)[1].records, stance)
    assert said == bearing_in(whole_graph(where), STANCES[stance])


# --- what goes and what stays, held against the whole graph ---


@pytest.mark.slow
@settings(max_examples=8, deadline=None)
@given(sources=some_sources("footwear"))
def test_a_claim_goes_only_without_support_and_stays_only_with_it(
    sources: frozenset[str],
) -> None:
    hold_against_the_graph("footwear", sources)


@pytest.mark.parametrize("where", WORLDS[1:])
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_claim_of_a_small_world_goes_only_without_support(
    where: str, data: st.DataObject
) -> None:
    hold_against_the_graph(where, data.draw(some_sources(where)))


def hold_against_the_graph(where: str, sources: Collection[str]) -> None:
    """The graph that is left passes the gate, and has just the claims with support left.

    A breakdown is also gone without one of its parts, and a number about nobody without a topic.
    """
    ecosystem, loaded = loaded_from(where)
    left = withdraw(loaded, sources)
    assert errors_of(ecosystem, left) == []
    graph = make_graph(ecosystem, left)  # raises where a shape is broken
    before = bearing_in(whole_graph(where), "supports")
    after = bearing_in(graph, "supports")
    for claim, by in before.items():
        rest = by - set(sources)
        if not rest:
            assert claim not in after
        elif claim in after:
            assert after[claim] == rest or claim.startswith("breakdown/")
        else:
            assert claim.startswith("breakdown/"), claim
    assert after.keys() <= before.keys()
    assert all(after.values())


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(sources=some_sources("footwear"))
def test_what_is_left_is_always_sound(sources: frozenset[str]) -> None:
    ecosystem, loaded = loaded_from("footwear")
    assert errors_of(ecosystem, withdraw(loaded, sources)) == []


@settings(max_examples=25, deadline=None)
@given(sources=some_sources("footwear"))
def test_the_report_tells_of_every_claim_that_a_source_supported(
    sources: frozenset[str],
) -> None:
    _, loaded = loaded_from("footwear")
    left = withdraw(loaded, sources)
    told = {
        f"{one.kind}/{one.key}": one
        for one in withdrawal_of(loaded, left, sources)
        if one.why not in ("undisputed", "referred")
    }
    for claim, by in bearing_sources(loaded.records).items():
        if not by & sources:
            assert claim not in told or told[claim].why == "carried"
        elif by <= sources:
            assert not told[claim].kept
        elif told[claim].kept:
            assert set(told[claim].by) <= by - sources


def test_nothing_withdrawn_changes_nothing() -> None:
    _, loaded = loaded_from("footwear")
    assert withdraw(loaded, ()) is loaded
    assert withdraw(loaded, {"no-such-source"}) is loaded


def test_all_withdrawn_leaves_what_never_had_evidence() -> None:
    """The territories of the register stand in the records on nobody's word but the editors'."""
    _, loaded = loaded_from("footwear")
    left = withdraw(loaded, loaded.records["source"])
    assert {kind for kind, records in left.records.items() if records} == {"place"}
    assert "indonesia" in left.records["place"]
    assert "gedung-bpipi-sukodono" not in left.records["place"]


# --- the cases of the footwear records ---


def test_without_the_report_of_2021_the_dispute_over_the_site_is_over() -> None:
    left, told = without("footwear", "clicks-2021-usir")
    claim = "tie/t-sidoarjo-lends-site"
    assert not told["tie/t-sidoarjo-notice-2021"].kept
    assert told[claim].why == "undisputed"
    assert told[claim].by == ("kabarbaik-2025-peresmian",)
    graph = make_graph(loaded_from("footwear")[0], left)
    assert status_of(whole_graph("footwear"), claim) == ("disputed", "contested")
    assert status_of(graph, claim)[0] == "accepted"


@pytest.mark.parametrize("outlet", sorted(RELEASE))
def test_one_outlet_of_the_release_less_leaves_the_founding_to_the_six_others(
    outlet: str,
) -> None:
    _, told = without("footwear", outlet)
    founding = told["tie/t-bpipi-founding"]
    assert founding.kept
    assert set(founding.by) == (RELEASE - {outlet}) | {"gnfi-perjalanan"}
    ties_gone = {one.key for one in told.values() if one.kind == "tie" and not one.kept}
    assert bool(ties_gone) == (outlet in PRINT_MORE)


def test_without_the_report_of_2010_nothing_speaks_against_2008() -> None:
    name = next(
        claim
        for claim, by in bearing_sources(
            loaded_from("footwear")[1].records, "contradicts"
        ).items()
        if "antara-2010-ifsc" in by
    )
    left, told = without("footwear", "antara-2010-ifsc")
    assert told[name].why == "undisputed"
    assert bearing_sources(left.records, "contradicts")[name] == set()


def test_kedensari_without_those_who_print_it_so_is_a_place_without_a_claim() -> None:
    left, told = without("footwear", "industry-2024-groundbreaking")
    kept = [one for one in told.values() if one.key.startswith("desa-kedensari.")]
    assert [one.why for one in kept] == ["undisputed"]
    printed = bearing_sources(loaded_from("footwear")[1].records)
    (name,) = [claim for claim in printed if claim.startswith("name/desa-kedensari.")]
    left, told = without("footwear", *printed[name])
    assert not told[name].kept
    assert told["place/desa-kedensari"].why == "referred"
    assert "place/pasar-wisata-tanggulangin" in told["place/desa-kedensari"].by
    assert left.records["place"]["desa-kedensari"].model_dump()["evidence"] == ()


def test_of_two_totals_each_goes_with_its_parts_and_leaves_the_other() -> None:
    """18,657 firms in one version of a report, 18,687 in the other."""
    both = {
        "antarajatim-2019-ifcc": "o-footwear-units-2019-jatim",
        "antara-2019-ifcc-en": "o-footwear-units-2019",
    }
    sizes = ("", "-large", "-medium", "-small")
    for source, total in both.items():
        left, told = without("footwear", source)
        assert told[f"breakdown/{total}"].why == "unsupported"
        for size in sizes:
            assert told[f"observation/{total}{size}"].why == "unsupported"
        (other,) = set(both.values()) - {total}
        assert {f"{other}{size}" for size in sizes} <= left.records[
            "observation"
        ].keys()
        # What is left of it are two claims or three, so that it is still open.
        assert "footwear-units-2019" in left.records["discrepancy"]
    left, _ = without("footwear", *both)
    assert "footwear-units-2019" not in left.records["discrepancy"]


def test_a_body_without_support_stays_while_something_refers_to_it() -> None:
    _, told = without("footwear", "sidoarjonews-2021-ifcc")
    assert told["institution/ok-oce"].why == "referred"
    assert told["institution/ok-oce"].by == ("event/e-ifcc-kickoff-2021",)
    left, told = without("footwear", "kabarbaik-2025-peresmian")
    assert told["institution/bkad-sidoarjo"].why == "unreferred"
    assert "bkad-sidoarjo" not in left.records["institution"]


def test_a_name_that_forms_in_print_still_support_keeps_what_it_was() -> None:
    """Its own source is gone; the sources of the printed form support the same claim."""
    left, _ = without("footwear", "sidoarjonews-2021-ifcc")
    before = whole_graph("footwear")
    after = make_graph(loaded_from("footwear")[0], left)
    (name,) = {
        claim
        for claim, by in bearing_in(before, "supports").items()
        if {"sidoarjonews-2021-ifcc", "suryakabar-2020-ifn"} <= by
        and claim.startswith("name/bpipi.")
    }
    assert status_of(after, name) == status_of(before, name) == ("accepted",)


# --- documents ---


def test_a_document_that_others_derive_from_stays_known_by_reference() -> None:
    left, told = without("seed", "kemenperin-statement-2024-09-11")
    statement = left.records["source"]["kemenperin-statement-2024-09-11"].model_dump()
    assert (statement["held"], statement["text_digest"]) == (False, None)
    one = told["source/kemenperin-statement-2024-09-11"]
    assert one.why == "derived"
    assert one.by[0].startswith("evidence/disway-2024-09-11/")
    both = ("kemenperin-statement-2024-09-11", "disway-2024-09-11")
    left, told = without("seed", *both)
    assert not any(told[f"source/{key}"].kept for key in both)
    assert not set(both) & left.records["source"].keys()


def test_copies_of_a_withdrawn_original_still_count_once(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    text = (folder / "sources.yaml").read_text("utf-8")
    copies = text.replace("  release: rel-balai-2023\n", "  derived_from: asli\n")
    original = "- {id: asli, title: Asli, publisher: Balai, kind: press-release}\n"
    (folder / "sources.yaml").write_text(copies + original, "utf-8")
    ecosystem, loaded = loaded_from(str(folder))
    before = make_graph(ecosystem, loaded)
    after = make_graph(ecosystem, withdraw(loaded, {"asli"}))
    claim = "tie/kerja-sama-rotan"
    assert bearing_in(after, "supports") == bearing_in(before, "supports")
    assert status_of(after, claim) == status_of(before, claim)


# --- what falls with what went ---


def test_a_person_keeps_the_posts_that_others_support() -> None:
    left, told = without(str(RATTAN), "koran-a-2023")
    assert not told["tenure/kepala-contoh.balai-rotan.kepala-balai"].kept
    # Nothing quotes them any more, since only that paper did.
    assert "kepala-contoh" not in left.records["person"]


def test_evidence_of_a_field_alone_does_not_keep_the_name(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    edit(
        folder,
        "institutions.yaml",
        "    stance: contradicts\n    bears_on:\n    - founded\n    note: says 2018\n",
        "    stance: supports\n    bears_on:\n    - founded\n",
    )
    ecosystem, loaded = loaded_from(str(folder))
    left = withdraw(loaded, {"koran-a-2023", "koran-b-2023"})
    assert errors_of(ecosystem, left) == []
    after = bearing_in(make_graph(ecosystem, left), "supports")
    assert after["change/balai-rotan.foundation"] == {"laporan-2024"}
    names = [claim for claim in after if claim.startswith("name/balai-rotan.")]
    assert len(names) == 1  # that of before 2021, which the report gives
    body = left.records["institution"]["balai-rotan"].model_dump()
    assert (body["unit_of"], body["location_history"]) == (None, ())


def test_a_number_about_nobody_goes_with_the_tie_that_brought_them(
    tmp_path: Path,
) -> None:
    folder = Path(shutil.copytree(shipped_ecosystems()["seed"], tmp_path / "seed"))
    edit(
        folder,
        "observations.yaml",
        "- id: iki-footwear-2024-08\n  industry: kbli:15\n",
        "- id: iki-footwear-2024-08\n  about: asosiasi-1\n"
        "  evidence:\n  - {source: permendagri-72-2019, stance: supports}\n",
    )
    ecosystem, loaded = loaded_from(str(folder))
    assert errors_of(ecosystem, loaded) == []
    left = withdraw(loaded, {"disway-2024-09-11"})
    assert errors_of(ecosystem, left) == []
    make_graph(ecosystem, left)
    assert not left.records["observation"]
    assert not left.records["unnamed"]


def test_a_sum_that_nothing_excuses_any_more_is_no_breakdown(tmp_path: Path) -> None:
    """Only the discrepancy with a number that is gone said why the parts do not add up."""
    folder = copy_of_rattan(tmp_path)
    edit(folder, "observations.yaml", "value: '1000'", "value: '2000'")
    (folder / "observations.yaml").write_text(
        (folder / "observations.yaml").read_text("utf-8")
        + "- {id: lain, about: balai-rotan, measure: {id: Lain, en: Other}, value: '2000',"
        " comparator: exact, unit: person, as_of: '2023',"
        " evidence: [{source: laporan-2024, stance: supports}]}\n",
        "utf-8",
    )
    (folder / "discrepancies.yaml").write_text(
        "- {id: jumlah, type: value, claims: [observation/lain, observation/perajin-total],"
        " resolved: false}\n",
        "utf-8",
    )
    ecosystem, loaded = loaded_from(str(folder))
    assert errors_of(ecosystem, loaded) == []
    left = withdraw(loaded, {"laporan-2024"})
    assert errors_of(ecosystem, left) == []
    make_graph(ecosystem, left)
    kept = left.records["observation"]
    assert sorted(kept) == ["perajin-pria", "perajin-total", "perajin-wanita"]
    assert not left.records["discrepancy"]
    assert kept["perajin-total"].model_dump()["breakdown"] is None


def test_a_partial_breakdown_stands_with_the_parts_that_are_left(
    tmp_path: Path,
) -> None:
    folder = copy_of_rattan(tmp_path)
    edit(folder, "observations.yaml", "coverage: exhaustive", "coverage: partial")
    text = (folder / "observations.yaml").read_text("utf-8")
    before, mark, women = text.partition("- id: perajin-wanita")
    women = women.replace("source: koran-a-2023", "source: laporan-2024")
    (folder / "observations.yaml").write_text(before + mark + women, "utf-8")
    ecosystem, loaded = loaded_from(str(folder))
    left = withdraw(loaded, {"laporan-2024"})
    assert errors_of(ecosystem, left) == []
    after = bearing_in(make_graph(ecosystem, left), "supports")
    assert after["breakdown/perajin-total"] == {"koran-a-2023"}
    assert "observation/perajin-wanita" not in after
