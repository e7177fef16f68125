"""Which nodes a change of the graph can matter to, and what an engine needs to judge them again.

A statement that changed is followed back along each trail that it can lie on (`trails`). The nodes
found there are the touched ones; no other node sees anything that changed, so what was found about
it before still holds.
"""

from collections.abc import Collection, Iterable, Iterator

import pyoxigraph as ox

from simpul.ontology import RDF, RDFS, SH

from .findings import Term
from .trails import TARGETS, Aim, Step, Trail, Untraceable, aims_of

_TYPE = Step(ox.NamedNode(RDF.type))
_BROADER = Step(ox.NamedNode(RDFS.subClassOf))


def touched_nodes(
    trails: Iterable[Trail], before_and_after: Collection[ox.Store], changed: ox.Store
) -> set[Term]:
    """The nodes that see a changed statement at the end of a trail, in the graph before or after.

    `before_and_after` hold, together, at least the statements of both graphs.

    Raises: Untraceable if the hierarchy of classes changed.
    """
    if any(True for _ in changed.quads_for_pattern(None, _BROADER.predicate, None)):
        raise Untraceable("the hierarchy of classes changed")
    touched: set[Term] = set()
    for *way, last in trails:
        quads = changed.quads_for_pattern(None, last.predicate, None)
        nodes: set[Term] = {_start(quad, last) for quad in quads}
        for step in reversed(way):
            back = Step(step.predicate, not step.against)
            nodes = {
                _end(quad, back)
                for store in before_and_after
                for node in nodes
                for quad in _follow(store, node, back)
            }
        touched |= nodes
    return touched


def statements_seen(
    trails: Iterable[Trail], store: ox.Store, nodes: Iterable[Term]
) -> set[ox.Triple]:
    """All that shapes see from some nodes: the statements on the trails, and the hierarchy of classes."""
    hierarchy = store.quads_for_pattern(None, _BROADER.predicate, None)
    seen = {_triple(quad) for quad in hierarchy}
    reached: dict[Trail, set[Term]] = {(): set(nodes)}
    # Beginnings come first, and each trail is there with all its beginnings.
    for trail in sorted(trails, key=len):
        quads = [
            quad
            for node in reached[trail[:-1]]
            for quad in _follow(store, node, trail[-1])
        ]
        seen.update(map(_triple, quads))
        reached[trail] = {_end(quad, trail[-1]) for quad in quads}
    return seen


def aimed_at(
    shapes: ox.Store, store: ox.Store, nodes: Collection[Term]
) -> tuple[list[ox.Triple], set[Term]]:
    """The shapes with those of their targets that are among some nodes, and these targets.

    A list of focus nodes beside the shapes would not do: pySHACL then also skips the values that one
    shape hands on to another. A shape that names its targets is judged like any other.
    """
    kept = [_triple(quad) for quad in shapes if quad.predicate.value not in TARGETS]
    classes = {node: _classes(store, node) for node in nodes}
    aimed = [
        ox.Triple(aim.shape, ox.NamedNode(SH.targetNode), node)
        for aim in aims_of(shapes)
        for node in nodes
        if _is_target(store, aim, node, classes[node])
    ]
    return [*kept, *aimed], {triple.object for triple in aimed}


def _is_target(
    store: ox.Store, aim: Aim, node: Term, classes: Collection[Term]
) -> bool:
    match aim.kind:
        case SH.targetClass:
            return aim.what in classes
        case SH.targetNode:
            return aim.what == node
        case _:
            assert isinstance(aim.what, ox.NamedNode)
            step = Step(aim.what, against=aim.kind == SH.targetObjectsOf)
            return next(_follow(store, node, step), None) is not None


def _classes(store: ox.Store, node: Term) -> set[Term]:
    """The classes of a node, and all that these are narrower than."""
    rest: list[Term] = [quad.object for quad in _follow(store, node, _TYPE)]
    found: set[Term] = set()
    while rest:
        kind = rest.pop()
        if kind not in found:
            found.add(kind)
            rest.extend(quad.object for quad in _follow(store, kind, _BROADER))
    return found


def _follow(store: ox.Store, node: Term, step: Step) -> Iterator[ox.Quad]:
    """The statements by which one gets from a node over a step."""
    if step.against:
        yield from store.quads_for_pattern(None, step.predicate, node)
    elif not isinstance(node, ox.Literal):
        yield from store.quads_for_pattern(node, step.predicate, None)


def _start(quad: ox.Quad, step: Step) -> Term:
    return quad.object if step.against else quad.subject


def _end(quad: ox.Quad, step: Step) -> Term:
    return quad.subject if step.against else quad.object


def _triple(quad: ox.Quad) -> ox.Triple:
    return ox.Triple(quad.subject, quad.predicate, quad.object)
