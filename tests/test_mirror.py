"""Every module has its tests, where a reader looks for them; every `__all__` is complete."""

from __future__ import annotations

import ast
from collections.abc import Collection
from pathlib import Path

from tests.import_graph import modules

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "jianwei"

FRONT_DOOR = {
    "cli": "commands are run as people run them",
    "figure": "charts are drawn by one `draw`, whatever their form",
    "model": "nouns without behaviour: columns and names",
    "phrase": "sentences are asked for by finding",
    "registry": "tables go in and out through `registry.open`",
    "recipe": "a scheme is loaded, checked and laid out",
    "report": "chapters are written into one document",
    "roster": "a roster is loaded, published and asked",
    "scorecard": "one `score` makes every stage",
}
"""Rooms whose tests come in by the front door, as users do, and why; their folder is tests enough."""


def untested(package: Path, tests: Path, front_door: Collection[str] = ()) -> list[str]:
    """Modules that no test knows by name.

    `a/b/c.py` has `tests/a/b/test_c.py`, or files in `tests/a/b/c/`, or a test of its room
    (`tests/a/`, `tests/golden/`, `tests/soundness/`) imports it; a room with a front door has at least
    `tests/a/` or `tests/test_a.py`. An `__init__` is tested with what it names; migrations are Django's.
    """
    missing = []
    for module, path in modules(package).items():
        if path.name == "__init__.py" or "migrations" in path.parts:
            continue
        *folders, name = module.split(".")[1:]
        place, room = tests.joinpath(*folders), [*folders, name][0]
        files = [*place.glob(f"test_{name}.py"), *(place / name).glob("test_*.py")]
        if room in front_door:
            files += [*tests.glob(f"test_{room}.py"), *(tests / room).glob("test_*.py")]
        if not files and module not in _named(tests, room):
            missing.append(module)
    return missing


def _named(tests: Path, room: str) -> set[str]:
    """Dotted names that the tests of a room import."""
    files = [path for folder in (room, "golden", "soundness") for path in (tests / folder).rglob("*.py")]
    found = set()
    for path in files:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.ImportFrom(module=str(module), names=names):
                    found |= {module} | {f"{module}.{alias.name}" for alias in names}
                case ast.Import(names=names):
                    found |= {alias.name for alias in names}
    return found


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
                every = [name for target in targets for name in ast.walk(target)]
                defined |= {name.id for name in every if isinstance(name, ast.Name)}
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
    assert untested(PACKAGE, tests, FRONT_DOOR) == []


def test_a_module_without_tests_is_found(tmp_path: Path) -> None:
    package, tests = tmp_path / "package", tmp_path / "tests"
    for name in (
        "__init__.py",
        "period.py",
        "lake/settle.py",
        "lake/open.py",
        "lake/ask.py",
        "report/chapter.py",
    ):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).touch()
    for name, text in {
        "test_period.py": "",
        "test_lake.py": "from jianwei.lake import open",
        "lake/settle/test_crash.py": "",
        "lake/test_all.py": "from jianwei.lake import ask",
        "report/test_html.py": "",
    }.items():
        (tests / name).parent.mkdir(parents=True, exist_ok=True)
        (tests / name).write_text(text, "utf-8")
    assert untested(package, tests) == ["jianwei.lake.open", "jianwei.report.chapter"]
    assert untested(package, tests, {"report"}) == ["jianwei.lake.open"]


def test_public_names_are_complete() -> None:
    found = {module: names for module, path in modules(PACKAGE).items() if (names := incomplete(path))}
    assert found == {}


def test_an_incomplete_list_of_names_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text(
        "import os\n__all__ = ['gone', 'os']\ndef here() -> None: ...\ndef _inner() -> None: ...\n", "utf-8"
    )
    assert incomplete(path) == {"gone", "here"}
