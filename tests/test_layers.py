"""The house of docs/architecture.md: who may import whom, and what a module may be called.

The table names future rooms too. A module without a layer fails: give it one here and in
docs/architecture.md, with a reason, before the first line of it.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from tests.import_graph import Import, cycles, imports, modules

LAYERS: tuple[frozenset[str], ...] = tuple(
    frozenset(names.split())
    for names in (
        "errors",
        "period model method",
        "lake intake roster",
        "content",
        "cohort coverage",
        "measure",
        "recipe",
        "scorecard",
        "robust audit",
        "leaderboard inspection network",
        "finding",
        "phrase figure table",
        "report forms demo",
        "registry",
        "workspace",
        "web",
        "cli",
    )
)
"""A higher row may import a lower one. Rooms of one row do not know each other."""

DATA = frozenset({"presets", "assets"})
"""Folders of files, not of code: at most an `__init__.py` with a docstring."""

DJANGO = frozenset({"registry", "web"})
"""Rooms that are Django applications."""

DJANGO_LAZILY = frozenset({"workspace", "cli"})
"""Rooms that start Django in the verbs that need it, never when they are imported."""

SAYS_NOTHING = frozenset(("util", "utils", "helper", "helpers", "core", "base", "manager", "misc", "common"))

LONGEST = 400

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "jianwei"


def room(module: str) -> str:
    """The part of a dotted name that the table knows: `jianwei.lake.settle` is in `lake`."""
    return module.split(".")[1] if "." in module else ""


def layer(name: str) -> int | None:
    """The row of a room, None if it has none."""
    return next((row for row, names in enumerate(LAYERS) if name in names), None)


def homeless(package: Path) -> list[str]:
    """Modules whose room has no layer."""
    rooms = {module: room(module) for module in modules(package)}
    return [module for module, name in rooms.items() if name and name not in DATA and layer(name) is None]


def upward(package: Path) -> list[str]:
    """Imports that do not point down; the package's own `__init__` stands outside the table."""
    return [str(edge) for edge in imports(package) if room(edge.module) and not points_down(edge)]


def points_down(edge: Import) -> bool:
    """Whether an import stays in its room, goes to a lower row, or leaves the package."""
    here, there = room(edge.module), room(edge.target)
    if not edge.target.startswith("jianwei") or here == there:
        return True
    mine, its = layer(here), layer(there)
    return there in DATA or (mine is not None and its is not None and its < mine)


def circles(package: Path) -> list[str]:
    """Cycles between modules, lazy imports included."""
    edges: dict[str, set[str]] = {}
    for edge in imports(package):
        if room(edge.module):
            edges.setdefault(edge.module, set()).add(edge.target)
    return [" → ".join(cycle) for cycle in cycles(edges)]


def django_out_of_place(package: Path) -> list[str]:
    """Imports of Django outside its rooms, and eager ones where only lazy ones may be.

    An eager import of a module that itself starts Django counts as one of Django.
    """
    every = imports(package)
    starts = {"django"}
    while True:
        more = {edge.module for edge in every if not edge.lazy and edge.target.split(".")[0] in starts} | {
            edge.module for edge in every if not edge.lazy and edge.target in starts
        }
        if more <= starts:
            break
        starts |= more
    direct = [
        edge
        for edge in every
        if edge.target.split(".")[0] == "django"
        and room(edge.module) not in DJANGO
        and not (edge.lazy and room(edge.module) in DJANGO_LAZILY)
    ]
    eager = [
        edge
        for edge in every
        if edge.target in starts and not edge.lazy and room(edge.module) not in DJANGO and edge not in direct
    ]
    return [str(edge) for edge in direct + eager]


def write(package: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return package


def test_every_module_has_a_layer() -> None:
    assert homeless(PACKAGE) == [], "give the new room a row in LAYERS and in docs/architecture.md"


def test_imports_point_down() -> None:
    assert upward(PACKAGE) == []


def test_no_cycles() -> None:
    assert circles(PACKAGE) == []


def test_django_stays_in_its_rooms() -> None:
    assert django_out_of_place(PACKAGE) == []


def test_delta_is_known_to_the_lake_only() -> None:
    others = [
        str(e) for e in imports(PACKAGE) if e.target.split(".")[0] == "deltalake" and room(e.module) != "lake"
    ]
    assert others == []


def test_method_is_mathematics_on_arrays() -> None:
    allowed = {"numpy", "jianwei.errors"} | sys.stdlib_module_names
    imported = [
        edge for edge in imports(PACKAGE) if room(edge.module) == "method" and room(edge.target) != "method"
    ]
    assert [str(e) for e in imported if not {e.target, e.target.split(".")[0]} & allowed] == []


def test_data_folders_hold_no_code() -> None:
    for module, path in modules(PACKAGE).items():
        if room(module) in DATA:
            statements = ast.parse(path.read_text("utf-8")).body
            assert path.name == "__init__.py", path
            assert all(isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant) for s in statements), (
                path
            )


