"""What bodies do together without a word for it: `A bersama B melepas ekspor`, `A dan B sepakat …`."""

from collections.abc import Sequence
from dataclasses import replace

from ..reading import clauses
from .deeds import DeedsInMind, deed_nouns
from .modality import modality_of
from .participants import Participant, Tie, identity_of
from .parties import Chain, Party, Scene
from .subjects import is_oblique

_TOGETHER = frozenset({"bersama", "bareng"})
_AGREEING = frozenset(
    {"sepakat", "bersepakat", "berkomitmen", "saling", "bersama-sama", "sama-sama", "bersatu", "menyepakati", "kompak"}
)  # fmt: skip
_MEETING = frozenset(
    {"meninjau", "mengunjungi", "menghadiri", "meresmikan", "menyaksikan", "hadir", "berfoto", "menyapa", "tiba"}
)  # fmt: skip
_OPENING = frozenset({"membuka", "menutup", "memimpin", "mengikuti"})
_FARING = frozenset({"mencatat", "mencatatkan", "membukukan", "mengalami", "mengeluh", "mengeluhkan", "mengaku", "menyatakan", "mengatakan", "menyebut", "merugi"})  # fmt: skip
_FRONTED = (["bersama"], ["bersama", "dengan"])
_VERB_NEAR = 6
_SCORE = 0.6


def joint_actions(scene: Scene, told: Sequence[Tie], deeds: DeedsInMind) -> list[Tie]:
    """The cooperation, or common presence, of bodies that one verb has for its subject.

    Only where no tie of the sentence that is already `told` joins them.
    """
    joined = [{identity_of(each) for each in tie.participants} for tie in told]
    for parties, first, last in _together(scene):
        verb = _verb_after(scene.words, last)
        if verb is None or _FARING & {*scene.words[verb : verb + 2]}:
            continue  # "A dan B sama-sama mencatat laba" do nothing together
        roles = "attendee" if _is_meeting(scene.words, verb) else "partner"
        made = _participants(parties, roles)
        if roles == "attendee" and scene.words[verb] in _OPENING:
            met = deeds.meant(scene.words[verb + 1])  # "membuka acara": the one told of
            named = {identity_of(each) for each in made}
            made = (
                *made,
                *(
                    replace(each, role=roles)
                    for each in met
                    if identity_of(each) not in named
                ),
            )
        who = {identity_of(each) for each in made}
        if len(who) < 2 or any(len(who & each) > 1 for each in joined):
            continue
        type_ = "event-participation" if roles == "attendee" else "cooperation"
        sentence = scene.sentence
        return [
            Tie(type_, made, modality_of(scene.words, first, verb, verb), "neutral" if roles == "attendee" else "positive",
                None, sentence.start, sentence.end, scene.words[verb], "joint-action", _SCORE)
        ]  # fmt: skip
    return []


def _is_meeting(words: Sequence[str], verb: int) -> bool:
    """Whether a verb tells no more than that somebody was there: `menghadiri`, `membuka acara`."""
    if words[verb] not in _OPENING:
        return words[verb] in _MEETING
    noun = deed_nouns().get(words[min(verb + 1, len(words) - 1)])
    return noun is not None and noun.is_event


def _together(scene: Scene) -> list[tuple[tuple[Party, ...], int, int]]:
    """The parties that act as one, with the token from which they stand and the one after which their verb stands."""
    words, found = scene.words, list[tuple[tuple[Party, ...], int, int]]()
    chains = [
        each for each in scene.chains if not any(one.is_group for one in each.parties)
    ]
    for at, chain in enumerate(chains):
        within = words[chain.first : chain.last + 1]
        agreeing = any(
            word in _AGREEING for word in words[chain.last + 1 : chain.last + 3]
        )
        follower = chains[at + 1] if at + 1 < len(chains) else None
        if (
            follower is not None
            and words[max(chain.first - 2, 0) : chain.first] in _FRONTED
            and _is_comma(words[chain.last + 1 : follower.first])
        ):
            parties = (*follower.parties, *chain.parties)
            found.append((parties, chain.first, follower.last))
            continue
        if is_oblique(scene, chain):
            continue
        if len(chain.parties) > 1 and (_TOGETHER & {*within} or agreeing):
            found.append((chain.parties, chain.first, chain.last))
            continue
        partner = _partner(words, chain, chains[at + 1 :])
        if partner is not None:
            adjacent = partner.first - chain.last <= 3
            after = partner.last if adjacent else chain.last
            found.append(((*chain.parties, *partner.parties), chain.first, after))
    return found


def _is_comma(gap: Sequence[str]) -> bool:
    """Whether a comma alone stands between two parties, after what is in brackets."""
    return gap[-1:] == [","] and (
        len(gap) == 1 or (gap[-2] == ")" and gap[0] in {"(", ")"})
    )


def _partner(words: Sequence[str], chain: Chain, rest: Sequence[Chain]) -> Chain | None:
    """The chain that `bersama` joins to another in the same clause."""
    small = clauses()
    for each in rest:
        named = each.first
        while named > chain.last + 1 and words[named - 1] in small.posts:
            named -= 1  # "bersama Wakil Ketua B"
        before = words[max(chain.last + 1, named - 2) : named]
        between = words[chain.last + 1 : each.first]
        if any(
            word in small.boundaries or word in {"yang", "oleh"} for word in between
        ):
            return None
        if before and _TOGETHER & {*before}:
            return each
    return None


def _verb_after(words: Sequence[str], last: int) -> int | None:
    for at in range(last + 1, min(last + 1 + _VERB_NEAR, len(words))):
        word = words[at]
        if word in clauses().boundaries or word in {"yang", "."}:
            return None
        if (
            word in _AGREEING
            or word in _MEETING
            or (word.startswith("me") and len(word) > 5)
        ):
            return at
    return None


def _participants(parties: Sequence[Party], role: str) -> tuple[Participant, ...]:
    made = dict[int, Participant]()
    for each in parties:
        if each.entity is not None:
            made.setdefault(
                id(each.entity),
                Participant(each.entity, role, each.surface, each.person),
            )
    return tuple(made.values())
