"""What we do not know: how many days of each account the imports can vouch for, and why not more.

A timeline or a listing vouches for every day between its first and its last post: a day
without a post there is a day on which nothing was published. The hits of a search vouch for
no day at all. Totals vouch for the days they sum over. An account's days count from its
opening to its closing; what no source vouches for is missing, never zero. What speaks against
a vouched day (a gap out of all rhythm, a profile that counts more posts, rows refused, a page
limit) makes it partial, with the reason.
"""

from __future__ import annotations

from jianwei.coverage.days import STATES, days
from jianwei.coverage.ledger import (
    COMPLETE_AT,
    FORM_FIELDS,
    GRADES,
    Bounds,
    bounds,
    choose_totals,
    grade,
    ledger,
    margin,
)
from jianwei.coverage.reasons import REASONS

__all__ = [
    "COMPLETE_AT",
    "FORM_FIELDS",
    "GRADES",
    "REASONS",
    "STATES",
    "Bounds",
    "bounds",
    "choose_totals",
    "days",
    "grade",
    "ledger",
    "margin",
]
