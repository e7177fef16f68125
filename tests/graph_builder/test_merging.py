"""Merges: two records as one, everything that pointed at them, and back again."""

import importlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.graph_builder import (
    Keys,
    Loaded,
    MergedKind,
    check_records,
    find_ecosystem,
    load_records,
    make_graph,
    map_records,
    settled_records,
)
from simpul.graph_builder.identity import (
    conflicts,
    decision_problems,
    hidden_characters,
    look_alikes,
    merge_records,
)
from simpul.ontology import BASE, DCTERMS, ORG, OWL, SKOS
from worlds import copy_of_rattan, edit

decisions: Any = importlib.import_module("simpul.graph_builder.decisions")
records: Any = importlib.import_module("simpul.graph_builder.records")
settle: Any = importlib.import_module("simpul.graph_builder.settling").settle

FOOTWEAR = find_ecosystem("footwear")
SIGNED = {"when": "2026-11-24", "who": "Sari", "why": "satu lembaga"}
Merged = dict[tuple[MergedKind, str], str]
ENTITIES = f"{BASE}graph/entities"


@pytest.fixture(scope="module")
def footwear() -> Loaded:
    return load_records(FOOTWEAR)


def lines(loaded: Loaded) -> list[str]:
    return list(map_records(FOOTWEAR, loaded).statements)


def errors(loaded: Loaded) -> list[str]:
    problems = check_records(loaded, Keys(BASE, loaded.records))
    return [p.line_text("en") for p in problems if p.severity == "error"]


def with_record(loaded: Loaded, record: Any) -> Loaded:
    """The records with one more, or with one of them changed."""
    of_kind = {**loaded.records[record.kind_name], record.id: record}
    raw = {**loaded.raw}
    raw.setdefault((record.kind_name, record.id), next(iter(loaded.raw.values())))
    return replace(
        loaded, records={**loaded.records, record.kind_name: of_kind}, raw=raw
    )


def twin(loaded: Loaded, kind: str, key: str, **changes: Any) -> Loaded:
    """The records with a second one of a thing, under another key."""
    record = loaded.records[kind][key]
    return with_record(loaded, record.model_copy(update={"id": f"{key}-2", **changes}))


# ---------------------------------------------------------------- what a merge does


def test_two_names_of_one_directorate_become_one_body(footwear: Loaded) -> None:
    gone, stays = "dit-tekstil-kulit-alas-kaki", "direktorat-itkak"
    merged = merge_records(footwear, {("institution", gone): stays})
    assert errors(merged) == []
    body: Any = merged.records["institution"][stays]
    old: Any = footwear.records["institution"][gone]
    assert gone not in merged.records["institution"]
    assert body.name == footwear.records["institution"][stays].name  # type: ignore[attr-defined]
    assert {old.name.id, old.name.en} <= set(body.aliases)
    (form,) = [form for form in body.name_forms if form.form == old.name.id]
    assert set(form.sources) == {item.source for item in old.evidence}
    assert gone not in "".join(lines(replace(merged, replaced=())))


def test_the_graph_says_what_was_replaced_and_nothing_else_of_it(
    footwear: Loaded,
) -> None:
    gone, stays = "dit-tekstil-kulit-alas-kaki", "direktorat-itkak"
    merged = merge_records(footwear, {("institution", gone): stays})
    store = make_graph(FOOTWEAR, merged).store
    old, new = (ox.NamedNode(f"{BASE}id/org/{key}") for key in (gone, stays))
    said = {
        (q.predicate.value, str(q.object))
        for q in store.quads_for_pattern(old, None, None)
    }
    assert said == {
        (OWL.deprecated, str(ox.Literal(True))),
        (DCTERMS.isReplacedBy, str(new)),
    }
    assert [q.predicate.value for q in store.quads_for_pattern(None, None, old)] == []
    names = store.quads_for_pattern(new, ox.NamedNode(SKOS.altLabel), None)
    alias = ox.Literal("Direktorat Industri Tekstil, Kulit, Alas Kaki dan Aneka")
    assert alias in [quad.object for quad in names]
    units = store.quads_for_pattern(new, ox.NamedNode(ORG.subOrganizationOf), None)
    assert [q.object for q in units] == [ox.NamedNode(f"{BASE}id/org/kemenperin")]


