"""A vector computed by hand for every preset of step 3 (sources in the presets)."""

from __future__ import annotations

from math import log, sqrt

import pyarrow as pa
import pytest

from jianwei import recipe, scorecard
from jianwei.scorecard import Inputs, Scorecard

MONTH = {
    "days": 30,
    "posts": 100,
    "reads": 500000,
    "max_reads": 100001,
    "headline_reads": 300000,
    "likes": 3000,
    "max_likes": 800,
    "headline_likes": 2000,
}
"""A month of a WeChat account, 点赞 as before version 14."""

MONTH_14 = MONTH | {
    "wow": 3000,
    "max_wow": 800,
    "headline_wow": 2000,
    "likes": 4000,
    "max_likes": 900,
    "headline_likes": 2500,
}
"""The same month with 在看 and the new 点赞."""

DOUYIN = {
    "works": 30,
    "likes": 50000,
    "comments": 4000,
    "shares": 6000,
    "new_followers": 2000,
    "followers": 300000,
}

BILIBILI = {
    "days": 30,
    "works": 12,
    "plays": 600000,
    "comments": 9000,
    "followers": 80000,
    "new_followers": 1500,
}

VECTORS = [
    ("wci-12", MONTH, 791.1332702912007),
    ("wci-13", MONTH, 805.2019915111171),
    ("wci-14.2a", MONTH_14, 1017.5513126544793),
    (
        "bci-simple",
        {"posts": 300, "reposts": 5000, "comments": 3000, "likes": 20000},
        1282.1917034480848,
    ),
    ("dci", DOUYIN, 880.354194195364),
    (
        "bvci",
        BILIBILI,
        (0.15 * log(13) + 0.25 * log(20001) + 0.30 * log(301) + 0.18 * log(80001) + 0.12 * log(1501)) * 100,
    ),
    ("shuangwei-50-50", {"bci": 1200, "wci": 900}, 1050),
    ("renmin-2015", {"spread": 93.76, "service": 75.15, "interact": 77.99}, 83.588),
    ("chengdu-2015", {"activity": 80, "spread": 70, "guidance": 60}, 74),
    ("zhejiang-2014", {"activity": 80, "spread": 70, "influence": 60}, 69.5),
    ("un-hdi", {"le": 52.5, "eys": 9, "mys": 7.5, "gnipc": sqrt(100 * 75000)}, 0.5),
]


def one(name: str, **columns: float | None) -> Scorecard:
    plain = pa.table({key: pa.array([value], pa.float64()) for key, value in columns.items()})
    return scorecard.score(recipe.load(name), Inputs(("a",), ("甲",), {scorecard.PLAIN: plain}))


@pytest.mark.parametrize(("name", "measures", "expected"), VECTORS)
def test_vectors(name: str, measures: dict[str, float], expected: float) -> None:
    card = one(name, **measures)
    assert card.score[0] == pytest.approx(expected, rel=1e-13)
    assert card.rank == (1,)
    assert card.issues == ()


@pytest.mark.parametrize(("name", "measures", "_"), VECTORS)
def test_every_input_counts(name: str, measures: dict[str, float], _: float) -> None:
    """Without any one of its inputs nobody is ranked, and more of each moves the score."""
    divisors = {"days"} | ({"posts"} if name.startswith("wci") else set())
    before = one(name, **measures).score[0]
    for key in recipe.load(name).needs:
        gap = one(name, **(measures | {key: None}))
        assert gap.rank == (None,), key
        assert gap.reason[0].startswith("缺："), key
        after = one(name, **(measures | {key: measures[key] * 1.1})).score[0]
        assert (after < before) if key in divisors else (after > before), key


def test_the_presets_of_the_contract_are_there() -> None:
    contract = (
        "wci-2.0 wci-12 wci-13 wci-14.2a wci-14.2b bci bci-simple dci bvci shuangwei-50-50 renmin-2023 "
        "renmin-2015 chengdu-2015 zhejiang-2014 un-egdi un-hdi shuangwei-2015"
    )
    assert set(contract.split()) == {summary.name for summary in recipe.presets()}


@pytest.mark.parametrize("name", ["wci-12", "wci-13", "wci-14.2a"])
def test_a_month_without_posts_is_zero_not_missing(name: str) -> None:
    card = one(name, **dict.fromkeys(MONTH_14, 0) | {"days": 30})
    assert card.score.tolist() == [0]


@pytest.mark.parametrize(("name", "measures"), [("dci", DOUYIN), ("bvci", BILIBILI)])
def test_lost_followers_count_as_none_won(name: str, measures: dict[str, float]) -> None:
    lost, none = (one(name, **(measures | {"new_followers": value})) for value in (-500, 0))
    assert lost.score[0] == none.score[0]


def test_hdi_is_capped_at_its_goalposts() -> None:
    assert one("un-hdi", le=90, eys=22, mys=16, gnipc=140000).score[0] == 1
    beyond, at = (one("un-hdi", le=80, eys=eys, mys=12, gnipc=50000) for eys in (21, 18))
    assert beyond.score[0] == at.score[0]
    education = (1 + 12 / 15) / 2
    income = log(500) / log(750)
    assert at.score[0] == pytest.approx((60 / 65 * education * income) ** (1 / 3))
    assert at.nodes["education"][0] == pytest.approx(education)


def test_hdi_with_one_part_at_zero_is_zero() -> None:
    card = one("un-hdi", le=19, eys=9, mys=7.5, gnipc=5000)
    assert card.score[0] == 0
    assert card.rank == (1,)


def test_kunming_in_2015_as_published() -> None:
    """The one published row: 竞争力 83.59; the weights of 0.4, 0.4, 0.2 would give 83.16."""
    card = one("renmin-2015", spread=93.76, service=75.15, interact=77.99)
    assert card.score[0] == pytest.approx(83.59, abs=0.005)


def test_the_coefficient_set_travels_with_the_score() -> None:
    """Two formulas share the name WCI 14.2; their scores do not share a hash."""
    versions = [name for name in (summary.name for summary in recipe.presets()) if name.startswith("wci")]
    assert len({recipe.load(name).hash for name in versions}) == len(versions) == 5
    assert one("wci-13", **MONTH).recipe_hash == recipe.load("wci-13").hash


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("bci", "ad37d5170f0ed988"),
        ("renmin-2023", "4465aa605e0c3941"),
        ("un-egdi", "6df3d316cb5df069"),
        ("wci-14.2b", "1e98f0244e381043"),
        ("wci-2.0", "2e1a0e6c7e0b14f0"),
    ],
)
def test_boards_of_the_past_keep_their_hash(name: str, digest: str) -> None:
    """A published board names its recipe by hash: new keys of the grammar must not change an old one."""
    assert recipe.load(name).hash == digest
