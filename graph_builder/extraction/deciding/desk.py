"""The desk: one article, or several of one release, under review in an ecosystem.

Every decision is in the log before the next thing is shown, so that what is cut short goes on where it was. The
terminal and the page decide by the same rules, which are here.
"""

import tempfile
from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from filelock import FileLock, Timeout

from simpul.ontology import SimpulError

from ... import lasting
from ...additions import add_sources
from ...decisions import (
    Join,
    Judge,
    Restore,
    read_decisions,
    record_decision,
    standing_decisions,
)
from ...ecosystem import Ecosystem
from ...evidence.articles import FOLDER, sha256
from ...fields import PARTY
from ...packets import read_with_packets
from ...problems import nearest
from ...reading import MODELS, Loaded, read_files
from ...records import Source, Tie
from .correcting import UnfitDecision, corrected
from .deciding import Made, judged, new_keys, records_of, source_key
from .likely import Likely, LikelyRecords
from .making import About, Unmade
from .suggestions import Suggestion, Suggestions, party_name

VerdictWord = Literal["accept", "reject", "edit", "merge"]
_LOCK = ".reviewing.lock"


class ReviewedElsewhere(SimpulError):
    """Somebody reviews articles for this ecosystem at this moment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"articles are under review in {folder} already")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who decides, when, and why where a decision gives no reason of its own."""

    who: str
    when: date
    why: str


@dataclass(frozen=True, slots=True)
class Added:
    """What came of a review: the keys of the sources, and what was accepted without a record of its own."""

    sources: tuple[str, ...]
    unmade: tuple[Unmade, ...]


