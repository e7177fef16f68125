"""What a report is asked for, and what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from simpul.analysis import Joining, Names, Rules
from simpul.graph_builder import Days
from simpul.ontology import Language, ViewError


class UnreportableRules(ViewError):
    """A report speaks of bodies and their partners, which a two-mode network has none of."""

    def __init__(self) -> None:
        super().__init__(
            "report",
            "a report needs bodies joined to bodies; choose dyads 'clique' or 'hub'",
        )


@dataclass(frozen=True, slots=True)
class Settings:
    """How a report is made: the language, the draws and their seed, the rules, and two windows or none.

    Raises: UnreportableRules for two-mode rules.
    """

    lang: Language = "en"
    draws: int = 1000
    seed: int = 1
    rules: Rules = field(default_factory=Rules)
    windows: tuple[Days, Days] | None = None

    def __post_init__(self) -> None:
        if self.rules.dyads is Joining.TWO_MODE:
            raise UnreportableRules


@dataclass(frozen=True, slots=True)
class About:
    """What a report is about; `queries` are the texts that go along, by file name."""

    title: Names
    version: str
    software: str
    moment: Names = field(default_factory=Names)
    boundary: Names = field(default_factory=Names)
    queries: Mapping[str, str] | None = None
