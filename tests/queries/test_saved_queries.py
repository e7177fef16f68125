"""saved.py: queries kept beside the records are found by name and hide none of the catalogue."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.queries import (
    BadName,
    NameTaken,
    Question,
    UnknownQuery,
    catalog,
    named_question,
    save_query,
    saved_queries,
)

ASK = "ASK { ?s ?p ?o }\n"


def test_what_is_saved_is_found_by_its_name(tmp_path: Path) -> None:
    path = save_query(ASK, "is-there-anything", tmp_path)
    assert path == tmp_path / "queries" / "is-there-anything.rq"
    assert path.read_text("utf-8") == ASK
    assert saved_queries(tmp_path) == {"is-there-anything": path}
    for name in ("is-there-anything", "is-there-anything.rq", "IS-THERE-ANYTHING"):
        assert named_question(name, tmp_path) == path


def test_a_question_of_the_catalogue_is_found_where_nothing_is_saved(
    tmp_path: Path,
) -> None:
    found = named_question("CQ09", tmp_path)
    assert isinstance(found, Question)
    assert found == catalog().find("CQ09")


def test_a_near_miss_may_be_a_saved_query(tmp_path: Path) -> None:
    save_query(ASK, "is-there-anything", tmp_path)
    with pytest.raises(UnknownQuery) as error:
        named_question("is-there-anythin", tmp_path)
    assert error.value.near == "is-there-anything"


@pytest.mark.parametrize("name", ["founders", "Founders", "cq09"])
def test_a_file_with_a_name_of_the_catalogue_hides_nothing(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / f"{name}.rq").write_text(ASK, "utf-8")
    with pytest.raises(NameTaken) as error:
        named_question(name, tmp_path)
    assert error.value.path.name == f"{name}.rq"
    assert error.value.is_shipped
    assert isinstance(named_question("partners", tmp_path), Question)


@pytest.mark.parametrize("name", ["founders", "cq09", "ties-of-body"])
def test_nothing_is_saved_under_a_name_of_the_catalogue(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(NameTaken):
        save_query(ASK, name, tmp_path)
    assert not (tmp_path / "queries").exists()


def test_saving_again_changes_nothing_and_something_else_is_refused(
    tmp_path: Path,
) -> None:
    path = save_query(ASK, "mine", tmp_path)
    assert save_query(ASK, "mine", tmp_path) == path
    with pytest.raises(NameTaken) as error:
        save_query("ASK {}", "mine", tmp_path)
    assert not error.value.is_shipped
    assert path.read_text("utf-8") == ASK


@given(st.text(max_size=12) | st.sampled_from(["../x", "a/b", "A", "a.rq", "", "-a"]))
def test_a_name_leads_nowhere_else(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    folder = tmp_path_factory.mktemp("kept")
    try:
        path = save_query(ASK, name, folder)
    except (BadName, NameTaken):
        assert not (folder / "queries").exists()
    else:
        assert path.parent == folder / "queries"
        assert set(saved_queries(folder)) == {name}


def test_what_is_no_query_file_is_not_listed(tmp_path: Path) -> None:
    (tmp_path / "queries" / "folder.rq").mkdir(parents=True)
    (tmp_path / "queries" / "notes.txt").write_text("x", "utf-8")
    assert saved_queries(tmp_path) == {}
    assert saved_queries(tmp_path / "nowhere") == {}