@contextmanager
def alone_at_the_desk(ecosystem: Ecosystem) -> Generator[None]:
    """Keep others from reviewing articles for an ecosystem meanwhile; what is killed keeps nobody.

    Raises: ReviewedElsewhere.
    """
    lock = FileLock(ecosystem.folder / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise ReviewedElsewhere(ecosystem.folder) from None
    try:
        yield
    finally:
        lock.release()


class Desk:
    """An article under review: what it suggests, what is decided, and what comes of it.

    `about` is what its source is to be, and `copies` are the articles of the same release, with what theirs are to be.
    `kin` are recorded sources of the same release, and `result` is what came of it, once it is finished.
    """

    def __init__(
        self,
        ecosystem: Ecosystem,
        loaded: Loaded,
        article: Suggestions,
        about: About,
        copies: Sequence[tuple[Suggestions, About]] = (),
        kin: Sequence[str] = (),
    ) -> None:
        self.ecosystem = ecosystem
        self.article = article
        self.about = about
        self.copies = tuple(copies)
        self.kin = tuple(kin)
        self.result: Added | None = None
        self._ties = tuple(
            each for each in loaded.records["tie"].values() if isinstance(each, Tie)
        )
        self._keys = {kind: frozenset(them) for kind, them in loaded.records.items()}
        self._sources = {
            each.text_digest: each.id
            for each in loaded.records["source"].values()
            if isinstance(each, Source) and each.text_digest
        }
        self._withdrawn = _withdrawn(ecosystem)
        self._likely = LikelyRecords(loaded)

    @property
    def added_as(self) -> str | None:
        """The key of the source that this article is already; None if it is new."""
        return self._sources.get(self.article.digest)

    @property
    def withdrawn_as(self) -> str | None:
        """The key that the new source would share with a withdrawn one of the same text; None if there is none."""
        for article, about in ((self.article, self.about), *self.copies):
            if self._withdrawn.get(about.key) == article.digest:
                return about.key
        return None

    @property
    def parties(self) -> Collection[str]:
        """The keys of all parties that are recorded."""
        return frozenset[str]().union(*(self._keys.get(kind, ()) for kind in PARTY))

    def verdicts(self) -> dict[str, Judge]:
        """What is decided, by the name of the suggestion, oldest first."""
        decisions = read_decisions(self.ecosystem.folder)[0]
        held = judged(decisions, self.article.digest)
        return {ident: each for ident, each in held.items() if self.article.find(ident)}

    def seen(self, ident: str | None = None) -> str:
        """What is decided on a suggestion, or on the whole article, as a short name that changes with it."""
        held = self.verdicts()
        told = [
            each.model_dump_json()
            for name, each in held.items()
            if ident is None or name == ident
        ]
        return sha256("\n".join(told))[:12]

    def open(self) -> tuple[Suggestion, ...]:
        """What is not decided yet, in the order of the article."""
        held = self.verdicts()
        return tuple(each for each in self.article.found if each.ident not in held)

    def decide(
        self,
        ident: str,
        verdict: VerdictWord,
        signed: Signature,
        fields: Mapping[str, str] | None = None,
        into: str | None = None,
        *,
        sure: bool = False,
    ) -> Judge:
        """Take a decision on a suggestion; a later one takes the place of an earlier.

        A merge goes `into` the key or the name of a record; of what is unlike that record only if one is `sure`.

        Raises: UnfitDecision, and nothing is decided; OSError.
        """
        each = self.article.find(ident)
        if each is None:
            raise UnfitDecision("no-such-suggestion", name=ident)
        target = self._target(each, into or "") if verdict == "merge" else None
        if target and not sure:
            self._refuse_unlike(each, target)
        decision = Judge(
            text_digest=self.article.digest,
            suggestion=ident,
            verdict=verdict,
            fields=self._corrected(each, fields or {}) if verdict == "edit" else {},
            into=target,
            when=signed.when.isoformat(),
            who=signed.who,
            why=signed.why,
        )
        record_decision(self.ecosystem.folder, decision)
        return decision

    def undo(self, signed: Signature) -> Suggestion | None:
        """Take back the last decision on this article, and give what it was on; None if there is none."""
        held = self.verdicts()
        if not held:
            return None
        last = next(reversed(held))
        decision = Judge(
            text_digest=self.article.digest,
            suggestion=last,
            verdict="reopen",
            when=signed.when.isoformat(),
            who=signed.who,
            why=signed.why,
        )
        record_decision(self.ecosystem.folder, decision)
        return self.article.find(last)

    def made(self) -> Made:
        """The records that what is decided makes."""
        return records_of(
            self.article, self.verdicts(), self.about, self.copies, self.parties
        )

    def finish(
        self, signed: Signature, out: Path, *, keep_texts: bool = False
    ) -> Added:
        """Add what was accepted as records of new sources, and build the graph.

        With `keep_texts` the articles are kept beside the records, in the private folder that `verify` reads.

        Raises: UnfitDecision if something is open, nothing was accepted, or a source, be it a withdrawn one, has the
        key of the new one;
        BuildRefused; BuildRunning; OSError. The ecosystem is as it was then.
        """
        if count := len(self.open()):
            raise UnfitDecision("still-open", count=count)
        made = self.made()
        if made.is_empty:
            raise UnfitDecision("nothing-accepted")
        if key := self.withdrawn_as:
            raise UnfitDecision("source-withdrawn", key=key)
        keys = tuple(row["id"] for row in made.rows["sources"])
        for key in keys:
            if key in self._keys["source"] or key in self._withdrawn:
                raise UnfitDecision("source-exists", key=key)
        with tempfile.TemporaryDirectory() as folder:
            for name, rows in made.rows.items():
                content = yaml.safe_dump(rows, allow_unicode=True, sort_keys=False)
                path = Path(folder) / f"{name}.yaml"
                path.write_text(content, encoding="utf-8", newline="\n")
            decide = restoring(signed)
            if joins := self._joins(signed):
                record_decision(self.ecosystem.folder, *joins)
            add_sources(self.ecosystem, [Path(folder)], (), decide, out)
        for article in (self.article, *(copy for copy, _ in self.copies)):
            self._sources[article.digest] = keys[0]
        if keep_texts:
            self._keep_texts()
        self.result = Added(keys, made.unmade)
        return self.result

    def _joins(self, signed: Signature) -> tuple[Join, ...]:
        """That recorded sources are of the release of this article."""
        when, family = signed.when.isoformat(), self.about.release
        return tuple(
            Join(source=key, family=family, when=when, who=signed.who, why=signed.why)
            for key in self.kin
            if family and key in self._keys["source"]
        )

    def _keep_texts(self) -> None:
        folder = self.ecosystem.folder / FOLDER
        folder.mkdir(exist_ok=True)
        for article, about in ((self.article, self.about), *self.copies):
            is_page = article.form == "html" and article.text != article.reading
            path = folder / f"{about.key}{'.html' if is_page else '.txt'}"
            lasting.replace(path, article.text.encode())

    def titled(self, title: str, publisher: str, published: str | None) -> None:
        """Say what the source of the article is to be; its key follows from the title."""
        self.about = replace(
            self.about,
            key=source_key(title),
            title=title,
            publisher=publisher,
            published=published,
        )

    def targets(self, each: Suggestion) -> tuple[str, ...]:
        """The keys of records that a suggestion may be merged into, those of this article first."""
        own = new_keys(self.article, each.kind)
        own.pop(each.fields.get("name", ""), None)
        known = self._keys.get(each.kind, frozenset())
        return (*sorted({*own.values()} - known), *sorted(known))

    def alike(self, each: Suggestion) -> tuple[str, ...]:
        """The keys of recorded ties that may be the suggested one: of its type, between its parties."""
        if each.kind != "tie":
            return ()
        parties = set(self._parties_of(each))
        if None in parties:
            return ()
        return tuple(
            tie.id
            for tie in self._ties
            if tie.type == each.fields["type"]
            and {one.party for one in tie.participants} == parties
        )

    def near(self, each: Suggestion) -> tuple[Likely, ...]:
        """The recorded bodies or people that a suggested one may be, the most alike first."""
        return self._likely.near(each)

    def twice(self, each: Suggestion) -> str | None:
        """The key of a party that stands in a suggested tie more than once; None if none does."""
        if each.kind != "tie":
            return None
        keys = [key for key in self._parties_of(each) if key]
        return next((key for key in keys if keys.count(key) > 1), None)

    def prospect(self, each: Suggestion) -> Unmade | None:
        """Why a suggestion would make no record if it and all that is open were accepted; None if it would."""
        held = self.verdicts()
        verdicts = {
            one.ident: held.get(one.ident) or self._accepting(one.ident)
            for one in self.article.found
        }
        verdicts[each.ident] = self._accepting(each.ident)
        made = records_of(self.article, verdicts, self.about, (), self.parties)
        return next((one for one in made.unmade if one.suggestion is each), None)

    def _accepting(self, ident: str) -> Judge:
        return Judge(
            text_digest=self.article.digest,
            suggestion=ident,
            verdict="accept",
            when="2000-01-01",  # for trying only: it is never kept
            who="-",
            why="-",
        )

    def _parties_of(self, tie: Suggestion) -> list[str | None]:
        """The keys of the parties of a suggested tie as things are decided; None for one that has none yet."""
        held = self.verdicts()
        own = new_keys(self.article, "institution")
        keys: dict[str, str | None] = {}
        for one in self.article.found:
            if one.kind in {"institution", "person"}:
                name, verdict = one.fields["name"], held.get(one.ident)
                into = verdict.into if verdict else None
                keys[name] = into or one.fields["key"] or own.get(name)
        return [keys.get(party_name(one)) for one in tie.fields["participants"]]

    def _target(self, each: Suggestion, into: str) -> str:
        """The key of the record that a key or a name means."""
        known = self.targets(each)
        if into in known:
            return into
        own = new_keys(self.article, each.kind)
        own.pop(each.fields.get("name", ""), None)
        folded = into.casefold()
        found = [
            Likely(key, name) for name, key in own.items() if name.casefold() == folded
        ]
        found = found or [*self._likely.called(each.kind, into)]
        if len(found) == 1 and folded == found[0].name.casefold():
            return found[0].key
        near = [f"{one.key} ({one.name})" for one in found] or nearest(into, known)
        raise UnfitDecision("no-such-record", key=into, near=", ".join(near))

    def _refuse_unlike(self, each: Suggestion, into: str) -> None:
        """Refuse a merge of what is of another kind than its target, or has quite another name."""
        own = new_keys(self.article, each.kind)
        there = self._likely.kind_and_name(each.kind, into)
        other = None
        if there is None and into in own.values():
            other = next(
                one
                for one in self.article.found
                if one.kind == each.kind and own.get(one.fields["name"]) == into
            )
            there = other.fields["type"] or "", other.fields["name"]
        if there is None:
            return
        kind, name = there
        own_kind = each.fields.get("type") or ""
        is_other = bool(own_kind and kind) and own_kind != kind
        if is_other or self._likely.is_unlike(each, into, other):
            facts = {"of": each.kind, "kind": own_kind, "other_kind": kind}
            said = each.fields.get("name") or ""
            raise UnfitDecision("unlike", name=said, into=name or into, **facts)

    def _corrected(self, each: Suggestion, fields: Mapping[str, str]) -> dict[str, str]:
        made = corrected(each, fields)
        bodies = {
            one.fields["name"]
            for one in self.article.found
            if one.kind == "institution"
        }
        people = {
            one.fields["name"] for one in self.article.found if one.kind == "person"
        }
        bodies |= {
            verdict.fields["name"]
            for ident, verdict in self.verdicts().items()
            if ident.startswith("institution-") and "name" in verdict.fields
        }
        for name, value in made.items():
            is_body = name in {"institution", "about"} or name.startswith("party-")
            known = bodies | people if name.startswith("party-") else bodies
            if is_body and value not in known and value not in self.parties:
                near = ", ".join(nearest(value, {*known, *self.parties}))
                raise UnfitDecision("no-such-body", name=value, near=near)
        return made


def restoring(signed: Signature) -> Callable[[str], Restore]:
    """How a source is restored that was withdrawn and comes again."""

    def restore(key: str) -> Restore:
        when = signed.when.isoformat()
        return Restore(source=key, when=when, who=signed.who, why=signed.why)

    return restore


def _withdrawn(ecosystem: Ecosystem) -> dict[str, str]:
    """The digest of the text of each withdrawn source by its key, empty where it has none."""
    gone = standing_decisions(read_decisions(ecosystem.folder)[0]).withdrawn
    if not gone:
        return {}
    raws = read_with_packets(ecosystem.folder, read_files, MODELS)[0]
    return {
        each.key: str(each.data.get("text_digest") or "")
        for each in raws.get("sources", ())
        if each.key in gone
    }
