"""users.csv when an older or newer version of the tool goes on with a file: right numbers or none."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.intake.made import book, csv_file, whole
from tests.intake.test_weibo_users import BEFORE_2025, USERS, user

VERSIONS = {"2021": BEFORE_2025[:-1], "2022": BEFORE_2025, "2025": USERS}
CELLS: dict[str, str] = dict(zip(USERS, user(), strict=True))


def row(version: str, **cells: str) -> list[str]:
    return [(CELLS | cells)[name] for name in VERSIONS[version]]


def filled(rows: list[list[str]]) -> list[list[str]]:
    """Rows as wide as the widest, as a spreadsheet saves them."""
    wide = max(map(len, rows))
    return [[*cells, *[""] * (wide - len(cells))] for cells in rows]


CARRIERS: dict[str, Callable[[Path, list[list[str]]], Path]] = {
    "plain": lambda folder, rows: csv_file(folder / "users.csv", rows),
    "filled up": lambda folder, rows: csv_file(folder / "users.csv", filled(rows)),
    "workbook": lambda folder, rows: book(folder / "users.xlsx", {"users": rows}),
}


@pytest.mark.parametrize(
    ("header", "version", "carrier"),
    list(itertools.product(VERSIONS, VERSIONS, CARRIERS)),
)
@pytest.mark.parametrize("verified", [{}, {"认证类型": "0"}])
def test_a_row_of_another_version(
    tmp_path: Path, header: str, version: str, carrier: str, verified: dict[str, str]
) -> None:
    first = row(header, 用户id="10001")
    found = whole(CARRIERS[carrier](tmp_path, [VERSIONS[header], first, row(version, **verified)]))
    assert found.tables["followers"][0]["account_id"] == "weibo:10001"
    expected = CELLS | verified
    for audience in found.tables["followers"][1:]:
        assert (audience["followers"], audience["statuses"]) == (3_125_000, 51_234)
        assert audience["verified"] == (expected["是否认证"] == "True")
        assert audience["verified_type"] == expected["认证类型"]
        assert (audience["verified_reason"] or "") == expected["认证信息"]
    assert found.source.rows_read == 2
    if header == version:
        assert found.source.rows_taken == 2


@pytest.mark.parametrize("version", VERSIONS)
def test_a_last_cell_that_was_left_out_or_a_workbook_of_it(tmp_path: Path, version: str) -> None:
    cells = row(version)
    short = cells[:-1] if VERSIONS[version][-1] == "上次记录微博信息" else cells
    for path in (
        csv_file(tmp_path / "users.csv", [VERSIONS[version], short]),
        book(tmp_path / "users.xlsx", {"users": [VERSIONS[version], cells]}),
    ):
        [audience] = whole(path).tables["followers"]
        assert (audience["followers"], audience["verified_reason"]) == (3_125_000, "官方微博")
