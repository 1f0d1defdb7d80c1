"""A scorecard as a workbook with live formulas, so that a reader recomputes any score by hand.

Each cell computed here carries both its formula and the value that the engine found. What the
engine takes from outside the unit's own row in a way no formula tells (filled gaps, treated
outliers, places won in pairs) stands as a value, and the sheet says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from jianwei.method.pairwise import RELATIVE
from jianwei.recipe import Node
from jianwei.scorecard.card import Scorecard, State

__all__ = ["SHEETS", "Cell", "cells", "write"]

SHEETS: tuple[str, ...] = ("得分", "方案", "原始值", "指标值", "标准化", "合成")
"""Sheets in their order: scores, the recipe, and the stages."""

Value = float | str | None


@dataclass(frozen=True)
class Cell:
    """What a cell shows and, where it is computed, the formula that gives it."""

    value: Value
    formula: str = ""


Grid = list[list[Cell]]

_PLAN = ("code", "name", "parent", "weight", "effective", "factor", "low", "high", "bottom", "top", "aim",
         "times", "power", "exponent", "floor")  # fmt: skip
_HEADINGS = ("代码", "名称", "上级", "权重", "有效权重", "系数", "下限", "上限", "底分", "满分", "目标",
             "倍数", "乘方", "幂指数", "下限值")  # fmt: skip

_TRANSFORMS: Mapping[str, str] = {
    "none": "{k}*{x}",
    "ln1p": "LN({k}*{x}+1)",
    "ln": "LN({k}*{x})",
    "log10": "LOG10({k}*{x})",
    "sqrt": "SQRT({k}*{x})",
}


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
    """Every sheet's cells, the header first, units in the order of the inputs."""
    layout = _Layout(card)
    return dict(zip(SHEETS, layout.sheets(), strict=True))


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
        self.column = {leaf.code: _letters(place + 1) for place, leaf in enumerate(self.leaves)}
        self.column |= {node.code: _letters(place + 1) for place, node in enumerate(self.upper)}

    def sheets(self) -> tuple[Grid, ...]:
        return (
            self._scores(),
            self._plan(),
            self._stage(self.leaves, lambda leaf, row: Cell(_known(self.card.raw[leaf.code][row]))),
            self._stage(self.leaves, self._base, self._told),
            self._stage(self.leaves, self._scaled),
            self._stage(self.upper, self._combined),
        )

    def _stage(self, nodes: list[Node], make: Any, told: Any = None) -> Grid:
        header = [Cell("单位"), *(Cell(node.title + (told(node) if told else "")) for node in nodes)]
        body = [
            [Cell(self.card.names[row]), *(make(node, row) for node in nodes)] for row in range(self.units)
        ]
        return [header, *body]

    def _scores(self) -> Grid:
        header = [Cell(word) for word in ("单位", "得分", "名次", "未参评的原因")]
        root, last = self.column[self.recipe.root.code], self.units + 1
        body = []
        for row in range(self.units):
            score, rank = _known(self.card.score[row]), self.card.rank[row]
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
            body.append([Cell(told[key]) for key in _PLAN])
        return [[Cell(word) for word in _HEADINGS], *body]

    def _plan_at(self, node: Node, key: str) -> str:
        return f"方案!${_letters(_PLAN.index(key))}${self.line[node.code]}"

    def _told(self, leaf: Node) -> str:
        """What a reader must know of a column of values: it is treated, or partly filled."""
        if leaf.outlier != "none":
            return "（变换并处理离群值之后）"
        return "（缺失已填补）" if leaf.impute != "none" else ""

    def _base(self, leaf: Node, row: int) -> Cell:
        """The value that formulas start from: before its transform, or treated after it."""
        stage = self.card.treated if leaf.outlier != "none" else self.card.imputed
        return Cell(_known(stage[leaf.code][row]))

    def _scaled(self, leaf: Node, row: int) -> Cell:
        value = _known(self.card.scaled[leaf.code][row])
        if value is None or self.card.state[leaf.code][row] == State.STRUCTURAL:
            return Cell(value)  # a platform never opened has no value to start from
        own = f"指标值!{self.column[leaf.code]}{row + 2}"
        every = f"指标值!${self.column[leaf.code]}$2:${self.column[leaf.code]}${self.units + 1}"
        x = self._transformed(leaf, own)
        low, high, bottom, top = (self._plan_at(leaf, key) for key in ("low", "high", "bottom", "top"))
        if leaf.bounded:
            low, high = (self._transformed(leaf, end, always=True) for end in (low, high))
            share = f"({x}-{low})/({high}-{low})"
            if leaf.scaling == "goalposts":
                share = f"MAX(0,MIN(1,{share}))"
            return Cell(value, f"={self._ranged(leaf, share, bottom, top)}")
        if leaf.scaling == "none":
            return Cell(value, f"={x}")
        if self.recipe.parameters == "panel":
            return Cell(value)  # parameters of other periods stand on no sheet
        formula = self._relative(leaf, own, every)
        return Cell(value, f"={formula}" if formula else "")

    def _relative(self, leaf: Node, own: str, every: str) -> str:
        """A scale whose parameters come from the column; "" where cells alone cannot tell it."""
        x = self._transformed(leaf, own)
        least, most = (self._transformed(leaf, f"{name}({every})") for name in ("MIN", "MAX"))
        bottom, top = self._plan_at(leaf, "bottom"), self._plan_at(leaf, "top")
        up = leaf.direction == "up"
        flat = f"MAX({every})=MIN({every})"
        match leaf.scaling:
            case "minmax":
                return self._ranged(leaf, f"IF({flat},0.5,({x}-{least})/({most}-{least}))", bottom, top)
            case "percentile":
                behind = f"SUMPRODUCT(ISNUMBER({every})*({every}{'<' if up else '>'}{own}))"
                share = f"IF({flat},0.5,{behind}/(COUNT({every})-1))"
                return f"{bottom}+{share}*({top}-{bottom})"
            case "zscore" if x == own:
                away = f"({x}-AVERAGE({every}))" if up else f"(AVERAGE({every})-{x})"
                return f"IF({flat},0,{away}/STDEV({every}))"
            case "target" | "target-capped":
                aim, worst = (
                    self._transformed(leaf, self._plan_at(leaf, "aim"), always=True),
                    least if up else most,
                )
                share = f"({x}-{worst})/({aim}-{worst})"
                if leaf.scaling == "target-capped":
                    share = f"MIN(1,{share})"
                return f"{bottom}+{share}*({top}-{bottom})"
            case _:
                return ""  # a deviation of logarithms needs the logarithms

    def _transformed(self, leaf: Node, x: str, *, always: bool = False) -> str:
        """The transform of a value; a treated one has had it already, a declared bound has not."""
        if leaf.outlier != "none" and not always:
            return x
        if leaf.transform == "none" and leaf.factor == 1:
            return x
        return _TRANSFORMS[leaf.transform].format(k=self._plan_at(leaf, "factor"), x=x)

    def _ranged(self, leaf: Node, share: str, bottom: str, top: str) -> str:
        turned = share if leaf.direction == "up" else f"(1-{share})"
        return turned if (leaf.bottom, leaf.top) == (0, 1) else f"{bottom}+{turned}*({top}-{bottom})"

    def _combined(self, node: Node, row: int) -> Cell:
        value = _known(self.card.nodes[node.code][row])
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


def _letters(place: int) -> str:
    """The letters of a column, from 0: A, B, … Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _known(value: Any) -> float | None:
    number = float(value)
    return None if np.isnan(number) else number
