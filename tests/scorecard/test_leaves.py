"""Denominators, filling, treatment and scales of leaves; parameters of the whole panel."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from jianwei import scorecard
from jianwei.errors import DataError, MethodError
from jianwei.recipe import Recipe
from jianwei.recipe.reading import read
from jianwei.scorecard import Inputs, State

NAN = float("nan")


def made(
    *leaves: str, head: str = "", root: str = "", inputs: tuple[str, ...] = ("a", "b", "c", "p")
) -> Recipe:
    """A root over leaves a, b, …; each leaf's lines as given."""
    text = f'[recipe]\nname = "t"\n{head}\n[inputs]\n' + "".join(f"{name} = {{}}\n" for name in inputs)
    text += f"[nodes.root]\n{root}\n"
    for name, lines in zip("abc", leaves, strict=False):
        formula = "" if "formula" in lines else f'formula = "{name}"\n'
        text += f'[nodes.{name}]\nparent = "root"\nweight = 1\n{formula}{lines}\n'
    found, problems = read(text)
    assert found is not None, [str(issue) for issue in problems.issues]
    return found


def given(groups: dict[str, tuple[str, ...]] | None = None, **columns: Any) -> Inputs:
    size = len(next(iter(columns.values())))
    names = tuple(f"u{row}" for row in range(size))
    table = pa.table({name: pa.array(values, pa.float64()) for name, values in columns.items()})
    return Inputs(names, names, {"*": table}, groups=groups or {})


MINMAX = 'scale = "minmax"'


def test_per_divides_and_both_are_kept() -> None:
    recipe = made(f'per = "p / 10"\n{MINMAX}')
    card = scorecard.score(recipe, given(a=[6, 9, 5, None], p=[20, 10, 0, 10]))
    assert card.raw["a"].tolist()[:3] == [6, 9, 5]
    assert card.per["a"].tolist()[:3] == [2, 1, 0]
    assert card.denominated["a"].tolist()[:2] == [3, 9]
    assert card.state["a"].tolist() == [State.PRESENT, State.PRESENT, State.MISSING, State.MISSING]
    assert card.score.tolist()[:2] == [0, 1]
    assert card.reason[2] == "有效权重 0.0%，低于方案要求的 66.7%；缺：a"
    assert list(card.stages) == [
        "raw", "per", "denominated", "imputed", "transformed", "treated", "scaled", "nodes",
    ]  # fmt: skip


def test_filling_is_a_state_of_its_own_and_told() -> None:
    columns = {"a": [1, 3, None, 5], "b": [1, 2, 3, None], "c": [1, 1, 2, 2]}
    recipe = made(f'impute = "mean"\n{MINMAX}', f'impute = "median"\n{MINMAX}', MINMAX, head="need = 0.6")
    card = scorecard.score(recipe, given(**columns))
    assert card.imputed["a"][2] == 3
    assert card.imputed["b"][3] == 2
    assert card.state["a"][2] == State.IMPUTED
    assert State.IMPUTED.chinese == "填补"
    assert card.present.tolist() == pytest.approx([1, 1, 2 / 3, 2 / 3])
    assert card.nodes["a"][2] == 0.5
    assert [(issue.code, issue.where.field) for issue in card.issues] == [
        ("imputed", "nodes.a"),
        ("imputed", "nodes.b"),
    ]
    assert "u2" in card.issues[0].what


def test_who_lacks_too_much_is_not_filled_up_into_the_ranking() -> None:
    columns = {"a": [1, 3, None, None], "b": [1, 2, 9, None], "c": [1, 1, None, None]}
    recipe = made(*[f'impute = "mean"\n{MINMAX}'] * 3)
    card = scorecard.score(recipe, given(**columns))
    assert card.rank == (2, 1, None, None)
    assert np.isnan(card.imputed["a"][2:]).all()
    assert card.reason[2] == "有效权重 33.3%，低于方案要求的 66.7%；缺：a、c"


def test_group_means_stay_within_the_group() -> None:
    recipe = made(f'impute = "group-mean"\n{MINMAX}', MINMAX, MINMAX, head='need = 0.5\ngroup = "层级"')
    columns = {"a": [1, 3, None, 8, None, None], "b": [1.0] * 6, "c": [1.0, 2, 3, 4, 5, 6]}
    groups = {"层级": ("市", "市", "市", "县", "县", "")}
    card = scorecard.score(recipe, given(groups, **columns))
    assert card.imputed["a"].tolist()[:5] == [1, 3, 2, 8, 8]
    assert card.state["a"][5] == State.MISSING
    assert any(issue.code == "constant" and issue.level == "warning" for issue in card.issues)
    with pytest.raises(DataError, match="没有分组“层级”"):
        scorecard.score(recipe, given(**columns))
    with pytest.raises(DataError, match="1 行"):
        given({"层级": ("市",)}, **columns)


