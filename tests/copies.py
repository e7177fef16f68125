"""An invented release, its copies at a growing distance, and reports that are nobody's copy.

The texts lie in `data/copies/`, written for these tests. `copy-…` were made from `release`;
`own-…` report the same event from their authors' own eyes; `later-release` is of the same body.
"""

from pathlib import Path

from simpul.graph_builder.evidence import normalised
from worlds import copy_of_rattan

FOLDER = Path(__file__).parent / "data" / "copies"
PUBLISHED = {
    "release": "2023-05-02",
    "copy-whole": "2023-05-02",
    "copy-drifted": "2023-05-03",
    "copy-short": "2023-05-02",
    "copy-reordered": "2023-05-03",
    "copy-reworded": "2023-05-03",
    "copy-retold": "2023-05-03",
    "own-reporter": "2023-05-02",
    "own-critic": "2023-05-03",
    "own-brief": "2023-05-02",
    "later-release": "2023-06-19",
    "unrelated": "2023-05-02",
}
TOLD = ("copy-whole", "copy-drifted", "copy-short", "copy-reordered", "copy-reworded")
"""The copies that can be told by their texts; `copy-retold` has no run of words left."""


def texts() -> dict[str, str]:
    """The normalised texts by name."""
    return {
        path.stem: normalised(path.read_text("utf-8")) for path in FOLDER.glob("*.txt")
    }


def copies_world(to: Path, *, articles: bool = True) -> Path:
    """A copy of the rattan world with a source for each text, and the texts as its articles."""
    folder = copy_of_rattan(to)
    sources = folder / "sources.yaml"
    records = "".join(
        f"- id: {key}\n  title: {key}\n  publisher: Koran {key}\n  published: '{day}'\n"
        f"  language: id\n  kind: news-report\n"
        for key, day in PUBLISHED.items()
    )
    sources.write_text(sources.read_text("utf-8") + records, "utf-8")
    if articles:
        (folder / "articles").mkdir()
        for path in FOLDER.glob("*.txt"):
            text = path.read_text("utf-8")
            (folder / "articles" / path.name).write_text(text, "utf-8")
    return folder
