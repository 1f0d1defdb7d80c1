from __future__ import annotations

import json
from math import log
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from jianwei import recipe, scorecard
from jianwei.errors import DataError, MethodError
from jianwei.recipe import Recipe
from jianwei.recipe.reading import read
from jianwei.scorecard import Inputs, Scorecard, State

TWO = """
[recipe]
name = "two"
absent = "{absent}"
need = {need}
kind = "{kind}"
[nodes.total]
times = 100
[nodes.weibo_part]
parent = "total"
weight = 50
[nodes.wechat_part]
parent = "total"
weight = 50
[nodes.wb]
parent = "weibo_part"
name = "日均发布"
weight = 1
platform = "weibo"
formula = "posts / days"
low = 0
high = 10
[nodes.wb_share]
parent = "weibo_part"
name = "原创率"
weight = 1
platform = "weibo"
formula = "originals / posts"
low = 0
high = 1
[nodes.wx]
parent = "wechat_part"
name = "微信阅读"
weight = 1
platform = "wechat"
formula = "reads"
transform = "ln1p"
low = 0
high = 99
"""


def made(absent: str = "zero", need: float = 0.667, kind: str = "composite", text: str = TWO) -> Recipe:
    found, problems = read(text.format(absent=absent, need=need, kind=kind))
    assert found is not None, [str(issue) for issue in problems.issues]
    return found


def inputs(**changes: Any) -> Inputs:
    """Four units: both platforms, no WeChat by decision, WeChat not collected, nothing at all."""
    weibo = {"days": [10] * 4, "posts": [50, 50, 50, None], "originals": [25, 25, 25, None]}
    wechat = {"reads": pa.array([9, None, None, None], pa.int64())}
    codes = ("a", "b", "c", "d")
    given: dict[str, Any] = {
        "codes": codes,
        "names": ("甲", "乙", "丙", "丁"),
        "measures": {"weibo": pa.table(weibo), "wechat": pa.table(wechat)},
        "structural": {"wechat": np.array([False, True, False, False])},
    }
    return Inputs(**{**given, **changes})


def test_every_stage_is_kept() -> None:
    card = scorecard.score(made(), inputs())
    assert card.raw["wb"].tolist()[:3] == [5.0, 5.0, 5.0]
    assert card.transformed["wx"][0] == pytest.approx(log(10))
    assert card.scaled["wx"][0] == pytest.approx(0.5)
    assert card.nodes["weibo_part"].tolist()[:3] == [0.5, 0.5, 0.5]
    assert card.nodes["total"][0] == card.score[0] == pytest.approx(50)
    assert card.contributions.row(0) == pytest.approx({"wb": 12.5, "wb_share": 12.5, "wx": 25.0})
    assert card.codes == ("a", "b", "c", "d")
    assert card.recipe_hash == card.recipe.hash
    assert [State(int(value)) for value in card.state["wx"]] == [0, 3, 2, 2]
    assert set(card.nodes) == set(card.recipe.nodes)
    with pytest.raises(KeyError):
        card.nodes["nobody"]


def test_absent_zero_credits_opening() -> None:
    card = scorecard.score(made("zero"), inputs())
    assert card.score.tolist()[:2] == pytest.approx([50.0, 25.0])
    assert card.rank == (1, 2, None, None)
    assert card.present.tolist() == [1.0, 1.0, 0.5, 0.0]
    assert card.contributions["wx"][1] == 0.0


def test_absent_renormalise_asks_for_what_there_is() -> None:
    card = scorecard.score(made("renormalise"), inputs())
    assert card.score.tolist()[:2] == pytest.approx([50.0, 50.0])
    assert card.rank[:2] == (1, 1)
    assert card.present.tolist() == [1.0, 1.0, 0.5, 0.0]
    assert np.isnan(card.scaled["wx"][1])


def test_need_is_held_against_what_is_asked_for() -> None:
    """乙 has no WeChat by decision and half of Weibo: half of what is asked, three quarters of all."""
    weibo = {"days": [10] * 4, "posts": [50, 0, 50, None], "originals": [25, 0, 25, None]}
    measures = {**inputs().measures, "weibo": pa.table(weibo)}
    asked = scorecard.score(made("renormalise"), inputs(measures=measures))
    whole = scorecard.score(made("zero"), inputs(measures=measures))
    assert (asked.present[1], whole.present[1]) == (0.5, 0.75)
    assert (asked.rank[1], whole.rank[1]) == (None, 2)


def test_absent_unranked_says_so() -> None:
    card = scorecard.score(made("unranked"), inputs())
    assert card.rank == (1, None, None, None)
    assert card.reason[1] == "未开通微信账号，方案规定不参评"


