"""An invented article with three ties, and an empty ecosystem to review it for."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from simpul.graph_builder import Ecosystem, find_ecosystem, settled_records
from simpul.graph_builder.extraction import (
    Desk,
    Signature,
    Suggestion,
    desk_of,
    families_to_review,
)

SENTENCES = (
    "Pemerintah Kabupaten Jepara bekerja sama dengan Kementerian Perindustrian melatih 40 perajin ukir.",
    "Koperasi Ukir Lestari didanai oleh Bank Jateng sebesar Rp2,5 miliar.",
    "Politeknik Mebel Kendal menandatangani nota kesepahaman dengan Asosiasi Pengrajin Jepara.",
)
ARTICLE = (
    f"Jepara, 4 Maret 2025 - {SENTENCES[0]} Pelatihan itu dibuka oleh Bupati Jepara Sari Wulandari.\n\n"
    f"{SENTENCES[1]} {SENTENCES[2]}\n\n"
    '"Pelatihan ini berlanjut tahun depan," kata Kepala Dinas Perindustrian Kabupaten Jepara, Budi Hartono.\n'
)
PAGE = (
    "<!DOCTYPE html><html><head><title>Pelatihan</title></head><body><nav>Beranda</nav><article>"
    + "".join(
        f"<p>{part.replace('dengan', '<b>dengan</b>').replace(chr(34), '&quot;')}</p>"
        for part in ARTICLE.split("\n")
        if part
    )
    + "</article></body></html>"
)
SIGNED = Signature("Sari", date(2025, 3, 5), "Read with care.")


def desk_for(
    folder: Path, article: str | bytes = ARTICLE, name: str = "kabar.txt"
) -> Desk:
    """The desk of one article in an ecosystem's folder."""
    return desks_for(folder, [(name, article)])[0]


def desks_for(folder: Path, articles: list[tuple[str, str | bytes]]) -> list[Desk]:
    """The desks of articles by name in an ecosystem's folder, one for each release."""
    given = [
        (name, text.encode() if isinstance(text, str) else text)
        for name, text in articles
    ]
    families, unread = families_to_review(given)
    assert not unread
    home = ecosystem(folder)
    return [desk_of(home, settled_records(home), family) for family in families]


def ecosystem(folder: Path) -> Ecosystem:
    """The ecosystem in a folder that `simpul init` made."""
    return find_ecosystem(folder)


def accept_all(
    desk: Desk, but: Callable[[Suggestion], bool] = lambda each: False
) -> None:
    """Accept what is open, and reject the exceptions."""
    for each in desk.open():
        desk.decide(each.ident, "reject" if but(each) else "accept", SIGNED)


def named(desk: Desk, name: str) -> Suggestion:
    """The suggestion of a body or a person."""
    return next(each for each in desk.article.found if each.fields.get("name") == name)


def tie(desk: Desk, kind: str) -> Suggestion:
    """The suggestion of a tie of a type."""
    return next(
        each
        for each in desk.article.found
        if each.kind == "tie" and each.fields["type"] == kind
    )
