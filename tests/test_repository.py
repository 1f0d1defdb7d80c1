"""What is in the repository: our own files, which name no machine and no registry."""

from __future__ import annotations

import hashlib
import re
import subprocess
from pathlib import Path

import pytest

LARGEST = 2 * 1024 * 1024

THIRD_PARTY = re.compile(
    r"(^|/)(uv\.lock|node_modules/|site-packages/)|\.min\.(js|css)$|\.(ttf|otf|ttc|woff2?|jar|whl)$|^src/jianwei/assets/"
)

# Written in pieces so that this file does not name what it looks for.
ADDRESSES = {
    "a registry or a CDN": re.compile(
        r"(?:pythonhosted|npmjs|npmmirror|jsdelivr|unpkg|cdnjs|bootcdn)"
        r"\.[a-z]{2,}"
        r"|(?:pypi)"
        r"\.(?:org|python)"
        r"|(?:deb|security|mirrors?)"
        r"\.(?:debian|aliyun|tuna)",
        re.IGNORECASE,
    ),
    "a packed file": re.compile(r"https?://[^\s\"'<>]+\.(?:whl|tgz|tar\.gz)\b"),
    "a registry setting": re.compile(r"--(?:extra-)?index" r"-url|\"resolved\": *\"http"),
    "a path of a machine": re.compile(
        r"(?<![\w.\])}])/(?:work|root|home/[a-z]+|Users/[a-z]+)/|[A-Z]:\\" r"Users\\"
    ),
}


@pytest.fixture(scope="module")
def files(root: Path) -> list[Path]:
    """Files that are committed or would be."""
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if not (root / ".git").exists():
        pytest.skip("不是 git 仓库，无法列出文件")
    listed = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
    found = [root / name for name in sorted(set(listed.split("\0"))) if name]
    return [path for path in found if path.is_file()]


def test_no_third_party_file(files: list[Path], root: Path) -> None:
    names = [path.relative_to(root).as_posix() for path in files]
    assert "pyproject.toml" in names
    assert [name for name in names if THIRD_PARTY.search(name)] == []


def test_no_large_file(files: list[Path], root: Path) -> None:
    assert [path.relative_to(root).as_posix() for path in files if path.stat().st_size > LARGEST] == []


@pytest.mark.parametrize("kind", ADDRESSES)
def test_no_address(files: list[Path], root: Path, kind: str) -> None:
    found = [
        f"{path.relative_to(root)}: {match.group()}"
        for path in files
        for match in ADDRESSES[kind].finditer(path.read_text("utf-8", errors="replace"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("a registry or a CDN", "see https://registry.npmjs" + ".org/echarts"),
        ("a registry or a CDN", "https://pypi" + ".org/simple"),
        ("a registry or a CDN", "<script src='//cdn.jsdelivr" + ".net/npm/x'>"),
        ("a packed file", "https://example.org/a/b-1.0" + ".tgz"),
        ("a registry setting", "pip install --index" + "-url x"),
        ("a path of a machine", "open('/work" + "/main/x')"),
        ("a path of a machine", "see /home/someone" + "/x"),
    ],
)
def test_addresses_are_recognised(kind: str, text: str) -> None:
    assert ADDRESSES[kind].search(text)


def test_no_file_of_shared(files: list[Path], root: Path, shared: Path) -> None:
    """Real files beside the repository are read by tests, never copied into it."""
    theirs = {path.stat().st_size: path for path in shared.rglob("*") if path.is_file()}
    assert theirs
    digests = {digest(path) for path in shared.rglob("*") if path.is_file() and path.stat().st_size > 0}
    copied = [
        p.relative_to(root).as_posix() for p in files if p.stat().st_size in theirs and digest(p) in digests
    ]
    assert copied == []


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
