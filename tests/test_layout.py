"""The repository's shape: what ships, and who may import whom."""

import ast
import doctest
import importlib
import os
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

REPOSITORY = Path(os.environ.get("SIMPUL_REPOSITORY", Path(__file__).parent.parent))
ROOMS = [
    "ontology",
    "graph_builder",
    "queries",
    "analysis",
    "visualizations",
    "server",
    "cli",
]


PACKAGES = sorted(
    ".".join(["simpul", *init.parent.relative_to(REPOSITORY).parts])
    for room in ROOMS
    for init in (REPOSITORY / room).rglob("__init__.py")
)


def module_names() -> list[str]:
    """Name every module of every room, except those run as programs."""
    return sorted(
        ".".join(
            ["simpul", *path.relative_to(REPOSITORY).with_suffix("").parts]
        ).removesuffix(".__init__")
        for room in ROOMS
        for path in (REPOSITORY / room).rglob("*.py")
        if path.stem != "__main__"
    )


def test_the_rooms_of_the_repository_are_the_rooms_of_this_test() -> None:
    folders = {path.parent.name for path in REPOSITORY.glob("*/__init__.py")}
    assert folders == set(ROOMS)


@pytest.mark.parametrize("name", module_names())
def test_docstring_examples_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("folder", [*ROOMS, "tests"])
def test_no_module_imports_a_room_by_its_bare_name(folder: str) -> None:
    for path in (REPOSITORY / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                roots = {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                roots = {(node.module or "").partition(".")[0]}
            else:
                continue
            assert roots.isdisjoint(ROOMS), f"{path}:{node.lineno}"


@pytest.mark.parametrize("room", ROOMS)
def test_every_file_of_a_room_ships(room: str) -> None:
    here = {
        path.relative_to(REPOSITORY / room).as_posix()
        for path in (REPOSITORY / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    shipped = files(f"simpul.{room}")
    assert not {name for name in here if not shipped.joinpath(name).is_file()}


def test_every_python_folder_is_listed() -> None:
    config = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    assert sorted(config["tool"]["setuptools"]["packages"]) == PACKAGES
    mapped = {
        ".".join(["simpul", *Path(folder).parts])
        for folder in config["tool"]["setuptools"]["package-dir"].values()
    }
    assert mapped == {f"simpul.{room}" for room in ROOMS}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_its_mark_of_types(room: str) -> None:
    assert (REPOSITORY / room / "py.typed").is_file()


@pytest.mark.parametrize("package", PACKAGES)
def test_a_door_shows_exactly_the_names_of_its_package(package: str) -> None:
    place = package.removeprefix("simpul.")
    door = REPOSITORY / "typings" / Path(*package.split(".")) / "__init__.pyi"
    assert door.read_text("utf-8") == f"from {place} import *\n"
    module = importlib.import_module(package)
    assert [name for name in module.__all__ if not hasattr(module, name)] == []


@pytest.mark.parametrize("room", ROOMS)
def test_the_head_of_a_room_is_a_table_of_contents(room: str) -> None:
    tree = ast.parse((REPOSITORY / room / "__init__.py").read_text("utf-8"))
    docstring, *rest = tree.body
    assert isinstance(docstring, ast.Expr)
    kinds = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)
    assert all(isinstance(node, kinds) for node in rest)


def test_no_pinned_release_names_where_it_comes_from() -> None:
    lines = (REPOSITORY / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert pins
    assert [pin for pin in pins if pin.count("==") != 1 or "/" in pin] == []
