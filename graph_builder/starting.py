"""A new ecosystem: an invented example to write over, the records of another, or empty tables.

The example lies in `starter/` as YAML, whose comments are in both languages, each line of one
marked `#id` or `#en`. The functions that end in `_files` give back {name: content}; a folder or
file that already holds something is never written to.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Literal, get_args

import yaml

from simpul.ontology import Language, SimpulError

from .decisions import LOG, read_decisions, standing_decisions
from .ecosystem import SETTINGS, Ecosystem
from .fields import KEY
from .notation import Ambiguous, PlainNumber, read_number
from .problems import Problem
from .readers import Value, read_folder
from .readers.folder import refused
from .readers.words import KINDS
from .reading import MODELS, load_records
from .sheets import Data, Sheet, explained_kind, sheets_of

Form = Literal["yaml", "csv", "xlsx", "json"]
FORMS: tuple[Form, ...] = get_args(Form)
WORKBOOK: Mapping[Language, str] = {"id": "catatan.xlsx", "en": "records.xlsx"}

_OTHER_LANGUAGE = re.compile(r"^ *#(id|en) .*\n", re.MULTILINE)
_NOT_COPIED = frozenset({"articles", "simpul-out"})
_IGNORED = (
    "# The texts of sources are not ours to publish.\narticles/\nsimpul-out/\n.*.lock\n"
)


class AlreadyThere(SimpulError):
    """Something stands where a new folder or file was to be written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"{path} holds something already")


