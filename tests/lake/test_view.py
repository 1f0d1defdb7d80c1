"""What readers see: whole batches of settled imports, or exactly the imports they name."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from jianwei.errors import DataError
from jianwei.lake import Lake, staging, view
from jianwei.lake.query import sql_type
from jianwei.lake.view import version
from jianwei.model import TABLES
from tests.lake.made import FULL, NAMES, PUBLISHED, bad, fill, follower, ingest, reading, sha, text, total


def _all(con: duckdb.DuckDBPyConnection, query: str) -> list[tuple[object, ...]]:
    return con.execute(query).fetchall()


def test_an_empty_lake_has_every_view_with_its_types(lake: Lake) -> None:
    with lake.connect() as con:
        for name in NAMES:
            described = [(row[0], row[1].replace('"', "")) for row in _all(con, f"DESCRIBE {name}")]
            assert described == [(f.name, sql_type(f.type).replace('"', "")) for f in TABLES[name]]
            assert _all(con, f"SELECT * FROM {name}") == []


def test_a_full_lake_has_the_same_views(lake: Lake) -> None:
    ingest(lake, {"a": FULL})
    with lake.connect() as con:
        for name in NAMES:
            described = [(row[0], row[1].replace('"', "")) for row in _all(con, f"DESCRIBE {name}")]
            assert described == [(f.name, sql_type(f.type).replace('"', "")) for f in TABLES[name]]
        counts = {name: _all(con, f"SELECT count(*) FROM {name}")[0][0] for name in NAMES}
    assert counts == {
        "readings": 2,
        "texts": 2,
        "posts": 2,
        "totals": 1,
        "followers": 1,
        "comments": 1,
        "quarantine": 1,
        "imports": 1,
    }


def test_as_of_shows_only_the_named_imports(lake: Lake) -> None:
    ingest(lake, {"a": FULL})
    later = {
        "readings": [reading(observed=datetime(2015, 7, 1), likes=8), reading("weibo:3")],
        "texts": [text(text="改过")],
        "totals": [total(posts=5)],
        "followers": [follower(followers=2000)],
        "quarantine": [bad("bad_id")],
    }
    ingest(lake, {"b": later})
    with lake.connect([sha("a")]) as con:
        assert _all(con, "SELECT post_key, likes, readings FROM posts ORDER BY 1") == [
            ("weibo:1", 3, 1),
            ("weibo:2", None, 1),
        ]
        assert _all(con, "SELECT text FROM texts WHERE post_key = 'weibo:1'") == [("今天发布",)]
        assert _all(con, "SELECT posts, followers, code FROM totals, followers, quarantine") == [
            (4, 1000, "bad_time")
        ]
        assert _all(con, "SELECT sha256 FROM imports") == [(sha("a"),)]
    with lake.connect([sha("b")]) as con:
        assert _all(con, "SELECT post_key, likes, readings FROM posts ORDER BY 1") == [
            ("weibo:1", 8, 1),
            ("weibo:3", None, 1),
        ]
    with lake.connect([]) as con:
        assert [_all(con, f"SELECT count(*) FROM {name}") for name in NAMES] == [[(0,)]] * len(NAMES)


def test_as_of_all_imports_is_the_whole_lake(lake: Lake) -> None:
    ingest(lake, {"a": FULL, "b": {"readings": [reading(likes=8)]}})
    with lake.connect() as whole, lake.connect({sha("a"), sha("b")}) as named:
        for name in NAMES:
            assert sorted(map(str, _all(named, f"FROM {name}"))) == sorted(
                map(str, _all(whole, f"FROM {name}"))
            )
        # the stored table, not a computation
        assert _all(named, "SELECT view_name FROM duckdb_views() WHERE view_name = 'posts'") == [("posts",)]


def test_an_import_from_elsewhere_is_refused(lake: Lake) -> None:
    ingest(lake, {"a": FULL})
    with pytest.raises(DataError, match="没有这些导入"):
        lake.connect([sha("a"), sha("elsewhere")])


def test_a_post_has_one_text_the_latest(lake: Lake) -> None:
    ingest(lake, {"a": {"texts": [text(text="旧"), text("weibo:2", text="独有")]}})
    with lake.batch() as batch:
        with batch.source(sha("b")) as sink:
            fill(sink, "b", {"texts": [text(text="新", month="2015-06")]}, observed_at=datetime(2015, 7, 1))
        batch.commit()
    ingest(lake, {"c": {"texts": [text(text="再旧")]}})
    with lake.connect() as con:
        assert _all(con, "SELECT post_key, text, pub_month FROM texts ORDER BY 1") == [
            ("weibo:1", "新", "2015-06"),
            ("weibo:2", "独有", "2015-05"),
        ]


def test_rows_of_an_import_that_never_completed_are_not_seen(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(lake, {"a": FULL})
    whole = staging.append

    def stop(*arguments: object) -> object:
        if "imports" in arguments:
            raise KeyboardInterrupt
        return whole(*arguments)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(staging, "append", stop)
    with pytest.raises(KeyboardInterrupt):
        ingest(lake, {"b": FULL})
    monkeypatch.undo()
    assert lake.imported(sha("b")) is None
    with lake.connect() as con:
        for name in ("readings", "texts", "totals", "followers", "comments", "quarantine"):
            assert _all(con, f"SELECT DISTINCT sha256 FROM {name}") == [(sha("a"),)]
    assert lake.settle().imports == 0
    assert ingest(lake, {"b": FULL}).imports == 1


def test_an_import_counts_from_the_moment_it_is_settled(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest(lake, {"a": FULL})
    before = lake.version()

    def stop(*arguments: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(staging, "settle", stop)
    with pytest.raises(KeyboardInterrupt):
        ingest(lake, {"b": FULL})
    monkeypatch.undo()
    assert lake.imported(sha("b")) is not None
    assert (lake.version(), lake.counts()["unsettled"]) == (before, 1)
    with lake.connect() as con:
        assert _all(con, "SELECT DISTINCT sha256 FROM totals") == [(sha("a"),)]
    assert lake.settle().imports == 1
    assert (lake.version(), lake.counts()["unsettled"]) == (version([sha("a"), sha("b")]), 0)


def test_an_open_connection_keeps_its_rows_while_others_write(lake: Lake) -> None:
    ingest(lake, {"a": FULL})
    with lake.connect() as con:
        ingest(lake, {"b": {"readings": [reading(observed=datetime(2015, 7, 1), likes=8)]}})
        assert _all(con, "SELECT likes, readings FROM posts WHERE post_key = 'weibo:1'") == [(3, 1)]
        assert _all(con, "SELECT count(*) FROM readings") == [(2,)]


def test_files_that_went_away_are_looked_up_once_more(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, tries = view._connect, []

    def vanish(*arguments: object) -> object:
        tries.append(1)
        if len(tries) < failing:
            raise duckdb.IOException("IO Error: No files found that match the pattern")
        return whole(*arguments)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(view, "_connect", vanish)
    failing = 2
    with lake.connect() as con:
        assert _all(con, "SELECT count(*) FROM posts") == [(0,)]
    assert len(tries) == 2
    failing = 9
    with pytest.raises(DataError, match="数据湖读写失败"):
        lake.connect()


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/New_York"])
def test_times_are_the_same_in_every_zone(lake: Lake, monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    monkeypatch.setenv("TZ", zone)
    ingest(lake, {"a": FULL})
    with lake.connect() as con:
        con.execute(f"SET TimeZone = '{zone}'")
        assert _all(con, "SELECT published_at, observed_at FROM posts WHERE post_key = 'weibo:1'") == [
            (PUBLISHED, datetime(2015, 6, 1))
        ]
        assert con.sql("SELECT published_at FROM posts WHERE post_key = 'weibo:1'").to_arrow_table()[
            "published_at"
        ].to_pylist() == [PUBLISHED]


def test_a_version_names_a_set() -> None:
    assert version(["b", "a", "a"]) == version(["a", "b"])
    assert len({version([]), version(["a"]), version(["b"]), version(["a", "b"]), version(["ab"])}) == 5
    assert len(version([])) == 16


def test_reading_writes_nothing(lake: Lake, tmp_path: Path) -> None:
    ingest(lake, {"a": FULL})
    before = {path: path.stat().st_mtime_ns for path in lake.root.rglob("*") if path.is_file()}
    with lake.connect([]) as con:
        _all(con, "FROM posts")
    lake.counts()
    assert {path: path.stat().st_mtime_ns for path in lake.root.rglob("*") if path.is_file()} == before
