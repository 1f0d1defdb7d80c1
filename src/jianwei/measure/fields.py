"""The measures of an account or unit: which add up, which are maxima, which need the texts."""

from __future__ import annotations

__all__ = ["ACTIVITY", "DERIVED", "FORMS", "LABELLED", "MAXIMA", "SUMS"]

SUMS: tuple[str, ...] = (
    "posts",
    "originals",
    "declared_originals",
    "pushes",
    "headlines",
    "reads",
    "headline_reads",
    "reposts",
    "comments",
    "original_reposts",
    "original_comments",
    "likes",
    "headline_likes",
    "wow",
    "headline_wow",
    "shares",
    "headline_shares",
    "multimedia",
    "active_days",
    "response",
)
"""Measures of accounts that add up to those of their unit (active_days: account-days)."""

MAXIMA: tuple[str, ...] = ("max_reads", "max_likes", "max_wow", "max_shares")
"""Measures of accounts whose unit has the greatest of them."""

ACTIVITY: tuple[str, ...] = (
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
    "original_reposts",
    "original_comments",
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
    "active_days",
    "response",
)
"""Columns of account activity in the order in which posts.sql and totals.sql give them."""

FORMS: tuple[str, ...] = ("asked", "replied")
"""Measures that only an operator's form tells; they add up, whatever else is known of an account."""

LABELLED: tuple[str, ...] = ("infographics", "service_posts")
"""Measures that need the texts; computed only for a recipe that asks for them."""

DERIVED: tuple[str, ...] = (
    "days",
    "accounts",
    "works",
    "followers",
    "followers_start",
    "new_followers",
    "median_response",
    "response_before",
)
"""Measures made from the ones above, from follower readings or from the period before."""
