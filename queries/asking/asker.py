"""A question in everyday words answered from a graph: read, matched to the catalogue, asked, and said in a sentence."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pyoxigraph as ox

from simpul.graph_builder import Days, time_slice
from simpul.ontology import BASE, Language

from ..catalog import Catalog
from ..catalog import catalog as shipped
from ..graph import Graph
from ..results import Rows
from ..store import GraphStore
from .answering import (
    figures_beside,
    holdings_by_row,
    said_of,
    says_nothing,
    told_by,
    unused_in,
)
from .choosing import Choice, choose
from .features import Features, features_of
from .filling import Filled
from .holding_rows import rows_on
from .linking import Mention, Names
from .narrowing import narrowed
from .own_queries import solutions, value_of
from .reading import Reading, read_question_text
from .releases import releases_described
from .reply import Reply, ReplyKind
from .replying import (
    alternatives_of,
    ambiguous,
    left_out,
    missing,
    negated,
    nothing,
    reasons_of,
    shown_slots,
    unclear_day,
    unsure,
)
from .sentences import quoted, spoken_slots
from .sources import claims_of, sources_of
from .turning import negations_in
from .wording import listed, reply_words
from .words import words_of

_NAMED = ("institution", "person", "place", "post")
_NEAR = 70.0
"""The least score of a name that may have been meant."""

_READS_CLAIMS = frozenset(("tenures",))
"""Backing of entries whose query reads the claims themselves, and not edges, which a slice makes anew."""

Slicer = Callable[[Days], Graph]
"""What makes the time slice of a graph for some days."""


def ask(
    graph: Graph,
    text: str,
    lang: Language | None = None,
    *,
    index: Names,
    today: date,
    catalog: Catalog | None = None,
    base: str = BASE,
    as_of: Days | None = None,
    slicer: Slicer | None = None,
) -> Reply:
    """Answer one question; `Asker` answers many.

    `lang` is the language of the reply, if it is not to be that of the question. `as_of` are the
    days of the time slice to ask where the question names none.
    """
    asker = Asker(graph, index, today=today, catalog=catalog, base=base, slicer=slicer)
    return asker.ask(text, lang, as_of=as_of)


class Asker:
    """Answers questions about one graph.

    A day in a question is given to the entry if it takes days; else the entry is asked of the time
    slice that `slicer` makes. Without one (`can_slice=False`) rows that hold claims are limited to those
    that held then, and the reply says so; of other rows it says that the day was not used.
    """

    def __init__(
        self,
        graph: Graph,
        index: Names,
        *,
        today: date,
        catalog: Catalog | None = None,
        base: str = BASE,
        slicer: Slicer | None = None,
        can_slice: bool = True,
    ) -> None:
        self.graph = graph
        self.index = index
        self.today = today
        self.catalog = catalog or shipped()
        self.base = base
        self.slicer = slicer or (self._slice if can_slice else None)
        titles = solutions(graph, "setting", {})
        said = (word for row in titles for word in words_of(value_of(row["title"])))
        self.setting = frozenset(word.plain for word in said)

    def ask(
        self, text: str, lang: Language | None = None, *, as_of: Days | None = None
    ) -> Reply:
        """Answer a question. The same question, graph and day give the same reply."""
        features, choice = self.choose(text, lang)
        reading = features.reading
        lang = lang or reading.language
        if not reading.words:
            sentence = reply_words().say("empty", lang)
            return Reply(ReplyKind.UNSURE, text, lang, sentence)
        if reading.unclear:
            return unclear_day(reading, choice, lang)
        filled = choice.best.filled
        if denying := negations_in(reading, filled.question):
            return negated(reading, choice, lang, [w.written for w in denying])
        if not choice.is_sure:
            return self._undecided(features, choice, lang)
        if doubtful := _doubtful(filled):
            return ambiguous(reading, choice, lang, doubtful)
        if filled.described:
            return self._described(features, choice, lang, as_of)
        return self._answered(reading, choice, filled, lang, as_of)

    def choose(
        self, text: str, lang: Language | None = None
    ) -> tuple[Features, Choice]:
        """What a question says, and every entry by how well it fits; nothing but keys is looked up in the graph."""
        reading = read_question_text(
            text,
            self.index,
            today=self.today,
            exists=self._exists,
            setting=self.setting,
            asked=lang,
            base=self.base,
        )
        features = features_of(reading)
        spoken = lang or reading.language
        return features, choose(features, self.catalog, spoken, self.today)

    def _undecided(self, features: Features, choice: Choice, lang: Language) -> Reply:
        reading = features.reading
        near = self._near(reading)
        if choice.best.fits and choice.best.filled.missing:
            return missing(reading, choice, lang, near)
        return unsure(reading, choice, lang, near)

    def _near(self, reading: Reading) -> list[str]:
        """Names that words which are not known may have meant."""
        return [
            match.name
            for word in reading.unknown
            if word.is_capital
            for match in self.index.find(word.written, kinds=_NAMED, limit=2)
            if match.score >= _NEAR
        ]

    def _described(
        self,
        features: Features,
        choice: Choice,
        lang: Language,
        as_of: Days | None,
    ) -> Reply:
        """Look up the tie, the release or the acronym that the other things of a question describe."""
        reading, filled = features.reading, choice.best.filled
        if filled.described == "acronym":
            body = filled.named["acronym"]
            found = solutions(self.graph, "acronyms", {"thing": ox.NamedNode(body.iri)})
            written = [value_of(row["acronym"]) for row in found]
            value = next(
                (w for w in written if w == body.written), *written[:1] or [""]
            )
            values = {**filled.values, "acronym": value or body.written}
        else:
            is_tie = filled.described == "tie"
            things = (
                self._ties(features)
                if is_tie
                else releases_described(self.graph, reading)
            )
            if len(things) > 1:
                return ambiguous(reading, choice, lang, things)
            if not things:
                return nothing(reading, choice, filled, lang)
            values = {**filled.values, filled.described: things[0]}
        filled = replace(filled, values=values, described="")
        return self._answered(reading, choice, filled, lang, as_of)

    def _ties(self, features: Features) -> list[str]:
        """The ties in which all bodies of a sentence take part, of the type that it names."""
        bodies = [m.iri for m in features.reading.mentions if m.slot == "org"]
        asked = features.relation
        kind = {"type": asked.relation.type_iri} if asked else {}
        found: list[set[str]] = []
        for body in bodies:
            rows = solutions(self.graph, "backing/ties", {"thing": body, **kind})
            found.append({value_of(row["claim"]) for row in rows})
        return sorted(set[str].intersection(*found)) if found else []

    def _answered(
        self,
        reading: Reading,
        choice: Choice,
        filled: Filled,
        lang: Language,
        as_of: Days | None,
    ) -> Reply:
        graph, days, notes = self._graph_for(filled, as_of, lang)
        by_rows = days if days and graph is self.graph else None
        on_days = days or self._period(filled)
        bound = filled.question.bind(filled.values, self.base)
        sparql = narrowed(filled.question, bound, filled.narrowings)
        rows = graph.query(sparql, name=filled.question.name)
        assert isinstance(rows, Rows)  # every entry of the catalogue is a SELECT
        told = told_by(self.graph, graph, filled, rows, on_days)
        if by_rows:
            rows, told = rows_on(rows, told)
        unused = unused_in(reading, filled, rows)
        if unused and (reading.says("yesno") or not len(rows)):
            return left_out(reading, choice, lang, unused, self._near(reading))
        spoken = spoken_slots(filled, lang, filled.values)
        asks = filled.question.asks(lang, **spoken)
        limits = quoted([n.spoken for n in filled.narrowings], lang)
        reply = Reply(
            kind=ReplyKind.ANSWER,
            text=reading.text,
            lang=lang,
            sentence="",
            question=filled.question.name,
            asks=asks,
            slots=shown_slots(filled.values),
            as_of=str(days) if days else None,
            rows=rows,
            sparql=sparql,
            sureness=choice.sureness,
            why=reasons_of(choice),
            alternatives=alternatives_of(choice, lang, first=1),
            notes=tuple(notes),
        )
        if len(rows) == 0 or says_nothing(rows):
            return self._empty(reply, reading, filled, graph, spoken, limits, on_days)
        said = said_of(graph, filled, reading, rows, spoken, told, lang)
        say = reply_words().say
        more = [say("limited", lang, limits=limits)] if limits else []
        if unused:
            more.append(say("unused", lang, words=quoted(unused, lang)))
        if reading.says("howmany"):
            more += figures_beside(
                self.graph, self.catalog, self.base, filled, spoken, lang
            )
        return replace(
            reply,
            sentence=said.sentence,
            left_out=said.left_out,
            holdings=holdings_by_row(told),
            sources=sources_of(graph, rows, claims_of(graph, filled, rows), lang),
            notes=(*more, *notes),
        )

    def _period(self, filled: Filled) -> Days | None:
        """The days that the parameters of an entry took; since a day is until today."""
        first, last = filled.values.get("from"), filled.values.get("until")
        if not first and not last:
            return None
        begin = date.fromisoformat(first) if first else date.min
        end = date.fromisoformat(last) if last else max(begin, self.today)
        return Days(begin, end)

    def _empty(
        self,
        reply: Reply,
        reading: Reading,
        filled: Filled,
        graph: Graph,
        spoken: Mapping[str, str],
        limits: str,
        days: Days | None,
    ) -> Reply:
        """No rows: no source says so. What there is without the conditions is told beside it."""
        lang, say = reply.lang, reply_words().say
        parties = {name: spoken[name] for name in ("one", "other") if name in spoken}
        relation = listed(
            [n.spoken for n in filled.narrowings if n.way == "of-type"], lang
        )
        parties["relation"] = f"“{relation}”" if relation else say("any-tie", lang)
        if filled.frame.pair and filled.question.name == "ties-between":
            sentence = say("no-tie", lang, **parties)
        else:
            sentence = say("nothing", lang, asks=reply.asks)
        if filled.narrowings:
            plain = replace(filled, narrowings=())
            bound = filled.question.bind(filled.values, self.base)
            sparql = narrowed(filled.question, bound, ())
            wide = graph.query(sparql, name=filled.question.name)
            assert isinstance(wide, Rows)
            told = told_by(self.graph, graph, plain, wide, days)
            if reply.as_of and graph is self.graph:
                wide, told = rows_on(wide, told)
            if len(wide) and all(n.way == "titled" for n in filled.narrowings):
                # Titles are written in many ways: all posts are an answer too.
                claims = claims_of(graph, plain, wide)
                said = said_of(graph, plain, reading, wide, spoken, told, lang)
                note = say("no-such-title", lang, titles=limits)
                return replace(
                    reply,
                    sentence=said.sentence,
                    left_out=said.left_out,
                    holdings=holdings_by_row(told),
                    rows=wide,
                    sparql=sparql,
                    sources=sources_of(graph, wide, claims, lang),
                    notes=(note, *reply.notes),
                )
            if len(wide):
                unasked = replace(reading, signs=())
                said = said_of(graph, plain, unasked, wide, spoken, told, lang)
                if relation and filled.question.name == "ties-between":
                    sentence = say(
                        "not-that-tie", lang, **parties, sentence=said.sentence
                    )
                else:
                    sentence = say(
                        "not-so-narrow", lang, limits=limits, sentence=said.sentence
                    )
        return replace(reply, kind=ReplyKind.NOTHING, sentence=sentence)

    def _graph_for(
        self, filled: Filled, as_of: Days | None, lang: Language
    ) -> tuple[Graph, Days | None, list[str]]:
        """The graph to ask: itself, or a time slice of it if days are left that no parameter took."""
        say = reply_words().say
        moments = list(filled.moments)
        days = moments.pop(0).days(self.today) if moments else None
        if (
            days is None
            and "from" not in filled.values
            and "until" not in filled.values
        ):
            days = as_of
        notes = [say("day-unused", lang, written=moment.written) for moment in moments]
        if days is None:
            return self.graph, None, notes
        if self.slicer is None and (
            filled.frame.claims or filled.frame.backing in _READS_CLAIMS
        ):
            return self.graph, days, [say("rows-as-of", lang, days=days), *notes]
        if self.slicer is None:
            written = filled.moments[0].written if filled.moments else str(days)
            return self.graph, None, [say("day-unused", lang, written=written), *notes]
        return self.slicer(days), days, [say("as-of", lang, days=days), *notes]

    def _slice(self, days: Days) -> Graph:
        return GraphStore(time_slice(self.graph.quads(), as_of=days, base=self.base))

    def _exists(self, iri: str) -> bool:
        return bool(self.graph.query(f"ASK {{ {ox.NamedNode(iri)} ?p ?o }}"))


def _doubtful(filled: Filled) -> Mention | None:
    """A thing given to a slot whose words name others as well."""
    return next((m for m in filled.named.values() if m.others), None)
