"""Every module has its tests, where a reader looks for them; every `__all__` is complete."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.import_graph import modules

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "jianwei"

ELSEWHERE: dict[str, str] = {}
"""Modules too small for a test file of their own: where under tests/ they are tested instead."""


def untested(package: Path, tests: Path) -> list[str]:
    """Modules that have neither a test file nor a folder of tests by their name.

    `a/b/c.py` has `tests/a/b/test_c.py`, or files in `tests/a/b/c/`, or, for small chapters of one
    thing, `tests/a/test_b.py`. An `__init__` is tested with what it names; migrations are Django's.
    """
    missing = []
    for module, path in modules(package).items():
        if path.name == "__init__.py" or "migrations" in path.parts:
            continue
        *folders, name = module.split(".")[1:]
        place = tests.joinpath(*folders)
        whole = len(folders) > 1 and (place.parent / f"test_{folders[-1]}.py").is_file()
        if (
            not whole
            and not (place / f"test_{name}.py").is_file()
            and not any((place / name).glob("test_*.py"))
        ):
            missing.append(module)
    return missing


def incomplete(path: Path) -> set[str]:
    """Names in `__all__` that are not in the module, and its public functions and classes not in `__all__`.

    Constants may stay out. Sorting is ruff's (RUF022).
    """
    tree = ast.parse(path.read_text("utf-8"))
    named: set[str] | None = None
    defined: set[str] = set()
    public: set[str] = set()
    imported: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                imported |= {(alias.asname or alias.name).split(".")[0] for alias in names}
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id="__all__")], value=ast.List() | ast.Tuple() as value):
                named = set(ast.literal_eval(value))
            case ast.Assign(targets=targets):
                defined |= {target.id for target in targets if isinstance(target, ast.Name)}
            case ast.AnnAssign(target=ast.Name(id=name)):
                defined.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                defined.add(name)
                public |= {name} if not name.startswith("_") else set()
    if named is None:
        return set()
    lazy = "__getattr__" in defined
    unknown = set() if lazy else named - defined - imported
    return unknown | (public - named)


def test_every_module_has_tests() -> None:
    tests = PACKAGE.parent.parent / "tests"
    missing = set(untested(PACKAGE, tests))
    assert missing - ELSEWHERE.keys() == set()
    assert ELSEWHERE.keys() - missing == set(), "no longer an exception"
    assert [module for module, place in ELSEWHERE.items() if not (tests / place).is_file()] == []


def test_a_module_without_tests_is_found(tmp_path: Path) -> None:
    package, tests = tmp_path / "package", tmp_path / "tests"
    for name in ("__init__.py", "period.py", "lake/settle.py", "lake/open.py", "report/chapters/board.py"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).touch()
    for name in ("test_period.py", "test_lake.py", "lake/settle/test_crash.py", "report/test_chapters.py"):
        (tests / name).parent.mkdir(parents=True, exist_ok=True)
        (tests / name).touch()
    assert untested(package, tests) == ["jianwei.lake.open"]


def test_public_names_are_complete() -> None:
    found = {module: names for module, path in modules(PACKAGE).items() if (names := incomplete(path))}
    assert found == {}


def test_an_incomplete_list_of_names_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text(
        "import os\n__all__ = ['gone', 'os']\ndef here() -> None: ...\ndef _inner() -> None: ...\n", "utf-8"
    )
    assert incomplete(path) == {"gone", "here"}
