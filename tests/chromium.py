"""The browser of the browser tests: find one, or install one.

`find_chromium` only looks. `python tests/chromium.py --install` looks, then asks the
system's package manager where it may, then Playwright, and says plainly when all fail.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
MISSING = (
    "no Chromium found and none could be installed: install Chromium or Chrome, or name"
    " one in the variable SIMPUL_CHROMIUM"
)


def find_chromium() -> str | None:
    """Return the first browser that starts, or None.

    SIMPUL_CHROMIUM comes first, then PATH, then the usual application folders, then
    what Playwright has installed. A Debian-like system may hold a `chromium-browser`
    that only tells to install another package, hence the trial start.
    """
    return next(filter(_starts, _candidates()), None)


def install_chromium() -> str | None:
    """Install a browser by the first means that works, and return it, or None."""
    for command in _installers():
        print("$", " ".join(command), file=sys.stderr)
        subprocess.run(command, check=False, stdout=sys.stderr)
        if found := find_chromium():
            return found
    return None


def _candidates() -> Iterator[str]:
    if named := os.environ.get("SIMPUL_CHROMIUM"):
        yield named
    yield from filter(None, map(shutil.which, NAMES))
    yield from (path for path in APPLICATIONS if Path(path).is_file())
    yield from _playwright_browser()


def _playwright_browser() -> Iterator[str]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if Path(path).is_file():
        yield path


def _starts(browser: str) -> bool:
    if os.name == "nt":  # there `chrome --version` opens a window
        return True
    try:
        answer = subprocess.run(
            [browser, "--version"], capture_output=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def _installers() -> Iterator[list[str]]:
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    sudo = [] if root else ["sudo", "--non-interactive"]
    if root or shutil.which("sudo"):
        if shutil.which("apt-get"):
            yield [*sudo, "apt-get", "update", "--quiet"]
            yield [
                *[*sudo, "apt-get", "install", "--yes", "--quiet"],
                *["--no-install-recommends", "chromium"],
            ]
        if shutil.which("dnf"):
            yield [*sudo, "dnf", "install", "--assumeyes", "chromium"]
    if shutil.which("brew"):
        yield ["brew", "install", "--cask", "google-chrome"]
    yield [sys.executable, "-m", "playwright", "install", "chromium"]


def main() -> int:
    """Print where the browser is; with --install, see first that there is one."""
    found = find_chromium()
    if found is None and "--install" in sys.argv[1:]:
        found = install_chromium()
    print(found or MISSING, file=sys.stdout if found else sys.stderr)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
