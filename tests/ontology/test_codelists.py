"""Code lists as code reads them."""

from decimal import Decimal

import pytest

from simpul.ontology import (
    CV,
    ORG,
    SIMPUL,
    CodeLists,
    InstitutionKind,
    ParticipantRole,
    Sector,
    TieType,
    Unit,
    VocabularyError,
    code_lists,
)

GROUPS = {
    TieType.STRUCTURAL,
    TieType.GENESIS,
    TieType.RESOURCE,
    TieType.GOVERNANCE,
    TieType.CAPABILITY,
    TieType.MARKET,
    TieType.COLLABORATION,
    TieType.DISCOURSE,
}


def test_a_narrower_type_inherits_roles_and_edges() -> None:
    training = code_lists().tie_type(TieType.TRAINING)
    parent = code_lists().tie_type(TieType.CAPACITY_BUILDING)
    assert training.required_roles == {
        ParticipantRole.PROVIDER,
        ParticipantRole.BENEFICIARY,
    }
    assert parent.allowed_roles < training.allowed_roles
    assert ParticipantRole.EMPLOYER in training.allowed_roles
    assert ParticipantRole.EMPLOYER not in parent.allowed_roles
    assert training.edge_rules == parent.edge_rules
    assert [rule.edge_property for rule in training.edge_rules] == [
        SIMPUL.buildsCapacityOf,
        SIMPUL.actsThrough,
    ]


@pytest.mark.parametrize("code", list(TieType))
def test_a_type_either_groups_others_or_yields_edges_between_its_roles(
    code: TieType,
) -> None:
    rules = code_lists().tie_type(code)
    assert bool(rules.edge_rules) == (code not in GROUPS)
    for rule in rules.edge_rules:
        assert {rule.from_role, rule.to_role} <= rules.allowed_roles
        # Within one role the order of two parties means nothing, so neither may the edge.
        assert rule.from_role != rule.to_role or rule.symmetric


@pytest.mark.parametrize(
    ("unit", "base", "multiplier"),
    [
        (Unit.PERSON, "person", "1"),
        (Unit.MILLION_US_DOLLAR, "us-dollar", "1000000"),
        (Unit.BILLION_ITALIAN_LIRA, "italian-lira", "1000000000"),
        (Unit.MILLION_PAIR_PER_YEAR, "pair-per-year", "1000000"),
    ],
)
def test_a_multiple_scales_to_its_base(unit: Unit, base: str, multiplier: str) -> None:
    scale = code_lists().unit(unit)
    assert (scale.base, scale.multiplier) == (base, Decimal(multiplier))


def test_every_unit_with_a_wider_one_states_its_multiplier() -> None:
    for concept in code_lists().scheme("unit"):
        assert (concept.broader is None) == (
            code_lists().unit(concept.code).multiplier == 1
        )


@pytest.mark.parametrize("kind", list(InstitutionKind))
def test_every_kind_names_the_class_of_its_bodies(kind: InstitutionKind) -> None:
    known = {ORG.Organization, ORG.FormalOrganization, ORG.OrganizationalUnit}
    expected = {SIMPUL.ActorGroup} if kind is InstitutionKind.POPULATION else known
    assert code_lists().organization_class(kind.iri) in expected


def test_only_parts_of_the_state_are_public_by_sector() -> None:
    public = {
        sector
        for sector in Sector
        if code_lists().organization_class(sector.iri) == CV.PublicOrganisation
    }
    assert public == {
        Sector.GOVERNMENT,
        Sector.GOVERNMENT_NATIONAL,
        Sector.GOVERNMENT_PROVINCIAL,
        Sector.GOVERNMENT_REGENCY,
        Sector.PUBLIC_AGENCY,
    }


def test_ancestors_lead_from_the_code_to_the_helix_strand() -> None:
    assert code_lists().ancestors(Sector.VOCATIONAL_SCHOOL.iri) == (
        Sector.VOCATIONAL_SCHOOL.iri,
        Sector.EDUCATION.iri,
        Sector.ACADEMIA.iri,
    )


def test_a_term_knows_its_code_list_and_its_labels() -> None:
    assert code_lists().code_list_of(SIMPUL.unit) == "unit"
    assert code_lists().code_list_of(ORG.classification) == "institution-kind"
    assert code_lists().code_list_of(SIMPUL.value) is None
    assert code_lists().term_labels(SIMPUL.founded) == {
        "id": "ikut mendirikan",
        "en": "founded",
    }


def test_an_unknown_code_is_answered_with_the_near_miss() -> None:
    with pytest.raises(VocabularyError, match=r"did you mean .*/sector/media\?"):
        code_lists().concept(Sector.MEDIA.iri + "a")
    with pytest.raises(VocabularyError):
        code_lists().tie_type("nothing-of-the-kind")
    assert code_lists().find("sector", "medium") is None


def test_a_list_that_is_wider_than_itself_does_not_loop() -> None:
    turtle = """
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @base <https://w3id.org/simpul/concept/> .
        <x/a> skos:inScheme <x> ; skos:broader <x/b> .
        <x/b> skos:inScheme <x> ; skos:broader <x/a> .
    """
    lists = CodeLists([turtle])
    assert len(lists.ancestors("https://w3id.org/simpul/concept/x/a")) == 2
