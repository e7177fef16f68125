"""Codings of the same documents: a pair made by hand, and footwear with known changes."""

import random
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from itertools import permutations
from math import isnan
from pathlib import Path
from typing import Any

import pytest
import yaml

from simpul.analysis import (
    Comparison,
    Disagreement,
    Measured,
    Reading,
    compare_codings,
    match_ties,
)
from simpul.graph_builder import (
    BrokenCoding,
    Coding,
    read_coding,
    shipped_ecosystems,
)

CODINGS = Path(__file__).parents[1] / "data" / "codings"


@pytest.fixture(scope="module")
def ani() -> Coding:
    return read_coding(CODINGS / "ani")


@pytest.fixture(scope="module")
def budi() -> Coding:
    return read_coding(CODINGS / "budi")


@pytest.fixture(scope="module")
def by_hand(ani: Coding, budi: Coding) -> Comparison:
    return compare_codings([ani, budi])


def measured(comparison: Comparison, name: str) -> Measured:
    return next(one for one in comparison.measured if one.name == name)


def test_alphas_of_the_pair_made_by_hand(by_hand: Comparison) -> None:
    # Five ties are matched, so ten values; alpha = 1 - observed / expected.
    # Type: one pair differs (2 of 10); lease 1, loan 3, agreement 2, supply 2, one each of
    # co-organization and event-participation, and so a second pair differs.
    expected = {
        "tie-type": 1 - (4 / 10) / (1 - (3 * 2 + 2 + 2) / 90),
        "tie-modality": 1 - (2 / 10) / (1 - 9 * 8 / 90),
        # Not stated 3, 2003 once, three dates twice.
        "tie-start": 1 - (2 / 10) / (1 - (3 * 2 + 2 + 2 + 2) / 90),
        # Parties of five ties; host, occupant 4 each, partner 4, supplier 2, buyer 2, organizer
        # 3, attendee 1 of 20 values. The third party of the last tie has one value only.
        "tie-role": 1 - (2 / 20) / (1 - (3 * 12 + 2 * 2 + 6) / 380),
        "institution-sector": 1 - (2 / 6) / (1 - (2 + 2) / 30),
        "institution-kind": 1.0,
        "evidence-explicitness": 1 - (2 / 10) / (1 - 9 * 8 / 90),
    }
    found = {name: measured(by_hand, name).alpha.value for name in expected}
    assert found == pytest.approx(expected)


def test_alpha_of_parties_as_sets_by_hand(by_hand: Comparison) -> None:
    # {bpipi, kemenperin} and the same with Sidoarjo: MASI 1 - 2/3 * 2/3.
    apart = 5 / 9
    bs, ub, pn, bk, bks = "bs", "ub", "pn", "bk", "bks"
    distance: dict[frozenset[str], float] = {
        frozenset((bk, bks)): apart,
        frozenset((bs, bks)): apart,
    }
    # {b, s} and {u, b}, {b, s} and {b, k}, {u, b} and {b, k}: 1 - 1/3 * 1/3.
    for one, other in ((bs, ub), (bs, bk), (ub, bk)):
        distance[frozenset((one, other))] = 8 / 9
    distance[frozenset((ub, bks))] = 1 - 1 / 4 * 1 / 3
    values = [bs] * 4 + [ub] * 2 + [pn] * 2 + [bk, bks]
    chance: list[float] = [
        0 if a == b else distance.get(frozenset((a, b)), 1)
        for a, b in permutations(values, 2)
    ]
    expected = 1 - (2 * apart / 10) / (sum(chance) / 90)
    found = measured(by_hand, "tie-parties").alpha
    assert found.units == 5
    assert found.value == pytest.approx(expected)


def test_alpha_of_triples_and_their_overlap_by_hand(by_hand: Comparison) -> None:
    # Three documents with one equal triple each; two without any triple in common.
    (overlap,) = by_hand.overlaps
    assert (overlap.both, overlap.only_one, overlap.only_other) == (3, 3, 4)
    assert overlap.f1 == pytest.approx(2 * 3 / (2 * 3 + 3 + 4))
    # Ten sets: the loan from Sidoarjo 3, two others 2 each, and three that occur once: a set of
    # two triples, one of one, one of three. No two different sets have a triple in common.
    found = measured(by_hand, "triples").alpha
    assert found.value == pytest.approx(1 - (4 / 10) / (1 - (6 + 2 + 2) / 90))


def test_undefined_alphas_say_why(by_hand: Comparison) -> None:
    sign = measured(by_hand, "tie-sign")
    assert isnan(sign.alpha.value)
    assert sign.alpha.why == "no-variation"
    assert sign.reading is Reading.UNDEFINED
    assert not sign.firm


