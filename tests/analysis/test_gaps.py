"""Gaps of evidence: each list holds what lacks something, and nothing that does not."""

from dataclasses import replace

import pytest

from networks import body, code, evidence, network, tie
from simpul.analysis import Stance, Tie, gaps_of

DINAS, PABRIK = body("dinas"), body("pabrik")


def dated(key: str, *years: str | None, standing: str = "single-origin") -> Tie:
    """A tie with one supporting document for each date of issue."""
    passages = tuple(
        evidence(f"{key}-{n}", Stance.SUPPORTS, issued=year)
        for n, year in enumerate(years)
    )
    return tie(
        key, [DINAS, PABRIK], standing=code("standing", standing), evidence=passages
    )


def test_ties_of_one_origin_stand_with_the_oldest_evidence_first() -> None:
    world = network(
        [DINAS, PABRIK],
        [
            dated("new", "2024-05"),
            dated("old", "2001", "1998"),
            dated("undated", None),
            dated("sure", "2010", "2011", standing="corroborated"),
        ],
    )
    gaps = gaps_of(world)
    assert [(weak.tie.key, weak.latest) for weak in gaps.single_origin] == [
        ("undated", None),
        ("old", 2001),
        ("new", 2024),
    ]
    assert "sure" in {weak.tie.key for weak in gaps.oldest}


def test_a_plan_lacks_no_second_source() -> None:
    planned = replace(dated("plan", "2024"), modality=code("modality", "planned"))
    assert gaps_of(network([DINAS, PABRIK], [planned])).oldest == ()


@pytest.mark.parametrize(
    ("years", "silent"),
    [
        (["2001", "2005"], ((2002, 2004),)),
        (["2001", "2002"], ()),
        (["2001", "2003", "2006"], ((2002, 2002), (2004, 2005))),
        ([], ()),
    ],
)
def test_years_without_a_document_in_between_are_silent(
    years: list[str], silent: tuple[tuple[int, int], ...]
) -> None:
    ties = [dated(f"t{n}", year) for n, year in enumerate(years)]
    gaps = gaps_of(network([DINAS, PABRIK], ties))
    assert gaps.silent == silent
    assert sum(gaps.per_year.values()) == len(years)


def test_a_body_for_which_nobody_speaks_is_unheard() -> None:
    world = network([DINAS, PABRIK, body("sendiri")], [dated("t", "2024")])
    assert [each.body.key for each in gaps_of(world).unheard] == ["dinas", "pabrik"]
    assert [each.body.key for each in gaps_of(world, {DINAS.iri}).unheard] == ["pabrik"]
