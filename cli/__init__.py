"""A line typed by a person in, one call into a room out, and a code: 0 good, 1 the data, 2 the request."""

from .language import spoken_language
from .program import main

__all__ = ["main", "spoken_language"]
