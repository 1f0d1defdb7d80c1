"""Files as tools leave them: encodings, ends of lines, dates; the same cells, the same bytes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
from python_calamine import CalamineWorkbook

from jianwei.demo import files

_DAY = datetime(2015, 7, 6, 9, 30)


def test_a_csv_has_its_encoding_its_line_above_and_rows_ended_as_windows_does(tmp_path: Path) -> None:
    path = tmp_path / "表" / "一.csv"
    files.text(path, ["甲", "乙"], ["1,2", "3,"], changed=_DAY, encoding="gb18030", before="说明")
    assert path.read_bytes().decode("gb18030") == "说明\r\n甲,乙\r\n1,2\r\n3,\r\n"
    files.text(path, ["甲"], [], changed=_DAY)
    assert path.read_bytes() == b"\xef\xbb\xbf" + "甲\r\n".encode()


def test_a_file_is_dated_in_beijing_time(tmp_path: Path) -> None:
    for path in (tmp_path / "a.csv", tmp_path / "a.xlsx"):
        if path.suffix == ".csv":
            files.text(path, ["甲"], ["1"], changed=_DAY)
        else:
            files.book(path, {"表": [("甲",)]}, changed=_DAY)
        assert path.stat().st_mtime == 1_436_146_200  # 2015-07-06 01:30 UTC


def test_long_ids_stay_text_and_empty_cells_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    files.book(
        path, {"一": [("甲", "乙"), ("3501756485200075", None), ("=1+1", "")], "二": [(7,)]}, changed=_DAY
    )
    book = CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == ["一", "二"]
    assert book.get_sheet_by_name("一").to_python() == [["甲", "乙"], ["3501756485200075", ""], ["=1+1", ""]]
    assert book.get_sheet_by_name("二").to_python() == [[7.0]]


def test_a_workbooks_bytes_depend_on_its_cells_alone(tmp_path: Path) -> None:
    made = []
    for folder in ("一", "二"):
        path = tmp_path / folder / "同.xlsx"
        files.book(path, {"表": [("甲", "乙")]}, changed=_DAY)
        made.append(path.read_bytes())
    assert made[0] == made[1]
    files.book(path, {"表": [("甲", "丙")]}, changed=_DAY)
    assert path.read_bytes() != made[0]


def test_columns_are_joined_cell_by_cell() -> None:
    one, two = pa.array(["a", "b"]), files.numbers(np.array([1, 3_501_756_485_200_075]))
    assert files.listed(files.lines(one, two)) == ["a,1", "b,3501756485200075"]
    assert files.listed(files.joined(one, one)) == ["aa", "bb"]
