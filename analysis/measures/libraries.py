"""The libraries that compute, loaded when first asked for; their functions have no types, or types with holes."""

from importlib import import_module
from typing import Any


def networkx() -> Any:
    """The library whose answers are the reference."""
    return import_module("networkx")


def igraph() -> Any:
    """The faster library, which is not always installed."""
    return import_module("igraph")


def sparse() -> Any:
    """Sparse matrices of scipy."""
    return import_module("scipy.sparse")


def paths() -> Any:
    """Paths in sparse matrices."""
    return import_module("scipy.sparse.csgraph")


def linalg() -> Any:
    """Eigenvectors of sparse matrices."""
    return import_module("scipy.sparse.linalg")
