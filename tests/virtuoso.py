"""The second real SPARQL server of the tests: find one, or install one.

`find_virtuoso` only looks. `python tests/virtuoso.py --install` looks, then asks the
system's package manager where it may. What it installs are the programs alone, without
the service that would start with the machine.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

NAMES = ("virtuoso-t",)
PACKAGE = "virtuoso-opensource-7-bin"
MISSING = (
    "no Virtuoso found and none could be installed: install virtuoso-t, or name it in"
    " the variable SIMPUL_VIRTUOSO"
)


def find_virtuoso() -> str | None:
    """Return the first server program that starts, or None.

    SIMPUL_VIRTUOSO comes first, then PATH.
    """
    return next(filter(_starts, _candidates()), None)


def can_install() -> bool:
    """Whether there is a package manager that should be able to install one."""
    return next(_installers(), None) is not None


def install_virtuoso() -> str | None:
    """Install a server by the first means that works, and return it, or None."""
    for command in _installers():
        print("$", " ".join(command), file=sys.stderr)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(command, check=False, stdout=sys.stderr, env=environment)
        if found := find_virtuoso():
            return found
    return None


def _candidates() -> Iterator[str]:
    if named := os.environ.get("SIMPUL_VIRTUOSO"):
        yield named
    yield from filter(None, map(shutil.which, NAMES))


def _starts(program: str) -> bool:
    try:
        answer = subprocess.run(
            [program, "-?"], capture_output=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return b"Virtuoso" in answer.stdout + answer.stderr


def _installers() -> Iterator[list[str]]:
    """Only Debian and its like have it in their own archive."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    sudo = [] if root else ["sudo", "--non-interactive"]
    if (root or shutil.which("sudo")) and shutil.which("apt-get"):
        yield [*sudo, "apt-get", "update", "--quiet"]
        yield [
            *[*sudo, "apt-get", "install", "--yes", "--quiet"],
            *["--no-install-recommends", PACKAGE],
        ]


def main() -> int:
    """Print where the server is; with --install, see first that there is one."""
    found = find_virtuoso()
    if found is None and "--install" in sys.argv[1:]:
        found = install_virtuoso()
    print(found or MISSING, file=sys.stdout if found else sys.stderr)
    # Where there is no archive that has it, its tests are skipped and all is well.
    return 0 if found or not can_install() else 1


if __name__ == "__main__":
    sys.exit(main())
