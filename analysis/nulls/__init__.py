"""A network in; what of it chance alone would bring about, and tests against that, out."""

from .labels import ROLES, By, brokerage_test, mixing_test, open_paths, role_counts
from .qap import Coefficient, Regression, mrqap, qap_correlation
from .rewiring import (
    SWAPS_PER_EDGE,
    best_modularity,
    modularity_test,
    rewired,
    rewiring_test,
)
from .tested import (
    ALPHA,
    DRAWS,
    SEED,
    Tested,
    Untestable,
    adjusted,
    draws_needed,
    say_together,
    tested,
)
from .two_mode import (
    Backbone,
    backbone,
    curveball,
    fdsm,
    incidence,
    margins_probabilities,
    meeting_probabilities,
    sdsm,
)
from .windows import CHANGES, Change, DegreeChange, compare_windows

__all__ = [
    "ALPHA",
    "CHANGES",
    "DRAWS",
    "ROLES",
    "SEED",
    "SWAPS_PER_EDGE",
    "Backbone",
    "By",
    "Change",
    "Coefficient",
    "DegreeChange",
    "Regression",
    "Tested",
    "Untestable",
    "adjusted",
    "backbone",
    "best_modularity",
    "brokerage_test",
    "compare_windows",
    "curveball",
    "draws_needed",
    "fdsm",
    "incidence",
    "margins_probabilities",
    "meeting_probabilities",
    "mixing_test",
    "modularity_test",
    "mrqap",
    "open_paths",
    "qap_correlation",
    "rewired",
    "rewiring_test",
    "role_counts",
    "say_together",
    "sdsm",
    "tested",
]
