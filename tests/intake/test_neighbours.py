"""Whatever stands in one row, the rows beside it are taken as if it were not there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake import eras
from tests.intake.made import MID, NOW, UID, Whole, book, csv_file, hit, search_header, table_text, whole
from tests.intake.test_carriers import FILLED, table

Table = Sequence[Sequence[Any]]

READINGS = ("日期", "平台", "账号名称", "UID/原始ID", "粉丝数")
NAMES = ("甲", "甲,乙", '"甲"', "甲\n乙", ",", '",')
TABLES: dict[str, Table] = {
    "search": [search_header(), *(hit(n, 微博正文=name, 话题=name) for n, name in enumerate(NAMES))],
    "form": [READINGS, *(("2015-06-30", "微博", name, f"1000{n}", n) for n, name in enumerate(NAMES))],
    **{
        f"timeline {era}": [
            made.head(originals=False), *(made.row(number, originals=False) for number in (0, 1, 2, 4))
        ]
        for era, made in eras.ERAS.items()
    },
}  # fmt: skip
PIECES = st.sampled_from(
    ['"', '""', ",", '","', "\t", "x", "重庆", "1.2万", "True", "False", "2015-05-05", "\ufeff", " ", str(MID + 1000),
     "{", "'", "\0", "=1", "-", "id", *READINGS]
)  # fmt: skip
JUNK = st.lists(PIECES, min_size=1, max_size=12).map("".join)


def facts(found: Whole) -> list[dict[str, Any]]:
    """What was taken, without what names the file and the row's place in it."""
    no = ("sha256", "source_row", "observed_at", "observed_from")
    rows = [row for name in ("readings", "totals", "followers") for row in found.tables.get(name, [])]
    return [{key: cell for key, cell in row.items() if key not in no} for row in rows]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rows") / "甲"
    folder.mkdir()
    return folder / f"{UID}.csv"


@pytest.mark.parametrize("kind", TABLES)
@given(junk=JUNK, after=st.integers(1, 4))
@settings(max_examples=12)
def test_a_line_of_rubbish(place: Path, kind: str, junk: str, after: int) -> None:
    rows = TABLES[kind]
    expected = facts(whole(csv_file(place, rows)))
    assert len(expected) - (kind == "search") == len(rows) - 1  # hits also tell of their author
    text = f"{table_text(rows[:after])}{junk}\r\n{table_text(rows[after:])}"
    place.write_bytes(text.encode("utf-8-sig"))
    found = facts(whole(place))
    assert [row for row in expected if row not in found] == []


@given(cut=st.integers(1, 400), after=st.integers(1, 4), kind=st.sampled_from(sorted(TABLES)))
@settings(max_examples=30)
def test_a_row_that_ends_early(place: Path, cut: int, after: int, kind: str) -> None:
    rows = TABLES[kind]
    expected = facts(whole(csv_file(place, rows)))
    lines = [table_text([row]) for row in rows]
    whole_line = lines[after]
    lines[after] = whole_line[: cut % len(whole_line)].rstrip("\r\n") + "\r\n"
    place.write_bytes("".join(lines).encode("utf-8-sig"))
    found = whole(place)
    others = [row for number, row in enumerate(expected, start=1) if number != after]
    assert [row for row in others if row not in facts(found)] == []
    lost = {row["post_key"] for row in found.readings} ^ {row.get("post_key") for row in expected} - {None}
    assert lost <= {expected[after - 1].get("post_key")}


def test_a_text_that_begins_with_a_line_break_below_an_unclosed_quote(tmp_path: Path) -> None:
    rows = [search_header(), hit(1), hit(2, 微博正文='\n"引言"\n正文'), hit(3)]
    expected = facts(whole(csv_file(tmp_path / "a.csv", rows)))
    text = f'{table_text(rows[:2])}";""\r\n{table_text(rows[2:])}'
    (tmp_path / "a.csv").write_bytes(text.encode("utf-8-sig"))
    assert facts(whole(tmp_path / "a.csv")) == expected


CELLS = st.sampled_from(
    [True, False, -1, 0, 1.5, 1e300, 1e15, 123456789012345678, None, " ", "\u3000", "{}", "1.2万", "100万+", "#REF!",
     "合计", "2015-05", 42000, 42000.5, 20150630, 201505, date(2015, 5, 1), date(1905, 1, 1), datetime(9999, 1, 1),
     "x" * 5000, "\U0001f600", "1e5", ",", "a\nb", "-", "3.8E+15", 1435714200, 1435714200000, "2015H1",
     "2015-01-01..2015-02-01", "2016", "https://weibo.com/1/zzzz", "https://weibo.com/1/00000000a", "__biz=&mid=1&idx=1"]
)  # fmt: skip


@pytest.mark.parametrize("kind", FILLED)
@given(cells=st.lists(st.tuples(st.integers(0, 99), CELLS), min_size=1, max_size=4), as_book=st.booleans())
@settings(max_examples=12)
def test_hostile_cells(place: Path, kind: Any, cells: list[tuple[int, Any]], as_book: bool) -> None:
    header, first, *others = table(kind)
    bad = list(first)
    for column, cell in cells:
        bad[column % len(bad)] = cell
    marker = [*first]
    marker[header.index("账号" if "账号" in header else "公众号" if "公众号" in header else "账号名称")] = (
        "标记"
    )
    rows = [header, bad, *others, marker]
    if as_book:
        path = book(place.with_suffix(".xlsx"), {"一": rows})
    else:
        path = csv_file(place, [["" if cell is None else str(cell) for cell in row] for row in rows])
    found = whole(path)
    taken = facts(found)
    expected = facts(whole(csv_file(place, [header, *others, marker])))
    key = [(row.get("post_key"), row["account_id"], row.get("start")) for row in expected]
    assert {(row.get("post_key"), row["account_id"], row.get("start")) for row in taken} >= set(key)
    for row in taken:
        counts = [cell for cell in row.values() if isinstance(cell, int) and not isinstance(cell, bool)]
        assert all(0 <= cell <= 2**53 for cell in counts)
    for name in ("readings", "totals", "followers"):
        for row in found.tables.get(name, []):
            assert row["observed_at"] <= NOW
            assert row.get("published_at", NOW) <= NOW
            assert row.get("end", NOW.date()) <= NOW.date()
