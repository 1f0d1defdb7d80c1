"""The lake's tables as Arrow schemas: every field's meaning and unit."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

__all__ = [
    "AGES",
    "COMMENTS",
    "COUNTS",
    "FOLLOWERS",
    "IMPORTS",
    "POSTS",
    "PROVENANCE",
    "QUARANTINE",
    "READINGS",
    "TABLES",
    "TEXTS",
    "TOTALS",
    "TOTAL_FIELDS",
    "empty",
]

_TIME: pa.DataType = pa.timestamp("us")


def _schema(*fields: pa.Field[Any]) -> pa.Schema:
    return pa.schema(fields)


COUNTS: tuple[str, ...] = ("reads", "reposts", "comments", "likes", "wow", "shares")
"""What one post is counted by. `reads` in the basis of `read_basis` (views 次 or users 人);
`likes` 点赞; `wow` 在看/爱心; `shares` WeChat 分享; `reposts` Weibo 转发."""

AGES: dict[str, tuple[int, int]] = {"24h": (24, 24), "7d": (168, 72), "30d": (720, 360)}
"""Declared reading ages: name to (age in hours, width of the window in hours)."""

PROVENANCE: list[pa.Field[Any]] = [
    pa.field("source_file", pa.string()),  # the name people know the file by
    pa.field("source_row", pa.int64()),  # its line or sheet row, 1 = first
    pa.field("sha256", pa.string()),  # of the whole source file; names the import
    pa.field("parser", pa.string()),  # reader, e.g. weibo-crawler-csv
    pa.field("parser_version", pa.string()),
]

_POST_ATTRIBUTES: list[pa.Field[Any]] = [
    pa.field("post_key", pa.string(), nullable=False),  # weibo:MID or wechat:BIZ:MID:IDX
    pa.field("account_id", pa.string(), nullable=False),
    pa.field("platform", pa.string(), nullable=False),  # family: weibo, wechat …
    pa.field("published_at", _TIME, nullable=False),
    pa.field("original", pa.bool_()),  # Weibo: not a repost
    pa.field("declared_original", pa.bool_()),  # WeChat: 声明原创
    pa.field("headline", pa.bool_()),  # WeChat: first article of a push
    pa.field("pictures", pa.int32()),  # number of pictures, 0 = none
    pa.field("video", pa.bool_()),
    pa.field("long_text", pa.bool_()),  # 长微博 or 头条文章
    pa.field("repost_of", pa.string()),  # post_key of the source post
]

_READING: list[pa.Field[Any]] = [
    pa.field("observed_at", _TIME, nullable=False),
    pa.field("read_basis", pa.string()),  # views | users, null where there are no reads
    *[pa.field(name, pa.int64()) for name in COUNTS],
    pa.field("censored", pa.string()),  # comma-joined names of counts, null = none
    pa.field("rounded", pa.string()),
]

READINGS = _schema(
    pa.field("pub_month", pa.string(), nullable=False),  # 2015-05, partition
    *_POST_ATTRIBUTES,
    *_READING,
    pa.field("observed_from", pa.string(), nullable=False),
    pa.field("account_name", pa.string()),  # as the source shows it
    pa.field("scope", pa.string(), nullable=False),
    *PROVENANCE,
)
"""Every observation of every post (bronze, append only)."""

TEXTS = _schema(
    pa.field("pub_month", pa.string(), nullable=False),
    pa.field("post_key", pa.string(), nullable=False),
    pa.field("title", pa.string()),
    pa.field("text", pa.string()),
    pa.field("link", pa.string()),
    pa.field("topics", pa.string()),  # without #, comma-joined
    *PROVENANCE,
)
"""Title, text and link of a post; kept out of everything that is scanned."""

POSTS = _schema(
    pa.field("pub_month", pa.string(), nullable=False),
    *_POST_ATTRIBUTES,
    *_READING,
    *[
        pa.field(
            f"at_{age}",
            pa.struct([pa.field("observed_at", _TIME), *[pa.field(name, pa.int64()) for name in COUNTS]]),
        )
        for age in AGES
    ],
    pa.field("readings", pa.int64(), nullable=False),  # how many observations there are
    pa.field("scope", pa.string(), nullable=False),  # timeline if any source was one
)
"""One row a post: attributes, latest reading, reading at each declared age (silver)."""

TOTAL_FIELDS: tuple[str, ...] = (
    "posts",
    "originals",
    "declared_originals",
    "pushes",
    "headlines",
    "reads",
    "max_reads",
    "headline_reads",
    "reposts",
    "comments",
    "likes",
    "max_likes",
    "headline_likes",
    "wow",
    "max_wow",
    "headline_wow",
    "shares",
    "max_shares",
    "headline_shares",
    "multimedia",
    "asked",
    "replied",
    "new_followers",
    "lost_followers",
)
"""What an account's totals over a month or period may hold: `pushes` 推送次数, `asked` 收到诉求,
`replied` 回复数, the rest as in COUNTS and in recipes."""

TOTALS = _schema(
    pa.field("account_id", pa.string(), nullable=False),
    pa.field("platform", pa.string(), nullable=False),
    pa.field("start", pa.date32(), nullable=False),
    pa.field("end", pa.date32(), nullable=False),
    pa.field("observed_at", _TIME, nullable=False),
    pa.field("observed_from", pa.string(), nullable=False),
    pa.field("read_basis", pa.string()),
    *[pa.field(name, pa.int64()) for name in TOTAL_FIELDS],
    pa.field("censored", pa.string()),
    pa.field("rounded", pa.string()),
    pa.field("account_name", pa.string()),
    pa.field("note", pa.string()),  # 停更说明, 填报人 and the like
    *PROVENANCE,
)
"""Sums over a closed range of days that came as sums (vendor tables, forms)."""

FOLLOWERS = _schema(
    pa.field("account_id", pa.string(), nullable=False),
    pa.field("platform", pa.string(), nullable=False),
    pa.field("observed_at", _TIME, nullable=False),
    pa.field("observed_from", pa.string(), nullable=False),
    pa.field("followers", pa.int64()),
    pa.field("statuses", pa.int64()),  # 微博数 that the profile shows
    pa.field("censored", pa.string()),
    pa.field("rounded", pa.string()),
    pa.field("account_name", pa.string()),
    pa.field("verified", pa.bool_()),
    pa.field("verified_type", pa.string()),
    pa.field("verified_reason", pa.string()),
    *PROVENANCE,
)
"""Follower counts and profile facts of an account as seen at one time."""

COMMENTS = _schema(
    pa.field("comment_key", pa.string(), nullable=False),  # weibo:ID of the comment
    pa.field("post_key", pa.string(), nullable=False),
    pa.field("platform", pa.string(), nullable=False),
    pa.field("published_at", _TIME, nullable=False),
    pa.field("observed_at", _TIME, nullable=False),
    pa.field("observed_from", pa.string(), nullable=False),
    pa.field("reply_to", pa.string()),  # comment_key that it answers, null = the post itself or unknown
    pa.field("commenter", pa.string()),  # pseudonym; the same person has the same one in a workspace
    pa.field("by_account", pa.bool_()),  # whether the post's own account wrote it, null = not known
    pa.field("likes", pa.int64()),
    pa.field("text", pa.string()),
    *PROVENANCE,
)
"""Comments under posts; who wrote them is kept as a pseudonym only."""

QUARANTINE = _schema(
    pa.field("code", pa.string(), nullable=False),
    pa.field("field", pa.string()),
    pa.field("reason", pa.string(), nullable=False),
    pa.field("hint", pa.string()),
    pa.field("raw", pa.string()),
    *PROVENANCE,
)
"""Rows that could not be taken (待处理记录), with the reason and the raw text."""

IMPORTS = _schema(
    pa.field("sha256", pa.string(), nullable=False),
    pa.field("source_file", pa.string(), nullable=False),
    pa.field("parser", pa.string(), nullable=False),
    pa.field("parser_version", pa.string(), nullable=False),
    pa.field("era", pa.string()),  # layout generation of the format
    pa.field("scope", pa.string(), nullable=False),
    pa.field("observed_at", _TIME),  # earliest where rows carry their own
    pa.field("observed_from", pa.string()),
    pa.field("first_published", _TIME),  # of the taken posts
    pa.field("last_published", _TIME),
    pa.field("rows_read", pa.int64(), nullable=False),
    pa.field("rows_taken", pa.int64(), nullable=False),
    pa.field("rows_duplicate", pa.int64(), nullable=False),
    pa.field("rows_quarantined", pa.int64(), nullable=False),
    pa.field("imported_at", _TIME, nullable=False),
)
"""One row a source file: an import counts from the moment its row stands here."""

TABLES: dict[str, pa.Schema] = {
    "readings": READINGS,
    "texts": TEXTS,
    "posts": POSTS,
    "totals": TOTALS,
    "followers": FOLLOWERS,
    "comments": COMMENTS,
    "quarantine": QUARANTINE,
    "imports": IMPORTS,
}


def empty(schema: pa.Schema) -> pa.Table:
    """A table of no rows with this schema."""
    return schema.empty_table()
