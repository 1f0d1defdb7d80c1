"""weibo-crawler CSV: one account's timeline. The file keeps its first header while later runs append
rows of other layouts, so each row is read by its own width.

Known widths and what they hold were found by running eleven historical versions of the tool.
"""

from __future__ import annotations

import re
from typing import Any

from jianwei.intake import values
from jianwei.intake.grid import Grid, Row
from jianwei.intake.lines import cell_reader, numbered
from jianwei.intake.records import Record, Seen, marks
from jianwei.intake.source import Layout, Refused
from jianwei.model import account_id

__all__ = ["comments", "fits", "layout", "seen"]

_VERSION = "1"

_BASE_14 = ("id", "bid", "正文", "头条文章url", "原始图片url", "视频url", "位置", "日期", "工具", "点赞数",
            "评论数", "转发数", "话题", "@用户")  # fmt: skip
_BASE_15 = (*_BASE_14, "完整日期")
_BASE_16 = (*_BASE_15[:6], "Live Photo视频url", *_BASE_15[6:])
_BASE_18 = (*_BASE_16, "是否编辑过", "编辑次数")
_BASES = {14: _BASE_14, 15: _BASE_15, 16: _BASE_16, 18: _BASE_18}

_REPOST = {31: 14, 33: 15, 35: 16, 37: 18, 39: 18}
"""Width of a repost's row → width of its own part; 是否原创 and the source post follow."""

_HEADERS = {14: "2022-03 前", 31: "2022-03 前", 15: "2024-01", 33: "2024-01", 16: "2025-11", 35: "2025-11",
            18: "2025-12", 39: "2025-12"}  # fmt: skip
_MISHEADED = {(14, 15), (14, 16), (31, 16), (31, 33), (15, 16), (33, 17), (33, 35)}
_FLAGS = ("True", "False")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def fits(header: list[str]) -> bool:
    """Whether a header is one of this format's."""
    return header[:3] == ["id", "bid", "正文"] and "点赞数" in header and "日期" in header


def comments(header: list[str]) -> bool:
    """Whether a header is of the tool's comment files, which stand beside the posts."""
    return {"weibo_id", "user_screen_name", "text", "like_count"} <= set(header)


def layout(grid: Grid, header: list[str], uid: str, name: str | None) -> Layout:
    """How to read an account's file; the header row itself is already taken off the grid."""
    widths: set[int] = set()
    notes = []
    for row in grid.peek(50):
        widths.add(len(row.cells))
    if any((len(header), width) in _MISHEADED for width in widths):
        notes.append(("mis_headed", "表头与各行错位（这一代工具的已知毛病），已按每行的宽度对齐"))
    return Layout(
        format="weibo-crawler",
        era=_HEADERS.get(len(header), f"{len(header)} 列"),
        scope="timeline",
        version=_VERSION,
        lines=numbered(grid),
        parse=lambda row: _parse(row, header, uid, name),
        retry=lambda line: line._replace(raw=grid.split(line.value).raw),
        notes=tuple(notes),
    )


def _parse(row: Row, header: list[str], uid: str, name: str | None) -> list[Record] | None:
    if row.cells == header:
        return None
    if row.broken:
        raise Refused("row_width", "", f"这一行不是完整的 CSV：{row.broken}", "请从来源重新导出")
    cells = [cell for cell in row.cells if not str(cell).startswith("{'sentiment'")]
    base, original, source = _shape(cells, header)
    at: dict[str, Any] = dict(zip(_BASES[base], cells, strict=False))
    if not _DATE.match(str(at["日期"])):
        what = f"「日期」处是“{str(at['日期'])[:20]}”，这一行不是已知的布局"
        raise Refused("row_width", "日期", what, "常见原因是行被截断或错位")
    return [seen(at, uid, name, original, source)]


def _shape(cells: list[Any], header: list[str]) -> tuple[int, bool | None, str | None]:
    """Width of the post's own part, whether it is original, id of the source post."""
    width = len(cells)
    flag = bool(cells) and cells[-1] in _FLAGS
    if width in (15, 16, 17, 19) and flag:
        return width - 1, True, None
    if width in _BASES:
        # Only the original-only mode writes rows without a flag; then every row is an original.
        return width, True if "是否原创" not in header else None, None
    if width in _REPOST:
        base = _REPOST[width]
        return (
            base,
            str(cells[base]) == "True",
            values.identifier(cells[base + 3]) if cells[base + 3] else None,
        )
    what = f"有 {width} 格，不是任何一代的行宽"
    raise Refused("row_width", "", what, "常见原因是行被截断，或正文里的逗号没有加引号")


def seen(at: dict[str, Any], uid: str, name: str | None, original: bool | None, source: str | None) -> Seen:
    """A post from the tool's columns by name. Raises Refused."""
    get = cell_reader(at)
    mid = get("id", values.identifier)
    likes, commented, reposts = (get(name, values.count) for name in ("点赞数", "评论数", "转发数"))
    full = at.get("完整日期")
    return Seen(
        post_key=f"weibo:{mid}",
        account_id=account_id("weibo", uid),
        published_at=get.moment("完整日期" if full else "日期"),
        original=original,
        pictures=_links(at.get("原始图片url")),
        video=_present(at.get("视频url")),
        long_text=_present(at.get("头条文章url")),
        repost_of=f"weibo:{source}" if source else None,
        reposts=reposts.value,
        comments=commented.value,
        likes=likes.value,
        censored=marks(
            reposts=reposts.censored or reposts.value == 1_000_000,
            comments=commented.censored or commented.value == 1_000_000,
            likes=likes.censored or likes.value == 1_000_000,
        ),
        rounded=marks(reposts=reposts.rounded, comments=commented.rounded, likes=likes.rounded),
        account_name=name,
        text=values.text(at.get("正文")),
        link=f"https://weibo.com/{uid}/{at['bid']}" if at.get("bid") else None,
        topics=values.text(at.get("话题")),
    )


def _links(cell: Any) -> int:
    text = "" if cell is None else str(cell).strip()
    return text.count(",") + 1 if text and text != "无" else 0


def _present(cell: Any) -> bool:
    return ("" if cell is None else str(cell).strip()) not in ("", "无")
