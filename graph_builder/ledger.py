"""A ledger of keys and references, on disk once it is large: what one record must know of all others.

It is a private SQLite database, kept in memory while it is small and in a temporary file that
vanishes with it once it is not, so that a check of any number of records needs little memory.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .problems import Place

CACHED = 100_000
NEAR = 2_000
"""So many keys at most are looked at for one that resembles an unknown one."""
_CACHE_KIB = 32 * 1024
_SUPPORT = ("support",)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A reference to something that has not come by: to which kinds, and where it stands.

    No `kinds` means a claim that nothing has supported yet.
    """

    kinds: tuple[str, ...]
    target: str
    place: Place
    key: str
    field: str


class Ledger:
    """The keys that came by, and the references that wait for theirs; `close` gives it up."""

    def __init__(self) -> None:
        # Without a name it is a database that nobody else can see.
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.executescript(
            f"""
            PRAGMA journal_mode = OFF;
            PRAGMA synchronous = OFF;
            PRAGMA cache_size = -{_CACHE_KIB};
            BEGIN;
            CREATE TABLE known (
                kind TEXT, key TEXT, file TEXT, line INT, sheet TEXT, heading TEXT,
                PRIMARY KEY (kind, key)
            ) WITHOUT ROWID;
            CREATE TABLE waiting (
                kinds TEXT, target TEXT, owner TEXT, field TEXT,
                file TEXT, line INT, sheet TEXT, heading TEXT
            );
            """
        )
        self._met: set[tuple[tuple[str, ...], str]] = set()

    def close(self) -> None:
        """Drop everything."""
        self._base.close()

    def enter(self, kind: str, key: str, place: Place) -> Place | None:
        """Note the key of a record, or say where the same was noted before."""
        added = self._base.execute(
            "INSERT OR IGNORE INTO known VALUES (?, ?, ?, ?, ?, ?)",
            (kind, key, *_columns(place)),
        )
        return None if added.rowcount else self.place_of(kind, key)

    def enter_implied(self, kind: str, keys: Iterable[str]) -> None:
        """Note keys of things that records imply, such as posts and names."""
        self._base.executemany(
            "INSERT OR IGNORE INTO known (kind, key) VALUES (?, ?)",
            ((kind, key) for key in keys),
        )

    def place_of(self, kind: str, key: str) -> Place | None:
        """Where a key was noted; None for one that is only implied."""
        row = self._base.execute(
            "SELECT file, line, sheet, heading FROM known WHERE kind = ? AND key = ?",
            (kind, key),
        ).fetchone()
        return Place(*row) if row and row[0] is not None else None

    def knows(self, kinds: tuple[str, ...], target: str) -> bool:
        """Whether something of these kinds with this key came by."""
        if (kinds, target) in self._met:
            return True
        if not self._has(kinds, target):
            return False
        if len(self._met) >= CACHED:
            self._met.clear()
        self._met.add((kinds, target))
        return True

    def wait(self, reference: Waiting) -> None:
        """Note a reference to something that may still come."""
        kinds = " ".join(reference.kinds or _SUPPORT)
        target = reference.target if reference.kinds else _escaped(reference.target)
        self._base.execute(
            "INSERT INTO waiting VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (kinds, target, reference.key, reference.field, *_columns(reference.place)),
        )

    def support(self, claims: Iterable[str]) -> None:
        """Note that something supports these claims, written `kind/key`."""
        self.enter_implied(_SUPPORT[0], map(_escaped, claims))

    def unmet(self) -> Iterator[Waiting]:
        """The references to what never came, in the order in which they were noted."""
        rows = self._base.execute("SELECT * FROM waiting ORDER BY rowid")
        for kinds, target, owner, field, *place in rows:
            of = tuple(kinds.split(" "))
            if not self._has(of, target):
                wanted = () if of == _SUPPORT else of
                yield Waiting(wanted, target, Place(*place), owner, field)

    def shared(self, kinds: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
        """Keys that records of several kinds have: (key, its kinds in the order given)."""
        marks = ", ".join("?" for _ in kinds)
        rows = self._base.execute(
            f"SELECT key, group_concat(kind, ' ') FROM known WHERE kind IN ({marks})"
            " AND file IS NOT NULL GROUP BY key HAVING count(*) > 1 ORDER BY key",
            kinds,
        )
        for key, found in rows:
            yield key, sorted(found.split(" "), key=kinds.index)

    def near(self, kinds: tuple[str, ...], target: str) -> list[str]:
        """Keys that begin like an unknown one, as they would be written."""
        prefix, slash, rest = target.rpartition("/")
        found: list[str] = []
        for kind in kinds:
            start = rest[:2]
            rows = self._base.execute(
                "SELECT key FROM known WHERE kind = ? AND key >= ? AND key < ?"
                " ORDER BY key LIMIT ?",
                (kind, start, start + "\uffff", NEAR),
            )
            found += [f"{kind}{slash}{key}" if slash else key for (key,) in rows]
        return [key for key in found if not slash or key.startswith(prefix)] or found

    def _has(self, kinds: tuple[str, ...], target: str) -> bool:
        kind, slash, rest = target.partition("/")
        if slash:
            return kind in kinds and self._knows(kind, rest)
        return any(self._knows(kind, target) for kind in kinds)

    def _knows(self, kind: str, key: str) -> bool:
        row = self._base.execute(
            "SELECT 1 FROM known WHERE kind = ? AND key = ?", (kind, key)
        ).fetchone()
        return row is not None


def _columns(place: Place) -> tuple[str, int | None, str | None, str | None]:
    return (place.file, place.line, place.sheet, place.column)


def _escaped(claim: str) -> str:
    # A reference with a slash names its kind itself; this is the key of a kind of its own.
    return claim.replace("/", " ")
