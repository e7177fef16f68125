"""Deeds told before, and the words that come back to them: `program tersebut`, `acara itu`, `riset ini`.

The parties of such a deed take part in what is said of it: whoever funds the research funds those who do it.
"""

import tomllib
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from ..reading import Token
from .participants import Participant, Tie
from .parties import Party, Scene

_REMEMBERED = 6
"""So many sentences back a deed is still in mind."""
_POINTING = frozenset({"itu", "tersebut", "ini"})
_POINTS_WITHIN = 5
_ADVERBS = frozenset({"itu", "juga", "turut", "telah", "akan", "sudah", "kelak"})
_TIMES = frozenset({"selama", "saat", "hari", "kali", "sejauh", "tahun", "bulan", "pekan", "dewasa", "musim"})  # fmt: skip
_RELATIVE = 10
_SCORE = 0.75
_PATIENTS = frozenset({"beneficiary", "funded", "counterpart", "buyer", "certified"})

Means = Literal["whole", "agents", "patients", "owner"]


@dataclass(frozen=True, slots=True)
class DeedNoun:
    """A noun that may stand for a deed: the kinds of tie it may mean, its fellow nouns, and whom it brings in."""

    types: frozenset[str]
    fellows: frozenset[str]
    means: Means

    @property
    def is_event(self) -> bool:
        """Whether it is something that people come together for."""
        return "event-participation" in self.types


@dataclass(frozen=True, slots=True)
class Deed:
    """What a sentence told: its nouns of deeds, its ties, and the first party, who did it if no tie says."""

    nouns: frozenset[str]
    ties: tuple[Tie, ...]
    doer: tuple[Party, ...]
    paragraph: int
    owners: Mapping[str, Party]

    @property
    def doers(self) -> tuple[Participant, ...]:
        """The doers as participants, with no role yet."""
        return _as_participants(self.doer)


def _opens_passive(words: Sequence[str], last: int) -> bool:
    after = words[last + 1 : last + 3]
    return bool(after) and (
        (after[0].startswith("di") and len(after[0]) > 4)
        or (after[0] in _ADVERBS and after[-1].startswith("di") and len(after[-1]) > 4)
    )


def _is_told_apart(words: Sequence[str], last: int) -> bool:
    """Whether a clause with `yang` stands between a noun and the word that points back."""
    return words[last + 1 : last + 2] == ["yang"] and bool(
        _POINTING & {*words[last + 2 : last + 2 + _RELATIVE]}
    )


def _as_participants(parties: Sequence[Party]) -> tuple[Participant, ...]:
    return tuple(
        Participant(each.entity, "", each.surface, each.person) for each in parties
    )


def _owners(scene: Scene) -> Mapping[str, Party]:
    """Whose the things of a sentence are: the body right behind the thing, or behind `milik`."""
    found: dict[str, Party] = {}
    for _, last, noun in nouns_in(scene.words):
        if deed_nouns()[noun].means != "owner":
            continue
        for each in scene.chains:
            between = scene.words[last + 1 : each.first]
            if any(word in deed_nouns() for word in between):
                break
            if each.first > last and not each.parties[0].is_group:
                if not between or (len(between) <= 6 and between[-1] == "milik"):
                    found[noun] = each.parties[0]
                break
    return found


@cache
def deed_nouns() -> Mapping[str, DeedNoun]:
    """The nouns of deeds.toml, each once."""
    path = files("simpul.graph_builder.extraction") / "words" / "deeds.toml"
    tables = cast(
        "Mapping[str, Sequence[Mapping[str, object]]]",
        tomllib.loads(path.read_text(encoding="utf-8")),
    )
    found: dict[str, DeedNoun] = {}
    for table in tables["deed"]:
        nouns = frozenset(cast("Sequence[str]", table["nouns"]))
        types = frozenset(cast("Sequence[str]", table["types"]))
        for noun in nouns:
            found[noun] = DeedNoun(types, nouns, cast("Means", table["means"]))
    return found


