"""Candidates for a merge: what is proposed, what is forbidden, and at what cost."""

import importlib
import importlib.util
import random
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.graph_builder import Loaded, find_ecosystem, load_records
from simpul.graph_builder.identity import (
    LEAST_SCORE,
    Profile,
    Vocabulary,
    body_names,
    compare,
    find_duplicates,
    meetings,
    person_name,
    place_name,
    vocabulary_of,
)
from worlds import copy_of_rattan, edit

profiles_of: Any = importlib.import_module(
    "simpul.graph_builder.identity.profiles"
).profiles_of

PLACES = frozenset(
    {("sidoarjo",), ("bandung",), ("bogor",), ("magetan",), ("surabaya",), ("malang",)}
)
WORDS = Vocabulary(places=PLACES)


@pytest.fixture(scope="module")
def footwear() -> Loaded:
    return load_records(find_ecosystem("footwear"))


@pytest.fixture(scope="module")
def benchmark(repository: Path) -> ModuleType:
    """The script that gives the figures in `benchmarks/identity.md`."""
    place = repository / "benchmarks" / "identity.py"
    spec = importlib.util.spec_from_file_location("identity_benchmark", place)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def body(name: str, key: str = "a", **facts: str) -> Profile:
    names = body_names(name, PLACES)
    return replace(Profile("institution", key, names), **facts)  # type: ignore[arg-type]


def person(name: str, key: str = "a", *bodies: str) -> Profile:
    return Profile("person", key, (person_name(name),), bodies=frozenset(bodies))


def veto(left: Profile, right: Profile) -> str | None:
    return compare(left, replace(right, key="b"), WORDS).veto


def score(left: Profile, right: Profile) -> float:
    found = compare(left, replace(right, key="b"), WORDS)
    return 0 if found.veto else found.score


@pytest.mark.parametrize(
    ("left", "right", "sector", "why"),
    [
        ("Pemkot Bandung", "Pemkab Bandung", "government-regency", "city-and-regency"),
        ("KADIN", "KADIN Kabupaten Bogor", "association", "branch"),
        ("APINDO", "APINDO Jawa Timur", "association", "branch"),
        ("APRISINDO", "DPD APRISINDO", "association", "branch"),
        ("Bank Indonesia", "Bank Indonesia Malang", "finance", "branch"),
        ("APINDO Jawa Timur", "APINDO Jawa Barat", "association", "other-place"),
        (
            "Pemkab Sidoarjo",
            "Kabupaten Sidoarjo",
            "government-regency",
            "body-and-territory",
        ),
        (
            "SMKN 1 Surabaya",
            "SMK Negeri 2 Surabaya",
            "vocational-school",
            "other-number",
        ),
        ("SMKN 12 Surabaya", "SMKN Surabaya", "vocational-school", "other-number"),
        ("Komisi VI DPR", "Komisi VII DPR RI", "government-national", "other-number"),
        ("Kemenperin", "Itjen Kemenperin", "government-national", "other-rank"),
        (
            "Direktorat Industri Agro",
            "Ditjen Industri Agro",
            "government-national",
            "other-rank",
        ),
    ],
)
def test_two_bodies_however_like_their_names(
    left: str, right: str, sector: str, why: str
) -> None:
    one, other = body(left, sector=sector), body(right, sector=sector)
    assert veto(one, other) == veto(other, one) == why


@pytest.mark.parametrize(
    ("facts", "other", "why"),
    [
        ({"parent": "b"}, {}, "parent-and-unit"),
        ({"dissolved": "2009"}, {"founded": "2010"}, "successor"),
        ({"dissolved": "2010"}, {"founded": "2009"}, None),
        ({"code": "35.15"}, {"code": "35.16"}, "other-code"),
    ],
)
def test_what_is_recorded_tells_bodies_of_one_name_apart(
    facts: dict[str, str], other: dict[str, str], why: str | None
) -> None:
    assert veto(body("Balai Rotan", **facts), body("Balai Rotan", **other)) == why


