"""What the site says, in Indonesian and English."""

import re
from functools import cache

from simpul.ontology import Language, Wording

_PLACE = "simpul.visualizations"
_REMARK = re.compile(r"(?<=\()(?:erroneous|as printed|historical)(?=\)\s*$)")
# What records write behind a name, from a fixed list of ours.


@cache
def wording() -> Wording:
    """The sentences of the folder `words`."""
    return Wording.load(_PLACE, "site/words")


def say(code: str, language: Language, **facts: object) -> str:
    """The sentence `code`, with its facts filled in."""
    return wording().say(code, language, **facts)


def has(code: str) -> bool:
    """Whether there is a sentence of this code."""
    return code in wording().sentences


def remarked(text: str, language: Language) -> str:
    """A name with the remark in brackets at its end, if it has one of ours, in a language.

    >>> remarked("BPIP (erroneous)", "id"), remarked("Badan (lama)", "en")
    ('BPIP (keliru)', 'Badan (lama)')
    """
    return _REMARK.sub(
        lambda found: say(f"remark-{found[0].replace(' ', '-')}", language), text
    )


def counted(code: str, count: int, language: Language) -> str:
    """ "1 tie", "3 ties": the words of a number.

    >>> counted("ties", 1, "en"), counted("ties", 3, "en")
    ('1 tie', '3 ties')
    """
    form = "one" if count == 1 else "many"
    return say(f"{code}-{form}", language, n=grouped(count, language))


def grouped(number: int, language: Language) -> str:
    """A whole number with its thousands apart, as the language writes it.

    >>> grouped(31481, "id"), grouped(31481, "en")
    ('31.481', '31,481')
    """
    written = f"{number:,}"
    return written.replace(",", ".") if language == "id" else written
