"""A check of any number of records in one pass, with bounded memory.

Every record is validated with its model, and the rules that look at one record alone are asked of
it; keys, references, and evidence that stands elsewhere are settled through a `Ledger` on disk. Not
asked are the rules that compare many records (circles, sums of parts, titles of posts) and the
shapes: these need the whole graph, which only a build makes.

Problems are told up to a number for each file, and counted beyond it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from simpul.ontology import LANGUAGES

from .check import Checker, claims_of
from .decisions import read_decisions
from .ecosystem import Ecosystem
from .fields import PARTY, reading_context
from .keys import Keys
from .ledger import Ledger, Waiting
from .packets import packet_folders
from .problems import Fact, Problem, nearest, written_path
from .readers import RawRecord, RecordFolder, record_files
from .reading import MODELS, Loaded, read_record, scoped_key
from .records import Evidence, Record
from .referring import references

LARGE = 10_000_000
"""From so many bytes of records on, `simpul check` runs in one pass; the footwear records have 0.5 MB."""
PACKED = (".xlsx", ".parquet")
"""Forms that are compressed, and so count ten times their size."""
MAX_TOLD = 100
"""So many problems of one file are told; the others are counted."""
CHUNK = 5_000

_IMPLIED = ("tie", "post", "tenure", "breakdown", "occupancy", "name", "change")

Progress = Callable[[str, int], None]
"""Told after every some thousand records: the record file, and how many of it were read."""


def is_large(folder: Path) -> bool:
    """Whether a folder holds so much that it is checked in one pass: see `LARGE`."""
    sizes = (
        file.stat().st_size * (10 if file.suffix.lower() in PACKED else 1)
        for file in record_files(folder)
        if file.is_file()
    )
    return sum(sizes) > LARGE


@dataclass(frozen=True, slots=True)
class StreamReport:
    """What a check in one pass found.

    `read` and `sound` count records by kind: all of them, and those without a problem of their own.
    `problems` are those that are told, `untold` how many more there are, by file. `packets` is how
    many packets were left to the full check.
    """

    ecosystem: Ecosystem
    problems: tuple[Problem, ...]
    untold: Mapping[str, int]
    read: Mapping[str, int]
    sound: Mapping[str, int]
    packets: int

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems told that keep a graph from being published."""
        return tuple(p for p in self.problems if p.severity == "error")


def check_stream(
    ecosystem: Ecosystem, progress: Progress = lambda _kind, _count: None
) -> StreamReport:
    """Find what is wrong with the record files of an ecosystem, however large, and write nothing.

    Memory does not grow with the number of records, time does. A packet that was added is not
    looked into, save that what it brings may be referred to.
    """
    with closing(Ledger()) as ledger:
        packets, outside = packet_folders(ecosystem.folder)
        check = _Check(ecosystem, ledger, len(packets))
        with RecordFolder(ecosystem.folder, MODELS) as folder:
            check.tell(folder.problems)
            check.tell(read_decisions(ecosystem.folder)[1])
            for name, model in MODELS.items():
                check.kind(name, model, folder.read(name), progress)
            if not any(check.read.values()) and not check.told:
                check.tell([folder.nothing_in()])
        check.tell(outside)
        for packet in packets.values():
            check.enter_packet(packet)
        check.between()
    return StreamReport(
        ecosystem,
        tuple(sorted(check.told, key=lambda problem: problem.order)),
        dict(check.untold),
        dict(check.read),
        dict(check.sound),
        len(packets),
    )


