"""Families of copies: what records say, what texts propose, and what a person decides."""

import importlib
import random
from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cache, partial
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copies import PUBLISHED, TOLD, copies_world, texts
from simpul.graph_builder import (
    Join,
    Loaded,
    Split,
    check_ecosystem,
    find_ecosystem,
    load_records,
    make_graph,
    record_decision,
    settled_records,
)
from simpul.graph_builder.evidence import (
    Family,
    Likeness,
    Verdict,
    compare_texts,
    find_families,
    group_families,
    likenesses,
    open_questions,
    read_articles,
    regroup,
)
from worlds import RATTAN, copy_of_rattan

reuse: Any = importlib.import_module("simpul.graph_builder.evidence.reuse")

Span = tuple[date | None, date | None]


def on(day: str) -> Span:
    return date.fromisoformat(day), date.fromisoformat(day)


DATES = {key: on(day) for key, day in PUBLISHED.items()}
ALONE = sorted(set(PUBLISHED) - {"release", *TOLD})


def containment(one: str, other: str) -> float:
    said = texts()
    runs = [reuse._runs(reuse._LINKS.sub("", said[key]), 5) for key in (one, other)]
    return float(reuse._containment(*runs))


# ---------------------------------------------------------------- thresholds


@pytest.mark.parametrize("copy", TOLD)
def test_a_copy_is_joined_to_its_release(copy: str) -> None:
    (found,) = compare_texts({key: texts()[key] for key in ("release", copy)}, DATES)
    assert found.verdict is Verdict.JOIN


@pytest.mark.parametrize("pair", list(combinations(ALONE, 2)), ids="-".join)
def test_reports_of_one_event_that_are_nobodys_copy_are_not_joined(
    pair: tuple[str, str],
) -> None:
    assert compare_texts({key: texts()[key] for key in pair}, DATES) == ()


@pytest.mark.parametrize("own", ALONE)
def test_a_report_of_their_own_is_not_taken_for_a_copy_of_the_release(own: str) -> None:
    assert compare_texts({key: texts()[key] for key in ("release", own)}, DATES) == ()


def test_the_thresholds_lie_in_the_gap_between_copies_and_reports() -> None:
    """The least of the copies has more than twice what the most alike report has."""
    copies = [containment("release", key) for key in TOLD]
    own = [containment("release", key) for key in ALONE if key.startswith("own")]
    assert max(own) < reuse.PARTIAL < min(copies)
    assert min(copies) > 2 * max(own)
    # Four of the five need no more than their words; one needs the rare quotation too.
    assert sum(share >= reuse.COPY for share in copies) == 4


def test_what_a_body_says_of_itself_below_every_release_is_no_copy() -> None:
    # It is as much in common as a reworded copy has; what tells them apart is the date.
    share = containment("release", "later-release")
    assert share > containment("release", "copy-reworded")
    pair = {key: texts()[key] for key in ("release", "later-release")}
    assert compare_texts(pair, DATES) == ()
    same_day = compare_texts(pair, DATES | {"later-release": DATES["release"]})
    assert [found.verdict for found in same_day] == [Verdict.ASK]


def test_links_to_other_articles_do_not_tie_what_one_site_prints() -> None:
    said = texts()
    assert "BACA JUGA" in said["copy-whole"]
    assert "BACA JUGA" in said["unrelated"]
    pair = {key: said[key] for key in ("copy-whole", "unrelated")}
    assert compare_texts(pair, DATES) == ()


VERDICTS = {
    "most of the words, years later": ((0.6, 0, False, 900), Verdict.JOIN),
    "a third of the words on one day": ((0.3, 0, False, 0), Verdict.JOIN),
    "a third, and no dates": ((0.3, 0, False, None), Verdict.JOIN),
    "a third, a week later": ((0.3, 0, False, 7), Verdict.ASK),
    "an eighth, a quotation and a statement": ((0.12, 1, True, 3), Verdict.JOIN),
    "the same, four days apart": ((0.12, 1, True, 4), None),
    "the same without dates": ((0.12, 1, True, None), Verdict.ASK),
    "an eighth and a quotation": ((0.12, 1, False, 0), Verdict.ASK),
    "an eighth alone": ((0.12, 0, True, 0), Verdict.ASK),
    "a quotation alone": ((0.0, 1, True, 0), Verdict.ASK),
    "a quotation, long after": ((0.0, 1, True, 30), None),
    "a statement on one day": ((0.0, 0, True, 0), None),
    "less than an eighth": ((0.119, 0, True, 0), None),
}


@pytest.mark.parametrize("case", VERDICTS.values(), ids=VERDICTS.keys())
def test_the_rule(
    case: tuple[tuple[float, int, bool, int | None], Verdict | None],
) -> None:
    measured, verdict = case
    assert Likeness("a", "b", *measured).verdict is verdict


