"""What the documents of the repository say of it."""

import re
from pathlib import Path

import pytest

DOCUMENTS = (
    "README.md",
    "README.id.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "benchmarks/README.md",
    "docs/decisions/README.md",
    "docs/findings.md",
)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_within_the_repository_leads_somewhere(
    repository: Path, name: str
) -> None:
    document = repository / name
    links = re.findall(r"\]\((?!https?://)([^)#]+)", document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_the_index_of_decisions_names_every_page(repository: Path) -> None:
    folder = repository / "docs" / "decisions"
    index = (folder / "README.md").read_text("utf-8")
    pages = sorted(path.name for path in folder.glob("[0-9]*.md"))
    assert pages
    assert re.findall(r"\((\d{4}-[\w-]+\.md)\)", index) == pages


def test_every_target_that_a_document_names_is_in_the_makefile(
    repository: Path,
) -> None:
    makefile = (repository / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    for name in DOCUMENTS:
        text = (repository / name).read_text("utf-8")
        named = set(re.findall(r"(?:^ {4}|`)make ([a-z]+)", text, re.MULTILINE))
        assert named <= targets, name


def test_the_version_is_the_same_everywhere(repository: Path) -> None:
    project = (repository / "pyproject.toml").read_text("utf-8")
    (version,) = re.findall(r'^version = "(.+)"', project, re.MULTILINE)
    assert f"\nversion: {version}\n" in (repository / "CITATION.cff").read_text("utf-8")
    assert f"\n## [{version}]" in (repository / "CHANGELOG.md").read_text("utf-8")
