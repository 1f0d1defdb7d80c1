"""`shuangwei-2015` by hand: one unit computed with nothing but math, and how ordinary units spread."""

from __future__ import annotations

from math import log
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from jianwei import recipe, scorecard

WEIBO = {
    "days": 180,
    "posts": 360,
    "originals": 180,
    "reposts": 720,
    "comments": 360,
    "likes": 540,
    "multimedia": 90,
    "median_response": 4.0,
    "response": 1620,
    "response_before": 1620,
    "followers": 11000,
    "followers_start": 10000,
    "asked": 10,
    "replied": 9,
}
WECHAT = {
    "days": 180,
    "posts": 180,
    "reads": 90000,
    "headlines": 90,
    "headline_reads": 63000,
    "likes": 900,
    "comments": None,
    "declared_originals": 54,
    "service_posts": 45,
    "infographics": None,
    "followers": None,
    "followers_start": None,
    "response": 900,
    "response_before": None,
}
OFFICE = {"subordinates": 10, "subordinates_active": 6, "platforms_open": 2, "residents": 1_000_000}


def table(**columns: Any) -> pa.Table:
    return pa.table({name: pa.array([value], pa.float64()) for name, value in columns.items()})


def on(value: float, low: float, high: float, factor: float = 1.0) -> float:
    """ln(factor x + 1) between its goalposts."""
    return (log(factor * value + 1) - log(factor * low + 1)) / (
        log(factor * high + 1) - log(factor * low + 1)
    )


def test_one_unit_by_hand() -> None:
    inputs = scorecard.Inputs(
        ("a",), ("甲",), {"weibo": table(**WEIBO), "wechat": table(**WECHAT), "": table(**OFFICE)}
    )
    card = scorecard.score(recipe.load("shuangwei-2015"), inputs)
    spread_weibo = (3 * on(2, 0, 20) + 3 * on(1, 0, 10) + 4 * on(4, 0, 500, 10)) / 10
    spread_wechat = (4 * on(500, 10, 50000) + 3 * on(500, 20, 20000) + 3 * on(700, 20, 30000)) / 10
    interact_weibo = (4 * on(2, 0, 200, 10) + 2 * on(3, 0, 500, 10) + 3 * on(1, 0, 50, 10) + 0.8) / 10
    interact_wechat = on(5, 0, 500, 10)  # no comments: likes carry all
    content_weibo = (4 * 0.5 + 3 * 0.25 + 3 * on(4, 0, 100)) / 10
    content_wechat = (5 * 0.5 + 3 * 0.5) / 8  # no infographics
    # followers of WeChat are unknown: Weibo carries all
    audience = 0.7 * on(11000, 100, 3_000_000) + 0.3 * on(11, 0, 500)
    cluster = (2 * 0.6 + 3) / 5
    growth = (0.4 + 0.5) / 2  # 10 % of 25 %, and no change; WeChat unknown
    nodes = {
        "spread": 50 * (spread_weibo + spread_wechat),
        "interact": 50 * (interact_weibo + interact_wechat),
        "content": 50 * (content_weibo + content_wechat),
        "audience": 100 * audience,
        "cluster": 100 * cluster,
        "growth": 100 * growth,
    }
    weights = {"spread": 30, "interact": 25, "content": 15, "audience": 15, "cluster": 5, "growth": 10}
    expected = sum(weights[code] * value for code, value in nodes.items()) / 100
    assert {code: card.nodes[code][0] for code in nodes} == pytest.approx(nodes, rel=1e-12)
    assert card.score[0] == pytest.approx(expected, rel=1e-12)
    assert 0 < expected < 100
    gone = {
        "wx_comments_post",
        "wx_infographic_share",
        "wx_followers",
        "wx_follower_growth",
        "wx_response_growth",
    }
    assert {code for code in card.state if card.state[code][0] == scorecard.State.MISSING} == gone
    assert card.present[0] == pytest.approx(1 - (0.0125 + 0.015 + 0.075 + 0.025 + 0.025))


