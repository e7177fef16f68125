"""`simpul review`: a person decides on what articles suggest, and what is accepted is added."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import TextIO

import click

from simpul.graph_builder import add_sources
from simpul.graph_builder.extraction import (
    WORTH_ACCEPTING,
    Desk,
    Signature,
    Suggestion,
    UnfitDecision,
    VerdictWord,
    alone_at_the_desk,
    correctable,
    desk_of,
    families_to_review,
    kind_word,
    prospect_words,
    restoring,
    said_of,
    score_word,
    unfit_words,
    unmade_words,
)

from .deciding import own_ecosystem, possible_decision_options, today
from .extracting import article_files, tell_unread
from .naming_records import sound_records
from .opening import out_folder
from .places import NewFolder
from .session import Session
from .spoken import SpokenCommand

_VERDICTS: dict[str, VerdictWord] = {
    "a": "accept",
    "r": "reject",
    "e": "edit",
    "m": "merge",
}
_SKIP, _QUIT, _UNDO, _HELP, _YES = "s", "q", "u", "?", "y"


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul init ukir",
        (
            'echo "Pemkab Jepara menggandeng Kementerian Perindustrian." > kabar.txt && '
            "printf 'a\\na\\na\\n' | simpul review kabar.txt --to ukir --by Sari"
        ),
    ),
)
@click.argument("reviewed", metavar="ARTICLE…", nargs=-1, required=True)
@click.option("--to", "--ecosystem", "ecosystem", metavar="DIR")
@click.option(
    "--answers",
    "answers_file",
    type=click.File("r", encoding="utf-8"),
    metavar="FILE|-",
    default="-",
)
@click.option("--title", "source_title", metavar="TEXT")
@click.option("--publisher", "source_publisher", metavar="TEXT")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE")
@possible_decision_options
@click.option("--keep-text", is_flag=True)
@click.option("--out", metavar="DIR", type=NewFolder())
@click.pass_obj
def review(
    session: Session,
    reviewed: tuple[str, ...],
    ecosystem: str | None,
    answers_file: TextIO,
    source_title: str | None,
    source_publisher: str | None,
    published: datetime | None,
    why: str | None,
    by: str | None,
    keep_text: bool,
    out: Path | None,
) -> int:
    """Decide on suggestions one by one; 1 if some are still open."""
    home = own_ecosystem(ecosystem)
    files = tuple(article_files(session, reviewed))
    if len(files) > 1 and (source_title or source_publisher):
        raise click.UsageError(session.say("review-one-title"))
    signed = Signature(by or "?", today(), why or session.say("review-reason"))
    day = published.date() if published else None
    folder = out or out_folder(ecosystem)
    answers = _Answers(iter(answers_file), is_person=answers_file.isatty())
    families, unread = families_to_review(files, day)
    for error in unread:
        tell_unread(session, error.file, error)
    code = 1 if unread else 0
    with alone_at_the_desk(home):
        for family in families:
            # Anew for each: what was accepted before is known now.
            desk = desk_of(home, sound_records(session, home), family, day)
            publisher = source_publisher or desk.about.publisher
            if source_title:
                desk.titled(source_title, publisher, desk.about.published)
            desk.about = replace(desk.about, publisher=publisher)
            went = _review_one(session, desk, answers, signed, folder, keep_text)
            if went is not _Went.DONE:
                code = 1
            if went is _Went.LEFT:
                break
    return code


@dataclass(frozen=True, slots=True)
class _Answers:
    """Answers, one a line; whether a person gives them, who can be asked more, or a file or a program does."""

    lines: Iterator[str]
    is_person: bool

    def next(self, asked: str) -> str | None:
        """The answer to what is asked; None if there are no more."""
        click.echo(f"{asked} ", err=True, nl=False)
        line = next(self.lines, None)
        return None if line is None else line.strip()


class _Went(Enum):
    DONE = 0
    OPEN = 1
    LEFT = 2


def _review_one(
    session: Session,
    desk: Desk,
    answers: "_Answers",
    signed: Signature,
    out: Path,
    keep_text: bool,
) -> _Went:
    """Review one article, and add it when all is decided."""
    if desk.added_as:
        session.tell("review-already", source=desk.added_as)
        # A build that was cut short is made up for.
        add_sources(desk.ecosystem, (), (), restoring(signed), out)
        return _Went.DONE
    if key := desk.withdrawn_as:
        error = UnfitDecision("source-withdrawn", key=key)
        click.echo(unfit_words(error, session.lang), err=True)
        return _Went.OPEN
    for _, about in desk.copies:
        session.tell("review-copy", copy=about.title, article=desk.about.title)
    for key in desk.kin:
        session.tell("review-copy", copy=key, article=desk.about.title)
    left = _ask(session, desk, answers, signed)
    if still := len(desk.open()):
        session.tell("review-open", count=still)
        return _Went.LEFT if left else _Went.OPEN
    if left:
        session.tell("review-unbuilt")
        return _Went.LEFT
    if desk.made().is_empty:
        for unmade in desk.made().unmade:
            click.echo(unmade_words(unmade, session.lang), err=True)
        session.tell("review-nothing")
        return _Went.DONE
    try:
        with session.working("review-builds"):
            added = desk.finish(signed, out, keep_texts=keep_text)
    except UnfitDecision as error:
        click.echo(unfit_words(error, session.lang), err=True)
        return _Went.OPEN
    for unmade in added.unmade:
        click.echo(unmade_words(unmade, session.lang), err=True)
    session.tell("review-added", source=", ".join(added.sources))
    return _Went.DONE


def _ask(session: Session, desk: Desk, answers: _Answers, signed: Signature) -> bool:
    """Ask about what is open, in its order; whether the person left before the end."""
    skipped: set[str] = set()
    count = len(desk.article.found)
    undone: str | None = None
    while True:
        left = [each for each in desk.open() if each.ident not in skipped]
        if not left:
            last = _last_question(session, desk, answers, signed)
            if not isinstance(last, Suggestion):
                return last
            undone = last.ident
            continue
        # What was undone is asked next: the answer that follows is meant for it.
        each = next((one for one in left if one.ident == undone), left[0])
        undone = None
        refused: str | None = None
        _show(session, desk, each, count - len(left) - len(skipped) + 1, count)
        while True:
            line = answers.next(session.say("review-keys"))
            key, _, rest = (_QUIT if line is None else line).partition(" ")
            if key == _QUIT:
                return True
            if key == _SKIP:
                skipped.add(each.ident)
                break
            if key == _UNDO:
                back = desk.undo(signed)
                if back is None:
                    session.tell("review-no-undo")
                    continue
                skipped.discard(back.ident)
                undone = back.ident
                session.tell("review-undone", said=said_of(back, session.lang))
                break
            if key in _VERDICTS:
                answer = f"{key} {rest.strip()}"
                sure = answer == refused  # given again after it was questioned
                try:
                    _decide(desk, each, answer, signed, sure=sure)
                except UnfitDecision as error:
                    refused = answer if error.code == "unlike" else None
                    click.echo(unfit_words(error, session.lang), err=True)
                    continue
                break
            session.tell("review-legend" if key == _HELP else "review-unknown")
            _tell_fields(session, each)


def _last_question(
    session: Session, desk: Desk, answers: _Answers, signed: Signature
) -> Suggestion | bool:
    """Ask a person whether to build; what was undone, else whether the person left."""
    made = desk.made()
    if not answers.is_person or desk.open() or made.is_empty:
        return False
    count = sum(map(len, made.rows.values()))
    while True:
        line = answers.next(session.say("review-build", count=count))
        if line is None or line == _QUIT:
            return True
        if line == _YES:
            _ask_publisher(session, desk, answers)
            return False
        if line == _UNDO and (back := desk.undo(signed)):
            session.tell("review-undone", said=said_of(back, session.lang))
            return back


def _ask_publisher(session: Session, desk: Desk, answers: _Answers) -> None:
    """Ask who published the article where neither its page nor an option says so."""
    about = desk.about
    if not about.publisher:
        given = answers.next(session.say("review-publisher", title=about.title))
        desk.about = replace(about, publisher=given or "")


def _decide(
    desk: Desk, each: Suggestion, answer: str, signed: Signature, *, sure: bool
) -> None:
    key, _, rest = answer.partition(" ")
    verdict = _VERDICTS[key]
    fields: dict[str, str] = {}
    into = None
    if verdict == "merge":
        into, _, why = rest.partition(" ")
        if into in desk.targets(each):
            rest = why
        else:  # a name, which may be of several words
            into, rest = rest, ""
    elif verdict == "edit":
        for part in filter(str.strip, rest.split(";")):
            name, _, value = part.partition("=")
            fields[name.strip()] = value.strip()
        rest = ""
    reason = replace(signed, why=rest.strip() or signed.why)
    desk.decide(each.ident, verdict, reason, fields, into, sure=sure)


def _show(
    session: Session, desk: Desk, each: Suggestion, number: int, count: int
) -> None:
    code = "review-above" if each.score >= WORTH_ACCEPTING else "review-below"
    session.tell(
        code,
        number=number,
        count=count,
        kind=kind_word(each.kind, session.lang),
        said=said_of(each, session.lang),
        score=score_word(each.score, session.lang),
    )
    for key in desk.alike(each):
        session.tell("review-alike", key=key)
    for near in desk.near(each):
        session.tell("review-near", key=near.key, name=near.name)
    if unmade := desk.prospect(each):
        click.echo(f"  {prospect_words(unmade, session.lang)}", err=True)
    if party := desk.twice(each):
        session.tell("review-twice", key=party)
    before, passage, after = desk.article.in_context(each)
    styled = click.style(passage, bold=True, underline=True)
    click.echo(f"  {before}»{styled}«{after}", err=True)


def _tell_fields(session: Session, each: Suggestion) -> None:
    named = ", ".join(one.name for one in correctable(each))
    session.tell("review-fields", fields=named)
