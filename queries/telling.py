"""Changes in plain sentences, in Indonesian and English."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from simpul.ontology import Language, Wording, code_lists

from .belonging import ChangeKind
from .difference import Change, Turn
from .graph import Graph
from .naming import Naming
from .reasons import Reason, ReasonKind
from .results import Term
from .tables import shown


@dataclass(frozen=True, slots=True)
class Told:
    """A change in words: one sentence, and a clause for each reason."""

    sentence: str
    reasons: tuple[str, ...]


class Teller:
    """Tells the changes between two graphs in one language."""

    def __init__(self, old: Graph, new: Graph, language: Language) -> None:
        self.language: Language = language
        # What was merged or renamed is still known by what it was called before.
        self.naming = Naming((old, new), language, _words())

    def tell(self, change: Change) -> Told:
        """One change in words."""
        if change.kind in (ChangeKind.ADDED, ChangeKind.WITHDRAWN):
            worth = [self._worth(turn) for turn in change.turns]
            turns = f" ({', '.join(worth)})" if worth else ""
        else:
            told = [self._turn(change.kind, turn) for turn in change.turns]
            turns = "; ".join(told) or self._say("rewritten")
        thing = self.naming.thing(change.thing)
        return Told(
            self._say(change.kind, thing=thing, turns=turns),
            tuple(self._reason(reason) for reason in change.reasons),
        )

    def aspect(self, iri: str) -> str:
        """What a property is called."""
        ours = code_lists().term_labels(iri)
        if ours:
            return ours[self.language]
        name = shown(ox.NamedNode(iri))
        code = f"property-{name}"
        return self._say(code) if code in _words().sentences else name

    def _worth(self, turn: Turn) -> str:
        value = self._list(turn.before or turn.after)
        return self._say("worth", aspect=self.aspect(turn.aspect), value=value)

    def _turn(self, kind: ChangeKind, turn: Turn) -> str:
        side = _side(turn.before, turn.after)
        if kind is ChangeKind.MERGED:
            code = {"come": "into", "gone": "no-more"}.get(side, "elsewhere")
            facts = {
                "before": ", ".join(self.naming.thing(_iri(t)) for t in turn.before),
                "after": ", ".join(self.naming.thing(_iri(t)) for t in turn.after),
            }
            return self._say(f"merged-{code}", **facts)
        if kind is ChangeKind.EVIDENCE:
            return self._say(
                f"evidence-{side}",
                document=f"“{self.naming.name(turn.aspect)}”",
                before=self._stances(turn.before),
                after=self._stances(turn.after),
            )
        facts = {"before": self._list(turn.before), "after": self._list(turn.after)}
        if side == "turned" and facts["before"] == facts["after"]:
            # Two things of one name; by their keys they are two.
            facts = {"before": _keys(turn.before), "after": _keys(turn.after)}
        if kind is ChangeKind.PARTICIPANTS:
            party = self.naming.name(turn.aspect)
            return self._say(f"participants-{side}", party=party, **facts)
        code = "turned" if side == "turned" else f"turned-{side}"
        return self._say(code, aspect=self.aspect(turn.aspect), **facts)

    def _reason(self, reason: Reason) -> str:
        kind, before, after = reason.kind, reason.before, reason.after
        about = f"“{self.naming.name(reason.about)}”" if reason.about else ""
        side = _side(before, after)
        match kind:
            case ReasonKind.EVIDENCE:
                return self._say(
                    f"reason-evidence-{side}",
                    about=about,
                    before=self._stances(map(ox.NamedNode, before)),
                    after=self._stances(map(ox.NamedNode, after)),
                )
            case ReasonKind.DISCREPANCY:
                thing = self.naming.thing(reason.about)
                if side == "turned":
                    side = "settled" if after == ("true",) else "reopened"
                return self._say(f"reason-discrepancy-{side}", about=thing)
            case ReasonKind.LAPSE:
                end, newest = before or after
                return self._say(f"reason-lapse-{side}", end=end, newest=newest)
            case ReasonKind.PARTICIPANTS | ReasonKind.RULES:
                return self._say(f"reason-{kind}")
            case _:
                return self._say(
                    f"reason-{kind}",
                    about=about,
                    before=self._texts(before),
                    after=self._texts(after),
                )

    def _texts(self, values: tuple[str, ...]) -> str:
        named = [f"“{self.naming.name(v)}”" if "://" in v else v for v in values]
        return ", ".join(named) or self._say("nothing")

    def _list(self, terms: tuple[Term, ...]) -> str:
        return ", ".join(f"“{self.naming.value(term)}”" for term in terms)

    def _stances(self, terms: Iterable[Term]) -> str:
        names = [shown(term).removeprefix("simpul:") for term in terms]
        return ", ".join(self._say(f"stance-{name}") for name in names)

    def _say(self, code: str, **facts: object) -> str:
        return _words().say(code, self.language, **facts)


def _side(before: tuple[object, ...], after: tuple[object, ...]) -> str:
    if not before:
        return "come"
    if not after:
        return "gone"
    return "anew" if before == after else "turned"


def _keys(terms: tuple[Term, ...]) -> str:
    return ", ".join(map(shown, terms))


def _iri(term: Term) -> str:
    assert isinstance(term, ox.NamedNode)
    return term.value


@cache
def _words() -> Wording:
    return Wording.load("simpul.queries", "difference.toml")
