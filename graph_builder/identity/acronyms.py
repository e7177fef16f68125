"""Acronyms: whether a short name can stand for a long one, by initials or by syllables."""

from functools import lru_cache

from .lexicon import lexicon
from .names import Words
from .spelling import stem

_LONGEST = 14


def abbreviates(short: str, words: Words) -> bool:
    """Whether a word is made of beginnings of all these words, in their order.

    Each word gives its first letter or more, or the beginning of its stem; small words may be left
    out, and so may the word for what the body is (a ministry, a directorate). One letter for each
    word is an acronym by initials, like BPIPI; more than one are syllables, like Polnes.

    >>> abbreviates("bpipi", ("balai", "pemberdayaan", "industri", "persepatuan", "indonesia"))
    True
    >>> abbreviates("apindo", ("asosiasi", "pengusaha", "indonesia"))
    True
    >>> abbreviates("apindo", ("asosiasi", "persepatuan", "bandung"))
    False
    """
    if not 2 <= len(short) <= _LONGEST or len(words) < 2:
        return False
    heads = [words, words[1:]] if words[:1] in lexicon().ranks else [words]
    return any(len(left) > 1 and _made_of(short, left) for left in heads)


def initials(words: Words) -> str:
    """The first letters of words, small words left out.

    >>> initials(("kementerian", "koperasi", "dan", "ukm"))
    'kku'
    """
    return "".join(word[0] for word in words if word not in lexicon().small)


@lru_cache(maxsize=65_536)
def _made_of(short: str, words: Words) -> bool:
    if not words:
        return not short
    first, rest = words[0], words[1:]
    if first in lexicon().small and _made_of(short, rest):
        return True
    for whole in {first, stem(first)}:
        length = 0
        while length < min(len(whole), len(short)) and whole[length] == short[length]:
            length += 1
            if _made_of(short[length:], rest):
                return True
    return False
