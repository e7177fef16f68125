"""Where the parties of a verb stand in a sentence: its subject, what follows it, and what prepositions introduce."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..reading import clauses
from .parties import Chain, Party, Scene
from .triggers import Trigger

_ACTIVE = ("me", "ber")
_VERBAL = ("me", "ber", "di", "ter")
_TOWARD_GAP = 14
_EXEMPLARS = 10
_QUANTIFIERS = frozenset({"para", "pihak", "sejumlah", "(", "berbagai", "beberapa"})
_WHERE = frozenset({"di", "dekat", "sekitar", "seputar", "sekeliling"})
_CONTROLLED = frozenset({"ketika", "saat", "setelah", "sebelum", "usai", "seusai", "sambil", "seraya", "selepas"})  # fmt: skip
_BY = frozenset({"oleh"})
_VERBS = frozenset({"active", "passive", "give", "given", "take", "taken", "touch"})
_OBJECT_FORMS = frozenset(
    {"active", "mutual", "state", "state_back", "noun", "give", "take", "touch"}
)

Shape = Literal["sides", "shared"]


@dataclass(frozen=True, slots=True)
class Reading:
    """Who stands on which side of a trigger. `shared`: all of `agents` have one role.

    `through` are those by whom the agents act. `start` is the first token whose words bear on the
    modality; `purpose` tells that the deed is only what something else is done for.
    """

    agents: tuple[Party, ...]
    patients: tuple[Party, ...]
    rule: str
    score: float
    start: int
    shape: Shape = "sides"
    through: tuple[Party, ...] = ()
    purpose: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A verb in a scene, from token `first` to `last`; for a noun, its light verb where it has one."""

    scene: Scene
    found: Sequence[Trigger]
    at: int
    first: int
    last: int

    @property
    def trigger(self) -> Trigger:
        """The trigger that is read."""
        return self.found[self.at]

    def moved(self, first: int, last: int) -> "Place":
        """The same trigger, read as if its verb stood elsewhere."""
        return Place(self.scene, self.found, self.at, first, last)

    def clause_start(self) -> int:
        """The token after the last word that opens a clause before the verb."""
        words, small = self.scene.words, clauses()
        for each in range(self.first - 1, -1, -1):
            if words[each] in small.boundaries:
                return each + 1
        return 0

    def clause_end(self) -> int:
        """The first token of the next clause, or of the next verb."""
        words, small = self.scene.words, clauses()
        stop = next(
            (
                each
                for each in range(self.last + 1, len(words))
                if words[each] in small.boundaries
            ),
            len(words),
        )
        for other in self.found[self.at + 1 :]:
            if other.form in _VERBS and other.first > self.last:
                return min(stop, other.first)
        return stop


@dataclass(frozen=True, slots=True)
class Subject:
    """Of whom a verb is said; nobody where `parties` is empty.

    `purpose` tells that the verb only says what something else is done for, `through` by whom the
    subject acts.
    """

    parties: tuple[Party, ...]
    chain: Chain | None
    rule: str
    score: float
    purpose: bool = False
    through: tuple[Party, ...] = ()


_NOBODY = Subject((), None, "", 0.0)


