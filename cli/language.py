"""Which of its two languages the line speaks."""

from collections.abc import Mapping, Sequence

from simpul.ontology import LANGUAGES, Language

FALLBACK: Language = "en"
_LOCALE_VARIABLES = (
    "LC_ALL",
    "LC_MESSAGES",
    "LANG",
)  # POSIX: the first one set decides


def spoken_language(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    system_locale: str | None = None,
) -> Language:
    """Choose by `--lang`, else SIMPUL_LANG, else the locale, else English.

    The whole line is looked at, wherever `--lang` stands in it, because help is said
    before the options after it are read. A language we do not speak counts as none.

    >>> spoken_language(["demo", "--help", "--lang", "id"], {})
    'id'
    >>> spoken_language(["demo"], {"LANG": "id_ID.UTF-8"})
    'id'
    >>> spoken_language(["demo"], {"LANG": "id_ID.UTF-8", "LC_ALL": "C"})
    'en'
    """
    locales = (environment.get(name) for name in _LOCALE_VARIABLES)
    wishes = (
        _asked_for(arguments),
        environment.get("SIMPUL_LANG"),
        next(filter(None, locales), system_locale),
    )
    for wish in wishes:
        if language := _language(wish):
            return language
    return FALLBACK


def _asked_for(arguments: Sequence[str]) -> str | None:
    asked = None
    for place, argument in enumerate(arguments, start=1):
        if argument == "--":
            break
        if argument == "--lang":
            asked = next(iter(arguments[place:]), None)
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return asked


def _language(name: str | None) -> Language | None:
    """Read a language out of a code or a locale: `id`, `id_ID.UTF-8`, `Indonesian_…`."""
    # Windows writes the language of its locale out.
    plain = (name or "").casefold().replace("indonesian", "id", 1)
    head = plain.replace("-", "_").replace(".", "_").partition("_")[0]
    spoken: dict[str, Language] = {language: language for language in LANGUAGES}
    return spoken.get(head)
