"""Opening an article: the bytes of a file in, its text and day out, or why it cannot be read.

Plain text, HTML (its main text) and PDF (its text) are told apart by what they hold, not by the name.
"""

import io
import logging
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Literal

from simpul.ontology import SourceError

from ...evidence.articles import normalised
from .vocabulary import vocabulary

MAX_BYTES = 20_000_000
MAX_CHARACTERS = 2_000_000
"""So long a text may be: no article is, and an archive of many in one file would be read as one."""

_FEWEST_LETTERS = 20
_LONGEST_NAME = 300
_PROBE = 4_000
_FEWEST_WORDS = 12
_LEAST_SHARE = 0.12
_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|div|p|meta)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
_NEAR = {"id", "ms", "jv", "su"}

Trouble = Literal[
    "empty", "binary", "language", "too-large", "no-text", "broken", "locked"
]


class UnreadableArticle(SourceError):
    """An article that cannot be read; `trouble` says why, `language` which one it is written in."""

    def __init__(
        self, file: str, trouble: Trouble, language: str | None = None
    ) -> None:
        self.trouble: Trouble = trouble
        self.language = language
        problem, remedy = _TOLD[trouble]
        super().__init__(file, None, problem.format(language=language), remedy=remedy)

    def __reduce__(
        self,
    ) -> tuple[type["UnreadableArticle"], tuple[str, str, str | None]]:
        # An exception is copied by its message alone, which would break the pool that hands it over.
        return type(self), (str(self.file), self.trouble, self.language)


_TOLD: dict[Trouble, tuple[str, str]] = {
    "empty": ("holds no text", "give the text of one article"),
    "binary": (
        "is no text, no web page and no PDF",
        "save the article as text, HTML or PDF",
    ),
    "language": (
        "is written in {language}, not in Indonesian",
        "give an article in Indonesian",
    ),
    "too-large": (
        "is too large for one article",
        "give one article in each file",
    ),
    "no-text": (
        "has no main text that can be found",
        "save the text of the article itself",
    ),
    "broken": ("is a PDF that cannot be read", "save it anew, or give its text"),
    "locked": ("is a PDF with a password", "save it without one, or give its text"),
}


@dataclass(frozen=True, slots=True)
class Opened:
    """The text of an article, the day its page gives, and the form it came in.

    `page` is what a web page holds, in the normalised version. `pages` are the places in the text at which the pages
    of a PDF begin.
    """

    text: str
    published: date | None = None
    form: Literal["text", "html", "pdf"] = "text"
    page: str = ""
    pages: tuple[int, ...] = ()


