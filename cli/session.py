"""What every command shares: the language spoken, and where words and rows go."""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import TextIOWrapper

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

from simpul.graph_builder import STEPS, Step
from simpul.ontology import Language, SimpulError, Wording
from simpul.queries import complaint

from .complaining import sentence_of


@dataclass(frozen=True, slots=True)
class Session:
    """One line typed by a person who reads `lang`."""

    lang: Language

    def say(self, code: str, **facts: object) -> str:
        """Return the sentence `code` of `words/` in the language of this line."""
        return words().say(code, self.lang, **facts)

    def tell(self, code: str, **facts: object) -> None:
        """Say something to the person: words go to standard error."""
        click.echo(self.say(code, **facts), err=True)

    def complain(self, error: SimpulError) -> None:
        """Say what is wrong, in the language of this line."""
        ours = sentence_of(error)
        message = self.say(ours[0], **ours[1]) if ours else complaint(error, self.lang)
        self.tell("failed", message=message)

    @contextmanager
    def steps(self) -> Generator[Callable[[Step], None]]:
        """Show which step of a build goes on; silent where standard error is no terminal."""
        with _bar() as bar:
            task = bar.add_task("", total=len(STEPS))

            def show(step: Step) -> None:
                done = STEPS.index(step)
                bar.update(task, completed=done, description=self.say(f"step-{step}"))

            yield show

    @contextmanager
    def working(self, code: str, **facts: object) -> Generator[Callable[..., None]]:
        """Show that work of unknown length goes on, under the sentence `code`.

        What it gives may be called with new facts for the sentence as the work goes on.
        """
        with _bar() as bar:
            task = bar.add_task(self.say(code, **facts), total=None)

            def show(**now: object) -> None:
                bar.update(task, description=self.say(code, **now))

            yield show


def _bar() -> Progress:
    console = Console(stderr=True)
    columns = (SpinnerColumn(), BarColumn(24), TextColumn("{task.description}"))
    hidden = not console.is_terminal
    return Progress(*columns, console=console, transient=True, disable=hidden)


@cache
def words() -> Wording:
    """Load every sentence the line can say."""
    return Wording.load("simpul.cli", "words")


def steady_streams() -> None:
    """Make standard output and error take any text, on any console.

    A Windows pipe has the code page of the country, which knows few of the letters a
    graph may hold.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.encoding.lower() != "utf-8":
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
