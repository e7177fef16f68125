"""Draw the map of the network of a version, in a process of its own: `python -m simpul.server.map_process`.

It takes seconds of computing, which the process that serves has not to spare. The page comes out of standard
output; a body that the network does not hold ends it with 3. It ends as soon as its input does.
"""

import os
import sys
from pathlib import Path
from typing import cast

from simpul.analysis import Names, read_network, read_timelines
from simpul.ontology import Language, ViewError
from simpul.queries import GraphStore
from simpul.queries.engine import end_with
from simpul.visualizations import view_page

SEED = 1  # of the layout: the same graph gives the same picture
UNKNOWN = 3
"""The exit code for a body that the network does not hold."""


def main(arguments: list[str]) -> int:
    """Write the page of the version in a folder: NICENESS FOLDER LANGUAGE TITLE-ID TITLE-EN [FOCUS]."""
    niceness, folder, language, title_id, title_en, *focus = arguments
    if hasattr(os, "nice"):  # not on Windows
        os.nice(int(niceness))
    graph = GraphStore.open(Path(folder))
    network = read_network(graph)
    try:
        page = view_page(
            network,
            lang=cast(Language, language),
            seed=SEED,
            title=Names(title_id, title_en),
            focus=focus[0] if focus else None,
            timelines=read_timelines(graph),
        )
    except ViewError as error:
        sys.stderr.write(str(error))
        return UNKNOWN
    sys.stdout.buffer.write(page.encode("utf-8"))
    return 0


if __name__ == "__main__":
    end_with(0)
    sys.exit(main(sys.argv[1:]))
