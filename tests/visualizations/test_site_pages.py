"""The pages of the site as they are made from rows: whatever the rows hold, and in both languages."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simpul.analysis import Names
from simpul.ontology import (
    BASE,
    LANGUAGES,
    ORG,
    RDF,
    SIMPUL,
    SKOS,
    ClaimStatus,
    InstitutionKind,
    Language,
    ParticipantRole,
    Standing,
    TieType,
    ViewError,
)
from simpul.queries import GraphStore, Rows, catalog
from simpul.visualizations import palette, site
from simpul.visualizations.site import (
    Frame,
    PartyRow,
    Speaker,
    Statements,
    Table,
    ThingRows,
    Weight,
    asset,
    counted,
    date_words,
    grouped,
    local_path,
    remarked,
    render,
    span_words,
    table_of,
    thing_page,
    thing_view,
    wording,
)

BODY, OTHER, TIE = (f"{BASE}id/{key}" for key in ("org/satu", "org/dua", "tie/t-1"))
_PUT_TOGETHER = (
    *("kind-", "search-how-", "date-season-", "property-"),
    *("answer-", "remark-", "sparql-error-"),
    *("review-is-", "review-about-", "review-field-"),
)
SITE = Path(site.__file__).parent
ANY_TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=60
)


class Elements(HTMLParser):
    """The elements of a page, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data


def frame(language: Language = "id", **changes: object) -> Frame:
    return Frame(Names("Dunia uji", "Test world"), language, **changes)  # type: ignore[arg-type]


def node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


def rows_about(
    name: str, note: str = "catatan", url: str = "https://example.org/"
) -> ThingRows:
    """A body of this name in one tie with another, which has the same one."""
    about: Statements = {
        RDF.type: (node(ORG.FormalOrganization),),
        ORG.classification: (node(InstitutionKind.COMPANY.iri),),
        SKOS.prefLabel: (ox.Literal(name, language="id"),),
        SIMPUL.note: (ox.Literal(note, language="en"),),
        "http://xmlns.com/foaf/0.1/homepage": (ox.Literal(url),),
    }
    tie: Statements = {
        RDF.type: (node(SIMPUL.Tie),),
        SIMPUL.tieType: (node(TieType.COOPERATION.iri),),
        SIMPUL.status: (node(ClaimStatus.ACCEPTED.iri),),
        SIMPUL.standing: (node(Standing.CONTESTED.iri),),
        SIMPUL.claimText: (ox.Literal(note, language="id"),),
        SIMPUL.validFrom: (ox.Literal(note),),
    }
    statements = {BODY: about, OTHER: about, TIE: tie}
    quads = [
        ox.Quad(node(iri), node(way), value)
        for iri, of_it in statements.items()
        for way, values in of_it.items()
        for value in values
    ]
    partner = ParticipantRole.PARTNER.iri
    return ThingRows(
        BODY,
        about,
        GraphStore.from_quads(quads),
        ((SIMPUL.participant, TIE),),
        details={TIE: tie},
        parties={TIE: (PartyRow(partner, BODY), PartyRow(partner, OTHER))},
        weights={TIE: {SIMPUL.supports: Weight(7, 1), SIMPUL.disputes: Weight(1, 1)}},
    )


@given(name=ANY_TEXT, note=ANY_TEXT)
@settings(deadline=None, max_examples=60)
def test_whatever_a_name_holds_the_page_has_the_same_elements(
    name: str, note: str
) -> None:
    assume(name.split())
    plain = Elements(thing_page(frame(), rows_about("nama", "catatan"), {}))
    page = Elements(thing_page(frame(), rows_about(name, note), {}))
    assert [tag for tag, _ in page.found] == [tag for tag, _ in plain.found]
    for (_, attributes), (_, before) in zip(page.found, plain.found, strict=True):
        assert attributes.keys() == before.keys()


@given(name=ANY_TEXT)
@settings(deadline=None, max_examples=60)
def test_a_search_for_anything_shows_it_in_its_field_and_nowhere_as_markup(
    name: str,
) -> None:
    made = render(frame(query=(("q", name),)), "search", {"asked": name, "hits": ()})
    page = Elements(made)
    field = next(attributes for tag, attributes in page.found if tag == "input")
    as_parsed = name.replace("\r\n", "\n").replace("\r", "\n")
    assert field["value"].replace("\r\n", "\n").replace("\r", "\n") == as_parsed
    assert sum(tag == "script" for tag, _ in page.found) == 1