def test_the_data_hash_sees_groups() -> None:
    recipe = made(f'impute = "group-mean"\n{MINMAX}', head='group = "g"')
    one, other = ({"g": labels} for labels in (("x", "y"), ("x", "x")))
    hashes = {scorecard.score(recipe, given(groups, a=[1, 2])).data_hash for groups in (one, other)}
    assert len(hashes) == 2


def test_a_plain_table_brings_its_groups(tmp_path: Path) -> None:
    recipe = made(f'impute = "group-mean"\n{MINMAX}', MINMAX, head='group = "层级"\nneed = 0.5')
    path = tmp_path / "t.csv"
    path.write_text("unit,层级,a,b\n甲,市,1,1\n乙,市,3,2\n丙,市,,3\n丁,NA,,4\n", "utf-8")
    inputs, issues = scorecard.table(path, recipe)
    assert issues == []
    assert inputs.groups == {"层级": ("市", "市", "市", "")}
    card = scorecard.score(recipe, inputs)
    assert card.imputed["a"].tolist()[:3] == [1, 3, 2]
    assert math.isnan(card.imputed["a"][3])
    path.write_text("unit,级别,a,b\n甲,市,1,1\n", "utf-8")
    with pytest.raises(DataError, match="缺少分组列“层级”"):
        scorecard.table(path, recipe)


LONG = [*range(1, 11), 30, 100]


def test_winsorising_is_named_and_bounds_stay_in_their_unit() -> None:
    recipe = made('outlier = "winsorise"\nlow = 0\nhigh = 60')
    card = scorecard.score(recipe, given(a=LONG))
    assert card.transformed["a"][-1] == 100
    assert card.treated["a"][-1] == 30
    assert card.scaled["a"][-1] == 0.5
    (issue,) = card.issues
    assert (issue.code, issue.level) == ("winsorised", "note")
    assert "u11" in issue.what
    assert card.treatments["a"].touched.tolist() == [False] * 11 + [True]


def test_what_stays_skewed_is_said() -> None:
    wild = np.exp(np.arange(400.0)).tolist()
    kept = scorecard.score(made(f'outlier = "winsorise"\n{MINMAX}'), given(a=wild))
    assert [issue.code for issue in kept.issues] == ["winsorised", "still_skewed"]
    logged = scorecard.score(made(f'outlier = "treat"\n{MINMAX}'), given(a=wild))
    assert logged.treatments["a"].rule == "log"
    assert "log_shifted" in [issue.code for issue in logged.issues]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ('scale = "minmax"\nbottom = 1\ntop = 101', [1, 51, 101]),
        ('scale = "minmax"\ndirection = "down"', [1, 0.5, 0]),
        ('scale = "minmax"\nlow = 0\nhigh = 20', [0, 0.5, 1]),
        ('scale = "minmax"\nlow = 10\nhigh = 20', [-1, 0, 1]),
        ('scale = "zscore"', [-1, 0, 1]),
        ('scale = "zscore"\ndirection = "down"', [1, 0, -1]),
        ('scale = "percentile"\ntop = 100', [0, 50, 100]),
        ('scale = "target"\naim = 10', [0, 1, 2]),
        ('scale = "target-capped"\naim = 10\ntop = 100', [0, 100, 100]),
        ("low = 10\nhigh = 20\nbottom = 1\ntop = 2", [1, 1, 2]),
        ('transform = "ln1p"\nscale = "target"\naim = 20', [0, math.log(11) / math.log(21), 1]),
        ('transform = "sqrt"\nscale = "minmax"', [0, math.sqrt(0.5), 1]),
    ],
)
def test_scales(lines: str, expected: list[float]) -> None:
    card = scorecard.score(made(lines), given(a=[0, 10, 20]))
    assert card.scaled["a"].tolist() == pytest.approx(expected)


def test_a_target_already_met_by_the_worst_names_the_leaf() -> None:
    with pytest.raises(MethodError, match="a：目标值"):
        scorecard.score(made('scale = "target"\naim = 1'), given(a=[2, 3]))


def test_never_opened_gets_the_foot_of_the_scale() -> None:
    text = f'platform = "weibo"\nformula = "posts"\n{MINMAX}\nbottom = 1\ntop = 100'
    recipe = made(text, text.replace("posts", "likes").replace("weibo", "wechat"), head="need = 0.4")
    weibo, wechat = pa.table({"posts": [1.0, 3.0, 2.0]}), pa.table({"likes": [5.0, 6.0, 7.0]})
    never = {"wechat": np.array([False, False, True])}
    card = scorecard.score(
        recipe, Inputs(("x", "y", "z"), ("x", "y", "z"), {"weibo": weibo, "wechat": wechat}, never)
    )
    assert card.scaled["b"].tolist() == [1, 100, 1]
    assert card.score.tolist() == pytest.approx([1, 100, (50.5 + 1) / 2])


