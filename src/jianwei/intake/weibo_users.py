"""weibo-crawler's users.csv: profiles with followers, those of the first crawl: a user is never refreshed there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jianwei.intake import values
from jianwei.intake.given import Given
from jianwei.intake.grid import Grid, Row
from jianwei.intake.lines import CellReader, Refused, half, whole
from jianwei.intake.records import Audience, Record, marks
from jianwei.intake.source import Layout, Note
from jianwei.model import account_id

__all__ = ["audience", "fits", "layout"]

_FLAG, _PLACE = "是否认证", "IP属地"
_VERSION = "2"
_AGAIN = "请从来源重新导出"


def fits(header: list[str]) -> bool:
    """Whether a header is users.csv's."""
    return {"用户id", "昵称", "粉丝数", "微博数"} <= set(header)


def layout(grid: Grid, header: list[str], given: Given) -> Layout:
    """How to read users.csv; the header row itself is already taken off the grid.

    The last column came in 2022 and IP属地 in the middle in 2025; rows appended since then are of
    other layouts than the header. Which one a row has shows where its 是否认证 says True or False.
    Raises DataError for a header that has a column twice.
    """
    given.once(header)
    shapes = _shapes(header)

    def parse(row: Row) -> list[Record] | None:
        whole(row)
        if row.cells[:2] == header[:2]:
            return None
        if row.cut and len(row.cells) < len(header):
            raise half(row, len(header))
        fitting = [names for names in shapes if _fits(row.cells, names)]
        if len(fitting) != 1:
            what = f"有 {len(row.cells)} 格，表头有 {len(header)} 格，看不出各格是哪一列"
            raise Refused("row_width", "", what, _AGAIN)
        return [audience(dict(zip(fitting[0], row.cells, strict=False)))]

    return Layout(
        format="weibo-crawler-users",
        era=f"{len(header)} 列",
        scope="profile",
        version=_VERSION,
        rows=grid,
        parse=parse,
        split=grid.split,
        notes=(
            Note("first_crawl", "users.csv 中的粉丝数是首次抓取时的，以后不更新", "有 JSON 时请以 JSON 为准"),
        ),
    )


def _shapes(header: list[str]) -> list[list[str]]:
    """The header with and without IP属地; the header alone where it is not one of the tool's."""
    if "所在地" not in header or _FLAG not in header:
        return [header]
    plain = [name for name in header if name != _PLACE]
    at = plain.index("所在地") + 1
    return [plain, [*plain[:at], _PLACE, *plain[at:]]]


def _fits(cells: list[Any], names: list[str]) -> bool:
    """Whether a row's cells can stand under these names: as many or one left out at the end or added,
    blank ones beyond, and a truth value where one belongs.
    """
    beyond = [cell for cell in cells[len(names) + 1 :] if cell not in (None, "")]
    if _FLAG not in names:
        return len(cells) == len(names)
    place = names.index(_FLAG)
    return not beyond and place < len(cells) and str(cells[place]).strip().casefold() in ("true", "false")


def audience(at: Mapping[str, Any]) -> Audience:
    """A profile from the tool's columns by name. Raises Refused."""
    get = CellReader(at)
    followers, statuses = get("粉丝数", values.count), get("微博数", values.count)
    return Audience(
        account_id=account_id("weibo", get("用户id", values.number_id)),
        observed_at=None,
        observed_from="",
        followers=followers.value,
        statuses=statuses.value,
        censored=marks(followers=followers.censored, statuses=statuses.censored),
        rounded=marks(followers=followers.rounded, statuses=statuses.rounded),
        account_name=get("昵称", values.text),
        verified=get("是否认证", values.truth),
        verified_type=get("认证类型", values.text),
        verified_reason=get("认证信息", values.text),
    )