@pytest.mark.parametrize("absent", ["zero", "renormalise", "unranked"])
def test_a_unit_on_no_platform_is_never_ranked(absent: str) -> None:
    nowhere = {"weibo": np.array([True, False, False, False]), "wechat": np.array([True, True, False, False])}
    card = scorecard.score(made(absent), inputs(structural=nowhere))
    assert card.rank[0] is None
    assert card.reason[0] == "未开通微博、微信账号"


def test_need_decides_and_the_reason_counts() -> None:
    card = scorecard.score(made(), inputs())
    assert card.reason[0] == card.reason[1] == ""
    assert card.reason[2] == "有效权重 50.0%，低于方案要求的 66.7%；缺：微信阅读"
    assert card.reason[3] == "有效权重 0.0%，低于方案要求的 66.7%；缺：微博日均发布、微博原创率、微信阅读"
    assert np.isnan(card.contributions.values[2:]).all()
    assert np.isnan(card.score[2:]).all()
    easy = scorecard.score(made(need=0.5), inputs())
    assert easy.rank == (1, 3, 1, None)
    assert easy.score[2] == pytest.approx(50)


def test_two_thirds_short_of_667_is_told_with_enough_digits() -> None:
    text = TWO.replace("weight = 50", "weight = 1", 1).replace("weight = 50", "weight = 0.5")
    card = scorecard.score(made(text=text), inputs())
    assert card.present[2] == pytest.approx(2 / 3)
    assert card.reason[2].startswith("有效权重 66.67%，低于方案要求的 66.70%；")


def test_collected_zero_is_a_state_of_its_own() -> None:
    weibo = {"days": [10, 10], "posts": [0, 5], "originals": [0, 0]}
    table = {"weibo": pa.table(weibo), "wechat": pa.table({"reads": [0, 1]})}
    card = scorecard.score(made(), Inputs(("a", "b"), ("a", "b"), table))
    assert card.state["wb"].tolist() == [State.ZERO, State.PRESENT]
    assert card.state["wb_share"].tolist() == [State.MISSING, State.ZERO]  # 0 / 0 is no share
    assert card.score.tolist()[0] == 0.0
    assert card.rank == (2, 1)


def test_formula_kinds_forgive_no_missing_input() -> None:
    card = scorecard.score(made(kind="published"), inputs())
    assert card.rank == (1, 2, None, None)
    assert card.reason[2] == "缺：微信阅读总数"
    assert card.reason[3] == "缺：微博发布数、微博原创数（非转发）、微信阅读总数"
    assert np.isnan(card.nodes["wechat_part"][2])
    half = {"days": [10] * 4, "posts": [50] * 4, "originals": [None, 25, 25, 25]}
    broken = scorecard.score(
        made(kind="published"), inputs(measures={**inputs().measures, "weibo": pa.table(half)})
    )
    assert np.isnan(broken.nodes["weibo_part"][0])
    assert broken.reason[0] == "缺：微博原创数（非转发）"
    weibo = {"days": [10], "posts": [0], "originals": [0]}
    table = {"weibo": pa.table(weibo), "wechat": pa.table({"reads": [0]})}
    undefined = scorecard.score(made(kind="published"), Inputs(("a",), ("a",), table))
    assert undefined.reason[0] == "无法计算：微博原创率（除数为零或超出定义域）"


def test_a_long_list_of_gaps_is_counted() -> None:
    one = Inputs(("a",), ("a",), {"*": pa.table({"days": [30.0]})})
    card = scorecard.score(recipe.load("wci-14.2b"), one)
    assert card.reason[0].startswith("缺：阅读总数、")
    assert card.reason[0].endswith("等 13 项")


def test_what_a_structural_platform_holds_is_not_looked_at() -> None:
    full = {"weibo": inputs().measures["weibo"], "wechat": pa.table({"reads": [9, 99, 9, 9]})}
    card = scorecard.score(made(), inputs(measures=full))
    assert card.state["wx"][1] == State.STRUCTURAL
    assert np.isnan(card.raw["wx"][1])
    assert card.score[1] == pytest.approx(25)
    shared_out = scorecard.score(made("renormalise"), inputs(measures=full))
    assert shared_out.score[1] == pytest.approx(50)


def test_unit_level_measures_serve_leaves_of_any_platform() -> None:
    text = TWO.replace('formula = "reads"', 'formula = "reads * 1000 / residents"')
    measures = {**inputs().measures, "": pa.table({"residents": [1000, 1000, 1000, None]})}
    card = scorecard.score(made(text=text), inputs(measures=measures))
    assert card.raw["wx"][0] == 9.0


