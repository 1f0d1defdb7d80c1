"""The registry workbook: every unit, account and opening comes back through the registry."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
from python_calamine import CalamineWorkbook

from jianwei.demo import roll
from jianwei.demo.cast import Cast
from jianwei.demo.files import MARK
from jianwei.demo.world import World
from tests.demo.made import Made


def _sheet(path: Path, name: str) -> list[dict[str, str]]:
    header, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(name).to_python()
    return [dict(zip(map(str, header), map(str, row), strict=True)) for row in rows]


def test_the_workbook_has_every_row_and_says_that_it_is_made_up(made_world: World, tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    roll.write(path, made_world.cast)
    units, accounts = _sheet(path, "单位"), _sheet(path, "账号")
    assert [row["单位编码"] for row in units] == [unit.code for unit in made_world.cast.units]
    assert [row["UID/原始ID"] for row in accounts] == [account.uid for account in made_world.cast.accounts]
    assert len(_sheet(path, "开设情况")) == len(made_world.cast.openings)
    assert units[0]["备注"] == accounts[0]["备注"] == MARK


def test_the_roster_of_the_workspace_is_the_cast(made: Made) -> None:
    who: Cast = made.world.cast
    roster = made.desk.roster
    told = {row["code"]: row for row in roster.units.to_pylist()}
    assert set(told) == {unit.code for unit in who.units}
    for unit in who.units:
        row = told[unit.code]
        for name in ("name", "system", "adcode", "category", "start", "end", "organ_type", "level"):
            assert (row[name] or None) == (getattr(unit, name) or None)
        for name in ("parent", "supervisor", "predecessor"):
            assert (row[name] or "") == getattr(unit, name)
    accounts: pa.Table = roster.accounts
    found = {row["account_id"]: row for row in accounts.to_pylist()}
    assert set(found) == {account.account_id for account in who.accounts}
    for account in who.accounts:
        row = found[account.account_id]
        wanted = (account.unit, account.platform, account.name, account.main, account.opened, account.closed)
        assert tuple(row[n] for n in ("unit", "platform", "name", "main", "opened", "closed")) == wanted
    assert roster.openings.num_rows == len(who.openings)
