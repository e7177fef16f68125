"""`simpul train-names`, and models of names that a line names."""

from collections.abc import Iterator
from pathlib import Path

import click

from simpul.graph_builder.extraction import (
    MissingNameLibrary,
    NameModel,
    NothingToLearn,
    UnfitLabels,
    UnfitModel,
    read_labelled,
    train_names,
)
from simpul.ontology import SourceError

from .naming_records import UnfitName
from .session import Session
from .spoken import SpokenCommand

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_LINES = (
    "mkdir -p names && printf 'Pak O\\nWira B-PER\\n\\ndi O\\nBalai B-ORG\\nKapas I-ORG\\n' > names/words.tsv && "
    "simpul train-names names/words.tsv --out names/model"
)


@click.command("train-names", cls=SpokenCommand, examples=(_LINES,))
@click.argument("labelled", metavar="FILE…", nargs=-1, required=True, type=_FILE)
@click.option(
    "--out", "model_out", metavar="FILE", required=True, type=click.Path(path_type=Path)
)
@click.pass_obj
def train(session: Session, labelled: tuple[Path, ...], model_out: Path) -> int:
    """Train a model of names from labelled words and write it."""
    sentences = (
        each
        for path in labelled
        for each in read_labelled(_lines(session, path), str(path))
    )
    try:
        trained = train_names(sentences, model_out)
    except UnfitLabels as error:
        told = session.say(
            "train-unfit", file=error.file, line=error.line, found=error.found
        )
        raise UnfitLabelling(error.file, error.line, told) from None
    except NothingToLearn:
        raise UnfitName(session.say("train-nothing")) from None
    except MissingNameLibrary:
        raise UnfitName(session.say("train-no-library")) from None
    names = ", ".join(f"{kind} {count}" for kind, count in trained.names.items())
    session.tell("train-done", sentences=trained.sentences, names=names)
    click.echo(model_out)
    return 0


class UnfitLabelling(SourceError):
    """Labelled words with a line that cannot be read, told in the language of the line."""

    def __init__(self, file: str, line: int, told: str) -> None:
        super().__init__(file, line, told)
        self.args = (told,)


def model_in(session: Session, path: Path) -> NameModel:
    """The model in a file.

    Raises: UnfitName if it is none, or if the extra is not installed.
    """
    try:
        return NameModel.read(path)
    except UnfitModel:
        raise UnfitName(session.say("train-unfit-model", file=path)) from None
    except MissingNameLibrary:
        raise UnfitName(session.say("train-no-library")) from None


def _lines(session: Session, path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8") as file:
            yield from file
    except UnicodeDecodeError:
        raise UnfitName(session.say("train-no-text", file=path)) from None
