"""Requests in, and the frames of an answer out: what a process that can be ended at any moment speaks.

This package is read by that process when it starts, as `engine` and without the room around it, so that it is
ready at once. So nothing here but `process` imports anything of ours that is not beside it.
"""

from .confinement import end_with
from .counting import row_counter
from .frames import (
    HEADER,
    Answer,
    FrameKind,
    Head,
    Request,
    frame,
    framed_request,
    read_header,
)

__all__ = [
    "HEADER",
    "Answer",
    "FrameKind",
    "Head",
    "Request",
    "end_with",
    "frame",
    "framed_request",
    "read_header",
    "row_counter",
]
