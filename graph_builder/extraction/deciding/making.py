"""Making: accepted suggestions of one article, one after another, as records that point at its passages."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from simpul.ontology import Unit

from ...decisions import Judge
from ...evidence.selectors import anchor, spans_of
from ...keys import slug
from .passages import locator, named_in
from .suggestions import Span, Suggestion, Suggestions, party_name

Rows = dict[str, list[dict[str, Any]]]  # JSON
Reason = Literal[
    "known",
    "no-target",
    "no-kind",
    "no-post",
    "no-institution",
    "no-subject",
    "few-parties",
]

_GOVERNMENT = "government-national"
_SECTORS = {
    "provincial-government": "government-provincial",
    "regency-government": "government-regency",
    "city-government": "government-regency",
    "regional-office": "government",
    "village-government": "government",
    "ministry": _GOVERNMENT,
    "directorate-general": _GOVERNMENT,
    "inspectorate-general": _GOVERNMENT,
    "ministry-unit": _GOVERNMENT,
    "technical-unit": _GOVERNMENT,
    "public-agency": _GOVERNMENT,
    "vertical-office": _GOVERNMENT,
    "national-government": _GOVERNMENT,
    "parliament": _GOVERNMENT,
    "foreign-body": "international",
    "foreign-government": "international",
    "international-organization": "international",
    "university": "academia",
    "training-institute": "education",
    "vocational-school": "vocational-school",
    "bank": "finance",
    "industry-association": "association",
    "chamber": "association",
    "certification-body": "standards-body",
    "media-outlet": "media",
    "foundation": "civil-society",
    "community": "community",
}
_UNITS = {"ton": Unit.TONNE.value, "hektare": Unit.HECTARE.value}
_LONGEST_MENTION = 80
_FEWEST_PARTIES = 2
_GROUP = 3
_LONGEST_ACRONYM = 12


@dataclass(frozen=True, slots=True)
class About:
    """What a source is: key, title, publisher, empty where nobody says, and day of publication in EDTF.

    `release` is the key of what it was copied from together with others, if it was.
    """

    key: str
    title: str
    publisher: str
    published: str | None = None
    release: str | None = None


@dataclass(frozen=True, slots=True)
class Unmade:
    """What was accepted and makes no record of its own: why, and which name that is about."""

    suggestion: Suggestion
    reason: Reason
    name: str = ""


class Records:
    """Records on their way, and the keys of the bodies they speak of, by name."""

    def __init__(
        self,
        article: Suggestions,
        about: About,
        copies: Sequence[tuple[Suggestions, About]],
        taken: Collection[str],
    ) -> None:
        self.rows: Rows = {
            "institutions": [],
            "people": [],
            "ties": [],
            "observations": [],
            "evidence": [],
        }
        self.unmade: list[Unmade] = []
        self._article = article
        self._about = about
        self._copies = copies
        self._taken = set(taken)
        self._keys: dict[str, str] = {}
        self._people: dict[str, str] = {}
        self._named = {
            each.fields["name"]
            for each in article.found
            if each.kind in {"institution", "person"}
        }

    def add(self, each: Suggestion, verdict: Judge) -> None:
        """Add the record of one suggestion, or tell why there is none."""
        fields = {**each.fields, **verdict.fields}
        if each.kind == "institution":
            self._institution(each, fields, verdict)
        elif each.kind == "person":
            self._person(each, fields, verdict)
        elif verdict.into:
            self._evidence(each, f"{each.kind}/{verdict.into}")
        elif each.kind == "tie":
            self._tie(each, fields)
        else:
            self._observation(each, fields)

    def _institution(
        self, each: Suggestion, fields: dict[str, Any], verdict: Judge
    ) -> None:
        named = each.fields["name"]
        if verdict.into and verdict.into not in self._taken:
            self.unmade.append(Unmade(each, "no-target", verdict.into))
            return
        known = verdict.into or fields["key"] or self._keys.get(fields["name"])
        if known:
            self._keys[named] = self._keys[fields["name"]] = known
            self.unmade.append(Unmade(each, "known", known))
            return
        kind = fields["type"]
        if not kind:
            self.unmade.append(Unmade(each, "no-kind"))
            return
        key = self._fresh(fields["name"])
        self._keys[named] = self._keys[fields["name"]] = key
        self.rows["institutions"].append(
            {
                "id": key,
                "name": _both(fields["name"], fields.get("name_en")),
                **_other_names(fields["name"], each.fields),
                "sector": fields.get("sector") or _SECTORS.get(kind, "business"),
                "kind": kind,
                "evidence": self._items(each),
            }
        )

    def _person(self, each: Suggestion, fields: dict[str, Any], verdict: Judge) -> None:
        known = verdict.into or fields["key"]
        body = self._body(fields["institution"] or "")
        if known:
            self._people[each.fields["name"]] = known
            self.unmade.append(Unmade(each, "known", known))
        elif not fields["post"]:
            self.unmade.append(Unmade(each, "no-post"))
        elif body is None:
            name = fields["institution"] or ""
            self.unmade.append(Unmade(each, "no-institution", name))
        else:
            post = {
                "institution": body,
                "title": _both(fields["post"], fields.get("post_en")),
                "evidence": self._items(each),
            }
            key = self._fresh(fields["name"])
            self._people[each.fields["name"]] = self._people[fields["name"]] = key
            row = {"id": key, "name": fields["name"], "posts": [post]}
            self.rows["people"].append(row)

    def _tie(self, each: Suggestion, fields: dict[str, Any]) -> None:
        parties: list[dict[str, Any]] = []
        refused = ""
        for number, one in enumerate(fields["participants"], start=1):
            name = fields.get(f"party-{number}", party_name(one))
            party = self._party(name)
            if party is None:
                refused = refused or name
                continue
            role = fields.get(f"role-{number}", one["role"])
            parties.append({"role": role, **party})
        named = {one["party"] for one in parties if "party" in one}
        if len(parties) < _FEWEST_PARTIES or not named:
            self.unmade.append(Unmade(each, "few-parties", refused))
            return
        key = f"{self._about.key}-{each.ident}"
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

    def _party(self, name: str) -> dict[str, Any] | None:
        """Who takes part; None for a body or a person without a record."""
        key = self._people.get(name) or self._body(name)
        if key:
            return {"party": key}
        if name in self._named:
            return None
        # Such as a group that has no name of its own.
        return {"unnamed": True, "mentioned_as": name[:_LONGEST_MENTION]}

    def _body(self, name: str) -> str | None:
        """The key of a body by its name in the article or in a correction, or by its key itself."""
        return self._keys.get(name) or (name if name in self._taken else None)

    def _observation(self, each: Suggestion, fields: dict[str, Any]) -> None:
        body = self._body(fields["about"] or "")
        if body is None:
            self.unmade.append(Unmade(each, "no-subject", fields["about"] or ""))
            return
        key = f"{self._about.key}-{each.ident}"
        row: dict[str, Any] = {
            "id": key,
            "about": body,
            "measure": _both(fields["measure"], fields.get("measure_en")),
            "value": _written(fields["value"]),
            "comparator": fields["qualifier"],
            **_unit(fields["unit"], each.fields["unit"]),
        }
        if fields["as_of"]:
            row["as_of"] = fields["as_of"]
        self.rows["observations"].append(row)
        self._evidence(each, f"observation/{key}")

    def _evidence(self, each: Suggestion, claim: str) -> None:
        self._passage(self._article, self._about, each, each.shown, claim)
        words = self._article.reading[slice(*each.shown)]
        for copy, about in self._copies:
            places = spans_of(copy.reading, words)
            if len(places) == 1:
                self._passage(copy, about, each, places[0], claim)

    def _passage(
        self,
        article: Suggestions,
        about: About,
        each: Suggestion,
        shown: Span,
        claim: str,
    ) -> None:
        row: dict[str, Any] = {
            "id": f"{about.key}-e-{each.ident}",
            "source": about.key,
            "locator": locator(article, shown),
            "selectors": [anchor(article.text, *article.place(shown)).model_dump()],
            "explicitness": "stated",
            "supports": [claim],
        }
        if about.published:
            row["attested_on"] = about.published
        self.rows["evidence"].append(row)

    def _items(self, each: Suggestion) -> list[dict[str, str]]:
        """Where a body or a person is named, in the article and in every copy that names them."""
        named = [(self._article, self._about, each.shown)]
        for copy, about in self._copies:
            if place := named_in(copy, each, self._article.reading):
                named.append((copy, about, place))
        return [
            {
                "source": about.key,
                "locator": locator(article, shown),
                "stance": "supports",
            }
            for article, about, shown in named
        ]

    def _fresh(self, name: str) -> str:
        """A key that no other party has."""
        key, number = slug(name), 1
        while key in self._taken:
            number += 1
            key = f"{slug(name)}-{number}"
        self._taken.add(key)
        return key


def _other_names(name: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The acronym and the other names by which an article calls a body."""
    others = [each for each in dict.fromkeys(fields["aliases"]) if each != name]
    short = next((each for each in others if _is_acronym(each)), None)
    named: dict[str, Any] = {"short_name": short} if short else {}
    if aliases := [each for each in others if each != short]:
        named["aliases"] = aliases
    return named


def _is_acronym(name: str) -> bool:
    return name.isalpha() and name.isupper() and len(name) <= _LONGEST_ACRONYM


def _unit(unit: str, printed: str) -> dict[str, str]:
    """The unit of a number, with the word that was printed where the list has no code of that name."""
    if unit in set(Unit) and unit != Unit.OTHER:
        return {"unit": unit}
    return {"unit": _UNITS.get(unit, Unit.OTHER.value), "unit_text": printed}


def _written(value: object) -> str:
    """A number as records write it: three decimals would be thousands in Indonesian, four are not."""
    number = Decimal(str(value))
    text = f"{number:f}"
    return f"{text}0" if len(text.partition(".")[2]) == _GROUP else text


def _both(text: str, english: str | None = None) -> dict[str, str]:
    return {"id": text, "en": english or text}
