"""What is said of findings: conventions, absences, rise and fall, no claim beyond the data."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from jianwei.finding.model import Finding
from jianwei.period import Period
from jianwei.phrase import TITLES, leaders, plain, quality, scope, text_of, trend
from tests.report.example import HALF, findings, thin

FULL = findings()


def changed(id: str, **changes: Any) -> Finding:
    return dataclasses.replace(FULL[id], **changes)


def test_daily_means_say_both_conventions() -> None:
    said = plain(scope.volume(FULL, HALF))
    assert "发布微博241,139条，被转发393,009次，被评论131,330次" in said
    assert "按每月30天、共180天计，日均发布1,340条，被转发2,183次，被评论730次" in said
    assert "（按日历181天计为1,332条、2,171次、726次）" in said


def test_the_calendar_alone_is_said_once() -> None:
    same = {id: dataclasses.replace(one, alt=one.value) for id, one in FULL.items()}
    assert "日历" in plain(scope.daily(same, HALF))
    assert "按每月" not in plain(scope.daily(same, HALF))


def test_hits_of_a_search_are_never_called_a_total_and_have_no_daily_mean() -> None:
    facts = thin()
    said = plain(scope.volume(facts.findings, facts.period))
    assert said.startswith("2020年5月18日，检索到参评单位的微博653条")
    assert "不等于发布总量" in said
    assert "日均" not in said


def test_accounts_are_called_certified_only_when_the_registry_knows() -> None:
    assert "开设认证微博账号1,936个，开设认证微信账号1,024个" in plain(scope.accounts(FULL, HALF))
    facts = thin()
    said = plain(scope.accounts(facts.findings, facts.period))
    assert "认证" not in said
    assert "没有登记微信账号" in said
    assert "账号0个" not in said


def test_unsurveyed_regions_are_named_and_stay_in_the_denominator() -> None:
    said = plain(scope.opening(FULL))
    assert "政务微博开通率为100%、政务微信开通率为50%" in said
    assert "城口县的政务微信开设情况尚未普查，仍计入分母" in said


def test_followers_are_visits_not_people() -> None:
    said = plain(scope.audience(FULL, HALF))
    assert "覆盖人次为2,701.2万（各账号粉丝数相加，未去重，不等于人数）" in said
    assert "2,876个账号有期末读数" in said


@pytest.mark.parametrize("id", sorted(FULL))
def test_an_absent_finding_gives_its_reason_and_no_zero(id: str) -> None:
    said = plain(text_of(changed(id, value=None, alt=None, detail=(), absent="没有导入这类数据。"), HALF))
    assert said == f"本期未取得{TITLES[id]}：没有导入这类数据。"


@pytest.mark.parametrize("id", sorted(FULL))
def test_every_finding_has_a_sentence_that_ends(id: str) -> None:
    said = plain(text_of(FULL[id], HALF))
    assert said.endswith("。")
    assert "None" not in said
    assert "垫底" not in said


@pytest.mark.parametrize(
    ("value", "words"), [(0.152, "增长15.2%"), (-0.031, "下降3.1%"), (0.0, "持平"), (0.00001, "基本持平")]
)
def test_a_change_takes_the_right_word(value: float, words: str) -> None:
    assert f"同比{words}。" in plain(trend.growth(changed("G1", value=value)))


def test_entries_and_exits_stand_apart_from_growth() -> None:
    assert "另有210个账号只有本期末读数、26个账号只有上年同期末读数，不计入同比" in plain(
        trend.growth(FULL["G1"])
    )


@pytest.mark.parametrize(
    ("value", "words"), [(0.0123, "提高1.23个百分点"), (-0.02, "降低2个百分点"), (0.0, "基本持平")]
)
def test_shares_change_in_points(value: float, words: str) -> None:
    assert words in plain(quality.infographic(changed("F5.infographic_change", value=value)))


def test_the_holiday_effect_is_tested_against_working_days() -> None:
    level = plain(trend.holiday(FULL["F4.holiday"]))
    assert "工作日21天" in level
    assert "基本持平（下降1.52%），总量减少与工作日较少相符" in level
    fell = plain(trend.holiday(changed("F4.holiday", value=-0.0852)))
    assert "下降8.52%，可见总量减少不能只用工作日少来解释" in fell
    rose = plain(trend.holiday(changed("F4.holiday", value=0.03)))
    assert "上升3%，即当月总量少于上月，但按工作日计并未下降" in rose


def test_a_missing_month_is_named_not_drawn_as_zero() -> None:
    rows = tuple(
        {**row, "posts": None} if row["month"] == "2015-03" else row for row in FULL["F4.monthly"].detail
    )
    said = plain(trend.monthly(changed("F4.monthly", detail=rows)))
    assert "2015年3月没有取得数据，图中留空" in said
    assert "2015年2月最低，为32,871条" in said


def test_one_month_is_not_compared() -> None:
    facts = thin()
    assert "不作逐月比较" in plain(trend.monthly(facts.findings["F4.monthly"]))


def test_the_denominator_of_the_six_systems_is_said() -> None:
    said = plain(quality.systems(FULL))
    assert "合计占全部账号的39.02%、占已登记系统账号的82.8%" in said
    assert "公安系统账号最多" in said


def test_no_system_leads_when_two_share_the_top() -> None:
    rows = tuple({**row, "accounts": 10} for row in FULL["F3.systems"].detail)
    said = plain(quality.systems({"F3.systems": changed("F3.systems", detail=rows)}))
    assert "首位" not in said


def test_a_board_names_its_leaders_with_places() -> None:
    said = text_of(FULL["T3.leaders"], HALF)
    assert plain(said).startswith("在区县参评单位中，沙坪坝区委宣传部、涪陵区委宣传部")
    assert [span.address for span in said if span.name][:2] == ["T3.leaders#1", "T3.leaders#2"]
    assert any(span.text == "91.23" and span.address == "T3.leaders#1.score" for span in said)


def test_the_population_behind_a_coefficient_is_said() -> None:
    said = plain(text_of(FULL["F2.leaders"], Period.parse("2015H1")))
    assert "覆盖人次÷区域人口" in said
    assert "区域人口采用2014年常住人口，其中部分为估算值" in said


def test_one_leader_is_a_name_and_several_tie() -> None:
    alone = plain(leaders.first(changed("T3.spread_first", value="沙坪坝区委宣传部")))
    assert alone == "沙坪坝区委宣传部传播指数居区县首位。"
    tied = plain(leaders.first(changed("T3.spread_first", value=["甲", "乙"])))
    assert tied == "甲、乙传播指数居区县首位（并列）。"
