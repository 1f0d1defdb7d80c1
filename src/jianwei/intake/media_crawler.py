"""MediaCrawler's Weibo notes, comments and creators: tables, JSON, JSON lines and SQLite, of both eras.

Until 2026-06 notes name their author; since then they hold a hash of the uid and a masked nickname.
A registered account is known by the hash and confirmed by the mask; everybody else stays anonymous
under the hash, and counts to nobody. Whether a note is a repost, and its pictures, are not recorded.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from jianwei.intake import remark, times, values
from jianwei.intake.counts import counted
from jianwei.intake.databases import Database
from jianwei.intake.given import Given
from jianwei.intake.grid import Grid, Row
from jianwei.intake.lines import CellReader, Refused, half, whole
from jianwei.intake.objects import Objects
from jianwei.intake.records import Audience, Record, Remark, Seen, marks
from jianwei.intake.source import Layout, Note
from jianwei.model import Scope, account_id, split_account_id

__all__ = ["FILES", "STORE", "fits", "layout"]

_VERSION = "1"
_AGAIN = "请从来源重新导出"
_NOTES = frozenset(("note_id", "create_time", "liked_count", "comments_count", "shared_count"))
_COMMENTS = frozenset(("comment_id", "note_id", "create_time", "content"))
_CREATORS = frozenset(("user_id", "nickname", "fans", "follows"))
_COUNTS = {"likes": "liked_count", "comments": "comments_count", "reposts": "shared_count"}
_IN_LINK = re.compile(r"/(?:detail|status)/(\d{15,20})")
_HASHED = "~"
"""Before the hash of an author that nobody knows: no uid begins so."""


def fits(header: list[str]) -> bool:
    """Whether a header is of the tool's notes, comments or creators."""
    return _kind(header) != ""


def layout(grid: Grid, header: list[str], given: Given) -> Layout:
    """How to read a table; the header row itself is already taken off the grid.

    Raises DataError where a column stands twice.
    """
    given.once(header)

    def read(row: Row) -> Mapping[str, Any] | None:
        whole(row)
        cells = ["" if cell is None else cell for cell in row.cells]
        if cells[: len(header)] == header:
            return None
        if row.lines and len(cells) != len(header):
            if row.cut and len(cells) < len(header):
                raise half(row, len(header))
            what = f"有 {len(cells)} 格，表头有 {len(header)} 格"
            raise Refused("row_width", "", what, "常见原因是行被截断，或正文里的逗号没有加引号")
        return dict(zip(header, cells, strict=False))

    return _layout(header, given, grid, read, grid.split)


def _kind(keys: Iterable[str]) -> str:
    there = set(keys)
    if there >= _COMMENTS:
        return "comments"
    if there >= _NOTES and ("creator_hash" in there or "user_id" in there):
        return "notes"
    return "creators" if there >= _CREATORS else ""


def _layout(keys: Iterable[str], given: Given, rows: Iterable[Row], read: Any, split: Any = None) -> Layout:
    kind = _kind(keys)
    hashed = "creator_hash" in set(keys)
    known = {_hash(uid): uid for uid in _registered(given)}
    parse: Callable[[Mapping[str, Any]], list[Record]]
    if kind == "notes":
        parse = _Notes(known)
    else:
        parse = _creator if kind == "creators" else _Comments(given.options.secret)

    def records(row: Row) -> list[Record] | None:
        at = read(row)
        return None if at is None else parse(at)

    # a crawl of creators lists their notes; a search gives hits
    whose: Scope = "listing" if "creator" in given.path.name else "search"
    scope: Scope = "comments" if kind == "comments" else "profile" if kind == "creators" else whose
    notes: tuple[Note, ...] = ()
    if hashed and kind == "notes":
        what = "这一代文件隐去了作者：台账中的账号按编号的散列认出，其余匿名保存，不计入任何单位"
        notes = (Note("anonymous", what, "请先导入台账再导入这类文件"),)
    return Layout(
        format=f"MediaCrawler-{kind}",
        era="2026-07 起（作者隐名）" if hashed else "2026-06 前",
        scope=scope,
        version=_VERSION,
        rows=rows,
        parse=records,
        split=split,
        notes=notes,
    )


def _registered(given: Given) -> Iterator[str]:
    for account in given.options.registered:
        family, uid = split_account_id(account)
        if family == "weibo":
            yield uid


