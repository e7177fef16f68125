"""What the terminal and the page say alike of suggestions, in Indonesian and English."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from simpul.ontology import Language, Wording, code_lists

from .correcting import UnfitDecision, scheme_of
from .making import Unmade
from .suggestions import SuggestedKind, Suggestion, party_name


def kind_word(kind: SuggestedKind, lang: Language) -> str:
    """What a kind of suggestion is called."""
    return _words().say(f"kind-{kind}", lang)


def code_word(kind: SuggestedKind, field: str, code: str, lang: Language) -> str:
    """What a code in a field is called; the code itself where it has no label."""
    name = scheme_of(kind, field)
    concept = code_lists().find(name, code) if name and code else None
    return concept.labels[lang] if concept else code


def said_of(
    each: Suggestion, lang: Language, edited: Mapping[str, str] | None = None
) -> str:
    """A suggestion in one line, with corrections in their place."""
    fields: dict[str, Any] = {**each.fields, **(edited or {})}

    def word(field: str) -> str:
        return code_word(each.kind, field, str(fields[field] or ""), lang)

    if each.kind == "tie":
        parties = " · ".join(
            f"{fields.get(f'party-{number}', party_name(one))} "
            f"({code_word('tie', 'role', fields.get(f'role-{number}', one['role']), lang)})"
            for number, one in enumerate(fields["participants"], start=1)
        )
        more = [word("modality"), word("sign"), fields["when"]]
        return f"{word('type')}: {parties} [{', '.join(filter(None, more))}]"
    if each.kind == "observation":
        said = f"{fields['measure']} {word('qualifier')} {_grouped(fields['value'], lang)} {word('unit')}"
        time = f" [{fields['as_of']}]" if fields["as_of"] else ""
        return f"{fields['about'] or '?'}: {said}{time}"
    if each.kind == "person":
        post = ", ".join(filter(None, (fields["post"], fields["institution"])))
        return f"{fields['name']} ({post})" if post else str(fields["name"])
    return f"{fields['name']} ({word('type')})" if fields["type"] else fields["name"]


def score_word(score: float, lang: Language) -> str:
    """A score as the language writes numbers.

    >>> score_word(0.95, "id")
    '0,95'
    """
    return f"{score}".replace(".", ",") if lang == "id" else f"{score}"


def unfit_words(error: UnfitDecision, lang: Language) -> str:
    """Why a decision cannot be taken."""
    near = "-near" if error.facts.get("near") else ""
    facts = dict(error.facts)
    if error.code == "unlike":
        kind: SuggestedKind = "tie" if facts["of"] == "tie" else "institution"
        for name in ("kind", "other_kind"):
            facts[name] = code_word(kind, "type", str(facts[name]), lang) or "?"
        facts["name"] = facts["name"] or facts["kind"]
    return _words().say(f"unfit-{error.code}{near}", lang, **facts)


def prospect_words(unmade: Unmade, lang: Language) -> str:
    """Why a suggestion would make no record of its own, or which record it is already."""
    if unmade.reason == "known":
        return _words().say("prospect-known", lang, name=unmade.name)
    named = "-named" if unmade.reason == "few-parties" and unmade.name else ""
    said = _words().say("prospect-accepted", lang)
    code = f"unmade-{unmade.reason}{named}"
    return _words().say(code, lang, said=said, name=unmade.name)


def unmade_words(unmade: Unmade, lang: Language) -> str:
    """Why what was accepted makes no record of its own."""
    named = "-named" if unmade.reason == "few-parties" and unmade.name else ""
    said = said_of(unmade.suggestion, lang)
    code = f"unmade-{unmade.reason}{named}"
    return _words().say(code, lang, said=said, name=unmade.name)


def _grouped(value: object, lang: Language) -> str:
    """A number with its thousands apart, as the language writes it."""
    written = f"{Decimal(str(value)):,f}"
    if lang == "en":
        return written
    return written.translate(str.maketrans(",.", ".,"))


@cache
def _words() -> Wording:
    return Wording.load("simpul.graph_builder.extraction.deciding", "reviewing.toml")