@pytest.mark.parametrize(
    ("left", "right", "why"),
    [
        ("Kota Bandung", "Kab. Bandung", "city-and-regency"),
        ("Kecamatan Sukodono", "Desa Sukodono", "other-level"),
        ("Kota Yogyakarta", "D.I. Yogyakarta", "other-level"),
    ],
)
def test_territories_of_two_levels_are_two(left: str, right: str, why: str) -> None:
    one, other = (
        Profile("place", key, (place_name(name),))
        for key, name in (("a", left), ("b", right))
    )
    assert compare(one, other, WORDS).veto == why


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("BPIPI Sidoarjo", "BPIPI"),  # a technical unit has one seat
        ("Politeknik ATK Bandung", "Poltek ATK"),
        (
            "Dinas Perindustrian dan Perdagangan Kabupaten Magetan",
            "Disperindag Magetan",
        ),
        ("Balai Pemberdayaan Industri Persepatuan Indonesia", "BPIPI"),
        ("PT Panarub Dwikarya", "PT. PANARUB DWI KARYA"),
        ("Kementerian Perindustrian Republik Indonesia", "Departemen Perindustrian"),
        ("Asosiasi Penyamak Kulit Indonesia", "Asosiasi Penyamakan Kulit Indonesia"),
    ],
)
def test_one_body_under_two_names_is_proposed(left: str, right: str) -> None:
    one, other = (body(name, sector="public-agency") for name in (left, right))
    assert score(one, other) >= LEAST_SCORE


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("PT Panarub", "PT Panarub Dwikarya"),
        ("Universitas Kristen Petra", "Universitas Kristen Maranatha"),
        ("Asosiasi Persepatuan Indonesia", "Asosiasi Pertekstilan Indonesia"),
        ("Kemendag", "Kemendagri"),
        ("IFC", "IFSC"),
    ],
)
def test_two_bodies_with_like_names_are_not_proposed(left: str, right: str) -> None:
    assert score(body(left), body(right)) < LEAST_SCORE


def test_another_legal_form_or_sector_or_place_speaks_against_one_body() -> None:
    plain = score(body("PT Rotan Jaya"), body("PT Rotan Jaya"))
    assert score(body("PT Rotan Jaya"), body("Koperasi Rotan Jaya")) < plain
    assert (
        score(body("Rotan Jaya", sector="media"), body("Rotan Jaya", sector="finance"))
        < plain
    )
    here, there = (
        replace(body("Rotan Jaya", seat=place), around=frozenset({place, "jatim"}))
        for place in ("kota-a", "kota-b")
    )
    assert score(here, there) < plain
    within = replace(body("Rotan Jaya", seat="jatim"), around=frozenset({"jatim"}))
    assert score(here, within) == plain


def test_a_shared_acronym_counts_for_less_where_long_names_differ() -> None:
    one = Profile(
        "institution",
        "a",
        (*body_names("Asosiasi Pengusaha Indonesia"), *body_names("API")),
    )
    other = Profile(
        "institution",
        "b",
        (*body_names("Akademi Perawat Internasional"), *body_names("API")),
    )
    alone = Profile("institution", "c", body_names("API"))
    assert (
        compare(one, other, WORDS).score
        < LEAST_SCORE
        <= compare(one, alone, WORDS).score
    )


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Prof. Dr. Ir. Mochamad Ashari, M.Eng.", "Muhammad Ashari", True),
        ("M. Rum", "Muhammad Rum", True),
        ("Emil Dardak", "Emil Elestianto Dardak", True),
        ("Soetanto Harijono", "Sutanto Haryono", True),
        ("Muhammad Yukka Harlanda", "M. Yukka Harlanda", True),
        ("Arus Gunawan", "Rudy Gunawan", False),
        ("Edi Suhendra", "Edi Yansah", False),
        ("Muhammad Rum", "Muhammad Nuh", False),
        ("Heru Budi Susanto", "Heru Budi Hartono", False),
        ("Rizky Aditya Wijaya", "Ani Wijaya", False),
    ],
)
def test_people_are_compared_by_their_names(left: str, right: str, same: bool) -> None:
    assert (score(person(left), person(right)) >= LEAST_SCORE) == same


def test_one_word_is_little_to_know_a_person_by() -> None:
    together = score(person("Subandi", "a", "x"), person("Subandi", "b", "x"))
    apart = score(person("Subandi", "a", "x"), person("Subandi", "b", "y"))
    assert apart < together < score(person("Subandi Rum"), person("Subandi Rum"))