def test_an_address_that_is_none_of_the_web_is_no_link() -> None:
    rows = rows_about("nama")
    about = {**rows.about, "https://schema.org/url": (node("javascript:alert(1)"),)}
    view = thing_view(frame(), ThingRows(BODY, about, rows.names))
    assert view.outside is None
    page = Elements(thing_page(frame(), ThingRows(BODY, about, rows.names), {}))
    assert all("javascript:" not in a.get("href", "") for _, a in page.found)


def test_a_tie_is_told_with_its_standing_weight_and_the_other_party() -> None:
    text = " ".join(
        Elements(thing_page(frame("en"), rows_about("Satu"), {})).text.split()
    )
    assert "Cooperation as partner".casefold() in text.casefold()
    assert "7 articles, 1 origin, 1 article against" in text
    assert "contested" in text


def test_parallel_ties_beyond_the_most_that_are_shown_are_counted() -> None:
    rows = rows_about("Satu")
    many = [f"{BASE}id/tie/t-{number}" for number in range(400)]
    tie = rows.details[TIE]
    quads = [ox.Quad(node(iri), node(RDF.type), node(SIMPUL.Tie)) for iri in many]
    crowded = ThingRows(
        BODY,
        rows.about,
        GraphStore.from_quads([*rows.names.quads(), *quads]),
        tuple((SIMPUL.participant, iri) for iri in many),
        details=dict.fromkeys(many, tie),
    )
    section = next(s for s in thing_view(frame(), crowded).sections if s.code == "ties")
    assert section.count == 400
    assert len(section.content) == 150
    assert "400" in section.lead


def test_the_other_language_has_the_same_address_and_says_so() -> None:
    here = frame("id", path="/search", query=(("q", "a&b=ü #"),))
    assert here.other_href == "/search?q=a%26b%3D%C3%BC+%23&lang=en"
    assert here.href("/questions") == "/questions"
    chosen = frame("en", is_chosen=True)
    assert chosen.href("/questions") == "/questions?lang=en"
    assert chosen.href("/id/org/a b%#x") == "/id/org/a%20b%25?lang=en#x"


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        (f"{BASE}id/org/bpipi", "/id/org/bpipi"),
        (f"{BASE}concept/standing/denied", "/concept/standing/denied"),
        (f"{BASE}ontology#Tie", "/ontology#Tie"),
        (f"{BASE}graph/claims", None),
        ("https://other.example/id/org/a", "/id/org/a"),
        ("https://example.org/id/org/a", None),
        ("javascript:alert(1)", None),
    ],
)
def test_things_of_the_graph_have_pages_and_others_have_none(
    iri: str, path: str | None
) -> None:
    assert local_path(iri, "https://other.example/") == path


@pytest.mark.parametrize(
    ("written", "indonesian", "english"),
    [
        ("2024-09-11", "11 September 2024", "11 September 2024"),
        ("2021-03", "Maret 2021", "March 2021"),
        ("2024~", "sekitar 2024", "about 2024"),
        ("2003?", "2003 (tidak pasti)", "2003 (uncertain)"),
        ("2003%", "sekitar 2003 (tidak pasti)", "about 2003 (uncertain)"),
        ("../2021-03", "paling lambat Maret 2021", "March 2021 at the latest"),
        (
            "/2024-09-11",
            "paling lambat 11 September 2024",
            "11 September 2024 at the latest",
        ),
        ("2024/..", "paling awal 2024", "2024 at the earliest"),
        ("2021-03/2022", "antara Maret 2021 dan 2022", "between March 2021 and 2022"),
        ("../..", "waktu tidak disebut", "time not stated"),
        ("2001-21", "musim semi 2001", "spring 2001"),
        ("198X", "198X", "198X"),
        ("2024-13-45", "2024-13-45", "2024-13-45"),
        ("<b>", "<b>", "<b>"),
        ("T", "T", "T"),
        ("?", "?", "?"),
    ],
)
def test_dates_are_put_in_words(written: str, indonesian: str, english: str) -> None:
    assert date_words(written, "id") == indonesian
    assert date_words(written, "en") == english


def test_a_span_of_time_is_one_phrase() -> None:
    assert span_words(None, "2003", "2012", "id") == "2003 – 2012"
    assert span_words(None, "2003", None, "en") == "from 2003"
    assert span_words(None, None, "2012", "en") == "until 2012"
    assert span_words("2012", "1900", None, "en") == "2012"
    assert span_words(None, None, None, "en") == ""


def test_numbers_are_written_as_each_language_does() -> None:
    assert (grouped(31481, "id"), grouped(31481, "en")) == ("31.481", "31,481")
    assert counted("articles", 1, "en") == "1 article"
    assert counted("origins", 1200, "id") == "1.200 asal"


