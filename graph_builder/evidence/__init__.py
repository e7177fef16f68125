"""Evidence looked at closely: private articles, places of passages in them, and families of copies."""

from .alignment import Alignment, Change, ChangeKind, align
from .articles import Articles, normalised, read_articles
from .drift import Difference, Drift, DriftKind, Printed, drift_of
from .families import (
    Family,
    find_families,
    group_families,
    likenesses,
    open_questions,
    outlet,
    regroup,
)
from .reuse import Likeness, Verdict, compare_texts
from .selectors import (
    Checked,
    Found,
    Moved,
    Orphaned,
    Place,
    anchor,
    spans_of,
    verify,
    verify_all,
)

__all__ = [
    "Alignment",
    "Articles",
    "Change",
    "ChangeKind",
    "Checked",
    "Difference",
    "Drift",
    "DriftKind",
    "Family",
    "Found",
    "Likeness",
    "Moved",
    "Orphaned",
    "Place",
    "Printed",
    "Verdict",
    "align",
    "anchor",
    "compare_texts",
    "drift_of",
    "find_families",
    "group_families",
    "likenesses",
    "normalised",
    "open_questions",
    "outlet",
    "read_articles",
    "regroup",
    "spans_of",
    "verify",
    "verify_all",
]
