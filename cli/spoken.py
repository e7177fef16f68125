"""Commands whose help is said in the language of the line.

The texts are in `words/`: `help-NAME` for a command, whose first sentence also stands
in the list of commands, and `about-NAME` for an argument or option.
"""

import locale
import os
from collections.abc import Sequence
from typing import Any

import click

from simpul.ontology import LANGUAGES

from .language import spoken_language
from .session import Session


def session_for(arguments: Sequence[str]) -> Session:
    """Begin the session of a line, in the language that it and the system ask for."""
    system = locale.getlocale()[0]
    return Session(spoken_language(arguments, os.environ, system))


def session_of(ctx: click.Context) -> Session:
    """Return the session of a line, from any depth of it."""
    return ctx.find_object(Session) or session_for([])


class SpokenCommand(click.Command):
    """A command with its help in two languages, and `examples`: lines that work."""

    def __init__(self, *args: Any, examples: Sequence[str], **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.examples = tuple(examples)
        self.params.append(language_option())

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write usage, text, arguments, options and examples."""
        say = session_of(ctx).say
        usage = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, usage, f"{say('usage')}: ")
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say(f"help-{self.name}"))
        arguments, options = _parameter_rows(self, ctx)
        _write_section(formatter, say("arguments"), arguments)
        _write_section(formatter, say("options"), options)
        self.format_commands(ctx, formatter)
        with formatter.section(say("examples")):
            for line in self.examples:
                formatter.write(f"{'':{formatter.current_indent}}{line}\n")

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write nothing: only a group has commands of its own."""


class SpokenGroup(SpokenCommand, click.Group):
    """The command that holds the others, in the order in which they were added."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Settle the language before anything is said; a group inside another keeps the one settled."""
        if ctx.parent is None:
            ctx.obj = session_for(args)
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order in which one would meet them."""
        return list(self.commands)

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write each command with the first sentence of its help."""
        say = session_of(ctx).say
        rows = [
            (name, say(f"help-{name}").partition(". ")[0].removesuffix("."))
            for name in self.list_commands(ctx)
        ]
        _write_section(formatter, say("commands"), rows)


def language_option() -> click.Option:
    """Make the option that `spoken_language` has already read; it is here to be seen."""
    choice = click.Choice(LANGUAGES)
    return click.Option(["--lang"], type=choice, expose_value=False)


def _parameter_rows(
    command: click.Command, ctx: click.Context
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    say = session_of(ctx).say
    arguments: list[tuple[str, str]] = []
    options: list[tuple[str, str]] = []
    for parameter in command.get_params(ctx):
        if isinstance(parameter, click.Argument):
            about = say(f"about-{parameter.name}")
            arguments.append((parameter.make_metavar(ctx), about))
        elif record := parameter.get_help_record(ctx):
            code = (
                "about-help"
                if "--help" in parameter.opts
                else f"about-{parameter.name}"
            )
            options.append((record[0], say(code)))
    return arguments, options


def _write_section(
    formatter: click.HelpFormatter, title: str, rows: list[tuple[str, str]]
) -> None:
    if rows:
        with formatter.section(title):
            formatter.write_dl(rows)
