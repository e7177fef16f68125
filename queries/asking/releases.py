"""The release that a question describes by its day and by what it was about, where it gives no key."""

from collections import defaultdict

from ..graph import Graph
from .own_queries import solutions, value_of
from .reading import Reading
from .words import words_of

_SHORTEST = 4


def releases_described(graph: Graph, reading: Reading) -> list[str]:
    """The releases of the day that a question names which share most words with it; several if they tie.

    The day is that of the release, as its key has it, or that of a document which derives from it.
    """
    days = [
        moment.first.isoformat()[: 10 if moment.first == moment.last else 7]
        for moment in reading.moments
        if moment.first
    ]
    said = {word.plain for word in reading.words if len(word.plain) >= _SHORTEST}
    shared: dict[str, set[str]] = defaultdict(set)
    for row in solutions(graph, "releases", {}):
        root = value_of(row["root"])
        key = root.rpartition("/")[2]
        dated = value_of(row["issued"])
        if any(day in key or dated.startswith(day) for day in days):
            words = words_of(f"{key} {value_of(row['title'])}")
            shared[root] |= {word.plain for word in words} & said
    most = max(map(len, shared.values()), default=0)
    return sorted(root for root, words in shared.items() if len(words) == most)
