"""Records that a line names: the ecosystem they are of, their keys on the tab key, and near misses."""

from collections.abc import Callable, Iterable

import click

from simpul.graph_builder import Ecosystem, Loaded, find_ecosystem, settled_records
from simpul.ontology import SimpulError, near_miss

from .session import Session

ECOSYSTEM = click.option("--ecosystem", metavar="NAME|DIR")
Completion = Callable[[click.Context, click.Parameter, str], list[str]]


class UnfitName(SimpulError):
    """A line names a record, a family or words that are not there, or that cannot be meant."""


class UnsoundRecords(SimpulError):
    """Records with an error cannot be looked through: what was refused would seem not to be there."""


def sound_records(session: Session, ecosystem: Ecosystem) -> Loaded:
    """Read the records of an ecosystem as they stand after all decisions.

    Raises: UnsoundRecords with the first error and how many there are.
    """
    loaded = settled_records(ecosystem)
    errors = [each for each in loaded.problems if each.severity == "error"]
    if errors:
        first = errors[0].line_text(session.lang)
        facts = {"count": len(errors), "folder": ecosystem.folder}
        raise UnsoundRecords(session.say("records-unsound", first=first, **facts))
    return loaded


def completed_from(keys_of: Callable[[Loaded], Iterable[str]]) -> Completion:
    """Complete with some keys of the records of the ecosystem that the line names, sorted.

    Where the records cannot be read there is nothing to complete: running the line says why.
    """

    def complete(
        ctx: click.Context, parameter: click.Parameter, incomplete: str
    ) -> list[str]:
        del parameter
        try:
            loaded = settled_records(find_ecosystem(ctx.params.get("ecosystem")))
        except SimpulError:
            return []
        return sorted(key for key in keys_of(loaded) if key.startswith(incomplete))

    return complete


def near_name(session: Session, word: str, names: Iterable[str]) -> str:
    """Return the end of a sentence that offers the name most like a wrong one, if any is."""
    near = near_miss(word, names)
    return f"; {session.say('did-you-mean', near=near)}" if near else ""
