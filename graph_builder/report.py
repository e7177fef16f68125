"""The report of a build: what went in, what came out, and what to look at, for a person."""

from collections.abc import Mapping, Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined

from .account import AccountLine
from .ecosystem import Ecosystem
from .problems import Problem


def render_report(
    ecosystem: Ecosystem,
    account: Sequence[AccountLine],
    statements: Mapping[str, int],
    problems: Sequence[Problem],
    digest: str,
) -> str:
    """One HTML page in both languages, without scripts, styles from elsewhere or a clock."""
    pages = Environment(
        loader=PackageLoader("simpul.graph_builder", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return pages.get_template("report.html.j2").render(
        ecosystem=ecosystem,
        account=account,
        statements=statements,
        problems=problems,
        digest=digest,
    )
