"""What core constraints can see of a graph: the trails that lead from a focus node to statements.

A constraint looks at its focus node and at statements on its trails, and at nothing else: the paths of
its property shapes, the property it compares with, the class of a value, and all that in the shapes
it names. A trail is no longer than the shapes are deep, so what a node is judged by is known from the
shapes alone.

Source: W3C SHACL, sections 2.1.3 (targets), 2.3.1 (paths) and 4 (core constraint components).
"""

from collections.abc import Iterator
from typing import NamedTuple

import pyoxigraph as ox

from simpul.ontology import PREFIXES, RDF, SH

from .findings import Term, node_of, text_of


class Step(NamedTuple):
    """One step of a trail: along a property, or against it."""

    predicate: ox.NamedNode
    against: bool = False


Trail = tuple[Step, ...]


class Aim(NamedTuple):
    """One target of a shape: `kind` is one of the four properties of SHACL, `what` its value."""

    shape: ox.NamedNode | ox.BlankNode
    kind: str
    what: Term


class Untraceable(Exception):
    """What a constraint can see is not known here; the whole graph must be looked at."""


def _shacl(names: str) -> frozenset[str]:
    return frozenset(PREFIXES["sh"] + name for name in names.split())


TARGETS = _shacl("targetClass targetSubjectsOf targetObjectsOf targetNode")
_LOOKS_AT_THE_VALUES_ALONE = _shacl(
    "nodeKind datatype pattern flags minLength maxLength minCount maxCount in hasValue languageIn"
    " uniqueLang minInclusive maxInclusive minExclusive maxExclusive qualifiedMinCount qualifiedMaxCount"
)
_IS_NO_CONSTRAINT = _shacl(
    "path message severity name description order group deactivated"
)
_COMPARES_WITH = _shacl("equals disjoint lessThan lessThanOrEquals")
_NAMES_A_SHAPE = _shacl("node property not qualifiedValueShape")
_NAMES_SHAPES = _shacl("and or xone")
_CLASS = PREFIXES["sh"] + "class"
_INVERSE = PREFIXES["sh"] + "inversePath"
_ALTERNATIVE = PREFIXES["sh"] + "alternativePath"
_DEEPEST = 12

_TYPE = Step(ox.NamedNode(RDF.type))


def aims_of(shapes: ox.Store) -> list[Aim]:
    """Every target of every shape, sorted."""
    aims = [
        Aim(node_of(quad.subject), kind, quad.object)
        for kind in TARGETS
        for quad in shapes.quads_for_pattern(None, ox.NamedNode(kind), None)
    ]
    return sorted(aims, key=str)


def trails_of(shapes: ox.Store) -> frozenset[Trail]:
    """Every trail of shapes that have a target, with all beginnings of each.

    The way from a class to one that it is narrower than is no step of a trail: whoever follows
    trails must treat a change of the hierarchy of classes as a change of everything.

    Raises: Untraceable if the shapes use a path or a constraint that is not known here, or name each
    other in a circle.
    """
    whole = {
        trail
        for aim in aims_of(shapes)
        for trail in (*_trails_of_aim(aim), *_shape(shapes, aim.shape, (), 0))
    }
    return frozenset(trail[:n] for trail in whole for n in range(1, len(trail) + 1))


def _trails_of_aim(aim: Aim) -> list[Trail]:
    if aim.kind == SH.targetNode:
        return []
    if aim.kind == SH.targetClass:
        return [(_TYPE,)]
    return [(_step(aim.what, against=aim.kind == SH.targetObjectsOf),)]


def _shape(shapes: ox.Store, shape: Term, start: Trail, depth: int) -> Iterator[Trail]:
    """The trails of one shape whose focus nodes are the ends of the trail `start`."""
    if depth > _DEEPEST:
        raise Untraceable("shapes name each other in a circle")
    facts = list(shapes.quads_for_pattern(node_of(shape), None, None))
    paths = [fact.object for fact in facts if fact.predicate.value == SH.path]
    ends = [start + more for more in _paths(shapes, paths[0])] if paths else [start]
    for here in ends:
        if here:
            yield here
        for fact in facts:
            yield from _constraint(shapes, fact, start, here, depth)


def _constraint(
    shapes: ox.Store, fact: ox.Quad, start: Trail, here: Trail, depth: int
) -> Iterator[Trail]:
    """The trails of one constraint: `start` leads to the focus node, `here` to the values."""
    name, value = fact.predicate.value, fact.object
    if name in _NAMES_A_SHAPE:
        yield from _shape(shapes, value, here, depth + 1)
    elif name in _NAMES_SHAPES:
        for item in _items(shapes, value):
            yield from _shape(shapes, item, here, depth + 1)
    elif name == _CLASS:
        yield (*here, _TYPE)
    elif name in _COMPARES_WITH:
        yield (*start, _step(value))
    elif name == RDF.type:
        # A shape that is a class has all its instances as targets.
        if text_of(value) not in (SH.NodeShape, SH.PropertyShape):
            raise Untraceable(f"a shape is also a {value}")
    elif name not in _LOOKS_AT_THE_VALUES_ALONE | _IS_NO_CONSTRAINT | TARGETS:
        raise Untraceable(f"a shape has an unknown {name}")


def _paths(shapes: ox.Store, path: Term) -> list[Trail]:
    """The trails that a property path stands for: one, or one for each alternative."""
    if isinstance(path, ox.NamedNode):
        return [(Step(path),)]
    facts = shapes.quads_for_pattern(node_of(path), None, None)
    parts = {fact.predicate.value: fact.object for fact in facts}
    if RDF.first in parts:
        trails: list[Trail] = [()]
        for item in _items(shapes, path):
            trails = [trail + more for trail in trails for more in _paths(shapes, item)]
        return trails
    if _INVERSE in parts:
        return [
            tuple(Step(step.predicate, not step.against) for step in reversed(trail))
            for trail in _paths(shapes, parts[_INVERSE])
        ]
    if _ALTERNATIVE in parts:
        items = _items(shapes, parts[_ALTERNATIVE])
        return [trail for item in items for trail in _paths(shapes, item)]
    raise Untraceable(f"a path of a kind that is not known: {sorted(parts)}")


def _items(shapes: ox.Store, head: Term) -> Iterator[Term]:
    while head != ox.NamedNode(RDF.nil):
        (first,) = shapes.quads_for_pattern(
            node_of(head), ox.NamedNode(RDF.first), None
        )
        (rest,) = shapes.quads_for_pattern(node_of(head), ox.NamedNode(RDF.rest), None)
        yield first.object
        head = rest.object


def _step(predicate: Term, *, against: bool = False) -> Step:
    assert isinstance(predicate, ox.NamedNode)
    return Step(predicate, against)
