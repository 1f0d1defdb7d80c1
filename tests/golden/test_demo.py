"""What the seed report published comes out of the default demo world, by the truth that its files are written from.

That the product finds this truth in the files is proved on smaller worlds (tests/demo/test_truth.py).
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from jianwei.demo import truth
from jianwei.demo.targets import DEFAULT_SEED
from jianwei.demo.world import World, world


@pytest.fixture(scope="module")
def whole() -> World:
    return world(DEFAULT_SEED, 1.0)


@pytest.fixture(scope="module")
def found(whole: World) -> dict[str, dict[str, Any]]:
    return truth.findings(whole)


@pytest.mark.parametrize(
    ("id", "published"),
    [
        ("S4.posts", 241_139),
        ("S4.reposts", 393_009),
        ("S4.comments", 131_330),
        ("S1.municipal_weibo", 39),
        ("S1.municipal_wechat", 13),
        ("S1.municipal", 52),
        ("S1.district", 91),
        ("S2.weibo", 1),
        ("S2.wechat", 0.5),
        ("S3.total", 27_000_000),
    ],
)
def test_counts_are_the_published_ones(found: dict[str, dict[str, Any]], id: str, published: float) -> None:
    assert found[id]["value"] == published


@pytest.mark.parametrize(
    ("id", "published", "digits"),
    [
        ("F5.original_share", 0.4292, 4),
        ("G1", 0.152, 3),
        ("G2", 0.728, 3),
        ("F3.share", 0.1663, 4),
    ],
)
def test_shares_are_the_published_ones(
    found: dict[str, dict[str, Any]], id: str, published: float, digits: int
) -> None:
    assert round(found[id]["value"], digits) == published


@pytest.mark.parametrize(
    ("id", "published", "by_calendar"),
    [("S5.posts", 1340, 1332), ("S5.reposts", 2183, 2171), ("S5.comments", 730, 726)],
)
def test_daily_means_are_the_published_ones_and_the_calendars_others(
    found: dict[str, dict[str, Any]], id: str, published: int, by_calendar: int
) -> None:
    assert (round(found[id]["value"]), round(found[id]["alt"])) == (published, by_calendar)


def test_what_is_published_in_words(whole: World, found: dict[str, dict[str, Any]]) -> None:
    who = whole.cast
    assert 1900 <= found["S1.weibo"]["value"] < 2000
    assert 1000 <= found["S1.wechat"]["value"] < 1100
    assert found["S3.municipal"]["value"] > 10_000_000
    assert 3_000_000 <= found["S3.district"]["value"] < 4_000_000
    alive = [unit for unit in who.units if unit.end is None and unit.category == "参评"]
    assert len(alive) == 2000
    assert len(whole.posts) + len(whole.articles) == 391_000
    assert 0.45 < found["F5.multimedia_share"]["value"] < 0.55
    assert found["F5.picture_share"]["value"] >= 0.85
    assert found["F5.infographic_change"]["value"] > 0


@pytest.mark.parametrize(
    ("id", "named"),
    [
        (
            "T2.leaders",
            ["重庆市人民政府新闻办公室", "重庆市公安局交巡警总队", "重庆市环境保护局", "重庆市旅游局",
             "重庆市公安局网安总队"],
        ),
        ("F1.leaders", ["南岸区", "云阳县", "大渡口区", "合川区"]),
        ("F2.leaders", ["大渡口区", "南岸区", "江津区"]),
        ("T3.leaders", ["沙坪坝区委宣传部"]),
    ],
)  # fmt: skip
def test_named_leaders_lead_in_order(found: dict[str, dict[str, Any]], id: str, named: list[str]) -> None:
    assert found[id]["value"][: len(named)] == named


def test_the_other_named_districts_are_within_ten_and_the_firsts_are_first(
    found: dict[str, dict[str, Any]],
) -> None:
    named = {"涪陵区委宣传部", "彭水苗族土家族自治县", "合川区委宣传部"}
    assert named <= set(found["T3.leaders"]["value"])
    assert len(found["T3.leaders"]["value"]) == 10
    assert found["T3.spread_first"]["value"] == found["T3.interact_first"]["value"] == "沙坪坝区委宣传部"
    assert found["T2.wechat_first"]["value"] == "重庆市公安局交巡警总队"


def test_february_is_below_january_and_april_to_june_rise(found: dict[str, dict[str, Any]]) -> None:
    posts = [row["posts"] for row in found["F4.monthly"]["value"]]
    assert posts[1] == min(posts)
    assert posts[3] < posts[4] < posts[5]
    reposts = [row["reposts"] for row in found["F4.monthly"]["value"]]
    assert abs(reposts[1] / reposts[0] - 1) < 0.1


def test_public_security_leads_in_accounts_and_followers(
    whole: World, found: dict[str, dict[str, Any]]
) -> None:
    who = whole.cast
    assert found["F3.systems"]["value"][:2] == ["公安", "司法"]
    followers = Counter[str]()
    for unit, one in zip(who.of, whole.followers.end.tolist(), strict=True):
        followers[who.units[unit].system] += max(one, 0)
    assert followers.most_common(1)[0][0] == "公安"
