"""Which variables a query binds, needs and gives, and in which of its parts: read from the tokens alone.

A reading and not a proof. Where SPARQL is unsure whether a variable is bound, as in OPTIONAL or UNION, it
counts as bound, so that whoever warns of what is left warns of what is certain.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .tokens import Kind, Token

_OPENING = {"{": "}", "(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Bracket:
    """What stands between two brackets; `start` is the token that opens it."""

    start: Token
    inside: "Sequence[Node]"


Node = Token | Bracket


def nested(read: Sequence[Token]) -> list[Node]:
    """Significant tokens as a tree of their brackets; one that is never closed reaches to the end."""
    nodes, _ = _nested(read, 0, "")
    return nodes


def _nested(read: Sequence[Token], place: int, closing: str) -> tuple[list[Node], int]:
    nodes: list[Node] = []
    while place < len(read):
        token = read[place]
        place += 1
        if token.kind is Kind.OTHER and token.text in _OPENING:
            inside, place = _nested(read, place, _OPENING[token.text])
            nodes.append(Bracket(token, inside))
        elif token.kind is Kind.OTHER and token.text == closing:
            return nodes, place
        else:
            nodes.append(token)
    return nodes, place


@dataclass(slots=True)
class Scope:
    """A SELECT and its WHERE, or a part of it that keeps its variables to itself (MINUS, EXISTS)."""

    outer: "Scope | None" = None
    gives_all: bool = False  # SELECT *, and forms other than SELECT
    given: list[Token] = field(default_factory=list[Token])
    bound: list[Token] = field(default_factory=list[Token])
    assigned: list[Token] = field(default_factory=list[Token])
    needed: list[Token] = field(default_factory=list[Token])
    spared: list[Token] = field(default_factory=list[Token])  # IF and COALESCE bear it
    parts: "list[Scope]" = field(default_factory=list["Scope"])
    products: list[tuple[Token, Token]] = field(
        default_factory=list[tuple[Token, Token]]
    )

    def bound_names(self) -> set[str]:
        """What is bound here or around here."""
        around = self.outer.bound_names() if self.outer else set[str]()
        return around | {name_of(token) for token in [*self.bound, *self.assigned]}

    def counts(self) -> Counter[str]:
        """How often each variable is named here and in the parts."""
        here = [*self.given, *self.bound, *self.assigned, *self.needed, *self.spared]
        found = Counter(map(name_of, here))
        for part in self.parts:
            found += part.counts()
        return found

    def whole(self) -> "Iterator[Scope]":
        """This scope and all within it."""
        yield self
        for part in self.parts:
            yield from part.whole()


def name_of(variable: Token) -> str:
    """The name of a variable, without its mark."""
    return variable.text[1:]


def scopes(read: Sequence[Token]) -> list[Scope]:
    """The scopes of a query from the outermost; those of its sub-SELECTs are among them."""
    found: list[Scope] = []
    _query(nested(read), found)
    return [each for scope in found for each in scope.whole()]


def variables(nodes: Sequence[Node]) -> Iterator[Token]:
    """Every variable among nodes, however deep."""
    for node in nodes:
        if isinstance(node, Bracket):
            yield from variables(node.inside)
        elif node.kind is Kind.VARIABLE:
            yield node


def _query(nodes: Sequence[Node], found: list[Scope]) -> Scope:
    """Read SELECT, CONSTRUCT, ASK or DESCRIBE with its group and what follows it."""
    scope = Scope()
    found.append(scope)
    head, groups, tail = _head_groups_tail(nodes)
    forms = ("SELECT", "CONSTRUCT", "ASK", "DESCRIBE")
    start = next((i for i, node in enumerate(head) if _word(node) in forms), 0)
    form, head = _word(head[start]) if head else "", head[start + 1 :]
    scope.gives_all = form != "SELECT" or any(_mark(node) == "*" for node in head)
    if form == "CONSTRUCT" and len(groups) > 1:
        scope.needed += variables(groups.pop(0).inside)
    for group in groups:
        _group(group.inside, scope, found)
    for node in head:
        if isinstance(node, Bracket):
            _expression_as(node, scope, scope.given, found)
        elif node.kind is Kind.VARIABLE:
            scope.given.append(node)
    scope.needed += [] if form == "SELECT" else scope.given
    _modifiers(tail, scope, found)
    return scope


def _head_groups_tail(
    nodes: Sequence[Node],
) -> tuple[list[Node], list[Bracket], list[Node]]:
    """What comes before the first group, the groups up to a solution modifier, and the rest."""
    head: list[Node] = []
    groups: list[Bracket] = []
    for place, node in enumerate(nodes):
        if isinstance(node, Bracket) and node.start.text == "{":
            groups.append(node)
        elif not groups:
            head.append(node)
        elif _word(node) in ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"):
            return head, groups, list(nodes[place:])
    return head, groups, []


def _modifiers(tail: Sequence[Node], scope: Scope, found: list[Scope]) -> None:
    clause = ""
    for place, node in enumerate(tail):
        word = _word(node)
        if word in ("GROUP", "HAVING", "ORDER"):
            clause = word
        elif word == "VALUES":
            _values(tail[place + 1 :], scope)
            return
        elif isinstance(node, Bracket) and clause == "GROUP":
            _expression_as(node, scope, scope.assigned, found)
        else:
            _expression([node], scope, found)


def _group(nodes: Sequence[Node], scope: Scope, found: list[Scope]) -> None:
    """Read a group graph pattern into a scope."""
    if nodes and _word(nodes[0]) == "SELECT":
        _subselect(nodes, scope, found)
        return
    joined: list[set[str]] = []  # variables that something keeps together
    statements: list[_Statement] = []
    pending: list[Node] = []
    place = 0
    while place < len(nodes):
        node = nodes[place]
        word = _word(node)
        place += 1
        inner = isinstance(node, Bracket) and node.start.text == "{"
        if not inner and word not in _PART_WORDS and _mark(node) != ".":
            pending.append(node)
            continue
        if inner and _is_annotation(node):
            pending.append(node)
            continue
        statements += _statement(pending, scope)
        pending = []
        part: Sequence[Node] = nodes[place : place + _length(word, nodes[place:])]
        place += len(part)
        if isinstance(node, Bracket):
            part = [node]
            _group(node.inside, scope, found)
        else:
            _part(word, part, scope, found)
        if word != "MINUS":
            joined.append({name_of(token) for token in variables(part)})
    statements += _statement(pending, scope)
    scope.products += _products(statements, joined)


_PART_WORDS = frozenset(
    ("BIND", "FILTER", "GRAPH", "MINUS", "OPTIONAL", "SERVICE", "UNION", "VALUES")
)


def _length(word: str, after: Sequence[Node]) -> int:
    """How many nodes belong to a keyword: up to the bracket that ends its part."""
    if word not in _PART_WORDS or word == "UNION":
        return 0
    ends = "{" if word in ("GRAPH", "MINUS", "OPTIONAL", "SERVICE", "VALUES") else "{("
    for place, node in enumerate(after):
        if isinstance(node, Bracket) and node.start.text in ends:
            return place + 1
    return len(after)


def _part(word: str, part: Sequence[Node], scope: Scope, found: list[Scope]) -> None:
    last = part[-1] if part else None
    if word == "VALUES":
        _values(part, scope)
    elif word == "BIND" and isinstance(last, Bracket):
        _expression_as(last, scope, scope.assigned, found)
    elif word == "FILTER":
        _expression(part, scope, found)
    elif word == "MINUS":
        _apart(part, scope, found)
    elif isinstance(last, Bracket):
        scope.bound += variables(part[:-1])  # GRAPH ?g
        _group(last.inside, scope, found)


def _subselect(nodes: Sequence[Node], scope: Scope, found: list[Scope]) -> None:
    inner = _query(nodes, found)
    given = inner.given
    if inner.gives_all:
        given = [*inner.bound, *inner.assigned]
    scope.bound += given


def _apart(part: Sequence[Node], scope: Scope, found: list[Scope]) -> None:
    inner = Scope(outer=scope, gives_all=True)
    scope.parts.append(inner)
    for node in part:
        if isinstance(node, Bracket):
            _group(node.inside, inner, found)


def _values(part: Sequence[Node], scope: Scope) -> None:
    for node in part:
        if isinstance(node, Bracket) and node.start.text == "{":
            return
        scope.bound += variables([node])


def _expression(nodes: Sequence[Node], scope: Scope, found: list[Scope]) -> None:
    word = ""
    for node in nodes:
        if isinstance(node, Bracket) and node.start.text == "{":
            _apart([node], scope, found)  # EXISTS
        elif isinstance(node, Bracket):
            spared = _bare_arguments(node) if word in ("IF", "COALESCE") else []
            scope.spared += (each for each in spared if isinstance(each, Token))
            rest = [each for each in node.inside if each not in spared]
            _expression(rest, scope, found)
        elif node.kind is Kind.VARIABLE:
            scope.needed.append(node)
        word = _word(node)


def _bare_arguments(bracket: Bracket) -> list[Node]:
    """The arguments that are one variable and nothing else."""
    ends: list[Node | None] = [None, *bracket.inside, None]
    return [
        node
        for before, node, after in zip(ends, bracket.inside, ends[2:], strict=False)
        if isinstance(node, Token) and node.kind is Kind.VARIABLE
        if all(end is None or _mark(end) == "," for end in (before, after))
    ]


def _expression_as(
    bracket: Bracket, scope: Scope, names: list[Token], found: list[Scope]
) -> None:
    """Read `(expression AS ?name)`, whose name goes to `names`."""
    inside = bracket.inside
    if len(inside) > 2 and _word(inside[-2]) == "AS":
        _expression(inside[:-2], scope, found)
        named = list(variables(inside[-1:]))
        names += named
        if names is not scope.assigned:
            scope.bound += named
    else:
        _expression(inside, scope, found)


@dataclass(frozen=True, slots=True)
class _Statement:
    """The statements of one subject, and whether a constant beside a class or property narrows them."""

    variables: Sequence[Token]
    is_anchored: bool


def _statement(nodes: Sequence[Node], scope: Scope) -> Iterator[_Statement]:
    named = list(variables(nodes))
    scope.bound += named
    # Blank nodes hold statements together just as variables do.
    labels = [node for node in nodes if isinstance(node, Token) and _is_label(node)]
    if named:
        yield _Statement([*named, *labels], _is_anchored(nodes))


def _is_anchored(nodes: Sequence[Node]) -> bool:
    if _is_constant(nodes[0]):
        return True
    start = 1
    for end in range(1, len(nodes) + 1):
        if end == len(nodes) or _mark(nodes[end]) in (";", ","):
            is_class = start < len(nodes) and _text(nodes[start]) == "a"
            if end - start > 0 and _is_constant(nodes[end - 1]) and not is_class:
                return True
            start = end + 1
    return False


def _products(
    statements: Sequence[_Statement], joined: Sequence[set[str]]
) -> Iterator[tuple[Token, Token]]:
    """Two variables of each pair of statements that nothing joins and that no constant narrows."""
    clusters: list[tuple[set[str], bool, Token | None]] = []
    for statement in statements:
        names = {token.text.lstrip("?$") for token in statement.variables}
        clusters.append((names, statement.is_anchored, statement.variables[0]))
    clusters += [(names, False, None) for names in joined]
    merged: list[tuple[set[str], bool, Token | None]] = []
    for cluster in clusters:
        apart = [other for other in merged if not other[0] & cluster[0]]
        met = [other for other in merged if other[0] & cluster[0]] + [cluster]
        first = next((first for _, _, first in met if first is not None), None)
        names = set[str]().union(*(names for names, _, _ in met))
        is_anchored = any(anchored for _, anchored, _ in met)
        merged = [*apart, (names, is_anchored, first)]
    loose = [each for _, anchored, each in merged if each and not anchored]
    for other in loose[1:]:
        yield loose[0], other


def _word(node: Node) -> str:
    if isinstance(node, Token) and node.kind is Kind.WORD:
        return node.text.upper()
    return ""


def _mark(node: Node) -> str:
    if isinstance(node, Token) and node.kind is Kind.OTHER:
        return node.text
    return ""


def _text(node: Node) -> str:
    return node.text if isinstance(node, Token) else ""


def _is_label(node: Node) -> bool:
    return isinstance(node, Token) and node.text.startswith("_:")


def _is_constant(node: Node) -> bool:
    kinds = (Kind.IRI, Kind.NAME, Kind.STRING, Kind.NUMBER, Kind.LANGUAGE_TAG)
    return isinstance(node, Token) and node.kind in kinds and not _is_label(node)


def _is_annotation(node: Node) -> bool:
    """Whether it is {| … |}, which says something of a triple."""
    return (
        isinstance(node, Bracket) and bool(node.inside) and _mark(node.inside[0]) == "|"
    )
