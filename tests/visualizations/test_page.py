"""The page as text: the same each time, whole in itself, and closed to whatever its data says."""

import base64
import hashlib
import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from networks import IMAGE, SCRIPT, hostile_world, network_of
from simpul.analysis import Names, Network
from simpul.ontology import ViewError
from simpul.visualizations import json_block, safe_url, view_page, write_view

TITLE = Names(f"Judul {SCRIPT}", f"Title {IMAGE}")


def page_of(network: Network, **options: Any) -> str:
    given: dict[str, Any] = {"lang": "id", "seed": 5, "title": TITLE, **options}
    return view_page(network, **given)


def data_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page)
    assert found is not None
    return dict(json.loads(found[1]))


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
    assert data_of(page)["title"] == [TITLE.id, TITLE.en]


def test_all_parallel_ties_have_lines_of_their_own() -> None:
    data = data_of(page_of(hostile_world()))
    assert [line["tie"] for line in data["edges"]] == [0, 1, 2]
    assert len({line["bend"] for line in data["edges"]}) == 3


def test_each_pair_of_a_clique_has_a_line() -> None:
    data = data_of(page_of(network_of(["abcd", "ab"])))
    pairs = [tuple(sorted((line["from"], line["to"]))) for line in data["edges"]]
    assert len(pairs) == 7
    assert pairs.count(("org/a", "org/b")) == 2


def test_evidence_counts_articles_and_their_origins() -> None:
    first = data_of(page_of(hostile_world()))["ties"][0]
    assert first["counts"]["supports"] == [2, 1]
    assert first["counts"]["disputes"] == [1, 1]


def test_a_focus_leaves_out_what_is_not_around_it() -> None:
    data = data_of(page_of(hostile_world(), focus="PABRIK"))
    assert {body["id"] for body in data["nodes"]} == {"org/dinas", "org/pabrik"}
    assert data["centre"] == "org/pabrik"


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
