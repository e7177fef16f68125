"""A graph and a question in; rows, triples, or yes and no out, and their written forms.

`store` holds the graph and answers SPARQL, `catalog` the questions that are ready to ask, `formats` the ways
to write an answer down. `difference` tells what changed from one graph to another, `explanation` why a claim
is as sure as it is.
"""

from .belonging import ChangeKind
from .binding import ValuesRow, values_rows
from .catalog import Catalog, Column, Question, answer, catalog, read_question
from .columns import arrow_table
from .difference import Change, Difference, Turn, difference
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
from .explained import Explainer, Section
from .explanation import (
    Explanation,
    UnknownClaim,
    claim_keys,
    explain,
    find_claim,
)
from .explanation_data import explanation_data
from .formats import Format, write
from .guard import refuse_unsafe
from .judgement import (
    Grounds,
    Judgement,
    Prospect,
    judge_confidence,
    judge_standing,
    prospects,
)
from .parameters import Parameter, ParameterType, Value
from .reasons import Reason, ReasonKind
from .results import Result, Row, Rows, Term, Triples
from .store import GraphStore
from .tables import shown
from .telling import Teller, Told
from .tokens import Kind, Token, tokens

__all__ = [
    "BadParameter",
    "BadQueryFile",
    "Catalog",
    "Change",
    "ChangeKind",
    "Column",
    "Difference",
    "Explainer",
    "Explanation",
    "Format",
    "GraphStore",
    "Grounds",
    "Judgement",
    "Kind",
    "MissingExtra",
    "MissingParameter",
    "NestedTooDeep",
    "NoGraph",
    "OutboundRequest",
    "Parameter",
    "ParameterType",
    "Prospect",
    "QueryFailed",
    "QuerySyntaxError",
    "Question",
    "Reason",
    "ReasonKind",
    "Result",
    "Row",
    "Rows",
    "Section",
    "Teller",
    "Term",
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
    "answer",
    "arrow_table",
    "catalog",
    "claim_keys",
    "difference",
    "explain",
    "explanation_data",
    "find_claim",
    "judge_confidence",
    "judge_standing",
    "prospects",
    "read_question",
    "refuse_unsafe",
    "shown",
    "tokens",
    "values_rows",
    "write",
]
