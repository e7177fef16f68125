"""A network in; a folder for a paper out: the report, its tables, figures, sources and settings."""

from .folder import FolderTaken, refuse_taken, write_report
from .making import make_report
from .settings import About, Settings, UnreportableRules
from .table import Cell, Table, cell_text

__all__ = [
    "About",
    "Cell",
    "FolderTaken",
    "Settings",
    "Table",
    "UnreportableRules",
    "cell_text",
    "make_report",
    "refuse_taken",
    "write_report",
]
