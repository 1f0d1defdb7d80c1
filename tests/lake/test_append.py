"""Each source enters each table once, whatever is tried again."""

from __future__ import annotations

import pytest

from jianwei.errors import DataError
from jianwei.lake import Lake, append
from jianwei.lake.append import write
from jianwei.lake.query import Limits, connection
from jianwei.lake.table import Change, Snapshot, snapshot
from tests.lake.made import FULL, NAMES, PUBLISHED, Rows, digests, ingest, posts, reading, sha, text


def test_the_same_file_twice_changes_nothing(lake: Lake) -> None:
    ingest(lake, {"a": FULL})
    before, versions = digests(lake), {name: snapshot(lake.root, name).version for name in NAMES}
    assert ingest(lake, {"a": FULL}).imports == 0
    assert digests(lake) == before
    assert {name: snapshot(lake.root, name).version for name in NAMES} == versions


def test_only_the_new_files_of_a_batch_are_added(lake: Lake) -> None:
    ingest(lake, {"a": FULL})
    assert ingest(lake, {"a": FULL, "b": {"readings": [reading(likes=9)]}}).imports == 1
    with lake.connect() as con:
        counted = con.execute("SELECT sha256, count(*) FROM readings GROUP BY ALL").fetchall()
    assert dict(counted) == {sha("a"): 2, sha("b"): 1}


def test_a_batch_is_one_commit_a_table(lake: Lake) -> None:
    many: dict[str, Rows] = {f"file{n}": FULL for n in range(12)}
    assert ingest(lake, many).imports == 12
    assert {name: snapshot(lake.root, name).version for name in NAMES} == dict.fromkeys(NAMES, 1)
    assert snapshot(lake.root, "readings").mark(sha("file7")) == 1


def test_tables_without_rows_gain_no_commit(lake: Lake) -> None:
    ingest(lake, {"a": {"readings": [reading()]}})
    assert snapshot(lake.root, "totals").version == 0
    assert snapshot(lake.root, "imports").version == 1


def test_rows_lie_by_month_and_sorted(lake: Lake) -> None:
    rows = [
        reading(f"weibo:{n}", account_id=f"weibo:{n % 3}", published_at=PUBLISHED.replace(day=1 + n % 7))
        for n in range(30)
    ]
    ingest(lake, {"a": {"readings": [*rows, reading("weibo:99", published_at=PUBLISHED.replace(month=2))]}})
    paths = snapshot(lake.root, "readings").files()
    assert [path.rsplit("/", 2)[-2] for path in paths] == ["pub_month=2015-02", "pub_month=2015-05"]
    with connection(Limits(threads=1)) as con:
        found = con.execute("SELECT account_id, published_at FROM read_parquet($1)", [paths[1]]).fetchall()
    assert len(found) == 30
    assert found == sorted(found)


@pytest.mark.parametrize("month", ["2015-04", "2015-5", "../../x", "2015-13", ""])
def test_a_month_that_is_not_the_posts_is_refused(lake: Lake, month: str) -> None:
    with pytest.raises(DataError, match="pub_month"):
        ingest(lake, {"a": {"readings": [reading(pub_month=month)]}})
    assert lake.imports().num_rows == 0


@pytest.mark.parametrize("month", ["2015-5", "../../x", "2015-13"])
def test_a_month_of_a_text_must_be_one(lake: Lake, month: str) -> None:
    with pytest.raises(DataError, match="pub_month"):
        ingest(lake, {"a": {"texts": [text(month=month)]}})


def test_another_process_that_was_faster_is_seen(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    rival = Lake.open(lake.root)
    whole, tried = append.commit, []

    def slow(root: object, name: str, plan: object) -> Change | None:
        def late(seen: Snapshot) -> Change | None:
            change: Change | None = plan(seen)  # type: ignore[operator]  # a plan, as commit() takes it
            if not tried:
                tried.append(name)
                ingest(rival, {"a": FULL})
            return change

        return whole(root, name, late)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(append, "commit", slow)
    ingest(lake, {"a": FULL, "b": {"texts": [text("weibo:5")], "readings": [reading("weibo:5")]}})
    assert tried == ["texts"]
    with lake.connect() as con:
        assert con.execute("SELECT sha256, count(*) FROM text_rows GROUP BY ALL ORDER BY 2").fetchall() == [
            (sha("b"), 1),
            (sha("a"), 2),
        ]
        assert con.execute("SELECT count(*) FROM imports").fetchall() == [(2,)]
    assert [row["readings"] for row in posts(lake)] == [1, 1, 1]


def test_nothing_to_write_is_no_file(lake: Lake) -> None:
    work = lake.root / ".staging"
    work.mkdir()
    with connection(Limits(threads=1)) as con:
        con.execute("CREATE TABLE none AS SELECT 'x' AS sha256 WHERE false")
        assert write(con, "imports", "SELECT * FROM none", work) == []
