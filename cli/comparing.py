"""`simpul diff`: what changed from one version of a graph to another."""

import json
from itertools import groupby
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from simpul.graph_builder import NoVersion, current_version, kept_versions
from simpul.ontology import SimpulError
from simpul.queries import (
    Change,
    Difference,
    GraphStore,
    Teller,
    Told,
    Turn,
    difference,
    shown,
)

from .opening import out_folder, version_options
from .session import Session
from .spoken import SpokenCommand

CURRENT, PREVIOUS = "current", "previous"


class UnknownVersion(SimpulError):
    """No version goes by this name, or several do."""

    def __init__(self, name: str, message: str) -> None:
        self.name = name
        super().__init__(message)


def _version_names(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    del parameter
    try:
        out = ctx.params.get("version_dir") or out_folder(ctx.params.get("ecosystem"))
        names = [PREVIOUS, CURRENT, *(path.name for path in kept_versions(out))]
    except (SimpulError, OSError):
        return []  # no such ecosystem: there is nothing to complete either
    found = [CompletionItem(name) for name in names if name.startswith(incomplete)]
    return [*found, CompletionItem(incomplete, type="dir")]


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul diff current current",
        "simpul build seed --out seed-only && simpul diff seed-only current",
    ),
)
@click.argument(
    "old_version", metavar="[OLD]", default=PREVIOUS, shell_complete=_version_names
)
@click.argument(
    "new_version", metavar="[NEW]", default=CURRENT, shell_complete=_version_names
)
@click.option(
    "--format", "text_format", type=click.Choice(("text", "json")), default="text"
)
@version_options
@click.pass_obj
def diff(
    session: Session,
    old_version: str,
    new_version: str,
    text_format: str,
    ecosystem: str | None,
    version_dir: Path | None,
) -> None:
    """Tell the changes from one version to another."""
    out = version_dir or out_folder(ecosystem)
    folders = [
        find_version(named, out, session) for named in (old_version, new_version)
    ]
    before, after = map(GraphStore.open, folders)
    with session.working("diff-comparing-versions"):
        found = difference(before, after)
        teller = Teller(before, after, session.lang)
        told = [(change, teller.tell(change)) for change in found.changes]
    if text_format == "json":
        document = _document(folders, found, told, teller)
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        _print_text(session, found, told)
    gone, come = _statements(found)
    names = {"old": folders[0].name, "new": folders[1].name}
    session.tell("diff-versions-compared", **names, gone=gone, come=come)
    for graph, (less, more) in found.following.items():
        session.tell(f"diff-follows-{graph}", gone=less, come=more)


def find_version(named: str, out: Path, session: Session) -> Path:
    """Find the folder of a version: by word, by folder, or by the start of its id below `out`.

    Raises: NoVersion; UnknownVersion where no version or more than one has such an id, or `out` is itself
        the folder of a version.
    """
    if not named.strip():
        raise UnknownVersion(named, session.say("diff-no-name"))
    folder = Path(named)
    if named not in (CURRENT, PREVIOUS) and (folder / "store").is_dir():
        return folder
    if (out / "store").is_dir():
        raise UnknownVersion(
            named, session.say("diff-one-version", name=named, out=out)
        )
    if named == CURRENT:
        return current_version(out).path
    kept = kept_versions(out)
    if named == PREVIOUS:
        current = current_version(out).path.name
        earlier = [path for path in kept if path.name != current]
        if not earlier:
            raise UnknownVersion(named, session.say("diff-no-previous", out=out))
        return earlier[0]
    found = [path for path in kept if path.name.startswith(named)]
    if len(found) == 1:
        return found[0]
    if folder.is_dir():
        return current_version(folder).path
    if not kept:
        raise NoVersion(out, "no version was built here")
    known = ", ".join(path.name for path in kept)
    raise UnknownVersion(
        named, session.say("diff-unknown-version", name=named, out=out, known=known)
    )


def _print_text(
    session: Session, found: Difference, told: list[tuple[Change, Told]]
) -> None:
    if found.nothing:
        click.echo(session.say("diff-nothing-changed"))
    for kind, group in groupby(told, key=lambda pair: pair[0].kind):
        changes = list(group)
        click.echo(session.say(f"diff-heading-{kind}", count=len(changes)))
        for _, words in changes:
            click.echo(f"  {words.sentence}")
            for reason in words.reasons:
                click.echo(f"    {session.say('diff-because', reason=reason)}")


def _statements(found: Difference) -> tuple[int, int]:
    """How many statements of the sources went and came; one may belong to several changes."""
    gone = {quad for change in found.changes for quad in change.gone}
    come = {quad for change in found.changes for quad in change.come}
    return len(gone), len(come)


def _document(
    folders: list[Path],
    found: Difference,
    told: list[tuple[Change, Told]],
    teller: Teller,
) -> dict[str, object]:
    gone, come = _statements(found)
    return {
        "old": folders[0].name,
        "new": folders[1].name,
        "statements": {"gone": gone, "come": come},
        "following": {
            graph: {"gone": less, "come": more}
            for graph, (less, more) in found.following.items()
        },
        "changes": [
            {
                "kind": change.kind,
                "thing": change.thing,
                "sort": teller.naming.sort(change.thing),
                "name": teller.naming.name(change.thing),
                "sentence": words.sentence,
                "turns": [_turn(turn) for turn in change.turns],
                "reasons": [
                    {
                        "kind": reason.kind,
                        "about": reason.about,
                        "before": reason.before,
                        "after": reason.after,
                        "sentence": sentence,
                    }
                    for reason, sentence in zip(
                        change.reasons, words.reasons, strict=True
                    )
                ],
                "statements": {"gone": len(change.gone), "come": len(change.come)},
            }
            for change, words in told
        ],
    }


def _turn(turn: Turn) -> dict[str, object]:
    return {
        "aspect": turn.aspect,
        "before": [shown(term) for term in turn.before],
        "after": [shown(term) for term in turn.after],
    }
