"""The words of reports."""

from functools import cache

from simpul.ontology import Wording


@cache
def words() -> Wording:
    """What a report says, by code."""
    return Wording.load("simpul.visualizations.report", "words.toml")
