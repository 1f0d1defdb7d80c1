"""A reader with nothing but the workbook must come to the engine's scores.

The formulas are computed again by a small reader of their few functions, cell by cell from the
values that carry no formula.
"""

from __future__ import annotations

import math
import re
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from python_calamine import CalamineWorkbook

from jianwei import recipe, scorecard
from jianwei.scorecard import Inputs, Scorecard
from jianwei.scorecard.chain import Cell
from jianwei.scorecard.workbook import cells
from tests.scorecard.test_leaves import given, made

REFERENCE = re.compile(r"(?:([一-鿿]+)!)?\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?(?![\d(])")
BLANK = float("nan")


class Reader:
    """Computes formulas of a workbook, reference by reference; a blank cell is NaN."""

    def __init__(self, sheets: dict[str, list[list[Cell]]]) -> None:
        self.sheets = sheets
        self.found: dict[tuple[str, int, int], Any] = {}

    def cell(self, sheet: str, column: str, row: str) -> Any:
        place = 0
        for letter in column:
            place = place * 26 + ord(letter) - 64
        key = (sheet, int(row) - 1, place - 1)
        if key not in self.found:
            cell = self.sheets[sheet][key[1]][key[2]]
            blank = cell.value is None or isinstance(cell.value, str)
            self.found[key] = (
                self.compute(sheet, cell.formula) if cell.formula else BLANK if blank else cell.value
            )
        return self.found[key]

    def compute(self, sheet: str, formula: str) -> Any:
        def reference(match: re.Match[str]) -> str:
            name, column, row, last_column, last_row = match.groups()
            where = name or sheet
            if last_row is None:
                return f"_cell({where!r},{column!r},{row!r})"
            assert last_column == column
            return f"_range({where!r},{column!r},{row!r},{last_row!r})"

        assert formula.startswith("=")
        text = REFERENCE.sub(reference, formula[1:]).replace("^", "**")
        text = re.sub(r"(?<![<>=])=(?!=)", "==", text)
        return eval(text, {"__builtins__": {}}, self.functions())  # our own formulas

    def functions(self) -> dict[str, Any]:
        def flat(values: tuple[Any, ...]) -> list[float]:
            every = np.concatenate([np.atleast_1d(np.asarray(value, dtype=float)) for value in values])
            return [float(value) for value in every if not math.isnan(value)]

        def ranked(value: float, every: Any) -> float:
            return 1 + sum(other > value for other in flat((every,)))

        return {
            "_cell": self.cell,
            "_range": lambda sheet, column, first, last: np.array(
                [self.cell(sheet, column, str(row)) for row in range(int(first), int(last) + 1)], dtype=float
            ),
            "MAX": lambda *values: max(flat(values), default=0.0),
            "MIN": lambda *values: min(flat(values), default=0.0),
            "MEDIAN": lambda values: float(np.median(flat((values,)))),
            "AVERAGE": lambda values: float(np.mean(flat((values,)))),
            "STDEV": lambda values: float(np.std(flat((values,)), ddof=1)),
            "COUNT": lambda *values: len(flat(values)),
            "SUMPRODUCT": lambda values: float(np.sum(values)),
            "ISNUMBER": lambda value: (
                ~np.isnan(value) if isinstance(value, np.ndarray) else not math.isnan(value)
            ),
            "IF": lambda condition, one, other: one if condition else other,
            "LN": lambda x: math.log(x) if x > 0 else BLANK,
            "LOG10": lambda x: math.log10(x) if x > 0 else BLANK,
            "SQRT": math.sqrt,
            "EXP": math.exp,
            "RANK": ranked,
        }


def again(card: Scorecard) -> int:
    """Compute every formula anew and compare; returns how many there were."""
    sheets = cells(card)
    assert [*sheets][:3] == ["得分", "方案", "原始值"]
    assert [*sheets][-2:] == ["标准化", "合成"]
    reader, count = Reader(sheets), 0
    for name, grid in sheets.items():
        for number, row in enumerate(grid):
            for place, cell in enumerate(row):
                if cell.formula:
                    count += 1
                    letters = chr(65 + place) if place < 26 else f"A{chr(65 + place - 26)}"
                    found = reader.cell(name, letters, str(number + 1))
                    assert found == pytest.approx(cell.value, rel=1e-10, abs=1e-12), (name, cell)
    for row, rank in enumerate(card.rank):
        score = sheets["得分"][row + 1]
        assert (score[1].formula != "") == (rank is not None)
        if rank is None:
            assert score[3].value == card.reason[row]
    return count


@pytest.mark.parametrize("name", [summary.name for summary in recipe.presets()])
def test_every_preset_can_be_recomputed(name: str) -> None:
    one = recipe.load(name)
    random = np.random.default_rng(6)
    columns = {
        f"{leaf.platform}.{word}" if leaf.platform else word: [*random.integers(1, 90, 4).astype(float), None]
        for leaf in one.leaves
        for word in leaf.names
    }
    codes = ("a", "b", "c", "d", "e")
    card = scorecard.score(one, Inputs(codes, codes, {"*": pa.table(columns)}))
    assert again(card) >= 4 * (len(one.leaves) + len(one.upward) + 2)


