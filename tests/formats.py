"""docs/formats.md: what every reader makes of real files and of files written as the tools write them.

    uv run python -m tests.formats      writes docs/formats.md

`tests/test_formats.py` fails where the page does not say what the readers do.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from jianwei.intake import Options, Source, read
from tests.intake import (
    eras,
    test_forms,
    test_media_crawler,
    test_neighbours,
    test_wechat_datacube,
    test_wechat_download,
    test_wechat_exporter,
    test_wechat_history,
    test_weibo_comments,
    test_weibo_json,
    test_weibo_lines,
    test_weibo_spider,
    test_weibo_stores,
    test_weibo_users,
)
from tests.intake.made import UID, csv_file, hit, search_file

__all__ = ["PAGE", "page", "samples"]

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "formats.md"
SHARED = ROOT.parent / "shared" / "data"
NOW = datetime(2026, 11, 24)
OWNER = {
    "ccyl_2020-01_weiboSpider_format.csv": "weibo:3937348351",
    "peoples_daily_2020-04-15_2020-05-17.csv": "weibo:2803301701",
}
"""Accounts of real files whose names do not tell them."""

_ALWAYS = frozenset((
    "pub_month", "platform", "source_file", "source_row", "sha256", "parser", "parser_version", "scope", "observed_from",
    "observed_at", "post_key", "account_id", "published_at", "comment_key", "start", "end",
))  # fmt: skip
_SCOPES = {
    "timeline": "账号全部发布",
    "listing": "所列账号的发布",
    "search": "检索片段",
    "form": "汇总",
    "profile": "账号资料",
    "comments": "评论",
}

HEAD = """# 收得下的文件

<!-- 由 `uv run python -m tests.formats` 对真实文件和按各工具写法生成的文件逐一导入后写出，请勿手改 -->

格式按内容识别，不看扩展名；同一工具的各代布局分别认。每行一种格式的一代：读了多少行、收下多少、重复多少、多少进入待处理记录，
以及收下的行填了哪些字段。没有列出的字段，这种文件里没有，一律按未掌握处理，不当作零。其他表格见映射一页（`docs/映射.md`）。

