"""Names of bodies as a sentence has them, before it is known which of them mean the same body."""

from .foreign_names import english_name, foreign_firm
from .governments import governed_too
from .headed_names import headed_name, past_short_form
from .known_names import known_name
from .lexicon import Lexicon
from .names_after_posts import name_after_post
from .reading import RawName, Reading
from .unheaded_names import listed_names, name_after_company_word


def read_names(
    reading: Reading, lexicon: Lexicon, defined: frozenset[str]
) -> list[RawName]:
    """The names of bodies in a sentence, in order and apart.

    `defined` are short forms that the text itself explains.
    """
    found: list[RawName] = []
    at = 0
    while at < len(reading.tokens):
        token = reading.tokens[at]
        name: RawName | None = None
        if token.is_capital:
            name = foreign_firm(reading, at)
        if name is None and token.text[0].isalpha():
            name = known_name(reading, at, lexicon, defined) or headed_name(
                reading, at, lexicon
            )
        if name is None and found:
            name = governed_too(reading, at, found[-1])
        if name is None and token.is_capital:
            name = (
                english_name(reading, at)
                or name_after_company_word(reading, at)
                or name_after_post(reading, at, lexicon)
            )
        if name is None:
            at += 1
            continue
        name = past_short_form(reading, name)
        found.append(name)
        at = name.last
    more = listed_names(reading, found)
    return sorted((*found, *more), key=lambda name: name.first) if more else found
