"""The sentences of replies, and how templates with parts that may be left out are filled."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from string import Formatter
from unicodedata import category

from simpul.ontology import Language, Wording

ITEMS = 5
"""Items that a sentence lists; the others are counted."""

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")


@cache
def reply_words() -> Wording:
    """Every sentence of a reply."""
    return Wording.load("simpul.queries.asking", "replies.toml")


def fill_template(template: str, facts: Mapping[str, str]) -> str:
    """A template with its facts; what stands in brackets is left out where a fact in it is empty.

    >>> fill_template("{name}[ ({post}[, {day}])]", {"name": "A", "post": "chair", "day": ""})
    'A (chair)'
    """
    # Inner brackets first; facts are put in at the end, so that a bracket in one changes nothing.
    while _OPTIONAL.search(template):
        template = _OPTIONAL.sub(lambda match: _kept(match[1], facts), template)
    return template.format_map(_Facts(facts))


def _kept(part: str, facts: Mapping[str, str]) -> str:
    fields = [field for _, field, _, _ in Formatter().parse(part) if field]
    return part if all(facts.get(field) for field in fields) else ""


class _Fact(str):
    """A fact; a number can name what it counts: `{n:piece|pieces}` is `1 piece` or `2 pieces`."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        one, bar, many = spec.partition("|")
        return f"{self!s} {one if self == '1' else many}" if bar else str(self)


class _Facts(dict[str, str]):
    """Facts of which none is missing: one that a row does not have is a question mark."""

    def __getitem__(self, key: str) -> str:
        return _Fact(self.get(key, "?"))


def listed(items: Sequence[str], lang: Language, most: int = ITEMS) -> str:
    """Items in a row of speech; past the most, how many more there are.

    >>> listed(["a", "b", "c"], "en"), listed(["a", "b", "c"], "id", most=1)
    ('a, b and c', 'a, dan 2 lainnya')
    """
    # Items that have commas of their own are parted by something stronger.
    mark = "; " if any(", " in item for item in items[:most]) else ", "
    if len(items) > most:
        shown = mark.join(items[:most])
        return reply_words().say("and-more", lang, first=shown, count=len(items) - most)
    if len(items) < 2 or mark == "; ":
        return mark.join(items)
    return reply_words().say("and", lang, first=mark.join(items[:-1]), last=items[-1])


def on_one_line(text: str) -> str:
    """Text fit for a sentence: no line breaks, nothing that steers a terminal or turns a line around."""
    return "".join(
        "\ufffd" if category(character).startswith("C") else character
        for character in " ".join(text.split())
    )
