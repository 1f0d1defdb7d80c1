"""What the build put into the package: complete, licensed, and loading nothing from elsewhere."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def assets(root: Path) -> Path:
    folder = root / "src" / "jianwei" / "assets"
    assert (folder / ".stamp").is_file(), "没有字体和图表程序：请运行 uv sync --reinstall-package jianwei"
    return folder


@pytest.fixture(scope="module")
def packages(root: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads((root / "frontend" / "assets.toml").read_text("utf-8"))[
        "package"
    ]
    return rows


def test_every_file_of_the_stamp_is_there(assets: Path) -> None:
    stamped = json.loads((assets / ".stamp").read_text("utf-8"))["files"]
    there = {p.relative_to(assets).as_posix(): p.stat().st_size for p in assets.rglob("*") if p.is_file()}
    del there[".stamp"]
    assert there == stamped


def test_what_figures_and_pages_need_is_there(assets: Path) -> None:
    web = {path.name for path in (assets / "web").iterdir()}
    fonts = {path.name for path in (assets / "fonts").iterdir()}
    assert web == {"echarts.min.js", "htmx.min.js", "tabler.min.css", "tabler.min.js"}
    assert fonts == {f"Noto{s}SC_{w}.ttf" for s in ("Sans", "Serif") for w in ("400Regular", "700Bold")}
    assert len(list((assets / "maps").iterdir())) == 34


def test_no_pointer_to_a_source_map(assets: Path) -> None:
    for path in (assets / "web").iterdir():
        assert b"sourceMappingURL" not in path.read_bytes(), path.name


def test_web_files_load_nothing_from_a_host(assets: Path) -> None:
    loads = re.compile(r"""url\(\s*["']?(?:https?:)?//|@import\s|src\s*=\s*["'](?:https?:)?//""")
    for path in (assets / "web").iterdir():
        assert loads.search(path.read_text("utf-8")) is None, path.name


def test_the_map_of_chongqing_has_its_38_districts(assets: Path) -> None:
    features = json.loads((assets / "maps" / "chongqing.json").read_text("utf-8"))["features"]
    names = {feature["properties"]["name"] for feature in features}
    assert len(names) == 38
    assert {"渝中区", "沙坪坝区", "彭水苗族土家族自治县"} <= names


def test_the_national_map_is_not_shipped(assets: Path) -> None:
    assert not list(assets.rglob("china*.json"))
    assert not list(assets.rglob("world*.json"))


def test_every_package_is_licensed_and_named(
    assets: Path, root: Path, packages: list[dict[str, Any]]
) -> None:
    told = (root / "docs" / "third-party.md").read_text("utf-8")
    notice = (root / "NOTICE").read_text("utf-8")
    for package in packages:
        name = package["name"]
        kept = {path.name for path in (assets / "licences" / name).glob("*")}
        assert kept == {Path(licence).name for licence in package["licences"]}
        assert kept or name.removeprefix("@").split("/")[0].capitalize() in notice, f"{name}: no licence text"
        assert f"`{name}`" in told


def test_every_locked_package_has_a_row(root: Path, packages: list[dict[str, Any]]) -> None:
    """What npm would install in silence, another package's dependency, is looked at too."""
    lock = json.loads((root / "frontend" / "package-lock.json").read_text("utf-8"))["packages"]
    installed = {key.removeprefix("node_modules/") for key in lock if key}
    unused = {"echarts-maps-4/node_modules/zrender"}  # only the maps of echarts 4 are taken
    assert installed - unused == {package["name"] for package in packages}
    assert all("integrity" in entry for key, entry in lock.items() if key)
    assert not any("resolved" in entry for entry in lock.values())
