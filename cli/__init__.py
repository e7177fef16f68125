"""A line typed by a person in, one call into a room out."""

from .program import main

__all__ = ["main"]
