"""One suggestion for what a text says twice."""

from collections.abc import Sequence
from dataclasses import replace

from .participants import Tie, identity_of

_WIDER = {"agreement": {"cooperation"}, "joint-research": {"cooperation"}, "cooperation": {"co-organization"}, "founding": {"cooperation"},
          "training": {"capacity-building", "co-organization", "event-participation", "supply"},
          "mentoring": {"capacity-building", "supply"}, "technical-assistance": {"funding", "supply"},
          "certification": {"supply"}, "award": {"supply", "funding"}, "co-organization": {"event-participation"},
          "funding": {"supply"}, "hosting": {"supply"}, "site-lease": {"supply"}, "site-loan": {"supply"}}  # fmt: skip


def most_specific(ties: Sequence[Tie]) -> list[Tie]:
    """Of two ties of one sentence and the same parties, the narrower; of a hope, the tie hoped for."""

    def parties(tie: Tie) -> frozenset[object]:
        return frozenset(map(identity_of, tie.participants))

    told = [each for each in ties if not _is_less_told(each, ties)]
    return [
        each
        for each in told
        if not any(
            each.type in _WIDER.get(other.type, ()) and parties(each) <= parties(other)
            for other in told
        )
        and not _is_spelt_out(each, told)
    ]


def _is_less_told(tie: Tie, ties: Sequence[Tie]) -> bool:
    """Whether a verb of giving or hoping alone tells the tie, where the sentence tells what is given or hoped for."""
    if "hope-hope" in tie.rule:
        return any(other.rule == "hope-about-tie" for other in ties)
    return "-give" in tie.rule and any(
        "-give" not in other.rule
        and {identity_of(each) for each in tie.participants}
        == {identity_of(each) for each in other.participants}
        for other in ties
    )


def _is_spelt_out(tie: Tie, ties: Sequence[Tie]) -> bool:
    """Whether what somebody hopes of a body is a tie of its own: `A berharap B mendanai C`."""
    return tie.type == "expectation" and any(
        other.modality == "hoped"
        and any(
            one.role == "subject" and one.entity is two.entity
            for one in tie.participants
            for two in other.participants
        )
        for other in ties
    )


def each_once(ties: Sequence[Tie]) -> tuple[Tie, ...]:
    """One suggestion for what is said twice: the one that names most, with the best score."""
    best: dict[object, Tie] = {}
    for each in ties:
        key = (
            each.type,
            each.modality,
            each.sign,
            frozenset((identity_of(one), one.role) for one in each.participants),
        )
        known = best.get(key)
        if known is None or each.score > known.score:
            best[key] = (
                each if known is None else replace(each, when=each.when or known.when)
            )
        elif known.when is None:
            best[key] = replace(known, when=each.when)
    return tuple(sorted(best.values(), key=lambda each: (each.start, each.rule)))
