"""Who posts and who does not: 已注销仍发文, 僵尸, and 未掌握 where nobody can tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta

from jianwei.registry.entry import LIKELY, OPEN, SURE, Entry, Evidence
from jianwei.registry.held import Closing, Held
from jianwei.registry.sighting import DORMANT_DAYS, Post, Sighting

__all__ = ["After", "posting_after_closing", "silent"]

After = Callable[[Mapping[str, date]], Mapping[str, tuple[int, Post, Post]]]
"""Number, first and last of the posts after each account's day of closing."""

_CLOSED_ADVICE = "核实是否真的注销：未注销的更正登记；已注销仍能发布的，联系平台关停，防止被他人利用"
_DORMANT_ADVICE = "无力维护的，按程序关停注销，并在台账登记注销日期；仍要使用的，恢复更新"
_UNKNOWN_ADVICE = "补采这些天的数据，或请单位填报（没有发布的填 0）后再普查；在此之前不作结论"

_STEPS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("posts", "zero"), SURE, f"{DORMANT_DAYS} 天都有数据为证（逐条数据的起止范围，或汇总为 0）"),
    (("posts", "zero", "profile"), LIKELY, "部分日子以主页微博数前后相同为证；先删后发也会相同"),
    (
        ("posts", "zero", "profile", "fetched"), OPEN,
        "部分日子只以“取数时间之前没有更新的内容”为证；采集限定了截止日期或中途停下时不成立",
    ),
)  # fmt: skip
"""What may vouch for the days, how sure an entry then is, and the rule in Chinese."""

_WORDS = {
    "posts": "逐条数据的范围",
    "zero": "汇总为 0 条",
    "profile": "主页微博数不变",
    "fetched": "其后取数，未见更新",
}
_MOST = 4
"""Sources named for the days of one account."""


def posting_after_closing(
    everybody: Iterable[Held], seen: Mapping[str, Sighting], day: date, after: After
) -> Iterator[Entry]:
    """Accounts with posts after the day of closing that a register tells; the day itself does not count.

    The own registry's day comes before the national system's. A closing without a day is told where
    the account posted in the last DORMANT_DAYS.
    """
    dated: dict[str, tuple[Held, Closing, date]] = {}
    for held in everybody:
        if not held.account_id or not held.closings:
            continue
        days = [(one, one.day) for one in held.closings if one.day is not None]
        if found := next(((one, closed) for one, closed in days if closed <= day), None):
            dated[held.account_id] = (held, *found)
        elif not days:
            yield from _undated(held, held.closings[0], seen.get(held.account_id))
    for account_id, (number, first, last) in after({key: one[2] for key, one in dated.items()}).items():
        held, closing, _ = dated[account_id]
        sure = closing.confidence == SURE
        rule = "注销日期之后有发布内容" if sure else "注销日期来自按名称对上的系统登记"
        posts = f"此后发布 {number:,} 条：首条 {first.published:%Y-%m-%d %H:%M}（{first.key}）"
        evidence = [Evidence(closing.told, closing.where), Evidence(posts, first.where)]
        if number > 1:
            evidence.append(Evidence(f"末条 {last.published:%Y-%m-%d %H:%M}（{last.key}）", last.where))
        yield held.entry("posting_after_closing", closing.confidence, rule, evidence, _CLOSED_ADVICE)


def _undated(held: Held, closing: Closing, one: Sighting | None) -> Iterator[Entry]:
    if one is None or not one.recent or one.last is None:
        return
    last = f"最近一条 {one.last.published:%Y-%m-%d %H:%M}（{one.last.key}）"
    evidence = [
        Evidence(closing.told, closing.where),
        Evidence(f"近 {DORMANT_DAYS} 天发布 {one.recent:,} 条，{last}", one.last.where),
    ]
    rule = "没有注销日期，不知道这些内容是否在注销之前"
    yield held.entry("posting_after_closing", OPEN, rule, evidence, "补填注销日期后再核对")


def silent(everybody: Iterable[Held], seen: Mapping[str, Sighting], day: date) -> Iterator[Entry]:
    """Accounts in use without a post for DORMANT_DAYS: 僵尸 where every day is vouched for, else 未掌握."""
    since = day - timedelta(days=DORMANT_DAYS - 1)
    for held in everybody:
        one = seen.get(held.account_id)
        young = held.opened is not None and held.opened > since
        if held.open and not young and not (one is not None and (one.recent or one.reported)):
            yield _judged(held, one, since, day)


def _judged(held: Held, one: Sighting | None, since: date, day: date) -> Entry:
    notes = [Evidence(note) for note in held.notes]
    if one is None:
        what, rule = "没有取得这个账号的任何数据", "没有数据"
        if not held.uid:
            what, rule = "没有登记 UID，无法与数据对应", "没有 UID"
        return held.entry("unknown", OPEN, rule, [Evidence(what), *notes], _UNKNOWN_ADVICE)
    evidence = [_last_post(one, day), *notes]
    for kinds, confidence, rule in _STEPS:
        if one.covered(kinds, since, day) == DORMANT_DAYS:
            sources = sorted(
                (source for source in one.vouched if source.by in kinds),
                key=lambda source: (source.first, source.last, str(source.where)),
            )
            for source in sources[:_MOST]:
                span = f"{max(source.first, since)} 至 {min(source.last, day)}"
                evidence.append(Evidence(f"{_WORDS[source.by]}，{span} 没有它的发布内容", source.where))
            return held.entry("dormant", confidence, rule, evidence, _DORMANT_ADVICE)
    days = one.covered(_STEPS[-1][0], since, day)
    if one.posts and not one.collected:
        rule, what = "只有检索片段", "只有检索到的片段，检索不到不等于没有发布"
    else:
        rule = f"{DORMANT_DAYS} 天中只有 {days} 天有数据为证"
        what = f"{since} 至 {day} 共 {DORMANT_DAYS} 天，只有 {days} 天有数据为证"
    return held.entry("unknown", OPEN, rule, [Evidence(what), *evidence], _UNKNOWN_ADVICE)


def _last_post(one: Sighting, day: date) -> Evidence:
    if one.last is None:
        return Evidence("数据中没有它的任何发布内容")
    gone = (day - one.last.published.date()).days
    told = f"最近一条发布于 {one.last.published:%Y-%m-%d %H:%M}（{one.last.key}），距普查日 {gone} 天"
    return Evidence(told, one.last.where)
