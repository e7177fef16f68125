"""New ecosystems and templates: they build as they stand, and no form of the records loses any."""

import importlib
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from simpul.graph_builder import (
    FORMS,
    AlreadyThere,
    Form,
    Loaded,
    Notation,
    Unsound,
    Withdraw,
    check_ecosystem,
    copy_ecosystem,
    find_ecosystem,
    load_records,
    record_decision,
    settled_records,
    shipped_ecosystems,
    start_ecosystem,
    write_template,
)
from simpul.ontology import Language, ParticipantRole, TieType, code_lists
from worlds import copy_of_rattan, edit

LANGUAGES: tuple[Language, ...] = ("id", "en")


def contents(loaded: Loaded) -> dict[str, dict[str, Any]]:
    """The records by kind and key, as plain fields."""
    assert loaded.problems == []
    return {
        kind: {key: record.model_dump() for key, record in of.items()}
        for kind, of in loaded.records.items()
    }


def read(folder: Path) -> dict[str, dict[str, Any]]:
    return contents(load_records(find_ecosystem(folder)))


# ---------------------------------------------------------------- the invented example


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_ecosystem_has_nothing_to_complain_of(
    form: Form, language: Language, tmp_path: Path
) -> None:
    start_ecosystem(tmp_path / "Kopi Rekaan", form, language)
    report = check_ecosystem(tmp_path / "Kopi Rekaan")
    assert report.problems == ()
    assert report.ecosystem.key == "kopi-rekaan"
    assert report.ecosystem.notation == "id"
    assert report.counts["tie"] == 2


def test_the_example_is_the_same_in_every_form_and_language(tmp_path: Path) -> None:
    expected = None
    for form in FORMS:
        for language in LANGUAGES:
            folder = tmp_path / form / language
            start_ecosystem(folder, form, language)
            expected = expected or read(folder)
            assert read(folder) == expected


def test_the_example_shows_printed_numbers_and_dates(tmp_path: Path) -> None:
    start_ecosystem(tmp_path / "new", "xlsx", "id")
    records = read(tmp_path / "new")
    total = records["observation"]["perajin-terlatih-2023"]
    assert (total["value"], total["printed"]) == ("1200", "1.200")
    assert records["observation"]["anggaran-2023"]["value"] == "3330000000"
    event = records["event"]["lomba-permadani-2024"]
    assert (event["date"], event["printed_date"]) == (
        "2024-09-11",
        "Rabu 11 September 2024",
    )


def test_the_example_cannot_be_taken_for_real(tmp_path: Path) -> None:
    start_ecosystem(tmp_path / "new", "yaml", "id")
    text = "".join(
        p.read_text("utf-8") for p in (tmp_path / "new").iterdir() if p.is_file()
    )
    hosts = set(re.findall(r"https?://([^/\s\"]+)", text))
    assert {h for h in hosts if not h.endswith(".example")} == {"creativecommons.org"}
    shipped = contents(load_records(find_ecosystem("footwear")))
    for kind, records in read(tmp_path / "new").items():
        assert not records.keys() & shipped[kind].keys(), kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_comments_are_in_the_language_that_was_asked_for(
    language: Language, tmp_path: Path
) -> None:
    start_ecosystem(tmp_path / "new", "yaml", language)
    told = {"id": "lembaga", "en": "institution"}
    for file in sorted((tmp_path / "new").glob("*.yaml")):
        text = file.read_text("utf-8")
        assert text.startswith("# "), file.name
        assert "#id" not in text, file.name
        assert "#en" not in text, file.name
    comments = "".join(
        re.findall(
            "^ *#.*$",
            (tmp_path / "new" / "institutions.yaml").read_text("utf-8"),
            re.MULTILINE,
        )
    )
    assert [lang for lang in LANGUAGES if told[lang] in comments.casefold()] == [
        language
    ]


