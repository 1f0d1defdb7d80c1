"""The build hook's parts, without npm and without network."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

import hatch_build

ROWS = """
[[package]]
name = "charts"
licence = "MIT"
copy = { "dist/*.js" = "web", "data.json" = "maps" }
licences = ["LICENSE"]
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with the three files that decide what the assets are."""
    (tmp_path / "frontend").mkdir()
    (tmp_path / "frontend" / "package.json").write_text("{}\n", "utf-8")
    (tmp_path / "frontend" / "package-lock.json").write_text("{}\n", "utf-8")
    (tmp_path / "frontend" / "assets.toml").write_text(ROWS, "utf-8")
    (tmp_path / "hatch_build.py").write_text("# the hook\n", "utf-8")
    return tmp_path


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    """What npm would have installed."""
    package = tmp_path / "node_modules" / "charts"
    (package / "dist").mkdir(parents=True)
    (package / "dist" / "charts.js").write_text("draw();\n//# sourceMappingURL=charts.js.map\n", "utf-8")
    (package / "data.json").write_text('{"note": "//# sourceMappingURL=kept"}', "utf-8")
    (package / "LICENSE").write_text("MIT\n", "utf-8")
    return package.parent


def make(repository: Path, modules: Path) -> Path:
    """The assets as the hook leaves them."""
    made = hatch_build.collect(repository / "frontend" / "assets.toml", modules, repository / "made")
    hatch_build.stamp(made, hatch_build.wanted(repository))
    hatch_build.put(made, hatch_build.assets_of(repository))
    return hatch_build.assets_of(repository)


def test_named_files_are_copied_and_nothing_else(repository: Path, modules: Path) -> None:
    (modules / "charts" / "dist" / "charts.js.map").write_text("{}", "utf-8")
    assets = make(repository, modules)
    there = {path.relative_to(assets).as_posix() for path in assets.rglob("*") if path.is_file()}
    assert there == {".stamp", "web/charts.js", "maps/data.json", "licences/charts/LICENSE"}
    assert not (repository / "made").exists()


def test_a_row_without_a_file_stops_the_build(repository: Path, modules: Path) -> None:
    (modules / "charts" / "data.json").unlink()
    with pytest.raises(RuntimeError, match=r"charts has no data\.json"):
        make(repository, modules)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("a.js", b"x;\n//# sourceMappingURL=a.js.map", b"x;"),
        ("a.js", b"x;\n//@ sourceMappingURL=a.js.map\n", b"x;\n"),
        ("a.css", b"b{}\n/*# sourceMappingURL=a.css.map */", b"b{}"),
        ("a.css", b"b{}/*# sourceMappingURL=a.css.map*/", b"b{}"),
        ("a.js", b"x;\n// no map here\n", b"x;\n// no map here\n"),
        ("a.json", b"//# sourceMappingURL=a", b"//# sourceMappingURL=a"),
    ],
)
def test_pointers_to_source_maps_are_dropped(tmp_path: Path, name: str, before: bytes, after: bytes) -> None:
    (tmp_path / name).write_bytes(before)
    hatch_build.copy(tmp_path / name, tmp_path / "copied")
    assert (tmp_path / "copied").read_bytes() == after


@pytest.mark.parametrize(
    "changed",
    [
        "src/jianwei/assets/web/charts.js",
        "src/jianwei/assets/licences/charts/LICENSE",
        "src/jianwei/assets/.stamp",
        "frontend/package-lock.json",
        "frontend/assets.toml",
        "hatch_build.py",
    ],
)
@pytest.mark.parametrize("content", ["{", None])
def test_assets_are_fresh_until_something_changes(
    repository: Path, modules: Path, changed: str, content: str | None
) -> None:
    assert not hatch_build.fresh(repository)
    make(repository, modules)
    assert hatch_build.fresh(repository)
    if content is None:
        (repository / changed).unlink()
    else:
        (repository / changed).write_text(content, "utf-8")
    assert not hatch_build.fresh(repository)


def test_line_ends_do_not_count(repository: Path) -> None:
    before = hatch_build.wanted(repository)
    path = repository / "frontend" / "assets.toml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert hatch_build.wanted(repository) == before


@pytest.mark.parametrize(
    ("version", "used"), [("11.19.1", True), ("9.0.0", True), ("8.19.4", False), ("", False)]
)
def test_an_old_or_broken_npm_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, used: bool
) -> None:
    npm = tmp_path / "npm"
    npm.write_text(f"#!/bin/sh\necho '{version}'\n", "utf-8")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert hatch_build.system_npm() == (str(npm) if used else None)


def test_npm_missing_from_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert hatch_build.system_npm() is None


def test_a_failing_npm_is_quoted(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 1, "", "npm error code EINTEGRITY")

    (repository / "node").mkdir()
    monkeypatch.setattr(hatch_build, "system_npm", lambda: "npm")
    monkeypatch.setattr("subprocess.run", refuse)
    with pytest.raises(RuntimeError, match="EINTEGRITY"):
        hatch_build.install(repository / "frontend", repository / "node")
