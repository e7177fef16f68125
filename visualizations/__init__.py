"""Networks in; pages and pictures that need nothing else to be read, out."""

from .page import view_page, write_view

__all__ = ["view_page", "write_view"]
