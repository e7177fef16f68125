"""What a server says for itself, made fit to be shown: short, on one line, steering no terminal."""

import re
from unicodedata import category

LONGEST = 300

_UNSEEN = re.compile(rb"<(script|style|head)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[A-Za-z/!][^<>]*>")


def said_by(body: bytes, media_type: str) -> str:
    """The beginning of what an error says: its first paragraph, of a page its text."""
    if "html" in media_type:
        body = _UNSEEN.sub(b" ", body)
        return one_line(_TAG.sub(" ", body.decode("utf-8", "replace")))
    # Virtuoso repeats the whole query in a second paragraph.
    text = body.decode("utf-8", "replace").strip().replace("\r\n", "\n")
    return one_line(text.partition("\n\n")[0])


def one_line(text: str) -> str:
    r"""A text without what would steer a terminal or turn a line around, and cut.

    >>> one_line("no\n such \x1b[31mthing")
    'no such \ufffd[31mthing'
    """
    flat = " ".join(text[: 8 * LONGEST].split())
    shown = "".join(
        "\ufffd" if category(character)[0] == "C" else character for character in flat
    )
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"
