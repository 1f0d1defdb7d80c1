"""SQL texts over lists of files."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from jianwei.lake.query import Limits, connection, literal, scan, sql_type, stamp, unglobbed
from jianwei.model import TABLES


@pytest.mark.parametrize("name", TABLES)
def test_no_files_give_no_rows_of_the_right_types(name: str) -> None:
    with connection(Limits(threads=1)) as con:
        described = con.execute(f"DESCRIBE {scan([], TABLES[name])}").fetchall()
        assert [(row[0], row[1].replace('"', "")) for row in described] == [
            (field.name, sql_type(field.type).replace('"', "")) for field in TABLES[name]
        ]
        assert con.execute(scan([], TABLES[name])).fetchall() == []


@pytest.mark.parametrize("folder", ["数据 [旧]", "it's", "100%", "a*b", "what?", "[", "a]b", "x[!y]"])
def test_any_folder_name_is_read(tmp_path: Path, folder: str) -> None:
    path = tmp_path / folder / "part.parquet"
    path.parent.mkdir()
    with connection(Limits(threads=1)) as con:
        con.execute(f"COPY (SELECT 7 AS n) TO {literal(str(path))} (FORMAT parquet)")
        read = con.execute(f"SELECT n FROM read_parquet([{literal(unglobbed(str(path)))}])").fetchall()
    assert read == [(7,)]


def test_files_of_one_stamp_are_read_without_all_their_footers() -> None:
    schema = TABLES["posts"]
    mine, other = (
        f"/x/pub_month=2015-05/{stamp(schema)}1.parquet",
        "/x/pub_month=2015-05/part-00000-z.parquet",
    )
    assert "union_by_name = false" in scan([mine, mine], schema)
    assert "union_by_name = true" in scan([mine, other], schema)
    assert len({stamp(schema) for schema in TABLES.values()}) == len(TABLES)


def test_files_of_another_schema_are_united_by_name(tmp_path: Path) -> None:
    schema = pa.schema([("old", pa.int64()), ("new", pa.int64())])
    old, new = tmp_path / "part-before.parquet", tmp_path / f"{stamp(schema)}1.parquet"
    with connection(Limits(threads=1)) as con:
        con.execute(f"COPY (SELECT 1::BIGINT AS old) TO {literal(str(old))} (FORMAT parquet)")
        con.execute(
            f"COPY (SELECT 3::BIGINT AS new, 2::BIGINT AS old) TO {literal(str(new))} (FORMAT parquet)"
        )
        rows = con.execute(f"{scan([str(old), str(new)], schema)} ORDER BY old").fetchall()
    assert rows == [(1, None), (2, 3)]


def test_limits_reach_the_engine(tmp_path: Path) -> None:
    with connection(Limits("300MB", 1), tmp_path / "spill") as con:
        found = con.execute(
            "SELECT current_setting('threads'), current_setting('memory_limit'), current_setting('temp_directory')"
        ).fetchall()[0]
    assert found == (1, "286.1 MiB", str(tmp_path / "spill"))
    assert not (tmp_path / "spill").exists()
