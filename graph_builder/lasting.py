"""Making what was written last, be it that the power goes out."""

import os
import sys
from pathlib import Path


def sync_tree(folder: Path) -> None:
    """Make every file in a folder last, and the folder itself."""
    for path in [*folder.rglob("*"), folder]:
        if path.is_dir():
            sync_folder(path)
        else:
            with path.open("r+b") as file:
                os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make renames in a folder last; Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
