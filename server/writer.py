"""The process that changes a working copy: updates in, a new generation of the graph for each.

    python writer.py STORE_DIR ROOM_DIR [MEMORY_BYTES]

ROOM_DIR is that of `simpul.queries`, of which only the confinement is needed, and not the whole room.
A request is its length in 4 bytes and JSON: `update`, a text or null, `base`, what its
relative IRIs are relative to, and `generation`, a folder that does not exist
yet and then holds the graph after the update. Two answers come, framed in the same way: one when the update is
done, and one when the generation is there. `problem` is null where all went well, else `syntax` or `failed`, with
what the engine said as `message`; then no second answer follows. An update happens as a whole or not at all, also
where the process is ended in the middle of it.
"""

import importlib
import json
import signal
import struct
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO

import pyoxigraph as ox

MOST_FILES = 64
"""Each update leaves some small files in the index; beyond so many they are made into few large ones."""

LENGTH = struct.Struct(">I")


def framed(document: dict[str, str | None]) -> bytes:
    """A document as it is sent."""
    payload = json.dumps(document).encode()
    return LENGTH.pack(len(payload)) + payload


def serve(folder: str, source: IO[bytes], output: IO[bytes]) -> None:
    """Serve requests until there are no more."""
    store = ox.Store(folder)
    output.write(framed({"problem": None, "message": None}))
    output.flush()
    while len(prefix := source.read(LENGTH.size)) == LENGTH.size:
        request = json.loads(source.read(*LENGTH.unpack(prefix)))
        update, base = request["update"], request["base"]
        generation: str = request["generation"]
        for step in (
            partial(_update, store, update, base),
            partial(_put_out, store, folder, generation),
        ):
            answer = _outcome(step)
            output.write(framed(answer))
            output.flush()
            if answer["problem"]:
                break


def _update(store: ox.Store, update: str | None, base: str | None) -> None:
    if update is not None:
        store.update(update, base_iri=base)


def _put_out(store: ox.Store, folder: str, generation: str) -> None:
    store.flush()
    if len(list(Path(folder).glob("*.sst"))) > MOST_FILES:
        store.optimize()
    store.backup(generation)


def _outcome(step: Callable[[], None]) -> dict[str, str | None]:
    try:
        step()
    except SyntaxError as error:
        return {"problem": "syntax", "message": str(error)}
    except (OSError, RuntimeError, ValueError, MemoryError) as error:
        return {"problem": "failed", "message": str(error)}
    return {"problem": None, "message": None}


def main() -> None:
    """Open the store and serve."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this one ends it
    folder, room, *memory = sys.argv[1:]
    sys.path.insert(0, room)
    confinement = importlib.import_module("engine.confinement")
    confinement.leave_no_core()
    confinement.end_with(0)
    if memory:
        confinement.limit_memory(int(memory[0]))
    serve(folder, sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