def subject_of(place: Place) -> Subject:
    """Who the verb is said of."""
    scene, words, small = place.scene, place.scene.words, clauses()
    at = _before_verbs(place)
    purpose = at >= 0 and words[at] in small.purpose
    if at >= 0 and words[at] == "yang":
        near = [each for each in scene.chains if each.last < at and at - each.last <= 4]
        return (
            Subject((near[-1].parties[-1],), near[-1], "relative", 0.95)
            if near
            else _NOBODY
        )
    start = place.clause_start()
    before = [
        each for each in scene.chains if start <= each.first and each.last < place.first
    ]
    free = [
        each
        for each in before
        if not is_oblique(scene, each) and not _is_object(place, each)
    ]
    through = tuple(
        party
        for each in before
        if each.first > 0 and words[each.first - 1] in small.through
        for party in each.parties
    )
    touching = next((each for each in free if each.last >= at >= each.first), None)
    if touching is not None and not purpose:
        return Subject(touching.parties, touching, "subject", 1.0, through=through)
    if free:
        # A body that is named is rather the subject than a group in some phrase before it.
        chosen = next((each for each in free if not each.parties[0].is_group), free[0])
        score = 0.9 if at - chosen.last < 14 else 0.75
        return Subject(chosen.parties, chosen, "subject", score, purpose, through)
    if purpose:
        return _far_subject(place)
    if not before and start and words[start - 1] in _CONTROLLED:
        return _subject_above(place, start)
    return _NOBODY


def _subject_above(place: Place, start: int) -> Subject:
    """`A …, ketika menerima B`: whoever the main clause is said of does this too."""
    above = [
        each
        for each in place.scene.chains
        if each.last < start and not is_oblique(place.scene, each)
    ]
    if not above:
        return _NOBODY
    return Subject(above[0].parties, above[0], "controlled", 0.85)


def _before_verbs(place: Place) -> int:
    """The token before a verb, its adverbs, and the verbs it is joined to: `membina, mempromosikan, dan memasarkan`."""
    words, small = place.scene.words, clauses()
    verbs = {
        each.last: each.first
        for each in place.found[: place.at]
        if each.form == place.trigger.form
    }
    at = place.first - 1
    while at >= 0:
        if (
            words[at] in small.skipped
            or words[at] == ")"
            or (words[at] == "," and at - 1 in verbs)
        ):
            at -= 1
        elif at in verbs:
            at = verbs[at] - 1
        else:
            break
    return at


def _far_subject(place: Place) -> Subject:
    free = [
        each
        for each in place.scene.chains
        if each.last < place.first and not is_oblique(place.scene, each)
    ]
    return (
        Subject(free[0].parties, free[0], "subject", 0.7, purpose=True)
        if free
        else _NOBODY
    )


def is_oblique(scene: Scene, chain: Chain) -> bool:
    """Whether a preposition governs a chain, right before it or before a noun of a place: `di sekitar pabrik A`."""
    words, at = scene.words, chain.first - 1
    while at >= 0 and words[at] in _QUANTIFIERS:
        at -= 1
    if at >= 0 and words[at] in clauses().oblique:
        return True
    if at >= 0 and words[at] in clauses().namely:
        return False  # `sejumlah perusahaan, di antaranya A`
    for each in range(at, max(at - 3, -1), -1):
        if words[each] in _WHERE:
            return True
        if not scene.tokens[each].is_word or scene.tokens[each].is_capital:
            return False
    return False


def _is_object(place: Place, chain: Chain) -> bool:
    """Whether a chain is the patient of an earlier verb: `A yang membina B menggandeng C`."""
    for other in place.found[: place.at]:
        if other.frame.type == "advocacy":
            continue  # whoever is asked is to do it
        if "," in place.scene.words[other.last + 1 : chain.first]:
            continue  # `Kalau disetujui, A mendanai B`
        if other.form == "passive" and 0 <= chain.first - other.last - 1 <= 1:
            return True
        if other.form in _OBJECT_FORMS and 0 <= chain.first - other.last - 1 <= 3:
            earlier = [each for each in place.scene.chains if each.last < other.first]
            return bool(earlier)
    return False


def chain_after(
    place: Place,
    gap: int,
    refused: frozenset[str] | None = None,
    start: int | None = None,
) -> Chain | None:
    """The first chain after the verb within a number of words, unless a refused word stands before it."""
    first = (place.last if start is None else start) + 1
    stop = place.clause_end()
    words = place.scene.words
    for each in place.scene.chains:
        if each.last < first or each.first <= place.first:
            continue
        if each.first >= stop or each.first - first > gap:
            return _exemplified(place, each, first) if each.first < stop else None
        between = words[first : each.first]
        if refused and any(word in refused for word in between):
            if _is_apposed(between):
                return each
            return _exemplified(place, each, first) if "," in between else None
        return each
    return None


