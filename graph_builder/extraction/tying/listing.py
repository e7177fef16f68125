"""Bodies that a text first counts and then names: `menggandeng tiga perusahaan … Ketiganya ialah A, B, dan C`."""

from collections.abc import Sequence
from dataclasses import replace

from ..naming import Entity
from ..reading import clauses
from .parties import Chain, Scene

_THOSE = frozenset({"mereka", "keduanya", "ketiganya", "keempatnya", "kelimanya", "keenamnya", "ketujuhnya", "antaranya"})  # fmt: skip
_ARE = frozenset({"ialah", "adalah", "yaitu", "yakni", "meliputi", "lain", "merupakan"})
_NUMBERS = frozenset({"dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sejumlah", "beberapa", "berbagai"})  # fmt: skip
_OPENING = 5


def named_later(scene: Scene, before: Scene | None) -> Scene | None:
    """The sentence before with the bodies that this one names in the place where it only counts them.

    None where this sentence names nobody in that way.
    """
    listed = _listed(scene)
    if before is None or listed is None:
        return None
    counted = _counted(before.words)
    if counted is None:
        return None
    first, last = counted
    chain = Chain(
        tuple(replace(each, first=first, last=last) for each in listed.parties)
    )
    others = [each for each in before.chains if each.last < first or each.first > last]
    chains = sorted((*others, chain), key=lambda each: each.first)
    return replace(before, chains=tuple(chains))


def entities_listed(scene: Scene) -> frozenset[Entity]:
    """The bodies that a sentence names for those counted before."""
    listed = _listed(scene)
    parties = listed.parties if listed else ()
    return frozenset(each.entity for each in parties if each.entity is not None)


def _listed(scene: Scene) -> Chain | None:
    opening = scene.words[:_OPENING]
    if not _THOSE & {*opening} or not _ARE & {*opening}:
        return None
    copula = max(at for at, word in enumerate(opening) if word in _ARE)
    return next((each for each in scene.chains if 0 < each.first - copula <= 2), None)


def _counted(words: Sequence[str]) -> tuple[int, int] | None:
    """The last number of bodies in a sentence: the tokens of the number and of what is counted."""
    small = clauses()
    for at in range(len(words) - 2, -1, -1):
        if words[at] not in _NUMBERS and not words[at].isdigit():
            continue
        for noun in range(at + 1, min(at + 3, len(words))):
            if words[noun] in small.kinds or words[noun] in small.groups:
                return at, noun
    return None
