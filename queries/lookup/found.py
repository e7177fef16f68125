"""What a look-up has found so far: the best match of each thing, of the kinds that are asked for."""

import heapq
from collections.abc import Collection, Sequence

from simpul.ontology import Language

from .matches import Match, match_of, order
from .things import Thing
from .variants import Form


class Found:
    """The best match of each thing so far."""

    def __init__(
        self, things: Sequence[Thing], kinds: Collection[str] | None, language: Language
    ) -> None:
        self._things = things
        self._kinds = None if kinds is None else frozenset(kinds)
        self._language: Language = language
        self._best: dict[int, tuple[float, str, Form]] = {}

    def __bool__(self) -> bool:
        return bool(self._best)

    def fits(self, form: Form) -> bool:
        """Whether a form is of a thing of a kind that is asked for."""
        return self._kinds is None or self._things[form.thing].kind in self._kinds

    def add(self, form: Form, how: str, score: float) -> None:
        """Keep a match if it is better than another of its thing; of equals the first stays."""
        known = self._best.get(form.thing)
        if self.fits(form) and (known is None or score > known[0]):
            self._best[form.thing] = (score, how, form)

    @property
    def is_choosy(self) -> bool:
        """Whether only some kinds are asked for."""
        return self._kinds is not None

    @property
    def things(self) -> frozenset[int]:
        """The things that are found so far."""
        return frozenset(self._best)

    @property
    def top(self) -> float:
        """The best score so far."""
        return max((score for score, _, _ in self._best.values()), default=0.0)

    def best(self, limit: int) -> list[Match]:
        """The best matches, in order."""
        matches = [
            match_of(self._things[thing], form, how, score, self._language)
            for thing, (score, how, form) in self._best.items()
        ]
        return heapq.nsmallest(max(limit, 0), matches, key=order)
