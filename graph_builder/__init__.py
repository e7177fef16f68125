"""Source records in, a validated, versioned RDF graph with provenance out.

Records are read in any form (`readers`, `notation`, `records`), settled by what people decided
(`decisions`, `identity`, `evidence`, `withdrawal`), checked (`check`), stated in the terms of the
ontology (`making`, `bodies`, `claims`, `passages`), completed by rules (`derive`), held against the
shapes (`gate`) and published as a version (`build`, `versions`). `additions` grows an ecosystem,
`slices` cut a graph by time.
"""

from .account import AccountLine
from .additions import Growth, UnknownSource, add_sources, remove_sources, sources_of
from .build import (
    Build,
    CheckReport,
    NotBuilt,
    build_ecosystem,
    check_ecosystem,
)
from .check import check_records
from .codings import (
    UNNAMED,
    BrokenCoding,
    CodedThing,
    CodedValue,
    Coding,
    Sighting,
    coding_of,
    read_coding,
)
from .decisions import (
    Distinguish,
    Join,
    Judge,
    Merge,
    MergedKind,
    Restore,
    Split,
    Unmerge,
    Withdraw,
    read_decisions,
    record_decision,
    standing_decisions,
)
from .derive import derive
from .ecosystem import (
    Ecosystem,
    UnknownEcosystem,
    find_ecosystem,
    shipped_ecosystems,
)
from .edtf import BadEdtf, bounds
from .edtf import parse as parse_edtf
from .findings import Finding, Findings
from .gate import Engine, Known, core_shapes, validate, validate_change
from .holding import Days, Manner, Times
from .keys import Keys
from .making import (
    STEPS,
    BuildRefused,
    Graph,
    Step,
    make_graph,
    map_records,
    readable,
)
from .notation import Ambiguous, Notation, PlainNumber, Unread, read_number
from .nquads import GraphName
from .problems import Place, Problem, Severity
from .reading import Loaded, load_records
from .settling import settled_records
from .slices import claims_held, ties_by_holding, time_slice
from .starting import (
    FORMS,
    AlreadyThere,
    Form,
    Unsound,
    copy_ecosystem,
    start_ecosystem,
    write_template,
)
from .streaming import StreamReport, check_stream, is_large
from .support import bearing_sources
from .trails import Trail, Untraceable, trails_of
from .versions import NoVersion, Version, current_version, kept_versions, publish
from .withdrawal import Outcome, withdraw, withdrawal_of
from .written_dates import read_date

__all__ = [
    "FORMS",
    "STEPS",
    "UNNAMED",
    "AccountLine",
    "AlreadyThere",
    "Ambiguous",
    "BadEdtf",
    "BrokenCoding",
    "Build",
    "BuildRefused",
    "CheckReport",
    "CodedThing",
    "CodedValue",
    "Coding",
    "Days",
    "Distinguish",
    "Ecosystem",
    "Engine",
    "Finding",
    "Findings",
    "Form",
    "Graph",
    "GraphName",
    "Growth",
    "Join",
    "Judge",
    "Keys",
    "Known",
    "Loaded",
    "Manner",
    "Merge",
    "MergedKind",
    "NoVersion",
    "NotBuilt",
    "Notation",
    "Outcome",
    "Place",
    "PlainNumber",
    "Problem",
    "Restore",
    "Severity",
    "Sighting",
    "Split",
    "Step",
    "StreamReport",
    "Times",
    "Trail",
    "UnknownEcosystem",
    "UnknownSource",
    "Unmerge",
    "Unread",
    "Unsound",
    "Untraceable",
    "Version",
    "Withdraw",
    "add_sources",
    "bearing_sources",
    "bounds",
    "build_ecosystem",
    "check_ecosystem",
    "check_records",
    "check_stream",
    "claims_held",
    "coding_of",
    "copy_ecosystem",
    "core_shapes",
    "current_version",
    "derive",
    "find_ecosystem",
    "is_large",
    "kept_versions",
    "load_records",
    "make_graph",
    "map_records",
    "parse_edtf",
    "publish",
    "read_coding",
    "read_date",
    "read_decisions",
    "read_number",
    "readable",
    "record_decision",
    "remove_sources",
    "settled_records",
    "shipped_ecosystems",
    "sources_of",
    "standing_decisions",
    "start_ecosystem",
    "ties_by_holding",
    "time_slice",
    "trails_of",
    "validate",
    "validate_change",
    "withdraw",
    "withdrawal_of",
    "write_template",
]