def test_names_say_something() -> None:
    parts = {module: set(module.split(".")[1:]) for module in modules(PACKAGE)}
    assert [module for module, names in parts.items() if names & SAYS_NOTHING] == []


def test_files_can_be_read_in_one_go() -> None:
    root = PACKAGE.parent.parent
    files = [
        path for folder in ("src", "tests", "benchmarks") for path in sorted((root / folder).rglob("*.py"))
    ]
    long = {str(path.relative_to(root)): len(path.read_text("utf-8").splitlines()) for path in files}
    assert len(long) > 1
    assert {name: lines for name, lines in long.items() if lines > LONGEST} == {}


def test_the_table_is_the_one_in_the_docs() -> None:
    told = (PACKAGE.parent.parent / "docs" / "architecture.md").read_text("utf-8")
    rows = [
        line.split("|")
        for line in told.splitlines()
        if line.startswith("| ") and line.split("|")[1].strip().isdigit()
    ]
    documented = {int(row[1]): frozenset(row[2].replace("`", "").replace("/", "").split()) for row in rows}
    assert documented == dict(enumerate(LAYERS))


def test_rooms_are_named_once() -> None:
    names = [name for row in LAYERS for name in row]
    assert len(names) == len(set(names))


# ------------------------------------------------- the rules, tried on small trees


def test_a_module_without_a_layer_is_found(tmp_path: Path) -> None:
    tree = write(
        tmp_path, {"__init__.py": "", "errors.py": "", "gossip.py": "", "presets/__init__.py": '"""Data."""'}
    )
    assert homeless(tree) == ["jianwei.gossip"]


@pytest.mark.parametrize(
    "source",
    [
        "from jianwei.lake import table",
        "import jianwei.lake.table",
        "def late():\n    from jianwei.lake.table import Table",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from jianwei.lake.table import Table",
        "from importlib import import_module\nimport_module('jianwei.lake.table')",
        "try:\n    from jianwei.lake.table import Table\nexcept ImportError:\n    pass",
        "class A:\n    import jianwei.lake.table",
    ],
)
def test_every_kind_of_upward_import_is_found(tmp_path: Path, source: str) -> None:
    tree = write(tmp_path, {"lake/__init__.py": "", "lake/table.py": "", "model.py": source})
    assert [line.split(" → ")[1] for line in upward(tree)] == ["jianwei.lake.table"]


def test_neighbours_of_one_row_do_not_know_each_other(tmp_path: Path) -> None:
    tree = write(
        tmp_path,
        {
            "lake/__init__.py": "",
            "intake/__init__.py": "import jianwei.lake",
            "lake/sink.py": "from jianwei.lake import x",
        },
    )
    assert upward(tree) == ["jianwei.intake:1 → jianwei.lake"]


def test_nothing_below_imports_the_public_names(tmp_path: Path) -> None:
    tree = write(
        tmp_path,
        {"__init__.py": "from jianwei.cli import run", "cli.py": "", "model.py": "from jianwei import open"},
    )
    assert upward(tree) == ["jianwei.model:1 → jianwei.open"]


def test_a_cycle_is_found_even_when_lazy(tmp_path: Path) -> None:
    tree = write(
        tmp_path,
        {
            "lake/__init__.py": "",
            "lake/a.py": "import jianwei.lake.b",
            "lake/b.py": "def late():\n    import jianwei.lake.a",
        },
    )
    assert circles(tree) == ["jianwei.lake.a → jianwei.lake.b → jianwei.lake.a"]


def test_django_is_found_where_it_does_not_belong(tmp_path: Path) -> None:
    tree = write(
        tmp_path,
        {
            "registry/models.py": "from django.db import models",
            "measure.py": "def late():\n    import django",
            "workspace/board.py": "import jianwei.registry.models",
            "workspace/late.py": "def verb():\n    import jianwei.registry.models\n    import django",
            "cli/main.py": "import jianwei.workspace.board",
        },
    )
    assert django_out_of_place(tree) == [
        "jianwei.measure:2 → django",
        "jianwei.cli.main:1 → jianwei.workspace.board",
        "jianwei.workspace.board:1 → jianwei.registry.models",
    ]
