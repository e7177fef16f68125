"""A graph and a question in; rows, triples, or yes and no out, and their written forms.

`store` holds the graph and answers SPARQL, `catalog` the questions that are ready to ask, `formats` the ways
to write an answer down. `difference` tells what changed from one graph to another, `explanation` why a claim
is as sure as it is.
"""

from .belonging import ChangeKind
from .binding import ValuesRow, values_rows
from .catalog import Catalog, Column, Question, answer, catalog, read_question
from .checking import Finding, Severity, check_query, unknown_terms
from .columns import ColumnKind
from .complaints import complaint
from .dataframes import arrow_table, column_kinds, pandas_frame, polars_frame
from .dataset import DatasetChoice
from .difference import Change, Difference, Turn, difference
from .engine.worker import Options as WorkerOptions
from .errors import (
    BadName,
    BadParameter,
    BadQueryFile,
    BytesExceeded,
    MemoryExceeded,
    MissingExtra,
    MissingParameter,
    NameTaken,
    NestedTooDeep,
    NoGraph,
    OutboundRequest,
    QueryFailed,
    QueryStopped,
    QuerySyntaxError,
    ReadOnlyGraph,
    RowsExceeded,
    StackExceeded,
    TimeExceeded,
    UnfitFormat,
    UnknownClaim,
    UnknownFormat,
    UnknownParameter,
    UnknownQuery,
)
from .exchange import error_of, error_of_death, guarded_request, result_of
from .explained import Explainer, Section
from .explanation import (
    Explanation,
    claim_keys,
    explain,
    find_claim,
)
from .explanation_data import explanation_data
from .formats import Format, write
from .formatting import tidy
from .graph import Graph
from .guard import refuse_unsafe
from .holdings import with_holding
from .judgement import (
    Grounds,
    Judgement,
    Prospect,
    judge_confidence,
    judge_standing,
    prospects,
)
from .limits import Limits
from .parameters import Parameter, ParameterType, Value
from .reasons import Reason, ReasonKind
from .results import Result, Row, Rows, Term, Triples
from .saved import named_question, save_query, saved_queries
from .spreadsheets import BYTE_ORDER_MARK, csv_line, guarded
from .store import GraphStore
from .syntax import syntax_error
from .tables import shown
from .telling import Teller, Told
from .tokens import Kind, Token, is_word, significant, tokens

__all__ = [
    "BYTE_ORDER_MARK",
    "BadName",
    "BadParameter",
    "BadQueryFile",
    "BytesExceeded",
    "Catalog",
    "Change",
    "ChangeKind",
    "Column",
    "ColumnKind",
    "DatasetChoice",
    "Difference",
    "Explainer",
    "Explanation",
    "Finding",
    "Format",
    "Graph",
    "GraphStore",
    "Grounds",
    "Judgement",
    "Kind",
    "Limits",
    "MemoryExceeded",
    "MissingExtra",
    "MissingParameter",
    "NameTaken",
    "NestedTooDeep",
    "NoGraph",
    "OutboundRequest",
    "Parameter",
    "ParameterType",
    "Prospect",
    "QueryFailed",
    "QueryStopped",
    "QuerySyntaxError",
    "Question",
    "ReadOnlyGraph",
    "Reason",
    "ReasonKind",
    "Result",
    "Row",
    "Rows",
    "RowsExceeded",
    "Section",
    "Severity",
    "StackExceeded",
    "Teller",
    "Term",
    "TimeExceeded",
    "Token",
    "Told",
    "Triples",
    "Turn",
    "UnfitFormat",
    "UnknownClaim",
    "UnknownFormat",
    "UnknownParameter",
    "UnknownQuery",
    "Value",
    "ValuesRow",
    "WorkerOptions",
    "answer",
    "arrow_table",
    "catalog",
    "check_query",
    "claim_keys",
    "column_kinds",
    "complaint",
    "csv_line",
    "difference",
    "error_of",
    "error_of_death",
    "explain",
    "explanation_data",
    "find_claim",
    "guarded",
    "guarded_request",
    "is_word",
    "judge_confidence",
    "judge_standing",
    "named_question",
    "pandas_frame",
    "polars_frame",
    "prospects",
    "read_question",
    "refuse_unsafe",
    "result_of",
    "save_query",
    "saved_queries",
    "shown",
    "significant",
    "syntax_error",
    "tidy",
    "tokens",
    "unknown_terms",
    "values_rows",
    "with_holding",
    "write",
]
