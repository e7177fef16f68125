"""What must hold among records before a graph is built of them: all problems, in one go."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from simpul.ontology import Comparator, Coverage, code_lists

from .edtf import parse as parse_edtf
from .keys import (
    Keys,
    breakdown_key,
    name_key,
    occupancy_key,
    post_key,
    tenure_key,
    unit_tie_key,
)
from .personal import personal_problems
from .problems import Fact, Problem, nearest
from .reading import Loaded, Path
from .records import (
    Claim,
    Discrepancy,
    Event,
    Evidence,
    EvidenceItem,
    Institution,
    Observation,
    Participant,
    Person,
    Place,
    Record,
    Source,
    Tie,
)
from .referring import references

FAR_ENOUGH = Decimal("0.05")
"""How far from `about` a sum may lie and still fit, as a share of the total."""


def check_records(loaded: Loaded, keys: Keys) -> list[Problem]:
    """Every problem of the records, their own and those between them, in the order of the files."""
    found = [*loaded.problems, *Checker(loaded, keys).all()]
    return sorted(found, key=lambda problem: problem.order)


@dataclass(frozen=True, slots=True)
class Checker:
    """The records of an ecosystem, and where each was written."""

    loaded: Loaded
    keys: Keys

    def problem(
        self, code: str, record: Record, where: Path = (), **facts: Fact
    ) -> Problem:
        """A problem of one field of one record, with file and line."""
        return self.loaded.problem(code, record, where, **facts)

    def all(self) -> Iterator[Problem]:
        """Every problem there is, rule by rule."""
        rules = (
            self.references,
            self.party_keys,
            self.evidence,
            self.participants,
            self.post_titles,
            self.cycles,
            self.date_order,
            self.part_sums,
            self.personal_data,
        )
        for rule in rules:
            yield from rule()

    def references(self) -> Iterator[Problem]:
        """Every key that points at a record points at one that exists."""
        for record in self.loaded.all():
            for path, key, refers in references(record):
                if not self.keys.has(refers.kinds, key) and not self._refused(
                    refers.kinds, key
                ):
                    yield self.problem(
                        "unknown-reference",
                        record,
                        path,
                        value=key,
                        kind=" / ".join(refers.kinds),
                        nearest=nearest(key, self.keys.near(refers.kinds, key)),
                    )

    def _refused(self, kinds: tuple[str, ...], key: str) -> bool:
        """Whether a key is that of a record which was refused: that has been told, once."""
        kind, _, rest = key.partition("/")
        named = [(kind, rest)] if rest else [(kind, key) for kind in kinds]
        return not self.loaded.refused.isdisjoint(named)

    def party_keys(self) -> Iterator[Problem]:
        """Institutions, groups, unnamed parties, people and places never share a key."""
        owners: defaultdict[str, list[Record]] = defaultdict(list)
        for kind in ("institution", "group", "unnamed", "person", "place"):
            for record in self.loaded.records.get(kind, {}).values():
                owners[record.id].append(record)
        for first, *others in owners.values():
            for record in others:
                yield self.problem(
                    "duplicate-key-across-kinds",
                    record,
                    ("id",),
                    kind=first.kind_name,
                    other=self.loaded.raw[first.kind_name, first.id].file,
                )

    def evidence(self) -> Iterator[Problem]:
        """Whatever asserts something has a source that supports it."""
        supported = {
            reference for item in self.keys.of(Evidence) for reference in item.supports
        }
        for record in self.loaded.all():
            for path, reference, items in claims_of(record):
                if reference not in supported and not any(
                    item.stance == "supports" for item in items
                ):
                    yield self.problem("missing-evidence", record, path)

    def participants(self) -> Iterator[Problem]:
        """A tie joins two parties or more, in roles that its type knows and needs."""
        for event in self.keys.of(Event):
            yield from self._twice(event, event.participants)
        for tie in self.keys.of(Tie):
            yield from self._twice(tie, tie.participants)
            parties = {item.party or item.role for item in tie.participants}
            if len(parties) < 2:
                yield self.problem(
                    "too-few-participants",
                    tie,
                    ("participants",),
                    count=len(parties),
                    least=2,
                )
            rules = code_lists().tie_type(tie.type)
            for position, item in enumerate(tie.participants):
                if item.role not in rules.allowed_roles:
                    yield self.problem(
                        "role-not-allowed",
                        tie,
                        ("participants", position, "role"),
                        role=str(item.role),
                        type=str(tie.type),
                        allowed=tuple(sorted(map(str, rules.allowed_roles))),
                    )
            filled = {item.role for item in tie.participants}
            for role in sorted(rules.required_roles - filled):
                yield self.problem(
                    "role-required",
                    tie,
                    ("participants",),
                    role=str(role),
                    type=str(tie.type),
                )

    def _twice(
        self, record: Record, participants: Iterable[Participant]
    ) -> Iterator[Problem]:
        seen: set[str] = set()
        for position, item in enumerate(participants):
            mark = item.id or f"{item.role}-{item.party or 'unnamed'}"
            if mark in seen:
                yield self.problem(
                    "duplicate-key", record, ("participants", position), other=mark
                )
            seen.add(mark)

    def post_titles(self) -> Iterator[Problem]:
        """One post has one title in each language, whoever holds it."""
        titles: dict[str, tuple[str, str]] = {}
        for person, held in self.keys.posts_held():
            title = (held.title.id, held.title.en)
            known = titles.setdefault(post_key(held), title)
            if known != title:
                yield self.problem(
                    "bad-value",
                    person,
                    ("posts", person.posts.index(held), "title"),
                    value=" / ".join(title),
                    expected=" / ".join(known),
                )

    def cycles(self) -> Iterator[Problem]:
        """No place lies in itself, no body is under itself, no document copies itself."""
        up: dict[str, dict[str, str]] = {
            "place": {p.id: p.within for p in self.keys.of(Place) if p.within},
            "institution": {
                i.id: i.unit_of for i in self.keys.of(Institution) if i.unit_of
            },
            "source": {
                s.id: s.derived_from for s in self.keys.of(Source) if s.derived_from
            },
        }
        named = {
            "place": ("place-cycle", "within"),
            "institution": ("hierarchy-cycle", "unit_of"),
            "source": ("hierarchy-cycle", "derived_from"),
        }
        for kind, above in up.items():
            code, field = named[kind]
            for cycle in _cycles(above):
                record = self.loaded.records[kind][cycle[0]]
                yield self.problem(
                    code, record, (field,), path=" > ".join([*cycle, cycle[0]])
                )

    def date_order(self) -> Iterator[Problem]:
        """Nothing ends before it starts, as far as the dates can tell."""
        for tie in self.keys.of(Tie):
            yield from self._order(tie, (), tie.start, tie.end)
        for person, held in self.keys.posts_held():
            path = ("posts", person.posts.index(held))
            yield from self._order(person, path, held.from_, held.until)
        for body in self.keys.of(Institution):
            yield from self._order(body, (), body.founded, body.dissolved)
            for position, at in enumerate(body.location_history):
                path = ("location_history", position)
                yield from self._order(body, path, at.from_, at.until)
            for position, former in enumerate(body.former_names):
                path = ("former_names", position)
                yield from self._order(body, path, former.from_, former.until)

    def _order(
        self,
        record: Record,
        path: Path,
        start: str | None,
        end: str | None,
    ) -> Iterator[Problem]:
        if start is None or end is None:
            return
        earliest, latest = parse_edtf(start).earliest, parse_edtf(end).latest
        if earliest and latest and latest < earliest:
            yield self.problem("end-before-start", record, path, start=start, end=end)

    def part_sums(self) -> Iterator[Problem]:
        """Parts add up to their total, or the record says that they do not."""
        parts: defaultdict[str, list[Observation]] = defaultdict(list)
        for item in self.keys.of(Observation):
            if item.part_of:
                parts[item.part_of].append(item)
        excused = {
            reference
            for record in self.keys.of(Discrepancy)
            for reference in record.claims
        }
        for total in self.keys.of(Observation):
            if total.breakdown is None:
                if total.id in parts:
                    yield self.problem("missing-field", total, ("breakdown",))
                continue
            for part in parts[total.id]:
                if part.unit is not total.unit:
                    yield self.problem(
                        "unit-mismatch",
                        part,
                        ("unit",),
                        unit=str(part.unit),
                        other=str(total.unit),
                    )
            summed = sum((Decimal(part.value) for part in parts[total.id]), Decimal())
            told = {f"observation/{total.id}", f"breakdown/{breakdown_key(total)}"}
            if not sum_fits(summed, total) and not told & excused:
                yield self.problem(
                    "part-sum",
                    total,
                    ("breakdown",),
                    sum=format(summed, "f"),
                    total=f"{total.comparator} {total.value}",
                )

    def personal_data(self) -> Iterator[Problem]:
        """No text holds data of a person beyond their public role."""
        return personal_problems(self.loaded)


def sum_fits(summed: Decimal, total: Observation) -> bool:
    """Whether the sum of parts is one that the total and its comparator allow.

    Parts that are not said to be all there are may fall short of the total, never exceed it.
    """
    assert total.breakdown is not None
    stated = Decimal(total.value)
    if total.breakdown.coverage is not Coverage.EXHAUSTIVE:
        upper = {Comparator.EXACT, Comparator.AT_MOST, Comparator.LESS_THAN}
        return summed <= stated or total.comparator not in upper
    return {
        Comparator.EXACT: summed == stated,
        Comparator.MORE_THAN: summed > stated,
        Comparator.AT_LEAST: summed >= stated,
        Comparator.LESS_THAN: summed < stated,
        Comparator.AT_MOST: summed <= stated,
        Comparator.ABOUT: abs(summed - stated) <= FAR_ENOUGH * stated,
    }[total.comparator]


def claims_of(record: Record) -> Iterator[tuple[Path, str, Iterable[EvidenceItem]]]:
    """The claims a record makes that must be supported: field path, reference, own evidence."""
    if isinstance(record, Claim):
        yield ("evidence",), f"{record.kind_name}/{record.id}", record.evidence
    if isinstance(record, Person):
        for position, held in enumerate(record.posts):
            reference = f"tenure/{tenure_key(record, held)}"
            yield ("posts", position, "evidence"), reference, held.evidence
    if isinstance(record, Institution):
        yield from _claims_of_institution(record)


def _claims_of_institution(
    body: Institution,
) -> Iterator[tuple[Path, str, Iterable[EvidenceItem]]]:
    made = {
        "name": f"name/{name_key(body.id, body.name.id)}" if body.name_since else None,
        "unit_of": f"tie/{unit_tie_key(body)}" if body.unit_of else None,
        "located_in": (
            f"occupancy/{occupancy_key(body, body.located_in)}"
            if body.located_in
            and body.located_in not in {at.place for at in body.location_history}
            else None
        ),
        "founded": f"change/{body.id}.foundation" if body.founded else None,
        "dissolved": f"change/{body.id}.dissolution" if body.dissolved else None,
    }
    for field, reference in made.items():
        if reference:
            items = [e for e in body.evidence if not e.bears_on or field in e.bears_on]
            yield (field,), reference, items
    for position, at in enumerate(body.location_history):
        if not at.source:
            reference = f"occupancy/{occupancy_key(body, at.place)}"
            yield ("location_history", position), reference, at.evidence
    for position, former in enumerate(body.former_names):
        if not former.source:
            reference = f"name/{former.id or name_key(body.id, former.name)}"
            yield ("former_names", position), reference, former.evidence


def _cycles(above: Mapping[str, str]) -> Iterator[list[str]]:
    """Every cycle of a forest that ought to have none, from its least key."""
    done: set[str] = set()
    for start in sorted(above):
        trail: list[str] = []
        here: str | None = start
        while here is not None and here not in done and here not in trail:
            trail.append(here)
            here = above.get(here)
        if here is not None and here in trail:
            cycle = trail[trail.index(here) :]
            least = cycle.index(min(cycle))
            yield cycle[least:] + cycle[:least]
        done.update(trail)
