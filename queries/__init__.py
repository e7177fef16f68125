"""A graph and a question in; rows, triples, or yes and no out, and their written forms.

`store` holds the graph and answers SPARQL, `catalog` the questions that are ready to ask, `formats` the ways
to write an answer down.
"""

from .binding import ValuesRow, values_rows
from .catalog import Catalog, Column, Question, answer, catalog, read_question
from .columns import arrow_table
from .errors import (
    BadParameter,
    BadQueryFile,
    MissingExtra,
    MissingParameter,
    NestedTooDeep,
    NoGraph,
    OutboundRequest,
    QueryFailed,
    QuerySyntaxError,
    UnfitFormat,
    UnknownFormat,
    UnknownParameter,
    UnknownQuery,
)
from .formats import Format, write
from .guard import refuse_unsafe
from .parameters import Parameter, ParameterType, Value
from .results import Result, Row, Rows, Term, Triples
from .store import GraphStore
from .tables import shown
from .tokens import Kind, Token, tokens

__all__ = [
    "BadParameter",
    "BadQueryFile",
    "Catalog",
    "Column",
    "Format",
    "GraphStore",
    "Kind",
    "MissingExtra",
    "MissingParameter",
    "NestedTooDeep",
    "NoGraph",
    "OutboundRequest",
    "Parameter",
    "ParameterType",
    "QueryFailed",
    "QuerySyntaxError",
    "Question",
    "Result",
    "Row",
    "Rows",
    "Term",
    "Token",
    "Triples",
    "UnfitFormat",
    "UnknownFormat",
    "UnknownParameter",
    "UnknownQuery",
    "Value",
    "ValuesRow",
    "answer",
    "arrow_table",
    "catalog",
    "read_question",
    "refuse_unsafe",
    "shown",
    "tokens",
    "values_rows",
    "write",
]
