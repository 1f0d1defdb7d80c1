"""Platforms and account ids."""

from __future__ import annotations

import pytest

from jianwei.model import PLATFORMS, Account, Platform, account_id, split_account_id


def test_every_platform_has_a_family_that_a_screen_can_name() -> None:
    assert {platform.family for platform in Platform} == PLATFORMS.keys()
    for family, word in PLATFORMS.items():
        assert family.isascii()
        assert word
    assert (PLATFORMS["weibo"], PLATFORMS["wechat"]) == ("微博", "微信")


def test_both_kinds_of_wechat_are_one_family() -> None:
    assert [platform for platform in Platform if platform.family == "wechat"] == ["微信订阅号", "微信服务号"]
    assert len(PLATFORMS) == len(Platform) - 1


@pytest.mark.parametrize(("family", "uid"), [("weibo", "2803301701"), ("wechat", "gh_01"), ("other", "a:b")])
def test_an_account_id_comes_apart_as_it_was_put_together(family: str, uid: str) -> None:
    assert split_account_id(account_id(family, uid)) == (family, uid)


def test_what_is_no_account_id_is_refused() -> None:
    with pytest.raises(ValueError, match="unpack"):
        split_account_id("2803301701")


def test_an_account_knows_its_id_in_the_lake() -> None:
    one = Account("A", "微信服务号", "某号", "gh_1")
    assert (one.family, one.account_id) == ("wechat", "wechat:gh_1")
    with pytest.raises(ValueError, match="微波"):
        _ = Account("A", "微波", "某号", "1").family
