"""数据完整度: what is known of whom and when, and what is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jianwei.figure import heat
from jianwei.phrase import Span, fill, number, plain
from jianwei.report.blocks import Facts, captioned, para, table_block
from jianwei.report.model import Block, Heading
from jianwei.table import Table, column

__all__ = ["chapter", "imports"]

_MOST_ROWS = 40
_GRADES = ("完整", "部分", "检索片段", "无数据")


def chapter(facts: Facts) -> list[Block]:
    """The coverage map by month where there is one, and the accounts by grade."""
    blocks: list[Block] = [Heading(1, "数据完整度", "coverage")]
    rows = facts.coverage
    if not rows:
        return [*blocks, *para(fill("本期没有可供说明的采集记录。"))]
    blocks += para(
        fill(
            "完整度指有来源可以证明的天数占应有天数的比例。没有来源证明的日子是未知，不当作没有发布，也不当作零。"
        )
    )
    blocks += _grades(rows)
    blocks += _map(facts, [row for row in rows if row.get("month")])
    return blocks


def _grades(rows: Sequence[Mapping[str, Any]]) -> list[Block]:
    """How many accounts are complete, partial, known from searches only, unknown."""
    known = [grade for grade in _GRADES if any(row.get("grade") == grade for row in rows)]
    if not known:
        return []
    sentence = fill("各账号本期数据的情况：")
    for place, grade in enumerate(known):
        total = sum(1 for row in rows if row.get("grade") == grade)
        n = Span(number.count(total), f"coverage#{grade}")
        sentence += fill("{mark}{grade}{n}个", mark="、" if place else "", grade=grade, n=n)
    return list(para((*sentence, Span("。"))))


def _map(facts: Facts, rows: Sequence[Mapping[str, Any]]) -> list[Block]:
    """A grid of rows × months; more rows than a page holds stand in the table only."""
    if not rows:
        return []
    names = list(dict.fromkeys(str(row["row"]) for row in rows))
    months = sorted({str(row["month"]) for row in rows})
    values = {(str(row["row"]), str(row["month"])): row.get("share") for row in rows}
    named = {(name, _short(month, months)): share for (name, month), share in values.items()}
    shown = names[:_MOST_ROWS]
    caption = fill("各月数据完整度")
    note = (
        "空白虚线格为未采集" if len(shown) == len(names) else "空白虚线格为未采集；行数较多，其余见下载的数据"
    )
    chart = heat(
        "coverage",
        plain(caption),
        "数据完整度",
        rows=shown,
        columns=[_short(month, months) for month in months],
        values=named,
        note=note,
    )
    return [captioned(chart, caption, facts, table=_table(names, months, values))]


def _short(month: str, months: Sequence[str]) -> str:
    """A month over a column: 2月, with the year where there is more than one."""
    year, _, rest = month.partition("-")
    if not rest.isdigit():
        return month
    return f"{int(rest)}月" if len({one[:4] for one in months}) == 1 else f"{year[2:]}年{int(rest)}月"


def _table(names: list[str], months: list[str], values: Mapping[tuple[str, str], Any]) -> Table:
    columns = (column("row", "范围"), *(column(month, month, "percent", digits=0) for month in months))
    rows = tuple({"row": name, **{month: values.get((name, month)) for month in months}} for name in names)
    return Table(
        "coverage", "各月数据完整度", columns, rows, key="row", definition="有来源可以证明的天数 ÷ 应有天数"
    )


def imports(facts: Facts) -> list[Block]:
    """The source files with their rows; many files of one reader are summed in one line."""
    if not facts.imports:
        return []
    counts = ("rows_read", "rows_taken", "rows_duplicate", "rows_quarantined")
    rows = [dict(row) for row in facts.imports]
    if len(rows) > _MOST_ROWS:
        rows = _by_parser(rows, counts)
    for place, row in enumerate(rows, 1):
        row["place"] = str(place)
        row["scope"] = _SCOPES.get(str(row.get("scope")), row.get("scope"))
    words = ("读入", "采用", "重复", "待处理")
    columns = (
        column("source_file", "来源文件"),
        column("parser", "格式"),
        column("scope", "内容范围"),
        column("observed_at", "采集时点", "time"),
        *(column(key, word, "count", unit="行") for key, word in zip(counts, words, strict=True)),
    )
    table = Table(
        "imports",
        "来源文件与行数",
        columns,
        tuple(rows),
        key="place",
        note="读入＝采用＋重复＋待处理；待处理记录及原因保存在工作区，可逐行查看",
        definition="每个来源文件读入、采用、重复和待处理的行数",
    )
    return [table_block(table, facts)]


def _by_parser(rows: list[dict[str, Any]], counts: Sequence[str]) -> list[dict[str, Any]]:
    groups: dict[tuple[Any, Any], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault((row.get("parser"), row.get("scope")), []).append(row)
    return [
        {
            "source_file": f"{len(group)}个文件",
            "parser": parser,
            "scope": scope,
            "observed_at": _when(group),
            **{key: sum(row.get(key) or 0 for row in group) for key in counts},
        }
        for (parser, scope), group in groups.items()
    ]


def _when(group: list[dict[str, Any]]) -> str | None:
    """First to last day on which the files of a group were made; None where no file says it."""
    days = sorted({row["observed_at"].date().isoformat() for row in group if row.get("observed_at")})
    if not days:
        return None
    return days[0] if len(days) == 1 else f"{days[0]} 至 {days[-1]}"


_SCOPES = {
    "timeline": "账号全部内容",
    "listing": "内容清单",
    "search": "检索结果",
    "form": "填报汇总",
    "profile": "账号资料",
}
