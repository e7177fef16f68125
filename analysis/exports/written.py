"""What comes out of a writer: the bytes of each file, and what is not in them."""

from collections.abc import Mapping
from dataclasses import dataclass

from .losses import Loss


@dataclass(frozen=True, slots=True)
class Written:
    """Files by name, the main one first; `lost` says what of the network is not in them."""

    files: Mapping[str, bytes]
    lost: tuple[Loss, ...] = ()