@pytest.mark.parametrize(("absent", "expected"), [("zero", 0.0), ("renormalise", NAN)])
def test_what_was_never_opened_is_not_filled(absent: str, expected: float) -> None:
    text = f'platform = "weibo"\nformula = "posts"\nimpute = "mean"\n{MINMAX}'
    recipe = made(
        text,
        text.replace("posts", "likes").replace("weibo", "wechat"),
        head=f'need = 0.4\nabsent = "{absent}"',
    )
    tables = {"weibo": pa.table({"posts": [1.0, 3.0, 2.0]}), "wechat": pa.table({"likes": [5.0, 7.0, None]})}
    never = {"wechat": np.array([False, False, True])}
    card = scorecard.score(recipe, Inputs(("x", "y", "z"), ("x", "y", "z"), tables, never))
    assert card.state["b"][2] == State.STRUCTURAL
    assert np.isnan(card.imputed["b"][2])
    np.testing.assert_equal(float(card.scaled["b"][2]), expected)
    assert card.issues == ()


ROW = {"a": [4, 1, 0], "b": [9, 1, 1]}


@pytest.mark.parametrize(
    ("root", "expected"),
    [
        ('combine = "geometric"\nfloor = 0', [6, 1, 0]),
        ('combine = "geometric"\nfloor = 0.25', [6, 1, 0.5]),
        ('combine = "harmonic"\nfloor = 1', [72 / 13, 1, 1]),
        ('combine = "power-mean"\nexponent = 0.5', [6.25, 1, 0.25]),
        ('combine = "power-mean"\nexponent = 2\ntimes = 2', [2 * math.sqrt(48.5), 2, 2 * math.sqrt(0.5)]),
        ('combine = "max"', [9, 1, 1]),
        ('combine = "copeland"', [2, 0, -2]),
        ('combine = "topsis"', [1, 0.17, 0]),
    ],
)
def test_every_combination(root: str, expected: list[float]) -> None:
    recipe = made("", "", head='kind = "published"', root=root)
    card = scorecard.score(recipe, given(**ROW))
    tolerance = 0.02 if "topsis" in root else 1e-12
    assert card.score.tolist() == pytest.approx(expected, abs=tolerance)
    assert np.isnan(card.contributions.values).all()


def test_a_mean_that_cannot_be_names_unit_and_part() -> None:
    recipe = made("", "", head='kind = "published"', root='name = "总指数"\ncombine = "geometric"')
    with pytest.raises(MethodError, match="总指数要求各项大于零，而u2的a是 0"):
        scorecard.score(recipe, given(**ROW))


def test_the_panel_lends_its_ends_to_every_period() -> None:
    first, second = given(a=[0, 10]), given(a=[10, 20])
    alone = scorecard.panel(made(MINMAX), {"1": first, "2": second})
    assert [card.score.tolist() for card in alone.values()] == [[0, 1], [0, 1]]
    joined = scorecard.panel(made(MINMAX, head='parameters = "panel"'), {"1": first, "2": second})
    assert [card.score.tolist() for card in joined.values()] == [[0, 0.5], [0.5, 1]]
    assert joined["1"].codes == first.codes
    assert joined["1"].data_hash != alone["1"].data_hash


def test_the_panel_fills_and_treats_as_one() -> None:
    recipe = made(
        f'impute = "mean"\noutlier = "winsorise"\n{MINMAX}', MINMAX, head='parameters = "panel"\nneed = 0.5'
    )
    first = given(a=[None, *range(1, 6)], b=[1.0] * 6)
    second = given(a=[*range(6, 11), 30, 100], b=[1.0, 2, 3, 4, 5, 6, 7])
    cards = scorecard.panel(recipe, {"1": first, "2": second})
    mean = (sum(range(1, 11)) + 130) / 12
    assert cards["1"].imputed["a"][0] == pytest.approx(mean)
    assert cards["2"].treated["a"][-1] == 30
    assert [issue.code for issue in cards["1"].issues] == ["imputed"]
    assert [issue.code for issue in cards["2"].issues] == ["winsorised"]
    turned = scorecard.panel(recipe, {"2": second, "1": first})
    for name, card in cards.items():
        np.testing.assert_array_equal(turned[name].score, card.score)
        assert turned[name].data_hash == card.data_hash
