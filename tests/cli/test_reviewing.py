import json
import os
import select
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from command_lines import run
from reviews import PAGE

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
    assert "tie/kabar-tie-" in evidence
    assert "prefix_digest" in evidence
    assert run("build", "ukir").exit_code == 0
    told = run("query", "-", "--ecosystem", "ukir", "--format", "csv", given=ASKED)
    assert told.exit_code == 0, told.output
    assert "tie/kabar-tie-" in told.stdout
    kept = [
        each.read_bytes()
        for folder in ("ukir", "simpul-out")
        for each in Path(folder).rglob("*")
        if each.is_file()
    ]
    assert any(b"kabar-tie-" in each for each in kept)
    for sentence in SENTENCES:
        assert not any(sentence[20:60].encode() in each for each in kept)


def test_what_is_rejected_makes_no_record(article: Path) -> None:
    done = run("review", article, "--to", "ukir", "--by", "Sari", given="r\n" * 40)
    assert done.exit_code == 0, done.output
    assert not Path("ukir/added").exists()


def test_a_review_after_it_is_done_asks_nothing_and_succeeds(article: Path) -> None:
    line = ("review", article, "--to", "ukir", "--by", "Sari")
    assert run(*line, given="a\n" * 40).exit_code == 0
    before = Path("ukir/decisions.jsonl").read_bytes()
    again = run(*line)
    assert again.exit_code == 0, again.output
    assert "already" in again.stderr
    assert "a/r/e/m" not in again.stderr
    assert Path("ukir/decisions.jsonl").read_bytes() == before
    assert run("check", "ukir").exit_code == 0


@pytest.mark.parametrize(("lang", "word"), [("id", "ditarik"), ("en", "withdrawn")])
def test_a_withdrawn_article_is_told_how_to_come_back(
    article: Path, lang: str, word: str
) -> None:
    line = ("review", article, "--to", "ukir", "--by", "Sari")
    assert run(*line, given="a\n" * 40).exit_code == 0
    gone = run("remove", "kabar", "--ecosystem", "ukir", "--by", "S", "--why", "Wrong.")
    assert gone.exit_code == 0, gone.output
    again = run(*line, lang=lang)
    assert again.exit_code == 1
    assert word in again.stderr
    assert "simpul add kabar --to" in again.stderr
    back = run("add", "kabar", "--to", "ukir", "--by", "S", "--why", "Right.")
    assert back.exit_code == 0, back.output
    assert run(*line).exit_code == 0


def test_what_was_added_and_never_built_is_built_by_another_run(article: Path) -> None:
    line = ("review", article, "--to", "ukir", "--by", "Sari")
    assert run(*line, given="a\n" * 40).exit_code == 0
    shutil.rmtree("simpul-out")
    assert run(*line).exit_code == 0
    assert Path("simpul-out/ukir/current").exists()


def test_wrong_answers_are_told_and_asked_again(article: Path) -> None:
    given = (
        "e type=xyz\ne colour=red\nm nowhere\ne\nu\n"
        "e name=Pemkab Jepara Raya; name_en=Government of Jepara\nr\nu\nq\n"
    )
    done = run("review", article, "--to", "ukir", "--by", "Sari", given=given)
    assert done.exit_code == 1, done.output
    for word in ("xyz", "colour", "nowhere", "nothing is edited", "no decision"):
        assert word in done.stderr
    assert "undone: Kementerian Perindustrian" in done.stderr
    lines = Path("ukir/decisions.jsonl").read_text("utf-8").splitlines()
    verdicts = [json.loads(each)["verdict"] for each in lines]
    assert verdicts == ["edit", "reject", "reopen"]
    assert json.loads(lines[0])["fields"]["name_en"] == "Government of Jepara"


