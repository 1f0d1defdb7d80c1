"""The nouns of 见微 as Arrow schemas and frozen records: every field's meaning and unit.

Times are naive Asia/Shanghai wall-clock times. Null means "not known", never zero. A count
that a platform shows capped (`10万+`) or rounded (`1.2万`) keeps its number and is named in
`censored` (the true value is at least that) or `rounded` (known to two digits or so).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, Literal

import pyarrow as pa

__all__ = [
    "AGES",
    "COUNTS",
    "FOLLOWERS",
    "IMPORTS",
    "PLATFORMS",
    "POSTS",
    "PROVENANCE",
    "QUARANTINE",
    "READINGS",
    "TABLES",
    "TEXTS",
    "TOTALS",
    "TOTAL_FIELDS",
    "Account",
    "ObservedFrom",
    "Opening",
    "Platform",
    "Population",
    "Region",
    "Scope",
    "Unit",
    "account_id",
    "empty",
    "split_account_id",
]


class Platform(StrEnum):
    """A platform in the registry; the value is the word that offices write in their tables."""

    WEIBO = "微博"
    WECHAT_SUBSCRIPTION = "微信订阅号"
    WECHAT_SERVICE = "微信服务号"
    CHANNELS = "视频号"
    DOUYIN = "抖音"
    KUAISHOU = "快手"
    TOUTIAO = "头条号"
    XIAOHONGSHU = "小红书"
    BILIBILI = "B站"
    MINIPROGRAM = "小程序"
    APP = "APP"
    OTHER = "其他"

    @property
    def family(self) -> str:
        """The ASCII word used in ids, in the lake and in recipes; both WeChat kinds are `wechat`."""
        return _FAMILY[self]


_FAMILY: dict[Platform, str] = {
    Platform.WEIBO: "weibo",
    Platform.WECHAT_SUBSCRIPTION: "wechat",
    Platform.WECHAT_SERVICE: "wechat",
    Platform.CHANNELS: "channels",
    Platform.DOUYIN: "douyin",
    Platform.KUAISHOU: "kuaishou",
    Platform.TOUTIAO: "toutiao",
    Platform.XIAOHONGSHU: "xiaohongshu",
    Platform.BILIBILI: "bilibili",
    Platform.MINIPROGRAM: "miniprogram",
    Platform.APP: "app",
    Platform.OTHER: "other",
}

PLATFORMS: dict[str, str] = {
    "weibo": "微博",
    "wechat": "微信",
    **{family: platform.value for platform, family in _FAMILY.items() if family not in ("weibo", "wechat")},
}
"""Platform family (as in ids and the lake) to the word on screens."""

ObservedFrom = Literal["row", "option", "name", "mtime"]
"""Where `observed_at` came from: the row itself, `--observed-at`, the file name, its mtime."""

Scope = Literal["timeline", "listing", "search", "form", "profile"]
"""What a source claims to hold: an account's whole timeline, a listing of posts that an office
keeps, the hits of a search (never complete for an account), sums from a form, or profiles."""


def account_id(family: str, uid: str) -> str:
    """The id of an account everywhere: `weibo:2803301701`, `wechat:gh_0123456789ab`."""
    return f"{family}:{uid}"


def split_account_id(key: str) -> tuple[str, str]:
    """Platform family and uid of an account id. Raises ValueError if there is no colon."""
    family, uid = key.split(":", 1)
    return family, uid


# ---------------------------------------------------------------- the lake's tables

_TIME = pa.timestamp("us")

COUNTS: tuple[str, ...] = ("reads", "reposts", "comments", "likes", "wow", "shares")
"""What one post is counted by. `reads` in the basis of `read_basis` (views 次 or users 人);
`likes` 点赞; `wow` 在看/爱心; `shares` WeChat 分享; `reposts` Weibo 转发."""

AGES: dict[str, tuple[int, int]] = {"24h": (24, 24), "7d": (168, 72), "30d": (720, 360)}
"""Declared reading ages: name to (age in hours, width of the window in hours)."""

PROVENANCE: list[pa.Field] = [
    pa.field("source_file", pa.string()),  # the name people know the file by
    pa.field("source_row", pa.int64()),  # its line or sheet row, 1 = first
    pa.field("sha256", pa.string()),  # of the whole source file; names the import
    pa.field("parser", pa.string()),  # reader, e.g. weibo-crawler-csv
    pa.field("parser_version", pa.string()),
]

_POST_ATTRIBUTES: list[pa.Field] = [
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

_READING: list[pa.Field] = [
    pa.field("observed_at", _TIME, nullable=False),
    pa.field("read_basis", pa.string()),  # views | users, null where there are no reads
    *[pa.field(name, pa.int64()) for name in COUNTS],
    pa.field("censored", pa.string()),  # comma-joined names of counts, null = none
    pa.field("rounded", pa.string()),
]

READINGS = pa.schema(
    [
        pa.field("pub_month", pa.string(), nullable=False),  # 2015-05, partition
        *_POST_ATTRIBUTES,
        *_READING,
        pa.field("observed_from", pa.string(), nullable=False),
        pa.field("account_name", pa.string()),  # as the source shows it
        pa.field("scope", pa.string(), nullable=False),
        *PROVENANCE,
    ]
)
"""Every observation of every post (bronze, append only)."""

TEXTS = pa.schema(
    [
        pa.field("pub_month", pa.string(), nullable=False),
        pa.field("post_key", pa.string(), nullable=False),
        pa.field("title", pa.string()),
        pa.field("text", pa.string()),
        pa.field("link", pa.string()),
        pa.field("topics", pa.string()),  # without #, comma-joined
        *PROVENANCE,
    ]
)
"""Title, text and link of a post; kept out of everything that is scanned."""

POSTS = pa.schema(
    [
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
    ]
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

TOTALS = pa.schema(
    [
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
    ]
)
"""Sums over a closed range of days that came as sums (vendor tables, forms)."""

FOLLOWERS = pa.schema(
    [
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
    ]
)
"""Follower counts and profile facts of an account as seen at one time."""

QUARANTINE = pa.schema(
    [
        pa.field("code", pa.string(), nullable=False),
        pa.field("field", pa.string()),
        pa.field("reason", pa.string(), nullable=False),
        pa.field("hint", pa.string()),
        pa.field("raw", pa.string()),
        *PROVENANCE,
    ]
)
"""Rows that could not be taken (待处理记录), with the reason and the raw text."""

IMPORTS = pa.schema(
    [
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
    ]
)
"""One row a source file: an import counts from the moment its row stands here."""

TABLES: dict[str, pa.Schema] = {
    "readings": READINGS,
    "texts": TEXTS,
    "posts": POSTS,
    "totals": TOTALS,
    "followers": FOLLOWERS,
    "quarantine": QUARANTINE,
    "imports": IMPORTS,
}


def empty(schema: pa.Schema) -> pa.Table:
    """A table of no rows with this schema."""
    return schema.empty_table()


# ---------------------------------------------------------------- the registry's records


@dataclass(frozen=True)
class Unit:
    """A 单位: an organ, ranked with all its accounts. Column names as in the office template."""

    code: str  # 单位编码
    order: int | None  # 排序号 in 建制顺序
    name: str  # 全称
    short_name: str = ""  # 简称
    credit_code: str = ""  # 统一社会信用代码
    organ_type: str = ""  # 机构类型
    level: str = ""  # 行政级别
    system: str = ""  # 系统: 公安, 司法 …
    adcode: str = ""  # 区划代码, valid at `start`
    parent: str = ""  # 属地上级, unit code
    supervisor: str = ""  # 业务上级, unit code
    category: str = ""  # 参评类别, e.g. 参评
    start: date | None = None  # 起始
    end: date | None = None  # 终止
    predecessor: str = ""  # 前身单位, unit code
    note: str = ""  # 备注


@dataclass(frozen=True)
class Account:
    """An 账号 of a unit on a platform; contacts stay in the registry and never reach a roster."""

    unit: str  # 单位编码
    platform: str  # a Platform value
    name: str  # 账号名称
    uid: str  # UID/原始ID, text
    certified_as: str = ""  # 认证主体
    certified_type: str = ""  # 认证类型
    main: bool | None = None  # 主账号
    opened: date | None = None  # 开通日期
    status: str = ""  # 状态
    closed: date | None = None  # 注销日期
    filing: str = ""  # 备案号
    filed: date | None = None  # 备案日期
    supervisor: str = ""  # 主管单位
    operator: str = ""  # 承办单位
    aliases: str = ""  # 曾用名(起止)
    note: str = ""

    @property
    def family(self) -> str:
        """Platform family of the account."""
        return Platform(self.platform).family

    @property
    def account_id(self) -> str:
        """The account's id in the lake."""
        return account_id(self.family, self.uid)


@dataclass(frozen=True)
class Opening:
    """Whether a unit has an account on a platform: 有账号, 确认未开通 or 未普查."""

    unit: str
    platform: str
    status: str
    checked: date | None = None  # 核实日期
    checked_by: str = ""  # 核实人


@dataclass(frozen=True)
class Region:
    """An administrative division as named from `start` to before `end` (null = still)."""

    adcode: str
    name: str
    parent: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Population:
    """People of a region at a year's end (or census day), by kind 常住 or 户籍."""

    adcode: str
    year: int
    kind: str
    people: int
    source: str
    estimate: bool


_ARROW: dict[str, pa.DataType] = {
    "str": pa.string(),
    "int": pa.int64(),
    "int | None": pa.int64(),
    "bool": pa.bool_(),
    "bool | None": pa.bool_(),
    "date | None": pa.date32(),
}


def schema_of(record: type[Any]) -> pa.Schema:
    """The Arrow schema of one of the frozen records above, in field order."""
    return pa.schema([pa.field(f.name, _ARROW[str(f.type)]) for f in fields(record)])


