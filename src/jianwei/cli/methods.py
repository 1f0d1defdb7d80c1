"""`recipes`, `recipe show|check`, `index`: methods, and their use on a plain table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jianwei.cli import output
from jianwei.cli.app import Json, Top, folder
from jianwei.cli.manual import Manual
from jianwei.errors import DataError

__all__ = ["check", "index", "recipes", "register", "show"]

_group = Manual(help="查看与检查一个方案。")

_STATUS = {"verified": "已核实", "partly": "部分核实", "recalled": "凭记忆", "declared": "自行声明"}
_KIND = {"composite": "综合", "formula": "公式", "published": "已发布的合成"}


def register(app: Manual) -> None:
    """Add the commands of this file to the app."""
    app.add(recipes, "指数与榜单")
    app.add_typer(_group, name="recipe", rich_help_panel="指数与榜单")
    app.add(index, "指数与榜单")


def _folder(context: typer.Context) -> Path | None:
    """The workspace's own recipes, where there is a workspace."""
    space = folder(context)
    return None if space is None else space / "recipes"


def recipes(context: typer.Context, as_json: Json = False) -> None:
    """列出可用的评估方案及其来源。

    例：`jianwei recipes --json`
    """
    from jianwei import recipe as shelf

    found = shelf.presets(_folder(context))
    if as_json:
        output.document([one.to_json() for one in found])
        return
    rows = [
        (one.name, one.title, _KIND.get(one.kind, one.kind), _STATUS.get(one.status, one.status), one.source)
        for one in found
    ]
    output.table("评估方案", ("名称", "标题", "种类", "核实", "来源"), rows)


@_group.command("show")
def show(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="方案", help="名称或 .toml 文件")],
    as_json: Json = False,
) -> None:
    """方案的指标、权重、目标界限与出处。

    例：`jianwei recipe show wci-2.0`
    """
    from jianwei import recipe as shelf

    found = shelf.load(name, _folder(context))
    if as_json:
        output.document(found.to_json())
        return
    output.say(f"{found.title}（{found.name} 第 {found.version} 版，{found.hash}）", style="bold")
    output.say(f"来源：{found.source}", style="dim")
    rows = []
    for node in found.nodes.values():
        depth = len(found.path(node.code)) - 1
        bounds = f"{node.low:g} 至 {node.high:g}" if node.low is not None and node.high is not None else ""
        rows.append(
            ("　" * depth + node.title, f"{found.effective[node.code]:.2%}", node.formula or node.combine,
             node.transform if node.is_leaf else "", bounds, node.unit)
        )  # fmt: skip
    output.table("", ("指标", "有效权重", "公式或合成", "变换", "目标界限", "单位"), rows, numbers=(1,))


@_group.command("check")
def check(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="方案", help="名称或 .toml 文件")],
    as_json: Json = False,
) -> None:
    """一次列出方案中的全部问题，指明所在的键。

    例：`jianwei recipe check recipes/我的方案.toml`
    """
    from jianwei import recipe as shelf

    found = shelf.check(file, _folder(context))
    errors = [issue for issue in found if issue.level == "error"]
    if as_json:
        output.document([issue.to_json() for issue in found])
    else:
        output.issues(found)
        output.say(f"{len(errors)} 处错误，{len(found) - len(errors)} 处提醒" if found else "没有发现问题")
    raise typer.Exit(2 if errors else 1 if found else 0)


def index(
    context: typer.Context,
    recipe: Annotated[str, typer.Argument(metavar="方案", help="名称或 .toml 文件")],
    table: Annotated[Path, typer.Argument(metavar="表", help="CSV 或 XLSX：每行一个单位，列名同方案的输入")],
    days: Annotated[
        float | None, typer.Option("--days", metavar="天数", min=1, help="表中没有 days 列时的天数")
    ] = None,
    rename: Annotated[
        list[str] | None,
        typer.Option("--rename", metavar="列名=输入名", help="把表中的列当作某项输入，可多次"),
    ] = None,
    top: Top = None,
    as_json: Json = False,
) -> None:
    """用一个方案给一张表打分排名，不需要工作区。

    例：`jianwei index wci-2.0 公众号.csv --days 30`
    """
    from jianwei import recipe as shelf
    from jianwei import scorecard

    found = shelf.load(recipe, _folder(context))
    inputs, issues = scorecard.table(table, found, rename=_pairs(rename or []), days=days)
    card = scorecard.score(found, inputs)
    rows = [row for row in card.to_json() if top is None or row["rank"] is None or row["rank"] <= top]
    if as_json:
        output.document(rows)
    else:
        shown = [
            (row["rank"], row["unit"], output.number(row["score"], 4), row.get("reason", "")) for row in rows
        ]
        output.table(found.title, ("排名", "单位", "得分", "未参评的原因"), shown, numbers=(0, 2))
    output.issues(issues)
    raise typer.Exit(1 if any(issue.level == "error" for issue in issues) else 0)


def _pairs(words: list[str]) -> dict[str, str]:
    pairs = {}
    for word in words:
        old, mark, new = word.partition("=")
        if not mark or not old or not new:
            raise DataError(f"--rename 不能是“{word}”", hint="写成 表中的列名=输入名，如 chuanbo=spread")
        pairs[old] = new
    return pairs
