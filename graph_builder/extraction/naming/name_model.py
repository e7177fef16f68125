"""Names by a small trained model: an extra (`simpul[ner]`), used only where a person gives a model.

A conditional random field over the forms of words and their neighbours, by CRFsuite (Okazaki 2007,
through python-crfsuite, MIT). No model ships with Simpul: one is trained from labelled words that a
person has and may use. The rules come first; the model adds names where they found none.
"""

import hashlib
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, cast, get_args

from simpul.ontology import SimpulError

from ..reading import Sentence, tokenize
from .labelled_words import Labelled, NameKind
from .word_features import features_of

_MARK = b"simpul-names 1\n"
_LEAST = 0.5
_MOST_TOKENS = 400
"""Longer sentences are lists or hostile; a model would say little of them and take long."""


class MissingNameLibrary(SimpulError):
    """A model is asked for, and the extra that reads models is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "models of names need the extra 'ner': pip install 'simpul[ner]'"
        )


class UnfitModel(SimpulError):
    """A file that is no model of names, or one that was cut short or changed."""

    def __init__(self, file: str) -> None:
        self.file = file
        super().__init__(
            f"{file} is no model of names; make one with `simpul train-names`"
        )


class NothingToLearn(SimpulError):
    """Labelled words in which no name is labelled."""

    def __init__(self) -> None:
        super().__init__("no word is labelled as a name, so nothing can be learnt")


@dataclass(frozen=True, slots=True)
class LearnedName:
    """A name by the model: its place in the clean text, its kind, and how sure the model is, from 0.5 to 1."""

    start: int
    end: int
    kind: NameKind
    score: float


@dataclass(frozen=True, slots=True)
class Trained:
    """What a model was trained on: how many sentences, and how many names of each kind."""

    sentences: int
    names: Mapping[str, int]


class NameModel:
    """A trained model, ready to find names; it can be handed from one process to another."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._tagger: Any = _library().Tagger()  # no types come with the library
        self._tagger.open_inmemory(content)

    def __reduce__(self) -> tuple[type["NameModel"], tuple[bytes]]:
        return type(self), (self._content,)

    @classmethod
    def read(cls, path: Path) -> Self:
        """The model in a file.

        Raises: UnfitModel if it is none or is damaged; MissingNameLibrary without the extra.
        """
        _library()
        content = path.read_bytes()
        head, _, model = content.removeprefix(_MARK).partition(b"\n")
        # CRFsuite trusts what it opens, so a damaged file has to be told before.
        whole = hashlib.sha256(model).hexdigest().encode() == head
        if not content.startswith(_MARK) or not whole or not model:
            raise UnfitModel(str(path))
        try:
            return cls(model)
        except ValueError:
            raise UnfitModel(str(path)) from None

    def names_in(self, sentence: Sentence) -> list[LearnedName]:
        """The names of a sentence in its order, none overlapping another."""
        tokens = sentence.tokens or tokenize(sentence.text, sentence.start)
        if not tokens or len(tokens) > _MOST_TOKENS:
            return []
        labels: Sequence[str] = self._tagger.tag(
            features_of([token.text for token in tokens])
        )
        found: list[LearnedName] = []
        first = 0
        while first < len(tokens):
            label = labels[first]
            last = first + 1
            if label == "O":
                first = last
                continue
            while last < len(tokens) and labels[last] == f"I-{label[2:]}":
                last += 1
            score = min(
                float(self._tagger.marginal(labels[at], at))
                for at in range(first, last)
            )
            kind = label[2:]
            if score >= _LEAST and kind in get_args(NameKind):
                start, end = tokens[first].start, tokens[last - 1].end
                found.append(
                    LearnedName(start, end, cast("NameKind", kind), round(score, 3))
                )
            first = last
        return found


def train_names(sentences: Iterable[Labelled], out: Path) -> Trained:
    """Train a model and write it; equal sentences give an equal model.

    Raises: NothingToLearn if no name is labelled; MissingNameLibrary without the extra.
    """
    trainer: Any = _library().Trainer(verbose=False)
    trainer.set_params(
        {
            "c1": 0.05,
            "c2": 0.01,
            "max_iterations": 150,
            "feature.possible_transitions": True,
        }
    )
    names = Counter[str]()
    count = 0
    for words, labels in sentences:
        trainer.append(features_of(words), labels)
        names.update(label[2:] for label in labels if label.startswith("B-"))
        count += 1
    if not names:
        raise NothingToLearn
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model"
        trainer.train(str(path))
        model = path.read_bytes()
    digest = hashlib.sha256(model).hexdigest().encode()
    out.write_bytes(_MARK + digest + b"\n" + model)
    return Trained(count, dict(sorted(names.items())))


def _library() -> Any:
    try:
        import pycrfsuite  # an extra that few need
    except ImportError:
        raise MissingNameLibrary from None
    return pycrfsuite