DAYS = {
    "one day": (("2024-09-11", "2024-09-11"), ("2024-09-11", "2024-09-11"), 0),
    "a day apart": (("2024-09-11", "2024-09-11"), ("2024-09-12", "2024-09-12"), 1),
    "given the other way round": (
        ("2024-09-12", "2024-09-12"),
        ("2024-09-11", "2024-09-11"),
        1,
    ),
    "a month that holds the day": (
        ("2024-09-01", "2024-09-30"),
        ("2024-09-11", "2024-09-11"),
        None,
    ),
    "a month before it": (
        ("2024-08-01", "2024-08-31"),
        ("2024-09-11", "2024-09-11"),
        11,
    ),
}


@pytest.mark.parametrize("case", DAYS.values(), ids=DAYS.keys())
def test_days_between(
    case: tuple[tuple[str, str], tuple[str, str], int | None],
) -> None:
    one, other, days = case
    spans = [tuple(map(date.fromisoformat, span)) for span in (one, other)]
    assert reuse.days_between(*spans) == days
    assert reuse.days_between(spans[0], None) is None
    assert reuse.days_between((None, spans[0][1]), spans[1]) is None


MENTIONS = (
    "ujarnya dalam keterangan resminya",
    "menurut siaran pers yang diterima",
    "dikutip dari laman resmi",
    "Dilansir dari Antara",
    "lewat keterangan tertulis",
    "said in a statement",
    "the press release says",
)


@pytest.mark.parametrize("text", MENTIONS)
def test_a_mention_of_a_statement_is_seen(text: str) -> None:
    assert reuse._traits(text).statement


@pytest.mark.parametrize("text", ["kata Ratna di Plumbon", "siaran langsung radio"])
def test_what_was_said_to_a_reporter_mentions_none(text: str) -> None:
    assert not reuse._traits(text).statement


def test_a_stock_phrase_that_many_quote_is_no_rare_quotation() -> None:
    phrase = '"Maju terus pantang mundur bersama kami semua sampai akhir," katanya.'
    few = {f"t{n:02}": f"{phrase} {n * 'x'}" for n in range(2)}
    many = {f"t{n:02}": f"{phrase} {n * 'x'}" for n in range(20)}
    same_day = dict.fromkeys(many, DATES["release"])
    assert [pair.quotations for pair in compare_texts(few, same_day)] == [1]
    assert compare_texts(many, same_day) == ()


def test_a_footer_found_on_many_days_does_not_tie_short_texts() -> None:
    footer = " ".join(f"kaki{n}" for n in range(40))
    said = {f"t{n:02}": f"{' '.join(f'k{n}x{m}' for m in range(60))} {footer}" for n in range(20)}  # fmt: skip
    one_day = dict.fromkeys(said, DATES["release"])
    many_days = {key: on(f"2023-05-{n + 1:02}") for n, key in enumerate(said)}
    assert compare_texts(said, one_day)
    near = {key: day for key, day in many_days.items() if key in ("t00", "t01")}
    assert compare_texts(
        {key: said[key] for key in near}, near
    )  # nothing else to tell by
    assert compare_texts(said, many_days) == ()


# ---------------------------------------------------------------- growth


