"""A scorecard as a workbook with live formulas, so that a reader recomputes any score by hand.

Each cell computed here carries both its formula and the value that the engine found. There is a
sheet a stage, those left out that no indicator of the recipe uses. What no formula tells (group
means, winsorised values, places won in pairs, parameters of other periods) stands as a value.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from jianwei.method.pairwise import RELATIVE
from jianwei.recipe import Node
from jianwei.scorecard.card import Scorecard
from jianwei.scorecard.chain import Cell, Chain, Grid, known, letters

__all__ = ["cells", "write"]

_PLAN = ("code", "name", "parent", "weight", "effective", "factor", "low", "high", "bottom", "top", "aim",
         "times", "power", "exponent", "floor", "platform", "formula", "per")  # fmt: skip
_HEADINGS = ("代码", "名称", "上级", "权重", "有效权重", "系数", "下限", "上限", "底分", "满分", "目标",
             "倍数", "乘方", "幂指数", "下限值", "平台", "公式", "分母")  # fmt: skip


def write(card: Scorecard, path: Path) -> None:
    """Write the scorecard as XLSX, formulas with their values. Raises OSError where it cannot be written."""
    import xlsxwriter  # type: ignore[import-untyped]  # has no stubs; only where a workbook is written

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "bg_color": "#EEEEEE", "text_wrap": True})
    for name, grid in cells(card).items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(grid):
            for place, cell in enumerate(row):
                style = bold if number == 0 else None
                if cell.formula:
                    shown = "" if cell.value is None else cell.value
                    sheet.write_formula(number, place, cell.formula, style, shown)
                elif cell.value is not None:
                    sheet.write(number, place, cell.value, style)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 24)
    book.close()


def cells(card: Scorecard) -> dict[str, Grid]:
    """Every sheet's cells by its name: 得分, 方案, the stages that are used, 合成; the header first,
    units in the order of the inputs.
    """
    return _Layout(card).sheets()


class _Layout:
    """Where everything stands: nodes by row of 方案 and by column of the stages."""

    def __init__(self, card: Scorecard) -> None:
        self.card = card
        self.recipe = card.recipe
        self.nodes = list(self.recipe.nodes.values())
        self.leaves = list(self.recipe.leaves)
        self.upper = list(self.recipe.upward)
        self.units = len(card.codes)
        self.line = {node.code: row + 2 for row, node in enumerate(self.nodes)}
        self.column = {leaf.code: letters(place + 1) for place, leaf in enumerate(self.leaves)}
        self.column |= {node.code: letters(place + 1) for place, node in enumerate(self.upper)}

    def sheets(self) -> dict[str, Grid]:
        chain = Chain(self.card, self._plan_at, self.column)
        stages = {
            name: self._stage(self.leaves, partial(chain.cell, at)) for at, name in enumerate(chain.sheets)
        }
        return {
            "得分": self._scores(),
            "方案": self._plan(),
            **stages,
            "合成": self._stage(self.upper, self._combined),
        }

    def _stage(self, nodes: list[Node], make: Callable[[Node, int], Cell]) -> Grid:
        header = [Cell("单位"), *(Cell(node.title) for node in nodes)]
        body = [
            [Cell(self.card.names[row]), *(make(node, row) for node in nodes)] for row in range(self.units)
        ]
        return [header, *body]

    def _scores(self) -> Grid:
        header = [Cell(word) for word in ("单位", "得分", "名次", "未参评的原因")]
        root, last = self.column[self.recipe.root.code], self.units + 1
        body = []
        for row in range(self.units):
            score, rank = known(self.card.score[row]), self.card.rank[row]
            if rank is None:
                body.append([Cell(self.card.names[row]), Cell(None), Cell(None), Cell(self.card.reason[row])])
                continue
            body.append(
                [
                    Cell(self.card.names[row]),
                    Cell(score, f"=合成!{root}{row + 2}"),
                    Cell(float(rank), f"=RANK(B{row + 2},$B$2:$B${last})"),
                    Cell(None),
                ]
            )
        return [header, *body]

    def _plan(self) -> Grid:
        body = []
        for node in self.nodes:
            told = {key: getattr(node, key, None) for key in _PLAN} | {
                "effective": self.recipe.effective[node.code],
                "name": node.title,
            }
            body.append([Cell(told[key] if told[key] != "" else None) for key in _PLAN])
        return [[Cell(word) for word in _HEADINGS], *body]

    def _plan_at(self, node: Node, key: str) -> str:
        return f"方案!${letters(_PLAN.index(key))}${self.line[node.code]}"

    def _combined(self, node: Node, row: int) -> Cell:
        value = known(self.card.nodes[node.code][row])
        if node is self.recipe.root and self.card.reason[row]:
            return Cell(None)
        if value is None or node.combine in RELATIVE:
            return Cell(value)
        children = sorted(self.recipe.children(node.code), key=lambda child: child.code)
        parts = [
            f"{'标准化' if child.is_leaf else '合成'}!{self.column[child.code]}{row + 2}"
            for child in children
        ]
        weights = [self._plan_at(child, "weight") for child in children]
        return Cell(value, f"={self._outer(node, self._inner(node, parts, weights))}")

    def _inner(self, node: Node, parts: list[str], weights: list[str]) -> str:
        if node.combine == "max":
            return f"MAX({','.join(parts)})"
        if node.combine == "sum":
            return f"({'+'.join(f'{w}*{x}' for w, x in zip(weights, parts, strict=True))})"
        share = "+".join(f"{w}*ISNUMBER({x})" for w, x in zip(weights, parts, strict=True))
        lifted = [f"MAX({x},{self._plan_at(node, 'floor')})" if node.floor else x for x in parts]
        told = {"arithmetic": "{x}", "geometric": "LN({x})", "harmonic": "1/{x}"}.get(node.combine)
        if told is None:
            power = self._plan_at(node, "exponent")
            told = "LN({x})" if node.exponent == 0 else f"{{x}}^{power}"
        terms = [
            f"IF(ISNUMBER({x}),{w}*{told.format(x=y)},0)"
            for w, x, y in zip(weights, parts, lifted, strict=True)
        ]
        mean = f"({'+'.join(terms)})/({share})"
        if node.combine == "geometric" or node.exponent == 0:
            mean = f"EXP({mean})"
            return f"IF(MIN({','.join(parts)})=0,0,{mean})" if node.floor == 0 else mean
        if node.combine == "harmonic":
            return f"1/({mean})"
        return f"({mean})^(1/{self._plan_at(node, 'exponent')})" if node.exponent else mean

    def _outer(self, node: Node, inner: str) -> str:
        powered = inner if node.power == 1 else f"({inner})^{self._plan_at(node, 'power')}"
        return powered if node.times == 1 else f"{self._plan_at(node, 'times')}*({powered})"
