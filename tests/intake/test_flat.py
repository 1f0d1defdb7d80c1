"""Objects and database rows as tables."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from jianwei.intake import flat, tables
from jianwei.intake.databases import Database
from jianwei.intake.objects import Objects


def objects(path: Path, *found: Any) -> Objects:
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in found), "utf-8")
    return Objects(path)


def test_keys_are_titles_in_the_order_of_their_coming(tmp_path: Path) -> None:
    table = flat.of_objects(objects(tmp_path / "a.jsonl", {"b": 1, "a": ""}, {"a": {"x": [1]}, "c": 2**60}))
    assert table is not None
    assert table.header == ["b", "a", "c"]
    assert [(row.number, row.cells) for row in table] == [
        (1, [1, None, None]),
        (2, [None, '{"x": [1]}', str(2**60)]),
    ]


def test_what_is_no_object_is_a_broken_row(tmp_path: Path) -> None:
    table = flat.of_objects(objects(tmp_path / "a.jsonl", {"a": 1}, [2], {"a": 3}))
    assert table is not None
    assert [row.broken for row in table] == ["", "不是一个对象", ""]


def test_keys_that_come_late_are_counted(tmp_path: Path) -> None:
    table = flat.of_objects(objects(tmp_path / "a.jsonl", *[{"a": n} for n in range(60)], {"a": 1, "b": 2}))
    assert table is not None
    assert len(list(table)) == 61
    assert table.more == {"b": 1}


@pytest.mark.parametrize("text", ['{"a": 1}', "[1, 2]", json.dumps([{str(n): 1 for n in range(501)}])])
def test_one_object_or_none_or_too_many_keys_are_no_table(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text, "utf-8")
    assert flat.of_objects(Objects(tmp_path / "a.json")) is None


def test_rows_can_be_looked_at_before(tmp_path: Path) -> None:
    table = flat.of_objects(objects(tmp_path / "a.jsonl", {"a": 1}, {"a": 2}))
    assert table is not None
    assert [row.cells for row in table.peek(9)] == [[1], [2]]
    assert [row.cells for row in table] == [[1], [2]]


def test_tables_of_a_database(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.db") as made:
        made.execute('CREATE TABLE "文 章" (标题, "阅读数")')
        made.execute('INSERT INTO "文 章" VALUES (?, ?)', ("甲", 5))
        made.execute("CREATE TABLE 空 (a, b)")
    made.close()
    database = Database(tmp_path / "a.db")
    table = flat.of_table(database, "文 章")
    assert (table.header, [row.cells for row in table]) == (["标题", "阅读数"], [["甲", 5]])
    assert [(one.sheet, one.header) for one in tables.of_file(tmp_path / "a.db")] == [
        ("文 章", ("标题", "阅读数"))
    ]
