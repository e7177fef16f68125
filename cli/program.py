"""The program: reads a line, runs its command, and turns what goes wrong into a code.

0 is good, 1 means the data is at fault, 2 that the request is. A message goes to standard
error without a traceback; a traceback means the fault is ours.
"""

import os
import sys
from collections.abc import Sequence
from errno import EINVAL
from importlib.metadata import version
from typing import Any, NoReturn

import click

from simpul.ontology import SimpulError, SourceError, VocabularyError

from .ask import ask
from .asking import queries, query
from .coding import coders
from .comparing import diff
from .completion import completion
from .demo import demo
from .drawing import view
from .evaluating import evaluate
from .evidence import anchor, verify
from .explaining import explain
from .exporting import network
from .extracting import extract
from .families import drift, families, join, split
from .figuring import figure
from .finding import find
from .grouping import broker, mix
from .growing import add, remove
from .history import history
from .identifying import distinguish, duplicates, merge, unmerge
from .inferring import compare, null, sensitive
from .matrices import qap
from .measuring import measures
from .naming_models import train
from .naming_records import UnsoundRecords
from .records import build, check
from .remote import push
from .reporting import report
from .reviewing import review
from .serving import serve
from .session import steady_streams
from .spoken import SpokenGroup, session_for
from .starting import init, template
from .structuring import blocks, overlap, players, removal
from .usage import usage_message
from .yearly import years

GOOD, DATA_AT_FAULT, REQUEST_AT_FAULT = 0, 1, 2
INTERRUPTED = 130  # as shells count it: 128 and the number of the signal


class Program(SpokenGroup):
    """The whole line, from `simpul` on."""

    def main(
        self, args: Sequence[str] | None = None, *rest: Any, **settings: Any
    ) -> NoReturn:
        """Run a line and leave with its code.

        Commands return a code, or nothing where all is well.
        """
        steady_streams()
        arguments = list(sys.argv[1:] if args is None else args)
        session = session_for(arguments)
        settings |= {"prog_name": "simpul", "standalone_mode": False}
        try:
            code = super().main(arguments, *rest, **settings)
        except (KeyboardInterrupt, click.Abort):
            session.tell("interrupted")
            code = INTERRUPTED
        except click.exceptions.NoArgsIsHelpError as help_instead:
            click.echo(help_instead.format_message(), err=True)
            code = REQUEST_AT_FAULT
        except click.ClickException as error:
            session.tell("failed", message=usage_message(error, session))
            session.tell("see-help", command=_command_path(error))
            code = REQUEST_AT_FAULT
        except SimpulError as error:
            session.complain(error)
            code = code_of(error)
        except OSError as error:
            session.tell("failed", message=_file_message(error))
            code = REQUEST_AT_FAULT
        sys.exit(code or GOOD)

    def invoke(self, ctx: click.Context) -> int | None:
        """Run the command; a reader that has had enough of its rows is no fault.

        Settled here, since click would leave with code 1 on a pipe that closes.
        """
        try:
            code: int | None = super().invoke(ctx)
            sys.stdout.flush()
        except OSError as error:
            if not _reader_has_gone(error):
                raise
            _stop_writing()
            return GOOD
        return code


def code_of(error: SimpulError) -> int:
    """Say whose fault an error is: that of the data, or of the request."""
    if isinstance(error, SourceError | VocabularyError | UnsoundRecords):
        return DATA_AT_FAULT
    return REQUEST_AT_FAULT


def _command_path(error: click.ClickException) -> str:
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    return ctx.command_path if ctx else "simpul"


def _file_message(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}"


def _reader_has_gone(error: OSError) -> bool:
    # Windows says EINVAL of a pipe that nobody reads any more, and names no file.
    windows = os.name == "nt" and error.errno == EINVAL and error.filename is None
    return isinstance(error, BrokenPipeError) or windows


def _stop_writing() -> None:
    """Send what is still buffered nowhere, or Python complains while it shuts down."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


@click.group("simpul", cls=Program, examples=("simpul demo", "simpul query --help"))
@click.version_option(version("simpul"), message="%(prog)s %(version)s")
def main() -> None:
    """Who is tied to whom, who says so, since when, and how sure that is."""


for command in (
    demo,
    init,
    template,
    check,
    build,
    extract,
    evaluate,
    train,
    review,
    add,
    remove,
    queries,
    query,
    ask,
    find,
    history,
    explain,
    view,
    figure,
    report,
    network,
    serve,
    push,
    diff,
    duplicates,
    merge,
    unmerge,
    distinguish,
    coders,
    families,
    join,
    split,
    drift,
    verify,
    anchor,
    completion,
):
    main.add_command(command)

for command in (
    measures,
    broker,
    mix,
    null,
    compare,
    sensitive,
    years,
    overlap,
    blocks,
    players,
    removal,
    qap,
):
    network.add_command(command)
