"""Codings: what one coder wrote of ties and institutions, and of which document.

A coding is a folder of record files, an ecosystem or only the files. Its decisions count, so a
party goes by the key of the record that others were merged into. `unit_of` of an institution is
read as the hierarchy tie that it becomes in the graph.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from simpul.ontology import (
    BASE,
    Basis,
    Explicitness,
    Modality,
    ParticipantRole,
    Sign,
    SimpulError,
    TieType,
)

from .ecosystem import SETTINGS, Ecosystem, find_ecosystem
from .keys import unit_tie_key
from .problems import FieldPath, Place, Problem
from .reading import Loaded, scoped_key
from .records import Evidence, EvidenceItem, Institution, Record, Tie
from .settling import settled_records

UNNAMED = "?"
"""Stands for every party that a record leaves unnamed."""


class BrokenCoding(SimpulError):
    """The records of a coding cannot be read as they stand."""

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        self.name = name
        self.problems = problems
        lines = "\n".join(problem.line_text("en") for problem in problems)
        super().__init__(f"{name}: the records cannot be read\n{lines}")


@dataclass(frozen=True, slots=True)
class CodedValue:
    """The value a coder gave, and where; several values of one thing are sorted."""

    values: tuple[str, ...]
    written: Place


@dataclass(frozen=True, slots=True)
class Sighting:
    """How a document bears on a tie or an institution, as the coder read it."""

    stance: CodedValue
    explicitness: CodedValue


@dataclass(frozen=True, slots=True)
class CodedThing:
    """What a coder wrote of one tie or institution.

    `fields` hold the coded values by field; a date that is not stated has no value. `roles` are
    those of each party of a tie, `?` for whoever is not named. `sightings` are by document; an
    institution is also read in the documents of the ties that it takes part in.
    """

    key: str
    written: Place
    fields: Mapping[str, CodedValue]
    roles: Mapping[str, CodedValue]
    sightings: Mapping[str, Sighting]
    documents: frozenset[str]


@dataclass(frozen=True, slots=True)
class Coding:
    """The work of one coder. `documents` are those that are listed or cited, `cited` the latter."""

    name: str
    documents: frozenset[str]
    cited: frozenset[str]
    ties: tuple[CodedThing, ...]
    institutions: tuple[CodedThing, ...]


def read_coding(where: str | Path, name: str | None = None) -> Coding:
    """Read a folder of records, or an ecosystem by name, as the work of one coder.

    A reference to a record that is not there is no fault here: the coders may share a code book
    that holds the parties.

    Raises: BrokenCoding with every record that cannot be read; UnknownEcosystem.
    """
    loaded = settled_records(_ecosystem(where))
    errors = tuple(p for p in loaded.problems if p.severity == "error")
    if errors:
        raise BrokenCoding(name or str(where), errors)
    return coding_of(name or Path(where).name, loaded)


def coding_of(name: str, loaded: Loaded) -> Coding:
    """Arrange records as the work of one coder; ties and institutions are sorted by key."""
    reader = _Reader(loaded)
    cited = frozenset(
        document for seen in reader.sightings.values() for document in seen
    )
    ties = [*map(reader.tie, loaded.records["tie"].values()), *reader.unit_ties()]
    read_in: defaultdict[str, set[str]] = defaultdict(set)
    for tie in ties:
        for party in tie.roles:
            read_in[party] |= tie.documents
    bodies = (
        reader.institution(record, read_in[record.id])
        for record in loaded.records["institution"].values()
    )
    return Coding(
        name,
        cited | frozenset(loaded.records["source"]),
        cited,
        tuple(sorted(ties, key=lambda tie: tie.key)),
        tuple(sorted(bodies, key=lambda body: body.key)),
    )


def _ecosystem(where: str | Path) -> Ecosystem:
    """The ecosystem at a place; a folder that has no settings gets nameless ones."""
    folder = Path(where)
    if not folder.is_dir() or (folder / SETTINGS).is_file():
        return find_ecosystem(where)
    title = {"id": folder.name, "en": folder.name}
    return Ecosystem(folder.name, folder, title, {}, {}, BASE, "", "en", None)


_Seen = tuple[str, str, Record, FieldPath]
"""Stance, explicitness, and the record and field where the evidence is written."""


class _Reader:
    """Reads typed records with the places they were written at.

    `sightings` are {reference: {document: [...]}} of everything that evidence bears on.
    """

    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded
        found: dict[str, dict[str, list[_Seen]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for record in loaded.all():
            for reference, document, seen in _evidence_of(record):
                found[reference][document].append(seen)
        self.sightings = found

    def tie(self, record: Record) -> CodedThing:
        """A tie as it was coded."""
        assert isinstance(record, Tie)
        roles: defaultdict[str, set[str]] = defaultdict(set)
        place: dict[str, Place] = {}
        for number, item in enumerate(record.participants):
            party = item.party or UNNAMED
            roles[party].add(str(item.role))
            place.setdefault(party, self.written(record, ("participants", number)))
        names = ("type", "modality", "sign", "start", "end", "occurred")
        seen = self._seen(f"tie/{record.id}")
        return CodedThing(
            record.id,
            self.written(record),
            {name: self._field(record, name) for name in names},
            {p: CodedValue(tuple(sorted(roles[p])), place[p]) for p in sorted(roles)},
            seen,
            frozenset(seen),
        )

    def unit_ties(self) -> Iterator[CodedThing]:
        """The hierarchy ties that institutions state by `unit_of`."""
        for record in self.loaded.records["institution"].values():
            assert isinstance(record, Institution)
            if record.unit_of:
                written = self.written(record, ("unit_of",))
                fields = (TieType.HIERARCHY, Modality.REALISED, Sign.NEUTRAL)
                stated = dict(zip(("type", "modality", "sign"), fields, strict=True))
                roles = {
                    record.unit_of: ParticipantRole.SUPERIOR,
                    record.id: ParticipantRole.SUBORDINATE,
                }
                seen = self._seen(f"tie/{unit_tie_key(record)}")
                yield CodedThing(
                    unit_tie_key(record),
                    written,
                    {name: CodedValue((str(v),), written) for name, v in stated.items()}
                    | dict.fromkeys(
                        ("start", "end", "occurred"), CodedValue((), written)
                    ),
                    {p: CodedValue((str(roles[p]),), written) for p in sorted(roles)},
                    seen,
                    frozenset(seen),
                )

    def institution(self, record: Record, read_in: Iterable[str]) -> CodedThing:
        """An institution as it was coded; `read_in` are documents that do not cite its record."""
        fields = {name: self._field(record, name) for name in ("sector", "kind")}
        seen = self._seen(f"institution/{record.id}")
        documents = frozenset(seen).union(read_in)
        return CodedThing(record.id, self.written(record), fields, {}, seen, documents)

    def written(self, record: Record, path: FieldPath = ()) -> Place:
        """Where a field is written; for one that is not, where the record is."""
        raw = self.loaded.raw.get((record.kind_name, scoped_key(record)))
        # A record that was made of others has no place of its own.
        return raw.place(path) if raw else Place(record.file_name)

    def _field(self, record: Record, name: str) -> CodedValue:
        value = getattr(record, name)
        values = () if value is None else (str(value),)
        return CodedValue(values, self.written(record, (name,)))

    def _seen(self, reference: str) -> dict[str, Sighting]:
        sightings = self.sightings.get(reference, {})
        found: dict[str, Sighting] = {}
        for document in sorted(sightings):
            seen = sightings[document]
            _, _, record, path = seen[0]
            found[document] = Sighting(
                CodedValue(
                    tuple(sorted({stance for stance, *_ in seen})),
                    self.written(record, (*path, "stance")),
                ),
                CodedValue(
                    tuple(sorted({how for _, how, *_ in seen})),
                    self.written(record, (*path, "explicitness")),
                ),
            )
        return found


def _evidence_of(record: Record) -> Iterator[tuple[str, str, _Seen]]:
    """What the evidence in a record bears on, from which document, and how.

    How explicit it is, where that is not said, is as the graph has it.
    """
    if isinstance(record, Evidence):
        for stance, references in (
            ("supports", record.supports),
            ("contradicts", record.disputes),
            ("mentions", record.mentions),
        ):
            for reference in references:
                how = str(record.explicitness)
                yield reference, record.source, (stance, how, record, ())
        return
    items: Iterable[EvidenceItem] = getattr(record, "evidence", ())
    for number, item in enumerate(items):
        how = str(item.explicitness or _unsaid(record, item))
        seen: _Seen = (item.stance, how, record, ("evidence", number))
        yield f"{record.kind_name}/{record.id}", item.source, seen
        if isinstance(record, Institution) and record.unit_of:
            fields: tuple[str, ...] = getattr(item, "bears_on", ())
            if not fields or "unit_of" in fields:
                yield f"tie/{unit_tie_key(record)}", item.source, seen


def _unsaid(record: Record, item: EvidenceItem) -> Explicitness:
    if isinstance(record, Institution) and not getattr(item, "bears_on", ()):
        return Explicitness.WHOLE_RECORD
    inferred = isinstance(record, Tie) and record.basis is Basis.INFERRED
    return Explicitness.IMPLIED if inferred else Explicitness.STATED
