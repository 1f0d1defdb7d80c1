"""What a sink takes, and what a batch does with sources that end otherwise."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from jianwei.errors import DataError
from jianwei.lake import Lake
from tests.lake.made import FULL, fill, import_row, ingest, reading, sha, stage, table


def _refused(lake: Lake, name: str, rows: pa.Table, words: str) -> None:
    with lake.batch() as batch, batch.source(sha("a")) as sink, pytest.raises(DataError, match=words):
        sink.write(name, rows)


def test_an_unknown_table_or_column_is_refused(lake: Lake) -> None:
    good = table("readings", "a", [reading()])
    _refused(lake, "posts", good, "没有可写入的表 posts")
    _refused(lake, "readings", good.append_column("hits", pa.array([1])), "没有这些列：hits")


@pytest.mark.parametrize("name", ["account_id", "observed_at", "pub_month", "scope"])
def test_a_required_value_may_not_be_missing(lake: Lake, name: str) -> None:
    _refused(lake, "readings", table("readings", "a", [reading() | {name: None}]), f"{name} 列不能为空")
    _refused(lake, "readings", table("readings", "a", [reading()]).drop_columns([name]), f"{name} 列不能为空")


def test_a_value_that_does_not_fit_is_refused(lake: Lake) -> None:
    rows = table("readings", "a", [reading(likes=1)])
    place = rows.column_names.index("likes")
    _refused(lake, "readings", rows.set_column(place, "likes", pa.array([1.5])), "likes 列类型不符")
    _refused(lake, "readings", rows.set_column(place, "likes", pa.array(["1万"])), "likes 列类型不符")


def test_rows_must_name_their_own_source(lake: Lake) -> None:
    _refused(lake, "readings", table("readings", "b", [reading()]), "sha256")
    _refused(lake, "readings", table("readings", "a", [reading() | {"source_row": None}]), "来源行号")
    _refused(lake, "readings", table("readings", "a", [reading()]).drop_columns(["sha256"]), "sha256")


def test_columns_come_in_any_order_and_types_that_fit_are_widened(lake: Lake) -> None:
    rows = table("readings", "a", [reading(likes=5)])
    narrow = rows.set_column(rows.column_names.index("likes"), "likes", pa.array([5], pa.int8()))
    with lake.batch() as batch:
        with batch.source(sha("a")) as sink:
            sink.write("readings", narrow.select(narrow.column_names[::-1]).to_batches()[0])
            sink.write("readings", rows.slice(0, 0))
            sink.finish(import_row("a"))
        batch.commit()
    with lake.connect() as con:
        assert con.execute("SELECT likes, reads FROM posts").fetchall() == [(5, None)]


def test_a_source_that_does_not_finish_leaves_no_row(lake: Lake) -> None:
    with lake.batch() as batch:
        with batch.source(sha("a")) as sink:
            sink.write("readings", table("readings", "a", [reading("weibo:9", pub_month="2099-12")]))
        stage(batch, {"b": FULL})
        assert batch.commit().imports == 1
    assert lake.imported(sha("a")) is None
    with lake.connect() as con:
        assert con.execute("SELECT DISTINCT sha256 FROM readings").fetchall() == [(sha("b"),)]


def test_a_source_that_fails_and_is_tried_again_counts_once(lake: Lake) -> None:
    with lake.batch() as batch:
        with batch.source(sha("a")) as sink:
            sink.write("readings", table("readings", "a", [reading(likes=1)]))
        stage(batch, {"a": {"readings": [reading(likes=2)]}})
        batch.commit()
    with lake.connect() as con:
        assert con.execute("SELECT likes FROM readings").fetchall() == [(2,)]


def test_the_same_file_twice_in_a_batch_counts_once(lake: Lake) -> None:
    with lake.batch() as batch:
        stage(batch, {"a": {"readings": [reading(likes=1)]}})
        with batch.source(sha("a")) as sink:
            sink.write("readings", table("readings", "a", [reading(likes=2)]))
            assert sink.finish(import_row("a")) is False
        assert batch.commit().imports == 1
    with lake.connect() as con:
        assert con.execute("SELECT likes FROM readings").fetchall() == [(1,)]
        assert con.execute("SELECT count(*) FROM imports").fetchall() == [(1,)]


def test_without_a_commit_nothing_happens(lake: Lake) -> None:
    with lake.batch() as batch:
        stage(batch, {"a": FULL})
    assert lake.imports().num_rows == 0
    assert list((lake.root / ".staging").iterdir()) == []


@pytest.mark.parametrize("wrong", [{"scope": None}, {"rows": 1}, {"sha256": "0" * 64}, {"rows_read": "many"}])
def test_a_wrong_import_row_is_refused(lake: Lake, wrong: dict[str, Any]) -> None:
    with lake.batch() as batch, batch.source(sha("a")) as sink, pytest.raises(DataError):
        sink.finish(import_row("a") | wrong)


def test_the_moment_of_import_defaults_to_now(lake: Lake) -> None:
    with lake.batch() as batch:
        with batch.source(sha("a")) as sink:
            row = import_row("a")
            del row["imported_at"]
            sink.finish(row)
        batch.commit()
    kept = lake.imported(sha("a"))
    assert kept is not None
    assert abs((datetime.now() - kept["imported_at"]).total_seconds()) < 86_400
    assert kept["imported_at"].tzinfo is None


def test_small_pieces_are_staged_together(lake: Lake) -> None:
    with lake.batch() as batch:
        with batch.source(sha("a")) as sink:
            for n in range(50):
                sink.write("readings", table("readings", "a", [reading(f"weibo:{n}", source_row=n)]))
            sink.finish(import_row("a", 50))
        batch.close()
        staged = next((lake.root / ".staging").rglob("readings.parquet"))
        assert parquet.ParquetFile(staged).metadata.num_row_groups == 1
        assert batch.commit().posts == 50


def test_a_file_without_rows_is_an_import_all_the_same(lake: Lake) -> None:
    assert ingest(lake, {"a": {}}).imports == 1
    assert lake.imported(sha("a")) is not None
    with lake.batch() as batch, batch.source(sha("b")) as sink:
        fill(sink, "b", {})
