"""Posts in our own templates: keys from links, WeChat's words for places and caps, forms of content."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from jianwei.intake import form_posts, template
from tests.intake.made import NOW, csv_file, whole

ACCOUNT = "weibo:1988438334"
WECHAT_LINK = "http://mp.weixin.qq.com/s?__biz=MzI4NjAx==&amp;mid=2650238548&amp;idx=2&amp;sn=98"


def rows(tmp_path: Path, kind: Any, *filled: dict[str, Any], **told: Any) -> Any:
    header = template.header(kind)
    blank = dict.fromkeys(header, "")
    return whole(
        csv_file(tmp_path / "明细.csv", [header, *(list((blank | cells).values()) for cells in filled)]),
        **told,
    )


def weibo(**cells: Any) -> dict[str, Any]:
    return {
        "UID": "1988438334",
        "发布时间": "2015-05-05 10:12",
        "正文摘要": "一图读懂",
        "转发": 12,
        "评论": 3,
    } | cells


def wechat(**cells: Any) -> dict[str, Any]:
    return {
        "微信号/原始ID": "gh_1",
        "标题": "政策解读",
        "发布时间": "2015-05-05",
        "阅读次数": 800,
        "点赞": 5,
    } | cells


@pytest.mark.parametrize(
    ("link", "key"),
    [
        ("https://weibo.com/1988438334/ImTGkcdDn", "weibo:4454572602912349"),
        ("https://weibo.com/1988438334/ImTGkcdDn?from=page&type=comment", "weibo:4454572602912349"),
        ("https://m.weibo.cn/detail/4454572602912349", "weibo:4454572602912349"),
        ("m.weibo.cn/status/ImTGkcdDn", "weibo:4454572602912349"),
        ("https://m.weibo.cn/1988438334/4454572602912349", "weibo:4454572602912349"),
        ("https://weibo.com/u/1988438334/ImTGkcdDn", "weibo:4454572602912349"),
    ],
)
def test_a_weibo_link_gives_the_posts_key(tmp_path: Path, link: str, key: str) -> None:
    assert rows(tmp_path, "weibo_posts", weibo(链接=link)).readings[0]["post_key"] == key


@pytest.mark.parametrize(
    "link", ["", "https://weibo.com/1988438334/profile", "https://weibo.com/u/1988438334", "见附件"]
)
def test_posts_without_a_link_of_their_own_are_known_by_time_and_words(tmp_path: Path, link: str) -> None:
    found = rows(
        tmp_path,
        "weibo_posts",
        weibo(链接=link),
        weibo(链接=link, 正文摘要="另一条"),
        weibo(链接=link, 转发=13),
    )
    keys = [row["post_key"] for row in found.readings]
    assert keys[0] == keys[2] != keys[1]
    assert all(key.startswith(f"{ACCOUNT}:") for key in keys)
    assert found.source.rows_taken == 3


def test_a_post_of_weibo(tmp_path: Path) -> None:
    found = rows(
        tmp_path,
        "weibo_posts",
        weibo(
            **{
                "原创/转发": "原创",
                "形式": "视频",
                "阅读": "10万+",
                "点赞": "1.2万",
                "取数时间": "2015-06-30",
                "账号": "重庆微发布",
            }
        ),
        weibo(**{"原创/转发": "转发", "正文摘要": "二", "转发": 0, "评论": ""}),
        weibo(**{"原创/转发": "", "正文摘要": "三", "取数时间": "2015-05-05"}),
    )
    first, second, third = found.readings
    assert (first["original"], first["video"], first["pictures"]) == (True, True, 0)
    assert (first["reads"], first["read_basis"], first["censored"]) == (100_001, "views", "reads")
    assert (first["likes"], first["rounded"], first["account_name"]) == (12_000, "likes", "重庆微发布")
    assert (first["observed_at"], first["observed_from"]) == (datetime(2015, 6, 30, 23, 59, 59), "row")
    assert (second["original"], second["reposts"], second["comments"], second["reads"]) == (
        False,
        0,
        None,
        None,
    )
    assert (second["observed_at"], second["observed_from"]) == (NOW, "mtime")
    assert [third[name] for name in ("original", "pictures", "video", "long_text", "read_basis")] == [
        None
    ] * 5
    # A bare day of taking the counts means its end, so a post of the same day is not from the future.
    assert third["observed_at"] == datetime(2015, 5, 5, 23, 59, 59)
    assert found.refused == []
    assert found.source.observed_from == "row"


def test_a_post_of_wechat(tmp_path: Path) -> None:
    found = rows(
        tmp_path,
        "wechat_posts",
        wechat(链接=WECHAT_LINK, 声明原创="是", 在看="2"),
        wechat(链接=WECHAT_LINK.replace("idx=2", "idx=1"), 阅读次数="100001"),
        wechat(头条="次条", 阅读次数="", 阅读人数=300, 分享次数="4", 留言="{}"),
        wechat(**{"微信号/原始ID": "", "链接": WECHAT_LINK, "阅读次数": 900}),
    )
    first, second, third, fourth = found.readings
    assert first["post_key"] == fourth["post_key"] == "wechat:MzI4NjAx==:2650238548:2"
    assert (first["headline"], first["declared_original"], first["original"]) == (False, True, None)
    assert (first["reads"], first["read_basis"], first["wow"], first["likes"]) == (800, "views", 2, 5)
    assert (second["headline"], second["reads"], second["censored"]) == (True, 100_001, "reads")
    assert (third["headline"], third["reads"], third["read_basis"]) == (False, 300, "users")
    assert (third["shares"], third["comments"]) == (4, None)
    assert third["post_key"].startswith("wechat:gh_1:")
    assert fourth["account_id"] == "wechat:MzI4NjAx=="
    assert found.tables["texts"][0]["link"] == WECHAT_LINK.replace("&amp;", "&")
    assert found.tables["texts"][0]["title"] == "政策解读"


@pytest.mark.parametrize(
    ("cells", "code", "field"),
    [
        ({"发布时间": ""}, "missing_time", "发布时间"),
        ({"发布时间": "昨天 10:30"}, "relative_time", "发布时间"),
        ({"发布时间": "2015-07-02"}, "future", "发布时间"),
        ({"取数时间": "2015-07-02"}, "future", "取数时间"),
        ({"取数时间": "2015-05-04"}, "observed_before_published", "取数时间"),
        ({"原创/转发": "也许"}, "bad_truth", "原创/转发"),
        ({"形式": "口号"}, "unknown_form", "形式"),
        ({"点赞": "很多"}, "bad_count", "点赞"),
        ({"UID": ""}, "no_account", "UID"),
    ],
)
def test_a_bad_post_names_its_field(tmp_path: Path, cells: dict[str, str], code: str, field: str) -> None:
    found = rows(tmp_path, "weibo_posts", weibo(**cells), weibo())
    assert found.refused == [(2, code, field)]
    assert len(found.readings) == 1


def test_the_accounts_biz_in_a_link() -> None:
    assert form_posts.biz({"link": WECHAT_LINK}) == "MzI4NjAx=="
    assert form_posts.biz({"link": "https://mp.weixin.qq.com/s/abc"}) is None
    assert form_posts.biz({}) is None
