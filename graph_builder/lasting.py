"""Making what was written last, be it that the power goes out."""

import os
import sys
import time
from pathlib import Path


def replace(path: Path, content: bytes) -> None:
    """Give a file new content at once: readers see all of the old or all of the new.

    It is written beside, under a name with a dot before it, and put in its place. One writer at a
    time. Raises: OSError if the disk refuses.
    """
    fresh = path.with_name(f".new-{path.name}")
    try:
        write_synced(fresh, content)
        for attempt in range(10):
            try:
                fresh.replace(path)
                break
            except PermissionError:
                # Windows refuses while a reader has the file open, which is for a moment only.
                if sys.platform != "win32" or attempt == 9:
                    raise
                time.sleep(0.05)
    finally:
        fresh.unlink(missing_ok=True)
    sync_folder(path.parent)


def write_synced(path: Path, content: bytes) -> None:
    """Write a file to the disk; that it has its name lasts once its folder is synced."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


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
