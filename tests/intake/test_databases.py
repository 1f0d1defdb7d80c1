"""SQLite files are read only, whatever else stands in them: views, triggers, virtual tables, damage."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from jianwei.errors import DataError
from jianwei.intake.databases import Database
from tests.intake.made import UID, wholes
from tests.intake.test_weibo_stores import HIT, POST, USER, post, store


def crawler(path: Path, *posts: dict[str, object]) -> Path:
    return store(
        path, user=(USER, [{"id": UID, "nick_name": "甲", "follower_count": 1}]), weibo=(POST, list(posts))
    )


def test_only_tables_are_read(tmp_path: Path) -> None:
    path = crawler(tmp_path / "weibodata.db", post(1))
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE VIEW comments AS SELECT 1 AS id, 2 AS weibo_id")
        made.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
        made.execute("CREATE TRIGGER loud AFTER INSERT ON weibo BEGIN DELETE FROM user; END")
        made.commit()
    before = path.read_bytes()
    tables = Database(path).tables
    assert {"user", "weibo"} <= set(tables)
    assert not {"comments", "words"} & set(tables)
    assert sum(one.source.rows_taken for one in wholes(path)) == 2
    assert path.read_bytes() == before


def test_names_of_tables_and_columns_are_no_commands(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as made:
        made.execute('CREATE TABLE "a""; DROP TABLE b; --" ("c""d" TEXT)')
        made.execute("CREATE TABLE b (x)")
        made.execute('INSERT INTO "a""; DROP TABLE b; --" VALUES (\'1\')')
        made.commit()
    database = Database(path)
    [row] = database.rows('a"; DROP TABLE b; --')
    assert row.cells == {'c"d': "1"}
    assert "b" in Database(path).tables
    with pytest.raises(KeyError):
        list(database.rows("no such table"))
    with pytest.raises(KeyError):
        list(database.rows("b", order="x; DROP TABLE b"))


def test_cells_of_wrong_types_are_refused_one_by_one(tmp_path: Path) -> None:
    posts = [
        post(1, attitudes_count=b"3"),
        post(2, attitudes_count=b"\xff\xfe"),
        post(3, comments_count=1.5),
        post(4, id=b"\x00\x01"),
        post(5, created_at=None),
        post(6, reposts_count=None),
        post(7, reposts_count=-1),
    ]
    [_, found] = wholes(crawler(tmp_path / "weibodata.db", *posts))
    assert [(row["post_key"][-1], row["likes"], row["reposts"]) for row in found.readings] == [
        (post(1)["id"][-1], 3, 12000),
        (post(6)["id"][-1], 3, None),
    ]
    assert [number for number, _, _ in found.refused] == [2, 3, 4, 5, 7]


def test_a_table_without_rowids_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE b (x TEXT PRIMARY KEY) WITHOUT ROWID")
        made.execute("INSERT INTO b VALUES ('1')")
        made.commit()
    assert [row.cells for row in Database(path).rows("b")] == [{"x": "1"}]


def test_a_locked_database_says_so(tmp_path: Path) -> None:
    path = crawler(tmp_path / "weibodata.db", post(1))
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DataError, match="正被其他程序占用"):
            Database(path)


def test_rows_in_the_log_of_a_running_tool_are_read(tmp_path: Path) -> None:
    path = store(tmp_path / "weibo.db", weibo=(HIT, [post(1)]))
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("INSERT INTO weibo SELECT * FROM weibo")
        writer.commit()
        assert len(list(Database(path).rows("weibo"))) == 2


def test_a_damaged_page_ends_the_rows_and_is_told(tmp_path: Path) -> None:
    rows = [post(number, text="字" * 300) for number in range(200)]
    path = store(tmp_path / "weibo.db", weibo=(HIT, rows))
    stored = bytearray(path.read_bytes())
    half = len(stored) // 2 // 4096 * 4096
    stored[half : half + 4096] = b"\xff" * 4096
    path.write_bytes(stored)
    [found] = wholes(path)
    assert 0 < found.source.rows_taken < 200
    assert found.source.rows_quarantined >= 1
    assert "数据库从这里起读不出来" in found.source.issues[-1].what


def test_half_a_file_is_refused_or_told(tmp_path: Path) -> None:
    path = store(tmp_path / "weibo.db", weibo=(HIT, [post(n, text="字" * 300) for n in range(200)]))
    path.write_bytes(path.read_bytes()[:-20_000])
    try:
        told = sum(one.source.rows_quarantined for one in wholes(path))
    except DataError as error:
        told = len(error.issues)
    assert told
