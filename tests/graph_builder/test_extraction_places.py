"""Places: codes of the Home Affairs ministry, settled by what stands around, ambiguity kept."""

from simpul.graph_builder.extraction import Entity, national_lexicon, understand

LEXICON = national_lexicon()


def places(text: str) -> list[Entity]:
    return list(understand(text, LEXICON).entities("place"))


def test_a_village_is_found_by_the_regency_behind_it() -> None:
    found = places("Kantornya berada di Kedensari, Kabupaten Sidoarjo.")
    assert {place.code for place in found} == {"35.15.06.2016", "35.15"}


def test_what_the_text_does_not_settle_stays_open() -> None:
    (place,) = places("Pabrik itu berdiri di Bandung.")
    assert place.code is None
    assert place.candidates == ("32.04", "32.73")


def test_a_level_settles_a_name_for_the_whole_text() -> None:
    found = places("Pabrik itu berdiri di Bandung. Kota Bandung ramai.")
    assert [place.code for place in found] == ["32.73"]


def test_short_names_and_places_abroad_are_found() -> None:
    found = places("Barang dari Jatim dikirim ke Jepang.")
    assert [(place.name, place.code) for place in found] == [
        ("Jawa Timur", "35"),
        ("Jepang", None),
    ]


def test_words_in_small_letters_are_no_places() -> None:
    assert places("Nasib malang itu membuat batu metro berserakan.") == []