def test_what_is_undone_is_asked_next(article: Path) -> None:
    line = ("review", article, "--to", "ukir", "--by", "Sari")
    done = run(*line, given="s\ns\na\nu\nr\nq\n")
    assert done.exit_code == 1, done.output
    lines = Path("ukir/decisions.jsonl").read_text("utf-8").splitlines()
    decided = [(each["suggestion"], each["verdict"]) for each in map(json.loads, lines)]
    assert [verdict for _, verdict in decided] == ["accept", "reopen", "reject"]
    assert len({name for name, _ in decided}) == 1
    line = ("review", article, "--to", "ukir", "--by", "Sari")
    back = run(*line, given="a\na\nu\nr\nq\n")
    lines = Path("ukir/decisions.jsonl").read_text("utf-8").splitlines()
    decided = [(each["suggestion"], each["verdict"]) for each in map(json.loads, lines)]
    assert back.exit_code == 1
    assert decided[-1] == (decided[-3][0], "reject")


def test_an_unlike_merge_is_taken_when_the_answer_is_given_again(
    article: Path,
) -> None:
    answer = "m Kementerian Perindustrian\n"
    given = f"{answer}m nowhere\n{answer}{answer}q\n"
    line = ("review", article, "--to", "ukir", "--by", "Sari")
    done = run(*line, given=given)
    assert done.exit_code == 1, done.output
    assert done.stderr.count("is unlike") == 2
    lines = Path("ukir/decisions.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(each)["verdict"] for each in lines] == ["merge"]
    assert json.loads(lines[0])["into"] == "kementerian-perindustrian"


def test_a_folder_is_reviewed_and_what_cannot_be_read_stops_nothing(
    article: Path,
) -> None:
    folder = Path("berita")
    folder.mkdir()
    (folder / "a.txt").write_bytes(article.read_bytes())
    (folder / "b.txt").write_bytes(b"")
    (folder / "c.txt").write_text("Bank Jateng mendanai Koperasi Ukir Lestari.")
    done = run("review", folder, "--to", "ukir", "--by", "S", given="a\n" * 60)
    assert done.exit_code == 1, done.output  # one could not be read
    assert "b.txt: holds no text" in done.stderr
    assert sorted(p.name for p in Path("ukir/added").iterdir()) == ["a", "c"]
    rows = Path("ukir/added/c/institutions.yaml").read_text("utf-8")
    assert "koperasi-ukir-lestari" not in rows  # known by then
    assert run("check", "ukir").exit_code == 0


@pytest.mark.parametrize(("lang", "word"), [("id", "belum diputuskan"), ("en", "open")])
def test_both_languages_say_what_is_left(article: Path, lang: str, word: str) -> None:
    line = ("review", article, "--to", "ukir", "--by", "S")
    done = run(*line, given="a\ns\nq\n", lang=lang)
    assert done.exit_code == 1
    assert word in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_at_a_terminal_the_passage_stands_out_and_a_kill_loses_nothing(
    article: Path,
) -> None:
    import pty

    leader, follower = pty.openpty()
    command = [sys.executable, "-c", "from simpul.cli import main; main()"]
    command += ["review", str(article), "--to", "ukir", "--by", "Sari"]
    environment = {**os.environ, "SIMPUL_LANG": "en", "TERM": "xterm"}
    ends = {"stdin": follower, "stdout": follower, "stderr": follower}
    with subprocess.Popen(command, env=environment, **ends) as program:  # type: ignore[call-overload]
        try:
            os.close(follower)
            seen = _until(leader, b"q? ")
            assert b"\x1b[1m\x1b[4mPemerintah Kabupaten Jepara" in seen
            os.write(leader, b"a\n")
            _until(leader, b"2/")
        finally:
            program.kill()
    os.close(leader)
    lines = Path("ukir/decisions.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(each)["verdict"] for each in lines] == ["accept"]
    done = run("review", article, "--to", "ukir", "--by", "Sari", given="a\n" * 40)
    assert done.exit_code == 0, done.output
    assert "1/" not in done.stderr.splitlines()[0]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_a_person_is_asked_before_the_graph_is_built_and_can_still_undo(
    article: Path,
) -> None:
    import pty

    article.write_text("Bank Jateng dibuka.", encoding="utf-8")
    leader, follower = pty.openpty()
    command = [sys.executable, "-c", "from simpul.cli import main; main()"]
    command += ["review", str(article), "--to", "ukir", "--by", "Sari"]
    environment = {**os.environ, "SIMPUL_LANG": "en", "TERM": "xterm"}
    ends = {"stdin": follower, "stdout": follower, "stderr": follower}
    with subprocess.Popen(command, env=environment, **ends) as program:  # type: ignore[call-overload]
        os.close(follower)
        _until(leader, b"u/q? ")
        os.write(leader, b"?\n")
        assert b"merge into a record" in _until(leader, b"u/q? ")
        os.write(leader, b"a\n")
        _until(leader, b"q (quit)")
        assert not Path("ukir/added").exists()
        os.write(leader, b"u\n")
        assert b"undone: Bank Jateng" in _until(leader, b"u/q? ")
        os.write(leader, b"a\n")
        _until(leader, b"q (quit)")
        os.write(leader, b"y\n")
        _until(leader, b"may be empty): ")
        os.write(leader, b"Harian Ukir\n")
        _until(leader, b"is added")
        assert program.wait(60) == 0
    os.close(leader)
    assert "publisher: Harian Ukir" in _source_of("kabar")


def _source_of(key: str) -> str:
    return Path(f"ukir/added/{key}/sources.yaml").read_text("utf-8")


def test_title_and_publisher_are_those_of_the_page_and_never_the_file(
    article: Path,
) -> None:
    head = '<head><meta property="og:site_name" content="Harian Ukir">'
    Path("laman.html").write_text(PAGE.replace("<head>", head), encoding="utf-8")
    for name in ("laman.html", "kabar.txt"):
        line = ("review", name, "--to", "ukir", "--by", "Sari")
        assert run(*line, given="a\n" * 40).exit_code == 0
    assert "title: Pelatihan" in _source_of("laman")
    assert "publisher: Harian Ukir" in _source_of("laman")
    assert "publisher: tidak diketahui" in _source_of("kabar")


def _until(terminal: int, wanted: bytes) -> bytes:
    seen = b""
    while wanted not in seen:
        ready, _, _ = select.select([terminal], [], [], 60)
        assert ready, seen
        seen += os.read(terminal, 4096)
    return seen


@pytest.mark.parametrize("form", ["text", "web page"])
def test_kept_texts_are_private_and_every_place_is_found_in_them(
    article: Path, form: str
) -> None:
    if form == "web page":
        article = Path("kabar.html")
        article.write_text(PAGE, encoding="utf-8")
    line = ("review", article, "--to", "ukir", "--by", "Sari", "--keep-text")
    assert run(*line, given="a\n" * 40).exit_code == 0
    kept = [each.name for each in Path("ukir/articles").iterdir()]
    assert kept == ["kabar.txt" if form == "text" else "kabar.html"]
    assert "articles/" in Path("ukir/.gitignore").read_text("utf-8").splitlines()
    done = run("verify", "ukir")
    assert done.exit_code == 0, done.output
    assert "found 0," not in done.stderr
    assert "moved 0, orphaned 0, no article 0" in done.stderr
    assert run("families", "ukir").exit_code == 0


def test_pages_of_one_outlet_are_no_copies_of_each_other(article: Path) -> None:
    menu = "<nav>" + "".join(f"<a>Berita {n} hari ini di kota</a>" for n in range(200))
    texts = {
        "satu": "Bank Jateng mendanai Koperasi Ukir Lestari pada 2 Maret 2025 di balai desa.",
        "dua": "Politeknik Mebel Kendal melatih perajin Kabupaten Jepara selama satu pekan.",
    }
    for name, text in texts.items():
        body = "".join(f"<p>{text} {text.lower()}</p>" for _ in range(4))
        page = f"<html><body>{menu}</nav><article>{body}</article></body></html>"
        Path(f"{name}.html").write_text(page, encoding="utf-8")
        line = ("review", f"{name}.html", "--to", "ukir", "--by", "S", "--keep-text")
        done = run(*line, given="a\n" * 200)
        assert done.exit_code == 0, done.output
    done = run("families", "ukir", "--pairs", "--format", "csv")
    assert done.exit_code == 0, done.output
    assert "satu" not in done.stdout
