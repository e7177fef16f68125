"""Passages: where an article and its copies name or say what is suggested."""

from ...evidence.selectors import spans_of
from .suggestions import Span, Suggestion, Suggestions


def named_in(copy: Suggestions, each: Suggestion, reading: str) -> Span | None:
    """Where a copy names what is suggested: as it was found there, else by the same words."""
    for one in copy.found:
        if one.kind == each.kind and one.fields["name"] == each.fields["name"]:
            return one.shown
    words = reading[slice(*each.shown)]
    for start, end in spans_of(copy.reading, words):
        around = copy.reading[max(0, start - 1) : start] + copy.reading[end : end + 1]
        if not any(map(str.isalnum, around)):
            return start, end
    return None


def locator(article: Suggestions, shown: Span) -> str:
    """Where a passage stands: characters of the original as in RFC 5147, after the page of a PDF, whose text is meant."""
    start, end = article.place(shown)
    place = f"char={start},{end}"
    if article.form != "pdf":
        return place
    page = sum(begins <= shown[0] for begins in article.pages)
    return f"page={page} {place}"