@given(st.text(min_size=1), st.text(min_size=1), st.sampled_from(["body", "person"]))
def test_any_two_names_compare_alike_both_ways(
    left: str, right: str, kind: str
) -> None:
    make = body if kind == "body" else person
    one, other = make(left), make(right, "b")
    if not all(each.names and each.name.words for each in (one, other)):
        return
    there, back = compare(one, other, WORDS), compare(other, one, WORDS)
    assert 0 <= there.score <= 1
    assert there.score == pytest.approx(back.score, abs=0.001)
    assert there.veto == back.veto


# ---------------------------------------------------------------- on records


def test_the_shipped_records_propose_what_their_own_notes_call_one(
    footwear: Loaded,
) -> None:
    found = {(c.record, c.other): c for c in find_duplicates(footwear)}
    directorate = found["direktorat-itkak", "dit-tekstil-kulit-alas-kaki"]
    assert [reason.code for reason in directorate.reasons] == [
        "similar-names",
        "same-parent",
    ]
    assert "kemenperin" in directorate.reasons[1].text("id")
    assert ("sutanto-hariyono", "sutanto-haryono") in found
    assert len(found) <= 4


def test_nothing_that_is_kept_apart_is_ever_proposed(footwear: Loaded) -> None:
    found = {(c.record, c.other) for c in find_duplicates(footwear, 0.0)}
    for pair in (
        ("kabupaten-bandung", "kota-bandung"),
        ("kabupaten-tangerang", "kota-tangerang"),
        ("apindo", "apindo-jatim"),
        ("aprisindo", "aprisindo-jatim"),
        ("kadin", "kadin-bogor"),
        ("ditjen-ikma", "kemenperin"),
        ("smkn-12-surabaya", "smkn-3-tasikmalaya"),
        ("disdagin-bandung", "disperdagin-kab-bandung"),
        ("kabupaten-sidoarjo", "pemkab-sidoarjo"),
    ):
        assert pair not in found


def test_a_village_spelled_in_two_ways_is_proposed(footwear: Loaded) -> None:
    village = footwear.records["place"]["desa-kedensari"]
    twin = village.model_copy(
        update={
            "id": "desa-kedansari",
            "name": "Desa Kedansari",
            "kemendagri_code": None,
        }
    )
    places = {**footwear.records["place"], twin.id: twin}
    loaded = replace(footwear, records={**footwear.records, "place": places})
    found = [c for c in find_duplicates(loaded) if c.kind == "place"]
    assert [(c.record, c.other) for c in found] == [
        ("desa-kedansari", "desa-kedensari")
    ]
    codes = [reason.code for reason in found[0].reasons]
    assert codes == ["similar-names", "same-parent"]
    numbered = twin.model_copy(update={"kemendagri_code": "35.15.06.2017"})
    places = {**footwear.records["place"], numbered.id: numbered}
    loaded = replace(footwear, records={**footwear.records, "place": places})
    assert not [c for c in find_duplicates(loaded) if c.kind == "place"]


def test_a_pair_that_was_told_apart_is_not_proposed_again(footwear: Loaded) -> None:
    pair = ("person", "sutanto-hariyono", "sutanto-haryono")
    told = replace(footwear, distinct=frozenset({pair}))
    assert pair[1:] not in {(c.record, c.other) for c in find_duplicates(told)}


