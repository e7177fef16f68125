"""Many articles: understood one after the other or by several processes, in the order they came in.

Nothing is kept of an article once it is handed on, so memory stays flat however many there are.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context

from .cleaning import prepare
from .lexicon import Lexicon, national_lexicon
from .opening import UnreadableArticle, open_article
from .pipeline import Understanding, understand

Given = tuple[str, bytes]
"""The name of an article, and what its file holds."""

_AHEAD = 8
_shared: list[Lexicon] = []


def read_one(
    article: Given, lexicon: Lexicon, published: date | None = None
) -> Understanding | UnreadableArticle:
    """What one article says, or why it cannot be read."""
    name, content = article
    try:
        opened = open_article(content, name)
    except UnreadableArticle as error:
        return error
    document = prepare(opened.text, published or opened.published, name)
    return understand(document, lexicon)


def read_many(
    articles: Iterable[Given],
    lexicon: Lexicon | None = None,
    *,
    processes: int = 1,
    published: date | None = None,
) -> Iterator[tuple[str, Understanding | UnreadableArticle]]:
    """What each article says, in the order they are given.

    With more than one process only a few articles are read ahead of the one that is asked for.
    """
    known = lexicon or national_lexicon()
    if processes < 2:
        for article in articles:
            yield article[0], read_one(article, known, published)
        return
    context = get_context("spawn")
    with ProcessPoolExecutor(processes, context, _begin, (known,)) as pool:
        waiting: deque[tuple[str, Future[Understanding | UnreadableArticle]]] = deque()
        for article in articles:
            waiting.append((article[0], pool.submit(_read, article, published)))
            if len(waiting) > _AHEAD * processes:
                name, future = waiting.popleft()
                yield name, future.result()
        for name, future in waiting:
            yield name, future.result()


def _begin(lexicon: Lexicon) -> None:
    _shared[:] = [lexicon]


def _read(article: Given, published: date | None) -> Understanding | UnreadableArticle:
    return read_one(article, _shared[0], published)
