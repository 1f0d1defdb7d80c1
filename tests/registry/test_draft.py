"""Accounts of the lake that nobody registered become a template that can be imported unchanged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import python_calamine

from jianwei.registry import Seen
from jianwei.registry.guess import unit_name
from jianwei.roster import Roster

NOW = datetime(2020, 6, 1)


def seen(family: str, uid: str, name: str, certified: str = "", posts: int = 3) -> Seen:
    first, last = datetime(2020, 5, 17, 8), datetime(2020, 5, 18, 22)
    return Seen(
        f"{family}:{uid}", family, uid, name, first, last, posts, certified, "政府" if certified else ""
    )


LAKE = [
    seen("weibo", "2803301701", "人民日报", "人民日报法人微博"),
    seen("weibo", "1000002", "故宫博物院", "故宫博物院官方微博"),
    seen("wechat", "gh_000000000001", "微故宫", "故宫博物院"),
    seen("weibo", "1000003", '=奇怪, 的"名字"', ""),
    seen("weibo", "1000004", "", ""),
    seen("douyin", "dy1", "故宫抖音", ""),
]


def test_a_draft_is_imported_unchanged_and_then_nothing_is_unknown(book: Any, tmp_path: Path) -> None:
    path = tmp_path / "起草.xlsx"
    assert book.draft(LAKE, path) == 6
    done = book.import_files([path], strict=True, now=NOW)
    assert done.applied
    assert [issue for issue in done.issues if issue.level != "note"] == []
    assert done.tallies["accounts"].new == 6
    roster = Roster.load(book.space / "roster")
    assert set(roster.accounts["account_id"].to_pylist()) == {one.account_id for one in LAKE}
    palace = [row for row in roster.accounts.to_pylist() if row["certified_as"].startswith("故宫")]
    assert len({row["unit"] for row in palace}) == 1
    assert [row["platform"] for row in palace] == ["微博", "微信订阅号"]
    assert all(row["note"].startswith("待核对") for row in roster.units.to_pylist())
    assert "2020-05-17 至 2020-05-18" in palace[0]["note"]
    second = tmp_path / "再起草.xlsx"
    assert book.draft(LAKE, second) == 0
    assert not second.exists()


def test_a_draft_is_stable(book: Any, tmp_path: Path) -> None:
    def rows(path: Path) -> list[list[Any]]:
        return python_calamine.load_workbook(str(path)).get_sheet_by_name("单位").to_python()

    book.draft(LAKE, tmp_path / "1.xlsx")
    book.draft(LAKE[::-1], tmp_path / "2.xlsx")
    assert rows(tmp_path / "1.xlsx") == rows(tmp_path / "2.xlsx")
    orders = [row[1] for row in rows(tmp_path / "1.xlsx")[1:]]
    assert orders == ["10", "20", "30", "40", "50"]


def test_accounts_of_a_registered_body_are_put_under_it(
    book: Any, sheet: Callable[..., Path], tmp_path: Path
) -> None:
    rows = [["单位编码", "排序号", "全称"], ["GG", "125", "故宫博物院"]]
    book.import_files([sheet(rows)], now=NOW)
    book.draft(LAKE[:3], tmp_path / "起草.xlsx")
    book.import_files([tmp_path / "起草.xlsx"], now=NOW)
    roster = Roster.load(book.space / "roster")
    assert roster.units.select(["code", "order"]).to_pylist() == [
        {"code": "GG", "order": 125},
        {"code": "D-weibo-2803301701", "order": 130},
    ]
    assert roster.accounts["unit"].to_pylist() == ["GG", "GG", "D-weibo-2803301701"]
    assert roster.openings.select(["unit", "platform", "status"]).to_pylist() == [
        {"unit": "GG", "platform": "微博", "status": "有账号"},
        {"unit": "GG", "platform": "微信订阅号", "status": "有账号"},
        {"unit": "D-weibo-2803301701", "platform": "微博", "status": "有账号"},
        {"unit": "D-weibo-2803301701", "platform": "微信订阅号", "status": "未普查"},
    ]


@pytest.mark.parametrize(
    ("certified", "unit"),
    [
        ("重庆市环境保护局官方微博", "重庆市环境保护局"),
        ("重庆市人民政府新闻办公室官方政务微博", "重庆市人民政府新闻办公室"),
        ("人民日报法人微博", "人民日报法人"),
        ("微博", "微博"),
        ("", "昵称"),
    ],
)
def test_units_are_guessed_from_the_certification(certified: str, unit: str) -> None:
    assert unit_name(seen("weibo", "1", "昵称", certified)) == unit
