"""From suggestions to records: what a person sees, corrects and decides."""

from .arrivals import Family, desk_of, families_to_review
from .correcting import Correctable, UnfitDecision, correctable, corrected, written_day
from .deciding import Made, judged, records_of, source_key
from .desk import (
    Added,
    Desk,
    ReviewedElsewhere,
    Signature,
    VerdictWord,
    alone_at_the_desk,
    restoring,
)
from .making import About, Unmade
from .passages import locator
from .review_words import (
    code_word,
    kind_word,
    prospect_words,
    said_of,
    score_word,
    unfit_words,
    unmade_words,
)
from .suggestions import Suggestion, Suggestions, suggestions_of

__all__ = [
    "About",
    "Added",
    "Correctable",
    "Desk",
    "Family",
    "Made",
    "ReviewedElsewhere",
    "Signature",
    "Suggestion",
    "Suggestions",
    "UnfitDecision",
    "Unmade",
    "VerdictWord",
    "alone_at_the_desk",
    "code_word",
    "correctable",
    "corrected",
    "desk_of",
    "families_to_review",
    "judged",
    "kind_word",
    "locator",
    "prospect_words",
    "records_of",
    "restoring",
    "said_of",
    "score_word",
    "source_key",
    "suggestions_of",
    "unfit_words",
    "unmade_words",
    "written_day",
]
