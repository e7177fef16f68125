"""Bodies and the ties they take part in as two kinds of nodes, and the network of one kind from it."""

from typing import Any

import numpy as np

from ..dyads import Dyads, Indices, Weights
from ..rules import Joining, Parallel
from . import libraries
from .case import Case
from .measure import Asked, Unmeasurable
from .paths import counted


def two_mode_degree(case: Case, asked: Asked) -> Weights:
    """Give the share of all nodes of the other kind that a node is joined to, 0 to 1.

    A body's ties over all ties, a tie's bodies over all bodies; an isolate has 0.
    Source: Borgatti and Everett 1997, Social Networks 19, 243-269.
    """
    return np.asarray(case.partners / np.maximum(_kinds(case)[1], 1))


def two_mode_closeness(case: Case, asked: Asked) -> Weights:
    """Give closeness over the largest there can be with two kinds of nodes, 0 to 1.

    (m + 2(n-1)) / sum of distances for a node of a kind of n, with m of the other kind; times the share of
    nodes that can be reached, so that several parts can be compared. An isolate has 0.
    Source: Borgatti and Everett 1997, Social Networks 19, 243-269; Borgatti and Halgin 2011.
    """
    own, other = _kinds(case)
    reached, length = counted(case, "reached"), counted(case, "length")
    least = other + 2 * (own - 1)
    near = np.divide(least, length, out=np.zeros(case.n), where=length > 0)
    return np.asarray(near * reached / max(case.n - 1, 1))


def two_mode_betweenness(case: Case, asked: Asked) -> Weights:
    """Give betweenness over the largest there can be with two kinds of nodes, 0 to 1.

    An isolate has 0. The largest value for each kind is in the source.
    Source: Borgatti and Everett 1997, Social Networks 19, 243-269; Borgatti and Halgin 2011.
    """
    top = len(case.dyads.bodies)
    if top < 2 or case.n - top < 2:
        # The formulas for the largest value have 0 for one kind then.
        return np.zeros(case.n)
    own, other = _kinds(case)
    whole, rest = (own - 1) // other, (own - 1) % other
    most = (
        other**2 * (whole + 1) ** 2
        + other * (whole + 1) * (2 * rest - whole - 1)
        - rest * (2 * whole - rest + 3)
    ) / 2
    # Each pair of a beginning and an end was counted both ways.
    return np.asarray(counted(case, "between") / 2 / most)


def shared_ties(dyads: Dyads, weighing: Parallel = Parallel.STRENGTH) -> Any:
    """Join bodies by the ties they share: a symmetric sparse matrix of bodies, in their order, 0 on its diagonal.

    STRENGTH weighs a shared tie of n bodies 1/(n-1), so that a row adds up to the body's ties that it is
    not alone in; COUNT weighs it 1; ANY gives 1 for each pair that shares one or more.
    Source: Newman 2001, Phys. Rev. E 64, 016132; plain counts as in Breiger 1974, Social Forces 53, 181-190.
    Raises: Unmeasurable for a network that is not two-mode.
    """
    if dyads.rules.dyads is not Joining.TWO_MODE:
        raise Unmeasurable("shared_ties", "two-mode")
    bodies, ties = len(dyads.bodies), len(dyads.ties)
    at = (dyads.source, dyads.target - bodies)
    joined: Any = (
        libraries.sparse()
        .coo_array((np.ones(len(dyads.source)), at), shape=(bodies, ties))
        .tocsr()
    )
    size = np.bincount(dyads.target - bodies, minlength=ties).astype(np.float64)
    each = (
        1 / np.maximum(size - 1, 1) if weighing is Parallel.STRENGTH else np.ones(ties)
    )
    shared = ((joined * each[None, :]) @ joined.T).tolil()
    shared.setdiag(0)
    found = shared.tocsr()
    found.eliminate_zeros()
    if weighing is Parallel.ANY:
        found.data[:] = 1.0
    return found


def _kinds(case: Case) -> tuple[Indices, Indices]:
    """For each node how many there are of its own kind, and of the other."""
    bodies = len(case.dyads.bodies)
    is_body = np.arange(case.n) < bodies
    own = np.where(is_body, bodies, case.n - bodies).astype(np.int64)
    return own, case.n - own
