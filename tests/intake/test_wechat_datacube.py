"""The official datacube: sums against daily rows, users against times, and whose it is."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.intake.made import unusable, whole

ACCOUNT = "wechat:gh_0123456789ab"


def saved(path: Path, rows: list[Any], **more: Any) -> Path:
    path.write_text(json.dumps({"list": rows, **more}, ensure_ascii=False), "utf-8")
    return path


def article(*days: dict[str, Any], number: int = 200000006, place: int = 1) -> dict[str, Any]:
    return {"ref_date": "2015-05-01", "msgid": f"{number}_{place}", "publish_type": 0, "title": "标题", "content_url": "https://mp.weixin.qq.com/s/x",
            "detail_list": list(days)}  # fmt: skip


def day(number: int, reads: int | None, **more: Any) -> dict[str, Any]:
    return {
        "stat_date": f"2015-05-{number:02d}",
        "read_user": reads,
        "share_user": 1,
        "zaikan_user": 2,
        "like_user": 3,
        "comment_count": 0,
        **more,
    }


@pytest.mark.parametrize(
    ("reads", "told"),
    [([100, 150, 180], 180), ([100, 50, 30], 180), ([7], 7), ([None, 5], 5), ([None], None), ([5, 5, 5], 5)],
)
def test_sums_take_the_last_day_and_daily_rows_are_added(
    tmp_path: Path, reads: list[int | None], told: int | None
) -> None:
    rows = [article(*(day(1 + place, one) for place, one in enumerate(reads)))]
    found = whole(saved(tmp_path / "detail.json", rows, is_delay=False), account=ACCOUNT)
    [reading] = found.readings
    assert reading["reads"] == told
    assert reading["read_basis"] == (None if told is None else "users")
    assert reading["observed_at"] == datetime(2015, 5, 1 + len(reads))
    assert (reading["account_id"], reading["headline"], reading["wow"]) == (ACCOUNT, True, 2)


def test_the_older_interfaces_count_times(tmp_path: Path) -> None:
    details: list[dict[str, Any]] = [
        {
            "stat_date": f"2015-05-0{n}",
            "target_user": 10,
            "int_page_read_user": n,
            "int_page_read_count": 10 * n,
            "share_user": 1,
            "share_count": n,
        }
        for n in (1, 2)
    ]
    rows: list[Any] = [{"ref_date": "2015-05-01", "msgid": "10000050_1", "title": "a", "details": details}]
    [reading] = whole(saved(tmp_path / "total.json", rows), account=ACCOUNT).readings
    assert (reading["reads"], reading["read_basis"], reading["shares"]) == (20, "views", 2)
    rows = [
        {
            "ref_date": "2015-05-01",
            "msgid": "10000050_2",
            "title": "a",
            "int_page_read_user": 3,
            "int_page_read_count": 8,
            "share_count": 0,
        }
    ]
    [reading] = whole(saved(tmp_path / "summary.json", rows), account=ACCOUNT).readings
    assert (reading["reads"], reading["shares"], reading["headline"]) == (8, 0, False)


def test_followers_and_their_changes(tmp_path: Path) -> None:
    rows = [
        {"ref_date": "2015-05-01", "cumulate_user": 1217056},
        {"ref_date": "2015-05-02", "cumulate_user": None},
    ]
    found = whole(saved(tmp_path / "cumulate.json", rows), account=ACCOUNT)
    assert [(row["followers"], row["observed_at"]) for row in found.tables["followers"]] == [
        (1217056, datetime(2015, 5, 1, 23, 59, 59))
    ]
    assert [code for _, code, _ in found.refused] == ["empty_row"]
    rows = [
        {"ref_date": "2015-05-01", "user_source": source, "new_user": new, "cancel_user": 0}
        for source, new in ((99999999, 9), (1, 5), (17, 4))
    ]
    found = whole(saved(tmp_path / "changes.json", rows), account=ACCOUNT)
    [total] = found.tables["totals"]
    assert (total["new_followers"], total["lost_followers"], total["start"], total["end"]) == (
        9,
        0,
        date(2015, 5, 1),
        date(2015, 5, 1),
    )
    assert [code for _, code, _ in found.refused] == ["part_of_whole"] * 2


def test_days_of_an_account(tmp_path: Path) -> None:
    rows = [
        {"ref_date": "2015-05-01", "detail": {"read_user": 30, "share_user": 0, "send_page_count": 2}},
        {"ref_date": "2015-05-02", "detail": {"read_user": None}},
    ]
    found = whole(saved(tmp_path / "biz.json", rows), account=ACCOUNT)
    [total] = found.tables["totals"]
    assert (total["reads"], total["shares"], total["posts"], total["read_basis"], total["likes"]) == (
        30,
        0,
        2,
        "users",
        None,
    )
    assert len(found.refused) == 1


def test_nobody_says_whose_it_is(tmp_path: Path) -> None:
    path = saved(tmp_path / "x.json", [article(day(1, 1))])
    assert unusable(path).code == "account_needed"
    assert unusable(path, account="weibo:2803301701").code == "account_needed"


@pytest.mark.parametrize(
    "broken", [{"msgid": "1"}, {"detail_list": []}, {"detail_list": "x"}, {"ref_date": "昨日"}]
)
def test_records_that_cannot_be_read(tmp_path: Path, broken: dict[str, Any]) -> None:
    found = whole(
        saved(tmp_path / "x.json", [article(day(1, 1)), article(day(1, 1)) | broken]), account=ACCOUNT
    )
    assert (len(found.readings), len(found.refused)) == (1, 1)
