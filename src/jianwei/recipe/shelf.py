"""The shelf of recipes: those shipped, and a workspace folder's own, which win."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from jianwei.errors import Issue, Place, RecipeError, cause, suggest
from jianwei.recipe.book import SUFFIXES, text_of
from jianwei.recipe.reading import read
from jianwei.recipe.tree import Recipe

__all__ = ["Summary", "check", "load", "presets"]


@dataclass(frozen=True)
class Summary:
    """A recipe as a list shows it; `origin` is `preset` or the file it comes from."""

    name: str
    title: str
    version: str
    kind: str
    status: str
    source: str
    note: str
    origin: str

    def to_json(self) -> dict[str, Any]:
        """The summary as plain JSON."""
        return dict(vars(self))


def load(name: str | Path, folder: Path | None = None) -> Recipe:
    """The recipe of a name or file (TOML, or its tables as XLSX or CSV).

    A name is looked up in `folder` first, then among the presets.

    Raises RecipeError with all Issues where the recipe is wrong, with the known names where
    there is none.
    """
    text, file = _text(name, folder)
    recipe, problems = read(text, file)
    if recipe is None:
        errors = [issue for issue in problems.issues if issue.level == "error"]
        told = "；".join(str(issue) for issue in errors[:3]) + ("；…" if len(errors) > 3 else "")
        raise RecipeError(f"方案 {file} 有 {len(errors)} 处错误：{told}", issues=problems.issues)
    return recipe


def check(recipe: str | Path, folder: Path | None = None) -> list[Issue]:
    """Everything wrong with a recipe, at once; [] where nothing is.

    recipe: a file, the name of a preset or of a file in `folder`, or the text itself (it has
    more than one line).
    """
    if isinstance(recipe, str) and "\n" in recipe:
        return read(recipe)[1].issues
    try:
        text, file = _text(recipe, folder)
    except RecipeError as error:
        code = "table" if Path(recipe).suffix.lower() in SUFFIXES and Path(recipe).exists() else "not_found"
        return [Issue("error", code, Place(str(recipe)), str(error.args[0]), error.hint)]
    return read(text, file)[1].issues


def presets(folder: Path | None = None) -> list[Summary]:
    """Summaries of the shipped recipes and of those in `folder`, by name; a broken file is left out."""
    found: dict[str, Summary] = {}
    for name, text in _shipped():
        found[name] = _summary(text, name, "preset")
    for path in _files(folder):
        try:
            summary = _summary(_decoded(path), path.stem, str(path))
        except (RecipeError, tomllib.TOMLDecodeError):
            continue
        found[summary.name] = summary
    return [found[name] for name in sorted(found)]


def _text(name: str | Path, folder: Path | None) -> tuple[str, str]:
    """The text of a recipe and what to call its file in messages."""
    path = Path(name)
    if path.suffix.lower() in SUFFIXES:
        return text_of(path), path.name
    if isinstance(name, Path) or path.suffix == ".toml" or len(path.parts) > 1:
        return _decoded(path), path.name
    own = {path.stem: path for path in _files(folder)}
    if name in own:
        return _decoded(own[name]), own[name].name
    for path in own.values():
        if _declared_name(path) == name:
            return _decoded(path), path.name
    shipped = dict(_shipped())
    if name in shipped:
        return shipped[name], name
    hint = suggest(name, [*own, *shipped]) or "全部方案见 `jianwei recipes`"
    raise RecipeError(f"没有名为“{name}”的方案", hint=hint)


def _files(folder: Path | None) -> list[Path]:
    return sorted(folder.glob("*.toml")) if folder is not None and folder.is_dir() else []


def _shipped() -> Iterator[tuple[str, str]]:
    """Names and texts of the presets; the file's stem is the recipe's name."""
    for entry in sorted(
        resources.files("jianwei.presets").joinpath("recipes").iterdir(), key=lambda e: e.name
    ):
        if entry.name.endswith(".toml"):
            yield entry.name.removesuffix(".toml"), entry.read_text("utf-8")


def _decoded(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise RecipeError(f"没有文件 {path}", hint="检查路径；自带方案见 `jianwei recipes`") from error
    except UnicodeDecodeError as error:
        raise RecipeError(f"{path.name} 不是 UTF-8 编码", hint="用编辑器另存为 UTF-8") from error
    except OSError as error:
        raise RecipeError(f"打不开 {path}：{cause(error)}", hint="应是一个方案文件（.toml）") from error


def _declared_name(path: Path) -> str:
    try:
        head = tomllib.loads(_decoded(path)).get("recipe", {})
    except (RecipeError, tomllib.TOMLDecodeError):
        return ""
    return str(head.get("name", "")) if isinstance(head, dict) else ""


def _summary(text: str, name: str, origin: str) -> Summary:
    head = tomllib.loads(text).get("recipe", {})
    words = head if isinstance(head, dict) else {}

    def word(key: str, default: str = "") -> str:
        return str(words.get(key, default))

    return Summary(
        name=word("name", name),
        title=word("title", name),
        version=word("version", "1"),
        kind=word("kind", "composite"),
        status=word("status", "declared"),
        source=word("source"),
        note=word("note"),
        origin=origin,
    )
