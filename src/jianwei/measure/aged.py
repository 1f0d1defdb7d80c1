"""Readings at a declared age: the SQL of a period's posts with the counts that stand for that age."""

from __future__ import annotations

from importlib import resources

from jianwei.errors import DataError, suggest
from jianwei.model import AGES, COUNTS

__all__ = ["LEAST", "RULES", "posts_sql"]

RULES: tuple[str, ...] = ("missing", "nearest", "latest")
"""What stands for a post without a reading of the age."""

LEAST = 10
"""Posts read at both ages from which an account has a curve of its own."""


def posts_sql(reading: str, missing: str = "missing", mature: str = "no") -> str:
    """SQL of the period's posts by the declared reading; parameters as in measured.sql.

    reading: latest or a key of AGES. missing: one of RULES. mature: no or curve. Raises DataError
    on an unknown word.
    """
    if reading == "latest":
        return _text("measured").format(
            counts="", reading=reading, aged="true", raised="false", posts="posts"
        )
    if reading not in AGES:
        known = ("latest", *AGES)
        raise DataError(f"不认识的取数时点“{reading}”", hint=f"可用：{'、'.join(known)}")
    if missing not in RULES:
        raise DataError(f"不认识的缺失规则“{missing}”", hint=suggest(missing, RULES))
    at = f"at_{reading}"
    if missing == "missing":
        return _text("measured").format(
            counts=f"{at}.", reading=reading, aged=f"{at} IS NOT NULL", raised="false", posts="posts"
        )
    other = "newest" if missing == "latest" else _nearest(reading)
    posts = _text("stand_in").format(at=at, other=other, rule=missing)
    raised = "false"
    if mature != "no":
        posts, raised = _matured(reading, posts), "was_raised"
    return _text("measured").format(
        counts="chosen.", reading=reading, aged=f"{at} IS NOT NULL", raised=raised, posts=f"({posts})"
    )


def _nearest(reading: str) -> str:
    """The reading closest in time to the age; the newest one where others are as close."""
    hours = AGES[reading][0]
    others = [f"at_{age}" for age in AGES if age != reading] + ["newest"]
    far = {
        name: f"coalesce(abs(date_diff('second', published_at, {name}.observed_at) - {hours * 3600}), 1e18)"
        for name in others
    }
    cases = []
    for place, name in enumerate(others[:-1]):
        rest = " AND ".join(f"{far[name]} < {far[later]}" for later in others[place + 1 :])
        cases.append(f"WHEN {rest} THEN {name}")
    return f"CASE {' '.join(cases)} ELSE newest END"


def _matured(reading: str, posts: str) -> str:
    hours = AGES[reading][0]
    at = f"at_{reading}"
    # a post counts for a ratio only where both of its readings know the count
    ratios = []
    for name in COUNTS:
        both = f"FILTER (WHERE at_24h.{name} IS NOT NULL AND {at}.{name} IS NOT NULL)"
        young, old = f"sum(at_24h.{name}) {both}", f"sum({at}.{name}) {both}"
        ratios.append(
            f"CASE WHEN {young} = 0 AND {old} = 0 THEN 1e0 WHEN {young} > 0 THEN greatest(1e0, {old} * 1e0 / {young}) END AS {name}"
        )
    power = f"(ln({hours} / greatest(s.chosen_age, 24e0)) / ln({hours} / 24e0))"
    counts = [f"'{name}': cast(round(s.chosen.{name} * pow(c.{name}, {power})) AS BIGINT)" for name in COUNTS]
    return _text("mature").format(
        hours=hours, at=at, least=LEAST, stand_in=posts,
        counts=",\n            ".join(counts), ratios=",\n        ".join(ratios),
    )  # fmt: skip


def _text(name: str) -> str:
    return resources.files("jianwei.measure").joinpath(f"{name}.sql").read_text("utf-8")