def test_every_comment_of_the_example_is_there_in_both_languages() -> None:
    folder = shipped_ecosystems()["footwear"].parent.parent / "starter"
    for file in [*folder.glob("*.yaml"), *folder.glob("*.toml")]:
        # A block of comments in one language is followed by the same in the other.
        marks = re.findall(r"^ *#(id|en) ", file.read_text("utf-8"), re.MULTILINE)
        blocks = [
            mark for i, mark in enumerate(marks) if i == 0 or marks[i - 1] != mark
        ]
        assert blocks == ["id", "en"] * (len(blocks) // 2), file.name


def test_the_texts_of_articles_are_kept_out_of_the_repository(tmp_path: Path) -> None:
    start_ecosystem(tmp_path / "new", "json", "id")
    assert "articles/" in (tmp_path / "new" / ".gitignore").read_text("utf-8").split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_of_csv_are_explained_above_the_headings(
    language: Language, tmp_path: Path
) -> None:
    start_ecosystem(tmp_path / "new", "csv", language)
    file = tmp_path / "new" / {"id": "ikatan.csv", "en": "ties.csv"}[language]
    lines = file.read_text("utf-8-sig").splitlines()
    comments = [line for line in lines if line.startswith("# ")]
    headings = lines[len(comments)].split({"id": ";", "en": ","}[language])
    assert [line[2:].partition(":")[0] for line in comments] == headings


# ---------------------------------------------------------------- folders that hold something


def test_a_folder_that_is_not_empty_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(AlreadyThere):
        start_ecosystem(tmp_path, "yaml", "id")
    with pytest.raises(AlreadyThere):
        copy_ecosystem(tmp_path, find_ecosystem("seed"))
    with pytest.raises(AlreadyThere):
        write_template(tmp_path, "csv", "id")
    with pytest.raises(AlreadyThere):
        start_ecosystem(tmp_path / "mine.txt", "yaml", "id")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_workbook_that_exists_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine.xlsx").write_text("months of work", "utf-8")
    with pytest.raises(AlreadyThere):
        write_template(tmp_path / "mine.xlsx", "xlsx", "id")
    assert (tmp_path / "mine.xlsx").read_text("utf-8") == "months of work"


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    start_ecosystem(tmp_path, "yaml", "en")
    assert (tmp_path / "ecosystem.toml").is_file()


# ---------------------------------------------------------------- other ecosystems


def test_a_copy_is_the_same_byte_for_byte_without_the_articles(tmp_path: Path) -> None:
    origin = copy_of_rattan(tmp_path)
    (origin / "decisions.jsonl").write_text("", "utf-8")
    (origin / "articles").mkdir()
    (origin / "articles" / "koran-a.txt").write_text("not ours", "utf-8")
    copy_ecosystem(tmp_path / "copy", find_ecosystem(origin))
    copied = {p.name: p.read_bytes() for p in (tmp_path / "copy").iterdir()}
    expected = {p.name: p.read_bytes() for p in origin.iterdir() if p.is_file()}
    assert copied.pop(".gitignore")
    assert copied == expected


@pytest.mark.parametrize(
    ("name", "form", "language"),
    [
        ("footwear", "csv", "id"),
        ("footwear", "csv", "en"),
        ("footwear", "xlsx", "id"),
        ("footwear", "xlsx", "en"),
        ("footwear", "json", "en"),
        ("footwear", "yaml", "en"),
        ("seed", "xlsx", "id"),
        ("seed", "csv", "en"),
    ],
)
def test_no_record_is_lost_or_changed_in_another_form(
    name: str, form: Form, language: Language, tmp_path: Path
) -> None:
    start_ecosystem(tmp_path / "copy", form, language, find_ecosystem(name))
    assert read(tmp_path / "copy") == contents(load_records(find_ecosystem(name)))


def test_records_with_a_problem_do_not_change_their_form(tmp_path: Path) -> None:
    origin = copy_of_rattan(tmp_path)
    edit(origin, "ties.yaml", "start: '2023-05'", "start: Mei lalu")
    with pytest.raises(Unsound) as refusal:
        start_ecosystem(tmp_path / "copy", "csv", "id", find_ecosystem(origin))
    assert [problem.code for problem in refusal.value.problems] == ["bad-edtf"]
    assert not (tmp_path / "copy").exists()


NUMBERS = ("13.125", "13.000", "55.20", "1234", "0.555", "1234.500", "-7.125", "0")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("notation", ["id", "en", None])
def test_a_number_that_was_no_text_is_the_same_number_in_every_form(
    form: Form, notation: Notation | None, tmp_path: Path
) -> None:
    origin = copy_of_rattan(tmp_path)
    (origin / "observations.yaml").unlink()
    records = (
        f'{{"id": "o-{place}", "about": "balai-rotan", "measure": {{"id": "x", "en": "x"}}, '
        f'"value": {number}, "comparator": "exact", "unit": "person", "as_of": "2023", '
        '"evidence": [{"source": "koran-a-2023", "stance": "supports"}]}'
        for place, number in enumerate(NUMBERS)
    )
    (origin / "observations.json").write_text(f"[{','.join(records)}]", "utf-8")
    if notation:
        settings = (origin / "ecosystem.toml").read_text("utf-8")
        settings = f'notation = "{notation}"\n{settings}'
        (origin / "ecosystem.toml").write_text(settings, "utf-8")
    start_ecosystem(tmp_path / "copy", form, notation or "en", find_ecosystem(origin))
    found = read(tmp_path / "copy")["observation"].values()
    assert [Decimal(o["value"]) for o in found] == list(map(Decimal, NUMBERS))
    assert [o["printed"] for o in found] == [None] * len(NUMBERS)
    assert [o["value"] for o in found] == [
        f"{number}0" if number in ("13.125", "13.000", "-7.125") else number
        for number in NUMBERS
    ]


def withdrawn_packet(folder: Path) -> Path:
    """The rattan world with a website that only a withdrawn packet states."""
    origin = copy_of_rattan(folder)
    website = "  website: https://balai-rotan.example/\n"
    edit(origin, "institutions.yaml", website, "")
    packet = origin / "added" / "koran-c"
    packet.mkdir(parents=True)
    (packet / "sources.yaml").write_text(
        "- id: koran-c\n  title: Rotan\n  publisher: Koran C\n  kind: news-report\n"
    )
    (packet / "institutions.yaml").write_text(f"- id: balai-rotan\n{website}")
    assert "website" in load_records(find_ecosystem(origin)).raw["institution", "balai-rotan"].data  # fmt: skip
    decision = Withdraw(source="koran-c", when="2026-11-24", who="Sari", why="dicabut")
    record_decision(origin, decision)
    return origin


@pytest.mark.parametrize("form", FORMS)
def test_what_a_withdrawn_packet_filled_in_is_not_in_a_copy(
    form: Form, tmp_path: Path
) -> None:
    origin = find_ecosystem(withdrawn_packet(tmp_path))
    start_ecosystem(tmp_path / "copy", form, "en", origin)
    assert read(tmp_path / "copy")["institution"]["balai-rotan"]["website"] is None
    copied = settled_records(find_ecosystem(tmp_path / "copy"))
    assert contents(copied) == contents(settled_records(origin))


def test_what_a_withdrawn_packet_filled_in_is_not_in_a_template(tmp_path: Path) -> None:
    origin = find_ecosystem(withdrawn_packet(tmp_path))
    write_template(tmp_path / "tables", "csv", "en", origin)
    written = "".join(p.read_text("utf-8") for p in (tmp_path / "tables").iterdir())
    assert "Balai Rotan Contoh" in written
    assert "balai-rotan.example" not in written


def test_decisions_that_cannot_be_read_withdraw_nothing_silently(
    tmp_path: Path,
) -> None:
    origin = withdrawn_packet(tmp_path)
    log = origin / "decisions.jsonl"
    log.write_text(log.read_text("utf-8").replace("withdraw", "withdrew"), "utf-8")
    with pytest.raises(Unsound) as refusal:
        start_ecosystem(tmp_path / "copy", "yaml", "id", find_ecosystem(origin))
    assert [problem.code for problem in refusal.value.problems] == ["bad-decision"]
    assert not (tmp_path / "copy").exists()


def link(at: Path, to: Path) -> None:
    try:
        at.symlink_to(to)
    except OSError:
        pytest.skip("this system makes no links")


LINKS_OUT: dict[str, Callable[[Path, Path], None]] = {
    "notes.txt": lambda at, secret: link(at, secret / "key.txt"),
    "added/koran-c/ties.yaml": lambda at, secret: link(at, secret / "key.txt"),
    "decisions.jsonl": lambda at, secret: link(at, secret / "key.txt"),
    "added/koran-c": lambda at, secret: link(at, secret),
}


@pytest.mark.parametrize(("name", "make"), LINKS_OUT.items(), ids=LINKS_OUT)
def test_a_copy_takes_nothing_from_outside_the_folder(
    name: str,
    make: Callable[[Path, Path], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    origin = copy_of_rattan(tmp_path)
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key.txt").write_text("secret", "utf-8")
    (origin / name).parent.mkdir(parents=True, exist_ok=True)
    make(origin / name, secret)
    ecosystem = find_ecosystem(origin)

    def forbidden(path: Path) -> bytes:
        raise AssertionError(path)

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    with pytest.raises(Unsound) as refusal:
        copy_ecosystem(tmp_path / "copy", ecosystem)
    told = [(problem.code, problem.file) for problem in refusal.value.problems]
    assert told == [("outside-folder", name)]
    assert not (tmp_path / "copy").exists()


def test_a_copy_in_another_form_takes_no_decisions_from_outside_the_folder(
    tmp_path: Path,
) -> None:
    origin = copy_of_rattan(tmp_path)
    (tmp_path / "others.jsonl").write_text("", "utf-8")
    link(origin / "decisions.jsonl", tmp_path / "others.jsonl")
    with pytest.raises(Unsound) as refusal:
        start_ecosystem(tmp_path / "copy", "csv", "id", find_ecosystem(origin))
    assert {problem.code for problem in refusal.value.problems} == {"outside-folder"}
    assert not (tmp_path / "copy").exists()


def test_links_to_what_is_never_copied_and_within_the_folder_do_no_harm(
    tmp_path: Path,
) -> None:
    origin = copy_of_rattan(tmp_path)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "koran-a.txt").write_text("not ours", "utf-8")
    link(origin / "articles", tmp_path / "texts")
    link(origin / "notes.txt", origin / "ties.yaml")
    copy_ecosystem(tmp_path / "copy", find_ecosystem(origin))
    assert not (tmp_path / "copy" / "articles").exists()
    assert (tmp_path / "copy" / "notes.txt").read_bytes() == (
        origin / "ties.yaml"
    ).read_bytes()


# ---------------------------------------------------------------- the template


def template(
    folder: Path, language: Language
) -> Any:  # openpyxl leaves its cells untyped
    path = folder / f"{language}.xlsx"
    if not path.exists():
        write_template(path, "xlsx", language)
    return openpyxl.load_workbook(path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_has_a_sheet_for_every_kind_of_record(
    language: Language, tmp_path: Path
) -> None:
    kinds = len(load_records(find_ecosystem("footwear")).records)
    names = template(tmp_path, language).sheetnames
    assert len(names) == kinds + 2
    assert (names[0], names[-1]) == {"id": ("petunjuk", "daftar"), "en": ("read me", "lists")}[language]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_heading_of_the_template_is_explained_and_frozen_over_text_cells(
    language: Language, tmp_path: Path
) -> None:
    for sheet in template(tmp_path, language).worksheets[1:-1]:
        assert sheet.freeze_panes == "B2"
        for cell in sheet[1]:
            assert cell.comment is not None, (sheet.title, cell.value)
            assert len(cell.comment.text) > 10
            column = sheet.column_dimensions[cell.column_letter]
            assert column.number_format == "@", (sheet.title, cell.value)


def offered(book: Any, sheet: str, heading: str) -> list[str]:
    """The choices of the drop-down list under a heading."""
    page = book[sheet]
    letter = next(cell.column_letter for cell in page[1] if cell.value == heading)
    (rule,) = [
        r for r in page.data_validations.dataValidation if f"{letter}2" in r.sqref
    ]
    name, _, cells = rule.formula1.rpartition("!")
    return [row[0].value for row in book[name.strip("'")][cells.replace("$", "")]]


@pytest.mark.parametrize(
    ("language", "sheet", "heading", "scheme"),
    [
        ("id", "ikatan", "jenis", "tie-type"),
        ("id", "ikatan", "peserta 3 peran", "participant-role"),
        ("id", "ikatan", "modalitas", "modality"),
        ("en", "ties", "sign", "sign"),
        ("en", "ties", "basis", "basis"),
        ("en", "institutions", "sector", "sector"),
        ("en", "institutions", "kind", "institution-kind"),
        ("id", "pengamatan", "satuan", "unit"),
        ("id", "pengamatan", "pembanding", "comparator"),
        ("en", "evidence", "explicitness", "explicitness"),
    ],
)
def test_lists_offer_every_code_by_its_label(
    language: Language, sheet: str, heading: str, scheme: str, tmp_path: Path
) -> None:
    concepts = code_lists().scheme(scheme)
    labels = [concept.labels[language] for concept in concepts]
    assert offered(template(tmp_path, language), sheet, heading) == labels


def test_the_stance_of_evidence_is_chosen_from_a_list(tmp_path: Path) -> None:
    book = template(tmp_path, "id")
    assert offered(book, "ikatan", "bukti 2 sikap") == [
        "mendukung",
        "membantah",
        "menyinggung",
    ]
    assert offered(book, "ikatan", "peserta 1 tanpa nama") == ["ya", "tidak"]


def test_the_same_template_is_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_template(tmp_path / name, "xlsx", "id", find_ecosystem("seed"))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    origin = copy_of_rattan(tmp_path)
    edit(origin, "sources.yaml", "Koran A tentang balai rotan", "=1+1 tentang rotan")
    start_ecosystem(tmp_path / "copy", "xlsx", "en", find_ecosystem(origin))
    assert (
        read(tmp_path / "copy")["source"]["koran-a-2023"]["title"]
        == "=1+1 tentang rotan"
    )


FILLED: dict[Language, dict[str, list[dict[str, str]]]] = {
    "id": {
        "sumber": [
            {
                "id": "koran-a", "judul": "Uji", "penerbit": "Koran A",
                "tanggal terbit": "Rabu 11 September 2024", "jenis": "berita",
            }
        ],
        "lembaga": [
            {
                "id": key, "nama id": key.upper(), "nama en": key.upper(), "sektor": "bisnis",
                "jenis": "perusahaan", "bukti 1 sumber": "koran-a", "bukti 1 letak": "paragraf 1",
                "bukti 1 sikap": "mendukung", "nama lain": "Satu; Dua" if key == "a" else "",
            }
            for key in ("a", "b")
        ],
        "ikatan": [
            {
                "id": "a-b", "jenis": "kerja sama", "peserta 1 pihak": "a", "peserta 1 peran": "mitra",
                "peserta 2 pihak": "b", "peserta 2 peran": "mitra", "mulai": "September 2024",
                "modalitas": "terlaksana", "tanda": "positif", "bukti 1 sumber": "koran-a",
                "bukti 1 letak": "paragraf 2", "bukti 1 sikap": "mendukung",
            }
        ],
        "pengamatan": [
            {
                "id": "pekerja", "tentang": "a", "ukuran id": "Pekerja", "ukuran en": "Workers",
                "nilai": "13.000", "pembanding": "lebih dari", "satuan": "orang",
                "per tanggal": "11/9/2024", "bukti 1 sumber": "koran-a",
                "bukti 1 letak": "paragraf 3", "bukti 1 sikap": "mendukung",
            }
        ],
    },
    "en": {
        "sources": [
            {
                "id": "koran-a", "title": "Uji", "publisher": "Koran A",
                "published": "Wednesday, 11 September 2024", "kind": "news report",
            }
        ],
        "institutions": [
            {
                "id": key, "name id": key.upper(), "name en": key.upper(), "sector": "business",
                "kind": "company", "evidence 1 source": "koran-a", "evidence 1 locator": "paragraf 1",
                "evidence 1 stance": "supports", "aliases": "Satu; Dua" if key == "a" else "",
            }
            for key in ("a", "b")
        ],
        "ties": [
            {
                "id": "a-b", "type": "cooperation", "participants 1 party": "a",
                "participants 1 role": "partner", "participants 2 party": "b",
                "participants 2 role": "partner", "start": "September 2024",
                "modality": "realised", "sign": "positive", "evidence 1 source": "koran-a",
                "evidence 1 locator": "paragraf 2", "evidence 1 stance": "supports",
            }
        ],
        "observations": [
            {
                "id": "pekerja", "about": "a", "measure id": "Pekerja", "measure en": "Workers",
                "value": "13.000", "comparator": "more than", "unit": "person",
                "as of": "11/9/2024", "evidence 1 source": "koran-a",
                "evidence 1 locator": "paragraf 3", "evidence 1 stance": "supports",
            }
        ],
    },
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_that_is_filled_in_is_an_ecosystem(
    language: Language, tmp_path: Path
) -> None:
    book = template(tmp_path, language)
    for name, rows in FILLED[language].items():
        page = book[name]
        places = {cell.value: cell.column for cell in page[1]}
        for number, row in enumerate(rows, start=2):
            for heading, text in row.items():
                page.cell(number, places[heading]).value = text or None
    folder = copy_of_rattan(tmp_path)
    for file in folder.glob("*.yaml"):
        file.unlink()
    edit(folder, "ecosystem.toml", 'key = "rattan"', 'key = "rattan"\nnotation = "id"')
    book.save(folder / "records.xlsx")
    assert check_ecosystem(folder).problems == ()
    records = read(folder)
    assert records["institution"]["a"]["aliases"] == ("Satu", "Dua")
    assert records["observation"]["pekerja"]["value"] == "13000"
    assert records["observation"]["pekerja"]["printed"] == "13.000"
    assert records["observation"]["pekerja"]["as_of"] == "2024-09-11"
    tie = records["tie"]["a-b"]
    assert tie["type"] is TieType.COOPERATION
    assert [part["role"] for part in tie["participants"]] == [
        ParticipantRole.PARTNER
    ] * 2


def test_every_field_of_every_record_is_explained_and_nothing_else_is() -> None:
    sheets: Any = importlib.import_module("simpul.graph_builder.sheets")
    readers: Any = importlib.import_module("simpul.graph_builder.readers.layout")
    reading: Any = importlib.import_module("simpul.graph_builder.reading")
    met: set[Any] = set()
    used = {"of", *(f"kind-{kind}" for kind in reading.MODELS)}
    waiting = list(reading.MODELS.values())
    while waiting:
        model = waiting.pop()
        met.add(model)
        for field in readers.fields_of(model):
            used.add(sheets.explanation_code(model, field.name))
            if field.parts and field.parts not in met:
                waiting.append(field.parts)
    assert used == set(sheets.explanations().sentences)
