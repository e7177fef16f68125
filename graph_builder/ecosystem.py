"""An ecosystem: a folder of records about one industry, and the settings it opens with."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import cast

from simpul.ontology import BASE, SimpulError, SourceError, near_miss

from .notation import NOTATIONS, Notation

SETTINGS = "ecosystem.toml"
DEFAULT = "footwear"


class UnknownEcosystem(SimpulError):
    """No folder and no shipped ecosystem has the name that was asked for."""

    def __init__(self, name: str, shipped: Iterable[str]) -> None:
        self.name = name
        near = near_miss(name, shipped)
        hint = f"; did you mean {near}?" if near else ""
        super().__init__(
            f"no folder and no shipped ecosystem named {name!r}; "
            f"shipped are {', '.join(shipped)}{hint}"
        )


@dataclass(frozen=True, slots=True)
class Ecosystem:
    """The settings of one ecosystem and the folder its records lie in.

    `title`, `description` and `inclusion` are {language: text}; `note_language` is the
    language of notes that are written as one plain text. `notation` is that of numbers such as
    13.000 and dates such as 11/9/2024; None refuses those that could be read in two ways.
    """

    key: str
    folder: Path
    title: Mapping[str, str]
    description: Mapping[str, str]
    inclusion: Mapping[str, str]
    base: str
    licence: str
    note_language: str
    period: str | None
    notation: Notation | None = None


def shipped_ecosystems() -> dict[str, Path]:
    """The ecosystems that come with Simpul, {name: folder}, sorted by name."""
    root = Path(str(files("simpul.graph_builder"))) / "ecosystems"
    return {
        folder.name: folder
        for folder in sorted(root.iterdir())
        if (folder / SETTINGS).is_file()
    }


def find_ecosystem(where: str | Path | None = None) -> Ecosystem:
    """Open an ecosystem by folder or by shipped name.

    Nothing given: the folder one stands in if it is an ecosystem, else `footwear`.
    A folder comes before a shipped name, so a local copy can be worked on under its own name.

    Raises: UnknownEcosystem if nothing of that name exists; SourceError if its settings are wrong.
    """
    shipped = shipped_ecosystems()
    if where is None:
        return read_settings(
            Path.cwd() if Path(SETTINGS).is_file() else shipped[DEFAULT]
        )
    folder = Path(where)
    if folder.is_dir() and ((folder / SETTINGS).is_file() or str(where) not in shipped):
        return read_settings(folder)
    if str(where) in shipped:
        return read_settings(shipped[str(where)])
    raise UnknownEcosystem(str(where), shipped)


def read_settings(folder: Path) -> Ecosystem:
    """Read `ecosystem.toml` of a folder.

    Raises: SourceError with the file and the entry that is missing or wrong.
    """
    path = folder / SETTINGS
    if not path.is_file():
        raise SourceError(
            SETTINGS,
            None,
            f"missing in {folder}",
            remedy="an ecosystem opens with its key, title, inclusion rule and licence",
        )
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourceError(SETTINGS, None, str(error)) from error

    def text(name: str, default: str | None = None) -> str:
        value = table.get(name, default)
        if not isinstance(value, str) or not value:
            raise SourceError(
                SETTINGS, None, "must be a text", field=name, remedy=f'{name} = "..."'
            )
        return value

    def bilingual(name: str) -> Mapping[str, str]:
        value = table.get(name)
        entries = (
            cast("dict[str, object]", value).items() if isinstance(value, dict) else ()
        )
        texts = {
            language: entry for language, entry in entries if isinstance(entry, str)
        }
        if not {"id", "en"} <= set(texts):
            raise SourceError(
                SETTINGS,
                None,
                "needs an Indonesian and an English text",
                field=name,
                remedy=f"write {name}.id and {name}.en",
            )
        return texts

    return Ecosystem(
        key=text("key"),
        folder=folder,
        title=bilingual("title"),
        description=bilingual("description"),
        inclusion=bilingual("inclusion"),
        base=text("base", BASE),
        licence=text("licence"),
        note_language=text("note_language", "en"),
        period=text("period") if "period" in table else None,
        notation=_notation(table.get("notation")),
    )


def _notation(value: object) -> Notation | None:
    for notation in NOTATIONS:
        if value == notation:
            return notation
    if value is None:
        return None
    raise SourceError(
        SETTINGS,
        None,
        f"there is no notation {value!r}",
        field="notation",
        remedy='notation = "id" reads 13.000 as thirteen thousand, "en" reads 13,000 so',
    )
