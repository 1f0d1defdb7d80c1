"""Links of WeChat articles, however often they were escaped."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.intake.lines import Refused
from jianwei.intake.wechat_link import article

LINK = (
    "http://mp.weixin.qq.com/s?__biz=MzI4NjAxNjY4Nw==&mid=2650239213&idx=1&sn=38e7&scene=27#wechat_redirect"
)


@pytest.mark.parametrize(
    "link", [LINK, html.escape(LINK), html.escape(html.escape(LINK)), LINK.replace("/", "\\/"), f" {LINK}\n"]
)
def test_one_article_however_it_is_written(link: str) -> None:
    told = article(link, "链接")
    assert (told.key, told.headline) == ("wechat:MzI4NjAxNjY4Nw==:2650239213:1", True)
    assert told.link == LINK


@pytest.mark.parametrize(
    "link",
    [
        "",
        None,
        "https://mp.weixin.qq.com/s/AbCdEf",
        LINK.replace("mid=", "m="),
        LINK.replace("idx=1", "idx=一"),
        LINK.replace("MzI4", "中文"),
    ],
)
def test_what_names_no_article(link: str | None) -> None:
    with pytest.raises(Refused) as caught:
        article(link, "链接")
    assert (caught.value.code, caught.value.field) == ("no_link", "链接")


@given(st.text())
def test_any_text_is_refused_or_names_an_article(text: str) -> None:
    try:
        told = article(text, "链接")
    except Refused:
        return
    assert told.key.count(":") == 3
