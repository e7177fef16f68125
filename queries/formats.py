"""The formats a result can be written in, and one function that writes them all."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final, Self

import pyoxigraph as ox

from simpul.ontology import PREFIXES

from . import dataframes, documents, tables
from .errors import UnfitFormat, UnknownFormat
from .results import Result, Rows, Triples


class Format(StrEnum):
    """A result format by the name a person types.

    `csv` is that of the standard, cell by cell as in the graph. `spreadsheet` is CSV for opening in one: with
    a byte order mark, and with an apostrophe before text that a spreadsheet would run as a formula.
    """

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    MARKDOWN = "markdown"
    SPREADSHEET = "spreadsheet"
    ARROW = "arrow"
    PARQUET = "parquet"
    TURTLE = "turtle"
    TRIG = "trig"
    NQUADS = "nquads"
    NTRIPLES = "ntriples"
    JSONLD = "jsonld"

    @classmethod
    def named(cls, name: str) -> Self:
        """The format of this name, in any case.

        Raises: UnknownFormat with the nearest one.
        """
        try:
            return cls(name.lower())
        except ValueError:
            raise UnknownFormat(name, [each.value for each in cls]) from None

    @property
    def is_text(self) -> bool:
        """Whether it is UTF-8 text that a terminal can show."""
        return self not in (Format.ARROW, Format.PARQUET)

    @property
    def is_rdf(self) -> bool:
        """Whether it takes triples alone."""
        return self in _RDF


_RDF: Final[Mapping[Format, ox.RdfFormat]] = {
    Format.TURTLE: ox.RdfFormat.TURTLE,
    Format.TRIG: ox.RdfFormat.TRIG,
    Format.NQUADS: ox.RdfFormat.N_QUADS,
    Format.NTRIPLES: ox.RdfFormat.N_TRIPLES,
    Format.JSONLD: ox.RdfFormat.JSON_LD,
}
_ROWS: Final[Mapping[Format, Callable[[Rows], bytes]]] = {
    Format.CSV: documents.csv_of,
    Format.TSV: documents.tsv_of,
    Format.JSON: documents.json_of,
    Format.XML: documents.xml_of,
    Format.MARKDOWN: tables.markdown_of,
    Format.SPREADSHEET: tables.spreadsheet_of,
    Format.ARROW: dataframes.arrow_of,
    Format.PARQUET: dataframes.parquet_of,
}
_ANSWER = "answer"


def write(result: Result, form: Format, *, width: int = 120) -> bytes:
    """A result as bytes; texts are UTF-8. `width` is that of a table, in characters.

    Triples can be written as rows of subject, predicate and object, too; yes and no as one row where the
    format has no form for them.

    Raises: UnfitFormat if rows are to be RDF, or the text does not fit the format; MissingExtra.
    """
    if form.is_rdf:
        return _rdf(result, form)
    if isinstance(result, bool):
        if form in (Format.JSON, Format.XML):
            return (
                documents.json_of(result)
                if form is Format.JSON
                else documents.xml_of(result)
            )
        result = Rows((_ANSWER,), ((ox.Literal(result),),))
    rows = result.as_rows() if isinstance(result, Triples) else result
    if form is Format.TABLE:
        return tables.table_of(rows, width)
    return _ROWS[form](rows)


def _rdf(result: Result, form: Format) -> bytes:
    if not isinstance(result, Triples):
        others = ", ".join(each for each in Format if not each.is_rdf)
        raise UnfitFormat(
            form,
            f"takes the triples of a CONSTRUCT, not rows; write rows as one of {others}",
        )
    prefixes = PREFIXES if form in (Format.TURTLE, Format.TRIG) else None
    try:
        written = ox.serialize(result.triples, format=_RDF[form], prefixes=prefixes)
    except (OSError, ValueError) as error:  # JSON-LD has no triple terms
        raise UnfitFormat(form, str(error)) from error
    assert written is not None
    return written
