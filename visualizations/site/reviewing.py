"""The page on which a person decides on what an article suggests: one suggestion, its passage, and what else there is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from simpul.graph_builder import Judge
from simpul.graph_builder.extraction import (
    WORTH_ACCEPTING,
    Desk,
    Suggestion,
    UnfitDecision,
    code_word,
    correctable,
    kind_word,
    prospect_words,
    said_of,
    score_word,
    unfit_words,
    unmade_words,
)

from .frame import Frame

MOST_TARGETS = 5_000
"""So many records are offered to merge into."""


@dataclass(frozen=True, slots=True)
class ReviewField:
    """A field that may be corrected: its codes with their words, none where any text will do."""

    name: str
    value: str
    choices: tuple[tuple[str, str], ...]
    is_body: bool


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A suggestion in the list: what it says, its verdict if it has one, and the address that shows it."""

    ident: str
    kind: str
    said: str
    verdict: str | None
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Current:
    """The suggestion that is decided on."""

    ident: str
    kind: str
    said: str
    score: str
    is_worth: bool
    number: int
    before: str
    passage: str
    after: str
    fields: tuple[ReviewField, ...]
    bodies: tuple[str, ...]
    targets: tuple[str, ...]
    alike: tuple[str, ...]
    near: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    verdict: str | None
    seen: str
    skip_href: str


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The page: one suggestion, or what is to be added when none is open, or what was.

    `seen` names what was decided when the page was made.
    """

    token: str
    seen: str
    action: str
    title: str
    copies: tuple[str, ...]
    items: tuple[ReviewItem, ...]
    decided: int
    current: Current | None
    can_undo: bool
    made: int
    can_add: bool
    unmade: tuple[str, ...]
    about: Mapping[str, str]
    added: str | None
    added_href: str | None
    others: tuple[tuple[str, str], ...]
    fault: str | None = None
    given: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def count(self) -> int:
        """How many suggestions there are."""
        return len(self.items)


def review_view(
    desk: Desk,
    frame: Frame,
    *,
    token: str,
    number: int,
    asked: str | None,
    others: Sequence[tuple[str, str]] = (),
    fault: str | None = None,
    given: Mapping[str, str] | None = None,
) -> ReviewView:
    """The page of a desk, at the suggestion that was asked for, or else the first that is open."""
    held = desk.verdicts()
    found = desk.article.found
    path = f"/review/{number}"
    still = [each for each in found if each.ident not in held]
    current = desk.article.find(asked) if asked else None
    if current is None and still:
        current = still[0]
    if desk.added_as:
        current = None
    items = tuple(
        ReviewItem(
            each.ident,
            kind_word(each.kind, frame.language),
            said_of(each, frame.language, _edits(held.get(each.ident))),
            held[each.ident].verdict if each.ident in held else None,
            frame.href(path, s=each.ident),
            each is current,
        )
        for each in found
    )
    made = desk.made()
    told = desk.result.unmade if desk.result else () if desk.added_as else made.unmade
    rows = sum(
        len(made.rows.get(name, ()))
        for name in ("institutions", "people", "ties", "observations")
    )
    about = desk.about
    if desk.withdrawn_as and fault is None:
        error = UnfitDecision("source-withdrawn", key=desk.withdrawn_as)
        fault = unfit_words(error, frame.language)
    return ReviewView(
        token=token,
        seen=desk.seen(),
        action=frame.href(path),
        title=about.title,
        copies=(*(copy.title for _, copy in desk.copies), *desk.kin),
        items=items,
        decided=len(held),
        current=_current(desk, frame, current, path, held) if current else None,
        can_undo=bool(held) and not desk.added_as,
        made=rows,
        can_add=not made.is_empty,
        unmade=tuple(unmade_words(each, frame.language) for each in told),
        about={
            "title": about.title,
            "publisher": about.publisher,
            "published": about.published or "",
        },
        added=desk.added_as,
        added_href=frame.href(f"/id/doc/{desk.added_as}") if desk.added_as else None,
        others=tuple(others),
        fault=fault,
        given=given or {},
    )


def _current(
    desk: Desk,
    frame: Frame,
    each: Suggestion,
    path: str,
    held: Mapping[str, Judge],
) -> Current:
    found = desk.article.found
    at = found.index(each)
    verdict = held.get(each.ident)
    edits = _edits(verdict)
    before, passage, after = desk.article.in_context(each)
    bodies = [
        str(_edits(held.get(one.ident)).get("name") or one.fields["name"])
        for one in found
        if one.kind == "institution"
    ]
    turned = [*found[at + 1 :], *found[:at]]
    following = next((one for one in turned if one.ident not in held), None)
    return Current(
        each.ident,
        kind_word(each.kind, frame.language),
        said_of(each, frame.language, edits),
        score_word(each.score, frame.language),
        each.score >= WORTH_ACCEPTING,
        at + 1,
        before,
        passage,
        after,
        tuple(
            ReviewField(
                one.name,
                one.value,
                tuple(
                    (code, code_word(each.kind, one.name, code, frame.language))
                    for code in one.codes
                ),
                one.name in {"institution", "about"} or one.name.startswith("party-"),
            )
            for one in correctable(each, edits)
        ),
        tuple(dict.fromkeys(bodies)),
        desk.targets(each)[:MOST_TARGETS],
        desk.alike(each),
        tuple((one.key, one.name) for one in desk.near(each)),
        tuple(_notes(desk, frame, each)),
        verdict.verdict if verdict else None,
        desk.seen(each.ident),
        frame.href(path, s=following.ident) if following else frame.href(path),
    )


def _notes(desk: Desk, frame: Frame, each: Suggestion) -> Iterator[str]:
    """What one should know before one decides: that there will be no record, that a party stands in it twice."""
    if unmade := desk.prospect(each):
        yield prospect_words(unmade, frame.language)
    if key := desk.twice(each):
        yield frame.say("review-twice", key=key)


def _edits(verdict: Judge | None) -> dict[str, str]:
    return dict(verdict.fields) if verdict else {}
