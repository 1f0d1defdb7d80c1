"""Who is in a world: ids told apart, the published counts of organs, every planted part, openings."""

from __future__ import annotations

import base64
from collections import Counter
from datetime import date

import pytest

from jianwei.demo.cast import SIX_NAMES, Cast
from jianwei.demo.districts import DECIDED, DISTRICTS, RENAMED, UNSURVEYED
from jianwei.demo.parts import PARTS
from jianwei.demo.world import World


@pytest.fixture(scope="module")
def who(made_world: World) -> Cast:
    return made_world.cast


def test_codes_orders_and_ids_are_unique(who: Cast) -> None:
    assert len({unit.code for unit in who.units}) == len(who.units)
    assert len({unit.order for unit in who.units}) == len(who.units)
    assert len({account.account_id for account in who.accounts}) == len(who.accounts)
    names = Counter((account.platform, account.name) for account in who.accounts)
    assert [name for name, count in names.items() if count > 1] == []


def test_ids_are_none_that_a_real_account_had(who: Cast) -> None:
    for account, biz in zip(who.accounts, who.biz, strict=True):
        assert account.uid is not None
        if account.platform == "微博":
            assert account.uid.isdigit()
            assert (len(account.uid), account.uid[0], biz) == (10, "9", "")
        else:
            assert account.uid.startswith("gh_9demo")
            assert base64.b64decode(biz).decode().startswith("9")


def test_accounts_belong_to_units_that_exist_and_superiors_too(who: Cast) -> None:
    codes = {unit.code for unit in who.units}
    for account, unit in zip(who.accounts, who.of, strict=True):
        assert account.unit == who.units[unit].code
    for one in who.units:
        assert {one.parent, one.supervisor, one.predecessor} - {""} <= codes
        assert one.code not in (one.parent, one.supervisor, one.predecessor)


def test_main_accounts_of_the_city_and_of_districts(who: Cast) -> None:
    main = [place for place, account in enumerate(who.accounts) if account.main]
    city = [place for place in main if who.municipal[place]]
    assert (sum(who.weibo[city]), len(city)) == (39, 52)
    assert int(who.district_main.sum()) == 91
    assert len(set(who.adcodes[who.district_main & who.weibo])) == 38
    assert len(set(who.adcodes[who.district_main & ~who.weibo])) == 19


def test_every_unit_on_a_platform_has_one_main_account_there(who: Cast) -> None:
    main = Counter((a.unit, a.platform[:2]) for a in who.accounts if a.main)
    assert set(main.values()) == {1}
    assert set(main) == {(a.unit, a.platform[:2]) for a in who.accounts}


def test_every_planted_part_is_there_and_plays_its_role(who: Cast) -> None:
    assert set(who.parts) == set(PARTS.values())
    names = {district.adcode: district.name for district in DISTRICTS}
    for (district, pattern), part in PARTS.items():
        unit = who.units[who.of[who.parts[part]]]
        assert (names[unit.adcode], unit.name) == (district, pattern.format(r=district))
        assert unit.category == "参评"
        assert who.accounts[who.parts[part]].platform == "微博"
    assert who.accounts[who.parts["opened_in_march"]].opened == date(2015, 3, 9)
    closed = who.accounts[who.parts["closed"]]
    assert (closed.status, closed.closed, closed.main) == ("已注销", date(2015, 4, 16), False)
    assert int((~who.open_at_end).sum()) == 1


def test_the_renamed_unit_follows_its_predecessor_and_keeps_the_account(who: Cast) -> None:
    old = next(unit for unit in who.units if unit.end is not None)
    new = next(unit for unit in who.units if unit.predecessor == old.code)
    assert (old.adcode, new.adcode) == (RENAMED[1], RENAMED[3])
    assert (old.end, new.start) == (date(2015, 5, 31), date(2015, 6, 1))
    accounts = [account for account in who.accounts if account.unit in (old.code, new.code)]
    assert {account.unit for account in accounts} == {new.code}
    assert any("潼南县发布" in account.aliases for account in accounts)


def test_openings_say_who_decided_against_and_who_was_never_asked(who: Cast) -> None:
    own = {unit.code: unit.adcode for unit in who.units if unit.system in ("外宣", "党政综合")}
    adcodes = {district.name: district.adcode for district in DISTRICTS}
    told: dict[str, set[str]] = {}
    for row in who.openings:
        if row.platform.startswith("微信") and row.unit in own:
            told.setdefault(own[row.unit], set()).add(row.status)
    assert told[adcodes[DECIDED]] == {"确认未开通"}
    assert told[adcodes[UNSURVEYED]] == {"未普查"}
    assert {code for code, said in told.items() if "未普查" in said} == {adcodes[UNSURVEYED]}


def test_openings_never_contradict_the_accounts(who: Cast) -> None:
    has = {(account.unit, account.platform[:2]) for account in who.accounts}
    rows = Counter((row.unit, row.platform[:2]) for row in who.openings)
    assert set(rows.values()) == {1}
    for row in who.openings:
        assert (row.status == "有账号") == ((row.unit, row.platform[:2]) in has)
        assert (row.checked is None) == (row.status == "未普查")
    alive = {unit.code for unit in who.units if unit.end is None}
    missing = {(code, word) for code in alive for word in ("微博", "微信")} - has
    assert missing <= set(rows)


def test_planted_units_without_wechat_decided_so(who: Cast) -> None:
    planted = {who.units[who.of[place]].code for place in who.parts.values()}
    said = {row.unit: row.status for row in who.openings if row.platform.startswith("微信")}
    assert {said[code] for code in planted} == {"确认未开通"}


def test_some_ordinary_accounts_opened_within_the_period_and_named_ones_did_not(who: Cast) -> None:
    late = {place for place, a in enumerate(who.accounts) if a.opened and a.opened >= date(2015, 1, 1)}
    assert late & set(who.levels) == set()
    assert late & set(who.parts.values()) == {who.parts["opened_in_march"]}
    assert len(late) > 1


def test_the_six_systems_are_all_there(who: Cast) -> None:
    assert set(SIX_NAMES) <= {unit.system for unit in who.units}
