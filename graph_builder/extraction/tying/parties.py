"""Who takes part in a sentence: named bodies, people for their bodies, references, and unnamed groups.

Parties joined by commas and conjunctions stand in one chain, since a list takes one role.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ..naming import Entity, Mention
from ..reading import Sentence, Token, clauses, tokenize
from .coreference import Reference

_NOT_OWNED = frozenset({"anak", "usaha", "industri", "asosiasi", "investor"})
_UNKNOWN = 5
_GLOSS = 6
_GLOSS_ENDS = {
    "selaku": frozenset({",", "dan", "serta"}),
    "sebagai": frozenset({"dan", "serta"}),
}
_SENT = frozenset({"wakil", "perwakilan", "utusan", "delegasi", "pengurus"})
GROUP_WORDS = 4
"""So many words after its head a group's name may have."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in a sentence, by first and last token, both included.

    `entity` is the body that takes part; the body of a person stands for the person, who is kept
    in `person`. Both are None for an unnamed group, which is known by its `surface` alone. `of_deed`
    tells that the words speak of something that the body did, not of the body.
    """

    first: int
    last: int
    surface: str
    entity: Entity | None
    person: Entity | None
    score: float
    of_deed: bool = False

    @property
    def is_group(self) -> bool:
        """Whether the text names nobody."""
        return self.entity is None and self.person is None


@dataclass(frozen=True, slots=True)
class Chain:
    """Parties of one list, by the first and last token of the whole."""

    parties: tuple[Party, ...]

    @property
    def first(self) -> int:
        """The first token of the first party."""
        return self.parties[0].first

    @property
    def last(self) -> int:
        """The last token of the last party."""
        return self.parties[-1].last


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with its tokens, their small-letter words, and its chains in order.

    `elided` are those of whom a clause is said that names nobody: who speaks, or who acted just before.
    """

    sentence: Sentence
    tokens: Sequence[Token]
    words: Sequence[str]
    chains: tuple[Chain, ...]
    elided: tuple[Party, ...] = ()


DeedReader = Callable[[Sequence[str], Sequence[Token]], Sequence[Party]]


def scene_of(
    sentence: Sentence,
    mentions: Sequence[Mention],
    references: Sequence[Reference],
    deeds: DeedReader | None = None,
    elided: Sequence[Party] = (),
) -> Scene:
    """The scene of a sentence; `mentions` and `references` are those that lie in it, in order.

    `deeds` gives the parties of deeds told before to which the words come back.
    """
    tokens = sentence.tokens or tokenize(sentence.text, sentence.start)
    words = [token.text.casefold() for token in tokens]
    starts = [token.start for token in tokens]
    named = _named(tokens, starts, mentions, references)
    if deeds is not None:
        taken = {at for each in named for at in range(each.first, each.last + 1)}
        named += [
            each
            for each in deeds(words, tokens)
            if taken.isdisjoint(range(each.first, each.last + 1))
        ]
        named.sort(key=lambda each: (each.first, each.last))
    parties = _with_groups(tokens, words, named, sentence)
    return Scene(
        sentence, tokens, words, _chained(words, tokens, parties), tuple(elided)
    )


def _named(
    tokens: Sequence[Token],
    starts: Sequence[int],
    mentions: Sequence[Mention],
    references: Sequence[Reference],
) -> list[Party]:
    found = list[Party]()
    for each in mentions:
        if each.kind == "place":
            continue
        first, last = (
            bisect_right(starts, each.start) - 1,
            bisect_left(starts, each.end) - 1,
        )
        if each.kind == "person":
            party = Party(
                max(first, 0),
                last,
                each.surface,
                each.entity.institution,
                each.entity,
                each.score,
            )
        else:
            party = Party(
                max(first, 0), last, each.surface, each.entity, None, each.score
            )
        _append(found, tokens, party)
    for other in references:
        first, last = (
            bisect_right(starts, other.start) - 1,
            bisect_left(starts, other.end) - 1,
        )
        for entity in other.entities:
            body = entity.institution if entity.kind == "person" else entity
            person = entity if entity.kind == "person" else None
            if entity.kind != "place":
                found.append(
                    Party(max(first, 0), last, other.surface, body, person, other.score)
                )
    return sorted(found, key=lambda each: (each.first, each.last))


def _append(found: list[Party], tokens: Sequence[Token], party: Party) -> None:
    """Add a party, or let it grow into the one before where both are one: a name and its acronym, a post and its holder."""
    if found and party.first <= found[-1].last:
        return
    if found:
        last = found[-1]
        gap = [token.text for token in tokens[last.last + 1 : party.first]]
        same = last.entity is not None and last.entity is party.entity
        # A unit with its ministry right behind it is the unit.
        if (
            last.entity is not None
            and party.entity is not None
            and last.person is party.person is None
            and party.entity.type == "ministry"
            and last.entity.type != "ministry"
            and all(mark in {"(", ")"} for mark in gap)
        ):
            found[-1] = replace(last, last=party.last)
            return
        if same and (
            all(mark in {"(", ")", ",", "/", "alias", "atau"} for mark in gap)
            or (
                (last.person is None) != (party.person is None)
                and len(gap) <= 6
                and (not gap or gap[0] in {",", "selaku", "sebagai", "("})
                and not any(
                    mark in {"dan", "serta", "dengan", "bersama", "yang"}
                    for mark in gap
                )
            )
        ):
            person = party.person or last.person
            found[-1] = Party(
                last.first,
                party.last,
                last.surface,
                last.entity,
                person,
                max(last.score, party.score),
            )
            return
    found.append(party)


