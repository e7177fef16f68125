"""A folder of record files in, raw records with their places out, and every problem met on the way."""

from .folder import FORMS, RecordFolder, read_folder, record_files
from .raw import MAX_DEPTH, RawRecord, Value
from .yaml_layout import MAX_BYTES

__all__ = [
    "FORMS",
    "MAX_BYTES",
    "MAX_DEPTH",
    "RawRecord",
    "RecordFolder",
    "Value",
    "read_folder",
    "record_files",
]
