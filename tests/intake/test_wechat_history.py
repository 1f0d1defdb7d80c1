"""Push histories: titles and times without counts, several articles a push."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.intake.made import whole

LINK = "http:\\/\\/mp.weixin.qq.com\\/s?__biz=MzA3NTE5MzQzMA==&amp;mid={}&amp;idx={}&amp;sn=b"


def item(mid: int, idx: int, **known: Any) -> dict[str, Any]:
    return {
        "title": f"标题{idx}",
        "digest": "",
        "content_url": LINK.format(mid, idx),
        "copyright_stat": 11,
        **known,
    }


def push(number: int, others: int = 0, **known: Any) -> dict[str, Any]:
    first = item(2655077856 + number, 1) | {
        "multi_app_msg_item_list": [
            item(2655077856 + number, 2 + n, copyright_stat=100) for n in range(others)
        ]
    }
    return {
        "comm_msg_info": {"id": number, "type": 49, "datetime": 1430785963 + number},
        "app_msg_ext_info": first,
        **known,
    }


@pytest.mark.parametrize("form", ["lines", "array", "list"])
def test_every_article_of_every_push(tmp_path: Path, form: str) -> None:
    pushes = [push(1, 2), push(2)]
    path = tmp_path / "history.json"
    text = (
        "\n".join(map(json.dumps, pushes))
        if form == "lines"
        else json.dumps(pushes if form == "array" else {"list": pushes})
    )
    path.write_text(text, "utf-8")
    found = whole(path)
    assert [row["post_key"].split(":", 2)[2] for row in found.readings] == [
        "2655077857:1",
        "2655077857:2",
        "2655077857:3",
        "2655077858:1",
    ]
    assert [row["headline"] for row in found.readings] == [True, False, False, True]
    assert [row["declared_original"] for row in found.readings] == [True, False, False, True]
    assert found.readings[0]["published_at"] == datetime(2015, 5, 5, 8, 32, 44)
    assert {row["reads"] for row in found.readings} == {None}
    assert (found.source.scope, found.source.rows_taken) == ("timeline", 2)


def test_pushes_that_hold_no_article(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    text_only = {"comm_msg_info": {"type": 1, "datetime": 1430785963}}
    gone = push(3) | {"app_msg_ext_info": item(1, 1, content_url="")}
    broken = push(4) | {"app_msg_ext_info": None}
    path.write_text("\n".join(map(json.dumps, [push(1), text_only, gone, broken])) + '\n{"comm', "utf-8")
    found = whole(path)
    assert [code for _, code, _ in found.refused] == ["no_article", "no_link", "bad_record", "row_width"]
    assert len(found.readings) == 1


@pytest.mark.parametrize("name", ["history_共青团中央.jsonl", "history_南方周末.jsonl"])
def test_real_files(shared: Path, name: str) -> None:
    found = whole(shared / "data" / "wechat" / name, now=datetime(2026, 11, 23))
    assert (found.source.rows_taken, found.source.rows_quarantined) == (30, 0)
    assert len({row["account_id"] for row in found.readings}) == 1
    assert len(found.readings) >= 30
