"""Posts written by hand: eleven, within the period, of accounts that exist."""

from __future__ import annotations

from datetime import date

from jianwei.demo.showcase import MURDER, SHOWCASE, TEN_THOUSAND_PLUS, VIRAL
from jianwei.demo.stars import DISTRICT_STARS, GRASSROOTS_STARS, MUNICIPAL
from jianwei.demo.weibo import FORMS
from jianwei.demo.wording import FUNCTIONS

_EVERY = (*SHOWCASE, *TEN_THOUSAND_PLUS, MURDER, VIRAL)


def test_eleven_posts_of_as_many_accounts_over_both_platforms() -> None:
    assert len(SHOWCASE) == 11
    assert len({(special.account, special.platform) for special in SHOWCASE}) == 11
    assert {special.platform for special in SHOWCASE} == {"微博", "微信"}
    assert len({special.function for special in SHOWCASE}) >= 4


def test_accounts_exist_and_days_lie_within_the_period() -> None:
    weibo = {star.weibo_name for star in MUNICIPAL} | {row[0] for row in DISTRICT_STARS.values()}
    weibo |= {row[0] for row in GRASSROOTS_STARS.values()} | {""}
    wechat = {star.wechat_name for star in MUNICIPAL} | {row[1] for row in DISTRICT_STARS.values()}
    for special in _EVERY:
        assert special.account in (weibo if special.platform == "微博" else wechat)
        assert date(2015, 1, 1) <= special.day <= date(2015, 6, 30)


def test_forms_and_functions_are_known_and_counts_fit_the_platform() -> None:
    for special in _EVERY:
        assert special.form in FORMS
        assert special.function in FUNCTIONS
        if special.platform == "微信":
            assert (special.reposts, special.comments) == (0, 0)
            assert special.reads > special.likes > 0
        else:
            assert special.reads == 0


def test_the_murder_is_a_police_notice_and_no_showcase() -> None:
    assert "警情通报" in MURDER.text
    assert MURDER not in SHOWCASE
    assert (MURDER.reposts, MURDER.comments, MURDER.likes) == (0, 0, 0)
