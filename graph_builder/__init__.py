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
    map_records,
    readable,
)
from .check import check_records
from .derive import derive
from .ecosystem import (
    Ecosystem,
    UnknownEcosystem,
    find_ecosystem,
    shipped_ecosystems,
)
from .edtf import BadEdtf, bounds
from .edtf import parse as parse_edtf
from .gate import Finding, validate
from .keys import Keys
from .nquads import GraphName
from .problems import Problem, Severity
from .reading import Loaded, load_records
from .versions import NoVersion, Version, current_version, publish

__all__ = [
    "STEPS",
    "AccountLine",
    "BadEdtf",
    "Build",
    "BuildRefused",
    "CheckReport",
    "Ecosystem",
    "Finding",
    "Graph",
    "GraphName",
    "Keys",
    "Loaded",
    "NoVersion",
    "Problem",
    "Severity",
    "Step",
    "UnknownEcosystem",
    "Version",
    "bounds",
    "build_ecosystem",
    "check_ecosystem",
    "check_records",
    "current_version",
    "derive",
    "find_ecosystem",
    "load_records",
    "make_graph",
    "map_records",
    "parse_edtf",
    "publish",
    "readable",
    "shipped_ecosystems",
    "validate",
]