COLUMNS = {"a": [4, 1, None, 9, 25, 16], "b": [9, 1, 3, 3, None, 7], "c": [1, 2, 2, 40, 5, None]}


@pytest.mark.parametrize("direction", ["up", "down"])
@pytest.mark.parametrize(
    "lines",
    [
        "low = 2\nhigh = 20",
        'transform = "ln1p"\nfactor = 10\nlow = 0\nhigh = 20\nbottom = 1\ntop = 100',
        'transform = "sqrt"\nscale = "minmax"\nlow = 1\nhigh = 9',
        'scale = "minmax"\ntransform = "log10"',
        'scale = "minmax"\nbottom = 1\ntop = 100',
        'scale = "percentile"\ntop = 100',
        'scale = "zscore"',
        'scale = "zscore"\ntransform = "ln1p"',
        'scale = "minmax"\nimpute = "median"',
        'scale = "minmax"\noutlier = "treat"\ntransform = "ln1p"',
        'outlier = "winsorise"\ntransform = "ln1p"\nlow = 0\nhigh = 30',
        'scale = "minmax"\nimpute = "mean"\nper = "b + 1"\ntransform = "ln1p"\noutlier = "treat"\npoints = 1',
        'impute = "worst"\nlow = 0\nhigh = 30',
        'scale = "percentile"\nimpute = "worst"\nper = "b"',
    ],
)
def test_every_scale_can_be_recomputed(lines: str, direction: str) -> None:
    one = made(*[f'{lines}\ndirection = "{direction}"'] * 3, head="need = 0.3", inputs=("a", "b", "c"))
    card = scorecard.score(one, given(**COLUMNS))
    count = again(card)
    assert count >= 27


@pytest.mark.parametrize(
    "lines", ['scale = "target"\naim = 50', 'scale = "target-capped"\naim = 10\ntransform = "sqrt"']
)
def test_targets_can_be_recomputed(lines: str) -> None:
    one = made(*[lines] * 3, head="need = 0.3", inputs=("a", "b", "c"))
    assert again(scorecard.score(one, given(**COLUMNS))) >= 27
    down = made('scale = "target"\naim = 0.5\ndirection = "down"', inputs=("a",))
    assert again(scorecard.score(down, given(a=COLUMNS["a"]))) >= 15


@pytest.mark.parametrize(
    "root",
    [
        "times = 100",
        "power = 2\ntimes = 10",
        'combine = "geometric"\nfloor = 0.02',
        'combine = "geometric"\nfloor = 0',
        'combine = "harmonic"\nfloor = 0.1',
        'combine = "power-mean"\nexponent = 0.5',
        'combine = "power-mean"\nexponent = 0\nfloor = 0.1',
        'combine = "max"',
        'combine = "sum"',
    ],
)
def test_every_combination_can_be_recomputed(root: str) -> None:
    one = made(*['scale = "minmax"'] * 3, head="need = 0.3", root=root, inputs=("a", "b", "c"))
    full = {name: [3 if value is None else value for value in values] for name, values in COLUMNS.items()}
    columns = full if "sum" in root else COLUMNS
    assert again(scorecard.score(one, given(**columns))) >= 20


def test_what_no_formula_tells_stands_as_a_value() -> None:
    pairs = made("", "", head='kind = "published"', root='combine = "copeland"')
    sheets = cells(scorecard.score(pairs, given(a=[1, 2], b=[3, 4])))
    assert [row[1] for row in sheets["合成"][1:]] == [Cell(-1.0), Cell(1.0)]
    panel = made('scale = "minmax"', head='parameters = "panel"')
    card = scorecard.panel(panel, {"1": given(a=[0, 10]), "2": given(a=[20])})["1"]
    assert [row[1] for row in cells(card)["标准化"][1:]] == [Cell(0.0), Cell(0.5)]
    again(card)


def test_the_file_holds_formulas_and_their_values(tmp_path: Path) -> None:
    one = made(
        'low = 0\nhigh = 20\nname = "=危险"', "low = 0\nhigh = 20", head="need = 0.3", inputs=("a", "b")
    )
    card = scorecard.score(one, given(a=[4, 1, None], b=[9, 1, None]))
    path = tmp_path / "card.xlsx"
    scorecard.write(card, path)
    book = CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == ["得分", "方案", "原始值", "标准化", "合成"]
    scores = book.get_sheet_by_name("得分").to_python()
    assert [row[:3] for row in scores[1:3]] == [
        ["u0", card.score[0], 1.0],
        ["u1", card.score[1], 2.0],
    ]
    assert scores[3][3] == card.reason[2]
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>合成!B2</f>" in xml
        assert "<f>RANK(B2,$B$2:$B$4)</f>" in xml
        told = re.findall(r"<f>(.*?)</f>", archive.read("xl/worksheets/sheet4.xml").decode())
        assert len(told) == 4
        assert not any("危险" in formula for formula in told)
