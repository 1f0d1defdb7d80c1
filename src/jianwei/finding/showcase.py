"""Posts worth showing (W.picks): by lift over the account's own median, spread over units and themes."""

from __future__ import annotations

from typing import Any

from jianwei.content import labels, private
from jianwei.finding.ground import Ground
from jianwei.finding.model import Finding

__all__ = ["EXCLUDED_WORDS", "MOST", "picks"]

MOST = 11
"""How many posts are shown at most; the seed report shows eleven."""

EXCLUDED_WORDS: tuple[str, ...] = (
    "警情",
    "通报",
    "命案",
    "凶杀",
    "杀人",
    "伤亡",
    "死亡",
    "遇难",
    "身亡",
    "事故",
    "讣告",
    "逝世",
    "悼念",
    "总书记",
    "主席",
    "总理",
    "书记",
    "市长",
    "调研",
    "会见",
    "舆情",
    "辟谣",
    "网传",
)
"""Words of posts that are not shown as showcases: 警情, 伤亡, 讣告, 领导人活动, 舆情."""

_LEAST_POSTS = 20
"""Posts an account must have in the period before its median says anything."""

_SQL = """
WITH labels AS (
{labels}),
mine AS (
    SELECT p.post_key AS post_key, p.account_id AS account_id, p.platform AS platform,
        p.published_at AS published_at, p.reads AS reads, p.reposts AS reposts,
        p.comments AS comments, p.likes AS likes,
        CASE WHEN p.platform = 'wechat' THEN p.reads
            WHEN coalesce(p.reposts, p.comments, p.likes) IS NOT NULL
            THEN coalesce(p.reposts, 0) + coalesce(p.comments, 0) + coalesce(p.likes, 0) END AS response
    FROM posts AS p
    WHERE p.published_at >= $start AND p.published_at < $stop
        AND p.pub_month BETWEEN $first_month AND $last_month
        AND (p.original OR p.platform = 'wechat')
),
usual AS (
    SELECT account_id, median(response) AS median_response, count(response) AS n FROM mine GROUP BY account_id
),
best AS (
    SELECT m.*, u.median_response AS median_response, (m.response + 1e0) / (u.median_response + 1e0) AS lift
    FROM mine AS m JOIN usual AS u ON u.account_id = m.account_id
    WHERE u.n >= $least_posts AND m.response IS NOT NULL AND m.response > u.median_response
    QUALIFY row_number() OVER (
        PARTITION BY m.account_id ORDER BY m.response DESC, m.published_at, m.post_key
    ) <= 5
),
worded AS (
    SELECT b.*, c.unit_name AS unit, c.account_name AS account, l.form AS form, l.function AS function,
        coalesce(nullif(x.title, ''), x.text) AS words,
        coalesce(x.title, '') || coalesce(x.text, '') AS all_words
    FROM best AS b
    JOIN census AS c ON c.account_id = b.account_id AND c.analysed
    JOIN texts AS x ON x.post_key = b.post_key
    JOIN labels AS l ON l.post_key = b.post_key
)
SELECT * FROM worded
ORDER BY ln(response + 1e0) * ln(lift + 1e0) DESC, published_at, post_key
"""


def picks(ground: Ground) -> list[Finding]:
    """W.picks: titles of showcase posts, one a unit, themes taken in turn; excluded posts are listed
    in `detail` with `excluded` = the word that kept them out.
    """
    definition = (
        f"参评单位的原创内容中，传播明显高于本账号中位数的，每单位一篇，兼顾功能与形式，至多 {MOST} 篇；"
        "警情、伤亡、讣告、领导活动、舆情类不选；须经人工确认"
    )
    sql = _SQL.format(labels=labels.query())
    rows = ground.rows(sql, least_posts=_LEAST_POSTS)
    chosen, left_out = _choose(rows)
    if not chosen:
        reason = "没有账号在本期有足够的内容可供比较" if not rows else "候选内容都属于不宜展示的类别"
        return [ground.absent("W.picks", "篇", definition, reason, query=sql, detail=tuple(left_out))]
    return [
        ground.finding(
            "W.picks",
            [row["title"] for row in chosen],
            "篇",
            definition,
            formula="按 ln(传播数+1) × ln(倍数+1) 取高者，倍数 =（传播数+1）÷（本账号中位数+1）",
            query=sql,
            rows=len(rows),
            detail=tuple(chosen + left_out),
        )
    ]


def _choose(rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Candidates best first → (shown, excluded); a unit once, a theme not oftener than its turn."""
    fit, left_out = [], []
    for row in rows:
        word = next((word for word in EXCLUDED_WORDS if word in row["all_words"]), "")
        if word:
            left_out.append(_card(row) | {"excluded": word})
        else:
            fit.append(row)
    chosen: list[dict[str, Any]] = []
    units: set[str] = set()
    for turn in range(1, MOST + 1):
        seen: dict[str, int] = {}
        for card in chosen:
            seen[card["function"] or ""] = seen.get(card["function"] or "", 0) + 1
        for row in fit:
            theme = row["function"] or ""
            if len(chosen) == MOST or row["unit"] in units or seen.get(theme, 0) >= turn:
                continue
            chosen.append(_card(row))
            units.add(row["unit"])
            seen[theme] = seen.get(theme, 0) + 1
    return chosen, left_out[:50]


def _card(row: dict[str, Any]) -> dict[str, Any]:
    words = private.mask(" ".join(str(row["words"] or "").split()))
    title = words if len(words) <= 40 else words[:39] + "…"
    counted = "阅读" if row["platform"] == "wechat" else "转评赞"
    usual = row["median_response"]
    compared = (
        f"为本账号同期中位数（{usual:,g}）的 {row['response'] / usual:,.0f} 倍"
        if usual
        else "本账号同期中位数为 0"
    )
    return {
        "post_key": row["post_key"],
        "unit": row["unit"],
        "account": row["account"],
        "platform": row["platform"],
        "title": title,
        "published_at": row["published_at"],
        "reads": row["reads"],
        "reposts": row["reposts"],
        "comments": row["comments"],
        "likes": row["likes"],
        "function": row["function"],
        "form": row["form"],
        "response": row["response"],
        "median_response": usual,
        "lift": row["lift"],
        "reason": f"{counted} {row['response']:,}，{compared}",
    }
