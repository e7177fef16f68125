"""A built graph in, one HTTP service out: SPARQL, pages, and what else asks the graph over the web.

`running` serves from a line typed by a person, `app` is the same as an ASGI application for another server, and
`site` is what all its parts share. `protocol`, `negotiation`, `texts` and `using` read what a client wants,
`endpoint` answers it from the workers of `pool`.
"""

from .app import App, make_app
from .asking import PooledGraph
from .errors import (
    NoSuchAddress,
    NotReady,
    NoWorker,
    Overloaded,
    PortTaken,
    ServingError,
    WorkerLost,
)
from .generations import Generation
from .negotiation import (
    ROWS,
    TRIPLES,
    Offer,
    accepts_gzip,
    chosen,
    prefers_html,
    weight_of,
    wishes,
)
from .page_frame import preferred_language
from .page_reading import everyday, read_description, read_thing
from .protocol import Operation, Refusal, read_get, read_post
from .reconciliation_input import BATCH, read_batch, read_extension
from .running import listening, serve
from .settings import Reviewing, Settings, is_loopback
from .site import Site
from .suggesting import suggested
from .texts import Reading, read
from .updates import WorkingCopyDamaged, working_folder
from .using import with_using
from .waiting import Waiting

__all__ = [
    "BATCH",
    "ROWS",
    "TRIPLES",
    "App",
    "Generation",
    "NoSuchAddress",
    "NoWorker",
    "NotReady",
    "Offer",
    "Operation",
    "Overloaded",
    "PooledGraph",
    "PortTaken",
    "Reading",
    "Refusal",
    "Reviewing",
    "ServingError",
    "Settings",
    "Site",
    "Waiting",
    "WorkerLost",
    "WorkingCopyDamaged",
    "accepts_gzip",
    "chosen",
    "everyday",
    "is_loopback",
    "listening",
    "make_app",
    "preferred_language",
    "prefers_html",
    "read",
    "read_batch",
    "read_description",
    "read_extension",
    "read_get",
    "read_post",
    "read_thing",
    "serve",
    "suggested",
    "weight_of",
    "wishes",
    "with_using",
    "working_folder",
]