def test_the_effective_weights_are_those_declared() -> None:
    shuangwei = recipe.load("shuangwei-2015")
    told = {
        node.title: round(100 * shuangwei.effective[node.code], 9) for node in shuangwei.children("total")
    }
    assert told == {
        "传播指数": 30,
        "互动指数": 25,
        "内容指数": 15,
        "受众指数": 15,
        "集群指数": 5,
        "成长指数": 10,
    }
    assert (shuangwei.absent, shuangwei.need, shuangwei.days) == ("zero", 0.667, "30-day-months")
    assert all(leaf.note for leaf in shuangwei.leaves)


def test_the_first_half_year_of_a_new_workspace_ranks() -> None:
    """Weibo from a crawler, WeChat from a vendor's sums; one follower reading, nothing before."""
    late = ("asked", "replied", "response_before", "followers_start")
    weibo = {name: value for name, value in WEIBO.items() if name not in late}
    sums = ("days", "posts", "reads", "headlines", "headline_reads", "likes")
    wechat = {name: WECHAT[name] for name in sums}
    measures = {"weibo": table(**weibo), "wechat": table(**wechat), "": table(platforms_open=2)}
    card = scorecard.score(recipe.load("shuangwei-2015"), scorecard.Inputs(("a",), ("甲",), measures))
    assert card.rank == (1,), card.reason


def test_weibo_alone_does_not_rank_a_unit_whose_wechat_was_not_collected() -> None:
    measures = {"weibo": table(**WEIBO), "": table(**OFFICE)}
    card = scorecard.score(recipe.load("shuangwei-2015"), scorecard.Inputs(("a",), ("甲",), measures))
    assert card.rank == (None,)
    assert card.reason[0].startswith("有效权重 52.5%，低于方案要求的 66.7%；缺：微信")


def test_a_unit_without_wechat_keeps_its_weibo_half_and_gains_by_opening() -> None:
    shuangwei = recipe.load("shuangwei-2015")
    measures = {"weibo": table(**WEIBO), "wechat": table(**WECHAT), "": table(**OFFICE)}
    without = scorecard.Inputs(("a",), ("甲",), measures, {"wechat": np.array([True])})
    alone = scorecard.score(shuangwei, without)
    both = scorecard.score(shuangwei, scorecard.Inputs(("a",), ("甲",), measures))
    assert alone.rank == (1,)
    assert alone.nodes["spread"][0] == pytest.approx(both.nodes["spread_weibo"][0] / 2)
    assert alone.nodes["spread_wechat"][0] == 0
    assert alone.score[0] < both.score[0]


def test_ordinary_units_spread_over_the_scale() -> None:
    """Units drawn around the means that the seed report states (0.7 posts a day …), four powers of e wide."""
    random, units = np.random.default_rng(2015), 400
    posts = random.lognormal(np.log(0.7), 1.2, units) * 180
    each = random.lognormal(np.log(1.6), 1.0, units)
    followers = random.lognormal(np.log(6000), 1.4, units)
    weibo = {
        "days": np.full(units, 180.0),
        "posts": posts,
        "originals": posts * random.uniform(0.2, 0.7, units),
        "reposts": posts * each,
        "comments": posts * each / 3,
        "likes": posts * each / 2,
        "multimedia": posts * random.uniform(0.3, 0.7, units),
        "median_response": each,
        "followers": followers,
        "followers_start": followers / random.uniform(0.98, 1.2, units),
        "response": posts * each * 2,
        "response_before": posts * each * 2 / random.uniform(0.6, 1.6, units),
    }
    office = {"platforms_open": np.ones(units), "residents": np.full(units, 8e5)}
    codes = tuple(f"u{row}" for row in range(units))
    inputs = scorecard.Inputs(
        codes,
        codes,
        {"weibo": pa.table(weibo), "": pa.table(office)},
        {"wechat": np.ones(units, dtype=np.bool_)},
    )
    card = scorecard.score(recipe.load("shuangwei-2015"), inputs)
    assert None not in card.rank
    low, high = np.percentile(card.nodes["spread_weibo"], [5, 95])
    assert high - low > 25
    assert max(clip.share for code, clip in card.clipped.items() if code.startswith("wb_")) < 0.25
