"""Names in; the things of a graph that they name out, however they are written.

`things` reads the rows of `names.rq`, `variants` and `spelling` say in which ways a thing may be written, `index`
finds things by a name, by its beginning and with slips (`vocabulary`, `likeness`), `sentences` in a sentence,
`resolving` for a question of the catalogue.
"""

from .index import NameIndex
from .matches import Match, Mention
from .resolving import resolved
from .sentences import SAID
from .spelling import plain
from .things import KINDS, NAMES_QUERY, Name, Thing, Use, things_of

__all__ = [
    "KINDS",
    "NAMES_QUERY",
    "SAID",
    "Match",
    "Mention",
    "Name",
    "NameIndex",
    "Thing",
    "Use",
    "plain",
    "resolved",
    "things_of",
]
