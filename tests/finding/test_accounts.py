"""S1, S2, F1, F3 against the oracle, and their absence."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from jianwei.finding import accounts
from tests.finding import big
from tests.finding.city import City, by_id, lay
from tests.world import World, account, half, opening, post, unit


def test_accounts_are_counted_as_the_register_has_them(city: City) -> None:
    found, oracle = by_id(accounts.counts(city.ground)), city.oracle
    wanted = {
        "S1.weibo": oracle.count(family="weibo"),
        "S1.wechat": oracle.count(family="wechat"),
        "S1.municipal": oracle.count(main=True, municipal=True),
        "S1.municipal_weibo": oracle.count(main=True, municipal=True, family="weibo"),
        "S1.municipal_wechat": oracle.count(main=True, municipal=True, family="wechat"),
        "S1.district": oracle.count(main=True, district=True),
    }
    assert {id: one.value for id, one in found.items()} == wanted
    # by hand: 15 Weibo less one closed and two uncertified; 4 WeChat, one of unknown id among them
    assert wanted == {
        "S1.weibo": 12, "S1.wechat": 4, "S1.municipal": 5, "S1.municipal_weibo": 3, "S1.municipal_wechat": 2,
        "S1.district": 6,
    }  # fmt: skip
    assert all(one.rows == one.value and one.query for one in found.values())


def test_regions_with_an_account_over_all_regions(city: City) -> None:
    found, oracle = by_id(accounts.openings(city.ground)), city.oracle
    assert len(city.ground.regions) == 38
    for family in ("weibo", "wechat"):
        own = [one for one in oracle.open() if one["main"] and one["district"] and one["family"] == family]
        reached = {one["region"] for one in own}
        one = found[f"S2.{family}"]
        assert one.value == len(reached) / 38
        assert one.rows == len(own)
        assert {row["adcode"]: row["accounts"] for row in one.detail if row["accounts"]} == Counter(
            o["region"] for o in own
        )
    assert found["S2.weibo"].value == 4 / 38
    assert found["S2.wechat"].value == 1 / 38


def test_what_was_surveyed_of_a_region_is_what_its_own_organs_say(city: City) -> None:
    """大渡口's 教委 was not surveyed and 南岸's 协会 has none: neither speaks for its region."""
    told = {row["adcode"]: row["status"] for row in by_id(accounts.openings(city.ground))["S2.wechat"].detail}
    assert told["500106"] == "有账号"
    assert told["500104"] == "确认未开通"
    assert told["500108"] == "未普查"
    assert told["500152"] == "确认未开通"  # 潼南: one organ registered before the code changed, one after
    assert Counter(told.values()) == {"有账号": 1, "确认未开通": 2, "未普查": 35}


def test_a_region_of_which_one_own_organ_was_never_surveyed_is_not_surveyed(tmp_path: Path) -> None:
    units = [
        unit("M"),
        unit("D1", name="某区委宣传部", adcode="500104"),
        unit("D2", name="某区人民政府", adcode="500104"),
    ]
    world = World(tmp_path, units, [account("M", "1")], [opening("D1", "微博", "确认未开通")])
    with world.connect() as con:
        (told, _) = accounts.openings(lay(con, world))
    assert {row["status"] for row in told.detail if row["adcode"] == "500104"} == {"未普查"}


def test_accounts_by_region_are_those_of_all_units(city: City) -> None:
    (found,) = accounts.regions(city.ground)
    counted = Counter(one["region"] for one in city.oracle.open() if one["region"])
    wanted = sorted(counted, key=lambda code: (-counted[code], code))
    assert found.value == [city.ground.regions[code] for code in wanted]
    assert [(row["adcode"], row["accounts"]) for row in found.detail] == [
        (code, counted[code]) for code in wanted
    ]
    assert found.value == ["沙坪坝区", "大渡口区", "南岸区", "潼南区"]
    assert found.rows == sum(counted.values()) == 11


def test_shares_of_systems(city: City) -> None:
    found, oracle = by_id(accounts.systems(city.ground)), city.oracle
    counted = Counter(one["system"] for one in oracle.open())
    six = sum(counted[name] for name in accounts.SIX_SYSTEMS)
    total = sum(counted.values())
    assert found["F3.share"].value == six / total
    assert found["F3.six_share"].value == six / (total - counted[""])
    named = [name for name in counted if name]
    assert found["F3.systems"].value == sorted(named, key=lambda name: (-counted[name], name.encode()))
    detail = {row["system"]: row for row in found["F3.systems"].detail}
    for name in named:
        of = [one for one in oracle.open() if one["system"] == name]
        assert detail[name]["accounts"] == len(of)
        known = [n for one in of if (n := oracle.near(one["key"], big.date(2015, 6, 30))) is not None]
        assert detail[name]["followers"] == (sum(known) if known else None)
        posts = [one["posts"] for one in of if one.get("posts") is not None]
        assert detail[name]["posts"] == (sum(posts) if posts else None)


def test_absences_have_their_reason(tmp_path: Path) -> None:
    units = [unit("A", adcode="", system="")]
    bare = World(tmp_path / "a", units, [account("A", "1", main=None, certified_as="", status="")])
    with bare.connect() as con:
        ground = lay(con, bare, root="")
        found = by_id(
            [
                *accounts.counts(ground),
                *accounts.openings(ground),
                *accounts.regions(ground),
                *accounts.systems(ground),
            ]
        )
    assert found["S1.weibo"].value == 1
    assert "未登记认证" in found["S1.weibo"].definition
    assert found["S1.wechat"].value == 0  # a register without any is a fact, not a gap
    reasons = {id: one.absent for id, one in found.items() if one.absent}
    assert reasons == {
        "S1.municipal": "台账未标明主账号", "S1.municipal_weibo": "台账未标明主账号",
        "S1.municipal_wechat": "台账未标明主账号", "S1.district": "台账未标明主账号",
        "S2.weibo": "台账未登记区县", "S2.wechat": "台账未登记区县",
        "F1.leaders": "台账中没有登记区划的区县账号",
        "F3.share": "台账未登记单位所属系统", "F3.systems": "台账未登记单位所属系统", "F3.six_share": "台账未登记单位所属系统",
    }  # fmt: skip


def test_main_accounts_of_units_of_unknown_region_are_neither_municipal_nor_district(tmp_path: Path) -> None:
    world = World(
        tmp_path,
        [unit("A", adcode="")],
        [account("A", "1")],
        sources=[half("1", post("weibo:1", "2015-03-01"))],
    )
    with world.connect() as con:
        found = by_id(accounts.counts(lay(con, world, root="")))
    assert found["S1.municipal"].absent == found["S1.district"].absent == "台账未登记区划，分不出市直与区县"


def test_an_account_declared_uncertified_is_not_certified(tmp_path: Path) -> None:
    """Even if somebody filled in a name; and a register that says so of all does know."""
    rows = [
        account("A", "1", certified_as="某局", certified_type="未认证"),
        account("A", "2", certified_as="无"),
    ]
    world = World(tmp_path, [unit("A")], rows)
    with world.connect() as con:
        found = by_id(accounts.counts(lay(con, world)))
    assert found["S1.weibo"].value == 0
    assert "未登记认证" not in found["S1.weibo"].definition
