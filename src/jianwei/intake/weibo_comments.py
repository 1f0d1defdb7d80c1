"""weibo-crawler's comment files, `<昵称>_comments.csv`, which stand beside the posts."""

from __future__ import annotations

from jianwei.intake import files, remark, values
from jianwei.intake.given import Given
from jianwei.intake.grid import Grid, Row
from jianwei.intake.lines import CellReader, Refused, half, whole
from jianwei.intake.records import Record
from jianwei.intake.source import Layout

__all__ = ["fits", "layout"]

_VERSION = "1"
_NEEDED = frozenset(("id", "weibo_id", "created_at", "user_screen_name", "text", "like_count"))


def fits(header: list[str]) -> bool:
    """Whether a header is of the tool's comments."""
    return set(header) >= _NEEDED


def layout(grid: Grid, header: list[str], given: Given) -> Layout:
    """How to read a file; the header row itself is already taken off the grid.

    The file is named after the account, so that its own answers are known by the name. Raises
    DataError where a column stands twice.
    """
    given.once(header)
    own = files.title(given.path).split("_", 1)[0]
    name = remark.namer(given.options.secret)

    def parse(row: Row) -> list[Record] | None:
        whole(row)
        cells = ["" if cell is None else cell for cell in row.cells]
        if cells[: len(header)] == header:
            return None
        if row.lines and len(cells) != len(header):
            if row.cut and len(cells) < len(header):
                raise half(row, len(header))
            what = f"有 {len(cells)} 格，表头有 {len(header)} 格"
            raise Refused("row_width", "", what, "常见原因是行被截断，或评论里的逗号没有加引号")
        at = dict(zip(header, cells, strict=False))
        writer = CellReader(at)("user_screen_name", values.text)
        return [remark.weibo(at, name, by_account=None if writer is None else writer == own)]

    return Layout(
        format="weibo-crawler-comments",
        era=f"{len(header)} 列",
        scope="comments",
        version=_VERSION,
        rows=grid,
        parse=parse,
        split=grid.split,
    )