def _is_apposed(between: Sequence[str]) -> bool:
    """Whether what stands before a name says what it is: `menggandeng perusahaan asal Jepang, A`."""
    return (
        len(between) > 1
        and between[-1] == ","
        and "," not in between[:-1]
        and between[0] in clauses().kinds
    )


def _exemplified(place: Place, chain: Chain, first: int) -> Chain | None:
    """The chain that `beberapa toko, seperti A dan B` names: farther off than a bare name may stand."""
    words = place.scene.words
    if chain.first - first > _EXEMPLARS:
        return None
    opener = words[chain.first - 2 : chain.first]
    shown = opener[-1:] and (
        opener[-1] in clauses().namely or opener == ["antara", "lain"]
    )
    return chain if shown else None


def chain_toward(place: Place, start: int | None = None) -> Chain | None:
    """The chain after kepada, bagi, untuk or terhadap."""
    words, small = place.scene.words, clauses()
    first = (place.last if start is None else start) + 1
    stop = place.clause_end()
    for at in range(first, min(stop, first + _TOWARD_GAP)):
        if words[at] in small.toward:
            found = chain_after(place, 5, frozenset({"oleh", ",", "yang", "di"}), at)
            if found and not any(
                words[between].startswith(_ACTIVE)
                and not _is_post(place.scene, between)
                for between in range(at + 1, found.first)
            ):
                return found
    return None


def chain_by(place: Place, openers: frozenset[str], gap: int = 10) -> Chain | None:
    """The chain that an opener such as `oleh` introduces."""
    words = place.scene.words
    stop = place.clause_end()
    for at in range(place.last + 1, min(stop, place.last + 1 + gap)):
        if words[at] in openers:
            return chain_after(place, 2, frozenset({"yang", ","}), at)
    if openers == _BY and stop < len(words) and words[stop] not in clauses().boundaries:
        # "dilatih membuat sabun oleh A": the verb between is no clause of its own.
        return next(
            (
                each
                for each in place.scene.chains
                if stop < each.first <= place.last + 2 + gap
                and words[each.first - 1] == "oleh"
                and not clauses().boundaries & {*words[stop : each.first]}
            ),
            None,
        )
    return None


def agent_of(place: Place) -> Chain | None:
    """Who does what a di- verb says: after `oleh`, or right behind the verb."""
    agent = chain_by(place, _BY)
    if agent is not None:
        return agent
    agent, words = chain_after(place, 2, clauses().no_agent), place.scene.words
    if agent is None or any(
        words[at].startswith(_VERBAL) and not _is_post(place.scene, at)
        for at in range(place.last + 1, agent.first)
    ):
        return None  # `diminta menghubungi A`: A is not who asks
    return agent


def _is_post(scene: Scene, at: int) -> bool:
    """Whether a word that begins like a verb is none: `Direktur`, `Menteri`, `Dinas`."""
    return scene.words[at] in clauses().posts or scene.tokens[at].is_capital


def joined_to(place: Place, first: Chain) -> Chain | None:
    """The chain that `dengan` or `bersama` joins to another."""
    words, small = place.scene.words, clauses()
    last = first.last
    for each in place.scene.chains:
        if each.first > last:
            between = words[last + 1 : each.first]
            if between and between[0] in small.through:
                last = each.last
                continue  # `oleh A melalui B bersama C`
            if (
                between[:1] == [","]
                and len(between) <= 4
                and words[each.last + 1 : each.last + 2] == [","]
            ):
                last = each.last
                continue  # `dijalin A, anak usaha B, dengan C`
            if len(between) <= 4 and any(
                word in small.accompanying for word in between
            ):
                return each
            return None
    return None