def _hash(uid: str) -> str:
    return hashlib.sha256(uid.encode()).hexdigest()[:16]


class _Notes:
    """Reads notes; known: hash → uid of the registry's accounts."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self.known = known

    def __call__(self, at: Mapping[str, Any]) -> list[Record]:
        get = CellReader(at)
        observed = get.moment("last_modify_ts") if not values.blank(at.get("last_modify_ts")) else None
        uid, name = self._author(get)
        return [
            Seen(
                post_key=f"weibo:{_note_id(get, at)}",
                account_id=account_id("weibo", uid),
                published_at=get.moment("create_time"),
                observed_at=observed,
                **counted(get, _COUNTS),
                account_name=name,
                text=get("content", values.text),
                link=get("note_url", values.text),
            )
        ]

    def _author(self, get: CellReader) -> tuple[str, str | None]:
        """Uid and name; the hash, and no name, where nobody knows whose it is."""
        hashed = get("creator_hash", values.text)
        name = get("nickname", values.text)
        if hashed is None:
            return get("user_id", values.number_id), name
        uid = self.known.get(hashed)
        return (uid, None) if uid is not None else (f"{_HASHED}{hashed}", None)


def _note_id(get: CellReader, at: Mapping[str, Any]) -> str:
    """The note's id; from its link where a spreadsheet has mangled the cell."""
    match = _IN_LINK.search(str(at.get("note_url") or ""))
    try:
        return get("note_id", values.number_id)
    except Refused:
        if match:
            return match[1]
        raise


class _Comments:
    """Reads comments; secret: the key of the commenters' pseudonyms."""

    def __init__(self, secret: bytes) -> None:
        self.name = remark.namer(secret)

    def __call__(self, at: Mapping[str, Any]) -> list[Record]:
        get = CellReader(at)
        who = get("creator_hash", values.text) or get("user_id", values.text)
        parent = at.get("parent_comment_id")
        answered = (
            None
            if values.blank(parent) or str(parent) in ("0", "0.0")
            else get("parent_comment_id", values.number_id)
        )
        observed = None if values.blank(at.get("last_modify_ts")) else get("last_modify_ts", times.moment)
        return [
            Remark(
                comment_key=f"weibo:{get('comment_id', values.number_id)}",
                post_key=f"weibo:{get('note_id', values.number_id)}",
                published_at=get.moment("create_time"),
                observed_at=observed,
                reply_to=None if answered is None else f"weibo:{answered}",
                commenter=self.name(who),
                likes=get("comment_like_count", values.count).value,
                text=get("content", values.text),
            )
        ]


def _creator(at: Mapping[str, Any]) -> list[Record]:
    get = CellReader(at)
    fans = get("fans", values.count)
    observed = None if values.blank(at.get("last_modify_ts")) else get("last_modify_ts", times.moment)
    return [
        Audience(
            account_id=account_id("weibo", get("user_id", values.number_id)),
            observed_at=observed,
            observed_from="row" if observed else "",
            followers=fans.value,
            censored=marks(followers=fans.censored),
            rounded=marks(followers=fans.rounded),
            account_name=get("nickname", values.text),
        )
    ]


class _Files:
    """The tool's JSON and JSON lines."""

    def fits(self, objects: Objects) -> bool:
        """Whether the sampled objects are notes, comments or creators."""
        return bool(objects.samples) and all(_kind(one) for one in objects.samples)

    def layout(self, objects: Objects, given: Given) -> Layout:
        """How to read the objects."""
        return _layout(objects.samples[0], given, iter(objects), _object)


class _Store:
    """The tool's SQLite file."""

    _TABLES = ("weibo_note", "weibo_note_comment", "weibo_creator")

    def fits(self, database: Database) -> bool:
        """Whether one of the tool's Weibo tables is there."""
        return any(_kind(database.tables.get(name, ())) for name in self._TABLES)

    def layouts(self, database: Database, given: Given) -> Iterator[tuple[str, Layout]]:
        """The Weibo tables that hold something."""
        for name in self._TABLES:
            if _kind(database.tables.get(name, ())):
                yield name, _layout(database.tables[name], given, database.rows(name), _object)


def _object(row: Row) -> Mapping[str, Any]:
    whole(row)
    if not isinstance(row.cells, dict):
        raise Refused("bad_record", "", "不是一条完整的记录", _AGAIN)
    return row.cells


FILES, STORE = _Files(), _Store()
