"""Published rosters: versions by content, 建制顺序, what exists on a day, regions and populations."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from jianwei.errors import DataError
from jianwei.model import Account, Opening, Unit, schema_of
from jianwei.roster import ACCOUNTS, Roster
from jianwei.roster.divisions import regions, stem
from jianwei.roster.populations import shipped

MID_2015 = date(2015, 6, 30)


def publish(
    folder: Path,
    units: list[dict[str, Any]],
    accounts: list[dict[str, Any]] | None = None,
    openings: list[dict[str, Any]] | None = None,
) -> Roster:
    return Roster.publish(
        folder,
        units=pa.Table.from_pylist(units, schema=schema_of(Unit)),
        accounts=pa.Table.from_pylist(accounts or [], schema=schema_of(Account)),
        openings=pa.Table.from_pylist(openings or [], schema=schema_of(Opening)),
        regions=regions(),
        populations=shipped(),
    )


def unit(code: str, order: int | None = None, **more: Any) -> dict[str, Any]:
    return {"code": code, "order": order, "name": f"单位{code}", **more}


def account(owner: str, uid: str, **more: Any) -> dict[str, Any]:
    return {"unit": owner, "platform": "微博", "name": uid or "无号", "uid": uid, **more}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Roster:
    return publish(tmp_path_factory.mktemp("roster"), [unit("A", 1, adcode="500223")])


def test_the_same_content_is_the_same_version_whatever_its_order(tmp_path: Path) -> None:
    units = [unit("A", 2), unit("B", 1)]
    accounts = [account("A", "1"), account("B", "2")]
    first = publish(tmp_path, units, accounts)
    again = publish(tmp_path, units[::-1], accounts[::-1])
    other = publish(tmp_path, [unit("A", 2), unit("B", 3)], accounts)
    assert first.version == again.version != other.version
    assert len(first.version) == 16
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [first.version, other.version, "publications.jsonl"]
    )


def test_the_last_published_is_the_newest_even_when_it_was_there_before(tmp_path: Path) -> None:
    first = publish(tmp_path, [unit("A")])
    second = publish(tmp_path, [unit("B")])
    assert Roster.load(tmp_path).version == second.version
    publish(tmp_path, [unit("A")])
    assert Roster.load(tmp_path).version == first.version
    assert Roster.load(tmp_path, second.version).units["code"].to_pylist() == ["B"]
    assert len((tmp_path / "publications.jsonl").read_text("utf-8").splitlines()) == 3


def test_a_line_cut_off_by_a_killed_process_is_passed_over(tmp_path: Path) -> None:
    first = publish(tmp_path, [unit("A")])
    with (tmp_path / "publications.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"version": "0123')
    assert Roster.load(tmp_path).version == first.version
    second = publish(tmp_path, [unit("B")])
    assert Roster.load(tmp_path).version == second.version


def test_no_roster_and_no_such_roster(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="还没有发布过台账"):
        Roster.load(tmp_path)
    version = publish(tmp_path, [unit("A")]).version
    with pytest.raises(DataError, match="没有版本为 0000 的台账") as caught:
        Roster.load(tmp_path, "0000")
    assert version in str(caught.value)


def test_lists_stand_in_the_order_of_offices(tmp_path: Path) -> None:
    units = [unit("X"), unit("C", 2), unit("B", 2), unit("A", 10), unit("D", 1)]
    accounts = [
        account("A", "1"),
        account("C", "3", platform="抖音"),
        account("C", "2"),
        account("C", "9", main=True),
        account("D", ""),
    ]
    openings = [
        {"unit": "A", "platform": "微博", "status": "有账号"},
        {"unit": "C", "platform": "APP", "status": "未普查"},
        {"unit": "C", "platform": "微博", "status": "有账号"},
    ]
    roster = publish(tmp_path, units, accounts, openings)
    assert roster.units["code"].to_pylist() == ["D", "B", "C", "A", "X"]
    assert roster.accounts["account_id"].to_pylist() == [None, "weibo:9", "weibo:2", "douyin:3", "weibo:1"]
    assert [
        *zip(roster.openings["unit"].to_pylist(), roster.openings["platform"].to_pylist(), strict=True)
    ] == [
        ("C", "微博"),
        ("C", "APP"),
        ("A", "微博"),
    ]
    assert roster.accounts.schema.equals(ACCOUNTS)
    assert roster.units.to_pylist()[0] == vars(Unit("D", 1, "单位D"))


def test_what_exists_on_a_day(tmp_path: Path) -> None:
    units = [
        unit("A"),
        unit("B", start=date(2015, 6, 30), end=date(2015, 6, 30)),
        unit("C", start=date(2015, 7, 1)),
        unit("D", end=date(2015, 6, 29)),
    ]
    accounts = [
        account("A", "always"),
        account("A", "from", opened=date(2015, 6, 30)),
        account("A", "later", opened=date(2015, 7, 1)),
        account("A", "until", status="已注销", closed=date(2015, 7, 1)),
        account("A", "gone", status="已注销", closed=date(2015, 6, 30)),
        account("A", "undated", status="已注销"),
        account("A", "dormant", status="停更"),
        account("C", "of no unit yet"),
        account("D", "of no unit any more"),
    ]
    day = publish(tmp_path, units, accounts).on(MID_2015)
    assert set(day.units["code"].to_pylist()) == {"A", "B"}
    assert set(day.accounts["uid"].to_pylist()) == {"always", "from", "until", "dormant"}


def test_an_account_answers_to_the_unit_of_the_day(tmp_path: Path) -> None:
    units = [
        unit("旅游局", end=date(2015, 3, 31)),
        unit("旅委", start=date(2015, 4, 1), end=date(2018, 10, 31), predecessor="旅游局"),
        unit("文旅委", start=date(2018, 11, 1), predecessor="旅委"),
        unit("分立前", end=date(2015, 3, 31)),
        unit("分立甲", start=date(2015, 4, 1), predecessor="分立前"),
        unit("分立乙", start=date(2015, 4, 1), predecessor="分立前"),
    ]
    accounts = [
        account("文旅委", "1"),
        account("旅游局", "2"),
        account("分立前", "3"),
        account("分立甲", "4"),
    ]
    roster = publish(tmp_path, units, accounts)

    def owners(day: date) -> dict[str, str]:
        seen = roster.on(day).accounts
        return {row["uid"]: row["unit"] for row in seen.to_pylist()}

    assert owners(date(2015, 1, 1)) == {"1": "旅游局", "2": "旅游局", "3": "分立前", "4": "分立前"}
    assert owners(MID_2015) == {"1": "旅委", "2": "旅委", "4": "分立甲"}
    assert owners(date(2020, 1, 1)) == {"1": "文旅委", "2": "文旅委", "4": "分立甲"}


def test_tongnan_changes_within_2015(plain: Roster) -> None:
    assert plain.region_name("500223", date(2015, 5, 31)) == "潼南县"
    assert plain.region_name("500223", date(2015, 6, 1)) == "潼南区"
    assert plain.region_name("500152", date(2015, 5, 31)) == "潼南县"
    assert plain.places.code_on("500223", MID_2015) == "500152"
    assert {"潼南区", "荣昌区", "开县", "梁平县", "武隆县"} <= {
        str(row["name"]) for row in plain.children("50", MID_2015)
    }
    assert plain.region_name("500234", date(2016, 9, 1)) == "开州区"
    day = plain.on(MID_2015)
    assert day.region_name("500223", date(2015, 5, 31)) == "潼南县"
    assert "500223" not in day.regions["adcode"].to_pylist()
    assert plain.region_name("509999", MID_2015) is None


@pytest.mark.parametrize(
    ("table", "day"), [("201412", date(2014, 12, 31)), ("201506", MID_2015), ("201904", date(2019, 4, 30))]
)
def test_regions_of_a_day_are_the_code_table_of_that_day(
    plain: Roster, shared: Path, table: str, day: date
) -> None:
    with (shared / "data" / "divisions" / f"gbt2260_{table}.csv").open(encoding="utf-8") as file:
        expected = {row["code"]: row["name"] for row in csv.DictReader(file)}
    found = plain.on(day).regions
    assert dict(zip(found["adcode"].to_pylist(), found["name"].to_pylist(), strict=True)) == expected
    assert len(plain.children("500000", day)) == 38


def test_no_division_vanishes_for_a_while() -> None:
    spans = Counter(
        (row["adcode"], row["name"])
        for row in regions().to_pylist()
        if row["start"] and row["start"].year >= 2010
    )
    assert max(spans.values()) == 1
    assert len(regions()) > 6000


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("潼南县", "潼南"),
        ("彭水苗族土家族自治县", "彭水"),
        ("重庆市", "重庆"),
        ("内蒙古自治区", "内蒙古"),
        ("忠县", "忠"),
    ],
)
def test_stems(name: str, short: str) -> None:
    assert stem(name) == short


def test_populations_of_chongqing_add_up(plain: Roster) -> None:
    def total(year: int, kind: str, day: date) -> int:
        found = [plain.population(str(row["adcode"]), year, kind) for row in plain.children("50", day)]
        return sum(one.people for one in found if one is not None)

    city = plain.population("50", 2014)
    assert city is not None
    assert (city.people, city.estimate) == (29_914_000, False)
    assert total(2014, "常住", date(2014, 12, 31)) == 29_914_000
    assert total(2014, "常住", MID_2015) == 29_914_000
    assert total(2015, "常住", date(2015, 12, 31)) == 30_165_500
    assert total(2010, "常住", date(2014, 12, 31)) == 28_846_170
    assert total(2010, "户籍", date(2014, 12, 31)) == 33_149_845


def test_a_population_is_found_under_any_code_of_the_place_and_says_what_it_is(plain: Roster) -> None:
    old, new = plain.population("500223", 2014), plain.population("500152", 2014)
    assert old == new
    assert old is not None
    assert old.estimate
    assert old.source.startswith("估计：")
    assert plain.population("500223", 2013) is None
    assert plain.population("500223", 2015, "户籍") is None


def test_the_shipped_census_is_the_published_one(shared: Path) -> None:
    with (shared / "data" / "population" / "chongqing_38_population.csv").open(encoding="utf-8-sig") as file:
        census = {row["code_2014_12"]: int(row["census_2010"]) for row in csv.DictReader(file)}
    rows = shipped().to_pylist()
    ours = {row["adcode"]: row["people"] for row in rows if (row["year"], row["kind"]) == (2010, "常住")}
    assert {code: people for code, people in ours.items() if code != "500000"} == census
    assert {row["estimate"] for row in rows if row["year"] == 2010} == {False}
    assert {row["estimate"] for row in rows if row["year"] > 2010 and row["adcode"] != "500000"} == {True}
