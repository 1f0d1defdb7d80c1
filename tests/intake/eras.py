"""weibo-crawler's files as its versions wrote them, transcribed from runs of the tool's own writers.

A version's header and its rows do not always agree: that is the point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.intake.made import MID, csv_file

BASE = [
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
]
FULL = [*BASE, "完整日期"]
LIVE = [*FULL[:6], "Live Photo视频url", *FULL[6:]]
EDIT = [*LIVE, "是否编辑过", "编辑次数"]
MIDDLE = ["是否原创", "源用户id", "源用户昵称"]


@dataclass(frozen=True)
class Era:
    """A version: columns of its header, of a post's own part and of a source post's part; form of 日期."""

    header: list[str]
    own: list[str]
    source: list[str]
    clock: bool

    def head(self, *, originals: bool) -> list[str]:
        """Its header in either mode; the source's columns are named as the header's own."""
        return (
            list(self.header)
            if originals
            else [*self.header, *MIDDLE, *("源" + name for name in self.header)]
        )

    def row(self, number: int, *, originals: bool) -> list[str]:
        """Post `number`; the second one is a repost, which the original-only mode leaves out."""
        own = [self._cell(name, number) for name in self.own]
        if originals:
            return own
        if number != 1:
            return [*own, "True"]
        return [*own, "False", "2803301701", "人民日报", *(self._cell(name, 90) for name in self.source)]

    def _cell(self, name: str, number: int) -> str:
        day = f"2015-05-{number % 28 + 1:02d}"
        at = f"{day}T10:12:33" if self.clock else day
        return str(
            POSTS(number).get(name, "")
            if name not in ("日期", "完整日期")
            else at
            if name == "日期"
            else f"{day} 10:12:33"
        )


def POSTS(number: int) -> dict[str, Any]:  # noqa: N802 - a table that happens to be computed
    """Cells of post `number` by column; its likes, comments and reposts differ and are odd."""
    return {
        "id": f"{MID + number}\t",
        "bid": "Cg4kqAbcd",
        "正文": f"#一图读懂#第{number}条，\n“两行”的正文",
        "原始图片url": "a.jpg,b.jpg" if number % 2 == 0 else "",
        "视频url": "" if number % 3 else "v.mp4",
        "工具": "微博 weibo.com",
        "点赞数": 321 + number,
        "评论数": 45 + number,
        "转发数": 12_001 + number,
        "话题": "一图读懂",
        "@用户": "重庆高法",
        "是否编辑过": False,
        "编辑次数": 0,
    }


ERAS: dict[str, Era] = {
    "2022-03": Era(BASE, BASE, BASE, clock=False),
    "2022-04": Era(BASE, FULL, FULL, clock=False),
    "2023-08": Era(BASE, FULL, FULL, clock=True),
    "2024-01": Era(FULL, FULL, FULL, clock=True),
    "2025-04": Era(FULL, LIVE, LIVE, clock=True),
    "2025-11": Era(LIVE, LIVE, LIVE, clock=True),
    "2025-12": Era(EDIT, EDIT, LIVE, clock=True),
}
ROW_WIDTHS = {
    "2022-03": (14, 15, 31), "2022-04": (15, 16, 33), "2023-08": (15, 16, 33), "2024-01": (15, 16, 33),
    "2025-04": (16, 17, 35), "2025-11": (16, 17, 35), "2025-12": (18, 19, 37),
}  # fmt: skip
"""Width of an original-only row, an original and a repost, as counted in the tool's own files."""


def timeline(
    path: Path, era: str, numbers: Sequence[int] = (0, 1, 2), *, originals: bool = False, **how: Any
) -> Path:
    """A file of one version in one of its modes."""
    made = ERAS[era]
    kept = [number for number in numbers if not (originals and number == 1)]
    rows = [made.row(number, originals=originals) for number in kept]
    return csv_file(path, [made.head(originals=originals), *rows], **how)
