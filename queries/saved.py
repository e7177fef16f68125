"""Queries that people keep with their records: the files `queries/*.rq` of a folder, found by name.

They have the form of the catalogue, a header being welcome but not needed. None of them takes the place of a
query of the catalogue: one of the same name or id is refused, and is asked by the path of its file.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from .catalog import Question, catalog
from .errors import BadName, NameTaken, UnknownQuery

FOLDER: Final = "queries"
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def saved_queries(folder: Path) -> dict[str, Path]:
    """The files of the queries kept in a folder, by name, sorted."""
    kept = folder / FOLDER
    if not kept.is_dir():
        return {}
    found = (path for path in kept.iterdir() if path.suffix == ".rq" and path.is_file())
    return {path.stem: path for path in sorted(found)}


def named_question(name: str, folder: Path) -> Question | Path:
    """The question of this name in the catalogue, or the file of the one kept in a folder.

    Raises: NameTaken if both have it; UnknownQuery with the nearest name of either.
    """
    saved = saved_queries(folder)
    path = _of_name(name, saved)
    try:
        shipped = catalog().find(name)
    except UnknownQuery:
        if path is not None:
            return path
        raise UnknownQuery(name, [*catalog().questions, *saved]) from None
    if path is not None:
        raise NameTaken(name, path, is_shipped=True)
    return shipped


def save_query(text: str, name: str, folder: Path) -> Path:
    """Keep a query under a name; the same text under the same name changes nothing.

    Raises: BadName; NameTaken; OSError.
    """
    path = folder / FOLDER / f"{name}.rq"
    if not _NAME.fullmatch(name):
        raise BadName(name)
    if name in {*catalog().questions, *(each.id.lower() for each in catalog())}:
        raise NameTaken(name, path, is_shipped=True)
    path.parent.mkdir(exist_ok=True)
    content = text.encode("utf-8")
    try:
        # Of two who save at once, one is told.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    except FileExistsError:
        if path.is_file() and path.read_bytes() == content:
            return path
        raise NameTaken(name, path, is_shipped=False) from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    return path


def _of_name(name: str, saved: Mapping[str, Path]) -> Path | None:
    plain = name.removesuffix(".rq").lower()
    return next((path for each, path in saved.items() if each.lower() == plain), None)