| 来源 | 格式 | 代 | 说明什么 | 文件 | 读 | 收 | 重复 | 待处理 | 填了的字段 |
| --- | --- | --- | --- | --: | --: | --: | --: | --: | --- |
"""


@dataclass
class _Line:
    """What came of all files of one format and era."""

    scope: str
    files: int = 0
    read: int = 0
    taken: int = 0
    duplicate: int = 0
    quarantined: int = 0
    filled: dict[str, None] = field(default_factory=dict)


def page() -> str:
    """The page. Raises FileNotFoundError where the real files are not beside the repository."""
    with tempfile.TemporaryDirectory() as folder:
        real = _lines(_real())
        made = _lines(samples(Path(folder)))
    rows = [*_told("真实文件", real), *_told("测试所写", made)]
    return HEAD + "\n".join(rows) + "\n"


def _told(origin: str, lines: dict[tuple[str, str], _Line]) -> Iterator[str]:
    for (format_, era), one in sorted(lines.items()):
        fields = "、".join(f"`{name}`" for name in sorted(one.filled))
        yield (
            f"| {origin} | {format_} | {era} | {_SCOPES[one.scope]} | {one.files} | {one.read:,} | {one.taken:,} | "
            f"{one.duplicate:,} | {one.quarantined:,} | {fields} |"
        )


def _lines(paths: Iterator[tuple[Path, str | None]]) -> dict[tuple[str, str], _Line]:
    found: dict[tuple[str, str], _Line] = {}
    for path, account in paths:
        options = Options(now=NOW, account=account, registered=(f"weibo:{UID}",))
        for source in read(path, options):
            line = found.setdefault((source.format, source.era), _Line(source.scope))
            _add(line, source)
    return found


def _add(line: _Line, source: Source) -> None:
    filled: dict[str, None] = {}
    for table, rows in source.batches():
        if table != "quarantine":
            for name in rows.schema.names:
                if name not in _ALWAYS and rows.column(name).null_count < rows.num_rows:
                    filled[name] = None
    line.files += 1
    line.read += source.rows_read
    line.taken += source.rows_taken
    line.duplicate += source.rows_duplicate
    line.quarantined += source.rows_quarantined
    line.filled |= filled


def _real() -> Iterator[tuple[Path, str | None]]:
    """Every real file of the folders that hold posts and profiles."""
    for folder in ("formats", "weibo", "wechat"):
        for path in sorted((SHARED / folder).rglob("*")):
            if path.is_file() and path.suffix in (".csv", ".json", ".jsonl", ".xlsx", ".db"):
                era = path.parent.name == "weibo-crawler-eras"
                yield path, f"weibo:{UID}" if era else OWNER.get(path.name)


def samples(folder: Path) -> Iterator[tuple[Path, str | None]]:
    """Files that the tests write, one a format."""
    spider, lines = test_weibo_spider, test_weibo_lines
    media, exporter = test_media_crawler, test_wechat_exporter
    download, history = test_wechat_download, test_wechat_history
    comments, stores = test_weibo_comments, test_weibo_stores

    def table(name: str, rows: list[Any]) -> Path:
        return csv_file(folder / name, rows)

    def objects(name: str, rows: list[Any]) -> Path:
        path = folder / name
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
        return path

    yield (
        search_file(
            folder / "检索.csv", [hit(1), hit(2, 转发数="1.2万"), hit(2, 转发数="1.2万"), hit(3, 点赞数="x")]
        ),
        None,
    )
    yield table(f"a/{UID}.csv", [spider.ONLY, spider.row(spider.ONLY), spider.ONLY]), None
    yield table("重庆微发布_comments.csv", [comments.HEADER, comments.row(1), comments.row(2)]), None
    yield table("media-old.csv", media.rows(media.OLD, media.note(), media.note(1, liked_count="x"))), None
    yield objects("media-new.jsonl", [{key: media.note()[key] for key in media.NEW}]), None
    yield objects("media-comments.jsonl", [media.comment(1), media.comment(2)]), None
    yield (
        table("exporter-old.csv", [exporter.OLD, exporter.row(1)[1:], exporter.row(2, (0, 0, 0, 0, 0))[1:]]),
        None,
    )
    yield table("download.csv", [download.HEADER, download.row(1, "1", "2", "3", "{}")]), None
    yield objects("history.jsonl", [history.push(1, 2), history.push(2)]), None
    yield objects("tweets.jsonl", [lines.tweet(1, reads_count=5000), lines.tweet(2)]), None
    yield objects("users.jsonl", [lines.USER | {"crawl_time": 1435000000}]), None
    for place, name in enumerate(eras.ERAS):
        owner = folder / f"era{place}"
        owner.mkdir()
        yield eras.timeline(owner / f"{UID}.csv", name), None
    yield (
        table(
            "users.csv", [test_weibo_users.USERS, test_weibo_users.user(), test_weibo_users.user(粉丝数="")]
        ),
        None,
    )
    document = test_weibo_json.document(test_weibo_json.post(1), test_weibo_json.post(2))
    yield objects(f"{UID}.json", [document]), None
    yield objects("articles.json", [[exporter.raw(1, readNum=12), exporter.raw(2)]]), None
    cube = test_wechat_datacube
    yield objects("detail.json", [{"list": [cube.article(cube.day(1, 100), cube.day(2, 150))]}]), cube.ACCOUNT
    for place, rows in enumerate(test_neighbours.TABLES.values()):
        owner = folder / f"neighbour{place}"
        owner.mkdir()
        yield csv_file(owner / f"{UID}.csv", rows), None
    yield table("汇总.csv", [test_forms.KIND, test_forms.ROW]), None
    stores.crawled(folder / "weibodata.db")
    yield folder / "weibodata.db", None


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
