"""`simpul completion`: tab completion for a shell."""

import click
from click.shell_completion import get_completion_class

from .spoken import SpokenCommand

SHELLS = ("bash", "zsh", "fish")


@click.command(
    cls=SpokenCommand,
    examples=(
        'eval "$(simpul completion bash)"',
        "simpul completion fish > ~/.config/fish/completions/simpul.fish",
    ),
)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that completes commands, options and names of queries."""
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"no completion for {shell}", ctx)
    program = ctx.find_root().command
    click.echo(kind(program, {}, "simpul", "_SIMPUL_COMPLETE").source())