def invented(count: int, seed: int) -> dict[str, frozenset[int]]:
    """Texts as sets of runs: families of four, and a footer that every text has."""
    numbers = random.Random(seed)
    footer = {numbers.getrandbits(64) for _ in range(30)}
    made: dict[str, frozenset[int]] = {}
    for family in range(count // 4):
        release = [numbers.getrandbits(64) for _ in range(200)]
        for member in range(4):
            part = numbers.sample(release, 120)
            own = {numbers.getrandbits(64) for _ in range(60)}
            made[f"f{family:04}-{member}"] = frozenset({*part, *own, *footer})
    return made


def test_the_pairs_looked_at_grow_with_the_texts_and_not_with_their_square() -> None:
    looked_at = {
        count: len(reuse.candidates(invented(count, 1))) for count in (400, 800)
    }
    assert looked_at[800] < 2.2 * looked_at[400]
    assert looked_at[800] < 0.05 * (800 * 799 / 2)


def test_no_pair_of_copies_is_missed_for_the_sake_of_that() -> None:
    made = invented(400, 2)
    pairs = set(reuse.candidates(made))
    for family in range(100):
        members = [f"f{family:04}-{member}" for member in range(4)]
        assert set(combinations(members, 2)) <= pairs


def test_forty_copies_of_a_third_each_hang_together_by_their_release() -> None:
    numbers = random.Random(3)
    release = [numbers.getrandbits(64) for _ in range(300)]
    made = {f"c{n:02}": frozenset(numbers.sample(release, 100)) for n in range(40)}
    made["release"] = frozenset(release)
    pairs = set(reuse.candidates(made))
    assert {(f"c{n:02}", "release") for n in range(40)} <= pairs


# ---------------------------------------------------------------- what records say


def loaded_from(folder: Path | str) -> Loaded:
    return load_records(find_ecosystem(folder))


def by_key(families: tuple[Family, ...]) -> dict[str, Family]:
    return {family.key: family for family in families}


def test_the_release_of_september_2024_is_six_articles_and_one_origin() -> None:
    family = find_families(loaded_from("footwear"), {})[0]
    assert family.key == "rel-kemenperin-2024-09-11-groundbreaking-bpipi"
    assert len(family.articles) == 6
    assert family.origins == (family.key,)
    # Their own reporter was there, so this one counts for itself.
    assert "detik-2024-groundbreaking" not in family.documents


def test_a_document_that_others_come_from_is_the_origin_and_no_article() -> None:
    (family,) = find_families(loaded_from("seed"), {})
    assert family.key == "kemenperin-statement-2024-09-11"
    assert family.articles == ("disway-2024-09-11",)
    assert family.origins == ("kemenperin-statement-2024-09-11",)


def test_without_texts_nothing_is_proposed() -> None:
    families = find_families(loaded_from("footwear"), {})
    assert len(families) == 22
    assert not any(family.proposed or family.reasons for family in families)


def test_every_source_is_in_one_family_at_most() -> None:
    families = find_families(loaded_from("footwear"), {})
    counts = Counter(key for family in families for key in family.documents)
    assert set(counts.values()) == {1}


# ---------------------------------------------------------------- what texts propose


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Loaded, Mapping[str, str]]:
    folder = copies_world(tmp_path_factory.mktemp("world"))
    loaded = loaded_from(folder)
    articles = read_articles(folder, loaded)
    assert articles.problems == ()
    return loaded, articles.texts


def test_copies_make_a_family_of_their_own_and_reports_stay_out(
    world: tuple[Loaded, Mapping[str, str]],
) -> None:
    family = by_key(find_families(*world))["rel-copy-short"]
    assert family.proposed == tuple(sorted(("release", *TOLD)))
    assert family.members == ()
    assert len(family.origins) == 1
    assert all(pair.verdict for pair in family.reasons)


def test_seven_copies_are_seven_articles_and_one_origin(tmp_path: Path) -> None:
    folder = copies_world(tmp_path)
    for key in ("release", *TOLD, "copy-retold"):
        join = Join(
            when="2026-01-01", who="A", why="b", source=key, family="rel-plumbon"
        )
        record_decision(folder, join)
    family = by_key(find_families(settled_records(find_ecosystem(folder)), {}))
    assert len(family["rel-plumbon"].articles) == 7
    assert family["rel-plumbon"].origins == ("rel-plumbon",)


def test_the_order_of_texts_changes_nothing(
    world: tuple[Loaded, Mapping[str, str]],
) -> None:
    loaded, said = world
    assert find_families(loaded, dict(reversed(list(said.items())))) == find_families(
        *world
    )


def test_texts_add_to_a_family_of_the_records_and_keep_its_key(
    world: tuple[Loaded, Mapping[str, str]],
) -> None:
    loaded, said = world
    joined = regroup(loaded, {"copy-whole": "rel-balai-2023"})
    family = by_key(find_families(joined, said))["rel-balai-2023"]
    assert family.members == ("copy-whole", "koran-a-2023", "koran-b-2023")
    assert family.proposed == tuple(sorted({"release", *TOLD} - {"copy-whole"}))


def test_texts_never_make_one_of_two_families_that_records_know(
    world: tuple[Loaded, Mapping[str, str]],
) -> None:
    loaded, said = world
    two = {"copy-whole": "rel-a", "copy-short": "rel-a", "release": "rel-b", "copy-drifted": "rel-b"}  # fmt: skip
    apart = regroup(loaded, two)
    found = by_key(find_families(apart, said))
    assert found["rel-a"].members == ("copy-short", "copy-whole")
    assert found["rel-b"].members == ("copy-drifted", "release")
    alike = likenesses(apart, said)
    asked = open_questions(found.values(), alike, {})
    assert ("copy-whole", "release") in {(pair.one, pair.other) for pair in asked}


def test_what_was_split_off_is_proposed_no_more_and_asked_no_more(
    world: tuple[Loaded, Mapping[str, str]],
) -> None:
    loaded, said = world
    decided = {"copy-short": None}
    after = regroup(loaded, decided)
    alike = likenesses(after, said)
    families = group_families(after, alike, decided)
    assert not any("copy-short" in family.documents for family in families)
    asked = open_questions(families, alike, decided)
    assert not any("copy-short" in (pair.one, pair.other) for pair in asked)


