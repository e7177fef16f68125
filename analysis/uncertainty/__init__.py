"""A network in; how sure its ties are, and what of its measures that lets one say, out."""

from .batched import BATCHED, values_of
from .belief import BadPrior, Prior, probabilities, tie_probability
from .draws import DRAWS, SEED, Batch, Draws, UnusableDraw, sample
from .intervals import (
    LEVEL,
    NEAR_TOP,
    BodyInterval,
    Intervals,
    UnknownIntervalMeasure,
    Verdict,
    intervals,
    intervals_of,
    ranks_of,
)
from .noisy import (
    Estimate,
    NothingToEstimate,
    estimate_rates,
    estimated_probabilities,
)
from .sensitivity import (
    Dropped,
    Family,
    Sensitivity,
    UnknownFamily,
    drop_family,
    families_of,
    sensitivity,
)

__all__ = [
    "BATCHED",
    "DRAWS",
    "LEVEL",
    "NEAR_TOP",
    "SEED",
    "BadPrior",
    "Batch",
    "BodyInterval",
    "Draws",
    "Dropped",
    "Estimate",
    "Family",
    "Intervals",
    "NothingToEstimate",
    "Prior",
    "Sensitivity",
    "UnknownFamily",
    "UnknownIntervalMeasure",
    "UnusableDraw",
    "Verdict",
    "drop_family",
    "estimate_rates",
    "estimated_probabilities",
    "families_of",
    "intervals",
    "intervals_of",
    "probabilities",
    "ranks_of",
    "sample",
    "sensitivity",
    "tie_probability",
    "values_of",
]