def test_evidence_keeps_to_what_it_spoke_of(footwear: Loaded) -> None:
    item = records.InstitutionEvidence
    whole = item(source="tempo-2020-aerostreet", stance="supports", locator="p. 9")
    narrow = item(source="disway-2024-adonia", stance="supports", bears_on=("founded",))
    loaded = twin(
        footwear,
        "institution",
        "bpipi",
        name=records.Bilingual(id="Pusat Sepatu", en="Shoe Centre"),
        founded="1999",
        evidence=(whole, narrow),
    )
    merged = merge_records(loaded, {("institution", "bpipi-2"): "bpipi"})
    body: Any = merged.records["institution"]["bpipi"]
    before: Any = footwear.records["institution"]["bpipi"]
    assert body.founded == before.founded
    added = [each for each in body.evidence if each not in before.evidence]
    # The parent is the same; the year, the name and the site's own claim are not.
    assert [(each.locator, each.bears_on) for each in added] == [("p. 9", ("unit_of",))]
    assert added[0].explicitness == "whole-record"
    assert ("Pusat Sepatu", ("tempo-2020-aerostreet",)) in {
        (form.form, form.sources) for form in body.name_forms
    }
    assert errors(merged) == []


def test_what_is_taken_over_is_not_laid_to_those_who_never_said_it(
    tmp_path: Path,
) -> None:
    loaded = load_records(find_ecosystem(copy_of_rattan(tmp_path)))
    item = records.InstitutionEvidence(source="laporan-2024", stance="supports")
    loaded = twin(
        loaded, "institution", "asosiasi-rotan", founded="2001", evidence=(item,)
    )
    merged = merge_records(
        loaded, {("institution", "asosiasi-rotan-2"): "asosiasi-rotan"}
    )
    body: Any = merged.records["institution"]["asosiasi-rotan"]
    assert body.founded == "2001"
    assert [(each.source, each.bears_on) for each in body.evidence] == [
        ("koran-b-2023", ("name",)),
        ("laporan-2024", ("name", "founded")),
    ]


def test_a_site_known_to_both_is_one_with_the_evidence_of_both(tmp_path: Path) -> None:
    loaded = load_records(find_ecosystem(copy_of_rattan(tmp_path)))
    item = records.InstitutionEvidence(
        source="koran-b-2023", stance="supports", locator="here"
    )
    loaded = twin(
        loaded,
        "institution",
        "balai-rotan",
        located_in="bengkel-rotan",
        location_history=(),
        former_names=(),
        evidence=(item,),
    )
    merged = merge_records(loaded, {("institution", "balai-rotan-2"): "balai-rotan"})
    body: Any = merged.records["institution"]["balai-rotan"]
    (site,) = body.location_history
    assert (site.place, site.from_, site.source) == (
        "bengkel-rotan",
        "2019",
        "koran-a-2023",
    )
    assert [each.locator for each in site.evidence] == ["here"]
    assert errors(merged) == []


def test_people_bring_their_posts_and_the_same_post_is_one(footwear: Loaded) -> None:
    loaded = twin(footwear, "person", "heru-budi-susanto", name="H. B. Susanto, S.T.")
    merged = merge_records(
        loaded, {("person", "heru-budi-susanto-2"): "heru-budi-susanto"}
    )
    person: Any = merged.records["person"]["heru-budi-susanto"]
    before: Any = footwear.records["person"]["heru-budi-susanto"]
    assert "H. B. Susanto, S.T." in person.aliases
    assert person.posts == before.posts
    other: Any = before.posts[0].model_copy(update={"from_": "1999", "until": "2001"})
    loaded = twin(footwear, "person", "heru-budi-susanto", posts=(other,))
    merged = merge_records(
        loaded, {("person", "heru-budi-susanto-2"): "heru-budi-susanto"}
    )
    person = merged.records["person"]["heru-budi-susanto"]
    assert [held.until for held in person.posts] == [before.posts[0].until, "2001"]
    assert person.posts[1].id
    assert errors(merged) == []


def test_claims_of_a_merged_record_are_pointed_at_under_their_new_names() -> None:
    seed = load_records(find_ecosystem("seed"))
    loaded = twin(seed, "person", "m-rum", name="Muhammad Rum")
    merged = merge_records(loaded, {("person", "m-rum"): "m-rum-2"})
    assert errors(merged) == []
    loaded = twin(seed, "institution", "bpipi", location_history=())
    merged = merge_records(loaded, {("institution", "bpipi"): "bpipi-2"})
    assert errors(merged) == []
    assert "occupancy/bpipi-1" in {
        claim
        for passage in merged.records["evidence"].values()
        for claim in passage.supports  # type: ignore[attr-defined]
    }


