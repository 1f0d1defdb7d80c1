"""Forms damaged in every way: none stops the judge, and no row is lost or counted twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.forms.filled import Book, Sheet
from tests.forms.office import Bench, truth

CELLS = st.one_of(
    st.none(),
    st.integers(-10, 10**18),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.text(max_size=12).filter(lambda word: "\0" not in word),
    st.sampled_from(
        ["10万+", "1.2万", "-", "无", "2015-06", "2015-07", "合计", "9.0E+09", "９０", "=1+1", "9000000002", "发布U02",
         "#REF!", "2015-06-03 10:00", "https://m.weibo.cn/detail/3860000000000001", "2015年6月", "未掌握", "1,234"]
    ),
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(lambda when: when.replace(microsecond=0)),
)  # fmt: skip
EDITS = st.lists(
    st.tuples(st.sampled_from(["cell", "row", "drop", "twice", "rename", "sheet", "paste"]), st.integers(0, 40),
              st.integers(0, 30), CELLS),
    max_size=8,
)  # fmt: skip


def damage(book: Book, edits: list[tuple[str, int, int, Any]]) -> None:
    """Do to a book what people do."""
    for number, (kind, row, column, cell) in enumerate(edits):
        sheet: Sheet = book.sheets[(row + column) % len(book.sheets)]
        if not sheet.cells:
            continue
        line = sheet.cells[row % len(sheet.cells)]
        match kind:
            case "cell" if line:
                line[column % len(line)] = cell
            case "row":
                sheet.cells.remove(line)
            case "drop":
                for one in sheet.cells:
                    del one[column % max(1, len(one)) : column % max(1, len(one)) + 1]
            case "twice":
                sheet.cells.append(list(line))
            case "rename":
                sheet.name = f"表{number}"
            case "sheet" if len(book.sheets) > 1:
                book.sheets.remove(sheet)
            case "paste":
                sheet.cells += [[cell, "2015-06-03", "文", "原创", "图文", 1, 2, 3, 4, None]] * (row % 4)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITS)
def test_no_damage_stops_the_judge(bench: Bench, edits: list[tuple[str, int, int, Any]]) -> None:
    judged = bench.judge("U01", truth, lambda book: damage(book, edits))
    stated = {one.spot for one in judged.good} | {one.spot for one in judged.details}
    assert judged.rows <= sum(len(page.rows) for page in judged.returned.pages)
    assert len(judged.refused) <= judged.rows
    assert not {spot for spot in stated if spot in judged.refused and spot in judged.skipped} - set(
        judged.refused
    )
    for one in judged.good:
        assert one.account_id in {"weibo:9000000001", "wechat:gh_u010000000"}
        assert one.month.label == "2015-06"
        assert all(value is None or value >= 0 for value in one.found.stated().values())
    for issue in judged.issues:
        assert issue.where.file
        assert issue.what
        assert issue.hint or issue.level == "note"
