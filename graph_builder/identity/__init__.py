"""Records and decisions in; candidates for a merge, and records merged, out.

Names are taken apart (`names`, `acronyms`), held against each other (`alike`, `comparing`), and
brought together without comparing all with all (`duplicates`). What people decide is applied by
`merging`, what speaks against it is found by `objections`, and `stating` tells the graph.
"""

from .alike import Reason
from .comparing import Comparison, compare
from .duplicates import LEAST_SCORE, Candidate, find_duplicates, meetings
from .looks import hidden_characters, look_alikes
from .merging import decision_problems, merge_records
from .names import body_names, person_name, place_name
from .objections import conflicts
from .profiles import Profile, Vocabulary, vocabulary_of
from .spelling import folded, skeleton

__all__ = [
    "LEAST_SCORE",
    "Candidate",
    "Comparison",
    "Profile",
    "Reason",
    "Vocabulary",
    "body_names",
    "compare",
    "conflicts",
    "decision_problems",
    "find_duplicates",
    "folded",
    "hidden_characters",
    "look_alikes",
    "meetings",
    "merge_records",
    "person_name",
    "place_name",
    "skeleton",
    "vocabulary_of",
]