def open_article(content: bytes, name: str) -> Opened:
    """The text of an article.

    Raises: UnreadableArticle if there is no Indonesian text in it.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableArticle(name, "too-large")
    if not content.strip():
        raise UnreadableArticle(name, "empty")
    if content[:1024].lstrip().startswith(b"%PDF-"):
        opened = _pdf(content, name)
    elif _TAG.search(content[:_PROBE]):
        opened = _html(content, name)
    else:
        opened = Opened(_decoded(content, name))
    if len(opened.text) > MAX_CHARACTERS:
        raise UnreadableArticle(name, "too-large")
    if not any(character.isalpha() for character in opened.text[:_PROBE]):
        trouble: Trouble = "no-text" if opened.form != "text" else "empty"
        raise UnreadableArticle(name, trouble)
    language = foreign_language(opened.text)
    if language:
        raise UnreadableArticle(name, "language", language)
    return opened


def names_of_page(opened: Opened) -> tuple[str | None, str | None]:
    """The title of an article and the name of the site it stands on, as its web page gives them."""
    if not opened.page:
        return None, None
    import trafilatura  # with its parsers it takes a moment

    told = trafilatura.extract_metadata(opened.page)
    title, site = told.title, told.sitename
    return _on_one_line(title), _on_one_line(site)


def _on_one_line(text: str | None) -> str | None:
    line = " ".join((text or "").split())[:_LONGEST_NAME]
    return line if line.isprintable() and line else None


def foreign_language(text: str) -> str | None:
    """The code of the language of a text that is not Indonesian; None if it may be.

    A text too short to tell is taken for Indonesian.

    >>> foreign_language("Pabrik itu dibuka pada hari Senin oleh bupati dan para pekerja di sana.")
    """
    words = [word.casefold() for word in _WORD.findall(text[:_PROBE])]
    if len(words) < _FEWEST_WORDS:
        return None
    common = vocabulary().sets["indonesian"]
    malay = vocabulary().sets["malay"]
    share = sum(word in common for word in words) / len(words)
    if share >= _LEAST_SHARE:
        return "ms" if sum(word in malay for word in words) > 2 else None
    import py3langid  # its model takes a moment

    language = py3langid.classify(text[:_PROBE])[0]
    is_near = language in _NEAR and share > _LEAST_SHARE / 3
    return None if language == "id" or is_near else language


def _decoded(content: bytes, name: str) -> str:
    """Bytes as text: UTF-8 or UTF-16 with its mark, else line by line with what Windows writes."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return _sound(content.decode("utf-16"), name)
        except UnicodeDecodeError as error:
            raise UnreadableArticle(name, "binary") from error
    if wide := _wide(content[:_PROBE]):
        return _sound(content.decode(wide, "replace"), name)
    if b"\x00" in content[:_PROBE]:
        raise UnreadableArticle(name, "binary")
    try:
        return _sound(content.decode("utf-8-sig"), name)
    except UnicodeDecodeError:
        # Pasted together from two encodings: each line by itself.
        lines = content.split(b"\n")
        return _sound("\n".join(map(_line, lines)), name)


def _wide(probe: bytes) -> str | None:
    """The UTF-16 that text without its mark is in: every other byte of European letters is zero."""
    for odd, form in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, letters = probe[odd::2], probe[1 - odd :: 2]
        if letters and 0 not in letters and 10 * zeros.count(0) > 9 * len(zeros):
            return form
    return None


def _line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _sound(text: str, name: str) -> str:
    probe = text[:_PROBE]
    odd = sum(
        (
            unicodedata.category(character) in {"Cc", "Co", "Cn"}
            and character not in "\n\r\t\f"
        )
        or character == "\ufffd"
        for character in probe
    )
    if 20 * odd > len(probe):
        raise UnreadableArticle(name, "binary")
    return text.replace("\x00", "").replace("\f", "\n")


def _html(content: bytes, name: str) -> Opened:
    import trafilatura  # with its parsers it takes a moment
    from trafilatura.settings import use_config

    page = _decoded(content, name)
    config = use_config()
    config.set("DEFAULT", "EXTRACTION_TIMEOUT", "0")
    text = trafilatura.extract(
        page,
        include_comments=False,
        include_tables=False,
        favor_recall=True,
        config=config,
    )
    if not text:
        raise UnreadableArticle(name, "no-text")
    return Opened(text, _day_of(page), "html", normalised(page))


def _day_of(page: str) -> date | None:
    """The day of publication that the page states in its head."""
    found = re.search(
        r"(?:article:published_time|datePublished|pubdate|publishdate)\"?[^0-9]{1,40}(\d{4}-\d{2}-\d{2})",
        page[:200_000],
    )
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def _pdf(content: bytes, name: str) -> Opened:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    # Its remarks on damaged files say nothing to a reader.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableArticle(name, "locked")
        pages = [normalised(page.extract_text()) for page in reader.pages]
    except UnreadableArticle:
        raise
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
        OSError,
    ) as error:
        # What pypdf raises on a damaged file is of many kinds.
        raise UnreadableArticle(name, "broken") from error
    text = "\n".join(pages)
    if not text.strip():
        raise UnreadableArticle(name, "no-text")
    starts = accumulate((len(page) + 1 for page in pages[:-1]), initial=0)
    return Opened(text, None, "pdf", pages=tuple(starts))
