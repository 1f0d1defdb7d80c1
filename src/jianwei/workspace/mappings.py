"""Mappings of a workspace: drafted for an unknown table, confirmed once, kept by the header they are for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from jianwei.content import private
from jianwei.errors import DataError, cause
from jianwei.intake import Options, mapped, mapping_file, preview, tables
from jianwei.intake import draft as drafts
from jianwei.intake import guess as guesses
from jianwei.intake.given import Given
from jianwei.intake.guess import Guess
from jianwei.intake.mapping import Mapping, words
from jianwei.intake.template import TEMPLATES
from jianwei.workspace.space import Workspace

__all__ = ["FOLDER", "Kept", "draft", "keep", "kept", "known", "load", "names", "shipped", "show"]

FOLDER = "mappings"
"""Folder of a workspace that holds its confirmed mappings."""

_LARGEST = 1 << 20
_DATE = r"\d++(?:年|月|日|季度|周)?"
_BETWEEN = r"[\s._\-~至到（()）]*+"
_DATE_AROUND = re.compile(f"^(?:{_DATE}{_BETWEEN})+|(?:{_BETWEEN}{_DATE})+{_BETWEEN}$")
_NO_NAME = re.compile(r"(?:sheet|工作表|表)?\s*\d*", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')
_BETWEEN_ALIASES = re.compile(r"[、,，;；\n]")
_REMARK = re.compile(r"[（(].*?[）)]")


@dataclass(frozen=True)
class Kept:
    """A confirmed mapping and its file; null where it came with the program."""

    mapping: Mapping
    path: Path | None


def load(path: Path) -> Mapping:
    """The mapping of a file. Raises DataError with every problem of it at once."""
    try:
        if path.stat().st_size > _LARGEST:
            raise DataError(f"{path.name} 太大，不是映射文件", hint="映射文件由 --draft-map 写出")
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise DataError(f"打不开映射文件 {path}：{cause(error)}", hint="请核对路径和文件名") from error
    except UnicodeDecodeError as error:
        raise DataError(f"映射文件 {path.name} 不是 UTF-8 编码", hint="请用编辑器另存为 UTF-8") from error
    return mapping_file.load(text, path.name)


def kept(space: Workspace | None) -> list[Kept]:
    """The mappings of a workspace in name order, then those that came with the program.

    Raises DataError where one of them was spoilt, as files of its header would no longer be known, and
    where two are for the same rows.
    """
    found = [] if space is None else _own(space)
    for place, one in enumerate(found):
        for other in found[:place]:
            if one.mapping.key == other.mapping.key and not one.mapping.apart(other.mapping):
                names = "、".join(str(path and path.name) for path in (other.path, one.path))
                raise DataError(f"有两个映射是为同一种表头写的：{names}", hint=f"请删去 {FOLDER} 中的一个")
    taken = {one.mapping.key for one in found}
    return found + [Kept(mapping, None) for mapping in shipped() if mapping.key not in taken]


def _own(space: Workspace) -> list[Kept]:
    return [Kept(load(path), path) for path in sorted((space.path / FOLDER).glob("*.toml"))]


@cache
def shipped() -> tuple[Mapping, ...]:
    """The mappings that come with the program."""
    folder = resources.files("jianwei.presets").joinpath(FOLDER)
    files = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda one: one.name
    )
    return tuple(mapping_file.load(entry.read_text("utf-8"), entry.name) for entry in files)


def known(space: Workspace | None) -> tuple[Mapping, ...]:
    """The mappings that tables are read by without asking."""
    return tuple(one.mapping for one in kept(space))


def keep(space: Workspace, mapping: Mapping) -> Path:
    """Keep a confirmed mapping for files of its header.

    One for the same header before is replaced, unless each takes rows of its own.
    """
    folder = space.path / FOLDER
    folder.mkdir(exist_ok=True)
    words = "".join(f"{word}-" for word in mapping.only.values())
    name = _NOT_IN_NAMES.sub("_", f"{mapping.title[:40]}-{words[:40]}").strip("._") or "映射-"
    target = folder / f"{name}{mapping.key}.toml"
    staging = target.with_name(f".{target.name}")
    staging.write_text(mapping.text, "utf-8")
    staging.replace(target)
    for one in _own(space):
        same = one.path not in {None, target} and one.mapping.key == mapping.key
        if same and one.path is not None and not one.mapping.apart(mapping):
            one.path.unlink()
    return target


def names(space: Workspace | None) -> Callable[[str], str | None]:
    """`weibo:账号名` → uid by the published roster, which is opened when the first name is asked for.

    "" where several accounts have or had the name.
    """

    @cache
    def every() -> dict[str, str]:
        return {} if space is None else _names(space)

    return lambda name: every().get(name)


def _names(space: Workspace) -> dict[str, str]:
    try:
        accounts = space.roster.accounts.to_pylist()
    except DataError:  # nothing is published yet
        return {}
    found: dict[str, str] = {}
    for account in accounts:
        past = (_REMARK.sub("", one).strip() for one in _BETWEEN_ALIASES.split(account["aliases"] or ""))
        for name in {account["name"], *past} - {""}:
            key, uid = f"{account['family']}:{name}", account["uid"]
            found[key] = uid if found.get(key, uid) == uid else ""
    return found


def draft(path: Path, out: Path, space: Workspace | None = None) -> Guess:
    """Write the draft of a mapping for the table of a file that is not known yet. Raises DataError."""
    found = _best(path, {mapping.key for mapping in known(space)})
    if found is None:
        hint = "映射用于有表头的发布明细、汇总或粉丝数表格；请核对是否选错了文件"
        raise DataError(f"{path.name} 里没有一个表看得出是什么", hint=hint)
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(drafts.text(found, _title(path, found.table.sheet)))
    except FileExistsError as error:
        raise DataError(f"{out} 已经存在", hint="换一个文件名，以免盖掉改好的映射") from error
    except OSError as error:
        raise DataError(f"写不了 {out}：{cause(error)}", hint="换一个可写的位置") from error
    return found


def show(path: Path, options: Options, mapping: Mapping | None = None) -> dict[str, Any] | None:
    """What the table of a file probably is, or is by a mapping: its columns, first rows, what is missing.

    Null where the file has no table of which anything is known. Raises DataError where it cannot be opened.
    """
    found = _best(path, set() if mapping is not None else {one.key for one in options.mappings}, mapping)
    if found is None:
        return None
    chosen = mapped.for_file(mapping or found.mapping(_title(path, found.table.sheet)), options)
    said = {field: word for word, field in words(chosen.kind).items()}
    columns = [
        {
            "column": one.title,
            "field": (chosen.columns.get(one.title) if mapping is not None else one.field),
            "word": said.get((chosen.columns.get(one.title) if mapping is not None else one.field) or "", ""),
            "taken": one.title in chosen.columns,
            "confidence": one.confidence if mapping is None else 1.0,
            "why": one.why if mapping is None else "映射里写明",
            "samples": [private.mask(text) for text in one.samples],
        }
        for one in found.columns
    ]
    return {
        "kind": TEMPLATES[chosen.kind].title,
        "others": [] if mapping is not None else [TEMPLATES[kind].title for kind in found.others],
        "sheet": found.table.sheet,
        "columns": columns,
        "only": dict(chosen.only),
        "preview": [
            {word: private.mask(value) for word, value in row.items()}
            for row in preview.rows(chosen, found.table, Given(path, options))
        ],
        "missing": [issue.to_json() for issue in mapping_file.lacking(chosen, path.name)],
        "confirmed": mapping is not None,
    }


def _best(path: Path, passed: set[str], mapping: Mapping | None = None) -> Guess | None:
    """The table of a file that is most of a table, not one of those headers; or the one of a mapping."""
    every = [guess for table in tables.of_file(path) if (guess := guesses.of_table(table)) is not None]
    if mapping is not None:
        return next((one for one in every if one.mapping().key == mapping.key), None)
    fresh = [one for one in every if one.mapping().key not in passed]
    return max(fresh, key=lambda one: one.worth, default=None)


def _title(path: Path, sheet: str = "") -> str:
    """What to call a mapping: the file's name without dates, and the sheet's where it has one of its own."""
    name = _DATE_AROUND.sub("", path.stem).strip() or path.stem or "映射"
    return name if not sheet or _NO_NAME.fullmatch(sheet) or sheet == name else f"{name}·{sheet}"