# ---------------------------------------------------------------- what a person decides


def test_a_join_takes_the_place_of_what_the_record_says() -> None:
    loaded = loaded_from("seed")
    joined = regroup(
        loaded, {"disway-2024-09-11": "rel-x", "permendagri-72-2019": "rel-x"}
    )
    family = by_key(find_families(joined, {}))["rel-x"]
    assert family.members == ("disway-2024-09-11", "permendagri-72-2019")
    assert family.origins == ("rel-x",)
    assert joined.problems == []


def test_a_join_to_a_source_makes_that_source_the_origin() -> None:
    joined = regroup(loaded_from("seed"), {"permendagri-72-2019": "disway-2024-09-11"})
    (family,) = find_families(joined, {})
    assert len(family.articles) == 2
    assert family.origins == ("kemenperin-statement-2024-09-11",)


def test_a_split_makes_a_source_an_origin_of_its_own() -> None:
    loaded = loaded_from("seed")
    assert find_families(regroup(loaded, {"disway-2024-09-11": None}), {}) == ()
    assert len(find_families(loaded, {})) == 1  # what was given is as it was


def test_decisions_that_cannot_hold_are_told_and_change_nothing() -> None:
    loaded = loaded_from("seed")
    wrong = {
        "disway-2024-09-12": "rel-x",
        "kemenperin-statement-2024-09-11": "disway-2024-09-11",
    }
    after = regroup(loaded, wrong)
    assert after.records == loaded.records
    assert [(p.code, p.key, p.severity) for p in after.problems] == [
        ("unknown-source-decided", "disway-2024-09-12", "warning"),
        ("family-in-circle", "kemenperin-statement-2024-09-11", "warning"),
    ]
    assert '"disway-2024-09-11"' in after.problems[0].remedy("en")


def test_a_family_that_one_source_alone_was_joined_to_may_be_mistyped() -> None:
    loaded = loaded_from(RATTAN)
    after = regroup(loaded, {"laporan-2024": "rel-balai-2032"})
    (problem,) = after.problems
    assert problem.code == "family-of-one"
    assert "rel-balai-2023" in problem.remedy("id")


@cache
def rattan() -> Loaded:
    return loaded_from(RATTAN)


@given(
    st.dictionaries(
        st.sampled_from(["koran-a-2023", "koran-b-2023", "laporan-2024", "nobody"]),
        st.sampled_from(
            [None, "rel-x", "rel-balai-2023", "koran-a-2023", "laporan-2024"]
        ),
    )
)
def test_decisions_hold_however_often_they_are_applied(
    decided: dict[str, str | None],
) -> None:
    once = regroup(rattan(), decided)
    twice = regroup(once, decided)
    assert twice.records == once.records
    families = find_families(once, {}, decided)
    counts = Counter(key for family in families for key in family.documents)
    assert set(counts.values()) <= {1}
    alone = {key for key, family in decided.items() if family is None}
    articles = {key for family in families for key in family.articles}
    assert not alone & articles
    assert all(family.origins for family in families)


def origins_in_graph(folder: Path) -> set[str]:
    """The root sources behind what the two papers of the rattan world say."""
    ecosystem = find_ecosystem(folder)
    graph = make_graph(ecosystem, settled_records(ecosystem))
    solutions: Any = graph.store.query(
        """PREFIX simpul: <https://w3id.org/simpul/ontology#>
        SELECT DISTINCT ?root WHERE {
          ?evidence simpul:sourceDocument ?document ; simpul:rootSource ?root .
          FILTER(CONTAINS(STR(?document), "koran-")) }""",
        use_default_graph_as_union=True,
    )
    return {row["root"].value.partition("/id/")[2] for row in solutions}


def test_a_split_is_a_second_origin_in_the_graph_and_a_join_takes_it_back(
    tmp_path: Path,
) -> None:
    folder = copy_of_rattan(tmp_path)
    assert origins_in_graph(folder) == {"release/rel-balai-2023"}
    decided = partial(dict[str, Any], when="2026-01-01", who="A", why="b")
    record_decision(folder, Split(**decided(source="koran-b-2023")))
    parted = {"release/rel-balai-2023", "doc/koran-b-2023"}
    assert origins_in_graph(folder) == parted
    again = decided(source="koran-b-2023", family="rel-balai-2023")
    record_decision(folder, Join(**again))
    assert origins_in_graph(folder) == {"release/rel-balai-2023"}
    assert check_ecosystem(folder).errors == ()
