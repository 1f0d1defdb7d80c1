"""Private data in a workspace: the key of its pseudonyms, and which posts hold numbers of persons."""

from __future__ import annotations

import os
import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from jianwei.content import private
from jianwei.errors import DataError, Issue, Place, cause
from jianwei.workspace.space import Workspace

__all__ = ["KEY", "Watch", "posts", "secret", "tally", "veiled"]

KEY = ".pseudonym.key"
"""File of the workspace's secret, beside the lake and readable by its owner only."""

_BYTES = 32


def secret(space: Workspace) -> bytes:
    """The workspace's key for pseudonyms, made at random when it is first asked for.

    Raises DataError where the file is damaged or cannot be made: with another key everybody would
    get another pseudonym.
    """
    path = space.path / KEY
    try:
        _make(path)
        return _read(path)
    except OSError as error:
        hint = "请核对工作区的权限"
        raise DataError(f"读不了评论者化名的密钥 {path.name}：{cause(error)}", hint=hint) from error


def _make(path: Path) -> None:
    """Write a new key whole and for the owner only, unless there is one."""
    if path.exists():
        return
    staging = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(staging, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(_BYTES) + "\n")
        try:
            os.link(staging, path)  # unlike a rename, never over another process's key
        except FileExistsError:
            return
        except OSError:  # a file system without links
            if not path.exists():
                staging.replace(path)
    finally:
        staging.unlink(missing_ok=True)


def _read(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != _BYTES:
        raise DataError(
            f"评论者化名的密钥 {path.name} 已损坏", hint="请从备份恢复；换了密钥，同一个人会有两个化名"
        )
    return key


class Watch:
    """Counts the posts of one source that hold private data, while it is read."""

    def __init__(self) -> None:
        self.posts = 0
        self.kinds: Counter[str] = Counter()

    def look(self, table: str, rows: pa.RecordBatch | pa.Table) -> None:
        """Take rows of a table into account; only `texts` have words of posts."""
        if table != "texts":
            return
        likely = [pc.match_substring_regex(rows[name], private.CANDIDATE) for name in ("title", "text")]
        for row in rows.select(["title", "text"]).filter(pc.or_kleene(*likely)).to_pylist():
            text = f"{row['title'] or ''}\n{row['text'] or ''}"
            held = private.kinds(text)
            self.posts += bool(held)
            self.kinds.update(held)

    def issues(self, name: str) -> list[Issue]:
        """What to say of the source, nothing where nothing was found."""
        if not self.posts:
            return []
        told = "、".join(f"{kind} {self.kinds[kind]:,} 条" for kind in private.KINDS if self.kinds[kind])
        what = f"{self.posts:,} 条发布内容含个人信息（{told}），报告和清单中一律遮盖"
        hint = "用 jianwei posts --private --period 周期 查看是哪些账号，并请主办单位处理"
        return [Issue("warning", "private_data", Place(name), what, hint)]


def veiled(issues: Iterable[Issue]) -> list[Issue]:
    """Problems without private data: a message quotes the cell, which in a shifted row is the post's text."""
    return [replace(issue, what=private.mask(issue.what)) for issue in issues]


def posts(space: Workspace, period: str, *, unit: str | None = None) -> list[dict[str, Any]]:
    """The posts of a period that hold private data, masked; `private` says which kinds."""
    from jianwei.workspace.board import each_post  # imports need no boards

    return list(each_post(space, period, unit=unit, private_only=True))


def tally(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Such posts by account, most first: unit, account, account_id, posts, and posts by each of KINDS."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        names = {name: row[name] for name in ("unit", "account", "account_id")}
        one = found.setdefault(row["account_id"], names | dict.fromkeys(("posts", *private.KINDS), 0))
        for name in ("posts", *row["private"]):
            one[name] += 1
    return sorted(found.values(), key=lambda one: (-one["posts"], one["account_id"]))
