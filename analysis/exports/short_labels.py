"""Labels for formats that take few letters: plain, short, and no two alike."""

import re
import unicodedata
from collections.abc import Iterable


def short_labels(texts: Iterable[str], length: int) -> list[str]:
    """A label for each text: letters and digits of ASCII, `.`, `-` and `_`, at most `length` of them.

    Labels differ also where case is ignored. One that would repeat an earlier one ends in a number,
    and one of which no letter is left is called by its number.

    >>> short_labels(["Balai é", "balai E", "工"], 18)
    ['Balai_e', 'balai_E_2', 'n3']
    """
    labels: list[str] = []
    taken: set[str] = set()
    for place, text in enumerate(texts, start=1):
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
        stem = re.sub(r"[^A-Za-z0-9.-]+", "_", plain).strip("_.-") or f"n{place}"
        label, number = stem[:length], 2
        while label.casefold() in taken:
            ending = f"_{number}"
            label, number = stem[: length - len(ending)] + ending, number + 1
        taken.add(label.casefold())
        labels.append(label)
    return labels
