"""Results as the standards write them: SPARQL 1.1 JSON, XML, CSV and TSV.

Sources: W3C SPARQL 1.1 Query Results JSON Format; Query Results XML Format; Query Results CSV and TSV Formats.
Triple terms are written as SPARQL 1.2 drafts do.
"""

import csv
import json
import re
from io import StringIO
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from simpul.ontology import XSD

from .errors import UnfitFormat
from .results import Rows, Term

_XML = "http://www.w3.org/2005/sparql-results#"
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML_ENTITIES = {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
_XML_ENDS = re.compile(r"^ | $")
_BARE = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.double: re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+"),
    XSD.boolean: re.compile(r"true|false"),
}


def json_of(result: Rows | bool) -> bytes:
    """SPARQL JSON; unbound cells are left out."""
    if isinstance(result, bool):
        document: dict[str, object] = {"head": {}, "boolean": result}
    else:
        bindings = [
            {name: _json_term(term) for name, term in row.items() if term is not None}
            for row in result.dicts()
        ]
        document = {
            "head": {"vars": list(result.variables)},
            "results": {"bindings": bindings},
        }
    return json.dumps(document, ensure_ascii=False).encode("utf-8") + b"\n"


def _json_term(term: Term) -> dict[str, object]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {
            "subject": term.subject,
            "predicate": term.predicate,
            "object": term.object,
        }
        return {
            "type": "triple",
            "value": {name: _json_term(part) for name, part in parts.items()},
        }
    written: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language:
        written["xml:lang"] = term.language
        if term.direction:
            written["its:dir"] = str(term.direction)
    elif term.datatype.value != XSD.string:
        written["datatype"] = term.datatype.value
    return written


def xml_of(result: Rows | bool) -> bytes:
    """SPARQL XML; unbound cells are left out.

    Raises: UnfitFormat at a character that no XML document can hold.
    """
    if isinstance(result, bool):
        head, body = "<head/>", f"<boolean>{str(result).lower()}</boolean>"
    else:
        variables = "".join(
            f"<variable name={quoteattr(name)}/>" for name in result.variables
        )
        head = f"<head>{variables}</head>"
        body = "".join(["<results>\n", *map(_xml_row, result.dicts()), "</results>"])
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="{_XML}">{head}{body}</sparql>\n'
    if found := _NOT_IN_XML.search(text):
        raise UnfitFormat(
            "xml",
            f"cannot hold the character U+{ord(found[0]):04X}; write json instead",
        )
    return text.encode("utf-8")


def _xml_row(row: dict[str, Term | None]) -> str:
    cells = "".join(
        f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>"
        for name, term in row.items()
        if term is not None
    )
    return f"<result>{cells}</result>\n"


def _xml_term(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{_xml_text(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{_xml_text(term.value)}</bnode>"
    if isinstance(term, ox.Triple):
        parts = {
            "subject": term.subject,
            "predicate": term.predicate,
            "object": term.object,
        }
        inside = "".join(
            f"<{name}>{_xml_term(part)}</{name}>" for name, part in parts.items()
        )
        return f"<triple>{inside}</triple>"
    attribute = ""
    if term.language:
        attribute = f" xml:lang={quoteattr(term.language)}"
        if term.direction:
            attribute += (
                f' xmlns:its="http://www.w3.org/2005/11/its" its:dir="{term.direction}"'
            )
    elif term.datatype.value != XSD.string:
        attribute = f" datatype={quoteattr(term.datatype.value)}"
    return f"<literal{attribute}>{_xml_text(term.value)}</literal>"


def _xml_text(text: str) -> str:
    # Some readers, Oxigraph's among them, drop plain spaces at the ends.
    return _XML_ENDS.sub("&#32;", escape(text, _XML_ENTITIES))


def csv_of(rows: Rows) -> bytes:
    """SPARQL CSV: plain values without types, lines that end in CR LF. Nothing is guarded or rounded."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(rows.variables)
    writer.writerows([plain(term) for term in row] for row in rows)
    return out.getvalue().encode("utf-8")


def plain(term: Term | None) -> str:
    """The value of a cell without its type; an unbound one is empty."""
    if term is None:
        return ""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def tsv_of(rows: Rows) -> bytes:
    """SPARQL TSV: terms as Turtle writes them, so that their types survive."""
    lines = ["\t".join(f"?{name}" for name in rows.variables)]
    lines += ["\t".join(_turtle_term(term) for term in row) for row in rows]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _turtle_term(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.Literal):
        bare = _BARE.get(term.datatype.value)
        if bare and bare.fullmatch(term.value):
            return term.value
    return str(term)
