"""Whether two graphs, or two answers, are the same but for the labels of blank nodes."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from simpul.queries import Rows

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
_XSD = "http://www.w3.org/2001/XMLSchema#"
_TRUTHS = {"true": "true", "1": "true", "false": "false", "0": "false"}
_READERS: dict[str, Callable[[str], str]] = {
    "integer": lambda text: str(int(text)),
    "decimal": lambda text: f"{Decimal(text).normalize():f}",
    "double": lambda text: str(float(text)),
    "float": lambda text: str(float(text)),
    "boolean": lambda text: _TRUTHS[text],
    "date": lambda text: re.sub(r"\+00:00$", "Z", text),
    "dateTime": lambda text: re.sub(r"\+00:00$", "Z", text),
}
Cells = tuple[tuple[str, Term], ...]


def same_graph(one: Collection[ox.Quad], other: Collection[ox.Quad]) -> bool:
    """Whether the quads are the same, each once."""
    return _canonical(one) == _canonical(other)


def same_rows(one: Rows, other: Rows, *, is_ordered: bool, is_lax: bool) -> bool:
    """Whether the rows are the same, each as often; with `is_lax`, in `one` at least once and not more often.

    A variable that is unbound in a row may as well not be there.
    """
    if is_lax:
        found, wanted = Counter(_cells(one)), Counter(_cells(other))
        return set(found) == set(wanted) and found <= wanted
    if len(one) != len(other):
        return False
    left, right = list(_cells(one)), list(_cells(other))
    if is_ordered:
        return all(_shape(a) == _shape(b) for a, b in zip(left, right, strict=True))
    if Counter(map(_shape, left)) != Counter(map(_shape, right)):
        return False
    return _match(left, right, {})


def _canonical(quads: Iterable[ox.Quad]) -> ox.Dataset:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def _cells(rows: Rows) -> Iterable[Cells]:
    for row in rows.dicts():
        bound = ((name, _plain(term)) for name, term in row.items() if term is not None)
        yield tuple(sorted(bound, key=lambda cell: cell[0]))


def _plain(term: Term) -> Term:
    """A number, a truth or a day in one of the ways in which it can be written; its type stays."""
    if isinstance(term, ox.Triple):
        value = _plain(term.object)
        assert value is not None
        return ox.Triple(term.subject, term.predicate, value)
    if not isinstance(term, ox.Literal) or not term.datatype.value.startswith(_XSD):
        return term
    read = _READERS.get(term.datatype.value.removeprefix(_XSD))
    try:
        text = read(term.value) if read else term.value
    except (ValueError, KeyError, InvalidOperation):
        return term  # ill-formed, so it is its text
    return ox.Literal(text, datatype=term.datatype)


def _shape(cells: Cells) -> tuple[tuple[str, str], ...]:
    """What is left of a row without the labels of its blank nodes."""
    return tuple((name, str(_renamed(term))) for name, term in cells)


def _match(left: list[Cells], right: list[Cells], known: dict[str, str]) -> bool:
    """Whether the rows on the left become those on the right when their blank nodes are renamed."""
    if not left:
        return True
    first, *rest = left
    for place, candidate in enumerate(right):
        if _shape(first) != _shape(candidate):
            continue
        named = _named(first, candidate, known)
        if named is None:
            continue
        if _match(rest, right[:place] + right[place + 1 :], named):
            return True
        if named == known:
            return False  # nothing was chosen here, so no other choice helps
    return False


def _named(one: Cells, other: Cells, known: dict[str, str]) -> dict[str, str] | None:
    """The names known so far with those of two rows, or None where they do not fit."""
    pairs = dict(known)
    for (_, left), (_, right) in zip(one, other, strict=True):
        for a, b in zip(_labels(left), _labels(right), strict=True):
            if pairs.setdefault(a, b) != b:
                return None
    return pairs if len(set(pairs.values())) == len(pairs) else None


def _labels(term: Term) -> list[str]:
    if isinstance(term, ox.BlankNode):
        return [term.value]
    if isinstance(term, ox.Triple):
        return _labels(term.subject) + _labels(term.object)
    return []


def _renamed(term: Term) -> Term:
    if isinstance(term, ox.BlankNode):
        return ox.BlankNode("any")
    if isinstance(term, ox.Triple):
        subject = _renamed(term.subject)
        value = _renamed(term.object)
        assert not isinstance(subject, ox.Literal)
        assert subject is not None
        assert value is not None
        return ox.Triple(subject, term.predicate, value)
    return term
