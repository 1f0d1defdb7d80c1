"""What `ingest --explain` says of a table that nothing reads, and the list of mappings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer

from jianwei.cli import output
from jianwei.cli.app import Json, chosen
from jianwei.cli.manual import Manual

__all__ = ["mappings", "register", "tell"]

_REFUSED = "不能收下"


def register(app: Manual) -> None:
    """Add the commands of this file to the app."""
    app.add(mappings, "数据")


def mappings(context: typer.Context, as_json: Json = False) -> None:
    """列出确认过的列映射：哪种表头的表格，各列是什么意思。

    映射由 `ingest 文件 --draft-map 映射.toml` 写出底稿，核对后用 `--map` 确认，存入工作区的 mappings 文件夹。
    不再使用的，删去其中的文件即可。写法见 docs/映射.md。

    例：`jianwei mappings`
    """
    from jianwei.workspace import mappings as verb

    found = verb.kept(chosen(context))
    if as_json:
        output.document(
            [
                {
                    "title": one.mapping.title,
                    "kind": one.mapping.template.title,
                    "key": one.mapping.key,
                    "header": list(one.mapping.header),
                    "columns": dict(one.mapping.columns),
                    "path": one.path,
                }
                for one in found
            ]
        )
        return
    rows = [
        (
            one.mapping.title,
            one.mapping.template.title,
            f"取 {len(one.mapping.columns)} 列，共 {len(one.mapping.header)} 列",
            one.path.name if one.path else "随程序提供",
        )
        for one in found
    ]
    output.table("列映射", ("名称", "读作", "列", "文件"), rows)
    output.say("给一种新表写映射：jianwei ingest 文件 --draft-map 映射.toml", style="dim")


def tell(path: str, guess: Mapping[str, Any]) -> None:
    """Say what the table of a file probably is, how its first rows would be taken, and what is missing."""
    name = Path(path).name
    sheet = f"〔{guess['sheet']}〕" if guess["sheet"] else ""
    if guess["confirmed"]:
        output.say(f"{name}{sheet} 按映射读作{guess['kind']}：", style="bold")
    else:
        also = f"（也可能是{'、'.join(guess['others'])}）" if guess["others"] else ""
        output.say(f"{name}{sheet} 可能是{guess['kind']}{also}，各列：", style="bold")
    output.table("", ("列", "是", "把握", "依据", "如"), [_column(one) for one in guess["columns"]])
    for title, word in guess["only"].items():
        output.say(
            f"只取“{title}”是“{word}”的行" if word else f"“{title}”列要写明只取哪一种行", style="yellow"
        )
    if guess["preview"]:
        output.say("照此收下，前几行是：", style="bold")
        for row in guess["preview"]:
            output.say("  " + _row(row), style="yellow" if _REFUSED in row else "")
    for issue in guess["missing"]:
        word = "还缺" if issue["level"] == "error" else "提醒"
        output.people(f"  {word}  {issue['what']}。{issue['hint']}", style="yellow")
    if not guess["confirmed"]:
        output.say(f"核对后写映射：jianwei ingest {name} --draft-map 映射.toml")


def _column(one: Mapping[str, Any]) -> tuple[str, ...]:
    word = one["word"] if one["taken"] else f"（{one['word']}？）" if one["word"] else "不取"
    sure = f"{one['confidence']:.0%}" if one["word"] else ""
    return one["column"], word, sure, one["why"], "｜".join(one["samples"][:2])


def _row(row: Mapping[str, str]) -> str:
    rest = {word: value for word, value in row.items() if word != "行"}
    return f"第 {row['行']} 行　" + "　".join(f"{word} {value}" for word, value in rest.items())
