"""mid and bid: pairs seen on weibo.com, and the way there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.intake import weibo_id

SEEN = {"z0JH2lOMb": "3501756485200075", "ImTGkcdDn": "4454572602912349", "J2jNWlIVi": "4505527885177576"}


@pytest.mark.parametrize("bid", SEEN)
def test_pairs_seen_on_the_site(bid: str) -> None:
    assert weibo_id.mid(bid) == SEEN[bid]
    assert weibo_id.bid(SEEN[bid]) == bid


@given(st.integers(1, 10**17))
def test_there_and_back(number: int) -> None:
    assert weibo_id.mid(weibo_id.bid(str(number))) == str(number)


@pytest.mark.parametrize("word", ["", "z0JH2lOM!", "微博", "a" * 13, "zzzzZZZZ"])
def test_what_is_no_bid_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match="不是微博短编号"):
        weibo_id.mid(word)


@pytest.mark.parametrize("word", ["", "12a", "１２", "-5"])
def test_what_is_no_mid_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match="不是微博编号"):
        weibo_id.bid(word)


def test_a_bid_tells_when_a_spreadsheet_has_rounded_the_mid() -> None:
    assert weibo_id.checked("z0JH2lOMb", "3501756485200075") == "z0JH2lOMb"
    assert weibo_id.checked("z0JH2lOMb", "3501756485200070") is None
    # Another post's bid, or none of this site, says nothing about rounding.
    assert weibo_id.checked("ImTGkcdDn", "3501756485200070") == "ImTGkcdDn"
    assert weibo_id.checked("Cg4kqAbcd", "3838374783294101") == "Cg4kqAbcd"


@pytest.mark.parametrize("cell", [None, "", "无", "a b", "x" * 13, "../../etc", "坏\udc80", 5])
def test_what_is_no_bid_goes_into_no_link(cell: object) -> None:
    assert weibo_id.checked(cell, "3501756485200070") == ""
