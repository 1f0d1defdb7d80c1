"""Small source files as tools write them, and a registry workbook, for tests of workspaces."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]  # has no stubs

CRAWLER = ("id", "bid", "正文", "头条文章url", "原始图片url", "视频url", "位置", "日期", "工具", "点赞数", "评论数",
           "转发数", "话题", "@用户", "是否原创")  # fmt: skip
UNIT = ("单位编码", "排序号", "全称", "系统", "区划代码", "参评类别")
ACCOUNT = ("单位编码", "平台", "账号名称", "UID/原始ID", "主账号", "状态")

FIRST = 3_838_374_783_294_000


def timeline(folder: Path, uid: str, posts: Sequence[tuple[int, str, int, int, int]]) -> Path:
    """A weibo-crawler CSV: (number, day, likes, comments, reposts) of each post."""
    path = folder / f"账号{uid[-3:]}" / f"{uid}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [
        f"{FIRST + 1000 * int(uid[-3:]) + number}\t,,第{number}条政策解读,,,,,{day},微博 weibo.com,{likes},{comments},{reposts},,,True"
        for number, day, likes, comments, reposts in posts
    ]
    path.write_text("\r\n".join([",".join(CRAWLER), *rows]) + "\r\n", "utf-8-sig", newline="")
    return path


def register(path: Path, units: Sequence[tuple[str, str]], accounts: Sequence[tuple[str, str, str]]) -> Path:
    """A registry workbook. units: (code, name). accounts: (unit, name, uid) on Weibo."""
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("单位")
        rows = [(code, str(n), name, "", "500000", "参评") for n, (code, name) in enumerate(units, 1)]
        for n, row in enumerate([UNIT, *rows]):
            sheet.write_row(n, 0, row)
        sheet = book.add_worksheet("账号")
        listed = [(unit, "微博", name, uid, "是", "正常") for unit, name, uid in accounts]
        for n, row in enumerate([ACCOUNT, *listed]):
            sheet.write_row(n, 0, row)
    return path
