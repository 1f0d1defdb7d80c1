"""Links to posts: the author and the mid, from a mid or a bid."""

from __future__ import annotations

import pytest

from jianwei.intake import weibo_link
from jianwei.intake.lines import Refused


@pytest.mark.parametrize(
    "link",
    ["https://weibo.com/1988438334/z0JH2lOMb", "http://m.weibo.cn/1988438334/3501756485200075?from=page", "weibo.com/1988438334/z0JH2lOMb#comment"],
)  # fmt: skip
def test_both_ids_give_the_mid(link: str) -> None:
    assert weibo_link.post(link, "链接") == ("1988438334", "3501756485200075")


@pytest.mark.parametrize(
    ("link", "code"),
    [(None, "missing_link"), ("", "missing_link"), ("https://weibo.com/u/1988438334", "bad_link"),
     ("https://weibo.com.evil.cn/1988438334/z0JH2lOMb", "bad_link"), ("https://weibo.com/1988438334/ZZZZZZZZ", "bad_link")],
)  # fmt: skip
def test_other_links_are_refused(link: str | None, code: str) -> None:
    with pytest.raises(Refused) as caught:
        weibo_link.post(link, "链接")
    assert (caught.value.code, caught.value.field) == (code, "链接")
