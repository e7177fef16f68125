"""Rows in; the pages of the site out, with the styles and scripts they load.

`frame` is what surrounds every page, `rows` what the page of a thing is made of, `thing` that page; `asking`
makes the pages on which something is asked. Nothing here asks a graph anything.
"""

from ..page_data import safe_url
from .asking import (
    Answered,
    Asked,
    Cell,
    Entry,
    Field,
    Hit,
    Table,
    entry_of,
    in_language,
    input_type,
    label_of,
    table_of,
    things_in,
)
from .assets import PATH, Asset, asset
from .claims import EvidenceView
from .dates import date_words, span_words
from .frame import Frame, local_path, render
from .home import HomeView, home_view
from .reviewing import ReviewView, review_view
from .rows import PartyRow, Statements, ThingRows, Weight
from .speaking import Part, Sign, Speaker
from .thing import RDF_FORMS, ThingView, thing_page, thing_view
from .words import counted, grouped, remarked, wording

__all__ = [
    "PATH",
    "RDF_FORMS",
    "Answered",
    "Asked",
    "Asset",
    "Cell",
    "Entry",
    "EvidenceView",
    "Field",
    "Frame",
    "Hit",
    "HomeView",
    "Part",
    "PartyRow",
    "ReviewView",
    "Sign",
    "Speaker",
    "Statements",
    "Table",
    "ThingRows",
    "ThingView",
    "Weight",
    "asset",
    "counted",
    "date_words",
    "entry_of",
    "grouped",
    "home_view",
    "in_language",
    "input_type",
    "label_of",
    "local_path",
    "remarked",
    "render",
    "review_view",
    "safe_url",
    "span_words",
    "table_of",
    "thing_page",
    "thing_view",
    "things_in",
    "wording",
]
