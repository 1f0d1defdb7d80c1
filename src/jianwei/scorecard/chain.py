"""The stages of a scorecard's indicators as cells, each with the formula that makes it of the one before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from jianwei.recipe import Node
from jianwei.scorecard.card import Scorecard, State

__all__ = ["Cell", "Chain", "Grid", "known", "letters"]

Value = float | str | None

_TRANSFORMS: Mapping[str, str] = {
    "none": "{k}*{x}",
    "ln1p": "LN({k}*{x}+1)",
    "ln": "LN({k}*{x})",
    "log10": "LOG10({k}*{x})",
    "sqrt": "SQRT({k}*{x})",
}


@dataclass(frozen=True)
class Cell:
    """What a cell shows and, where it is computed, the formula that gives it."""

    value: Value
    formula: str = ""


Grid = list[list[Cell]]


class Chain:
    """The sheets of the stages from raw to scaled values that a recipe uses, and their cells.

    plan_at: a node and a key → the absolute reference of that cell of 方案. column: by leaf its
    letters, the same on every sheet.
    """

    def __init__(
        self, card: Scorecard, plan_at: Callable[[Node, str], str], column: Mapping[str, str]
    ) -> None:
        self.card, self.plan_at, self.column = card, plan_at, column
        self.last_row = len(card.codes) + 1
        leaves = card.recipe.leaves
        steps: tuple[tuple[str, str, bool], ...] = (
            ("原始值", "raw", True),
            ("分母", "per", any(leaf.per for leaf in leaves)),
            ("除以分母", "denominated", any(leaf.per for leaf in leaves)),
            ("填补缺失", "imputed", any(leaf.impute != "none" for leaf in leaves)),
            ("变换", "transformed", any(_transforms(leaf) for leaf in leaves)),
            ("离群处理", "treated", any(leaf.outlier != "none" for leaf in leaves)),
            ("标准化", "scaled", True),
        )
        used = [(name, stage) for name, stage, is_used in steps if is_used]
        self.sheets = tuple(name for name, _ in used)
        self.stages = tuple(stage for _, stage in used)

    def cell(self, at: int, leaf: Node, row: int) -> Cell:
        """A leaf's cell on one of the sheets. at: the sheet's place; row: the unit's, from 0."""
        stage = self.stages[at]
        value = known(getattr(self.card, stage)[leaf.code][row])
        # a platform never opened has no value to start from
        structural = self.card.state[leaf.code][row] == State.STRUCTURAL
        if value is None or structural or stage in ("raw", "per"):
            return Cell(value)
        before = self._before(at)
        own = f"{before}!{self.column[leaf.code]}{row + 2}"
        every = f"{before}!${self.column[leaf.code]}$2:${self.column[leaf.code]}${self.last_row}"
        made = {
            "denominated": self._denominated,
            "imputed": self._imputed,
            "transformed": self._transformed,
            "treated": self._treated,
            "scaled": self._scaled,
        }[stage]
        formula = made(leaf, row, own, every)
        return Cell(value, f"={formula}" if formula else "")

    def _before(self, at: int) -> str:
        """The sheet of the stage before; denominators are no stage of the value itself."""
        return next(name for name in reversed(self.sheets[:at]) if name != "分母")

    @property
    def _alone(self) -> bool:
        """Whether all that the parameters come from stands on the sheets: no other periods."""
        return self.card.recipe.parameters != "panel"

    def _denominated(self, leaf: Node, row: int, own: str, _: str) -> str:
        return f"{own}/分母!{self.column[leaf.code]}{row + 2}" if leaf.per else own

    def _imputed(self, leaf: Node, row: int, own: str, every: str) -> str:
        if self.card.state[leaf.code][row] != State.IMPUTED:
            return own
        up = leaf.direction == "up"
        if leaf.impute == "worst" and leaf.bounded:
            return self.plan_at(leaf, "low" if up else "high")
        told = {"mean": "AVERAGE", "median": "MEDIAN", "worst": "MIN" if up else "MAX"}.get(leaf.impute)
        return f"{told}({every})" if told and self._alone else ""

    def _transformed(self, leaf: Node, _row: int, own: str, _: str) -> str:
        return self._through(leaf, own) if _transforms(leaf) else own

    def _treated(self, leaf: Node, row: int, own: str, every: str) -> str:
        done = self.card.treatments.get(leaf.code)
        if done is None or done.rule == "none" or (done.rule == "winsorise" and not done.touched[row]):
            return own
        if done.rule == "log" and self._alone:
            return f"LN({own}-MIN({every})+0.01*(MAX({every})-MIN({every})))"
        return ""

    def _scaled(self, leaf: Node, _row: int, own: str, every: str) -> str:
        if leaf.bounded:
            low, high = (self._through(leaf, self.plan_at(leaf, end)) for end in ("low", "high"))
            share = f"({own}-{low})/({high}-{low})"
            return self._ranged(leaf, f"MAX(0,MIN(1,{share}))" if leaf.scaling == "goalposts" else share)
        if leaf.scaling == "none":
            return own
        return self._relative(leaf, own, every) if self._alone else ""

    def _relative(self, leaf: Node, own: str, every: str) -> str:
        """A scale whose parameters come from the column; "" where cells alone cannot tell it."""
        least, most, up = f"MIN({every})", f"MAX({every})", leaf.direction == "up"
        bottom, top = self.plan_at(leaf, "bottom"), self.plan_at(leaf, "top")
        flat = f"{most}={least}"
        match leaf.scaling:
            case "minmax":
                return self._ranged(leaf, f"IF({flat},0.5,({own}-{least})/({most}-{least}))")
            case "percentile":
                behind = f"SUMPRODUCT(ISNUMBER({every})*({every}{'<' if up else '>'}{own}))"
                share = f"IF({flat},0.5,{behind}/(COUNT({every})-1))"
                return f"{bottom}+{share}*({top}-{bottom})"
            case "zscore":
                away = f"({own}-AVERAGE({every}))" if up else f"(AVERAGE({every})-{own})"
                return f"IF({flat},0,{away}/STDEV({every}))"
            case "target" | "target-capped":
                aim, worst = self._through(leaf, self.plan_at(leaf, "aim")), least if up else most
                share = f"({own}-{worst})/({aim}-{worst})"
                if leaf.scaling == "target-capped":
                    share = f"MIN(1,{share})"
                return f"{bottom}+{share}*({top}-{bottom})"
            case _:
                return ""

    def _through(self, leaf: Node, x: str) -> str:
        """The leaf's transform of a reference."""
        if not _transforms(leaf):
            return x
        return _TRANSFORMS[leaf.transform].format(k=self.plan_at(leaf, "factor"), x=x)

    def _ranged(self, leaf: Node, share: str) -> str:
        turned = share if leaf.direction == "up" else f"(1-{share})"
        if (leaf.bottom, leaf.top) == (0, 1):
            return turned
        bottom, top = self.plan_at(leaf, "bottom"), self.plan_at(leaf, "top")
        return f"{bottom}+{turned}*({top}-{bottom})"


def letters(place: int) -> str:
    """The letters of a column, from 0: A, B, … Z, AA."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(65 + rest) + found
    return found


def known(value: Any) -> float | None:
    """A number as a cell shows it: None for NaN."""
    number = float(value)
    return None if np.isnan(number) else number


def _transforms(leaf: Node) -> bool:
    return leaf.transform != "none" or leaf.factor != 1
