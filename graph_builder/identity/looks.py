"""Names that are not what they look like: two of other letters, and what cannot be seen at all."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from ..problems import Problem
from ..reading import Loaded
from ..records import Bilingual, Record
from .alike import look_alike
from .profiles import KINDS, names_of
from .spelling import skeleton

_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows. Source: Unicode Standard Annex 9."""


def hidden_characters(loaded: Loaded) -> Iterator[Problem]:
    """Yield each record of which a name holds characters that nobody sees.

    Marks that turn a line around are an error, since a page would show the name as another one;
    zero widths and soft hyphens are a warning.
    """
    for kind in KINDS:
        for record in loaded.records.get(kind, {}).values():
            names = [name.written for name in names_of(record)]
            written = "".join([*names, *_english(record)])
            unseen = [c for c in written if unicodedata.category(c) == "Cf"]
            if unseen:
                facts = {"character": f"U+{ord(unseen[0]):04X}"}
                problem = loaded.problem("hidden-character", record, ("name",), **facts)
                turns = _TURNS.search(written)
                yield problem if turns else replace(problem, severity="warning")


def _english(record: Record) -> list[str]:
    name = getattr(record, "name", None)
    return [name.en] if isinstance(name, Bilingual) else []


def look_alikes(loaded: Loaded) -> Iterator[Problem]:
    """Yield a warning for each name that looks like one of another record and has other letters.

    Pairs that were decided to be two things are left out. Time grows with the number of names.
    """
    for kind in KINDS:
        under: defaultdict[str, list[tuple[Record, str]]] = defaultdict(list)
        for record in loaded.records.get(kind, {}).values():
            for written in dict.fromkeys(name.written for name in names_of(record)):
                under[skeleton(written)].append((record, written))
        for group in under.values():
            yield from _in_group(loaded, kind, group)


def _in_group(
    loaded: Loaded, kind: str, group: list[tuple[Record, str]]
) -> Iterator[Problem]:
    told: set[str] = set()
    for at, (record, written) in enumerate(group):
        for other, name in group[:at]:
            first, second = sorted((record.id, other.id))
            decided = (kind, first, second) in loaded.distinct
            if record.id != other.id and not decided and look_alike(written, name):
                if record.id not in told:
                    told.add(record.id)
                    facts = {"value": written, "other": other.id}
                    problem = loaded.problem(
                        "look-alike-names", record, ("name",), **facts
                    )
                    yield replace(problem, severity="warning")
                break
