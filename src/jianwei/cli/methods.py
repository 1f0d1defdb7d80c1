"""`recipes`, `recipe show|check|diff|table`, `index`: methods, and their use on a plain table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jianwei.cli import output
from jianwei.cli.app import Json, Top, folder
from jianwei.cli.manual import Manual
from jianwei.errors import DataError

__all__ = ["check", "diff", "index", "recipes", "register", "show", "table"]

_group = Manual(help="查看、检查、比较一个方案，与表格互换。")

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
    for parent, pairs in found.judgements.items():
        told = shelf.judgement([child.code for child in found.children(parent)], pairs)
        words = f"“{found.nodes[parent].title}”之下的权重由 {len(pairs)} 对两两判断得出，一致性比率 CR = {told.ratio:.3f}"
        output.say(words, style="dim")
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


@_group.command("diff")
def diff(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="旧方案", help="名称或文件")],
    new: Annotated[str, typer.Argument(metavar="新方案", help="名称或文件")],
    as_json: Json = False,
) -> None:
    """用中文说明两个方案有何不同，哪些会影响得分。

    例：`jianwei recipe diff wci-14.2a wci-14.2b`
    """
    from jianwei import recipe as shelf

    one, other = (shelf.load(name, _folder(context)) for name in (old, new))
    changes = shelf.diff(one, other)
    if as_json:
        output.document(
            {
                "from": {"name": one.name, "hash": one.hash},
                "to": {"name": other.name, "hash": other.hash},
                "changes": [change.to_json() for change in changes],
            }
        )
        return
    if not changes:
        output.say("两个方案相同")
        return
    rows = [(change.key, change.what, "是" if change.scores else "") for change in changes]
    title = f"{one.title}（{one.hash}） → {other.title}（{other.hash}）"
    output.table(title, ("所在的键", "改动", "影响得分"), rows)


@_group.command("table")
def table(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="方案", help="名称，或 .toml、.xlsx、.csv 文件")],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="文件", help="存为 .xlsx、.csv（表格）或 .toml（方案）")
    ] = None,
    as_json: Json = False,
) -> None:
    """把方案写成 Excel 表，或把填好的表变回方案，两边不丢内容。

    表中每行一个节点：级别、代码、上级、方向、权重、下限、上限、名称，以及其余各项。
    例：`jianwei recipe table shuangwei-2015 --out 方案.xlsx`
    例：`jianwei recipe table 方案.xlsx --out 方案.toml`
    """
    from jianwei import recipe as shelf

    found = shelf.load(name, _folder(context))
    if out is not None:
        if out.suffix.lower() == ".toml":
            out.write_text(shelf.toml(found), "utf-8")
        else:
            shelf.write(found, out)
    sheets = shelf.tables(found)
    if as_json:
        output.document({key: [list(row) for row in rows] for key, rows in sheets.items()})
    elif out is not None:
        output.say(f"已写出 {out}")
    else:
        for key, (header, *rows) in sheets.items():
            output.table(f"{key}", [str(cell) for cell in header], rows)


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
    out: Annotated[
        Path | None, typer.Option("--out", metavar="文件.xlsx", help="存为得分卡：各步的表，公式可以重算")
    ] = None,
    top: Top = None,
    as_json: Json = False,
) -> None:
    """用一个方案给一张表打分排名，不需要工作区。

    例：`jianwei index wci-2.0 公众号.csv --days 30`
    例：`jianwei index shuangwei-50-50 得分.csv --out 得分卡.xlsx`
    """
    from jianwei import recipe as shelf
    from jianwei import scorecard

    found = shelf.load(recipe, _folder(context))
    inputs, issues = scorecard.table(table, found, rename=_pairs(rename or []), days=days)
    card = scorecard.score(found, inputs)
    rows = [row for row in card.to_json() if top is None or row["rank"] is None or row["rank"] <= top]
    if out is not None:
        scorecard.write(card, out)
    if as_json:
        output.document(rows)
    else:
        shown = [
            (row["rank"], row["unit"], output.number(row["score"], 4), row.get("reason", "")) for row in rows
        ]
        output.table(found.title, ("排名", "单位", "得分", "未参评的原因"), shown, numbers=(0, 2))
        if out is not None:
            output.say(f"得分卡已写出：{out}")
    output.issues([*issues, *card.issues])
    raise typer.Exit(1 if any(issue.level == "error" for issue in issues) else 0)


def _pairs(words: list[str]) -> dict[str, str]:
    pairs = {}
    for word in words:
        old, mark, new = word.partition("=")
        if not mark or not old or not new:
            raise DataError(f"--rename 不能是“{word}”", hint="写成 表中的列名=输入名，如 chuanbo=spread")
        pairs[old] = new
    return pairs
