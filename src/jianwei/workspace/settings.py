"""Settings of a workspace: `jianwei.toml`, every key commented in Chinese where users edit it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from jianwei.errors import DataError, Issue, Place, suggest
from jianwei.period import DayConvention

__all__ = ["FILE", "BoardWanted", "Settings", "load", "template"]

FILE = "jianwei.toml"

_TEMPLATE = """\
# 见微工作区设置。# 号后面是说明；改后保存即生效。

[report]
title = "政务新媒体综合影响力报告"    # 报告标题
institution = ""                      # 编制单位，印在封面上；可不填
region = ""                           # 评估地区的六位区划代码，如 500000；不填则按台账推断
# 报告中的榜单：方案 recipe 见 `jianwei recipes`，参评范围 cohort 见 cohorts 文件夹
boards = [
    { recipe = "shuangwei-2015", cohort = "市直机关" },
    { recipe = "shuangwei-2015", cohort = "区县", top = 10 },
    { recipe = "shuangwei-2015", cohort = "公安系统", top = 10 },
    { recipe = "shuangwei-2015", cohort = "基层", top = 10 },
]
synthetic = false                     # true：每页标注“合成数据”

[conventions]
days = "30-day-months"                # 日均的除数：30-day-months 每月按30天；calendar 按日历
followers_within = 31                 # 期末粉丝数：期末前后多少天内的读数有效
known = 0.95                          # 一个账号至少多大比例的内容有某项读数，才给出该项之和

[coverage]
least = 0.5                           # 单位在任一参评平台的数据完整度低于此值，列为未参评（数据不足）；0 为不设
"""


@dataclass(frozen=True)
class BoardWanted:
    """A board of the report: which recipe over which cohort, how many rows (None = all)."""

    recipe: str
    cohort: str
    top: int | None = None


@dataclass(frozen=True)
class Settings:
    """A workspace's settings; the defaults are those of the template."""

    title: str = "政务新媒体综合影响力报告"
    institution: str = ""
    region: str = ""
    boards: tuple[BoardWanted, ...] = field(default=())
    synthetic: bool = False
    days: DayConvention = "30-day-months"
    followers_within: int = 31
    known: float = 0.95
    least: float = 0.5


def template(**changes: str) -> str:
    """The text of a new workspace's settings; `changes` replaces whole values by key, as TOML."""
    lines = []
    for line in _TEMPLATE.splitlines():
        key = line.split("=", 1)[0].strip()
        if key in changes and not line.startswith("#"):
            comment = line[line.index("#") :] if "#" in line else ""
            lines.append((f"{key} = {changes[key]}".ljust(38) + comment).rstrip())
        else:
            lines.append(line.rstrip())
    return "\n".join(lines) + "\n"


def load(space: Path) -> Settings:
    """Read a workspace's settings. Raises DataError with every bad key at once."""
    path = space / FILE
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        where = f"第 {place[1]} 行第 {place[2]} 列附近写法不对" if place else "文件末尾不完整"
        raise DataError(
            f"{FILE} 不是合法的 TOML：{where}",
            hint="检查引号、括号和等号，或对照 `jianwei init` 新建的文件改正",
        ) from error
    except UnicodeDecodeError as error:
        raise DataError(f"{FILE} 不是 UTF-8 编码", hint="用编辑器另存为 UTF-8") from error
    issues = list(_problems(data))
    if issues:
        listed = "；".join(str(issue) for issue in issues)
        raise DataError(f"{FILE} 有 {len(issues)} 处问题：{listed}", issues=issues)
    flat = {key: value for section in data.values() for key, value in section.items()}
    if "boards" in flat:
        flat["boards"] = tuple(BoardWanted(**board) for board in flat["boards"])
    else:
        flat["boards"] = _default_boards()
    return Settings(**flat)


def _default_boards() -> tuple[BoardWanted, ...]:
    boards = tomllib.loads(_TEMPLATE)["report"]["boards"]
    return tuple(BoardWanted(**board) for board in boards)


_KEYS: dict[str, dict[str, type | tuple[type, ...]]] = {
    "report": {"title": str, "institution": str, "region": str, "boards": list, "synthetic": bool},
    "conventions": {"days": str, "followers_within": int, "known": (int, float)},
    "coverage": {"least": (int, float)},
}


def _problems(data: Mapping[str, Any]) -> list[Issue]:
    issues: list[Issue] = []

    def problem(key: str, what: str, hint: str = "") -> None:
        issues.append(Issue("error", "setting", Place(FILE, None, key), what, hint))

    for section, values in data.items():
        if section not in _KEYS or not isinstance(values, dict):
            problem(section, "不认识的一节", suggest(section, _KEYS))
            continue
        for key, value in values.items():
            kind = _KEYS[section].get(key)
            if kind is None:
                problem(f"{section}.{key}", "不认识的设置", suggest(key, _KEYS[section]))
            elif not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
                problem(f"{section}.{key}", f"值的类型不对：{value!r}")
    conventions = data.get("conventions", {})
    days: tuple[str, ...] = get_args(DayConvention)
    if conventions.get("days", days[0]) not in days:
        problem("conventions.days", f"不能是“{conventions['days']}”", suggest(str(conventions["days"]), days))
    known = conventions.get("known", 0.95)
    if isinstance(known, (int, float)) and not 0 < known <= 1:
        problem("conventions.known", "应在 0 与 1 之间")
    least = data.get("coverage", {}).get("least", 0.5) if isinstance(data.get("coverage"), dict) else 0.5
    if isinstance(least, (int, float)) and not 0 <= least <= 1:
        problem("coverage.least", "应在 0 与 1 之间", "例如 0.5；0 表示不因完整度而不参评")
    for place, board in enumerate(data.get("report", {}).get("boards", []) or [], start=1):
        if not isinstance(board, dict) or not {"recipe", "cohort"} <= set(board) <= {
            "recipe",
            "cohort",
            "top",
        }:
            problem(f"report.boards[{place}]", "应写明 recipe 和 cohort，可加 top")
    return issues
