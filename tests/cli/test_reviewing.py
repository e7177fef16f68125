import json
from pathlib import Path

import pytest

from command_lines import run

SENTENCES = (
    "Pemerintah Kabupaten Jepara bekerja sama dengan Kementerian Perindustrian melatih 40 perajin ukir.",
    "Koperasi Ukir Lestari didanai oleh Kementerian Perindustrian.",
)
ASKED = """
PREFIX simpul: <https://w3id.org/simpul/ontology#>
SELECT ?tie ?evidence WHERE {
  GRAPH ?a { ?evidence simpul:supports ?tie }
  GRAPH ?b { ?tie a simpul:Tie }
}
"""


@pytest.fixture
def article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An article in its own words, beside an empty ecosystem `ukir`."""
    monkeypatch.chdir(tmp_path)
    assert run("init", "ukir").exit_code == 0
    path = tmp_path / "kabar.txt"
    path.write_text("Jepara, 4 Maret 2025 - " + " ".join(SENTENCES), encoding="utf-8")
    return path


def test_a_review_resumes_and_the_tie_stands_with_its_passage(article: Path) -> None:
    line = ("review", article, "--to", "ukir", "--by", "Sari")
    first = run(*line, given="a Named in the text.\nx\nq\n")
    assert first.exit_code == 1, first.output
    assert "answer with" in first.stderr
    log = Path("ukir/decisions.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(each)["why"] for each in log] == ["Named in the text."]
    second = run(*line, given="a\n" * 40)
    assert second.exit_code == 0, second.output
    after = Path("ukir/decisions.jsonl").read_text(encoding="utf-8").splitlines()
    decided = [json.loads(each)["suggestion"] for each in after]
    assert after[0] == log[0]
    assert len(decided) == len(set(decided)) > 4
    evidence = Path("ukir/added/kabar/evidence.yaml").read_text(encoding="utf-8")
    assert "tie/kabar-tie-1-" in evidence
    assert "prefix_digest" in evidence
    assert run("build", "ukir").exit_code == 0
    told = run("query", "-", "--ecosystem", "ukir", "--format", "csv", given=ASKED)
    assert told.exit_code == 0, told.output
    assert "tie/kabar-tie-1-" in told.stdout
    kept = [
        each.read_bytes()
        for folder in ("ukir", "simpul-out")
        for each in Path(folder).rglob("*")
        if each.is_file()
    ]
    assert any(b"kabar-tie-1-" in each for each in kept)
    for sentence in SENTENCES:
        assert not any(sentence[20:60].encode() in each for each in kept)


def test_what_is_rejected_makes_no_record(article: Path) -> None:
    done = run("review", article, "--to", "ukir", "--by", "Sari", given="r\n" * 40)
    assert done.exit_code == 0, done.output
    assert not Path("ukir/added").exists()