def test_a_name_with_a_foreign_letter_is_told_as_what_it_is(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    edit(
        folder,
        "institutions.yaml",
        "- id: asosiasi-rotan\n  name:\n    id: Asosiasi Rotan Contoh\n",
        "- id: asosiasi-rotan\n  name:\n    id: Bаlai Rotan Contoh\n",  # Cyrillic а
    )
    loaded = load_records(find_ecosystem(folder))
    (found,) = [c for c in find_duplicates(loaded) if c.kind == "institution"]
    assert found.reasons[0].code == "look-alike"
    assert set(found.differs) >= {"kind", "sector"}


def test_the_order_of_records_changes_nothing(footwear: Loaded) -> None:
    turned = {
        kind: dict(reversed(list(records.items())))
        for kind, records in footwear.records.items()
    }
    assert find_duplicates(replace(footwear, records=turned)) == find_duplicates(
        footwear
    )


@pytest.mark.slow
def test_nothing_alike_goes_unseen_for_not_being_brought_together(
    footwear: Loaded,
) -> None:
    vocabulary = vocabulary_of(footwear)
    profiles = list(profiles_of(footwear, vocabulary))
    met = set(meetings(profiles))
    missed = [
        (one.key, other.key)
        for at, one in enumerate(profiles)
        for place, other in enumerate(profiles[:at])
        if one.kind == other.kind
        and (place, at) not in met
        and (found := compare(one, other, vocabulary)).veto is None
        and found.score >= LEAST_SCORE
    ]
    assert missed == []


def invented(count: int) -> list[Profile]:
    """Bodies whose names have words in common with more others than any of them may meet."""
    draw = random.Random(7)
    syllables = ["ka", "sur", "ri", "ban", "mo"]
    heads = ["Dinas", "Balai", "PT", "Asosiasi", "Koperasi"]

    def word() -> str:
        return "".join(draw.choices(syllables, k=3))

    return [
        body(f"{draw.choice(heads)} {word()} {word()}", f"b{number}")
        for number in range(count)
    ]


@pytest.mark.slow
def test_twice_the_names_are_about_twice_the_work() -> None:
    counts = [len(meetings(invented(size))) for size in (2000, 4000, 8000)]
    assert counts[1] < 2.6 * counts[0]
    assert counts[2] < 2.6 * counts[1]


# ---------------------------------------------------------------- on labelled pairs


def test_the_labelled_pairs_are_enough_and_of_shipped_names(
    benchmark: ModuleType, footwear: Loaded
) -> None:
    pairs = benchmark.read_pairs()
    assert len(pairs) >= 300
    assert len({(p.kind, *sorted((p.left, p.right))) for p in pairs}) == len(pairs)
    written = {
        text
        for kind in ("institution", "person", "place")
        for record in footwear.records[kind].values()
        for text in _texts(record.model_dump())
    }
    attested = [pair for pair in pairs if pair.basis == "attested"]
    assert len(attested) >= 300
    unknown = [p for p in attested if not {p.left, p.right} <= written]
    assert unknown == []
    halves = [pair.chooses for pair in pairs]
    assert 0.4 < sum(halves) / len(halves) < 0.6


def _texts(value: Any) -> set[str]:
    if isinstance(value, str):
        return {value}
    inner: list[Any] = []
    if isinstance(value, dict):
        inner = list(cast("dict[str, Any]", value).values())
    elif isinstance(value, list | tuple):
        inner = list(cast("list[Any]", value))
    return {text for item in inner for text in _texts(item)}


def test_precision_and_recall_hold_on_the_half_that_did_not_choose(
    benchmark: ModuleType,
) -> None:
    simpul, *baselines = benchmark.try_all()
    assert simpul.least == pytest.approx(LEAST_SCORE, abs=0.03)
    judged = simpul.judged()
    assert judged.precision[1] >= 0.95
    assert judged.recall[1] >= 0.80
    assert judged.f1[1] > max(each.judged().f1[1] for each in baselines) + 0.1


def test_what_is_never_one_by_default_is_not_proposed_in_either_half(
    benchmark: ModuleType,
) -> None:
    forbidden = {
        "national and regional",
        "city and regency",
        "body and territory",
        "parent and unit",
        "numbered unit",
    }
    vocabulary = benchmark.shipped_vocabulary()
    kept_apart = [p for p in benchmark.read_pairs() if p.group in forbidden]
    proposed = [
        (p.left, p.right)
        for p in kept_apart
        if benchmark.score(p, vocabulary) >= LEAST_SCORE
    ]
    assert len(kept_apart) > 80
    # The first name does not say whether it is of the city or of the regency.
    assert proposed == [("Disnakerin Madiun", "Disnaker Kota Madiun")]


def test_the_page_tells_the_figures_of_the_run(
    benchmark: ModuleType, repository: Path
) -> None:
    page = (repository / "benchmarks" / "identity.md").read_text("utf-8")
    for each in benchmark.try_all():
        assert benchmark.row(each.name, each.least, each.judged()) in page
    pairs = benchmark.read_pairs()
    assert page.splitlines()[8].startswith(f"{len(pairs)} pairs of names")
    for basis in ("attested", "derived"):
        assert f"({sum(pair.basis == basis for pair in pairs)}) hold" in page


def test_an_interval_holds_its_share(benchmark: ModuleType) -> None:
    # Wilson's interval for 8 of 10, by R: prop.test(8, 10, correct = FALSE)
    low, share, high = benchmark.with_interval(8, 10)
    assert (low, share, high) == pytest.approx((0.4901625, 0.8, 0.9433178), abs=1e-6)
