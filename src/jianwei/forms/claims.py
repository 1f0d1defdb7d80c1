"""Whose a post is: rows of another account, pasted by mistake, must not make its posts the unit's own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from jianwei.errors import Issue, Place
from jianwei.forms.judged import Detail, Judged
from jianwei.forms.returned import Page
from jianwei.forms.rows import Found
from jianwei.lake import ask
from jianwei.model import split_account_id

if TYPE_CHECKING:
    import duckdb

__all__ = ["between", "by_link", "posters"]

_UID = re.compile(r"weibo\.(?:com|cn)/(?:u/)?(\d{5,20})(?:/|$|\?)", re.ASCII)
_HINT = "请核对是否粘贴了别的账号的内容；不是贵单位账号发布的，请删去这一行"

_POSTERS = "SELECT post_key, account_id FROM posts WHERE post_key IN (SELECT unnest($keys))"


def by_link(page: Page, found: Found, account: str | None) -> None:
    """Refuse a row whose link names another account of Weibo."""
    match = _UID.search(str(found.at.get("link") or ""))
    if account is None or match is None or page.fit.template.platform != "weibo":
        return
    if match[1] != split_account_id(account)[1]:
        place = Place(page.name, found.row.number, page.title("link"))
        what = f"链接是 UID {match[1]} 的微博，不是这个账号的"
        found.issues.append(Issue("error", "not_own_post", place, what, _HINT))


def posters(con: duckdb.DuckDBPyConnection, judged: Iterable[Judged]) -> dict[str, str]:
    """The account that the lake knows for posts named in these forms, by post."""
    keys = sorted({one.seen.post_key for form in judged for one in form.details})
    rows = ask.rows(con, _POSTERS, {"keys": keys}) if keys else []
    return {row["post_key"]: row["account_id"] for row in rows}


def between(judged: Sequence[Judged], known: Mapping[str, str]) -> None:
    """Refuse posts that are known to be of another account, and those that two accounts claim.

    known: as `posters` gives. Where a link says whose a post is, that account's claim stands.
    """
    claims: dict[str, list[tuple[Judged, Detail]]] = defaultdict(list)
    for form in judged:
        for one in form.details:
            if form.takes(one.spot):
                claims[one.seen.post_key].append((form, one))
    for key, several in claims.items():
        accounts = {one.account_id for _, one in several}
        for form, one in several:
            if key in known and known[key] != one.account_id:
                _refuse(form, one, "这条内容已知是另一个账号发布的")
            elif key not in known and len(accounts) > 1 and not _UID.search(one.seen.link or ""):
                _refuse(form, one, "另一个账号的表里也列了这条内容，不知道是谁发布的")


def _refuse(form: Judged, one: Detail, what: str) -> None:
    place = Place(one.spot.page, one.spot.row, one.page.title("link"))
    form.refuse(one.spot, Issue("error", "not_own_post", place, what, _HINT))
