"""The calendar of what is known: every expected day of an account, complete, partial or none, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pyarrow as pa

from jianwei.coverage.ledger import ledger, parameters, query
from jianwei.lake import ask
from jianwei.period import Period

if TYPE_CHECKING:
    import duckdb

__all__ = ["STATES", "days"]

STATES: Mapping[str, str] = {"complete": "完整", "partial": "部分", "none": "无数据"}
"""States of an account's day."""


def days(con: duckdb.DuckDBPyConnection, accounts: pa.Table, period: Period) -> pa.Table:
    """Every expected day of each account; needs `choose_totals` on the same connection.

    accounts: account_id, opened, closed (dates, null = unknown). Returns account_id, day, state (a
    key of STATES), reasons (list of keys of REASONS; `text` and `totals` are remarks on a day of any
    state), posts (in the lake on that day), files, imports (the sources that vouch, sha256). By the
    same temp tables as the ledger: an account's days that are not `none`, less those of reason `gap`
    or `search`, are its covered_days.
    """
    rows = ledger(con, accounts, period)
    con.register("roster_accounts", accounts.select(["account_id", "opened", "closed"]))
    con.register("ledger_rows", rows)
    try:
        return ask.table(con, query("days"), parameters(period))
    finally:
        con.unregister("ledger_rows")
        con.unregister("roster_accounts")
