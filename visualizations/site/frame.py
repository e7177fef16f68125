"""What surrounds every page: the language, the address, the version, and how a template is filled."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from simpul.analysis import Names
from simpul.ontology import BASE, LANGUAGES, Language

from ..page_data import safe_url
from . import words
from .assets import asset_path
from .dates import date_words

_SAFE_IN_PATH = "/:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class Frame:
    """What a page is part of, and where it stands.

    `is_chosen` says that the reader chose the language: then links on the page keep it. `query` holds the
    other parts of the address, in their order. `digest` and `newest` name the version and its youngest evidence.
    """

    title: Names
    language: Language
    is_chosen: bool = False
    path: str = "/"
    query: tuple[tuple[str, str], ...] = ()
    digest: str = ""
    newest: str | None = None
    base: str = BASE

    def say(self, code: str, **facts: object) -> str:
        """A sentence of the site in the language of the page."""
        return words.say(code, self.language, **facts)

    def counted(self, code: str, count: int) -> str:
        """The words of a number in the language of the page."""
        return words.counted(code, count, self.language)

    def number(self, count: int) -> str:
        """A whole number as the language of the page writes it."""
        return words.grouped(count, self.language)

    def date(self, written: str) -> str:
        """A date in words."""
        return date_words(written, self.language)

    def kind_word(self, kind: str) -> str:
        """What a sort of things is called; the code itself where it has no word."""
        code = f"kind-{kind}"
        return self.say(code) if words.has(code) else kind

    def column_word(self, variable: str) -> str:
        """What a column of an answer is called; its variable in words where it has no name."""
        code = f"answer-{variable}"
        return self.say(code) if words.has(code) else variable.replace("_", " ")

    def href(self, path: str, **parts: str) -> str:
        """The address of another page of the site, in the language that the reader chose, if one."""
        query = {name: value for name, value in parts.items() if value}
        if self.is_chosen and "lang" not in query:
            query["lang"] = self.language
        plain, hash_sign, fragment = path.partition("#")
        address = quote(plain, safe=_SAFE_IN_PATH)
        if query:
            address += f"?{urlencode(query)}"
        return f"{address}{hash_sign}{quote(fragment, safe='')}"

    def href_of(self, iri: str) -> str | None:
        """The address of the page of a thing; of another site, if that is one of the web; else None."""
        local = local_path(iri, self.base)
        return self.href(local) if local else safe_url(iri)

    @property
    def other_language(self) -> Language:
        """The language that the page could be in."""
        return next(language for language in LANGUAGES if language != self.language)

    @property
    def other_href(self) -> str:
        """This very page in the other language."""
        chosen = replace(self, language=self.other_language, is_chosen=True)
        return chosen.href(self.path, **dict(self.query))


def local_path(iri: str, base: str = BASE) -> str | None:
    """The path of the page that tells of an IRI, or None for what belongs to others.

    >>> local_path("https://w3id.org/simpul/id/org/bpipi"), local_path("https://example.org/a")
    ('/id/org/bpipi', None)
    """
    for start in dict.fromkeys((base, BASE)):
        if iri.startswith(start):
            rest = iri.removeprefix(start)
            if rest.startswith(("id/", "concept/")):
                return f"/{rest}"
            if rest.startswith("ontology#"):
                return f"/{rest}"
    return None


def is_web(href: str) -> bool:
    """Whether an address leaves the site."""
    return bool(urlsplit(href).netloc)


def render(frame: Frame, template: str, values: Mapping[str, Any]) -> str:
    """A page: the template `template` of the folder `templates`, filled in; every value in it is escaped."""
    return (
        _environment()
        .get_template(f"{template}.html.j2")
        .render(frame=frame, asset=asset_path, **values)
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("simpul.visualizations", "site/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
