"""XML written piece by piece: the same values give the same bytes, and no text can end its element."""

import re
from collections.abc import Generator, Mapping
from contextlib import contextmanager

_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    # Written out, or a reader would make blanks of them.
    "\t": "&#9;",
    "\n": "&#10;",
    "\r": "&#13;",
}
_ESCAPED = re.compile('[&<>"\t\n\r]')


class Xml:
    """A document that grows; `replaced` counts the texts with characters that XML forbids."""

    def __init__(self) -> None:
        self.replaced = 0
        self._lines = ['<?xml version="1.0" encoding="UTF-8"?>']
        self._depth = 0

    def line(
        self, name: str, attributes: Mapping[str, str], text: str | None = None
    ) -> None:
        """Write an element without elements inside it."""
        if text is None:
            self._write(f"<{name}{self._attributes(attributes)}/>")
        else:
            start = f"<{name}{self._attributes(attributes)}>"
            self._write(f"{start}{self._escaped(text)}</{name}>")

    @contextmanager
    def element(
        self, name: str, attributes: Mapping[str, str] | None = None
    ) -> Generator[None]:
        """Write the elements of the block inside this one."""
        self._write(f"<{name}{self._attributes(attributes or {})}>")
        self._depth += 1
        yield
        self._depth -= 1
        self._write(f"</{name}>")

    def to_bytes(self) -> bytes:
        """The document in UTF-8."""
        return ("\n".join(self._lines) + "\n").encode("utf-8")

    def _write(self, line: str) -> None:
        self._lines.append(" " * self._depth + line)

    def _attributes(self, attributes: Mapping[str, str]) -> str:
        return "".join(
            f' {name}="{self._escaped(text)}"' for name, text in attributes.items()
        )

    def _escaped(self, text: str) -> str:
        fit, changed = _UNFIT.subn("\ufffd", text)
        self.replaced += bool(changed)
        return _ESCAPED.sub(lambda found: _ESCAPES[found[0]], fit)