def test_five_documents_make_nothing_firm(by_hand: Comparison) -> None:
    assert [one.name for one in by_hand.measured if one.firm] == []


def told(one: Disagreement) -> tuple[str, str, list[str | None]]:
    shown = [cell.shown if cell else None for cell in one.cells]
    return (one.document, one.variable, shown)


def test_disagreements_are_listed_document_by_document(by_hand: Comparison) -> None:
    rows = [told(one) for one in by_hand.disagreements if one.variable != "triples"]
    lomba, usir = "bhirawa-2018-ifcc", "clicks-2021-usir"
    three = "bpipi + kemenperin + pemkab-sidoarjo"
    assert rows == [
        (lomba, "tie-type", ["co-organization", "event-participation"]),
        (lomba, "tie-parties", ["bpipi + kemenperin", three]),
        (lomba, "tie-role", ["organizer", "attendee"]),
        (lomba, "institution-sector", ["public-agency", "government-national"]),
        (usir, "tie", ["tenggat-2021", None]),
        (usir, "tie-type", ["site-lease", "site-loan"]),
        ("detik-2015-pouyuen", "evidence-explicitness", ["stated", "implied"]),
        ("kabarbaik-2025-peresmian", "tie-start", ["2003", ""]),
        ("unusa-2017-mou", "tie-modality", ["realised", "planned"]),
    ]


def test_a_disagreement_says_where_each_value_is_written(by_hand: Comparison) -> None:
    (lease,) = (
        one
        for one in by_hand.disagreements
        if (one.document, one.variable) == ("clicks-2021-usir", "tie-type")
    )
    for cell, folder in zip(lease.cells, ("ani", "budi"), strict=True):
        assert cell is not None
        assert cell.written is not None
        lines = (CODINGS / folder / cell.written.file).read_text("utf-8").splitlines()
        assert cell.written.line is not None
        assert lines[cell.written.line - 1].strip() == f"type: {cell.shown}"


def test_the_lease_and_not_the_quarrel_is_the_tie_that_the_other_coder_saw(
    ani: Coding, budi: Coding
) -> None:
    matched = match_ties([ani, budi], frozenset({"clicks-2021-usir"}))
    keys = {tuple(one and one.key for one in tie) for tie in matched}
    assert keys == {("sewa-tanggulangin", "b-1"), ("tenggat-2021", None)}


def test_the_order_of_coders_changes_no_alpha(
    ani: Coding, budi: Coding, by_hand: Comparison
) -> None:
    turned = compare_codings([budi, ani])
    for one, other in zip(by_hand.measured, turned.measured, strict=True):
        assert one.alpha.value == pytest.approx(other.alpha.value, nan_ok=True)
    assert len(turned.disagreements) == len(by_hand.disagreements)


def test_a_third_coder_of_fewer_documents_leaves_values_missing(
    ani: Coding, budi: Coding
) -> None:
    few = frozenset({"clicks-2021-usir", "kabarbaik-2025-peresmian"})
    ties = tuple(tie for tie in ani.ties if tie.documents <= few)
    citra = Coding("citra", few, few, ties, ani.institutions)
    comparison = compare_codings([ani, budi, citra])
    found = measured(comparison, "tie-type").alpha
    # Five ties of two coders; three of the third, one of which Budi has not.
    assert (found.coders, found.units, found.values) == (3, 6, 14)
    assert [(one.one, one.other) for one in comparison.overlaps] == [
        ("ani", "budi"),
        ("ani", "citra"),
        ("budi", "citra"),
    ]
    assert comparison.overlaps[1].f1 == 1
    # What Citra did not have to read is no disagreement of hers.
    missing = [one for one in comparison.disagreements if one.variable == "tie"]
    assert [one.of.partition(":")[0] for one in missing] == ["tenggat-2021"]


def test_a_document_in_which_nobody_found_anything_is_not_compared(
    tmp_path: Path, ani: Coding
) -> None:
    sources = (CODINGS / "ani" / "sources.yaml").read_text("utf-8")
    extra = "- id: kosong\n  title: X\n  publisher: Y\n  kind: news-report\n"
    (tmp_path / "sources.yaml").write_text(sources + extra, "utf-8")
    listed = read_coding(tmp_path)
    assert "kosong" in listed.documents
    comparison = compare_codings([listed, ani])
    assert comparison.documents == tuple(sorted(ani.cited))
    # Listed and without a tie: the empty set, where the other has six ties.
    assert measured(comparison, "triples").alpha.observed == 1


def test_records_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "ties.yaml").write_text("- id: x\n  type: nothing\n", "utf-8")
    with pytest.raises(BrokenCoding) as caught:
        read_coding(tmp_path, "citra")
    assert caught.value.name == "citra"
    assert {p.field for p in caught.value.problems} >= {"type", "participants"}


