"""Many articles: read one after the other or by several processes, in the order they came in.

Nothing is kept of an article once it is handed on, so memory stays flat however many there are.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import islice
from multiprocessing import get_context

from .naming import Lexicon, NameModel, national_lexicon
from .output import Record, article_record
from .pipeline import Understanding, understand
from .reading import UnreadableArticle, document_of, open_article

Given = tuple[str, bytes]
"""The name of an article, and what its file holds."""

_BATCH = 8
_AHEAD = 3
_shared: list[tuple[Lexicon, NameModel | None]] = []


@dataclass(frozen=True, slots=True)
class ArticleRead:
    """What is kept of an article that was read: its record, its clean text, and its day of publication.

    It is far smaller than the understanding it comes from, which would cost a third of the reading
    to hand from one process to another.
    """

    record: Record
    text: str
    published: date | None


Outcome = tuple[str, ArticleRead | UnreadableArticle]
"""The name of an article, and what it says or why it cannot be read."""


def read_one(
    article: Given,
    lexicon: Lexicon,
    published: date | None = None,
    model: NameModel | None = None,
) -> Understanding | UnreadableArticle:
    """What one article says, or why it cannot be read."""
    name, content = article
    try:
        opened = open_article(content, name)
    except UnreadableArticle as error:
        return error
    return understand(document_of(opened, published, name), lexicon, model=model)


def read_many(
    articles: Iterable[Given],
    lexicon: Lexicon | None = None,
    *,
    processes: int = 1,
    published: date | None = None,
    model: NameModel | None = None,
) -> Iterator[Outcome]:
    """What each article says, in the order they are given; a `model` adds names to those of the rules.

    With more than one process only some dozens of articles are read ahead of the one that is asked for.
    """
    known = lexicon or national_lexicon()
    if processes < 2:
        for article in articles:
            yield _outcome(article, known, published, model)
        return
    context = get_context("spawn")
    with ProcessPoolExecutor(processes, context, _begin, (known, model)) as pool:
        waiting: deque[Future[list[Outcome]]] = deque()
        rest = iter(articles)
        while batch := list(islice(rest, _BATCH)):
            waiting.append(pool.submit(_read, batch, published))
            if len(waiting) > _AHEAD * processes:
                yield from waiting.popleft().result()
        for future in waiting:
            yield from future.result()


def _begin(lexicon: Lexicon, model: NameModel | None) -> None:
    _shared[:] = [(lexicon, model)]


def _read(articles: Iterable[Given], published: date | None) -> list[Outcome]:
    lexicon, model = _shared[0]
    return [_outcome(article, lexicon, published, model) for article in articles]


def _outcome(
    article: Given, lexicon: Lexicon, published: date | None, model: NameModel | None
) -> Outcome:
    name = article[0]
    understood = read_one(article, lexicon, published, model)
    if isinstance(understood, UnreadableArticle):
        return name, understood
    text, day = understood.document.text, understood.published
    return name, ArticleRead(article_record(name, understood), text, day)
