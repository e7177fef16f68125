"""How much a query may take before it is stopped."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take; None is no limit. Whoever meets one gets an error and no part of the answer.

    `memory_bytes` counts what the query needs beside the open graph, `rows` rows or triples, `bytes` the answer
    as it is written. Nothing but the end of its process stops a query of the engine, so all but `rows`
    are held in a process of its own; see `GraphStore.query`.

    Raises: ValueError for a limit that is not above 0.

    >>> Limits(time_s=2.5).needs_process, Limits(rows=100).needs_process
    (True, False)
    """

    time_s: float | None = None
    memory_bytes: int | None = None
    rows: int | None = None
    bytes: int | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            most: float | None = getattr(self, field.name)
            if most is not None and not most > 0:
                raise ValueError(f"{field.name} must be above 0, not {most}")

    @property
    def needs_process(self) -> bool:
        """Whether they can only be held in a process of its own."""
        given = (self.time_s, self.memory_bytes, self.bytes)
        return any(most is not None for most in given)
