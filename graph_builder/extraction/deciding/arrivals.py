"""Arrivals: articles as they come, in families of one release, each led to the desk where it is reviewed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ...ecosystem import Ecosystem
from ...evidence.articles import normalised, read_articles
from ...evidence.reuse import Span, Verdict, compare_texts, releases
from ...reading import Loaded
from ...records import Source
from ..naming import ecosystem_lexicon, national_lexicon
from ..reading import Opened, UnreadableArticle, names_of_page, open_article
from .deciding import source_key
from .desk import Desk
from .making import About
from .suggestions import Suggestions, suggestions_of


@dataclass(frozen=True, slots=True)
class Family:
    """Articles of one release, or one that stands alone: names, keys and what was opened.

    The earliest dated is the first, where none is dated the first given.
    """

    names: tuple[str, ...]
    keys: tuple[str, ...]
    opened: tuple[Opened, ...]


def families_to_review(
    articles: Iterable[tuple[str, bytes]], published: date | None = None
) -> tuple[tuple[Family, ...], tuple[UnreadableArticle, ...]]:
    """Articles by name and content as families, in the order given; and those that cannot be read.

    The same text given twice is one article.
    """
    read: dict[str, tuple[str, Opened]] = {}
    texts: dict[str, str] = {}
    days: dict[str, Span] = {}
    unread: list[UnreadableArticle] = []
    for name, content in articles:
        try:
            opened = open_article(content, name)
        except UnreadableArticle as error:
            unread.append(error)
            continue
        known = suggestions_of(opened, national_lexicon(), published)
        if known.reading in texts.values():
            continue
        title = Path(name).stem
        key = first = source_key(title) or "article"
        number = 1
        while key in read:
            number += 1
            key = f"{first}-{number}"
        read[key] = title, opened
        texts[key] = known.reading
        day = _day(known.published)
        days[key] = (day, day)
    return tuple(
        Family(
            tuple(read[key][0] for key in group),
            tuple(group),
            tuple(read[key][1] for key in group),
        )
        for group in (
            sorted(them, key=lambda key: days[key][0] or date.max)
            for them in releases(texts, days)
        )
    ), tuple(unread)


def desk_of(
    ecosystem: Ecosystem,
    loaded: Loaded,
    family: Family,
    published: date | None = None,
) -> Desk:
    """The desk for a family of articles, with the names that the records know at this moment."""
    lexicon = ecosystem_lexicon(loaded)
    kin = _kin(ecosystem, loaded, family)
    release = f"rel-{family.keys[0]}" if len(family.keys) > 1 else None
    for key in kin:
        recorded = loaded.records["source"][key]
        assert isinstance(recorded, Source)
        release = recorded.release or f"rel-{key}"
    sources: list[tuple[Suggestions, About]] = []
    for name, key, opened in zip(family.names, family.keys, family.opened, strict=True):
        article = suggestions_of(opened, lexicon, published)
        title, site = names_of_page(opened)
        about = About(key, title or name, site or "", article.published, release)
        sources.append((article, about))
    return Desk(ecosystem, loaded, *sources[0], sources[1:], kin)


def _kin(ecosystem: Ecosystem, loaded: Loaded, family: Family) -> tuple[str, ...]:
    """The recorded source whose kept text is most like an article of one release with it; none, or one."""
    kept = {
        key: text
        for key, text in read_articles(ecosystem.folder, loaded).readings.items()
        if key not in family.keys
    }
    if not kept:
        return ()
    new = {
        f"\n{key}": normalised(opened.text)  # no source has such a key
        for key, opened in zip(family.keys, family.opened, strict=True)
    }
    joins = [
        pair
        for pair in compare_texts({**kept, **new}, {})
        if pair.verdict is Verdict.JOIN and (pair.one in new) != (pair.other in new)
    ]
    if not joins:
        return ()
    best = max(joins, key=lambda pair: pair.containment)
    return (best.other if best.one in new else best.one,)


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published) if published else None
    except ValueError:
        return None
