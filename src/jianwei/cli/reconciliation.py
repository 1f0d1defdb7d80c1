"""What `registry reconcile` prints: counts by kind, then what was found with its evidence."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jianwei.cli import output
from jianwei.errors import DataError

if TYPE_CHECKING:
    from jianwei.registry.census import Census
    from jianwei.registry.entry import Entry

__all__ = ["day", "tell"]

_MOST = 10
"""Entries of a kind shown to people; the workbook and --json have them all."""


def day(text: str | None) -> date | None:
    """The day that was asked for. Raises DataError where it is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DataError(f"看不懂日期“{text}”", hint="写成 2015-06-30 的样子") from error


def tell(census: Census, out: Path | None) -> None:
    """Print the census for people."""
    from jianwei.registry.entry import KINDS, LIKELY, OPEN, SURE
    from jianwei.registry.workbook import FROM

    output.issues(census.issues)
    for export in census.exports:
        output.say(
            f"{export.path.name}：读 {export.rows:,} 行，采用 {len(export.accounts):,}，"
            f"重复 {export.duplicates:,}，未采用 {export.rejected:,}"
        )
    compared = census.compared
    output.say(
        f"普查日 {census.as_of}（{FROM[census.as_of_from]}）；本台账 {compared['own']:,} 个账号，"
        f"全国系统 {compared['filed']:,} 个（对上 {compared['paired']:,}），数据中见到 {compared['seen']:,} 个"
    )
    rows = []
    for kind, counts in census.counts.items():
        numbers = [output.number(counts.total()), *(counts[one] or None for one in (SURE, LIKELY, OPEN))]
        why = census.skipped.get(kind)
        rows.append((KINDS[kind].title, *([None] * 4 if why else numbers), why or KINDS[kind].meaning))
    output.table("账号普查", ("类别", "条数", SURE, LIKELY, OPEN, "含义"), rows, numbers=(1, 2, 3, 4))
    for kind, word in KINDS.items():
        entries = census.of(kind)
        if entries:
            output.say()
            output.say(f"{word.title}（{len(entries):,} 条）", style="bold")
        for entry in entries[:_MOST]:
            _entry(entry)
        if len(entries) > _MOST:
            output.say(f"  …… 另有 {len(entries) - _MOST:,} 条，用 --out 或 --json 取全部", style="dim")
    if out is not None:
        output.say(f"已写入 {out}", style="dim")


def _entry(entry: Entry) -> None:
    who = f"{entry.unit}：" if entry.unit else ""
    uid = f"（{entry.uid}）" if entry.uid else ""
    output.say(f"  {who}{entry.platform}“{entry.account}”{uid} — {entry.confidence}：{entry.rule}")
    for one in entry.evidence:
        output.say(f"      · {one}", style="dim")
    output.say(f"      → {entry.advice}", style="dim")
