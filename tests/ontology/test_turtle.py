"""What must hold of the ontology and the code lists as files, whatever they say."""

import re

import pyoxigraph as ox
import pytest

from simpul.ontology import (
    BASE,
    OWL,
    RDF,
    RDFS,
    SIMPUL,
    SKOS,
    concepts_turtle,
    ontology_turtle,
    rules,
    shapes_turtle,
)

ONTOLOGY = list(ox.parse(ontology_turtle(), format=ox.RdfFormat.TURTLE))
CONCEPTS = list(ox.parse(concepts_turtle(), format=ox.RdfFormat.TURTLE))
TERMS = sorted(
    {
        triple.subject.value
        for triple in ONTOLOGY
        if triple.predicate.value == RDFS.isDefinedBy
        and isinstance(triple.subject, ox.NamedNode)
    }
)
CODES = sorted(
    {
        triple.subject.value
        for triple in CONCEPTS
        if triple.predicate.value == SKOS.inScheme
        and isinstance(triple.subject, ox.NamedNode)
    }
)
SCHEMES = sorted(
    {
        triple.subject.value
        for triple in CONCEPTS
        if triple.predicate.value == RDF.type
        and isinstance(triple.object, ox.NamedNode)
        and triple.object.value == SKOS.ConceptScheme
        and isinstance(triple.subject, ox.NamedNode)
    }
)


def values(triples: list[ox.Quad], subject: str, predicate: str) -> list[ox.Literal]:
    return [
        triple.object
        for triple in triples
        if isinstance(triple.subject, ox.NamedNode)
        and triple.subject.value == subject
        and triple.predicate.value == predicate
        and isinstance(triple.object, ox.Literal)
    ]


def nodes(triples: list[ox.Quad], subject: str, predicate: str) -> set[str]:
    return {
        triple.object.value
        for triple in triples
        if isinstance(triple.subject, ox.NamedNode)
        and triple.subject.value == subject
        and triple.predicate.value == predicate
        and isinstance(triple.object, ox.NamedNode)
    }


def languages(literals: list[ox.Literal]) -> list[str]:
    return sorted(literal.language or "" for literal in literals)


def test_every_term_is_labelled_and_defined_in_both_languages() -> None:
    for term in TERMS:
        assert languages(values(ONTOLOGY, term, RDFS.label)) == ["en", "id"], term
        assert languages(values(ONTOLOGY, term, SKOS.definition)) == ["en", "id"], term


def test_every_code_and_list_is_labelled_and_defined_in_both_languages() -> None:
    for iri in CODES + SCHEMES:
        assert languages(values(CONCEPTS, iri, SKOS.prefLabel)) == ["en", "id"], iri
        assert languages(values(CONCEPTS, iri, SKOS.definition)) == ["en", "id"], iri


def test_a_definition_says_more_than_the_label() -> None:
    for triples, subjects, label in [
        (ONTOLOGY, TERMS, RDFS.label),
        (CONCEPTS, CODES, SKOS.prefLabel),
    ]:
        for subject in subjects:
            names = {v.language: v.value for v in values(triples, subject, label)}
            for definition in values(triples, subject, SKOS.definition):
                label_words = set(names[definition.language].lower().split())
                words = set(re.findall(r"[\w'-]+", definition.value.lower()))
                assert len(words - label_words) >= 3, (subject, definition.value)
                assert definition.value.endswith("."), (subject, definition.value)


def test_every_class_has_an_example() -> None:
    for term in TERMS:
        if OWL.Class in nodes(ONTOLOGY, term, RDF.type):
            assert languages(values(ONTOLOGY, term, SKOS.example)) == ["en", "id"], term


def test_every_term_and_list_tells_the_version_it_came_in() -> None:
    for triples, subjects in [(ONTOLOGY, TERMS), (CONCEPTS, SCHEMES)]:
        for subject in subjects:
            (version,) = values(triples, subject, SIMPUL.since)
            assert re.fullmatch(r"\d+\.\d+\.\d+", version.value), subject


def test_labels_are_unique_within_a_list() -> None:
    for language in ["id", "en"]:
        seen: set[tuple[str, str]] = set()
        for code in CODES:
            (label,) = [
                v.value
                for v in values(CONCEPTS, code, SKOS.prefLabel)
                if v.language == language
            ]
            key = (code.rpartition("/")[0], label)
            assert key not in seen, key
            seen.add(key)


@pytest.mark.parametrize("triples", [ONTOLOGY, CONCEPTS], ids=["ontology", "concepts"])
def test_no_blank_node_enters_a_version(triples: list[ox.Quad]) -> None:
    for triple in triples:
        assert not isinstance(triple.subject, ox.BlankNode), triple
        assert not isinstance(triple.object, ox.BlankNode), triple


@pytest.mark.parametrize(
    "text",
    [ontology_turtle(), concepts_turtle(), shapes_turtle()]
    + [rule.text for rule in rules()],
    ids=["ontology", "concepts", "shapes"] + [rule.name for rule in rules()],
)
def test_only_terms_that_exist_are_used(text: str) -> None:
    used = set(re.findall(r"(?<![\w<])simpul:(\w+)", text))
    assert {f"{BASE}ontology#{name}" for name in used} <= set(TERMS)


@pytest.mark.parametrize(
    "text",
    [concepts_turtle(), shapes_turtle()] + [rule.text for rule in rules()],
    ids=["concepts", "shapes"] + [rule.name for rule in rules()],
)
def test_only_codes_that_exist_are_used(text: str) -> None:
    prefixes = dict(
        re.findall(rf"(?i)prefix (\w+): <{BASE}concept/([\w-]+)/>", text)
    ) | dict(
        re.findall(rf'sh:prefix "(\w+)" ; sh:namespace "{BASE}concept/([\w-]+)/"', text)
    )
    prefixes.pop("rule", None)  # edge rules are no codes
    used = {
        f"{BASE}concept/{scheme}/{code}"
        for prefix, scheme in prefixes.items()
        for code in re.findall(rf"(?<![\w:]){prefix}:([A-Za-z0-9][\w-]*)", text)
    }
    assert used <= set(CODES)


def test_each_edge_property_is_an_edge_and_says_both_its_ends() -> None:
    edges = {
        triple.object.value
        for triple in CONCEPTS
        if triple.predicate.value == SIMPUL.edgeProperty
        and isinstance(triple.object, ox.NamedNode)
    }
    ours = {edge for edge in edges if edge.startswith(BASE)}
    under_tied_to = {
        term
        for term in TERMS
        if SIMPUL.tiedTo in nodes(ONTOLOGY, term, RDFS.subPropertyOf)
    }
    assert ours == under_tied_to
    assert {edge.rpartition("#")[2] for edge in edges - ours} == {
        "subOrganizationOf",
        "memberOf",
    }


def test_the_declared_code_lists_exist_and_are_checked() -> None:
    declared = {
        triple.subject.value
        for triple in ONTOLOGY
        if triple.predicate.value == SIMPUL.codeList
        and isinstance(triple.subject, ox.NamedNode)
    }
    for term in declared:
        assert nodes(ONTOLOGY, term, SIMPUL.codeList) <= set(SCHEMES), term
    shapes = list(ox.parse(shapes_turtle(), format=ox.RdfFormat.TURTLE))
    checked = nodes(
        shapes,
        BASE + "shapes#S04b-CodeList",
        "http://www.w3.org/ns/shacl#targetSubjectsOf",
    )
    assert checked == declared
