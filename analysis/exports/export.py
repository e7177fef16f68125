"""The formats a network can be exported in, and one function that writes them all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from simpul.ontology import Language, SimpulError, near_miss

from ..network import Network
from .columns import Extra
from .cx2 import write_cx2
from .flat import Flat, flatten
from .gexf import write_gexf
from .graphml import write_graphml
from .kumu import write_kumu
from .losses import Loss, LossKind, occurred
from .node_link import write_node_link
from .pajek import write_pajek
from .tables import write_csv, write_parquet
from .ucinet import write_ucinet
from .written import Written


@dataclass(frozen=True, slots=True)
class NetworkFormat:
    """A format by the name a person types; `suffix` is the end of its main file's name."""

    name: str
    suffix: str
    tools: str
    write: Callable[[Flat, str], Written]


NETWORK_FORMATS: Mapping[str, NetworkFormat] = {
    each.name: each
    for each in (
        NetworkFormat("gexf", ".gexf", "Gephi", write_gexf),
        NetworkFormat(
            "graphml", ".graphml", "igraph, networkx, visone, yEd", write_graphml
        ),
        NetworkFormat("pajek", ".net", "Pajek", write_pajek),
        NetworkFormat("ucinet", ".dl", "UCINET", write_ucinet),
        NetworkFormat("cx2", ".cx2", "Cytoscape, NDEx", write_cx2),
        NetworkFormat("kumu", ".json", "Kumu", write_kumu),
        NetworkFormat("csv", ".csv", "Gephi, R, spreadsheets", write_csv),
        NetworkFormat("parquet", ".parquet", "Arrow, pandas, polars, R", write_parquet),
        NetworkFormat("node-link", ".json", "networkx, D3", write_node_link),
    )
}
"""Every format, by its name."""


class UnknownNetworkFormat(SimpulError):
    """No network is exported in a format of this name."""

    def __init__(self, asked: str) -> None:
        self.asked = asked
        self.near = near_miss(asked, NETWORK_FORMATS)
        near = f"did you mean {self.near!r}? " if self.near else ""
        known = ", ".join(NETWORK_FORMATS)
        super().__init__(f"no network format {asked!r}; {near}there are {known}")


def export_network(
    network: Network,
    format_name: str,
    stem: str,
    *,
    language: Language = "id",
    two_mode: bool = False,
    extra: Extra | None = None,
    colours: bool = True,
    undirected: bool = False,
) -> Written:
    """The files of a network in a format, named after `stem`, and what is lost in them.

    By default a tie of several bodies is an edge between each two of them, and the edge names its
    tie; with `two_mode` ties are nodes, and bodies are joined to them. `extra` adds columns to the
    bodies, such as measures. `colours` are those of the sectors, in GEXF. With `undirected` no edge
    has a direction. The same network and words give the same bytes.

    Raises: UnknownNetworkFormat; ColumnTaken; MissingExtra without the package that Parquet needs.
    """
    if format_name not in NETWORK_FORMATS:
        raise UnknownNetworkFormat(format_name)
    flat = flatten(network, language, two_mode=two_mode, extra=extra)
    if undirected:
        flat = _undirected(flat)
    write = NETWORK_FORMATS[format_name].write
    if format_name == "gexf":
        write = partial(write_gexf, colours=colours)
    written = write(flat, stem)
    return Written(written.files, (*flat.lost, *written.lost))


def write_network(
    network: Network,
    path: Path,
    format_name: str,
    *,
    language: Language = "id",
    two_mode: bool = False,
    extra: Extra | None = None,
    colours: bool = True,
    undirected: bool = False,
) -> tuple[list[Path], tuple[Loss, ...]]:
    """Write the files of `export_network` where `path` is, and give their paths and what is lost.

    The files are called like `path` without its suffix; a single file is `path` itself.

    Raises: as `export_network`.
    """
    written = export_network(
        network,
        format_name,
        path.stem if path.suffix else path.name,
        language=language,
        two_mode=two_mode,
        extra=extra,
        colours=colours,
        undirected=undirected,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    for name, content in written.files.items():
        target = path if len(written.files) == 1 else path.with_name(name)
        target.write_bytes(content)
        paths.append(target)
    return paths, written.lost


def _undirected(flat: Flat) -> Flat:
    edges = tuple(replace(edge, directed=False) for edge in flat.edges)
    lost = occurred(LossKind.UNDIRECTED, sum(edge.directed for edge in flat.edges))
    return replace(flat, edges=edges, lost=(*flat.lost, *lost))
