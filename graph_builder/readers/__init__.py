"""A folder of record files in, raw records with their lines out, and every problem met on the way."""

from .yaml_layout import MAX_BYTES, MAX_DEPTH, RawRecord, Value, read_folder

__all__ = ["MAX_BYTES", "MAX_DEPTH", "RawRecord", "Value", "read_folder"]
