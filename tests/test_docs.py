"""Documents that cannot lie about what is there."""

from __future__ import annotations

import doctest
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/*.md", "docs/**/*.md", "benchmarks/*.md")


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))


def test_local_links_lead_somewhere(root: Path) -> None:
    documents = sorted({path for pattern in DOCUMENTS for path in root.glob(pattern)})
    links = [
        (document, target)
        for document in documents
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text("utf-8"))
        if "://" not in target
    ]
    assert links
    assert [f"{d.name}: {target}" for d, target in links if not (d.parent / target).exists()] == []


def test_every_dependency_is_in_the_third_party_list(root: Path, project: dict[str, Any]) -> None:
    told = (root / "docs" / "third-party.md").read_text("utf-8")
    extras = project["project"]["optional-dependencies"].values()
    wanted = [*project["project"]["dependencies"], *(name for extra in extras for name in extra)]
    names = [re.split(r"[<>=~!\[ ]", requirement)[0] for requirement in wanted]
    assert len(names) > 10
    assert [name for name in names if f"`{name}`" not in told] == []


def test_requirements_are_hashed_and_without_addresses(root: Path, project: dict[str, Any]) -> None:
    """CI compares the file with a fresh export; here only its form and that nothing is missing."""
    text = (root / "requirements.txt").read_text("utf-8")
    pinned = re.findall(
        r"^([\w.-]+)==[^\n]*\\\n((?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.MULTILINE
    )
    names = {name for name, _ in pinned}
    assert names == set(re.findall(r"^([\w.-]+)==", text, re.MULTILINE))
    declared = {re.split(r"[<>=~!\[ ]", r)[0].lower() for r in project["project"]["dependencies"]}
    assert declared <= names
    assert "://" not in text


def test_the_readme_has_the_two_commands(root: Path) -> None:
    readme = (root / "README.md").read_text("utf-8")
    for command in ("pip install uv", "uv run jianwei demo out", "uv run pytest"):
        assert readme.count(command) >= 2, command  # once in Chinese, once in English


def test_every_ignored_rule_has_a_reason(root: Path) -> None:
    """Ignores of ruff and pytest in pyproject.toml stand one a line, each with its reason."""
    text = (root / "pyproject.toml").read_text("utf-8")
    lines = re.findall(r'^ +"(?:[A-Z]+\d*|ignore:[^"]*)",([^"\n]*)$', text, re.MULTILINE)
    assert lines
    assert [line for line in lines if not re.match(r"\s+# \S", line)] == []


PAGES = sorted((Path(__file__).resolve().parent.parent / "docs" / "method").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_worked_examples_of_methods_come_out(page: Path) -> None:
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    done = doctest.testfile(str(page), module_relative=False, optionflags=flags, encoding="utf-8")
    assert done.failed == 0
    assert done.attempted or page.stem == "README"


def test_every_stage_has_a_page_with_formula_example_and_limits(root: Path) -> None:
    stages = {path.stem for path in (root / "src" / "jianwei" / "method").glob("*.py")}
    stages -= {"__init__", "column", "pairwise", "vary"}  # parts of missing and scale, combine, robust
    stages |= {"robust", "recipe", "rise"}
    pages = {page.stem: page.read_text("utf-8") for page in PAGES}
    assert stages <= pages.keys()
    for name in stages - {"recipe"}:
        assert "何时不用" in pages[name], name
        assert ">>>" in pages[name], name
        assert f"({name}.md)" in pages["README"], name