def test_references_to_claims_follow_the_record_that_stays(footwear: Loaded) -> None:
    claims = ("tie/unit-of.bpipi", "change/bpipi.foundation")
    odd = records.Discrepancy(id="odd", type="existence", claims=claims, resolved=False)
    loaded = with_record(twin(footwear, "institution", "bpipi"), odd)
    merged = merge_records(loaded, {("institution", "bpipi"): "bpipi-2"})
    told: Any = merged.records["discrepancy"]["odd"]
    assert told.claims == ("tie/unit-of.bpipi-2", "change/bpipi-2.foundation")
    assert errors(merged) == []


def test_a_party_that_is_there_twice_in_one_role_is_there_once(
    footwear: Loaded,
) -> None:
    tie: Any = footwear.records["tie"]["t-bpipi-founding"]
    first = tie.participants[0]
    again = first.model_copy(
        update={"party": f"{first.party}-2", "mentioned_as": "pabrik"}
    )
    loaded = twin(footwear, "institution", first.party)
    loaded = with_record(
        loaded, tie.model_copy(update={"participants": (*tie.participants, again)})
    )
    merged = merge_records(loaded, {("institution", f"{first.party}-2"): first.party})
    after: Any = merged.records["tie"]["t-bpipi-founding"]
    assert len(after.participants) == len(tie.participants)
    assert after.participants[0].mentioned_as == (first.mentioned_as or "pabrik")
    assert errors(merged) == []


def test_a_merge_of_others_hides_no_party_that_is_there_twice(
    footwear: Loaded,
) -> None:
    tie: Any = footwear.records["tie"]["t-bpipi-founding"]
    nobody = records.Participant(unnamed=True, role="founder")
    parties = (*tie.participants, tie.participants[0], nobody, nobody)
    loaded = twin(footwear, "institution", "kemenperin")
    loaded = twin(loaded, "institution", "brodo")
    loaded = with_record(loaded, tie.model_copy(update={"participants": parties}))
    found = errors(loaded)
    assert len(found) == 2
    for merged in ("brodo", "kemenperin"):
        after = merge_records(loaded, {("institution", f"{merged}-2"): merged})
        assert errors(after) == found


def test_a_merged_place_leaves_its_name_to_the_one_that_stays(footwear: Loaded) -> None:
    loaded = twin(
        footwear, "place", "desa-kedensari", name="Desa Kedansari", kemendagri_code=None
    )
    site: Any = footwear.records["place"]["pasar-wisata-tanggulangin"]
    moved = site.model_copy(update={"within": "desa-kedensari-2"})
    loaded = with_record(loaded, moved)
    merged = merge_records(loaded, {("place", "desa-kedensari-2"): "desa-kedensari"})
    assert merged.records["place"][site.id] == site
    (other,) = [line for line in lines(merged) if "Desa Kedansari" in line]
    assert f"<{BASE}id/place/35.15.06.2016> <{SKOS.altLabel}>" in other
    replaced = f"<{BASE}id/place/desa-kedensari-2> <{DCTERMS.isReplacedBy}>"
    assert any(replaced in line for line in lines(merged))


def test_pairs_told_apart_are_said_to_differ(footwear: Loaded) -> None:
    pair = ("person", "sutanto-hariyono", "sutanto-haryono")
    told = replace(footwear, distinct=frozenset({pair}))
    added = set(lines(told)) - set(lines(footwear))
    iris = [f"<{BASE}id/person/{key}>" for key in pair[1:]]
    assert added == {f"{iris[0]} <{OWL.differentFrom}> {iris[1]} <{ENTITIES}> .\n"}


# ---------------------------------------------------------------- chains, circles, nothing


def test_a_chain_ends_where_its_last_record_stays(footwear: Loaded) -> None:
    merged: Merged = {
        ("institution", "api-tekstil"): "apindo",
        ("institution", "apindo"): "aprisindo",
        ("institution", "apki"): "apindo",
    }
    after = merge_records(footwear, merged)
    assert {record.id: into for record, into in after.replaced} == {
        "api-tekstil": "aprisindo",
        "apindo": "aprisindo",
        "apki": "aprisindo",
    }
    turned: Merged = dict(reversed(list(merged.items())))
    assert lines(merge_records(footwear, turned)) == lines(after)


def test_a_circle_is_told_and_merges_nothing(footwear: Loaded) -> None:
    merged: Merged = {
        ("institution", "api-tekstil"): "apindo",
        ("institution", "apindo"): "api-tekstil",
        ("institution", "apki"): "apindo",
        ("institution", "kadin"): "kadin",
        ("person", "m-rum"): "subandi",
    }
    after = merge_records(footwear, merged)
    assert [record.id for record, _ in after.replaced] == ["m-rum"]
    problems = decision_problems(footwear, decisions.Standing(merged=merged))
    told = {problem.key for problem in problems if problem.code == "merge-circle"}
    assert told == {"api-tekstil", "apindo", "apki", "kadin"}
    assert all(p.severity == "error" and p.line_text("id") for p in problems)