# A second coding of the real documents: every tie is read anew by a coder who, with a seeded die,
# gives another sign to one tie in ten, another modality to one in five, takes the first party in
# another role in one of eight, and overlooks one in twelve. Nothing else changes, and keys are
# the second coder's own.
SEED = 20240911


def second_coder(folder: Path) -> dict[str, dict[str, Any] | None]:
    """Write the second coding; {key of a tie: the tie as it is now, None if overlooked}."""
    source = shipped_ecosystems()["footwear"]
    folder.mkdir()
    for name in ("sources.yaml", "institutions.yaml", "ecosystem.toml"):
        (folder / name).write_bytes((source / name).read_bytes())
    ties = yaml.load((source / "ties.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    die = random.Random(SEED)
    changed: dict[str, dict[str, Any] | None] = {}
    for number, tie in enumerate(ties):
        key = tie["id"]
        if die.random() < 1 / 12:
            changed[key] = None
            continue
        if die.random() < 1 / 10:
            signs = {"positive", "neutral", "negative"} - {tie["sign"]}
            tie["sign"] = die.choice(sorted(signs))
        if die.random() < 1 / 5:
            modalities = {"realised", "planned", "reported"} - {tie["modality"]}
            tie["modality"] = die.choice(sorted(modalities))
        if die.random() < 1 / 8:
            tie["participants"][0]["role"] = "attendee"
        tie["id"] = f"second-{number}"
        changed[key] = tie
    written = [tie for tie in changed.values() if tie]
    text = yaml.safe_dump(written, allow_unicode=True, sort_keys=False)
    (folder / "ties.yaml").write_text(text, "utf-8")
    return changed


@pytest.fixture(scope="module")
def footwear(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Comparison, dict[str, dict[str, Any] | None], list[dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("second") / "budi"
    changed = second_coder(folder)
    source = shipped_ecosystems()["footwear"] / "ties.yaml"
    ties = yaml.load(source.read_text("utf-8"), Loader=yaml.BaseLoader)
    first = read_coding(source.parent, "ani")
    return compare_codings([first, read_coding(folder)]), changed, ties


def nominal_alpha(pairs: Iterable[tuple[Hashable, Hashable]]) -> float:
    """Alpha of two coders from their pairs of values, with a dictionary for a matrix."""
    counts: defaultdict[Hashable, int] = defaultdict(int)
    apart = total = 0
    for one, other in pairs:
        counts[one] += 1
        counts[other] += 1
        apart += 2 * (one != other)
        total += 2
    chance = total * (total - 1) - sum(n * (n - 1) for n in counts.values())
    return 1 - apart * (total - 1) / chance


@pytest.mark.parametrize("field", ["sign", "modality", "type"])
def test_alphas_of_footwear_and_its_second_coding_are_those_of_the_changes(
    footwear: tuple[Comparison, Mapping[str, Any], list[dict[str, Any]]], field: str
) -> None:
    comparison, changed, ties = footwear
    pairs = [
        (tie[field], changed[tie["id"]][field]) for tie in ties if changed[tie["id"]]
    ]
    # Both codings state the same lines of command by `unit_of`.
    units = measured(comparison, f"tie-{field}").alpha.units - len(pairs)
    same = {"sign": "neutral", "modality": "realised", "type": "hierarchy"}[field]
    pairs += [(same, same)] * units
    found = measured(comparison, f"tie-{field}").alpha.value
    assert found == pytest.approx(nominal_alpha(pairs))
    differing = [
        one for one in comparison.disagreements if one.variable == f"tie-{field}"
    ]
    assert len(differing) == sum(one != other for one, other in pairs)


def test_overlooked_ties_of_footwear_are_listed(
    footwear: tuple[Comparison, Mapping[str, Any], list[dict[str, Any]]],
) -> None:
    comparison, changed, _ = footwear
    overlooked = {key for key, tie in changed.items() if tie is None}
    missing = {
        one.of.partition(":")[0]
        for one in comparison.disagreements
        if one.variable == "tie"
    }
    assert len(overlooked) > 10
    assert missing == overlooked
    (overlap,) = comparison.overlaps
    assert overlap.only_one > overlap.only_other > 0
    assert overlap.low < overlap.f1 < overlap.high


def test_the_reading_of_footwear_follows_the_interval(
    footwear: tuple[Comparison, Mapping[str, Any], list[dict[str, Any]]],
) -> None:
    comparison, _, _ = footwear
    kind = measured(comparison, "tie-type")
    assert (kind.reading, kind.firm) == (Reading.RELIABLE, True)
    modality = measured(comparison, "tie-modality")
    assert (modality.reading, modality.firm) == (Reading.UNRELIABLE, False)
    assert modality.interval.low < modality.alpha.value < 0.667 < modality.interval.high
