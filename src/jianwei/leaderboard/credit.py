"""The posts that made a difference: what a unit's score and rank would be without each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from jianwei.content import private
from jianwei.coverage import bounds
from jianwei.lake import ask
from jianwei.leaderboard.standing import Standing, stand
from jianwei.model import COUNTS
from jianwei.recipe import Recipe
from jianwei.scorecard import Inputs, Scorecard, score

if TYPE_CHECKING:
    import duckdb

__all__ = ["Credit", "credits_of"]

LONGEST = 80
"""Characters of a post's text that stand for its title."""

_OF_ACCOUNTS = ("posts", "readings", "totals", "followers")

EACH = 3
"""Posts looked at for each count that the recipe reads: those with the most."""


@dataclass(frozen=True)
class Credit:
    """A post and what hangs on it.

    shares: by count, its share of what all posts of the unit on its platform have. score and rank:
    the unit's without this post, everything measured anew; None where it would not be ranked.
    gain: the score as it is less that one.
    """

    post_key: str
    account: str
    published_at: datetime
    title: str
    link: str
    counts: Mapping[str, int | None]
    shares: Mapping[str, float | None]
    score: float | None
    rank: int | None
    gain: float | None


def credits_of(
    con: duckdb.DuckDBPyConnection,
    now: Standing,
    units: Sequence[Mapping[str, Any]],
    card: Scorecard,
    code: str,
    *,
    known: float,
    pool: Sequence[Inputs] = (),
    most: int = 5,
) -> tuple[Credit, ...]:
    """The posts without which a unit's score would be most different, the most telling first.

    con: the lake's connection. units: the cohort, scored as `card`. known: as in the settings.
    () for a unit without posts in the period. Only posts that have the most of a count that the
    recipe reads are tried; each is taken out of the lake's view and the unit measured again.
    """
    accounts = {str(one["account_id"]): one for one in now.accounts if one["unit"] == code}
    wanted = _counts(now.recipe)
    if not accounts or not wanted:
        return ()
    rows = _most_of(con, now, list(accounts), wanted)
    row = card.codes.index(code)
    found = []
    mine = _of_one(now, set(accounts))
    for post, measured in zip(rows, _without(con, mine, rows, known=known), strict=True):
        others = {key: row for key, row in now.rows.items() if key[0] != code}
        own = {key: row for key, row in measured.rows.items() if key[0] == code}
        told = score(now.recipe, replace(now, rows=others | own).inputs(units), pool)
        one = None if told.rank[row] is None else float(told.score[row])
        gain = None if one is None or np.isnan(card.score[row]) else float(card.score[row]) - one
        found.append(
            Credit(
                post_key=str(post["post_key"]),
                account=str(accounts[str(post["account_id"])]["name"]),
                published_at=post["published_at"],
                title=_short(post["title"] or post["text"]),
                link=post["link"] or "",
                counts={name: post[name] for name in wanted},
                shares={name: _share(post[name], post[f"all_{name}"]) for name in wanted},
                score=one,
                rank=told.rank[row],
                gain=gain,
            )
        )
    found.sort(key=lambda one: (-abs(one.gain) if one.gain is not None else -np.inf, one.post_key))
    return tuple(found[:most])


def _counts(recipe: Recipe) -> tuple[str, ...]:
    """The counts of posts that any leaf reads, whole or in part: `max_reads` reads `reads`."""
    names = {name for leaf in recipe.leaves for name in leaf.names}
    every = "response" in names or "median_response" in names
    return tuple(
        count
        for count in COUNTS
        if every or any(name == count or name.endswith(f"_{count}") for name in names)
    )


def _most_of(
    con: duckdb.DuckDBPyConnection, now: Standing, accounts: list[str], wanted: Sequence[str]
) -> list[dict[str, Any]]:
    """Posts of these accounts that have the most of any wanted count, with the counts of all on their platform."""
    places = ", ".join(
        f"row_number() OVER (ORDER BY {name} DESC NULLS LAST, post_key) AS place_{name}, "
        f"sum({name}) OVER (PARTITION BY platform)::BIGINT AS all_{name}"
        for name in wanted
    )
    chosen = " OR ".join(f"(place_{name} <= $each AND {name} > 0)" for name in wanted)
    sql = f"""
SELECT p.*, x.title AS title, x.text AS text, x.link AS link
FROM (
    SELECT *, {places} FROM posts
    WHERE published_at >= $start AND published_at < $stop
        AND pub_month BETWEEN $first_month AND $last_month
        AND account_id IN (SELECT unnest($accounts))
) AS p
LEFT JOIN texts AS x ON x.post_key = p.post_key
WHERE {chosen}
ORDER BY p.post_key
"""
    values = bounds(now.period).parameters() | {"accounts": accounts, "each": EACH}
    return ask.rows(con, sql, values)


def _of_one(now: Standing, accounts: set[str]) -> Standing:
    """The standing with a roster of these accounts only."""
    table = now.roster.accounts
    own = [str(one) in accounts for one in table["account_id"].to_pylist()]
    return replace(now, roster=replace(now.roster, accounts=table.filter(own)))


def _without(
    con: duckdb.DuckDBPyConnection, now: Standing, posts: Sequence[Mapping[str, Any]], *, known: float
) -> Iterator[Standing]:
    """The standing measured anew without each of the posts in turn; temporary tables hide the lake's own."""
    accounts = [str(one) for one in now.roster.accounts["account_id"].to_pylist()]
    for name in _OF_ACCOUNTS:
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE {_held(name)} AS "
            f"SELECT * FROM memory.main.{name} WHERE account_id IN (SELECT unnest($1::VARCHAR[]))",
            [accounts],
        )
    con.execute(
        "CREATE OR REPLACE TEMP VIEW posts AS SELECT * FROM own_posts WHERE post_key <> getvariable('hidden')"
    )
    try:
        for post in posts:
            con.execute("SET VARIABLE hidden = $1", [str(post["post_key"])])
            yield stand(con, now.roster, now.period, now.recipe, known=known)
    finally:
        con.execute("DROP VIEW temp.main.posts")
        for name in _OF_ACCOUNTS:
            con.execute(f"DROP TABLE temp.main.{_held(name)}")


def _held(name: str) -> str:
    """What a table of the lake is called while only some accounts' rows are looked at."""
    return "own_posts" if name == "posts" else name


def _share(part: Any, whole: Any) -> float | None:
    return part / whole if part is not None and whole else None


def _short(words: str | None) -> str:
    text = " ".join(private.mask(words or "").split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
