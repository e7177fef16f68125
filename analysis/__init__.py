"""A graph in; its network, and measures of it, out."""

from .agreement import (
    RELIABLE_FROM,
    TENTATIVE_FROM,
    Comparison,
    Disagreement,
    Measured,
    Overlap,
    Reading,
    compare_codings,
    overlap_of,
    reading_of,
)
from .attendance import Attendance, read_attendance
from .centrality import (
    MEASURES,
    RankedBody,
    Ranking,
    UnknownMeasure,
    most_central,
    ranks,
)
from .codebook import CodeEntry, codebook
from .distances import Metric, jaccard_distance, masi_distance
from .dyads import Dyads, Edges, Scope, select
from .gaps import Gaps, UnheardBody, WeakTie, gaps_of, read_heard
from .graphs import projection, to_networkx
from .label import Label, label_of, label_query
from .matching import Matched, match_ties
from .methods import METHODS, Method, method_sentences, read_boundary, references
from .network import (
    UNMEASURED_LAYERS,
    Body,
    BodyClass,
    EvidenceItem,
    Link,
    NamedCode,
    Names,
    Network,
    Participant,
    Stance,
    Tie,
    UnknownBody,
)
from .reading import AnsweringGraph, read_network
from .reliability import (
    Alpha,
    Interval,
    Undefined,
    alpha_interval,
    krippendorff_alpha,
)
from .rules import Joining, LeftOut, Parallel, Rules, UnusableRules, times_of
from .sites import Site, read_sites
from .timelines import TimedAspect, TimedFact, Timelines, read_timelines
from .variables import Cell, Unit, Variable, triples_of

__all__ = [
    "MEASURES",
    "METHODS",
    "RELIABLE_FROM",
    "TENTATIVE_FROM",
    "UNMEASURED_LAYERS",
    "Alpha",
    "AnsweringGraph",
    "Attendance",
    "Body",
    "BodyClass",
    "Cell",
    "CodeEntry",
    "Comparison",
    "Disagreement",
    "Dyads",
    "Edges",
    "EvidenceItem",
    "Gaps",
    "Interval",
    "Joining",
    "Label",
    "LeftOut",
    "Link",
    "Matched",
    "Measured",
    "Method",
    "Metric",
    "NamedCode",
    "Names",
    "Network",
    "Overlap",
    "Parallel",
    "Participant",
    "RankedBody",
    "Ranking",
    "Reading",
    "Rules",
    "Scope",
    "Site",
    "Stance",
    "Tie",
    "TimedAspect",
    "TimedFact",
    "Timelines",
    "Undefined",
    "UnheardBody",
    "Unit",
    "UnknownBody",
    "UnknownMeasure",
    "UnusableRules",
    "Variable",
    "WeakTie",
    "alpha_interval",
    "codebook",
    "compare_codings",
    "gaps_of",
    "jaccard_distance",
    "krippendorff_alpha",
    "label_of",
    "label_query",
    "masi_distance",
    "match_ties",
    "method_sentences",
    "most_central",
    "overlap_of",
    "projection",
    "ranks",
    "read_attendance",
    "read_boundary",
    "read_heard",
    "read_network",
    "read_sites",
    "read_timelines",
    "reading_of",
    "references",
    "select",
    "times_of",
    "to_networkx",
    "triples_of",
]
