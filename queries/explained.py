"""An explanation in plain sentences, in Indonesian or English."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from simpul.ontology import SIMPUL, Code, Language, Wording, code_lists

from .explanation import Explanation
from .explanation_reading import Disagreement, Party, Passage
from .graph import Graph
from .judgement import Clause, Grounds, Judgement, Prospect
from .results import Term
from .tables import shown
from .telling import Teller

_FIRST = (
    SIMPUL.tieType,
    SIMPUL.eventKind,
    SIMPUL.changeType,
    SIMPUL.indicator,
    SIMPUL.value,
    SIMPUL.comparator,
    SIMPUL.unit,
    SIMPUL.modality,
    SIMPUL.sign,
    SIMPUL.validFrom,
    SIMPUL.validUntil,
    SIMPUL.occurredOn,
    SIMPUL.period,
    SIMPUL.asOf,
)
"""What one asks first about a claim; the rest follows by IRI."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the sentences under it."""

    code: str
    heading: str
    sentences: tuple[str, ...]


class Explainer:
    """Tells explanations of one graph in one language."""

    def __init__(self, graph: Graph, language: Language) -> None:
        self.language: Language = language
        self._teller = Teller(graph, graph, language)
        self._name = self._teller.naming.name

    def title(self, explanation: Explanation) -> str:
        """What is explained, by its sort, name and key."""
        return self._teller.naming.thing(explanation.claim)

    def sections(self, explanation: Explanation) -> list[Section]:
        """All that is to be said, in the order in which one would ask."""
        told = [
            self._section("states", self._states(explanation)),
            self._section(
                "evidence",
                map(self._passage, explanation.passages)
                if explanation.passages
                else [self._say("no-evidence")],
                articles=self._count("articles", _articles(explanation)),
                origins=self._count("origins", len(explanation.origins)),
                disputing=explanation.grounds.disputing,
            ),
            self._section("origins", self._origins(explanation)),
            self._section("disagreements", self._disagreements(explanation)),
        ]
        for rule, judgement, derived in (
            ("confidence", explanation.confidence, explanation.derived[0]),
            ("standing", explanation.standing, explanation.derived[1]),
        ):
            if judgement:
                told.append(self._judged(rule, judgement, derived, explanation))
        told.append(self._section("prospects", self._prospects(explanation)))
        return [section for section in told if section.sentences]

    def _states(self, explanation: Explanation) -> Iterator[str]:
        for party in explanation.parties:
            yield self._party(party)
        states = explanation.states
        first = [name for name in _FIRST if name in states]
        for name in (*first, *(name for name in states if name not in first)):
            values = states[name]
            told = ", ".join(map(self._value, self._in_language(values)))
            yield self._say("fact", aspect=self._teller.aspect(name), value=told)

    def _party(self, party: Party) -> str:
        code = "party" if party.named else "party-unnamed"
        facts = {"role": self._name(party.role), "party": self._name(party.party)}
        more = [
            self._say(f"party-{name}", **{name: value})
            for name, value in (
                ("mention", party.mention),
                ("capacity", party.capacity and self._name(party.capacity)),
                ("behalf", party.behalf and self._name(party.behalf)),
            )
            if value
        ]
        return ", ".join([self._say(code, **facts), *more])

    def _passage(self, passage: Passage) -> str:
        houses = ", ".join(map(self._name, passage.publishers)) or self._say("nobody")
        told = self._say(
            "passage",
            how=self._stance(passage),
            publisher=houses,
            issued=passage.issued or self._say("undated"),
            title=self._name(passage.document),
        )
        origins = [root for root in passage.roots if root != passage.document]
        against = passage.stance == SIMPUL.disputes
        says = self._in_language(passage.says) if against else []
        details = [
            *_each("locator", [passage.locator]),
            *_each("voice", map(self._name, filter(None, [passage.voice]))),
            *_each("origin", map(self._name, origins)),
            *_each("says", map(self._value, says)),
        ]
        return "; ".join(
            [told, *(self._say(f"passage-{k}", **{k: v}) for k, v in details)]
        )

    def _stance(self, passage: Passage) -> str:
        stance = passage.stance.rpartition("#")[2]
        how = (passage.explicitness or "").rpartition("/")[2]
        code = f"{stance}-{how}"
        return self._say(code if code in _words().sentences else stance)

    def _origins(self, explanation: Explanation) -> Iterator[str]:
        for origin, documents in explanation.origins.items():
            code = "origin-of-copies" if len(documents) > 1 else "origin-alone"
            yield self._say(
                code,
                articles=self._count("articles", len(documents)),
                origin=self._name(origin),
                documents="; ".join(map(self._named_document, documents)),
            )

    def _named_document(self, document: str) -> str:
        return f"{self._name(document)} [{shown(ox.NamedNode(document))}]"

    def _disagreements(self, explanation: Explanation) -> Iterator[str]:
        for one in explanation.disagreements:
            yield self._disagreement(one)
        if not explanation.disagreements:
            yield self._say("disagreement-none")

    def _disagreement(self, one: Disagreement) -> str:
        says = " ".join(map(self._value, self._in_language(one.says)))
        told = self._say(
            f"disagreement-{'resolved' if one.resolved else 'open'}",
            type=self._name(one.type) if one.type else "?",
            key=shown(ox.NamedNode(one.discrepancy)),
            says=says,
        )
        others = "; ".join(map(self._teller.naming.thing, one.others))
        more = self._say("disagreement-others", others=others) if others else ""
        return " ".join(filter(None, (told, more)))

    def _judged(
        self,
        rule: str,
        judgement: Judgement,
        derived: str | None,
        explanation: Explanation,
    ) -> Section:
        on = explanation.grounds
        facts: dict[str, object] = {
            "passages": on.passages,
            "roots": on.roots,
            "origins": on.origins,
            "disputing": on.disputing,
            "open": on.open,
            "settled": on.settled,
            "roles": ", ".join(map(self._name, on.unnamed)),
            "modality": self._label(on.modality),
            "end": on.end or self._say("unknown-day"),
            "newest": on.newest or self._say("unknown-day"),
            "cited": on.cited,
        }
        sentences: list[str] = []
        for number, clause in enumerate(judgement.clauses, 1):
            if clause.holds is None:
                break
            answer = "yes" if clause.holds else "no"
            why = _why(clause, on)
            sentence = self._say(f"{rule}-{clause.code}-{why}", **facts)
            sentences.append(
                self._say(
                    f"clause-{answer}",
                    number=number,
                    sentence=sentence,
                    level=self._label(clause.gives),
                )
            )
        if judgement.clauses[-1].holds is None:
            sentences.append(self._say("clauses-left"))
        if derived and derived != judgement.result.iri:
            sentences.append(self._say("derived-otherwise", level=self._name(derived)))
        return Section(
            rule,
            self._say(f"heading-{rule}", level=self._label(judgement.result)),
            tuple(sentences),
        )

    def _prospects(self, explanation: Explanation) -> Iterator[str]:
        for prospect in explanation.prospects:
            yield self._prospect(prospect, explanation)
        if not explanation.prospects:
            yield self._say("prospect-none")

    def _prospect(self, prospect: Prospect, explanation: Explanation) -> str:
        now = (
            explanation.confidence.result,
            explanation.standing and explanation.standing.result,
        )
        effects = [
            self._say(f"prospect-effect-{name}", level=self._label(after))
            for name, before, after in (
                ("confidence", now[0], prospect.confidence),
                ("standing", now[1], prospect.standing),
            )
            if after and after != before
        ]
        if prospect.confidence is None:
            effects = [self._say("prospect-effect-gone")]
        return self._say(
            "prospect",
            condition=self._say(f"prospect-{prospect.code}"),
            effects=", ".join(effects),
        )

    def _section(self, code: str, sentences: Iterable[str], **facts: object) -> Section:
        return Section(code, self._say(f"heading-{code}", **facts), tuple(sentences))

    def _in_language(self, terms: Iterable[Term]) -> list[Term]:
        """Of texts in several languages those in ours, where there is one."""
        every = list(terms)
        other = [t for t in every if isinstance(t, ox.Literal) and t.language]
        ours = [t for t in other if t.language == self.language]
        return [t for t in every if t not in other or t in ours] if ours else every

    def _value(self, term: Term) -> str:
        return self._name(term.value) if isinstance(term, ox.NamedNode) else shown(term)

    def _label(self, code: Code) -> str:
        return code_lists().concept(code.iri).labels[self.language]

    def _count(self, code: str, count: int) -> str:
        return self._say(f"{code}-{'one' if count == 1 else 'many'}", count=count)

    def _say(self, code: str, **facts: object) -> str:
        return _words().say(code, self.language, **facts)


def _why(clause: Clause, on: Grounds) -> str:
    """Which of the sentences of a clause is true."""
    if clause.holds:
        return "yes"
    if clause.code == "opposed" and (on.disputing or on.settled):
        return "settled"
    return "later" if clause.code == "over" and on.end else "no"


def _each(name: str, values: Iterable[str | None]) -> list[tuple[str, str]]:
    return [(name, value) for value in values if value]


def _articles(explanation: Explanation) -> int:
    support = (p for p in explanation.passages if p.stance == SIMPUL.supports)
    return len({passage.document for passage in support})


@cache
def _words() -> Wording:
    return Wording.load("simpul.queries", "explanation.toml")
