"""The messages of errors of the rooms to the right of queries; `simpul.queries` has those of its own and to its left."""

from simpul.analysis import UnknownBody
from simpul.graph_builder.extraction import ReviewedElsewhere
from simpul.ontology import SimpulError, ViewError


def sentence_of(error: SimpulError) -> tuple[str, dict[str, object]] | None:
    """Name the sentence of `words/` that says an error, with its facts; None where there is none."""
    match error:
        case ViewError(__cause__=UnknownBody() as unknown):
            return sentence_of(unknown)
        case UnknownBody():
            code = "unknown-body-near" if error.near else "unknown-body"
            return code, {"asked": error.asked, "near": error.near}
        case ReviewedElsewhere():
            return "review-busy", {"folder": error.folder}
        case ViewError():
            return "not-drawn", {"view": error.view, "problem": error.problem}
        case _:
            return None