def test_every_sentence_of_the_site_is_said_somewhere() -> None:
    said = "\n".join(
        path.read_text("utf-8")
        for folder in (SITE, SITE / "templates", SITE.parents[1] / "server")
        for path in sorted(folder.iterdir())
        if path.suffix in (".py", ".j2")
    )
    quoted = set(re.findall(r"[\"']([a-z][a-z0-9-]*)[\"']", said))

    def is_said(code: str) -> bool:
        start, _, rest = code.partition("-")
        base, _, last = code.rpartition("-")
        # Some codes are put together: "section-" and its code, "articles" and how many.
        return (
            code in quoted
            or code.startswith(_PUT_TOGETHER)
            or (start in ("section", "menu", "home", "count") and rest in quoted)
            or (base in ("home-is", "home-not") and last in quoted)
            or (last in ("one", "many") and base in quoted)
        )

    unsaid = [code for code in wording().sentences if not is_said(code)]
    assert not unsaid, " ".join(unsaid)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_of_the_catalogue_has_a_word(language: Language) -> None:
    shown = frame(language)
    for question in catalog():
        for column in question.columns:
            assert f"answer-{column.name}" in wording().sentences, column.name
            assert "_" not in shown.column_word(column.name)
    assert shown.column_word("my_own") == "my own"


def test_columns_that_name_the_same_things_are_one_with_a_link() -> None:
    names = GraphStore.from_quads(
        ox.Quad(node(iri), node(SKOS.prefLabel), ox.Literal(name, language="id"))
        for iri, name in ((BODY, "Badan Satu"), (OTHER, "Badan Dua"))
    )
    speaker = Speaker(frame(), names)
    variables = ("partner", "name", "my_own")
    listed = [(BODY, "Badan Satu", "x"), (OTHER, "Badan Dua", "y")]

    def table(rows: list[tuple[str, str, str]]) -> Table:
        return table_of(
            speaker,
            Rows(
                variables,
                tuple((node(i), ox.Literal(n), ox.Literal(t)) for i, n, t in rows),
            ),
        )

    merged = table(listed)
    assert merged.heads == ("Mitra", "my own")
    parts = [row[0].part for row in merged.rows]
    assert [part and part.text for part in parts] == ["Badan Satu", "Badan Dua"]
    assert all(part and part.href for part in parts)
    # One name that is another's, and the column says something of its own.
    apart = table([*listed, (BODY, "Badan Dua", "z")])
    assert apart.heads == ("Mitra", "Nama", "my own")


@pytest.mark.parametrize(
    "text", ["BPIP (erroneous) lagi", "(erroneously)", "Badan (lama)", "erroneous"]
)
def test_only_a_remark_at_the_end_is_translated(text: str) -> None:
    assert remarked(text, "id") == text
    assert remarked("X (as printed)", "id") == "X (seperti tercetak)"


def test_the_colours_of_the_map_are_those_of_the_pages() -> None:
    style = asset("site.css").body.decode()
    for family in palette().families:
        assert f".family-{family.code}{{color:{family.light}}}" in style
        assert f".family-{family.code}{{color:{family.dark}}}" in style


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_can_be_read_on_every_ground(theme: str) -> None:
    """At least 4.5 to 1, as WCAG 2.2 asks of text (success criterion 1.4.3)."""
    style = (SITE / "files" / "site.css").read_text("utf-8")
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", style.split("@media")[0]))
    if theme == "dark":
        dark = style.split("prefers-color-scheme: dark")[1].split("}")[0]
        found |= dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", dark))
    for text in ("text", "muted", "accent", "against", "for", "doubt"):
        for ground in ("page", "card", "soft"):
            assert contrast(found[text], found[ground]) >= 4.5, (text, ground)
    assert contrast(found["on-accent"], found["accent"]) >= 4.5


def contrast(one: str, other: str) -> float:
    """The ratio of the luminances of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_without_anything_to_show_still_stand(language: Language) -> None:
    rows = ThingRows(BODY, {}, GraphStore.from_quads([]))
    page = Elements(thing_page(frame(language), rows, {}))
    assert "org/satu" in page.text


def test_a_file_that_the_site_does_not_have_is_refused_by_name() -> None:
    for name in ("../page.py", "nope.js", ""):
        with pytest.raises(ViewError, match="has no file"):
            asset(name)


def test_the_same_rows_give_the_same_page() -> None:
    assert thing_page(frame(), rows_about("A"), {}) == thing_page(
        frame(), rows_about("A"), {}
    )
