"""S3, G1, G2, F2 against the oracle, and their absence."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from jianwei.finding import audience
from jianwei.period import Period
from tests.finding.city import City, by_id, lay
from tests.world import World, account, follower, profiles, unit

END, EVE, YEAR_BEFORE = date(2015, 6, 30), date(2014, 12, 31), date(2014, 6, 30)


def test_followers_at_the_end_are_summed(city: City) -> None:
    found, oracle = by_id(audience.followers(city.ground)), city.oracle
    for id, flag in (("S3.total", ""), ("S3.municipal", "municipal"), ("S3.district", "district")):
        of = [one for one in oracle.open() if not flag or (one[flag] and one["main"])]
        known = [n for one in of if (n := oracle.near(one["key"], END)) is not None]
        assert found[id].value == sum(known), id
        assert found[id].rows == len(known)
        assert found[id].detail[0]["accounts"] == len(of)
    assert (
        city.oracle.near("weibo:11", END) == 123_456
    )  # the reading of 1 July is nearer than that of 28 June
    detail = found["S3.total"].detail[0]
    assert detail["weibo"] + detail["wechat"] == found["S3.total"].value


def test_growth_on_the_year_before_is_that_of_accounts_known_at_both_ends(city: City) -> None:
    found, oracle = by_id(audience.growth(city.ground)), city.oracle
    pairs = [
        (oracle.near(one["key"], YEAR_BEFORE), oracle.near(one["key"], END))
        for one in oracle.open()
        if one["family"] == "weibo"
    ]
    panel = [(then, now) for then, now in pairs if then is not None and now is not None]
    one = found["G1"]
    assert one.value == sum(now for _, now in panel) / sum(then for then, _ in panel) - 1
    assert one.rows == 2 * len(panel)
    detail = one.detail[0]
    assert (detail["panel"], detail["entries"]) == (
        len(panel),
        sum(then is None and now is not None for then, now in pairs),
    )
    assert detail["entries"] == 1  # N1's account, first seen this year
    assert detail["exits"] == 1  # S2's account, closed in May


def test_units_that_grow_among_units_known_at_both_ends(city: City) -> None:
    found, oracle = by_id(audience.growth(city.ground)), city.oracle
    ends: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for one in oracle.open():
        start, end = oracle.near(one["key"], EVE), oracle.near(one["key"], END)
        if one["family"] == "weibo" and start is not None and end is not None:
            ends[one["unit"]].append((start, end))
    growing = [
        unit
        for unit, pairs in ends.items()
        if sum(end for _, end in pairs) > sum(start for start, _ in pairs)
    ]
    assert found["G2"].value == len(growing) / len(ends)
    assert 0 < len(growing) < len(ends)


def test_followers_over_people(city: City) -> None:
    (found,) = audience.coefficient(city.ground)
    sums: dict[str, int] = defaultdict(int)
    for one in city.oracle.open():
        n = city.oracle.near(one["key"], END)
        if one["region"] and n is not None:
            sums[one["region"]] += n
    people = {code: row.people for code in sums if (row := city.world.roster.population(code, 2014))}
    assert people.keys() == sums.keys()
    wanted = sorted(sums, key=lambda code: -sums[code] / people[code])
    assert found.value == [city.ground.regions[code] for code in wanted]
    for row, code in zip(found.detail, wanted, strict=True):
        assert (row["followers"], row["people"], row["year"], row["kind"]) == (
            sums[code],
            people[code],
            2014,
            "常住",
        )
        assert row["coefficient"] == sums[code] / people[code]
        assert row["source"]


def test_growth_by_hand(tmp_path: Path) -> None:
    rows = [
        follower("weibo:1", "2014-06-30", 1000),
        follower("weibo:1", "2014-12-31", 1100),
        follower("weibo:1", "2015-06-30", 1152),
    ]
    rows += [
        follower("weibo:2", "2014-12-31", 50),
        follower("weibo:2", "2015-06-30", 50),
    ]  # no growth is none
    world = World(
        tmp_path,
        [unit("A"), unit("B")],
        [account("A", "1"), account("B", "2")],
        sources=[profiles("f", *rows)],
    )
    with world.connect() as con:
        found = by_id(audience.growth(lay(con, world)))
    assert found["G1"].value == pytest.approx(0.152)
    assert "1152 ÷ 1000" in found["G1"].formula
    assert found["G2"].value == 0.5


def test_absences_have_their_reason(tmp_path: Path) -> None:
    early = [follower("weibo:1", "2015-03-01", 5)]
    world = World(tmp_path / "a", [unit("A")], [account("A", "1")], sources=[profiles("f", *early)])
    with world.connect() as con:
        ground = lay(con, world)
        found = by_id([*audience.followers(ground), *audience.growth(ground), *audience.coefficient(ground)])
    assert {id: one.absent for id, one in found.items()} == {
        "S3.total": "1 个账号在期末都没有粉丝读数",
        "S3.municipal": "1 个账号在期末都没有粉丝读数",
        "S3.district": "台账中没有区县本级的主账号",
        "G1": "没有账号在 2014-06-30 和期末都有粉丝读数",
        "G2": "没有单位在期初和期末都有粉丝读数",
        "F2.leaders": "没有同时具备粉丝读数和人口数的区县",
    }


def test_people_are_those_of_the_nearest_year_known_and_the_year_is_told(tmp_path: Path) -> None:
    rows = [follower("weibo:1", "2009-06-30", 5)]
    world = World(tmp_path, [unit("A", adcode="500106")], [account("A", "1")], sources=[profiles("f", *rows)])
    with world.connect() as con:
        (found,) = audience.coefficient(lay(con, world, Period.parse("2009H1")))
    assert found.detail[0]["year"] == 2010  # nothing earlier is known
    assert "其后最近" in found.definition
