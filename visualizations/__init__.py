"""Networks in; pages and pictures that need nothing else to be read, out."""

from .layout import place_bodies
from .page import json_block, view_page, write_view
from .page_data import safe_url
from .palette import Palette, palette

__all__ = [
    "Palette",
    "json_block",
    "palette",
    "place_bodies",
    "safe_url",
    "view_page",
    "write_view",
]
