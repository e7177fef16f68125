"""The page as text: the same each time, whole in itself, and closed to whatever its data says."""

import base64
import hashlib
import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks import IMAGE, SCRIPT, body, hostile_world, network, network_of, tie
from simpul.analysis import Names, Network, TimedAspect, TimedFact
from simpul.ontology import ViewError
from simpul.visualizations import (
    json_block,
    packed,
    safe_url,
    view_page,
    write_view,
)

TITLE = Names(f"Judul {SCRIPT}", f"Title {IMAGE}")


def page_of(drawn: Network, **options: Any) -> str:
    given: dict[str, Any] = {"lang": "id", "seed": 5, "title": TITLE, **options}
    return view_page(drawn, **given)


def block_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page)
    assert found is not None
    return dict(json.loads(found[1]))


def rows_of(table: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a packed table, as the page unpacks them."""
    rows: list[dict[str, Any]] = [{} for _ in range(table["n"])]
    for key, column in table["c"].items():
        values: list[Any]
        if hasattr(column, "append"):  # a plain list
            values = column
        elif "o" in column:
            values = [column["o"]] * table["n"]
        else:
            values = [column["v"][number] for number in column["i"]]
        for row, value in zip(rows, values, strict=True):
            row[key] = value
    return rows


def table_of(page: str, name: str) -> list[dict[str, Any]]:
    return rows_of(block_of(page)[name])


def test_the_same_network_and_seed_give_the_same_page() -> None:
    assert page_of(hostile_world()) == page_of(hostile_world())
    assert page_of(hostile_world()) != page_of(hostile_world(), lang="en")


def test_the_page_is_written_as_it_is_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "map.html"
    write_view(hostile_world(), path, lang="id", seed=5, title=TITLE)
    assert path.read_bytes() == page_of(hostile_world()).encode("utf-8")
    assert b"\r" not in path.read_bytes()


def test_the_policy_allows_only_what_the_page_holds() -> None:
    page = page_of(hostile_world())
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert found is not None
    policy = html.unescape(found[1])
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    held = re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", page, re.DOTALL)
    hashes = [
        base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
        for text in held
    ]
    assert sorted(re.findall(r"'sha256-([^']*)'", policy)) == sorted(hashes)


def test_the_page_refers_to_no_other_file() -> None:
    page = page_of(hostile_world())
    markup = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    assert re.findall(r"\b(?:src|href|srcset|action)=\"(?!#)", markup) == []
    assert "sourceMappingURL" not in page


def test_no_text_of_the_data_ends_the_script_that_holds_it() -> None:
    page = page_of(hostile_world())
    assert SCRIPT not in page
    assert IMAGE not in page
    assert block_of(page)["title"] == [TITLE.id, TITLE.en]


def test_all_parallel_ties_have_lines_of_their_own() -> None:
    lines = table_of(page_of(hostile_world()), "edges")
    assert [line["tie"] for line in lines] == [0, 1, 2]
    assert len({line["bend"] for line in lines}) == 3


def test_each_pair_of_a_clique_has_a_line() -> None:
    lines = table_of(page_of(network_of(["abcd", "ab"])), "edges")
    pairs = [tuple(sorted((line["from"], line["to"]))) for line in lines]
    assert len(pairs) == 7
    assert pairs.count(("org/a", "org/b")) == 2


def test_each_passage_names_its_document_and_its_origin() -> None:
    evidence = table_of(page_of(hostile_world()), "evidence")
    first = [item for item in evidence if item["tie"] == 0]
    supporting = [item for item in first if item["stance"] == "supports"]
    assert len({item["source"] for item in supporting}) == 2
    assert len({item["root"] for item in supporting}) == 1


def test_the_span_of_a_tie_is_the_widest_that_its_dates_allow() -> None:
    pair = [body("a"), body("b")]
    dated = [
        tie("t-1", pair, start="2020~", end="2021-03/2022-10"),
        tie("t-2", pair, occurred="2019"),
        tie("t-3", pair, start="<b>"),
    ]
    ties = table_of(page_of(network(pair, dated)), "ties")
    assert [(each["first"], each["last"]) for each in ties] == [
        ("2020-01-01", "2022-10-31"),
        ("2019-01-01", "2019-12-31"),
        (None, None),
    ]


def test_facts_with_a_time_stand_under_their_body() -> None:
    pair = [body("a"), body("b")]
    fact = TimedFact(
        claim="https://example.org/name/1",
        body=pair[0].iri,
        aspect=TimedAspect.NAME,
        value=Names("Balai Lama", "Old Centre"),
        status="accepted",
        start="2003",
        end="2008/2010",
    )
    page = page_of(network(pair, []), timelines={pair[0].iri: (fact,)})
    facts = table_of(page, "facts")
    assert [(each["body"], each["first"], each["last"]) for each in facts] == [
        ("org/a", "2003-01-01", "2010-12-31")
    ]


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "a": st.none() | st.booleans() | st.integers(0, 3) | st.text("xy"),
                "b": st.lists(st.sampled_from(["p", "q"]), max_size=2),
            }
        ),
        max_size=12,
    )
)
def test_packing_loses_nothing(rows: list[dict[str, Any]]) -> None:
    back = rows_of(json.loads(json.dumps(packed(rows))))
    assert [repr(sorted(row.items())) for row in back] == [
        repr(sorted(row.items())) for row in rows
    ]


def test_a_focus_leaves_out_what_is_not_around_it() -> None:
    page = page_of(hostile_world(), focus="PABRIK")
    assert {each["id"] for each in table_of(page, "nodes")} == {
        "org/dinas",
        "org/pabrik",
    }
    assert block_of(page)["centre"] == "org/pabrik"


def test_an_unknown_focus_is_answered_with_the_nearest_name() -> None:
    with pytest.raises(ViewError, match="did you mean 'pabrik'"):
        page_of(hostile_world(), focus="pabrk")


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org/a", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("https:", False),
        ("http://[", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_become_links(
    address: str | None, kept: bool
) -> None:
    assert (safe_url(address) is not None) is kept


def test_a_number_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_block(float("nan"))
