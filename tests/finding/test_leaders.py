"""T2 to T5: the first of the boards, by scores computed here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jianwei import cohort as cohorts
from jianwei.finding import leaders
from jianwei.leaderboard import Leaderboard
from tests.finding.city import City, by_id, lay
from tests.leaderboard.made import board, recipe, shared
from tests.world import World, account, half, post, unit

TEXT = """
[recipe]
name = "t"
title = "试"
need = 0.4
[nodes.total]
times = 100
[nodes.spread]
parent = "total"
name = "传播指数"
weight = 1
[nodes.interact]
parent = "total"
name = "互动指数"
weight = 1
[nodes.reposts]
parent = "spread"
weight = 1
platform = "weibo"
formula = "reposts"
low = 0
high = 1000
[nodes.comments]
parent = "interact"
weight = 1
platform = "weibo"
formula = "comments"
low = 0
high = 1000
"""


def boards(world: World) -> dict[str, Leaderboard]:
    return {name: board(world, shared(TEXT), cohort=cohorts.load(name)) for _, name, _ in leaders.BOARDS}


def test_leaders_are_the_first_by_the_recipe(city: City) -> None:
    found = by_id(leaders.leaders(city.ground, boards(city.world)))
    scores: dict[str, list[int]] = {}
    for one in city.oracle.accounts:
        if one["family"] == "weibo" and one["source"] != "none":
            held = scores.setdefault(one["unit"], [0, 0])
            held[0] += one["reposts"] or 0
            held[1] += one["comments"] or 0
    names = {row["code"]: row["name"] for row in city.world.units_rows}
    full = {code: (min(a, 1000) + min(b, 1000)) / 2 for code, (a, b) in scores.items()}
    full["D2"] = min(scores["D2"][0], 1000)  # its sums know no comments: the other half of the weight stands
    full["S2"] = min(scores["S2"][0], 1000)  # nor half of the posts of the account closed in May
    known = sorted(full, key=lambda code: -full[code])
    assert len(set(full.values())) == len(full)  # no tie blurs the order
    municipal = [names[code] for code in known if code in ("M1", "M2", "M3", "M4")]
    assert found["T2.leaders"].value == municipal
    assert len(municipal) == 4
    assert found["T4.leaders"].value == [names[code] for code in known if code in ("M2", "S3")]
    assert found["T3.leaders"].value == [names[code] for code in known if code in ("S1", "D1", "T1")]
    assert found["T5.leaders"].value == [
        names[code] for code in known if code in ("S2", "S3", "S5", "D2", "T2", "N2")
    ]
    assert [row["rank"] for row in found["T5.leaders"].detail] == [1, 2, 3, 4, 5, 6]
    assert all(one.recipe_hash for one in found.values())


def made(folder: Path, counts: dict[str, tuple[int, int]]) -> World:
    """District organs with so many reposts and comments."""
    adcodes = ("500104", "500106", "500108", "500101")
    units = [unit("M")] + [
        unit(code, name=f"{code}区委宣传部", adcode=adcodes[place], system="外宣")
        for place, code in enumerate(counts)
    ]
    sources = [
        half(code, post(f"weibo:{code}", "2015-03-01", reposts=a, comments=b))
        for code, (a, b) in counts.items()
    ]
    return World(folder, units, [account(code, code) for code in counts], sources=sources)


def test_the_first_in_spread_and_in_response(tmp_path: Path) -> None:
    world = made(tmp_path, {"A": (900, 1), "B": (5, 700), "C": (3, 700)})
    with world.connect() as con:
        found = by_id(leaders.firsts(lay(con, world), boards(world), None))
    assert found["T3.spread_first"].value == "A区委宣传部"
    assert found["T3.interact_first"].value == ["B区委宣传部", "C区委宣传部"]
    assert found["T3.interact_first"].detail[0]["score"] == pytest.approx(0.7)
    assert found["T2.wechat_first"].absent == "没有为“全部微信账号”排榜"


def test_ties_at_the_cut_are_all_named(tmp_path: Path) -> None:
    units = [unit(f"U{n}", order=n) for n in range(7)]
    sources = [
        half(f"{n}", post(f"weibo:{n}", "2015-03-01", reposts=max(10 - n, 6), comments=0)) for n in range(7)
    ]
    world = World(tmp_path, units, [account(f"U{n}", f"{n}") for n in range(7)], sources=sources)
    with world.connect() as con:
        found = by_id(leaders.leaders(lay(con, world), boards(world)))
    assert [row["rank"] for row in found["T2.leaders"].detail] == [1, 2, 3, 4, 5, 5, 5]
    assert found["T2.leaders"].value == [f"单位U{n}" for n in range(7)]


def test_the_first_of_all_wechat_accounts_is_named_by_its_unit(tmp_path: Path) -> None:
    sources = [
        half(uid, post(f"wechat:{uid}", "2015-03-01", reads=n))
        for uid, n in (("gh_1", 50), ("gh_2", 80), ("gh_3", 80))
    ]
    accounts = [
        account(code, uid, "微信订阅号") for code, uid in (("A", "gh_1"), ("B", "gh_2"), ("B", "gh_3"))
    ]
    world = World(tmp_path, [unit("A"), unit("B")], accounts, sources=sources)
    wechat = board(world, recipe("reads", platforms=("wechat",)), by="account")
    with world.connect() as con:
        ground = lay(con, world)
        found = by_id(leaders.firsts(ground, {}, wechat))["T2.wechat_first"]
        assert found.value == "单位B"  # both of its accounts
        assert [row["account"] for row in found.detail] == ["微信订阅号gh_2", "微信订阅号gh_3"]
        first = replace(
            wechat, rows=tuple(replace(row, rank=place) for place, row in enumerate(wechat.rows, 1))
        )
        assert len(by_id(leaders.firsts(ground, {}, first))["T2.wechat_first"].detail) == 1
        empty = by_id(leaders.firsts(ground, {}, replace(wechat, rows=(), unranked=())))
        assert empty["T2.wechat_first"].absent == "台账中没有属于“全部微信账号”的单位"


def test_absences_have_their_reason(tmp_path: Path) -> None:
    world = World(tmp_path, [unit("A"), unit("B", adcode="500106", system="教育")], [account("A", "1")])
    with world.connect() as con:
        ground = lay(con, world)
        found = by_id([*leaders.leaders(ground, boards(world)), *leaders.firsts(ground, boards(world), None)])
        alone = by_id(leaders.leaders(ground, {}))
    assert found["T2.leaders"].absent == "“市直机关”没有单位参评"
    assert found["T3.leaders"].absent == found["T3.spread_first"].absent == "台账中没有属于“区县”的单位"
    assert found["T5.leaders"].absent == "“基层”没有单位参评"
    assert alone["T2.leaders"].absent == "没有为“市直机关”排榜"


def test_a_recipe_without_the_node_is_a_reason(tmp_path: Path) -> None:
    world = made(tmp_path, {"A": (9, 1)})
    plain = board(world, recipe("reposts"), cohort=cohorts.load("区县"))
    with world.connect() as con:
        found = by_id(leaders.firsts(lay(con, world), {"区县": plain}, None))
    assert found["T3.spread_first"].absent == "方案 t 没有传播指数"
