"""Whose a row is: the account and the month that it names against those that were asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from jianwei.errors import Issue, Place
from jianwei.forms.request import Ask, Line
from jianwei.forms.returned import Page
from jianwei.forms.rows import Found
from jianwei.intake import times, values
from jianwei.intake.grid import Row
from jianwei.model import account_id
from jianwei.period import Period

__all__ = ["Owner", "filled", "month_of", "only", "own"]


@dataclass(frozen=True)
class Owner:
    """Whose rows a file may hold: what its unit was asked, and the unit of every account of the roster."""

    ask: Ask
    owners: Mapping[str, str]

    def named(self, family: str, name: str) -> list[Line]:
        """Accounts of the request with this name, a line each."""
        found = {(line.account_id, line.name): line for line in self.ask.of(family) if line.name == name}
        return list(found.values())


def filled(page: Page, row: Row, owner: Owner) -> Row:
    """A row of posts with the uid of its account where it names none: that of the account it calls by
    name, else of the only one that the unit has on the platform.

    Rows of sums stay as they are: their uid was given, and who removed it must say so.
    """
    place = page.fit.places.get("uid")
    at = page.cells(row)
    if page.kind.endswith("totals") or not values.blank(at.get("uid")) or place is None:
        return row
    family = page.fit.template.platform
    accounts = list(owner.ask.accounts(family).values())
    name = str(at.get("account_name") or "").strip()
    if name:
        accounts = [line for line in accounts if line.name == name]
    if len(accounts) != 1:
        return row
    cells = list(row.cells) + [None] * (place + 1 - len(row.cells))
    cells[place] = accounts[0].uid
    return row._replace(cells=cells)


def only(page: Page, ask: Ask) -> str | None:
    """The id of the unit's only account on a platform, for a page of posts without a column for it."""
    accounts = list(ask.accounts(page.fit.template.platform))
    return accounts[0] if "uid" not in page.fit.places and len(accounts) == 1 else None


def own(page: Page, found: Found, owner: Owner) -> str | None:
    """The id of the row's account, None where it cannot be told; what is wrong is added to its issues."""
    family = page.fit.template.platform
    name = str(found.at.get("account_name") or "").strip()
    cell = found.at.get("uid")
    expected = owner.named(family, name)
    if values.blank(cell):
        _tell(page, found, "no_account", "没有写明账号的 UID", _should(expected))
        return None
    read = values.number_id if family == "weibo" else values.identifier
    try:
        uid = read(cell, what="UID")
    except values.CellError as error:
        _tell(page, found, error.code, error.reason, _should(expected) or error.hint)
        return None
    key = account_id(family, uid)
    asked = owner.ask.accounts(family)
    if key in asked:
        _named_right(page, found, owner, asked[key], name)
        return key
    code = owner.owners.get(key)
    if code == owner.ask.code:
        found.issues.append(
            _issue(page, found, "uid", "warning", "not_asked", f"账号 {uid} 不在本次下发的表中",
                   "已收下；请确认填报周期内这个账号在用")
        )  # fmt: skip
        return key
    known = [line for line in expected if line.account_id]
    if known:
        what = f"UID 与下发的不同：下发的是 {known[0].uid}，表中是 {values.shown(uid)}"
        _tell(page, found, "changed_uid", what, _should(known))
    elif code is not None:
        _tell(page, found, "not_own_account", f"UID {values.shown(uid)} 不是贵单位的账号",
              "请删去这一行；如账号已划归贵单位，请先告知主管单位更新台账")  # fmt: skip
    elif any(not line.account_id for line in expected):
        found.issues.append(
            _issue(page, found, "uid", "warning", "new_uid", f"台账中还没有“{name}”的 UID，表中填的是 {uid}",
                   "已按所填收下；请主管单位核对后写入台账")
        )  # fmt: skip
        return key
    else:
        _tell(page, found, "unknown_account", f"台账中没有 UID 为 {values.shown(uid)} 的账号",
              "请核对 UID；新开的账号请先报主管单位登记")  # fmt: skip
    return None


def month_of(page: Page, found: Found, period: Period) -> Period | None:
    """The month of a row of sums, None where it is none of the period's; what is wrong is added."""
    cell = found.at.get("month")
    allowed = [month.label for month in period.months()]
    hint = f"应是 {'、'.join(allowed)} 中的一个" if len(allowed) <= 12 else ""
    try:
        span = times.span(cell)
    except values.CellError as error:
        if not any(issue.where.field == page.title("month") for issue in found.issues):
            _tell(page, found, error.code, error.reason, hint, "month")
        return None
    if span.kind != "month" or span.label not in allowed:
        # The reader may have complained of a month in the future: out of the period says as much.
        found.issues[:] = [issue for issue in found.issues if issue.where.field != page.title("month")]
        _tell(page, found, "out_of_period", f"{span.chinese}不在填报周期 {period.label} 之内", hint, "month")
        return None
    _taken_in_time(page, found, span)
    return span


def _taken_in_time(page: Page, found: Found, month: Period) -> None:
    """Counts taken before the month was over are not those of the month."""
    seen = found.observed
    if seen is None or seen > datetime.combine(month.end, time()):
        return
    where = page.title("observed_at")
    if any(issue.where.field == where for issue in found.issues):
        return
    hint = "请在月末之后重新取数，或改正取数时间"
    if seen < datetime.combine(month.start, time()):
        _tell(
            page,
            found,
            "observed_early",
            f"取数时间 {seen:%Y-%m-%d} 早于{month.chinese}",
            hint,
            "observed_at",
        )
        return
    what = f"取数时间 {seen:%Y-%m-%d} 时{month.chinese}还没有结束，所填不是全月的数"
    found.issues.append(_issue(page, found, "observed_at", "warning", "observed_early", what, hint))


def _named_right(page: Page, found: Found, owner: Owner, line: Line, name: str) -> None:
    """A uid that goes with the name of another account is somebody's slip; a new name is a question."""
    if not name or name == line.name:
        return
    family = page.fit.template.platform
    if any(other.account_id != line.account_id for other in owner.named(family, name)):
        what = f"账号“{values.shown(name)}”与 UID {line.uid} 对不上：这个 UID 是“{line.name}”"
        _tell(page, found, "crossed_account", what, "请核对是否整行错位", "account_name")
        return
    what = f"账号名称与下发的不同：下发的是“{line.name}”，表中是“{values.shown(name)}”"
    hint = "如已改名，请告知主管单位更新台账；如是误改，请改回"
    found.issues.append(_issue(page, found, "account_name", "warning", "renamed_account", what, hint))


def _should(lines: list[Line]) -> str:
    known = [line for line in lines if line.uid]
    if len(known) == 1:
        return f"应为 {known[0].uid}（“{known[0].name}”）；请照此改回，并把格式设为文本"
    return "请照原表补上，并把格式设为文本"


def _tell(page: Page, found: Found, code: str, what: str, hint: str, name: str = "uid") -> None:
    """Add an error in place of what the reader said of the same column, as this says more."""
    where = page.title(name)
    found.issues[:] = [
        issue for issue in found.issues if issue.where.field not in {where, "UID" if name == "uid" else where}
    ]
    found.issues.append(_issue(page, found, name, "error", code, what, hint))


def _issue(page: Page, found: Found, name: str, level: Any, code: str, what: str, hint: str) -> Issue:
    return Issue(level, code, Place(page.name, found.row.number, page.title(name)), what, hint)
