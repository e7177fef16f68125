"""`simpul review`: a person decides on what an article suggests, and what is accepted is added."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, TextIO

import click
import yaml

from simpul.graph_builder import (
    Judge,
    Restore,
    add_sources,
    read_decisions,
    record_decision,
)
from simpul.graph_builder.extraction import (
    WORTH_ACCEPTING,
    About,
    Suggestion,
    ecosystem_lexicon,
    judged,
    open_article,
    records_of,
    source_key,
    suggestions_of,
)

from .deciding import own_ecosystem, possible_decision_options, today
from .naming_records import sound_records
from .opening import out_folder
from .places import NewFolder
from .session import Session
from .spoken import SpokenCommand

_VERDICTS: dict[str, Literal["accept", "reject", "edit", "merge"]] = {
    "a": "accept",
    "r": "reject",
    "e": "edit",
    "m": "merge",
}
_SKIP, _QUIT = "s", "q"


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
@click.argument(
    "reviewed",
    metavar="ARTICLE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
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
@click.option("--out", metavar="DIR", type=NewFolder())
@click.pass_obj
def review(
    session: Session,
    reviewed: Path,
    ecosystem: str | None,
    answers_file: TextIO,
    source_title: str | None,
    source_publisher: str | None,
    published: datetime | None,
    why: str | None,
    by: str | None,
    out: Path | None,
) -> int:
    """Decide on suggestions one by one; 1 if some are still open."""
    home = own_ecosystem(ecosystem)
    opened = open_article(reviewed.read_bytes(), reviewed.name)
    lexicon = ecosystem_lexicon(sound_records(session, home))
    day = published.date() if published else opened.published
    found = suggestions_of(opened.text, lexicon, day)
    signed = _Signature(by or "?", why)
    verdicts = judged(read_decisions(home.folder)[0], found.digest)
    left = [each for each in found.found if each.ident not in verdicts]
    lines = iter(answers_file)
    for each in left:
        _show(session, each, found.text)
        verdict = _answer(session, lines, each, found.digest, signed)
        if verdict == _QUIT:
            break
        if isinstance(verdict, Judge):
            record_decision(home.folder, verdict)
    verdicts = judged(read_decisions(home.folder)[0], found.digest)
    still = sum(each.ident not in verdicts for each in found.found)
    if still:
        session.tell("review-open", count=still)
        return 1
    named = source_title or reviewed.stem
    about = About(
        source_key(named),
        named,
        source_publisher or reviewed.stem,
        day.isoformat() if day else None,
    )
    rows = records_of(found, verdicts, about)
    if len(rows) == 1:
        session.tell("review-nothing")
        return 0

    def restore(key: str) -> Restore:
        reason = why or session.say("review-reason")
        return Restore(source=key, when=today().isoformat(), who=signed.who, why=reason)

    with ExitStack() as stack:
        packet = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for name, each_row in rows.items():
            content = yaml.safe_dump(each_row, allow_unicode=True, sort_keys=False)
            path = packet / f"{name}.yaml"
            path.write_text(content, encoding="utf-8", newline="\n")
        folder = out or out_folder(ecosystem)
        add_sources(home, [packet], (), restore, folder)
    session.tell("review-added", source=about.key)
    return 0


class _Signature:
    """Who decides, and the reason where an answer gives none."""

    def __init__(self, who: str, why: str | None) -> None:
        self.who = who
        self.why = why


def _show(session: Session, each: Suggestion, text: str) -> None:
    code = "review-above" if each.score >= WORTH_ACCEPTING else "review-below"
    fields = each.fields
    if each.kind == "tie":
        names = " + ".join(map(_named, fields["participants"]))
        said = f"{fields['type']}: {names} ({fields['modality']}, {fields['sign']})"
    elif each.kind == "observation":
        said = f"{fields['about']}: {fields['measure']} {fields['value']}"
    else:
        said = fields["name"]
    session.tell(code, kind=each.kind, said=said, score=each.score)
    click.echo(f"  {text[each.start : each.end]}", err=True)


def _named(party: Mapping[str, Any]) -> str:
    return str(party["institution"] or party.get("person") or party["group"])


def _answer(
    session: Session,
    lines: Iterator[str],
    each: Suggestion,
    digest: str,
    signed: _Signature,
) -> Judge | str:
    """The decision that the next line takes; s or q where it takes none."""
    while True:
        click.echo(session.say("review-keys") + " ", err=True, nl=False)
        key, _, rest = next(lines, _QUIT).strip().partition(" ")
        rest = rest.strip()
        if key in {_SKIP, _QUIT}:
            return key
        into, fields = None, dict[str, str]()
        if key == "m" and each.kind in {"institution", "person"}:
            into, _, rest = rest.partition(" ")
        elif key == "e":
            name, _, value = rest.partition("=")
            if name in each.fields and isinstance(each.fields[name], str) and value:
                fields, rest = {name: value}, ""
        if (
            key not in _VERDICTS
            or (key == "e" and not fields)
            or (key == "m" and not into)
        ):
            session.tell("review-unknown")
            continue
        return Judge(
            text_digest=digest,
            suggestion=each.ident,
            verdict=_VERDICTS[key],
            fields=fields,
            into=into,
            when=today().isoformat(),
            who=signed.who,
            why=rest or signed.why or session.say("review-reason"),
        )
