"""`simpul train-names`, and `simpul extract --model`."""

import json
from pathlib import Path

from click.testing import CliRunner

from simpul.cli import main

WORDS = "".join(
    f"Sejak O\nkecil O\ntetangganya O\n{name} B-PER\nmenenun O\n\nHarga O\nnaik O\n\n"
    for name in ("Wiradi", "Sekarini", "Gumelar", "Landung")
)


def run(*arguments: str, text: str = "") -> tuple[int, str, str]:
    """The code, the output and the words of a line."""
    done = CliRunner().invoke(main, arguments, input=text)
    return done.exit_code, done.stdout, done.stderr


def test_a_trained_model_adds_a_suggestion(tmp_path: Path) -> None:
    (tmp_path / "words.tsv").write_text(WORDS, encoding="utf-8")
    model = str(tmp_path / "model")
    code, out, words = run("train-names", str(tmp_path / "words.tsv"), "--out", model)
    assert (code, out) == (0, f"{model}\n")
    assert "person 4" in words
    text = "Sejak kecil tetangganya Danuraja menenun kain."
    code, out, _ = run("extract", "-", "--model", model, text=text)
    assert code == 0
    assert [(each["name"], each["rule"]) for each in json.loads(out)["people"]] == [
        ("Danuraja", "ner")
    ]


def test_what_is_no_model_is_the_fault_of_the_request(tmp_path: Path) -> None:
    path = tmp_path / "model"
    path.write_text("no model", encoding="utf-8")
    code, out, words = run("extract", "-", "--model", str(path), text="Harga naik.")
    assert (code, out) == (2, "")
    assert "train-names" in words


def test_unfit_labels_are_the_fault_of_the_data(tmp_path: Path) -> None:
    path = tmp_path / "words.tsv"
    path.write_text("kain O\nWiradi PERSON\n", encoding="utf-8")
    for lang, line in (("id", "baris 2"), ("en", "line 2")):
        code, _, words = run(
            "train-names", str(path), "--out", str(tmp_path / "m"), "--lang", lang
        )
        assert code == 1
        assert line in words
    assert not (tmp_path / "m").exists()
