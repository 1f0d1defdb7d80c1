"""Cells by name: what cannot be read refuses the row and says which field, in the file's own words."""

from __future__ import annotations

from datetime import datetime

import pytest

from jianwei.intake import lines, values
from jianwei.intake.grid import Row
from jianwei.intake.lines import CellReader, Refused


def test_cells_by_name() -> None:
    get = CellReader({"转发数": "1.2万", "发布时间": "昨天 10:30"})
    assert get("转发数", values.count) == values.Count(12_000, rounded=True)
    assert get("没有这列", values.count) == values.Count(None)
    assert get.moment("发布时间", anchor=datetime(2015, 5, 6)) == datetime(2015, 5, 5, 10, 30)


def test_a_refusal_names_the_field_as_people_do() -> None:
    with pytest.raises(Refused, match="不是计数") as caught:
        CellReader({"转发数": "很多"})("转发数", values.count)
    assert (caught.value.code, caught.value.field) == ("bad_count", "转发数")
    assert caught.value.hint
    with pytest.raises(Refused) as caught:
        CellReader({"published_at": "321"}, {"published_at": "发布时间"}).moment("published_at")
    assert (caught.value.code, caught.value.field) == ("bad_time", "发布时间")


def test_broken_and_half_rows() -> None:
    lines.whole(Row(3, ["a"]))
    with pytest.raises(Refused, match="引号没有成对") as caught:
        lines.whole(Row(3, [], ('"a\n',), "引号没有成对"))
    assert caught.value.code == "row_width"
    assert lines.half(Row(9, ["a", "b"]), 21).reason == "只有 2 格，应有 21 格，文件在这一行中断"
