"""Spelling: what is the same in texts and words however they were printed."""

import re
import unicodedata
from functools import lru_cache

from .lexicon import lexicon

_INVISIBLE = {"Cc", "Cf", "Cn", "Co", "Cs"}
_REMEMBERED = 65_536
"""How many texts are not worked out again: a name is compared with many others."""


def visible(text: str) -> str:
    """Text without what cannot be seen: controls, direction marks, zero widths, soft hyphens.

    >>> visible("Kemen\\u200bperin\\u202e")
    'Kemenperin'
    """
    return "".join(
        c for c in text if c == " " or unicodedata.category(c) not in _INVISIBLE
    )


@lru_cache(maxsize=_REMEMBERED)
def folded(text: str) -> str:
    """The plain form of a name: compatible letters, small, without accents and punctuation.

    Letters of other scripts stay what they are; an apostrophe joins, other marks part.
    Source: Unicode 15, NFKC and full case folding.

    >>> folded("Mas'ud & Co., Ｔｂｋ")
    'masud co tbk'
    """
    text = unicodedata.normalize("NFKC", visible(re.sub(r"\s", " ", text)))
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = (
        "" if c in "'’‘`ʼ" or unicodedata.combining(c) else c if c.isalnum() else " "
        for c in plain
    )
    return " ".join("".join(kept).split())


@lru_cache(maxsize=_REMEMBERED)
def skeleton(text: str) -> str:
    """What a name looks like: letters of other scripts as the Latin ones they resemble.

    Two names of one skeleton that are folded differently look alike and are not the same.
    Source: Unicode Technical Standard 39, section 4, for single letters.

    >>> skeleton("Kаdin") == skeleton("KADIN")  # the first has a Cyrillic a
    True
    """
    text = unicodedata.normalize("NFKC", visible(text))
    return folded(text.translate(lexicon().look_alikes)).translate(
        lexicon().look_alikes
    )


@lru_cache(maxsize=_REMEMBERED)
def respelled(word: str) -> str:
    """A word in the spelling of today, and in one way where two are usual.

    >>> [respelled(word) for word in ("soekarno", "djatmiko", "soerabaja", "hariyono", "achmad")]
    ['sukarno', 'jatmiko', 'surabaya', 'haryono', 'ahmad']
    """
    word = lexicon().given_names.get(word, word)
    if _OLD.search(word):
        word = re.sub(r"(?<![dt])j", "y", word)
    for old, new in _SPELLINGS:
        word = old.sub(new, word)
    return word


_OLD = re.compile("oe|dj|tj")
"""What shows that a word is written as before 1972, when a y was a j."""
_SPELLINGS = [
    (re.compile(old), new)
    for old, new in (
        ("oe", "u"),
        ("dj", "j"),
        ("tj", "c"),
        ("ch", "h"),
        ("kh", "h"),
        ("ph", "f"),
        ("v", "f"),
        ("q", "k"),
        ("th", "t"),
        ("dh", "d"),
        ("z", "s"),
        ("i[yj]?(?=[aeou])", "y"),
        (r"(.)\1", r"\1"),
    )
]


@lru_cache(maxsize=_REMEMBERED)
def stem(word: str) -> str:
    """A word without the prefixes and suffixes that names use freely.

    >>> stem("perindustrian"), stem("industri"), stem("penyamakan"), stem("penyamak")
    ('industri', 'industri', 'samak', 'samak')
    """
    match = _AFFIXES.fullmatch(word)
    if match is None:
        return word
    prefix, core = match.groups()
    return f"s{core}" if prefix == "peny" else core


_AFFIXES = re.compile(
    r"(peny(?=[aeiou])|peng|pem|pen|per|pe|ke|ber)?(.{4,}?)(?:kan|an)?"
)


def sound(word: str) -> str:
    """The consonants of a word, those that are often mistaken for one another as one.

    Words that sound alike meet in the search for duplicates; more it does not say.

    >>> sound("kedensari") == sound("kedansari"), sound("masud") == sound("masut")
    (True, True)
    """
    consonants = re.sub("[aeiouyhw]", "", respelled(word)).translate(_MISTAKEN)
    return re.sub(r"(.)\1+", r"\1", consonants) or word


_MISTAKEN = str.maketrans("dbgfc", "tpkpj")
