"""Everything that is wrong with a form that came back: sheets, rows, and rows against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from jianwei.errors import Issue, Place
from jianwei.forms import claims, identity, public, structure, together
from jianwei.forms.identity import Owner
from jianwei.forms.judged import Detail, Judged, Spot, Statement
from jianwei.forms.public import Known
from jianwei.forms.request import Ask
from jianwei.forms.returned import Page, Returned
from jianwei.forms.rows import Found, examine
from jianwei.forms.tolerance import Tolerance
from jianwei.intake import values
from jianwei.intake.forms import Form
from jianwei.intake.records import Seen
from jianwei.period import Period

__all__ = ["Rules", "conclude", "judge"]


@dataclass(frozen=True)
class Rules:
    """What forms are judged by. known: by account id and month. owners: account id to unit code."""

    now: datetime
    period: Period
    owners: Mapping[str, str]
    known: Mapping[tuple[str, str], Known]
    tolerance: Tolerance


def judge(returned: Returned, ask: Ask, rules: Rules, *, prefilled: bool = False) -> Judged:
    """Judge a file's sheets and rows against what its unit was asked; `conclude` judges them together.

    prefilled: whether public counts stood in its cells.
    """
    judged = Judged(returned, ask)
    judged.issues += structure.issues(returned, ask)
    owner = Owner(ask, rules.owners)
    # Of two columns of one title nobody can say which counts: such a sheet is not read.
    pages = [page for page in returned.pages if not page.fit.twice]
    for page in pages:
        if page.kind.endswith("posts"):
            _posts(judged, page, owner, rules)
    for page in pages:
        if page.kind.endswith("totals"):
            _sums(judged, page, owner, rules)
    judged.prefilled = prefilled
    return judged


def conclude(judged: Judged) -> None:
    """Judge the rows of a file against each other, once all that is wrong with each of them is known."""
    together.same_rows(judged)
    together.same_posts(judged)
    together.details_against_sums(judged)
    together.not_there(judged)
    if judged.prefilled:
        _confirm(judged)


def _sums(judged: Judged, page: Page, owner: Owner, rules: Rules) -> None:
    form = Form(page.fit, page.header, rules.now)
    posts = {
        (one.account_id, one.month, one.seen.post_key) for one in judged.details if judged.takes(one.spot)
    }
    listed = Counter((account, month) for account, month, _ in posts)
    for row in page.rows:
        found = examine(page, row, form, rules.now)
        spot = Spot(page.name, row.number)
        if found.skipped:
            judged.skipped.add(spot)
            judged.issues += found.issues
            continue
        # A row that says nothing can be wrong in nothing: whose it is matters only for what is missing.
        told = Found(row, found.at) if found.blank else found
        account = identity.own(page, told, owner)
        month = identity.month_of(page, told, rules.period)
        if account is None or month is None:
            judged.unresolved.append((page.name, str(found.at.get("account_name") or "").strip()))
        if found.blank:
            judged.skipped.add(spot)
            if account is not None and month is not None:
                judged.blank.add((account, month.label))
            continue
        judged.rows += 1
        if account is not None and month is not None:
            _compare(page, found, rules, (account, month.label), listed[account, month.label])
            judged.statements.append(Statement(spot, page, account, month, found))
        _settle(judged, spot, found)


def _posts(judged: Judged, page: Page, owner: Owner, rules: Rules) -> None:
    only = identity.only(page, owner.ask)
    if only is not None:
        judged.accounts[page.name] = only
    form = Form(page.fit, page.header, rules.now, only)
    for row in page.rows:
        spot = Spot(page.name, row.number)
        full = identity.filled(page, row, owner)
        found = examine(page, full, form, rules.now)
        if found.blank or found.skipped:
            judged.skipped.add(spot)
            continue
        if full is not row:
            place = page.fit.places["uid"]
            judged.uids[spot] = place, str(full.cells[place])
        judged.rows += 1
        account = only or identity.own(page, found, owner)
        seen = next((record for record in found.records if isinstance(record, Seen)), None)
        if seen is not None:
            _published(page, found, seen, rules)
            claims.by_link(page, found, account)
            if account is not None:
                month = seen.published_at.strftime("%Y-%m")
                seen = seen._replace(account_id=account)
                judged.details.append(Detail(spot, page, account, month, seen, found))
        _settle(judged, spot, found)


def _published(page: Page, found: Found, seen: Seen, rules: Rules) -> None:
    when = seen.published_at
    place = Place(page.name, found.row.number, page.title("published_at"))
    if when > rules.now:
        issue = Issue("error", "future", place, f"发布时间 {when} 在将来", "请核对年份和日期")
        found.issues.append(issue)
    elif not rules.period.start <= when.date() <= rules.period.end:
        what = f"发布时间 {when:%Y-%m-%d} 不在填报周期 {rules.period.label} 之内"
        found.issues.append(Issue("error", "out_of_period", place, what, "请删去这一行，或改正发布时间"))
    elif found.observed is not None and found.observed < when:
        place = Place(page.name, found.row.number, page.title("observed_at"))
        what = f"取数时间 {found.observed:%Y-%m-%d %H:%M} 早于发布时间"
        found.issues.append(Issue("error", "observed_early", place, what, "请核对这两个时间"))


def _compare(page: Page, found: Found, rules: Rules, key: tuple[str, str], listed: int) -> None:
    known = rules.known.get(key)
    if known is None:
        return
    for doubt in public.compare(found.stated(), known, rules.tolerance, listed=listed):
        place = Place(page.name, found.row.number, page.title(doubt.field))
        found.issues.append(Issue(doubt.level, doubt.code, place, doubt.what, doubt.hint))


def _settle(judged: Judged, spot: Spot, found: Found) -> None:
    """Take over what is wrong with a row; an error keeps it out."""
    for issue in found.issues:
        if issue.level == "error":
            judged.refuse(spot, issue)
        else:
            judged.issues.append(issue)


def _confirm(judged: Judged) -> None:
    """Count the cells that hold what was prefilled: the unit left them, so it states them.

    A row that holds nothing else and that nobody signed may not have been looked at: that is a question.
    """
    asked = {(line.account_id, line.month): line.known for line in judged.ask.lines}
    for one in judged.good:
        known = asked.get(one.key, {})
        stated = {name: value for name, value in one.found.stated().items() if value is not None}
        left = [name for name, value in stated.items() if known.get(name) == value]
        judged.confirmed += len(left)
        if len(left) == len(stated) and values.blank(one.found.at.get("reporter")):
            place = Place(one.spot.page, one.spot.row, one.page.title("reporter"))
            what = "整行都是预填的数，也没有写填报人，不知道是否核对过"
            hint = "核对无误的，请写上填报人后重新报送；不掌握的请清空"
            judged.issues.append(Issue("warning", "unsigned", place, what, hint))
