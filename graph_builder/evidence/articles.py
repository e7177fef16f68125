"""Private articles: texts that one may read and not share, beside the records and out of git.

An article lies in `articles/KEY.txt` of an ecosystem's folder, or as a web page in `articles/KEY.html`, KEY
being that of its source. Where there is none, everything that looks at texts has less to look at, and nothing fails.

Positions in records, and `text_digest` of a source, are those of the *normalised text version*:
UTF-8 without a byte order mark, in Unicode form NFC, line ends as one line feed, and no white space
at the very end. A position is a number of characters (code points) from 0. Those of a web page count in the page.
"""

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..problems import Fact, Problem, nearest
from ..reading import Loaded
from ..records import Source

FOLDER = "articles"
ENDINGS = (".txt", ".html")
MAX_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Articles:
    """The normalised texts that are there, by key of their source, and what is wrong with them.

    `pages` are the main texts of those that are web pages: what one reads, and compares with other articles.
    """

    texts: Mapping[str, str] = field(default_factory=dict[str, str])
    problems: tuple[Problem, ...] = ()
    pages: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def readings(self) -> Mapping[str, str]:
        """What one reads of each article."""
        return {**self.texts, **self.pages}


def normalised(text: str) -> str:
    r"""The version of a text that positions count in.

    >>> normalised("\ufeffdua\r\nbaris\n")
    'dua\nbaris'
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", lines).rstrip()


def sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_articles(folder: Path, loaded: Loaded) -> Articles:
    """Read the articles of an ecosystem's folder, as many as there are.

    A file that is too large, is no UTF-8, leads out of the folder or belongs to no source is a
    problem and is not read. A text that is not the one its source was recorded with is a warning,
    and is read all the same: what stands in it may have moved, which `verify` finds out.
    """
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    sources = loaded.records.get("source", {})
    pages: dict[str, str] = {}
    for path in sorted(
        path for ending in ENDINGS for path in (folder / FOLDER).glob(f"*{ending}")
    ):
        source = sources.get(path.stem)
        if not isinstance(source, Source):
            near = nearest(path.stem, sources)
            problems.append(_warning("article-without-source", path, nearest=near))
            continue
        read = _read(path, folder)
        if isinstance(read, Problem):
            problems.append(read)
            continue
        texts[source.id] = read
        if path.suffix == ".html":
            pages[source.id] = _main_text(read, path.name)
        if source.text_digest and sha256(read) != source.text_digest:
            problems.append(_warning("article-digest", path, key=source.id))
    return Articles(texts, tuple(problems), pages)


def _main_text(page: str, name: str) -> str:
    """What a web page says; all of it where no main text is found."""
    # What reads articles reads records too, and so comes later.
    from ..extraction.reading import UnreadableArticle, open_article

    try:
        return normalised(open_article(page.encode(), name).text)
    except UnreadableArticle:
        return page


def _read(path: Path, folder: Path) -> str | Problem:
    """The normalised text of one article, or why it cannot be had."""
    name = f"{FOLDER}/{path.name}"
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            return Problem("outside-folder", name)
        # A pipe or a device would block or never end.
        if not path.is_file():
            return Problem(
                "unreadable-file", name, facts={"detail": "not a plain file"}
            )
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (
        OSError,
        RuntimeError,
    ) as error:  # RuntimeError: a link that leads to itself
        detail = str(getattr(error, "strerror", None) or error)
        return Problem("unreadable-file", name, facts={"detail": detail})
    if len(content) > MAX_BYTES:
        return Problem("article-too-large", name, facts={"limit": MAX_BYTES})
    try:
        return normalised(content.decode())
    except UnicodeDecodeError as error:
        wrong: dict[str, Fact] = {
            "byte": f"0x{content[error.start]:02x}",
            "offset": error.start,
        }
        line = content.count(b"\n", 0, error.start) + 1
        return Problem("not-utf8", name, line, facts=wrong)


def _warning(code: str, path: Path, key: str | None = None, **facts: Fact) -> Problem:
    name = f"{FOLDER}/{path.name}"
    return Problem(code, name, key=key, facts=facts, severity="warning")
