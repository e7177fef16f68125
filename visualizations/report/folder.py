"""The folder of a report: written beside its place, then renamed, so that no half of one is ever there."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from simpul.ontology import ViewError

_MARKS = ("report.html", "parameters.json")


class FolderTaken(ViewError):
    """The folder holds something; `is_report` says whether that is an earlier report, which may be replaced."""

    def __init__(self, folder: Path, *, is_report: bool) -> None:
        self.folder = folder
        self.is_report = is_report
        remedy = (
            "it holds a report; give --replace to write a new one in its place"
            if is_report
            else "it holds something that is no report; choose an empty or new folder"
        )
        super().__init__("report", f"{folder}: {remedy}")


def write_report(
    files: Mapping[str, bytes], folder: Path, *, replace: bool = False
) -> None:
    """Write the files of `make_report` into a folder that is new or empty, or holds a report to replace.

    Raises: FolderTaken.
    """
    refuse_taken(folder, replace=replace)
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        made = beside / "new"
        for name, content in files.items():
            path = made.joinpath(*name.split("/"))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if folder.exists():
            folder.rename(beside / "old")
        made.rename(folder)
    except OSError:
        if (beside / "old").exists() and not folder.exists():
            (beside / "old").rename(folder)
        raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def refuse_taken(folder: Path, *, replace: bool) -> None:
    """Raise FolderTaken unless a report may be written here."""
    if not folder.exists() or not any(folder.iterdir()):
        return
    is_report = all((folder / mark).is_file() for mark in _MARKS)
    if not (replace and is_report):
        raise FolderTaken(folder, is_report=is_report)
