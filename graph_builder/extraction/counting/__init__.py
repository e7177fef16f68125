"""When and how much: dates, numbers, and what they are observations of."""

from .dates import WrittenDate, find_dates
from .numbers import Number, find_numbers
from .observations import Observation, find_observations

__all__ = [
    "Number",
    "Observation",
    "WrittenDate",
    "find_dates",
    "find_numbers",
    "find_observations",
]
