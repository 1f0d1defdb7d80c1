"""Rows of a form against each other: the same one twice, posts against sums, rows that are not there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from jianwei.errors import Issue, Level, Place
from jianwei.forms.blank import FAMILIES
from jianwei.forms.judged import Detail, Judged, Statement
from jianwei.forms.returned import Page
from jianwei.forms.rows import counts_of
from jianwei.intake.records import Seen

__all__ = ["details_against_sums", "not_there", "same_posts", "same_rows"]

_SUMMED = ("reads", "reposts", "comments", "likes", "wow", "shares")


def same_rows(judged: Judged) -> None:
    """Two rows of an account and month: the same numbers are one row twice, others contradict each other."""
    by_key: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for one in judged.statements:
        by_key[one.key].append(one)
    for rows in by_key.values():
        if len(rows) > 1:
            same = len({counts_of(one.found) for one in rows}) == 1
            _twice(judged, rows, "month", "同一账号、同一月份", same)


def same_posts(judged: Judged) -> None:
    """The same for posts; readings that say at what different times they were taken stand beside each other."""
    by_key: dict[str, list[Detail]] = defaultdict(list)
    for one in judged.details:
        if judged.takes(one.spot):
            by_key[one.seen.post_key].append(one)
    for rows in by_key.values():
        times = {one.seen.observed_at for one in rows}
        if len(rows) > 1 and (None in times or len(times) < len(rows)):
            same = len({one.seen.identity() for one in rows}) == 1
            _twice(judged, rows, "link", "同一条内容", same)


def _twice(
    judged: Judged, rows: Sequence[Statement] | Sequence[Detail], name: str, told: str, same: bool
) -> None:
    for one in rows[1:] if same else rows:
        place = Place(one.spot.page, one.spot.row, one.page.title(name))
        if same:
            what = f"与第 {rows[0].spot.row} 行是{told}，数字也相同"
            judged.issues.append(Issue("warning", "duplicate_row", place, what, "只计一次；请删去重复的一行"))
            judged.skipped.add(one.spot)
        else:
            others = "、".join(str(other.spot.row) for other in rows if other is not one)
            what = f"{told}另有第 {others} 行，数字不同，不知道以哪一行为准"
            hint = "只留一行正确的，其余删去"
            judged.refuse(one.spot, Issue("error", "conflicting_rows", place, what, hint))


def details_against_sums(judged: Judged) -> None:
    """Rows of posts are part of what the sums count: they may be fewer, never more."""
    by_key: dict[tuple[str, str], dict[str, Seen]] = defaultdict(dict)
    for one in judged.details:
        if judged.takes(one.spot):
            by_key[one.account_id, one.month][one.seen.post_key] = one.seen
    for statement in judged.statements:
        posts = list(by_key.get(statement.key, {}).values())
        for name, total, level in _contained(statement.page, posts):
            said = statement.found.counts.get(name)
            if said is None or said.value is None or said.censored or said.value >= total:
                continue
            title = statement.page.title(name)
            what = f"{title}填 {said.value:,}，而明细表中合计已有 {total:,}"
            place = Place(statement.spot.page, statement.spot.row, title)
            issue = Issue(level, "details_above_sum", place, what, "请核对汇总和明细，两处要对得上")
            if level == "error":
                judged.refuse(statement.spot, issue)
            else:
                judged.issues.append(issue)


def _contained(page: Page, posts: Sequence[Seen]) -> Iterator[tuple[str, int, Level]]:
    """What posts add up to, by field of the sums; counts of interactions may have grown since."""
    if not posts:
        return
    weibo = page.fit.template.platform == "weibo"
    own = sum(bool(post.original if weibo else post.declared_original) for post in posts)
    yield "posts", len(posts), "error"
    yield "originals" if weibo else "declared_originals", own, "error"
    for name in _SUMMED:
        counted = [post for post in posts if name != "reads" or post.read_basis == "views"]
        yield name, sum(getattr(post, name) or 0 for post in counted), "warning"


def not_there(judged: Judged) -> None:
    """Rows that were asked for and are not there, or say nothing."""
    stated = {one.key for one in judged.statements}
    for family, (totals, _) in FAMILIES.items():
        pages = [page for page in judged.returned.pages if page.kind == totals and not page.fit.twice]
        if not pages:
            continue  # a sheet that is gone or cannot be read is told of as a whole
        gone = []
        for line in judged.ask.of(family):
            key = line.account_id, line.month
            told = f"{line.month} “{line.name}”（{line.uid}）"
            if key in judged.blank:
                what = f"{told}一行没有填数字，按未掌握处理"
                hint = "确为零请填 0；有数请补填后重新报送"
                judged.issues.append(Issue("note", "blank_row", Place(pages[0].name), what, hint))
            elif line.account_id and key not in stated:
                gone.append((line.name, told))
        for told in _unexplained(gone, [name for page, name in judged.unresolved if page == pages[0].name]):
            hint = "请照原表补上这一行；不掌握的格子留空"
            what = f"没有找到 {told}一行"
            judged.issues.append(Issue("warning", "missing_row", Place(pages[0].name), what, hint))


def _unexplained(gone: Iterable[tuple[str, str]], unresolved: list[str]) -> list[str]:
    """Rows that are gone without a damaged row that may be theirs: its own problem has been told."""
    left, rest = [], list(unresolved)
    for name, told in gone:
        if name in rest:
            rest.remove(name)
        else:
            left.append(told)
    return left[len(rest) :]
