"""A model of names is trained from labelled words, and adds names where the rules find none."""

import itertools
import pickle
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.graph_builder.extraction import (
    MissingNameLibrary,
    NameModel,
    NothingToLearn,
    UnfitLabels,
    UnfitModel,
    national_lexicon,
    read_labelled,
    read_many,
    train_names,
    understand,
)

FIRST = ("Wiradi", "Sekarini", "Purbaya", "Landung", "Tirtasih", "Gumelar")
LAST = ("Panuluh", "Sasmitra", "Karsadi", "Wulandasih")
LINES = [
    line
    for first, last in itertools.product(FIRST, LAST)
    for line in (
        "tetangganya O",
        f"{first} B-PER",
        f"{last} I-PER",
        "menenun O",
        "kain O",
        ". O",
        "",
        "harga O",
        "kain O",
        "naik O",
        ". O",
        "",
    )
]
SENTENCE = "Sejak kecil tetangganya Kartika Danuraja menenun kain."


@pytest.fixture(scope="module")
def model_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model trained on the invented sentences."""
    path = tmp_path_factory.mktemp("names") / "model"
    trained = train_names(read_labelled(LINES, "lines"), path)
    assert (trained.sentences, trained.names) == (48, {"person": 24})
    return path


def test_a_name_that_rules_miss_is_found_by_the_model(model_file: Path) -> None:
    assert understand(SENTENCE).entities("person") == ()
    understood = understand(SENTENCE, model=NameModel.read(model_file))
    (mention,) = (each for each in understood.mentions if each.kind == "person")
    assert (mention.surface, mention.rule) == ("Kartika Danuraja", "ner")
    assert 0.5 <= mention.score <= 1


def test_where_rules_find_a_name_theirs_stands(model_file: Path) -> None:
    text = "Bupati Jepara Wiradi Panuluh menenun kain. Tetangganya Wiradi Panuluh menenun kain."
    alone = understand(text)
    both = understand(text, model=NameModel.read(model_file))
    assert set(map(_place, alone.mentions)) <= set(map(_place, both.mentions))
    assert len(both.entities("person")) == len(alone.entities("person")) == 1


def _place(mention: object) -> tuple[object, ...]:
    return tuple(getattr(mention, name) for name in ("start", "end", "kind", "rule"))


def test_equal_words_give_an_equal_model(model_file: Path, tmp_path: Path) -> None:
    train_names(read_labelled(LINES, "lines"), tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == model_file.read_bytes()


def test_every_process_has_the_model(model_file: Path) -> None:
    model = NameModel.read(model_file)
    assert pickle.loads(pickle.dumps(model)).names_in
    articles = [(str(number), SENTENCE.encode()) for number in range(20)]
    for _, read in read_many(articles, national_lexicon(), processes=2, model=model):
        assert not isinstance(read, Exception)
        assert [each["rule"] for each in read.record["people"]] == ["ner"]


@pytest.mark.parametrize("damage", ["cut", "changed", "other", "empty", "bare"])
def test_a_file_that_is_no_sound_model_is_refused(
    damage: str, model_file: Path, tmp_path: Path
) -> None:
    content = model_file.read_bytes()
    path = tmp_path / "model"
    path.write_bytes(
        {
            "cut": content[:-10],
            "changed": content[:-1] + bytes([content[-1] ^ 1]),
            "other": b"%PDF-1.7\n",
            "empty": b"",
            "bare": content.split(b"\n", 2)[2],
        }[damage]
    )
    with pytest.raises(UnfitModel, match="train-names"):
        NameModel.read(path)


@pytest.mark.parametrize(
    ("lines", "labels"),
    [
        (
            ["a B-ORG", "b I-ORG", "", "c O"],
            [["B-institution", "I-institution"], ["O"]],
        ),
        (["a S-PER", "b B-LOC", "c E-LOC"], [["B-person", "B-place", "I-place"]]),
        (["a I-PER", "b I-ORG"], [["B-person", "B-institution"]]),
        (["a B-DAT", "b I-DAT"], [["O", "O"]]),
        (["-DOCSTART- O", "", "a\tNN\tU-GPE"], [["B-place"]]),
    ],
)
def test_labels_in_use_are_read(lines: list[str], labels: list[list[str]]) -> None:
    assert [found for _, found in read_labelled(lines, "a")] == labels


@pytest.mark.parametrize("line", ["word", "word X", "word B-", "word B_PER"])
def test_a_line_without_a_label_is_named(line: str) -> None:
    with pytest.raises(UnfitLabels) as caught:
        list(read_labelled(["a O", line], "a.tsv"))
    assert (caught.value.file, caught.value.line) == ("a.tsv", 2)


def test_words_without_names_teach_nothing(tmp_path: Path) -> None:
    with pytest.raises(NothingToLearn):
        train_names(read_labelled(["kain O"], "a"), tmp_path / "model")
    assert not (tmp_path / "model").exists()


def test_without_the_extra_its_name_is_told(
    model_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pycrfsuite", None)
    with pytest.raises(MissingNameLibrary, match=r"simpul\[ner\]"):
        NameModel.read(model_file)
    assert understand(SENTENCE).entities("person") == ()


@given(st.text(max_size=120))
def test_any_text_is_read_with_a_model(model_file: Path, text: str) -> None:
    understood = understand(text, model=NameModel.read(model_file))
    learned = [each for each in understood.mentions if each.rule == "ner"]
    for one in learned:
        assert one.surface == understood.document.text[one.start : one.end]
        assert not any(
            one is not other and one.start < other.end and other.start < one.end
            for other in understood.mentions
        )
