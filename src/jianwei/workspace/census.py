"""账号普查 of a workspace: its registry, exports of the national system, and the accounts of its lake."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jianwei.errors import DataError
from jianwei.workspace.progress import Progress, silent
from jianwei.workspace.space import Workspace, now

if TYPE_CHECKING:
    from jianwei.registry.census import Census
    from jianwei.roster import Roster

__all__ = ["census"]


def census(
    space: Workspace,
    exports: Sequence[Path] = (),
    *,
    as_of: date | None = None,
    out: Path | None = None,
    progress: Progress = silent,
) -> Census:
    """Compare the published roster, exports of the national system and the lake; write a workbook if asked.

    as_of: the day of the census, by default the day that the lake's data reach. Without exports
    the kinds that need one are not judged. Raises DataError at an unusable export or a day to come.
    """
    from jianwei.registry import census as taking
    from jianwei.registry import looking, national, workbook
    from jianwei.roster.divisions import stem

    if as_of is not None and as_of > now().date():
        raise DataError(f"普查日 {as_of} 还没有到", hint="请写今天或以前的日期")
    progress("读取全国系统的导出")
    read = national.read(exports)
    roster = _roster(space)
    with space.lake.connect() as con:
        progress("查看数据中的账号")
        reached = looking.last_day(con) if as_of is None else as_of
        day = min(reached, now().date()) if reached else now().date()
        seen = looking.look(con, day)
        source = "option" if as_of else "data" if reached else "clock"
        found = taking.Census(day, source, space.lake.version(), roster.version if roster else "", read)
        progress("比对")
        names = [str(name) for name in roster.regions["name"].to_pylist()] if roster is not None else []
        places = {*names, *map(stem, names)}
        taking.take(found, roster, seen, lambda closings: looking.after(con, closings, day), places)
    if out is not None:
        progress(f"写入 {out.name}")
        workbook.write(found, out)
    return found


def _roster(space: Workspace) -> Roster | None:
    """The newest roster; None before the first one."""
    from jianwei.roster import shelf

    return space.roster if shelf.published(space.path / "roster") else None