@dataclass(slots=True)
class _Check:
    ecosystem: Ecosystem
    ledger: Ledger
    packets: int
    told: list[Problem] = field(default_factory=list[Problem])
    untold: Counter[str] = field(default_factory=Counter[str])
    read: Counter[str] = field(default_factory=Counter[str])
    sound: Counter[str] = field(default_factory=Counter[str])
    _by_file: Counter[str] = field(default_factory=Counter[str])

    def tell(self, problems: Iterable[Problem]) -> None:
        """Keep problems to be told, or count them where enough of their file are told."""
        for problem in problems:
            if self._by_file[problem.file] < MAX_TOLD:
                self._by_file[problem.file] += 1
                self.told.append(problem)
            else:
                self.untold[problem.file] += 1

    def kind(
        self,
        name: str,
        model: type[Record],
        reading: Iterator[RawRecord | Problem],
        progress: Progress,
    ) -> None:
        """Check the records of one kind."""
        while batch := list(islice(reading, CHUNK)):
            self._batch(model, batch)
            progress(name, self.read[model.kind_name])

    def _batch(self, model: type[Record], batch: list[RawRecord | Problem]) -> None:
        context = reading_context(self.ecosystem.notation)
        kind = model.kind_name
        records: dict[str, Record] = {}
        raws: dict[tuple[str, str], RawRecord] = {}
        for raw in batch:
            if isinstance(raw, Problem):
                self.tell([raw])
                continue
            self.read[kind] += 1
            offer = self._by_file[raw.file] < MAX_TOLD
            record, problems = read_record(raw, model, context, offer)
            self.tell(problems)
            if record is None:
                continue
            key = scoped_key(record)
            place = raw.place(("id",))
            before = self.ledger.enter(kind, key, place)
            if before is not None:
                other: Fact = {lang: before.text(lang) for lang in LANGUAGES}
                self.tell([raw.problem("duplicate-key", ("id",), {"other": other})])
                continue
            records[key] = record
            raws[kind, key] = raw
        self.sound[kind] += len(records)
        loaded = Loaded({kind: records}, raws)
        checker = Checker(loaded, self._enter_implied(loaded))
        for rule in (checker.participants, checker.date_order, checker.personal_data):
            self.tell(rule())
        for key, record in records.items():
            self._refer(record, raws[kind, key])

    def _enter_implied(self, loaded: Loaded) -> Keys:
        """Note the things that records imply."""
        keys = Keys(self.ecosystem.base, loaded.records)
        for kind in _IMPLIED:
            if kind not in loaded.records:
                self.ledger.enter_implied(kind, keys.known(kind))
        for record in loaded.all():
            if isinstance(record, Evidence):
                self.ledger.support(record.supports)
        return keys

    def _refer(self, record: Record, raw: RawRecord) -> None:
        """Note what a record points at, and which of its claims something else must support."""
        for path, target, refers in references(record):
            if not self.ledger.knows(refers.kinds, target):
                at = raw.place(path)
                field = written_path(path)
                self.ledger.wait(Waiting(refers.kinds, target, at, record.id, field))
        if (
            self.packets
        ):  # any of them may support it, in a record that is put together with this
            return
        for path, claim, items in claims_of(record):
            if not any(item.stance == "supports" for item in items):
                at = raw.place(path)
                self.ledger.wait(Waiting((), claim, at, record.id, written_path(path)))

    def enter_packet(self, packet: Path) -> None:
        """Note what a packet brings, so that it can be referred to."""
        context = reading_context(self.ecosystem.notation)
        with RecordFolder(packet, MODELS) as folder:
            for name, model in MODELS.items():
                records: dict[str, Record] = {}
                for raw in folder.read(name):
                    if isinstance(raw, RawRecord):
                        record = read_record(raw, model, context, offer=False)[0]
                        if record is not None:
                            records[scoped_key(record)] = record
                self.ledger.enter_implied(model.kind_name, records)
                self._enter_implied(Loaded({model.kind_name: records}, {}))

    def between(self) -> None:
        """Tell what is wrong between records, now that all of them came by."""
        for waiting in self.ledger.unmet():
            self.tell([self._unmet(waiting)])
        for key, kinds in self.ledger.shared((*PARTY, "place")):
            first = self.ledger.place_of(kinds[0], key)
            for kind in kinds[1:]:
                place = self.ledger.place_of(kind, key)
                assert place is not None
                assert first is not None
                facts: dict[str, Fact] = {"kind": kinds[0], "other": first.file}
                code = "duplicate-key-across-kinds"
                self.tell([Problem.at(place, code, key, "id", facts)])

    def _unmet(self, waiting: Waiting) -> Problem:
        facts: dict[str, Fact] = {}
        code = "missing-evidence"
        if waiting.kinds:
            code = "unknown-reference"
            facts = {"value": waiting.target, "kind": " / ".join(waiting.kinds)}
            if self._by_file[waiting.place.file] < MAX_TOLD:
                near = self.ledger.near(waiting.kinds, waiting.target)
                facts["nearest"] = nearest(waiting.target, near)
        return Problem.at(waiting.place, code, waiting.key, waiting.field, facts)
