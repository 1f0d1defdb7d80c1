"""`board --why`: a unit's place explained, indicator by indicator, down to the posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jianwei.cli import output

if TYPE_CHECKING:
    from jianwei.leaderboard.credit import Credit
    from jianwei.leaderboard.why import Why
    from jianwei.workspace import Workspace
    from jianwei.workspace.why import Explained

__all__ = ["show"]

_COUNTS = {
    "reads": "阅读",
    "reposts": "转发",
    "comments": "评论",
    "likes": "点赞",
    "wow": "在看",
    "shares": "分享",
}


def show(
    space: Workspace, recipe: str, cohort: str, period: str, unit: str, *, draws: int, as_json: bool
) -> None:
    """Explain a unit's place to people or scripts."""
    from jianwei.workspace import why as verb

    with output.progress("计分，逐条核算内容的影响", quiet=as_json):
        found = verb.why(space, recipe, cohort, period, unit, draws=draws)
    if as_json:
        output.document(found.to_json())
        return
    output.say(f"{found.why.unit} · {found.recipe_title} · {found.cohort} · {found.period}", style="bold")
    output.say(_standing(found))
    _parts(found.why)
    if found.posts:
        _posts(found.posts)
    elif found.only_totals:
        output.say("本期按汇总数据计分，没有逐条内容可查")
    output.say(
        f"方案 {found.recipe} {found.recipe_hash}，数据版本 {found.lake_version}，台账版本 {found.roster_version}",
        style="dim",
    )


def _standing(found: Explained) -> str:
    why = found.why
    if why.rank is None:
        return f"未参评：{why.reason}"
    words = [f"第 {why.rank} 名，参评 {why.ranked} 家，得分 {output.number(why.score, 2)}"]
    if found.interval is not None:
        words.append(f"可比区间 {output.interval(found.interval)}")
    if why.above and why.above_score is not None and why.score is not None:
        words.append(f"上一名 {why.above}（{why.above_score:.2f}，高 {why.above_score - why.score:.2f} 分）")
    if why.before_rank is not None:
        words.append(f"上期第 {why.before_rank} 名（{output.number(why.before_score, 2)}）")
    return "；".join(words)


def _parts(why: Why) -> None:
    columns = (
        "指标",
        "所属",
        "有效权重",
        "数值",
        "状态",
        "得分率",
        "中位",
        "比中位多得",
        "达到上一名可得",
        "比上期多得",
    )
    rows = [
        (
            part.title, part.path, f"{part.weight:.1%}",
            _raw(part.raw, part.unit), part.state,
            output.number(part.value, 3), output.number(part.median, 3), output.signed(part.over_median),
            output.signed(part.to_above), output.signed(part.since_before),
        )
        for part in why.parts
    ]  # fmt: skip
    output.table(
        "各项指标（分数均为对总分的影响，其余各项不变）", columns, rows, numbers=(2, 3, 5, 6, 7, 8, 9)
    )


def _raw(value: float | None, unit: str) -> str | None:
    """A formula value with its unit: whole from a hundred on, else four significant digits."""
    if value is None:
        return None
    return f"{value:,.0f} {unit}".rstrip() if abs(value) >= 100 else f"{value:.4g} {unit}".rstrip()


def _posts(posts: tuple[Credit, ...]) -> None:
    names = [name for name in _COUNTS if any(post.counts.get(name) is not None for post in posts)]
    columns = (
        "发布时间",
        "账号",
        "标题或正文",
        *(_COUNTS[name] for name in names),
        "占比",
        "去掉后得分",
        "影响",
        "去掉后名次",
    )
    rows = [
        (
            f"{post.published_at:%Y-%m-%d %H:%M}", post.account, _short(post.title),
            *(output.number(post.counts.get(name)) for name in names), _largest(post),
            output.number(post.score, 2), output.signed(post.gain), post.rank or "不再参评",
        )
        for post in posts
    ]  # fmt: skip
    first = 3 + len(names)
    title = "影响最大的内容（去掉这一条，重新统计、重新计分）"
    output.table(title, columns, rows, numbers=(*range(3, first), first + 1, first + 2, first + 3))


def _largest(post: Credit) -> str | None:
    """The count of which the post holds the greatest share."""
    known = {name: share for name, share in post.shares.items() if share is not None}
    if not known:
        return None
    name = max(known, key=lambda one: (known[one], one))
    return f"{_COUNTS[name]}的 {known[name]:.0%}"


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:29] + "…"
