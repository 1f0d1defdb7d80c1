"""附录 方法说明: definitions of all findings, recipes as trees, conventions, sources, versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jianwei.finding.model import Finding
from jianwei.phrase import Span, Spans, clean, fill, number, title_of
from jianwei.recipe import STATUSES
from jianwei.report import combination
from jianwei.report.blocks import Facts, bullets, para, table_block
from jianwei.report.chapters import completeness
from jianwei.report.model import Block, Heading, PageBreak, Tree
from jianwei.table import Table, column

__all__ = ["chapter"]

_ABSENT = {"zero": "按零计", "renormalise": "由同级指标分担权重", "unranked": "不参评"}
_DAYS = {"calendar": "日历天数", "30-day-months": "每月三十天"}


def chapter(facts: Facts) -> list[Block]:
    """How every number was made, for readers on paper too."""
    blocks: list[Block] = [PageBreak(), Heading(1, "附录　方法说明", "method")]
    blocks += para(
        fill(
            "本报告的每个数字都对应一项登记了口径、公式、取数语句和来源行数的主要数据；在屏幕上点按数字即可查看。"
            "名次按未舍入的得分排列，并列者同名次；缺失不作零处理；显示时四舍五入。"
        )
    )
    if facts.recipes:
        blocks.append(Heading(2, "评估方案", "recipes"))
        for recipe in facts.recipes:
            blocks += _recipe(recipe)
    blocks.append(Heading(2, "主要数据口径", "definitions"))
    blocks += _definitions(facts)
    if facts.conventions:
        blocks.append(Heading(2, "约定", "conventions"))
        blocks += bullets(_pair(name, words, "version") for name, words in facts.conventions.items())
    if facts.imports:
        blocks.append(Heading(2, "数据来源", "sources"))
        blocks += completeness.imports(facts)
    if facts.versions:
        blocks.append(Heading(2, "版本", "versions"))
        blocks += bullets(_pair(name, words, "version") for name, words in facts.versions.items())
    return blocks


def _pair(name: str, words: str, kind: str) -> Spans:
    return fill("{name}：{words}", name=name, words=Span(clean(words), f"{kind}:{clean(words)}", name=True))


def _recipe(recipe: Mapping[str, Any]) -> list[Block]:
    name = str(recipe.get("name", ""))
    title = str(recipe.get("title") or name)
    digest = str(recipe.get("hash", ""))[:12]
    lead = fill(
        "《{title}》（{name}，方案版本{hash}）。{source}{rules}",
        title=Span(title, f"version:{title}", name=True),
        name=Span(name, f"version:{name}", name=True),
        hash=Span(digest, f"version:{digest}", name=True),
        source=_source(recipe),
        rules=_rules(recipe),
    )
    rows = tuple(_rows(recipe.get("nodes") or (), name, 0))
    return [*para(lead), *([Tree(title, rows, name)] if rows else [])]


def _source(recipe: Mapping[str, Any]) -> Spans:
    words = clean(str(recipe.get("source") or "")).rstrip("。")
    status = clean(str(recipe.get("status") or ""))
    status = STATUSES.get(status, status)
    parts: Spans = ()
    if words:
        parts += fill("来源：{words}。", words=Span(words, f"version:{words}", name=True))
    if status:
        parts += fill("核对情况：{status}。", status=Span(status, f"version:{status}", name=True))
    return parts


def _rules(recipe: Mapping[str, Any]) -> Spans:
    """Who is ranked, what a platform that was never opened counts, by which days means are taken."""
    parts: Spans = ()
    name = recipe.get("name", "")
    if recipe.get("need") is not None:
        need = Span(number.percent(recipe["need"], 1), f"recipe:{name}#need")
        parts += fill("有效权重不低于{need}的单位参评。", need=need)
    if recipe.get("absent") in _ABSENT:
        parts += fill("确认未开通的平台{word}。", word=_ABSENT[recipe["absent"]])
    if recipe.get("days") in _DAYS:
        parts += fill("日均按{word}计。", word=_DAYS[recipe["days"]])
    return parts


def _rows(nodes: Iterable[Any], recipe: str, depth: int) -> Iterable[tuple[int, str, Spans, Spans, str]]:
    for node in nodes:
        key = str(node.get("key", ""))
        weight, effective = (
            (Span(number.percent(node[field], 2), f"recipe:{recipe}/{key}#{field}"),)
            if node.get(field) is not None
            else ()
            for field in ("weight", "effective")
        )
        yield depth, str(node.get("title") or key), weight, effective, _how(node)
        yield from _rows(node.get("children") or (), recipe, depth + 1)


def _how(node: Mapping[str, Any]) -> str:
    """A leaf's formula, transform and goalposts; how a node combines where it is no plain mean."""
    if not node.get("children"):
        return combination.leaf(node)
    if node.get("combine") in (None, "arithmetic") and float(node.get("power") or 1) == 1:
        return ""
    return combination.of_children(node, node["children"])


def _definitions(facts: Facts) -> list[Block]:
    columns = (
        column("title", "主要数据"),
        column("value", "数值", address="{id}"),
        column("definition", "口径"),
        column("formula", "算式"),
    )
    rows = tuple(
        {
            "id": finding.id,
            "title": title_of(finding.id),
            "value": _value(finding),
            "definition": clean(finding.definition),
            "formula": clean(finding.formula),
        }
        for finding in facts.findings.values()
    )
    if not rows:
        return []
    table = Table(
        "findings",
        "主要数据及口径",
        columns,
        rows,
        key="id",
        note="“—”为本期未取得，原因见“本报告的数据范围与缺口”",
    )
    return [table_block(table, facts)]


def _value(finding: Finding) -> str | None:
    value = finding.value
    if value is None:
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple, Mapping)):
        return "见正文"
    if finding.unit in ("份额", "%"):
        return number.percent(value)
    if finding.unit == "百分点":
        sign = {1: "+", 0: "", -1: "−"}[number.turn(value)]
        return sign + number.points(value)
    return number.quantity(value) + finding.unit
