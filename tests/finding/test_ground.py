"""The ground of findings: the census with its flags, as the register and the day have it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jianwei.finding.ground import census, members_of_accounts
from jianwei.period import Period
from tests.finding import big
from tests.finding.city import H1, City, lay, regions
from tests.world import World, account, unit


def _known(account_id: str) -> str | None:
    return None if ":?" in account_id else account_id


def test_the_census_has_the_flags_that_the_oracle_has(city: City) -> None:
    rows = census(city.world.roster, H1, "500000", city.ground.regions).to_pylist()
    flags = {
        (_known(row["account_id"]), row["unit"], row["platform"]): (
            row["open_at_end"], bool(row["certified"]), row["main"], row["municipal"], row["district"], row["analysed"],
        )
        for row in rows
    }  # fmt: skip
    wanted = {
        (one["key"], one["unit"], one["family"]): (
            one["open"], one["certified"], one["main"], one["municipal"], one["district"], one["analysed"],
        )
        for one in city.oracle.accounts
    }  # fmt: skip
    assert flags == wanted
    assert len(rows) == len(city.oracle.accounts)
    assert {row["adcode"] for row in rows if row["unit"][0] == "T"} == {
        "500152"
    }  # both units of 潼南, by the code of the day


def test_the_region_has_the_code_and_the_name_of_the_day(tmp_path: Path) -> None:
    world = World(tmp_path, [unit("M"), unit("T", adcode="500152")], [account("T", "1")])
    for period, code, name in (("2015H1", "500152", "潼南区"), ("2014H1", "500223", "潼南县")):
        when = Period.parse(period)
        (row,) = census(world.roster, when, "500000", regions(world, when.end)).to_pylist()
        assert (row["adcode"], row["region"], row["district"]) == (code, name, True)


def test_an_account_without_an_id_is_counted_and_has_no_data(city: City) -> None:
    rows = city.ground.rows("SELECT account_id, unit FROM census WHERE account_id LIKE '%:?%'")
    assert [(row["account_id"].split("?")[0], row["unit"]) for row in rows] == [("wechat:", "S3")]
    grades = {row["account_id"]: row["grade"] for row in city.ground.measures.accounts.to_pylist()}
    assert grades[rows[0]["account_id"]] == "none"


def test_accounts_of_no_known_unit_and_of_other_platforms_are_left_out(tmp_path: Path) -> None:
    accounts = [account("A", "1"), account("GONE", "2"), account("A", "3", "抖音")]
    world = World(tmp_path, [unit("A")], accounts)
    rows = census(world.roster, H1, "500000", {}).to_pylist()
    assert [row["account_id"] for row in rows] == ["weibo:1"]


@pytest.mark.parametrize(
    ("more", "open_at_end"),
    [
        ({}, True),
        ({"closed": date(2015, 6, 30)}, False),
        ({"closed": date(2015, 7, 1)}, True),
        ({"opened": date(2015, 6, 30)}, True),
        ({"status": "已注销"}, False),
    ],
)
def test_who_is_open_at_the_periods_end(tmp_path: Path, more: dict[str, object], open_at_end: bool) -> None:
    world = World(tmp_path, [unit("A")], [account("A", "1", **more)])
    (row,) = census(world.roster, H1, "500000", {}).to_pylist()
    assert row["open_at_end"] is open_at_end


def test_what_the_register_does_not_know_is_told(tmp_path: Path) -> None:
    bare = World(tmp_path / "a", [unit("A")], [account("A", "1", main=None, certified_as="")])
    full = World(tmp_path / "b", [unit("A")], [account("A", "1")])
    with bare.connect() as con:
        ground = lay(con, bare)
        assert (ground.certification_known, ground.main_known) == (False, False)
    with full.connect() as con:
        ground = lay(con, full)
        assert (ground.certification_known, ground.main_known) == (True, True)


def test_each_account_is_its_own_key() -> None:
    import pyarrow as pa

    keys = members_of_accounts(pa.table({"account_id": ["weibo:1"], "platform": ["weibo"], "unit": ["A"]}))
    assert keys.to_pylist() == [{"key": "weibo:1", "account_id": "weibo:1", "platform": "weibo"}]


def test_findings_carry_the_versions_they_come_from(city: City) -> None:
    one = city.ground.absent("X", "个", "定义", "没有数据")
    assert (one.lake_version, one.roster_version, one.value) == ("v", city.world.roster.version, None)


def test_the_small_city_has_every_kind_of_account(city: City) -> None:
    assert {one["source"] for one in city.oracle.accounts} == {"posts", "totals", "fragments", "none"}
    rows = city.ground.measures.accounts.to_pylist()
    sources = {_known(row["account_id"]): row["source"] for row in rows}
    assert sources == {one["key"]: one["source"] for one in city.oracle.accounts}
    assert len(big.units()) == 15
