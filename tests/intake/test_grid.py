"""Rows with their numbers; a quote that was never closed swallows nothing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.intake import files, grid
from jianwei.intake.grid import Row, SheetGrid, TextGrid


def of(tmp_path: Path, text: str, mark: str = ",") -> TextGrid:
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode("utf-8"))
    return TextGrid(files.Text(path, "utf-8-sig"), mark)


def told(rows: list[Row]) -> list[tuple[int, list[str]]]:
    return [(row.number, row.cells) for row in rows]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_bear_the_number_of_their_first_line(tmp_path: Path, end: str) -> None:
    text = end.join(["a,b", "", ' , "" ', '"x', 'y",2', "", "3,4", ""])
    table = of(tmp_path, text)
    found = list(table)
    assert told(found) == [(1, ["a", "b"]), (3, [" ", ' "" ']), (4, [f"x{end}y", "2"]), (7, ["3", "4"])]
    assert found[2].lines == (f'"x{end}', f'y",2{end}')
    assert found[2].raw(100) == f'"x{end}y",2'
    assert not any(row.broken or row.cut for row in found)


# The csv module itself leaves a bare \r unquoted where lines end in \n.
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=8)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_what_csv_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], end: str
) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator=end).writerows(rows)
    table = of(tmp_path_factory.mktemp("grid"), out.getvalue())
    looked = [row.cells for row in table.peek(5)]
    found = [row.cells for row in table]
    assert found == [row for row in rows if any(cell.strip() for cell in row)]
    assert looked == found[:5]


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ('2,"开了没关', "引号没有"),
        ('2,"里面有"引号"的', "引号没有成对"),
        ('2,"关了"又写', "引号没有成对"),
    ],
)
def test_an_unclosed_quote_costs_its_own_row_only(tmp_path: Path, bad: str, why: str) -> None:
    lines = ["1,一", bad, *(f'{n},"第{n}行"' for n in range(3, 30))]
    table = of(tmp_path, "\n".join(lines) + "\n")
    assert [row.number for row in table.peek(20)] == list(range(1, 21))
    found = list(table)
    assert told(found[:1] + found[2:]) == [(1, ["1", "一"])] + [
        (n, [str(n), f"第{n}行"]) for n in range(3, 30)
    ]
    assert (found[1].number, found[1].cells, found[1].raw(50)) == (2, [], bad)
    assert why in found[1].broken


def test_many_unclosed_quotes_end_soon(tmp_path: Path) -> None:
    lines = [f'{n},"x' if n % 2 else f"{n},y" for n in range(1, 12_001)]
    found = list(of(tmp_path, "\n".join(lines)))
    assert len(found) == 12_000
    assert sum(bool(row.broken) for row in found) == 6_000


def test_split_gives_back_the_lines_that_are_rows_of_their_own(tmp_path: Path) -> None:
    table = of(tmp_path, '1,"a\nb\n2,b\n3,c",d\n4,e\n')
    table.peek(2)
    first = next(table)
    assert first.cells == ["1", "a\nb\n2,b\n3,c", "d"]
    assert table.split(first, lambda row: False) is first
    kept = table.split(first, lambda row: len(row.cells) == 2)
    assert (kept.number, kept.lines) == (1, ('1,"a\n', "b\n"))
    assert [(row.number, row.cells[0]) for row in table] == [(3, "2"), (4, "3"), (5, "4")]


def test_a_line_given_back_may_begin_a_row_that_goes_on_below(tmp_path: Path) -> None:
    table = of(tmp_path, '1,"a\n2,"\n""b"",\nc"\n3,d\n')
    first = next(table)
    assert first.lines == ('1,"a\n', '2,"\n')
    assert table.split(first, lambda row: row.cells[0] == "2").lines == ('1,"a\n',)
    assert told(list(table)) == [(2, ["2", '\n"b",\nc']), (5, ["3", "d"])]


def test_a_last_line_without_an_end_is_marked(tmp_path: Path) -> None:
    assert [row.cut for row in of(tmp_path, "a,b\n1,2")] == [False, True]
    assert [row.cut for row in of(tmp_path, "a,b\n1,2\n")] == [False, False]
    assert not Row(1, ["a"]).cut


def test_a_cell_beyond_all_measure_is_a_broken_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "_CELL", 1000)
    found = list(of(tmp_path, "1,ok\n2," + "长" * 1001 + "\n3,ok\n"))
    assert [bool(row.broken) for row in found] == [False, True, False]
    assert "一格超过" in found[1].broken


def test_raw_text_is_short_and_can_be_stored(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n\xd6\xd8,2\n")
    row = list(TextGrid(files.Text(path, "utf-8-sig")))[1]
    assert row.raw(100) == "\\udcd6\\udcd8,2"
    assert row.raw(3) == "\\udcd6\\udcd8,"
    assert Row(1, ["甲", None, 1.5]).raw(100) == "甲,,1.5"
    assert Row(1, {"id": "半\ud83d"}).raw(100) == '{"id": "半\\ud83d"}'


def test_sheets_keep_their_row_numbers_and_know_no_width() -> None:
    table = SheetGrid([["", ""], ["a", "b"], ["", " "], [1.0, ""], ["", False]])
    assert SheetGrid.padded
    assert not TextGrid.padded
    assert told(table.peek(1)) == [(2, ["a", "b"])]
    found = list(table)
    assert told(found) == [(2, ["a", "b"]), (4, [1.0, None]), (5, [None, False])]
    assert table.split(found[0], lambda row: True) is found[0]


@pytest.mark.parametrize(
    ("text", "first"), [("a\tb\tc\n1\t2,5\t3\n", "\t"), ("a;b;c\n", ";"), ("a,b;c,d\n", ","), ("a\n", ",")]
)
def test_the_likeliest_delimiter_comes_first(tmp_path: Path, text: str, first: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, "utf-8")
    assert grid.delimiters(files.text_of(path))[0] == first
