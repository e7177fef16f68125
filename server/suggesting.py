"""What is suggested while a name is typed: what begins so, then what was likely meant by a slip."""

from collections.abc import Collection
from typing import Final

from simpul.ontology import Language
from simpul.queries.lookup import KINDS, Match, NameIndex

FEW: Final = 10
"""Where fewer names than this begin with what was typed, those that it resembles follow."""
_AT_LEAST = 50.0
_TITLED = frozenset(("source", "release"))
# A title that repeats a slip begins with it; who typed it meant the body.


def suggested(
    index: NameIndex,
    prefix: str,
    *,
    kinds: Collection[str] | None = None,
    limit: int = FEW,
    language: Language = "id",
) -> list[Match]:
    """The things whose names begin with what was typed; where they are few, those it resembles too.

    Then sources come after all else, and codes after things. A larger limit only goes further.
    """
    begun = index.suggest(prefix, kinds=kinds, limit=max(limit, FEW), language=language)
    if len(begun) >= FEW:
        return begun[:limit]
    known = {match.iri for match in begun}
    alike = [
        match
        for match in index.find(prefix, kinds=kinds, limit=FEW, language=language)
        if match.iri not in known and match.score >= _AT_LEAST
    ]
    alike.sort(key=lambda match: match.kind not in KINDS)
    return sorted((*begun, *alike), key=lambda match: match.kind in _TITLED)[:limit]
