"""The libraries without types that layouts use, each loaded when it is first asked for."""

import random
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any  # these libraries ship no types


def has_igraph() -> bool:
    """Whether igraph, an extra that is never required, is installed."""
    return find_spec("igraph") is not None


@contextmanager
def seeded_igraph(seed: int) -> Generator[Any]:
    """igraph with random numbers of its own while the block runs.

    It has one source of them for all; Python's own module is what it has otherwise.
    """
    igraph = import_module("igraph")
    igraph.set_random_number_generator(random.Random(seed))
    try:
        yield igraph
    finally:
        igraph.set_random_number_generator(random)


def scipy_sparse() -> Any:
    """scipy.sparse."""
    return import_module("scipy.sparse")


def scipy_paths() -> Any:
    """scipy.sparse.csgraph."""
    return import_module("scipy.sparse.csgraph")


def scipy_spatial() -> Any:
    """scipy.spatial."""
    return import_module("scipy.spatial")
