"""How many rows have gone by in a written answer, counted in the bytes, since the engine writes them itself.

Only what the engine writes is read here, never what a stranger sends: it puts no space between the tokens of
JSON, ends each row of CSV with a line feed, and writes `<result>` before each row of XML.
"""

from typing import Protocol


class RowCounter(Protocol):
    """Counts rows while pieces of an answer go by."""

    def feed(self, piece: bytes) -> int:
        """The rows that have begun or ended up to the end of this piece; at the end of the answer, all."""
        ...


class JsonRows:
    """Rows of JSON: what stands between two objects that follow one another in a list, and one more.

    >>> JsonRows().feed(b'{"results":{"bindings":[{"x":{"value":"},{"}},{}]}}')
    2
    """

    __slots__ = ("_escape", "_inside", "_last", "_rows")

    def __init__(self) -> None:
        self._rows = 0
        self._escape = b""
        self._inside = False
        self._last = b""

    def feed(self, piece: bytes) -> int:
        """The rows that have begun."""
        text = self._escape + piece
        if self._rows and b"\\" not in text and b"{}" not in text:
            self._rows += self._count_fast(text)
        else:
            self._rows += self._count(text)
        return self._rows

    def _count(self, text: bytes) -> int:
        self._escape = b""
        # Of an escape that is cut in two, the first half waits for the second.
        if (len(text) - len(text.rstrip(b"\\"))) % 2:
            text, self._escape = text[:-1], b"\\"
        # Without escaped quotes, each quote begins or ends a string.
        parts = text.replace(b"\\\\", b"").replace(b'\\"', b"").split(b'"')
        between = self._last + b'"'.join(parts[self._inside :: 2])
        if not len(parts) % 2:
            self._inside = not self._inside
        self._last = b"" if self._inside else _begun(between)
        # The list of rows is the only list of objects, and an object in another has a key before it.
        return between.count(b"},{") + between.count(b"[{")

    def _count_fast(self, text: bytes) -> int:
        """The same without a look at each string, where there is no escape, no row without values, no first row.

        Then each row begins with a quote and a name. A quote that ends a string has `,` or `}` after it.
        """
        self._inside ^= text.count(b'"') % 2 == 1
        text = self._last + text
        self._last = b"" if self._inside else _begun(text)
        rows = text.count(b'},{"') - text.count(b'},{",') - text.count(b'},{"}')
        if not self._inside:
            rows += text.endswith(b"},{") - text.endswith(b'},{"')
        return rows


def _begun(text: bytes) -> bytes:
    """The end of what is outside of strings, as far as what stands between two rows may have begun there."""
    return text[-2:] if text.endswith(b"},") else text[-1:]


class CsvRows:
    """Rows of CSV, but for the line of the header; a line feed between quotes is text."""

    __slots__ = ("_inside", "_lines")

    def __init__(self) -> None:
        self._lines = 0
        self._inside = False

    def feed(self, piece: bytes) -> int:
        """The rows that have ended."""
        if self._inside or b'"' in piece:
            parts = piece.split(b'"')
            # A quote in quotes is written twice, which ends a string and begins it again.
            self._lines += sum(part.count(b"\n") for part in parts[self._inside :: 2])
            self._inside ^= not len(parts) % 2
        else:
            self._lines += piece.count(b"\n")
        return self._lines - 1


class TsvRows:
    """Rows of TSV, but for the line of the header; a line feed in a text is escaped."""

    __slots__ = ("_lines",)

    def __init__(self) -> None:
        self._lines = 0

    def feed(self, piece: bytes) -> int:
        """The rows that have ended."""
        self._lines += piece.count(b"\n")
        return self._lines - 1


class XmlRows:
    """Rows of XML; in a text `<` is escaped."""

    __slots__ = ("_last", "_rows")

    _TAG = b"<result>"

    def __init__(self) -> None:
        self._rows = 0
        self._last = b""

    def feed(self, piece: bytes) -> int:
        """The rows that have begun."""
        text = self._last + piece
        self._rows += text.count(self._TAG)
        self._last = text[1 - len(self._TAG) :]
        return self._rows


_COUNTERS: dict[str, type[RowCounter]] = {
    "application/sparql-results+json": JsonRows,
    "application/sparql-results+xml": XmlRows,
    "text/csv": CsvRows,
    "text/tab-separated-values": TsvRows,
}


def row_counter(media_type: str) -> RowCounter:
    """What counts the rows of an answer that is written as this media type, one of the engine's four."""
    return _COUNTERS[media_type.partition(";")[0]]()
