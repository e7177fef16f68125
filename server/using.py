"""Where an update looks for what its WHERE says, when the request names the graphs and not the text.

Source: W3C SPARQL 1.1 Protocol, section 2.2.3. The engine takes no such graphs beside a text, so USING clauses
are written into it, token by token.
"""

from collections.abc import Iterable

import pyoxigraph as ox

from simpul.queries import Kind, Token, is_word, significant

from .protocol import Refusal


def with_using(
    text: str, default_graphs: Iterable[str], named_graphs: Iterable[str]
) -> str:
    """An update whose operations use these graphs.

    Raises: Refusal if a graph is named by no IRI, or the text itself says USING or WITH.

    >>> with_using("DELETE WHERE { ?s ?p 1 }", ["urn:g"], [])
    'DELETE { ?s ?p 1 } USING <urn:g> WHERE { ?s ?p 1 }'
    """
    clauses = [f"USING {_node(iri)} " for iri in default_graphs]
    clauses += [f"USING NAMED {_node(iri)} " for iri in named_graphs]
    using = "".join(clauses)
    pieces: list[str] = []
    done = depth = 0
    read = significant(text)
    for place, token in enumerate(read):
        if token.kind is Kind.OTHER:
            depth += (token.text == "{") - (token.text == "}")
        if depth or token.kind is not Kind.WORD:
            continue
        if is_word(token, "USING") or is_word(token, "WITH"):
            raise Refusal(
                400, "the request names graphs and the update says USING or WITH"
            )
        if is_word(token, "WHERE"):
            pieces.append(text[done : token.start])
            if place and is_word(read[place - 1], "DELETE"):
                pieces.append(f"{_group(text, read[place + 1 :])} ")
            pieces.append(using)
            done = token.start
    return "".join([*pieces, text[done:]])


def _group(text: str, read: list[Token]) -> str:
    """The group that a list of tokens begins with."""
    depth = 0
    for token in read:
        depth += (token.text == "{") - (token.text == "}")
        if not depth:
            return text[read[0].start : token.start + len(token.text)]
    raise Refusal(400, "the update ends within a group")


def _node(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise Refusal(400, f"a graph is named by an IRI: {error}") from None
