"""Colours, shapes and lines cover every code of the ontology."""

import pytest

from networks import body, code, tie
from simpul.analysis import BodyClass
from simpul.ontology import InstitutionKind, Modality, Sector, Standing
from simpul.visualizations import palette


@pytest.mark.parametrize("sector", Sector)
def test_every_sector_has_a_colour(sector: Sector) -> None:
    made = body("a", sector=code("sector", sector.value), strand=None)
    assert palette().family(made).code != "unstated"


@pytest.mark.parametrize("kind", InstitutionKind)
def test_every_kind_has_a_shape(kind: InstitutionKind) -> None:
    made = body("a", kind=code("institution-kind", kind.value))
    assert palette().shape(made).code != "other"


def test_a_new_sector_takes_the_colour_of_the_strand_above_it() -> None:
    made = body(
        "a",
        sector=code("sector", "new-sector"),
        strand=code("sector", "academia"),
    )
    assert palette().family(made).code == "academia"
    assert palette().family(body("b", sector=None, strand=None)).code == "unstated"


@pytest.mark.parametrize("of", [c for c in BodyClass if c != BodyClass.ORGANIZATION])
def test_what_is_no_organization_is_hollow(of: BodyClass) -> None:
    assert palette().shape(body("a", body_class=of)).hollow


@pytest.mark.parametrize("standing", Standing)
def test_each_standing_has_a_line_of_its_own(standing: Standing) -> None:
    made = tie("t", [body("a"), body("b")], standing=code("standing", standing.value))
    look = palette().look(made)
    assert look.code == standing.value
    same = [
        other
        for other in palette().looks
        if (other.dash, other.width) == (look.dash, look.width)
    ]
    assert same == [look]


def test_doubt_goes_before_rank() -> None:
    pair = [body("a"), body("b")]
    corroborated = code("standing", Standing.CORROBORATED.value)
    told = tie(
        "t",
        pair,
        standing=corroborated,
        modality=code("modality", Modality.REPORTED.value),
    )
    candidate = tie(
        "t", pair, standing=corroborated, status=code("claim-status", "candidate")
    )
    assert palette().look(told).code == "told"
    assert palette().look(candidate).code == "unaccepted"


def test_no_two_families_share_a_colour() -> None:
    for theme in ("light", "dark"):
        colours = [getattr(family, theme) for family in palette().families]
        assert len(colours) == len(set(colours))
