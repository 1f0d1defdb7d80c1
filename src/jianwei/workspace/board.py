"""Boards, measures and posts of a workspace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jianwei.content import private
from jianwei.coverage import bounds
from jianwei.errors import DataError, suggest
from jianwei.lake import ask
from jianwei.leaderboard import Leaderboard
from jianwei.measure.engine import Conventions, Measures, measure
from jianwei.roster import Roster
from jianwei.workspace.desk import Desk, parsed
from jianwei.workspace.space import Workspace

__all__ = ["board", "each_post", "measures", "posts"]


def board(
    space: Workspace, recipe: str, cohort: str, period: str, *, by: str = "unit", draws: int = 0
) -> Leaderboard:
    """A board of a workspace. draws: for the rank intervals, 0 = none.

    Raises RecipeError for an unknown recipe or cohort, DataError without a roster.
    """
    with Desk(space, parsed(period)) as desk:
        return desk.board(recipe, cohort, by=by, draws=draws)


def measures(space: Workspace, period: str, *, age: str = "latest") -> dict[str, Any]:
    """Measures of every account of the roster in a period, with coverage and the SQL that made them.

    age: of the readings: latest, or a key of AGES. Raises DataError on another.
    """
    with Desk(space, parsed(period)) as desk:
        rules = Conventions(
            days=space.settings.days,
            read_basis="any",
            followers_within=space.settings.followers_within,
            known=space.settings.known,
            reading=age,
        )
        done = _of_accounts(desk, rules)
        accounts = {row["account_id"]: row for row in desk.roster.accounts.to_pylist()}
        units = {row["code"]: (place, row["name"]) for place, row in enumerate(desk.roster.units.to_pylist())}
        last = (len(units), "")
        rows = []
        for row in sorted(
            done.accounts.to_pylist(),
            key=lambda row: (units.get(accounts[row["account_id"]]["unit"], last)[0], row["account_id"]),
        ):
            account = accounts[row["account_id"]]
            rows.append(
                {
                    "unit": units.get(account["unit"], last)[1],
                    "unit_code": account["unit"],
                    "account": account["name"],
                    "days": desk.period.days(space.settings.days),
                }
                | row
                | {"works": row["posts"], "new_followers": _difference(row)}
            )
        return {
            "period": desk.period.label,
            "conventions": vars(rules),
            "lake_version": desk.lake_version,
            "roster_version": desk.roster.version,
            "rows": rows,
            "queries": dict(done.queries),
        }


def _of_accounts(desk: Desk, rules: Conventions) -> Measures:
    import pyarrow as pa

    from jianwei.leaderboard.standing import members
    from jianwei.model import PLATFORMS

    accounts = members(desk.roster, desk.period, PLATFORMS)
    ids = pa.array([account["account_id"] for account in accounts], pa.string())
    ledger = pa.table(
        {
            "account_id": ids,
            "opened": pa.array([account["opened"] for account in accounts], pa.date32()),
            "closed": pa.array([account["closed"] for account in accounts], pa.date32()),
        }
    )
    families = pa.array([account["family"] for account in accounts], pa.string())
    keys = pa.table({"key": ids, "account_id": ids, "platform": families})
    return measure(desk.con, ledger, keys, desk.period, rules)


def _difference(row: Mapping[str, Any]) -> int | None:
    end, start = row["followers"], row["followers_start"]
    known = end is not None and start is not None
    difference: int | None = end - start if known else row["form_new_followers"]
    return difference


_POSTS = """
SELECT p.* EXCLUDE (pub_month), x.title AS title, x.text AS text, x.link AS link
FROM posts AS p LEFT JOIN texts AS x ON x.post_key = p.post_key
WHERE p.published_at >= $start AND p.published_at < $stop
    AND p.pub_month BETWEEN $first_month AND $last_month
    {accounts} {private}
ORDER BY p.published_at, p.post_key
"""


def posts(space: Workspace, period: str, *, unit: str | None = None) -> list[dict[str, Any]]:
    """Posts of a period with their texts, of one unit (code, 全称 or 简称) or of all accounts of the lake.

    Private data in titles and texts is masked; `private` says what kinds there were.
    """
    return list(each_post(space, period, unit=unit))


def each_post(
    space: Workspace, period: str, *, unit: str | None = None, private_only: bool = False
) -> Iterator[dict[str, Any]]:
    """The same posts one by one, or those with private data only; errors come with the first."""
    values: dict[str, Any] = bounds(parsed(period)).parameters()
    condition = holding = ""
    if private_only:
        holding = "AND regexp_matches(concat_ws(chr(10), x.title, x.text), $candidate)"
        values["candidate"] = private.CANDIDATE
    if unit is not None:
        condition = "AND p.account_id IN (SELECT unnest($accounts))"
        values["accounts"] = _accounts_of(space.roster, unit)
    names = _names(space)
    with space.lake.connect() as con:
        for row in ask.each(con, _POSTS.format(accounts=condition, private=holding), values):
            shown = private.veil(row)
            if private_only and not shown["private"]:
                continue
            owner, name = names.get(row["account_id"], (None, None))
            yield {"unit": owner, "account": name} | shown


def _names(space: Workspace) -> dict[str, tuple[str, str]]:
    """Unit and name of every account of the roster by id; nothing before the first roster."""
    try:
        roster = space.roster
    except DataError:
        return {}
    units = {row["code"]: row["name"] for row in roster.units.to_pylist()}
    return {
        row["account_id"]: (units.get(row["unit"], ""), row["name"])
        for row in roster.accounts.to_pylist()
        if row["account_id"]
    }


def _accounts_of(roster: Roster, unit: str) -> list[str]:
    units = roster.units.to_pylist()
    codes = {row["code"] for row in units if unit in (row["code"], row["name"], row["short_name"])}
    if not codes:
        raise DataError(f"台账中没有单位“{unit}”", hint=suggest(unit, [row["name"] for row in units]))
    accounts = roster.accounts.to_pylist()
    return [str(row["account_id"]) for row in accounts if row["unit"] in codes and row["account_id"]]