def test_a_decision_on_a_record_that_is_not_there_is_told(footwear: Loaded) -> None:
    merged: Merged = {
        ("institution", "nowhere"): "kadin",
        ("person", "kadin"): "m-rum",
    }
    distinct = frozenset({("place", "atlantis", "bangkok")})
    standing = decisions.Standing(merged=merged, distinct=distinct)
    problems = decision_problems(footwear, standing)
    assert [(p.code, p.facts["value"], p.severity) for p in problems] == [
        ("merge-unknown-record", "nowhere", "error"),
        ("merge-unknown-record", "kadin", "error"),
        ("merge-unknown-record", "atlantis", "warning"),
    ]
    assert merge_records(footwear, merged) is footwear


def test_the_log_is_what_the_build_works_on(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    for decision in (
        decisions.Merge(
            **SIGNED, kind="institution", record="asosiasi-rotan", into="balai-rotan"
        ),
        decisions.Merge(
            **SIGNED, kind="institution", record="gone", into="balai-rotan"
        ),
    ):
        decisions.record_decision(folder, decision)
    loaded = settled_records(find_ecosystem(folder))
    assert "asosiasi-rotan" not in loaded.records["institution"]
    assert [p.code for p in loaded.problems] == ["merge-unknown-record"]


# ---------------------------------------------------------------- what speaks against a merge


def codes(found: Iterable[Any]) -> set[tuple[str, str]]:
    return {(problem.severity, problem.code) for problem in found}


def test_nothing_speaks_against_what_is_one(footwear: Loaded) -> None:
    gone, stays = "dit-tekstil-kulit-alas-kaki", "direktorat-itkak"
    assert conflicts(footwear, "institution", gone, stays) == ()


@pytest.mark.parametrize(
    ("kind", "gone", "stays", "fields", "reason"),
    [
        (
            "place",
            "kota-bandung",
            "kabupaten-bandung",
            {"kind", "kemendagri_code"},
            "other-code",
        ),
        ("institution", "api-tekstil", "apki", set[str](), None),
        (
            "institution",
            "pemkot-bandung",
            "pemkot-mojokerto",
            {"located_in", "jurisdiction"},
            "other-place",
        ),
        (
            "institution",
            "smkn-12-surabaya",
            "smkn-3-tasikmalaya",
            {"located_in"},
            "other-place",
        ),
    ],
)
def test_facts_that_differ_are_told_first(
    footwear: Loaded,
    kind: Any,
    gone: str,
    stays: str,
    fields: set[str],
    reason: str | None,
) -> None:
    found = conflicts(footwear, kind, gone, stays)
    assert {p.field for p in found if p.code == "merge-differs"} == fields
    reasons = {str(p.facts["reason"]) for p in found if p.code == "merge-forbidden"}
    assert reasons == ({f"apart-{reason}"} if reason else set())
    assert {p.severity for p in found} <= {"warning"}
    assert all(p.line_text("id") != p.line_text("en") and p.line for p in found)


def test_a_body_is_not_merged_into_the_one_above_it(footwear: Loaded) -> None:
    found = conflicts(footwear, "institution", "kadin-bogor", "kadin")
    assert ("warning", "merge-forbidden") in codes(found)
    assert ("error", "hierarchy-cycle") in codes(found)


def test_a_tie_of_a_body_with_itself_is_an_error(footwear: Loaded) -> None:
    tie: Any = footwear.records["tie"]["t-itkak-relocation-2025"]
    one = tie.participants[0]
    pair = (one, one.model_copy(update={"party": f"{one.party}-2", "role": "subject"}))
    loaded = twin(footwear, "institution", one.party)
    loaded = with_record(loaded, tie.model_copy(update={"participants": pair}))
    found = conflicts(loaded, "institution", f"{one.party}-2", one.party)
    assert codes(found) == {
        ("warning", "merge-both-sides"),
        ("error", "too-few-participants"),
    }


def test_both_sides_of_one_tie_are_told(footwear: Loaded) -> None:
    found = conflicts(footwear, "institution", "bpipi", "aprisindo")
    claims = {str(p.facts["claim"]) for p in found if p.code == "merge-both-sides"}
    assert "tie/t-bpipi-founding" in claims


def test_a_record_told_apart_and_one_that_only_looks_the_same(footwear: Loaded) -> None:
    pair = ("person", "sutanto-hariyono", "sutanto-haryono")
    told = replace(footwear, distinct=frozenset({pair}))
    found = conflicts(told, "person", pair[2], pair[1])
    assert codes(found) == {("warning", "merge-was-distinguished")}
    loaded = twin(footwear, "person", "m-rum", name="М. Rum")  # Cyrillic М
    found = conflicts(loaded, "person", "m-rum-2", "m-rum")
    assert codes(found) == {("warning", "merge-look-alike")}
    assert codes(conflicts(footwear, "person", "m-rum", "m-rum")) == {
        ("error", "merge-with-itself")
    }


def test_names_that_only_look_the_same_are_told_and_never_merged(
    tmp_path: Path,
) -> None:
    folder = copy_of_rattan(tmp_path)
    edit(folder, "institutions.yaml", "  - ARC\n", "  - BRС\n")  # Cyrillic С
    ecosystem = find_ecosystem(folder)
    (problem,) = [
        p for p in settled_records(ecosystem).problems if p.code == "look-alike-names"
    ]
    assert (problem.severity, problem.key, problem.facts["other"]) == (
        "warning",
        "asosiasi-rotan",
        "balai-rotan",
    )
    decided = decisions.Distinguish(
        **SIGNED, kind="institution", record="balai-rotan", other="asosiasi-rotan"
    )
    assert not settled_records(ecosystem, [decided]).problems


@pytest.mark.parametrize(
    ("character", "severity"),
    [
        ("\u202e", "error"),
        ("\u2067", "error"),
        ("\u200b", "warning"),
        ("\u00ad", "warning"),
    ],
)
def test_what_nobody_sees_in_a_name_is_told(
    tmp_path: Path, character: str, severity: str
) -> None:
    folder = copy_of_rattan(tmp_path)
    edit(folder, "institutions.yaml", "  - ARC\n", f'  - "AR{character}C"\n')
    found = settled_records(find_ecosystem(folder)).problems
    assert [(p.code, p.key, p.severity) for p in found] == [
        ("hidden-character", "asosiasi-rotan", severity)
    ]
    assert character not in found[0].line_text("en")


def test_shipped_names_are_what_they_look_like(footwear: Loaded) -> None:
    assert list(look_alikes(footwear)) == []
    assert list(hidden_characters(footwear)) == []


# ---------------------------------------------------------------- and back again

PAIRS = [
    (
        "institution",
        ["direktorat-itkak", "dit-tekstil-kulit-alas-kaki", "kadin", "apindo", "bpipi"],
    ),
    ("person", ["sutanto-hariyono", "sutanto-haryono", "ali-masud", "m-rum"]),
    ("place", ["desa-kedensari", "desa-wilayut", "kota-bandung", "kabupaten-bandung"]),
    ("group", ["ikm-alas-kaki", "tukang-sol-sepatu"]),
]


@st.composite
def taken(draw: st.DrawFn) -> Any:
    """A merge or the taking back of one, of a few records that are there."""
    kind, keys = draw(st.sampled_from(PAIRS))
    record = draw(st.sampled_from(keys))
    if draw(st.booleans()):
        return decisions.Unmerge(**SIGNED, kind=kind, record=record)
    return decisions.Merge(
        **SIGNED, kind=kind, record=record, into=draw(st.sampled_from(keys))
    )


UNTOUCHED = load_records(FOOTWEAR)
BEFORE = lines(UNTOUCHED)


@settings(max_examples=25, deadline=None)
@given(st.lists(taken(), max_size=8))
def test_taking_every_merge_back_gives_the_bytes_of_never_having_merged(
    sequence: list[Any],
) -> None:
    standing = decisions.standing_decisions(sequence)
    undone = [
        decisions.Unmerge(**SIGNED, kind=kind, record=key)
        for kind, key in standing.merged
    ]
    standing = decisions.standing_decisions([*sequence, *undone])
    after = settle(load_again(), standing)
    assert after.problems == []
    assert lines(after) == BEFORE


@settings(max_examples=25, deadline=None)
@given(st.lists(taken(), max_size=8))
def test_only_what_stands_counts_not_how_it_came_to_stand(sequence: list[Any]) -> None:
    standing = decisions.standing_decisions(sequence)
    at_once = [
        decisions.Merge(**SIGNED, kind=kind, record=key, into=into)
        for (kind, key), into in sorted(standing.merged.items())
    ]
    one = settle(load_again(), standing)
    other = settle(load_again(), decisions.standing_decisions(at_once))
    assert one.records == other.records
    assert one.replaced == other.replaced
    dangling = [e for e in errors(one) if "there is no" in e]
    assert dangling == []


def load_again() -> Loaded:
    """The records as they are read, with a list of problems of their own."""
    return replace(UNTOUCHED, problems=[])
