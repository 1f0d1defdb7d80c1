"""The import graph of a package, read from its source without running it.

Lazy imports, imports under TYPE_CHECKING and `import_module("…")` count like any other: they
all tie one module to another.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT_PACKAGE = "jianwei"


@dataclass(frozen=True)
class Import:
    """One import: which module says it, where, of what; `lazy` if inside a function or TYPE_CHECKING."""

    module: str
    line: int
    target: str
    lazy: bool

    def __str__(self) -> str:
        return f"{self.module}:{self.line} → {self.target}"


def modules(package: Path) -> dict[str, Path]:
    """Dotted name to file of every module under the package's folder, the package itself included."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = [ROOT_PACKAGE, *path.relative_to(package).with_suffix("").parts]
        if parts[-1] == "__init__":
            parts.pop()
        found[".".join(parts)] = path
    return found


def imports(package: Path) -> list[Import]:
    """Every import of every module; targets inside the package are resolved to modules."""
    known = modules(package)
    return [
        Import(module, line, target, lazy)
        for module, path in known.items()
        for line, name, lazy in _statements(ast.parse(path.read_text("utf-8"), str(path)), lazy=False)
        for target in [resolve(name, known)]
        if target != module
    ]


def resolve(name: str, known: Mapping[str, Path]) -> str:
    """The module that a dotted name is or lies in; a name outside the package stays as it is.

    A name of the package itself, `jianwei.open`, stays too: it is no room, so it breaks the table.
    """
    while name.count(".") > 1 and name.startswith(ROOT_PACKAGE + ".") and name not in known:
        name = name.rpartition(".")[0]
    return name


def cycles(edges: Mapping[str, set[str]]) -> list[list[str]]:
    """Cycles of a graph, one for each edge that closes a path; empty if there is none."""
    found: list[list[str]] = []
    done: set[str] = set()
    path: list[str] = []

    def visit(node: str) -> None:
        if node in path:
            found.append([*path[path.index(node) :], node])
            return
        if node in done:
            return
        path.append(node)
        for target in sorted(edges.get(node, ())):
            visit(target)
        path.pop()
        done.add(node)

    for start in sorted(edges):
        visit(start)
    return found


def _statements(node: ast.AST, *, lazy: bool) -> Iterator[tuple[int, str, bool]]:
    """(line, dotted name, lazy) of each import under a node; `from a import b` gives `a.b`."""
    for child in ast.iter_child_nodes(node):
        inner = lazy or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        match child:
            case ast.Import(names=names):
                for alias in names:
                    yield child.lineno, alias.name, inner
            case ast.ImportFrom(module=str(module), names=names, level=0):
                for alias in names:
                    yield child.lineno, f"{module}.{alias.name}", inner
            case ast.ImportFrom():
                raise AssertionError(f"line {child.lineno}: a relative import; name the package in full")
            case ast.Call(
                func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield child.lineno, name, inner
            case ast.If(test=ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING")):
                for part in child.body:
                    yield from _statements(ast.Module([part], []), lazy=True)
                for part in child.orelse:
                    yield from _statements(ast.Module([part], []), lazy=inner)
                continue
        yield from _statements(child, lazy=inner)
