"""Deciding: accepted suggestions of one article as records of its source, never as its sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..decisions import Decision, Judge
from ..evidence.selectors import anchor
from ..keys import slug
from .suggestions import Suggestion, Suggestions

Rows = dict[str, list[dict[str, Any]]]  # JSON

_GOVERNMENT = "government-national"
_SECTORS = {
    "provincial-government": "government-provincial",
    "regency-government": "government-regency",
    "city-government": "government-regency",
    "ministry": _GOVERNMENT,
    "directorate-general": _GOVERNMENT,
    "inspectorate-general": _GOVERNMENT,
    "ministry-unit": _GOVERNMENT,
    "technical-unit": _GOVERNMENT,
    "public-agency": _GOVERNMENT,
    "vertical-office": _GOVERNMENT,
    "national-government": _GOVERNMENT,
}


@dataclass(frozen=True, slots=True)
class About:
    """What a source is: key, title, publisher and day of publication in EDTF."""

    key: str
    title: str
    publisher: str
    published: str | None = None


def source_key(title: str) -> str:
    """The key of a source that is known by its title."""
    return slug(title)


def judged(decisions: Iterable[Decision], digest: str) -> dict[str, Judge]:
    """The last decision on each suggestion of an article, by the suggestion's name."""
    return {
        each.suggestion: each
        for each in decisions
        if isinstance(each, Judge) and each.text_digest == digest
    }


def records_of(
    suggestions: Suggestions, verdicts: Mapping[str, Judge], about: About
) -> Rows:
    """The records that accepted, edited and merged suggestions become, by the file they belong in."""
    made = _Records(suggestions.text, about)
    for each in suggestions.found:
        verdict = verdicts.get(each.ident)
        if verdict is not None and verdict.verdict != "reject":
            made.add(each, verdict)
    source = {
        "id": about.key,
        "title": about.title,
        "publisher": about.publisher,
        "language": "id",
        "kind": "news-report",
        "text_digest": suggestions.digest,
    }
    if about.published:
        source["published"] = about.published
    return {
        "sources": [source],
        **{name: rows for name, rows in made.rows.items() if rows},
    }


class _Records:
    """Records on their way, and the keys of the bodies they speak of, by name."""

    def __init__(self, text: str, about: About) -> None:
        self.rows: Rows = {
            "institutions": [],
            "people": [],
            "ties": [],
            "observations": [],
            "evidence": [],
        }
        self._text = text
        self._source = about.key
        self._keys: dict[str, str] = {}

    def add(self, each: Suggestion, verdict: Judge) -> None:
        """Add the record of one suggestion."""
        fields = {**each.fields, **verdict.fields}
        if each.kind == "institution":
            self._institution(each.fields["name"], fields, verdict)
        elif each.kind == "person":
            self._person(fields, verdict)
        elif each.kind == "tie":
            self._tie(each, fields)
        elif fields["about"] in self._keys:
            self._observation(each, fields)

    def _institution(self, named: str, fields: dict[str, Any], verdict: Judge) -> None:
        known = verdict.into or fields["key"]
        self._keys[named] = self._keys[fields["name"]] = known or slug(fields["name"])
        if known:
            return
        self.rows["institutions"].append(
            {
                "id": self._keys[named],
                "name": _both(fields["name"]),
                "sector": fields.get("sector")
                or _SECTORS.get(fields["type"], "business"),
                "kind": fields["type"],
                "evidence": [self._item()],
            }
        )

    def _person(self, fields: dict[str, Any], verdict: Judge) -> None:
        body = self._keys.get(fields["institution"] or "")
        if verdict.into or fields["key"] or not (body and fields["post"]):
            return
        post = {
            "institution": body,
            "title": _both(fields["post"]),
            "evidence": [self._item()],
        }
        self.rows["people"].append(
            {"id": slug(fields["name"]), "name": fields["name"], "posts": [post]}
        )

    def _tie(self, each: Suggestion, fields: dict[str, Any]) -> None:
        key = f"{self._source}-{each.ident}"
        parties = [
            {"role": one["role"], **self._party(one["institution"])}
            for one in fields["participants"]
        ]
        row: dict[str, Any] = {
            "id": key,
            "type": fields["type"],
            "participants": parties,
            "modality": fields["modality"],
            "sign": fields["sign"],
        }
        if fields["when"]:
            row["occurred"] = fields["when"]
        self.rows["ties"].append(row)
        self._evidence(each, f"tie/{key}")

    def _party(self, name: str | None) -> dict[str, Any]:
        key = self._keys.get(name) if name else None
        return {"party": key} if key else {"unnamed": True}

    def _observation(self, each: Suggestion, fields: dict[str, Any]) -> None:
        key = f"{self._source}-{each.ident}"
        row: dict[str, Any] = {
            "id": key,
            "about": self._keys[fields["about"]],
            "measure": _both(fields["measure"]),
            "value": str(fields["value"]),
            "comparator": fields["qualifier"],
            "unit": fields["unit"],
        }
        if fields["as_of"]:
            row["as_of"] = fields["as_of"]
        self.rows["observations"].append(row)
        self._evidence(each, f"observation/{key}")

    def _evidence(self, each: Suggestion, claim: str) -> None:
        selector = anchor(self._text, each.start, each.end).model_dump()
        self.rows["evidence"].append(
            {
                "id": f"{self._source}-e-{each.ident}",
                "source": self._source,
                "locator": f"{each.start}-{each.end}",
                "selectors": [selector],
                "explicitness": "stated",
                "supports": [claim],
            }
        )

    def _item(self) -> dict[str, str]:
        return {"source": self._source, "stance": "supports"}


def _both(text: str) -> dict[str, str]:
    return {"id": text, "en": text}
