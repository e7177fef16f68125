"""Small ecosystems for tests: the invented rattan world, whole or with one thing changed."""

import shutil
from pathlib import Path

RATTAN = Path(__file__).parent / "data" / "ecosystems" / "rattan"


def copy_of_rattan(to: Path) -> Path:
    """A copy of the rattan world to spoil."""
    return Path(shutil.copytree(RATTAN, to / "rattan"))


def edit(folder: Path, file: str, old: str, new: str) -> None:
    """Replace one passage of a record file; it must stand there exactly once."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (file, old, text.count(old))
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
