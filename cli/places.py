"""Where a line wants something written: the types of such options, and the writing itself.

A file goes into a folder that is there, since a folder that is made by a slip of the keyboard hides what was
written. `-` is standard output, and no line means the folder one stands in by saying nothing.
"""

import sys
from os import PathLike, fspath
from pathlib import Path
from typing import Any

import click

from .spoken import session_of

PIPE = "-"


class NewFolder(click.Path):
    """A folder to write into; it is made, with those above it, if need be."""

    def __init__(self) -> None:
        super().__init__(file_okay=False, readable=False, writable=True, path_type=Path)

    def convert(
        self,
        value: "str | PathLike[str]",
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:  # as in click, which knows only the type that it was told
        """Give the path, if a folder can be meant by it."""
        _refuse_no_name(self, value, param, ctx)
        return super().convert(value, param, ctx)


class NewFile(click.Path):
    """A file to write in a folder that is there; `-` is standard output where `pipe` allows it.

    With `dir_okay` it may be a folder, which takes the place of a file.
    """

    def __init__(self, *, pipe: bool = False, dir_okay: bool = False) -> None:
        super().__init__(
            dir_okay=dir_okay,
            readable=False,
            writable=True,
            allow_dash=pipe,
            path_type=Path,
        )

    def convert(
        self,
        value: "str | PathLike[str]",
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:  # as in click, which knows only the type that it was told
        """Give the path, if it can be written to as things stand."""
        if self.allow_dash and fspath(value) == PIPE:
            return Path(PIPE)
        _refuse_no_name(self, value, param, ctx)
        folder = Path(value).parent
        if not folder.is_dir():
            reason = _say(ctx, "no-such-folder", folder=folder)
            self.fail(reason, param, ctx)
        return super().convert(value, param, ctx)


def is_pipe(out: Path | None) -> bool:
    """Whether what is written goes to standard output: it was told so, or told nothing."""
    return out is None or out == Path(PIPE)


def write_out(content: bytes, out: Path | None) -> None:
    """Write to a file, or to standard output as `is_pipe` says."""
    if out is not None and not is_pipe(out):
        out.write_bytes(content)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _refuse_no_name(
    kind: click.Path,
    value: "str | PathLike[str]",
    param: click.Parameter | None,
    ctx: click.Context | None,
) -> None:
    text = fspath(value)
    if not text.strip():
        kind.fail(_say(ctx, "place-empty"), param, ctx)
    if text == PIPE:
        kind.fail(_say(ctx, "place-pipe"), param, ctx)


def _say(ctx: click.Context | None, code: str, **facts: object) -> str:
    context = ctx or click.get_current_context()
    return session_of(context).say(code, **facts)
