"""Fixtures that more than one room's tests need."""

import os
from pathlib import Path

import pytest

import virtuoso
from chromium import MISSING, find_chromium


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout these tests belong to.

    SIMPUL_REPOSITORY names it when the tests were copied away from it, to run on an
    installed wheel.
    """
    named = os.environ.get("SIMPUL_REPOSITORY")
    return Path(named) if named else Path(__file__).parent.parent


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser to drive; a test that asks for it carries the mark `browser`."""
    if found := find_chromium():
        return found
    if os.environ.get("CI"):
        pytest.fail(MISSING)
    pytest.skip(MISSING)


@pytest.fixture(scope="session")
def virtuoso_program() -> str:
    """The program of a Virtuoso server; most systems have none in their archive."""
    if found := virtuoso.find_virtuoso():
        return found
    if os.environ.get("CI") and virtuoso.can_install():
        pytest.fail(virtuoso.MISSING)
    pytest.skip(virtuoso.MISSING)


@pytest.fixture(scope="session")
def axe(repository: Path) -> str:
    """The script of axe-core, which checks a page against the WCAG."""
    script = repository / "build" / "test-assets" / "axe.min.js"
    if not script.is_file():
        pytest.skip(
            "axe-core is not there: run `python visualizations/fetch_assets.py --tests`"
        )
    return script.read_text(encoding="utf-8")
