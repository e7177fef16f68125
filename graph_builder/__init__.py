"""Source records in, a validated, versioned RDF graph with provenance out.

Records are read and checked (`readers`, `records`, `check`), stated in the terms of the ontology
(`bodies`, `claims`, `passages`), completed by rules (`derive`), held against the shapes (`gate`)
and published as a version (`versions`).
"""

from .account import AccountLine
from .build import (
    STEPS,
    Build,
    BuildRefused,
    CheckReport,
    Graph,
    Step,
    build_ecosystem,
    check_ecosystem,
    make_graph,
)
from .derive import derive
from .ecosystem import (
    Ecosystem,
    UnknownEcosystem,
    find_ecosystem,
    shipped_ecosystems,
)
from .gate import Finding, validate
from .nquads import GraphName
from .problems import Problem
from .reading import Loaded, load_records
from .versions import Version, current_version

__all__ = [
    "STEPS",
    "AccountLine",
    "Build",
    "BuildRefused",
    "CheckReport",
    "Ecosystem",
    "Finding",
    "Graph",
    "GraphName",
    "Loaded",
    "Problem",
    "Step",
    "UnknownEcosystem",
    "Version",
    "build_ecosystem",
    "check_ecosystem",
    "current_version",
    "derive",
    "find_ecosystem",
    "load_records",
    "make_graph",
    "shipped_ecosystems",
    "validate",
]
