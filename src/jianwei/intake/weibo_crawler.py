"""weibo-crawler CSV: one account's timeline. The file keeps its first header while later runs append
rows of other layouts, so each row is read by its own width.

Known widths and what they hold were found by running eleven historical versions of the tool.
"""

from __future__ import annotations

import contextlib
import re
from typing import Any

from jianwei.intake import values, weibo_id
from jianwei.intake.given import Given
from jianwei.intake.grid import Grid, Row
from jianwei.intake.lines import CellReader, Refused, half, whole
from jianwei.intake.records import Record, Seen, marks
from jianwei.intake.source import Layout, Note
from jianwei.model import account_id

__all__ = ["comments", "fits", "layout", "seen"]

_VERSION = "2"
_LOOKED_AT = 50

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
_FLAGS = {"True": True, "TRUE": True, "False": False, "FALSE": False}
"""是否原创 as the tool writes it, and as Excel saves it again."""

_FLAGGED = (15, 16, 17, 19)
_WIDTHS = sorted({*_BASES, *_FLAGGED, *_REPOST})
_DATE = re.compile(r"\d{4}([-/])\d{1,2}\1\d{1,2}(?!\d)")


def fits(header: list[str]) -> bool:
    """Whether a header is one of this format's."""
    return header[:3] == ["id", "bid", "正文"] and "点赞数" in header and "日期" in header


def comments(header: list[str]) -> bool:
    """Whether a header is of the tool's comment files, which stand beside the posts."""
    return {"weibo_id", "user_screen_name", "text", "like_count"} <= set(header)


def layout(grid: Grid, header: list[str], given: Given) -> Layout:
    """How to read an account's file; the header row itself is already taken off the grid.

    Raises DataError where nobody says whose it is.
    """
    uid, name = given.owner("weibo-crawler 的微博文件")
    widths = {len(row.cells) for row in grid.peek(_LOOKED_AT)}
    notes: tuple[Note, ...] = ()
    if any((len(header), width) in _MISHEADED for width in widths):
        notes = (Note("mis_headed", "表头与各行错位（这一代工具的已知毛病），已按每行的宽度对齐"),)
    flagged = "是否原创" in header

    def parse(row: Row) -> list[Record] | None:
        whole(row)
        if row.cells[:3] == header[:3]:
            return None
        cells = [cell for cell in row.cells if not str(cell).startswith("{'sentiment'")]
        if row.cut and _ends_early(cells, header):
            raise half(row, max(len(header), len(cells) + 1))
        if grid.padded or (len(row.cells) == len(header) and cells[-1] == ""):
            cells = _unfilled(cells, flagged)
        own, original, source = _shape(cells, flagged)
        return [seen(own, uid, name, original, source)]

    return Layout(
        format="weibo-crawler",
        era=_HEADERS.get(filled := len([title for title in header if title]), f"{filled} 列"),
        scope="timeline",
        version=_VERSION,
        rows=grid,
        parse=parse,
        split=grid.split,
        notes=notes,
    )


def _ends_early(cells: list[Any], header: list[str]) -> bool:
    """Whether a last row without a line end is half a row: 是否编辑过 may look like 是否原创 then."""
    if "是否原创" not in header:
        return len(cells) < len(header)
    return len(cells) <= header.index("是否原创") or (
        len(cells) not in _REPOST and _FLAGS.get(cells[-1]) is not True
    )


def _unfilled(cells: list[Any], flagged: bool) -> list[Any]:
    """A row that a spreadsheet has filled up to the widest one, as the tool wrote it.

    Cells at the end of a row may have been blank from the first: the narrowest known layout that
    the row fits is taken. In a sheet blanks are None and flags are truth values.
    """
    words = ["" if cell is None else str(cell) if isinstance(cell, bool) else cell for cell in cells]
    filled = max((place for place, cell in enumerate(words, start=1) if cell != ""), default=0)
    for width in _WIDTHS:
        if filled <= width <= len(words):
            with contextlib.suppress(Refused):
                _shape(words[:width], flagged)
                return words[:width]
    return words


def _shape(cells: list[Any], flagged: bool) -> tuple[dict[str, Any], bool | None, str | None]:
    """The post's own cells by column, whether it is original, id of the source post. Raises Refused.

    flagged: whether the header has 是否原创. Only the original-only mode writes rows without a flag;
    in a file with one, nothing is known of a row that lacks it.
    """
    width = len(cells)
    original: bool | None = None if flagged else True
    source = None
    if width in _FLAGGED and cells[-1] in _FLAGS:
        base, original = width - 1, _FLAGS[cells[-1]]
    elif width in _BASES:
        base = width
    elif width in _REPOST and cells[_REPOST[width]] in _FLAGS:
        base = _REPOST[width]
        original = _FLAGS[cells[base]]
        if not values.blank(cells[base + 3]):
            source = CellReader({"源微博id": cells[base + 3]})("源微博id", values.number_id)
    else:
        what = (
            "各格错位，「是否原创」处不是真假" if width in _REPOST else f"有 {width} 格，不是任何一代的行宽"
        )
        raise Refused("row_width", "", what, "常见原因是行被截断，或正文里的逗号没有加引号")
    own = dict(zip(_BASES[base], cells, strict=False))
    if not _DATE.match(str(own["日期"])):
        what = f"「日期」处是“{values.shown(str(own['日期']), 20)}”，这一行不是已知的布局"
        raise Refused("row_width", "日期", what, "常见原因是行被截断或错位")
    return own, original, source


def seen(at: dict[str, Any], uid: str, name: str | None, original: bool | None, source: str | None) -> Seen:
    """A post from the tool's columns by name. Raises Refused."""
    get = CellReader(at)
    mid = get("id", values.number_id)
    bid = weibo_id.checked(at.get("bid"), mid)
    if bid is None:
        raise Refused("mangled_id", "id", f"id“{mid}”与 bid 不符，末几位被 Excel 改动过", values.AS_TEXT)
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
        text=get("正文", values.text),
        link=f"https://weibo.com/{uid}/{bid}" if bid else None,
        topics=get("话题", values.text),
    )


def _links(cell: Any) -> int:
    if isinstance(cell, list):
        return len(cell)
    text = "" if cell is None else str(cell).strip()
    return text.count(",") + 1 if text and text != "无" else 0


def _present(cell: Any) -> bool:
    return ("" if cell is None else str(cell).strip()) not in {"", "无"}
