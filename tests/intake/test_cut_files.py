"""A file that ends anywhere in its last row, as after a full disk or a broken download, keeps all others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jianwei.intake import template
from tests.intake import eras
from tests.intake.made import UID, hit, search_header, table_text, whole


def cuts(path: Path, rows: list[list[Any]], encoding: str) -> list[tuple[int, int, list[str]]]:
    """Cuts all over the last row: bytes left out, rows taken, codes of refusals."""
    data = table_text(rows).encode(encoding)
    begun = len(table_text(rows[:-1]).encode(encoding))
    path.parent.mkdir(parents=True, exist_ok=True)
    # A step that falls on every part of a character, which has three bytes in UTF-8, else two.
    step = 2 if encoding.startswith("utf-8") else 3
    found = []
    for end in range(begun + 2, len(data), step):
        path.write_bytes(data[:end])
        one = whole(path)
        found.append((len(data) - end, one.source.rows_taken, [code for _, code, _ in one.refused]))
    return found


@pytest.mark.parametrize(
    ("encoding", "many"),
    [("utf-8-sig", 9), ("utf-8", 9), ("utf-8-sig", 1), ("utf-8", 1), ("gb18030", 9), ("utf-16", 9)],
)
def test_a_search(tmp_path: Path, encoding: str, many: int) -> None:
    rows = [search_header(), *(hit(n, 会员等级=6) for n in range(many + 1))]
    mark = 2 if encoding == "utf-16" else 1
    for left_out, taken, codes in cuts(tmp_path / "a.csv", rows, encoding):
        # Without its line end, and perhaps without a digit of its last cell, the row is whole.
        if left_out > 3 * mark:
            assert (taken, codes) == (many, ["row_width"]), left_out


@pytest.mark.parametrize("era", ["2022-03", "2024-01", "2025-12"])
def test_a_timeline(tmp_path: Path, era: str) -> None:
    made = eras.ERAS[era]
    rows = [made.head(originals=False), *(made.row(n, originals=False) for n in (0, 2, 4))]
    for left_out, taken, codes in cuts(tmp_path / "甲" / f"{UID}.csv", rows, "utf-8-sig"):
        # Where a quoted cell is cut, each of its lines is a broken row of its own.
        if left_out > 2:
            assert (taken, set(codes)) == (2, {"row_width"}), left_out


def test_a_form(tmp_path: Path) -> None:
    header = template.header("weibo_totals")
    row = dict.fromkeys(header, "") | {"月份": "2015-05", "UID": "11111", "发布数": "120", "转发": "3450"}
    rows = [header, *(list((row | {"UID": f"1111{n}", "电话": "8888"}).values()) for n in range(3))]
    for left_out, taken, codes in cuts(tmp_path / "a.csv", rows, "utf-8-sig"):
        # Blank cells that nobody reads stand at the end of the form.
        if left_out > 10:
            assert (taken, codes) == (2, ["row_width"]), left_out
        else:
            assert taken + len(codes) == 3
