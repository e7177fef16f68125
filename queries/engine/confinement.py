"""What a worker may no longer do once its graph is open: take much memory, run for ever, open a connection.

Each limit is one of the operating system, so that no query and no fault in the engine talks its way past it.
Where there is none (Windows has no such limits for a process by itself), the function says so or does nothing:
there the guard alone keeps queries from calling other machines, and whoever started the worker ends it in time.
"""

import errno
import math
import os
import select
import struct
import sys
import threading
import time
from contextlib import suppress

if sys.platform != "win32":
    import resource

_SPARE_SECONDS = 1.0
_FEW_DESCRIPTORS = 65_536

# Of the filters of system calls: linux/seccomp.h, linux/bpf_common.h, linux/audit.h.
_LOAD, _JUMP_EQUAL, _RETURN = 0x20, 0x15, 0x06
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000
_NO_NEW_PRIVILEGES, _ALL_THREADS = 38, 1
_SOCKET_CALLS = {
    # By machine: its name for the filter, its call `seccomp`, and its calls `socket`, `connect`, `socketpair`.
    "x86_64": (0xC000003E, 317, (41, 42, 53)),
    "aarch64": (0xC00000B7, 277, (198, 203, 199)),
}


def limit_memory(spare: int) -> bool:
    """Let this process take this many bytes more than it has now; whether that can be limited here.

    What the open graph has mapped does not count, so that a small limit is one for the queries alone.
    """
    if sys.platform != "linux":
        return False
    with open("/proc/self/statm", "rb") as sizes:  # noqa: PTH123 - pathlib takes longer to load than all of this
        pages = int(sizes.read().split()[0])
    most = pages * resource.getpagesize() + spare
    _lower(resource.RLIMIT_AS, most)
    return True


def limit_processor_time(seconds: float) -> None:
    """End this process when it has worked this much longer, should nobody else have ended it by then."""
    if sys.platform != "win32":
        most = math.ceil(time.process_time() + seconds + _SPARE_SECONDS)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        if hard == resource.RLIM_INFINITY or most <= hard:
            resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


def leave_no_core() -> None:
    """Write no image of the memory when the process is ended: it would hold the graph."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def allow_many_files() -> None:
    """Let the engine open all files of a graph at once, so that it needs to open none later."""
    if sys.platform != "win32":
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = (
            _FEW_DESCRIPTORS
            if hard == resource.RLIM_INFINITY
            else min(hard, _FEW_DESCRIPTORS)
        )
        if soft != resource.RLIM_INFINITY and soft < most:
            with suppress(ValueError, OSError):  # macOS has a limit below this one
                resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def files_to_open(folder: str) -> int:
    """How many files of a stored graph the engine may still open: it opens few at first, and the rest when asked."""
    return sum(name.endswith(".sst") for name in os.listdir(folder))  # noqa: PTH208 - see above


def open_nothing_more(but: int = 0) -> None:
    """Leave descriptors for so many files and no more: what is beyond can be opened from here on by nobody."""
    if sys.platform == "win32":
        return
    highest = max(map(int, os.listdir("/dev/fd")))  # noqa: PTH208 - see above
    while (filler := os.open(os.devnull, os.O_RDONLY)) <= highest:
        pass
    os.close(filler)
    resource.setrlimit(resource.RLIMIT_NOFILE, (filler + but, filler + but))


def refuse_sockets() -> bool:
    """Open no socket and connect none from here on, in any thread; whether that can be had here.

    A filter of system calls, which Linux lets a process set for itself and nobody take away. It stands beside the
    limit of descriptors, which must leave some for the files of a large graph.
    """
    calls = _SOCKET_CALLS.get(os.uname().machine) if sys.platform == "linux" else None
    if calls is None:
        return False
    import ctypes  # only here is it worth the time to load

    architecture, seccomp, refused = calls
    filters = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_JUMP_EQUAL, 0, len(refused) + 1, architecture),
        (_LOAD, 0, 0, _NUMBER_AT),
        *(
            (_JUMP_EQUAL, len(refused) - place, 0, number)
            for place, number in enumerate(refused)
        ),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE | errno.EACCES),
    ]
    program = b"".join(struct.pack("=HBBI", *line) for line in filters)
    held = ctypes.create_string_buffer(program, len(program))
    whole = struct.pack("HxxxxxxP", len(filters), ctypes.addressof(held))
    system = ctypes.CDLL(None, use_errno=True)
    if system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return bool(system.syscall(seccomp, 1, _ALL_THREADS, whole) == 0)


def end_with(descriptor: int) -> None:
    """End this process as soon as the other end of a pipe is closed, even in the middle of a query.

    A thread waits for it, which the engine lets run while it works. The signal that Linux sends when a parent
    dies would come too early: it means the thread that started us, not its process.
    """
    if sys.platform == "win32":
        return
    poll = select.poll()
    poll.register(descriptor, 0)  # closing is told without being asked for

    def wait() -> None:
        poll.poll()
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


def _lower(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(what, (most, most))