def test_clipped_shares_by_leaf() -> None:
    weibo = {"days": [1] * 4, "posts": [5, 20, 30, None], "originals": [1, 1, 1, None]}
    card = scorecard.score(made(), inputs(measures={"weibo": pa.table(weibo)}))
    assert card.clipped["wb"] == pytest.approx((0, 2 / 3))
    assert card.clipped["wb"].share == pytest.approx(2 / 3)
    assert "wx" not in card.clipped


def test_down_turns_the_scale_round_but_never_rewards_absence() -> None:
    text = TWO.replace("high = 99", 'high = 99\ndirection = "down"')
    card = scorecard.score(made(text=text), inputs())
    assert card.scaled["wx"].tolist()[:2] == pytest.approx([0.5, 0.0])


def test_geometric_lifts_to_its_floor_and_contributes_nothing_additive() -> None:
    text = TWO.replace("[nodes.total]", '[nodes.total]\ncombine = "geometric"\nfloor = 0.01')
    card = scorecard.score(made(text=text), inputs())
    assert card.score.tolist()[:2] == pytest.approx([50.0, 100 * (0.5 * 0.01) ** 0.5])
    assert np.isnan(card.contributions.values).all()


def test_a_power_makes_contributions_undefined() -> None:
    card = scorecard.score(made(text=TWO.replace("times = 100", "times = 100\npower = 2")), inputs())
    assert card.score[0] == pytest.approx(25)
    assert np.isnan(card.contributions.values).all()


def test_json_follows_the_contract() -> None:
    told = json.loads(json.dumps(scorecard.score(made(), inputs()).to_json()))
    assert [(row["unit"], row["rank"]) for row in told] == [("甲", 1), ("乙", 2), ("丙", None), ("丁", None)]
    assert told[0]["nodes"]["weibo_part"] == 0.5
    assert "reason" not in told[0]
    assert (told[2]["score"], told[2]["nodes"]["total"]) == (None, None)
    assert "微信阅读" in told[2]["reason"]


def digest(given: Inputs) -> str:
    card: Scorecard = scorecard.score(made(), given)
    return card.data_hash


def test_the_data_hash_sees_what_is_read_and_nothing_else() -> None:
    base = digest(inputs())
    weibo, wechat = inputs().measures["weibo"], inputs().measures["wechat"]
    idle = {"weibo": weibo.append_column("likes", pa.chunked_array([[1, 2, 3, 4]])), "wechat": wechat}
    turned = Inputs(
        ("d", "c", "b", "a"),
        ("丁", "丙", "乙", "甲"),
        {"weibo": weibo.take([3, 2, 1, 0]), "wechat": wechat.take([3, 2, 1, 0])},
        {"wechat": np.array([False, False, True, False])},
    )
    other = {"weibo": weibo, "wechat": pa.table({"reads": pa.array([8, None, None, None], pa.int64())})}
    zero = {"weibo": weibo, "wechat": pa.table({"reads": pa.array([9, 0, None, None], pa.int64())})}
    assert len(base) == 16
    assert digest(inputs(measures=idle)) == base
    assert digest(turned) == base
    assert digest(inputs(measures=other)) != base
    assert digest(inputs(measures=zero)) != base
    assert digest(inputs(structural={})) != base
    assert digest(inputs(codes=("a", "b", "c", "e"))) != base


def test_inputs_must_fit_together() -> None:
    with pytest.raises(DataError, match="重复"):
        inputs(codes=("a", "a", "c", "d"))
    with pytest.raises(DataError, match="3 行"):
        inputs(structural={"wechat": np.array([True, False, False])})
    with pytest.raises(DataError, match="1 行"):
        inputs(measures={"weibo": pa.table({"posts": [1]})})
    with pytest.raises(DataError, match="不是数字"):
        scorecard.score(made(), inputs(measures={"weibo": pa.table({"posts": ["1", "2", "3", "4"]})}))


def test_nobody_to_score() -> None:
    card = scorecard.score(made(), Inputs((), (), {}))
    assert (card.rank, card.to_json(), card.clipped) == ((), [], {})


def test_infinities_are_missing() -> None:
    wechat = pa.table({"reads": [float("inf"), float("nan"), 9.0, 9.0]})
    card = scorecard.score(made(), inputs(measures={**inputs().measures, "wechat": wechat}, structural={}))
    assert card.state["wx"].tolist() == [State.MISSING, State.MISSING, State.PRESENT, State.PRESENT]


def test_a_geometric_index_of_given_parts_refuses_zero() -> None:
    text = TWO.replace("[nodes.total]", '[nodes.total]\ncombine = "geometric"')
    with pytest.raises(MethodError, match="大于零"):
        scorecard.score(made(text=text, kind="published"), inputs())