def _with_groups(
    tokens: Sequence[Token],
    words: Sequence[str],
    named: Sequence[Party],
    sentence: Sentence,
) -> list[Party]:
    small, taken = clauses(), set[int]()
    for party in named:
        taken.update(range(party.first, party.last + 1))
    found = list(named)
    at = 0
    while at < len(words):
        if (
            words[at] not in small.groups
            or at in taken
            or words[at - 1 : at + 1] == ["badan", "usaha"]
        ):
            at += 1
            continue
        last = at
        while (
            last + 1 < len(words)
            and last - at < GROUP_WORDS
            and last + 1 not in taken
            and tokens[last + 1].is_word
            and words[last + 1] not in small.group_stop
            and not words[last + 1].startswith(("me", "di", "ber", "ter"))
            and not tokens[last + 1].text[0].isdigit()
        ):
            last += 1
        body = next(
            (
                each
                for each in named
                if each.first
                == last + 1 + (words[last + 1 : last + 2] in (["dari"], ["binaan"]))
            ),
            None,
        )
        if body is None:
            body = _joined_in(words, last, named)
        if body is not None and body.person is None and _belongs(words, at, last):
            found[found.index(body)] = replace(body, first=at)
            at = body.last + 1
            continue
        surface = sentence.text[
            tokens[at].start - sentence.start : tokens[last].end - sentence.start
        ]
        found.append(Party(at, last, surface, None, None, 0.7))
        at = last + 1
    return sorted(found, key=lambda each: (each.first, each.last))


def _joined_in(words: Sequence[str], last: int, named: Sequence[Party]) -> Party | None:
    """The body in which a group is united: `warga yang tergabung dalam Forum A`."""
    after = [*words[last + 1 : last + 4]]
    if after[:2] != ["yang", "tergabung"] and after[:1] != ["tergabung"]:
        return None
    near = last + 2 + after.index("tergabung")
    return next((each for each in named if 0 < each.first - near <= 2), None)


def _belongs(words: Sequence[str], first: int, last: int) -> bool:
    """Whether a group that stands right before a body is one of that body's own: `produk A`, `perajin anggota B`."""
    return words[last] not in {"binaan", "mitra"} and words[first] not in _NOT_OWNED


def _past_gloss(gap: Sequence[str]) -> Sequence[str]:
    """The words between two parties without what explains the first: `A selaku penjual dan B`, `A (kopi) dan B`."""
    opened = gap[0] if gap else ""
    if opened == "(" and ")" in gap[:_GLOSS]:
        return gap[gap.index(")") + 1 :]
    ends = _GLOSS_ENDS.get(opened, frozenset[str]())
    return next(
        (gap[at:] for at in range(2, min(len(gap), _GLOSS)) if gap[at] in ends), gap
    )


def _past_origin(
    tokens: Sequence[Token], gap: Sequence[str], first: int
) -> Sequence[str]:
    """The words between two parties without the place that the first is from: `A dari China dan B`."""
    if len(gap) < 3 or gap[0] not in {"dari", "asal"}:
        return gap
    names = 1
    while names < len(gap) and tokens[first + names].is_capital:
        names += 1
    return gap[names:] if 1 < names <= 3 else gap


def _lists(gap: Sequence[str]) -> bool:
    small = clauses()
    return (
        bool(gap)
        and any(word in small.conjunctions for word in gap)
        and all(word in small.joining for word in gap)
        and "dengan" not in gap
    )


def _lists_unknown(tokens: Sequence[Token], gap: Sequence[str], after: int) -> bool:
    """Whether all that stands between two parties of a list is one more, which is no known body: `A, Balai Desa, dan B`."""
    if len(gap) < 3 or gap[0] != "," or "," not in gap[1:]:
        return False
    until = gap.index(",", 1)
    start = after - len(gap)
    return (
        1 < until <= _UNKNOWN
        and all(tokens[start + at].is_capital for at in range(1, until))
        and all(word in clauses().joining for word in gap[until:])
        and any(word in clauses().conjunctions for word in gap[until:])
    )


def _chained(
    words: Sequence[str], tokens: Sequence[Token], parties: Sequence[Party]
) -> tuple[Chain, ...]:
    small = clauses()
    runs = list[list[Party]]()
    links = list[list[bool]]()  # whether a link has a conjunction
    for party in parties:
        if runs:
            gap = _past_gloss(words[runs[-1][-1].last + 1 : party.first])
            if gap[-1:] == ["dari"] and gap[-2:-1] and gap[-2] in _SENT:
                gap = gap[:-1]
            together = party.first <= runs[-1][-1].last  # two entities of one reference
            joined = (
                bool(gap)
                and len(gap) <= 5
                and all(word in small.joining or word in small.posts for word in gap)
                and ("dengan" not in gap or "bersama" in gap)
            )
            gap = (
                gap
                if joined or not gap or gap[0] not in {"dari", "asal"}
                else _past_origin(tokens, gap, runs[-1][-1].last + 1)
            )
            joined = joined or _lists(gap) or _lists_unknown(tokens, gap, party.first)
            marked = any(word in small.conjunctions for word in gap)
            if together or (joined and (marked or "," in gap)):
                runs[-1].append(party)
                links[-1].append(together or marked)
                continue
        runs.append([party])
        links.append([])
    return tuple(
        chain
        for run, link in zip(runs, links, strict=True)
        for chain in _split(run, link)
    )


def _split(run: Sequence[Party], links: Sequence[bool]) -> list[Chain]:
    """A list ends with a conjunction: what follows the last one by a comma alone begins anew."""
    last_marked = max((at for at, marked in enumerate(links) if marked), default=-1)
    chains = (
        [Chain(tuple(run[: last_marked + 2]))]
        if last_marked >= 0
        else [Chain((run[0],))]
    )
    return chains + [Chain((party,)) for party in run[len(chains[0].parties) :]]
