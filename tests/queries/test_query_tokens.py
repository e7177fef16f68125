"""tokens.py: the text is never lost, and each piece is what the grammar says it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.queries import Kind, tokens

PIECES = st.sampled_from(
    [
        *(
            "SELECT",
            "?x",
            "$y",
            "<http://a/b#c>",
            "<",
            ">",
            "{",
            "}",
            "ex:a",
            "_:b",
            ":",
        ),
        *(
            '"',
            "'",
            '"""',
            "'''",
            "\\",
            "\\u0041",
            "#",
            "\n",
            "\r",
            " ",
            "@id",
            "1.5e3",
        ),
    ]
)
TEXTS = st.text() | st.lists(PIECES | st.characters()).map("".join)


@given(TEXTS)
def test_tokens_add_up_to_any_text(text: str) -> None:
    read = list(tokens(text))
    assert "".join(token.text for token in read) == text
    assert [token.start for token in read] == [
        sum(len(earlier.text) for earlier in read[:place]) for place in range(len(read))
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# SERVICE <x> {}", Kind.COMMENT),
        ("'it\\'s'", Kind.STRING),
        ('"""a "quoted" # text\nover lines"""', Kind.STRING),
        ("''", Kind.STRING),
        ("<http://a/b?c#d>", Kind.IRI),
        ("<>", Kind.IRI),
        ("?_1", Kind.VARIABLE),
        ("$café", Kind.VARIABLE),
        ("@en-GB", Kind.LANGUAGE_TAG),
        ("ex:a.b\\,c%20:d", Kind.NAME),
        (":", Kind.NAME),
        ("_:b1", Kind.NAME),
        ("SELECT", Kind.WORD),
        (".5e-3", Kind.NUMBER),
        (" \t\r\n", Kind.SPACE),
        ("^", Kind.OTHER),
    ],
)
def test_a_text_is_one_token_of_its_kind(text: str, kind: Kind) -> None:
    assert [(token.kind, token.text) for token in tokens(text)] == [(kind, text)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("?a<?b && ?c>?d", ["?a", "<", "?b", " ", "&", "&", " ", "?c", ">", "?d"]),
        ("'one line\n'", ["'", "one", " ", "line", "\n", "'"]),
        ("'''\\q'''", ["''", "'", "\\", "q", "''", "'"]),
        ("'\\uD800'", ["'", "\\", "uD800", "'"]),
        ("ex:a.", ["ex:a", "."]),
        ('"a"@id,', ['"a"', "@id", ","]),
        ("#c\r?x", ["#c", "\r", "?x"]),
    ],
)
def test_a_token_ends_where_the_grammar_ends_it(text: str, pieces: list[str]) -> None:
    assert [token.text for token in tokens(text)] == pieces