class Unsound(SimpulError):
    """Records, or files, that cannot be copied before their problems are mended."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.line_text("en") for problem in problems))


def start_ecosystem(
    folder: Path, form: Form, language: Language, origin: Ecosystem | None = None
) -> None:
    """Write the invented example, or the records of `origin` in one form, into a new folder.

    Raises: AlreadyThere, and nothing is written, if the folder holds anything; Unsound if the
    records of `origin` have problems of their own; OSError.
    """
    if origin is None:
        made = starter_files(form, language, key_for(folder.absolute()))
    else:
        made = copied_files(origin, form, language)
    _write_new(folder, made)


def copy_ecosystem(folder: Path, origin: Ecosystem) -> None:
    """Copy an ecosystem into a new folder, file by file, decisions too but no texts of articles.

    Raises: AlreadyThere, and nothing is written, if the folder holds anything; Unsound, and
    nothing is read, if some of it is no plain file, or a link that leads out of it; OSError.
    """
    paths = [
        path
        for path in sorted(origin.folder.rglob("*"))
        if _is_copied(path.relative_to(origin.folder))
        and (path.is_symlink() or not path.is_dir())
    ]
    made = _own_files(origin.folder, paths)
    _write_new(folder, made | {".gitignore": _IGNORED.encode()})


def write_template(
    path: Path,
    form: Literal["xlsx", "csv"],
    language: Language,
    origin: Ecosystem | None = None,
) -> None:
    """Write tables to fill in, empty or with the records of `origin`: a workbook or a folder.

    Raises: AlreadyThere, and nothing is written, if there is such a file, or the folder holds
    anything; Unsound as `start_ecosystem`; OSError.
    """
    records = {} if origin is None else _records_of(origin)
    if form == "csv":
        _write_new(path, table_files(sheets_of(records, language), language))
        return
    content = workbook_of(records, language)
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        raise AlreadyThere(path) from error


def starter_files(form: Form, language: Language, key: str) -> dict[str, bytes]:
    """The invented example in one form, with comments in one language, for an ecosystem `key`."""
    home = _starter()
    settings = _in_language(home / SETTINGS, language).replace("{key}", key)
    raw, problems = read_folder(home, MODELS)
    assert not problems, problems
    if form == "yaml":
        made = {
            f"{kind}.yaml": _in_language(home / f"{kind}.yaml", language).encode()
            for kind in raw
        }
    else:
        records = {kind: [record.data for record in of] for kind, of in raw.items()}
        made = record_files(records, form, language)
    rows = "\n".join(
        f"| {_name(kind, form, language)} | {explained_kind(kind, language)} |"
        for kind in MODELS
        if kind in raw
    )
    readme = (home / f"README.{language}.md").read_text(encoding="utf-8")
    readme = readme.replace("{files}", rows)
    return {
        SETTINGS: settings.encode(),
        **made,
        "README.md": readme.encode(),
        ".gitignore": _IGNORED.encode(),
    }


def copied_files(origin: Ecosystem, form: Form, language: Language) -> dict[str, bytes]:
    """The settings, decisions and records of an ecosystem, the records in one form.

    Raises: Unsound.
    """
    beside = [origin.folder / name for name in (SETTINGS, LOG)]
    there = [path for path in beside if path.is_symlink() or path.exists()]
    return {
        **_own_files(origin.folder, there),
        **record_files(_records_of(origin), form, language),
        ".gitignore": _IGNORED.encode(),
    }


def record_files(
    records: Mapping[str, Sequence[Data]], form: Form, language: Language
) -> dict[str, bytes]:
    """Records by kind, written in one form; kinds without a record have no file.

    Headings and labels of CSV and XLSX are in the language; YAML and JSON hold codes and the
    names of fields.
    """
    some = {kind: of for kind, of in records.items() if of}
    match form:
        case "yaml":
            return {f"{kind}.yaml": _as_yaml(of) for kind, of in some.items()}
        case "json":
            return {f"{kind}.json": _as_json(of) for kind, of in some.items()}
        case "csv":
            return table_files(
                [s for s in sheets_of(some, language) if s.rows], language
            )
        case "xlsx":
            return {WORKBOOK[language]: workbook_of(some, language)}


def workbook_of(records: Mapping[str, Sequence[Data]], language: Language) -> bytes:
    """Records as an XLSX workbook that explains itself; with no records, a template to fill in."""
    # Late: it costs more to import than most commands take.
    from .workbooks import workbook

    return workbook(sheets_of(records, language), language)


def table_files(sheets: Iterable[Sheet], language: Language) -> dict[str, bytes]:
    """Sheets as CSV files with the explanation of each column before the headings.

    With a semicolon between cells in Indonesian, as spreadsheets there read it, else a comma.
    """
    return {f"{_stem(sheet.name)}.csv": _as_csv(sheet, language) for sheet in sheets}


def key_for(folder: Path) -> str:
    """A key for an ecosystem after the name of its folder.

    >>> key_for(Path("Kopi Gayo"))
    'kopi-gayo'
    """
    key = re.sub(r"[^a-z0-9.]+", "-", folder.name.casefold()).strip("-.")
    return key if KEY.fullmatch(key) else "ecosystem"


def _write_new(folder: Path, made: Mapping[str, bytes]) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise AlreadyThere(folder)
    for name, content in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _is_copied(path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.parts)
    return not hidden and not _NOT_COPIED & set(path.parts)


def _own_files(folder: Path, paths: Iterable[Path]) -> dict[str, bytes]:
    """What files below a folder hold, by their way from it. Raises: Unsound; OSError."""
    home = folder.resolve()
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    problems = [
        replace(problem, file=name)
        for name, path in names.items()
        if (problem := refused(path, home))
    ]
    if problems:
        raise Unsound(problems)
    return {name: path.read_bytes() for name, path in names.items()}


def _records_of(ecosystem: Ecosystem) -> dict[str, list[Data]]:
    """The records of an ecosystem as they are written, by kind of file. Raises: Unsound.

    What withdrawn packets added to records of others is not there. Values are texts.
    """
    decisions, problems = read_decisions(ecosystem.folder)
    loaded = load_records(ecosystem, standing_decisions(decisions).withdrawn)
    if problems or loaded.problems:
        raise Unsound([*problems, *loaded.problems])
    return {
        name: [
            {
                field: _as_text(value)
                for field, value in loaded.raw[model.kind_name, key].data.items()
            }
            for key in loaded.records[model.kind_name]
        ]
        for name, model in MODELS.items()
    }


def _as_text(value: Value) -> Value:
    """The same, with each number that was no text as one that every notation reads alike."""
    match value:
        case PlainNumber():
            try:
                return str(read_number(str(value)))
            except Ambiguous:
                return f"{value}0"  # no notation sets off four digits
        case dict():
            return {name: _as_text(inner) for name, inner in value.items()}
        case list():
            return [_as_text(item) for item in value]
        case _:
            return value


def _starter() -> Path:
    return Path(str(files("simpul.graph_builder"))) / "starter"


def _name(kind: str, form: Form, language: Language) -> str:
    """Where the records of a kind stand: a file, or a sheet of the workbook."""
    word = KINDS[kind][language][0]
    return {"csv": f"{_stem(word)}.csv", "xlsx": word}.get(form, f"{kind}.{form}")


def _stem(name: str) -> str:
    return name.replace(" ", "-")


def _in_language(path: Path, language: Language) -> str:
    """A file of the starter with the comments of one language."""
    text = path.read_text(encoding="utf-8").replace("{language}", language)
    text = _OTHER_LANGUAGE.sub(lambda m: m[0] if m[1] == language else "", text)
    return re.sub(rf"^( *)#{language} ", r"\1# ", text, flags=re.MULTILINE)


def _as_yaml(records: Sequence[Data]) -> bytes:
    text: str = yaml.safe_dump(
        list(records), sort_keys=False, allow_unicode=True, width=120
    )
    return text.encode()


def _as_json(records: Sequence[Data]) -> bytes:
    return f"{json.dumps(list(records), ensure_ascii=False, indent=2)}\n".encode()


def _as_csv(sheet: Sheet, language: Language) -> bytes:
    text = io.StringIO()
    for column in sheet.columns:
        text.write(f"# {column.heading}: {column.about}\n")
    writer = csv.writer(
        text, delimiter=";" if language == "id" else ",", lineterminator="\n"
    )
    writer.writerow([column.heading for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow([row.get(column.path, "") for column in sheet.columns])
    # With a byte order mark, without which Excel takes the file for one of its own code page.
    return text.getvalue().encode("utf-8-sig")
