"""The account: how each record of each file became statements, so that nothing goes missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .records import RECORD_KINDS


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One record file: how many records it holds, and how many statements they became.

    `silent` are the keys of records that became no statement of their own; none should.
    """

    file: str
    records: int
    statements: int
    silent: tuple[str, ...]


def account(
    records: Mapping[str, Mapping[str, object]], made: Mapping[tuple[str, str], int]
) -> tuple[AccountLine, ...]:
    """Hold the records of each file against the statements made of them.

    A statement that two records both make counts for the first. Files without records are left out.
    """
    lines: list[AccountLine] = []
    for model in RECORD_KINDS:
        keys: Iterable[str] = records.get(model.kind_name, {})
        counts = {key: made.get((model.kind_name, key), 0) for key in keys}
        if counts:
            lines.append(
                AccountLine(
                    file=model.file_name,
                    records=len(counts),
                    statements=sum(counts.values()),
                    silent=tuple(key for key, count in counts.items() if not count),
                )
            )
    return tuple(lines)
