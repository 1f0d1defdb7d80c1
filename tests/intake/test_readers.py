"""Every known file is claimed by one reader only, whatever the order in which they are asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianwei.intake import readers
from jianwei.intake.databases import Database
from jianwei.intake.objects import Objects
from jianwei.intake.template import TEMPLATES
from tests.intake import (
    test_media_crawler,
    test_wechat_download,
    test_wechat_exporter,
    test_weibo_api,
    test_weibo_archiver,
    test_weibo_comments,
    test_weibo_sfm,
    test_weibo_spider,
    test_weibo_super_stats,
    test_weibo_users,
)
from tests.intake.made import SEARCH, search_header

HEADERS = {
    "weibo-search": SEARCH,
    "weibo-search 16": search_header(16),
    "weibo-crawler": [
        "id",
        "bid",
        "正文",
        "头条文章url",
        "原始图片url",
        "视频url",
        "位置",
        "日期",
        "工具",
        "点赞数",
        "评论数",
        "转发数",
        "话题",
        "@用户",
    ],
    "comments": test_weibo_comments.HEADER,
    "users": test_weibo_users.USERS,
    "weiboSpider": test_weibo_spider.ALL,
    "SFM": test_weibo_sfm.HEADER,
    "weibo_super_stats": test_weibo_super_stats.HEADER,
    "weiboSpider only": test_weibo_spider.ONLY,
    "MediaCrawler": test_media_crawler.NEW,
    "MediaCrawler old": test_media_crawler.OLD,
    "MediaCrawler comments": list(test_media_crawler.comment(1)),
    "exporter": test_wechat_exporter.NEW,
    "exporter old": test_wechat_exporter.OLD,
    "wechatDownload": test_wechat_download.HEADER,
    **{f"template {name}": [column.title for column in one.columns] for name, one in TEMPLATES.items()},
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_has_one_reader(name: str) -> None:
    own = [reader for reader in readers.TABLES if reader.fits(list(HEADERS[name]))]
    wide = readers.TABLES[-1]  # our own templates are known by any words for their columns
    assert len([reader for reader in own if reader is not wide]) <= 1
    assert own


@pytest.mark.parametrize(
    "path",
    [
        "formats/wechat-article-exporter.json",
        "formats/weibo-crawler_1988438334.json",
        "wechat/history_南方周末.jsonl",
    ],
)
def test_a_file_of_objects_has_one_reader(shared: Path, path: str) -> None:
    assert sum(reader.fits(Objects(shared / "data" / path)) for reader in readers.OBJECTS) == 1


@pytest.mark.parametrize("name", ["weibo-crawler_weibodata.db", "weibo-search.db"])
def test_a_database_has_one_reader(shared: Path, name: str) -> None:
    database = Database(shared / "data" / "formats" / name)
    assert sum(reader.fits(database) for reader in readers.DATABASES) == 1


def test_files_of_one_object_have_one_reader(tmp_path: Path) -> None:
    archive = test_weibo_archiver.archive(tmp_path / "a.json", [test_weibo_archiver.post(1)])
    page = test_weibo_api.saved(tmp_path / "b.json", test_weibo_api.page(test_weibo_api.status(1)))
    for path in (archive, page):
        assert sum(reader.fits(Objects(path)) for reader in readers.OBJECTS) == 1
