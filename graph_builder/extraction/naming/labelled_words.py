"""Words that a person has labelled, in the columns of CoNLL: what a model of names is trained on.

One word a line, its label in the last column, an empty line between sentences. Labels are those of
BIO (`B-PER`, `I-PER`, `O`), BIOES or BILOU; columns are parted by tabs or spaces. Kinds of names in
use are mapped to ours, and other kinds count as no name.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

from simpul.ontology import SourceError

NameKind = Literal["institution", "person", "place"]

_KINDS: dict[str, NameKind] = {
    "PER": "person", "PERSON": "person", "PERS": "person",
    "ORG": "institution", "ORGANIZATION": "institution", "ORGANISATION": "institution", "NOR": "institution",
    "INSTITUTION": "institution", "GOV": "institution",
    "LOC": "place", "LOCATION": "place", "GPE": "place", "PLACE": "place",
}  # fmt: skip
_BEGINS, _GOES_ON = frozenset("BSU"), frozenset("IEL")
_SKIPPED = ("-DOCSTART-", "# ")
_LONGEST = 1_000

Labelled = tuple[list[str], list[str]]
"""The words of a sentence and their labels: `O`, or `B-` or `I-` and a kind of ours."""


class UnfitLabels(SourceError):
    """A line of a file of labelled words that cannot be read; `found` is its label."""

    def __init__(self, file: str, line: int, found: str) -> None:
        self.line = line
        self.found = found
        super().__init__(
            file,
            line,
            f"{found!r} is no label in the last column",
            remedy="write O, or B- or I- and a kind such as PER, ORG or LOC",
        )


def read_labelled(lines: Iterable[str], file: str) -> Iterator[Labelled]:
    """The sentences of a file, in its order; empty ones are left out.

    Raises: UnfitLabels at the first line whose last column is no label.
    """
    words: list[str] = []
    labels: list[str] = []
    for number, line in enumerate(lines, 1):
        columns = line.split()
        if not columns or line.startswith(_SKIPPED) or len(words) >= _LONGEST:
            if words:
                yield words, labels
                words, labels = [], []
            if not columns or line.startswith(_SKIPPED):
                continue
        label = columns[-1] if len(columns) > 1 else ""
        words.append(columns[0])
        labels.append(_label(label, labels[-1] if labels else "O", file, number))
    if words:
        yield words, labels


def _label(label: str, before: str, file: str, line: int) -> str:
    if label in {"O", "_"}:
        return "O"
    mark, _, kind = label.partition("-")
    if mark not in _BEGINS | _GOES_ON or not kind:
        raise UnfitLabels(file, line, label)
    ours = _KINDS.get(kind.upper())
    if ours is None:
        return "O"
    goes_on = mark in _GOES_ON and before != "O" and before[2:] == ours
    return f"{'I' if goes_on else 'B'}-{ours}"