def nouns_in(words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The first and last token of each noun of a deed, and the noun."""
    known, at = deed_nouns(), 0
    while at < len(words):
        for length in (2, 1):
            noun = " ".join(words[at : at + length])
            if noun in known:
                yield at, at + length - 1, noun
                at += length - 1
                break
        at += 1


@dataclass(slots=True)
class DeedsInMind:
    """The deeds of the last sentences, newest first."""

    _deeds: deque[Deed] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))

    def remember(
        self, scene: Scene, ties: Sequence[Tie], doer: Sequence[Party]
    ) -> None:
        """Keep what a sentence told; `doer` are the parties that its main verb is said of."""
        nouns = frozenset(noun for _, _, noun in nouns_in(scene.words))
        named = tuple(each for each in doer if each.entity is not None)
        self._deeds.appendleft(
            Deed(nouns, tuple(ties), named, scene.sentence.paragraph, _owners(scene))
        )

    def doers_in(self, paragraph: int) -> tuple[Party, ...]:
        """Who acted in the sentence just before, if it stands in the same paragraph."""
        if self._deeds and self._deeds[0].paragraph == paragraph:
            return self._deeds[0].doer
        return ()

    @property
    def last(self) -> Deed | None:
        """The newest deed that has a tie, or the noun of a deed and a doer."""
        return next(
            (each for each in self._deeds if each.ties or (each.nouns and each.doer)),
            None,
        )

    def parties_of(
        self, words: Sequence[str], tokens: Sequence[Token]
    ) -> tuple[Party, ...]:
        """A party for each body that takes part in a deed to which these words come back."""
        found = list[Party]()
        for first, last, noun in nouns_in(words):
            pointing = next(
                (
                    at
                    for at in range(
                        last + 1, min(last + 1 + _POINTS_WITHIN, len(words))
                    )
                    if words[at] in _POINTING and words[at - 1] not in _TIMES
                ),
                None,
            )
            if pointing is None and first == 0 and _opens_passive(words, last):
                pointing = last  # "Pelatihan dibiayai A": the one just told of
            if _is_told_apart(words, last):
                pointing = last  # "Rapat yang difasilitasi A itu"
            if pointing is None or any(
                not tokens[at].is_word or tokens[at].is_capital
                for at in range(last + 1, pointing)
            ):
                continue
            surface = " ".join(words[first : pointing + 1])
            for each in self.meant(noun):
                found.append(
                    Party(
                        first,
                        pointing,
                        surface,
                        each.entity,
                        None,
                        _SCORE,
                        of_deed=True,
                    )
                )
        return tuple(found)

    def _owner(self, noun: str) -> tuple[Participant, ...]:
        told = [deed for deed in self._deeds if noun in deed.nouns]
        for deed in told:
            if noun in deed.owners:
                return _as_participants((deed.owners[noun],))
        return told[-1].doers[:1] if told else ()

    def meant(self, noun: str) -> tuple[Participant, ...]:
        """Whom the noun of a deed brings in; nobody if no deed fits it."""
        known = deed_nouns()[noun]
        if known.means == "owner":
            return self._owner(noun)
        for deed in self._deeds:
            ties = [each for each in deed.ties if each.type in known.types]
            if ties:
                found = _brought_in(ties[-1], known.means)
                return found if known.means == "whole" or len(found) <= _MANY else ()
            if noun in deed.nouns or (noun in _GENERIC and deed.nouns & known.fellows):
                paid = [each for each in deed.ties if each.type in _PAYING]
                return _brought_in(paid[-1], "patients") if paid else deed.doers
        if known.is_event and self._deeds:
            return self._deeds[0].doers  # an event is of whoever was just spoken of
        return ()


_MANY = 3
"""More parties than these do not stand for one deed of theirs, unless it is a gathering."""
_PAYING = frozenset({"funding", "technical-assistance"})
_GENERIC = frozenset({"acara", "kegiatan", "agenda", "program", "proyek"})


def _brought_in(tie: Tie, means: Means) -> tuple[Participant, ...]:
    named = [each for each in tie.participants if each.entity is not None]
    reached = [each for each in named if each.role in _PATIENTS]
    if means == "patients" and reached:
        return tuple(reached)
    if means == "agents":
        leading = [each for each in named if each.role == "lead-partner"]
        if leading:
            return tuple(leading)
        agents = [each for each in named if each not in reached]
        return tuple(agents) if agents and tie.type not in _MUTUAL else tuple(named)
    return tuple(named)


_MUTUAL = frozenset({"cooperation", "agreement", "joint-research", "co-organization"})
