"""Networks in; pages and pictures that need nothing else to be read, out."""

from .console import Console, Example, as_nquads, examples_of
from .json_block import json_block
from .layout import place_bodies
from .notebook import NetworkView
from .packing import packed
from .page import Renderer, view_page, write_view
from .page_data import safe_url
from .palette import Palette, palette
from .placing import Place, read_places
from .story import Step, Story, read_story, shipped_stories

__all__ = [
    "Console",
    "Example",
    "NetworkView",
    "Palette",
    "Place",
    "Renderer",
    "Step",
    "Story",
    "as_nquads",
    "examples_of",
    "json_block",
    "packed",
    "palette",
    "place_bodies",
    "read_places",
    "read_story",
    "safe_url",
    "shipped_stories",
    "view_page",
    "write_view",
]
