"""A folder of records: which of its files hold records of which kind, and in which form.

A record kind is the name of a file, `ties.csv` or `ikatan.csv`, or of a sheet of a workbook; in
whatever form, and in however many files, the records of one kind add up. Nothing outside the
folder is read, no matter what links in it say.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Self

from pydantic import BaseModel

from simpul.ontology import LANGUAGES

from ..problems import Fact, Place, Problem, nearest
from ..records import RECORD_KINDS
from .children import Children
from .csv_table import read_csv
from .json_lines import read_json, read_json_lines
from .layout import fields_of
from .parquet_table import read_parquet
from .raw import MAX_PROBLEMS, RawRecord
from .tabular import Table
from .words import ASIDE, KINDS, folded, words_for
from .workbook import BadWorkbook, Workbook
from .yaml_layout import read_yaml

Reading = Iterator[RawRecord | Problem]

FORMS = (".yaml", ".csv", ".json", ".jsonl", ".parquet", ".xlsx")
"""The endings of files that may hold records."""
DECISIONS = "decisions.jsonl"
"""The one file of such an ending that holds none."""

_NEARLY = (".yml", ".tsv", ".xls", ".xlsm", ".xlsb", ".ods")
_MODELS = {model.file_name.removesuffix(".yaml"): model for model in RECORD_KINDS}


@dataclass(frozen=True, slots=True)
class Part:
    """One file, or one sheet, that holds records of a kind, or the items of one of their lists."""

    kind: str
    list_name: str | None
    read: Callable[[], Reading]


class RecordFolder:
    """The record files of a folder; a context, in which workbooks stay open.

    `problems` are those of the folder and of files that cannot be read at all. Nothing is raised
    for what is wrong with the folder or a file, and one bad file hides no other. Of a file with
    `most` problems the rest is not read; None sets no such limit beyond those of the readers.
    """

    def __init__(
        self, folder: Path, kinds: Iterable[str], most: int | None = None
    ) -> None:
        self.problems: list[Problem] = []
        self._most = most
        self._told: Counter[str] = Counter()
        self._stopped: set[str] = set()
        self._folder = folder
        self.kinds = tuple(kinds)
        self._names = _names_of(self.kinds)
        self._parts: list[Part] = []
        self._open = ExitStack()

    def __enter__(self) -> Self:
        if not self._folder.is_dir():
            self.problems.append(Problem("folder-missing", str(self._folder)))
            return self
        home = self._folder.resolve()
        for path in record_files(self._folder, (*FORMS, *_NEARLY)):
            self._parts.extend(self._parts_of(path, home))
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def read(self, kind: str) -> Reading:
        """The records of one kind with their problems, one at a time, file by file."""
        tables = [part for part in self._parts if part.kind == kind]
        lists = [part for part in tables if part.list_name]
        if not lists:
            for part in tables:
                yield from self._up_to_most(part.read(), self._told)
            return
        children = Children()
        # What is wrong with rows of parts is told later, with their records.
        held = self._told.copy()
        try:
            for part in lists:
                for row in self._up_to_most(part.read(), held):
                    if isinstance(row, RawRecord):
                        children.add(str(part.list_name), row)
                    else:
                        self._told[row.file] += 1
                        yield row
            children.ready()
            for part in tables:
                if part.list_name is None:
                    joined = (
                        children.joined(found)
                        if isinstance(found, RawRecord)
                        else found
                        for found in part.read()
                    )
                    yield from self._up_to_most(joined, self._told)
            for _, rows in groupby(children.left_over(), lambda found: found.file):
                yield from self._up_to_most(rows, self._told)
        finally:
            children.close()

    def _up_to_most(self, reading: Reading, counts: Counter[str]) -> Reading:
        """What is found in one file, until that makes as many problems of it as are told.

        `counts` says how many there are of each file, and is kept up.
        """
        if self._most is None:
            yield from reading
            return
        for found in reading:
            left = self._most - counts[found.file]
            if left <= 0:  # in another sheet
                return
            of_it = found.problems if isinstance(found, RawRecord) else (found,)
            # A record may have problems of another file too, in which its parts stand.
            own = [n for n, one in enumerate(of_it, 1) if one.file == found.file][:left]
            counts[found.file] += len(own)
            if len(own) < left:
                yield found
                continue
            if isinstance(found, RawRecord):
                found = replace(found, problems=of_it[: own[-1]])
            yield found
            if found.file not in self._stopped:
                self._stopped.add(found.file)
                place = Place(found.file, found.line, found.sheet)
                facts: dict[str, Fact] = {"limit": self._most}
                yield Problem.at(place, "too-many-problems", facts=facts)
            return

    def nothing_in(self) -> Problem:
        """The problem of a folder in which there is no record."""
        return Problem(
            "no-records", str(self._folder), facts={"expected": self._expected()}
        )

    def _parts_of(self, path: Path, home: Path) -> Iterator[Part]:
        name, ending = path.name, path.suffix.lower()
        meant = self._meant(path.stem, exactly=ending == ".yaml")
        if ending == ".xlsx":
            if problem := refused(path, home):
                self.problems.append(problem)
            else:
                yield from self._sheets_of(path)
        elif ending not in FORMS or path.suffix != ending or meant is None:
            self.problems.append(self._unknown(path))
        elif problem := refused(path, home):
            self.problems.append(problem)
        else:
            kind, list_name = meant
            yield Part(kind, list_name, _reader(path, ending, name, kind, list_name))

    def _sheets_of(self, path: Path) -> Iterator[Part]:
        try:
            book = Workbook(path)
        except BadWorkbook as bad:
            self.problems.append(Problem(bad.code, path.name, facts=bad.facts))
            return
        except OSError as error:
            self.problems.append(_unreadable(path, error.strerror or str(error)))
            return
        self._open.callback(book.close)
        for sheet in book.sheets:
            meant = self._meant(sheet)
            if meant:
                kind, list_name = meant
                model = _model(kind, list_name)
                table = Table(path.name, model, list_name is not None, sheet)
                yield Part(kind, list_name, partial(book.read, table))
            elif folded(sheet) not in ASIDE and not book.is_empty(sheet):
                self.problems.append(self._unknown_sheet(path, sheet))

    def _meant(self, name: str, exactly: bool = False) -> tuple[str, str | None] | None:
        """The kind, and the list of it, that a name of a file or sheet stands for."""
        if exactly:
            return (name, None) if name in self.kinds else None
        return self._names.get(folded(name))

    def _expected(self) -> tuple[str, ...]:
        return tuple(f"{kind}.yaml" for kind in self.kinds)

    def _unknown(self, path: Path) -> Problem:
        ending = path.suffix.lower()
        near = nearest(path.stem, self.kinds)
        facts: dict[str, Fact] = {"expected": self._expected(), "ending": ending}
        # By stem, since the ending makes any two names alike.
        if ending in (".yml", *FORMS):
            ending = ".yaml" if ending == ".yml" else ending
            facts["expected"] = tuple(f"{kind}{ending}" for kind in self.kinds)
            facts["nearest"] = tuple(f"{kind}{ending}" for kind in near)
            return Problem("unknown-file", path.name, facts=facts)
        return Problem("unknown-form", path.name, facts=facts)

    def _unknown_sheet(self, path: Path, sheet: str) -> Problem:
        words = [
            word
            for kind in self.kinds
            for lang in LANGUAGES
            for word in KINDS[kind][lang]
        ]
        near = nearest(sheet, words)
        return Problem(
            "unknown-sheet",
            path.name,
            facts={"expected": self.kinds, "nearest": near},
            sheet=sheet,
        )


def record_files(folder: Path, endings: tuple[str, ...] = FORMS) -> list[Path]:
    """The files of a folder that may hold records, sorted by name."""
    # Names with a dot or ~$ before them are the leavings of editors, file managers and Excel.
    return [
        path
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in endings
        and not path.name.startswith((".", "~$"))
        and path.name != DECISIONS
    ]


def read_folder(
    folder: Path, kinds: Iterable[str]
) -> tuple[dict[str, list[RawRecord]], list[Problem]]:
    """Read the record files of a folder: {kind: records in the order of the files}, and problems.

    `kinds` are the names of record files without their endings; kinds without a record have no
    entry. Nothing is raised, and nothing outside the folder is read: see `RecordFolder`. Of a
    file with `MAX_PROBLEMS` problems the rest is not read.
    """
    records: dict[str, list[RawRecord]] = {}
    with RecordFolder(folder, kinds, MAX_PROBLEMS) as opened:
        problems = list(opened.problems)
        for kind in opened.kinds:
            for found in opened.read(kind):
                if isinstance(found, RawRecord):
                    records.setdefault(kind, []).append(found)
                else:
                    problems.append(found)
        if not records and not problems:
            problems.append(opened.nothing_in())
    return records, problems


def refused(path: Path, home: Path) -> Problem | None:
    """Why a file of a folder, resolved `home`, may not be opened, if it may not."""
    try:
        if not path.resolve().is_relative_to(home):
            return Problem("outside-folder", path.name)
        # A pipe or a device would block or never end.
        if not path.is_file():
            return _unreadable(path, "not a plain file")
    except OSError as error:
        return _unreadable(path, error.strerror or str(error))
    except RuntimeError:
        return _unreadable(path, "a link that leads to itself")
    return None


def _names_of(kinds: Iterable[str]) -> dict[str, tuple[str, str | None]]:
    """What the names of files and sheets stand for, folded."""
    names: dict[str, tuple[str, str | None]] = {}
    for kind in kinds:
        words = [kind, *(word for lang in LANGUAGES for word in KINDS[kind][lang])]
        for word in map(folded, words):
            names[word] = (kind, None)
            for field in fields_of(_MODELS[kind]):
                if field.many and field.parts:
                    for inner in words_for(_MODELS[kind], field.name):
                        names[word + inner] = (kind, field.name)
    return names


def _model(kind: str, list_name: str | None) -> type[BaseModel]:
    model = _MODELS[kind]
    if list_name is None:
        return model
    parts = next(f.parts for f in fields_of(model) if f.name == list_name)
    assert parts is not None
    return parts


def _reader(
    path: Path, ending: str, name: str, kind: str, list_name: str | None
) -> Callable[[], Reading]:
    if ending == ".yaml":
        return partial(read_yaml, path, name)
    model, child = _model(kind, list_name), list_name is not None
    match ending:
        case ".csv":
            return partial(read_csv, path, Table(name, model, child))
        case ".parquet":
            table = Table(name, model, child, nested=True, lettered=False)
            return partial(read_parquet, path, table)
        case ".json":
            return partial(read_json, path, Table(name, model, child))
        case _:
            return partial(read_json_lines, path, Table(name, model, child))


def _unreadable(path: Path, detail: str) -> Problem:
    return Problem("unreadable-file", path.name, facts={"detail": detail})
