"""Words that name nobody are settled in the plain cases, and left open elsewhere."""

import pytest

from marked_articles import references_of


@pytest.mark.parametrize(
    ("article", "surface", "names"),
    [
        (
            "[Balai Batik] berdiri lama. Kini balai itu pindah.",
            "balai itu",
            ["Balai Batik"],
        ),
        (
            "[Balai Batik] milik [Kementerian Perindustrian]. Balai ini pindah.",
            "Balai ini",
            ["Balai Batik"],
        ),
        (
            "[Kementerian Desa] hadir bersama [PT Ikan]. Kementerian tersebut setuju.",
            "Kementerian tersebut",
            ["Kementerian Desa"],
        ),
        ("[PT Ikan] tumbuh. Perusahaan itu besar.", "Perusahaan itu", ["PT Ikan"]),
        ("[Yayasan Laut] tumbuh. Lembaga ini besar.", "Lembaga ini", ["Yayasan Laut"]),
        (
            "[PT Ikan] dan [PT Garam] bertemu. Keduanya sepakat.",
            "Keduanya",
            ["PT Ikan", "PT Garam"],
        ),
        ("{Rina Wati|Dinas Pasar} hadir. Ia senang.", "Ia", ["Rina Wati"]),
        ("{Rina Wati|Dinas Pasar} hadir. Menurut Wati, ramai.", "Wati", ["Rina Wati"]),
        (
            "{Rina Wati|Dinas Pasar} menyatakan pihaknya siap.",
            "pihaknya",
            ["Dinas Pasar"],
        ),
        (
            "[Koperasi Tuna] tumbuh pesat. Dinas melatih koperasi.",
            "koperasi",
            ["Koperasi Tuna"],
        ),
        (
            "[PT Ikan] tumbuh. Perseroan juga membuka gudang.",
            "Perseroan",
            ["PT Ikan"],
        ),
        (
            "Ikan dibeli [PT Garam] dari [PT Ikan]. Keduanya sepakat.",
            "Keduanya",
            ["PT Garam", "PT Ikan"],
        ),
        (
            "[Kelompok Nelayan Tuna] berunjuk rasa. Mereka marah.",
            "Mereka",
            ["Kelompok Nelayan Tuna"],
        ),
        (
            '"Kami siap membantu semua petani," kata {Rina Wati|Dinas Pasar}.',
            "Kami",
            ["Dinas Pasar"],
        ),
    ],
)
def test_a_plain_reference_is_settled(
    article: str, surface: str, names: list[str]
) -> None:
    found = [each for each in references_of(article) if each.surface == surface]
    assert [[entity.name for entity in each.entities] for each in found] == [names]


@pytest.mark.parametrize(
    "article",
    [
        "Kini balai itu pindah. [Balai Batik] berdiri lama.",
        "[PT Ikan] tumbuh. Balai itu pindah.",
        "[PT Ikan] berdiri. Keduanya pergi.",
        "Kami siap membantu [PT Ikan].",
        "[Koperasi Tuna] dan [Koperasi Ikan] tumbuh. Dinas melatih koperasi.",
        "[PT Ikan] tumbuh. Mereka marah.",
        "{Rina Wati|A} dan {Dewi Wati|B} hadir. Wati senang.",
    ],
)
def test_what_a_reader_could_not_settle_is_left_open(article: str) -> None:
    assert references_of(article) == ()
