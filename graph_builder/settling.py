"""Records as they stand after all decisions: what `build` and `check` work on."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from .decisions import Decision, Standing, read_decisions, standing_decisions
from .ecosystem import Ecosystem
from .evidence import regroup
from .identity import decision_problems, hidden_characters, look_alikes, merge_records
from .packets import Read
from .reading import Loaded, load_records
from .withdrawal import withdraw


def settled_records(
    ecosystem: Ecosystem,
    also: Iterable[Decision] = (),
    staged: Mapping[str, Path] | None = None,
    read: Read | None = None,
) -> Loaded:
    """Read an ecosystem and apply its decisions; problems are collected, not raised.

    `also` are decisions that are not taken yet and `staged` packets not yet in their place, {name:
    folder}: so one sees what they would do. `read` is that of `load_records`.
    """
    decisions, problems = read_decisions(ecosystem.folder)
    standing = standing_decisions([*decisions, *also])
    loaded = load_records(ecosystem, standing.withdrawn, staged, read)
    loaded.problems.extend(problems)
    return settle(loaded, standing)


def settle(loaded: Loaded, standing: Standing) -> Loaded:
    """Apply what holds to records: families of copies, then withdrawals, then merges.

    Withdrawals look at what derives from what, and merges lend the names of one record to another:
    those of a record that only a withdrawn source brought must be gone by then.
    """
    loaded.problems.extend(decision_problems(loaded, standing))
    grouped = regroup(loaded, standing.families)
    left = withdraw(grouped, standing.withdrawn, standing.merged)
    settled = replace(merge_records(left, standing.merged), distinct=standing.distinct)
    settled.problems.extend(look_alikes(settled))
    settled.problems.extend(hidden_characters(settled))
    return settled
