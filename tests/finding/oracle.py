"""The findings' numbers once more, from the lake's Parquet and the written roster, in plain Python.

Nothing of `measure`, `coverage`, `finding` or of the lake's views is used.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from deltalake import DeltaTable

from tests.finding import big
from tests.world import World

START, STOP, DAYS = datetime(2015, 1, 1), datetime(2015, 7, 1), 181
FIRST, LAST = date(2015, 1, 1), date(2015, 6, 30)
COUNTS = ("reads", "reposts", "comments", "likes", "wow", "shares")
KNOWN, MARGIN, WITHIN = 0.95, 3, 31
HEIR = {"S4": "S5"}

Row = dict[str, Any]


def raw(world: World, name: str) -> list[Row]:
    """The rows of a bronze table as they lie in its files."""
    rows: list[Row] = DeltaTable(str(world.folder / "lake" / name)).to_pyarrow_table().to_pylist()
    return rows


def newest(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["observed_at"], row["sha256"], row["source_row"]), reverse=True)


class Oracle:
    """Everything counted by loops."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.posts = self._posts()
        self.texts = {row["post_key"]: row for row in raw(world, "texts")}
        self.followers = raw(world, "followers")
        self.accounts = [
            self._account(row) for row in big.accounts() if row["platform"][:2] in ("微博", "微信")
        ]

    def _posts(self) -> list[Row]:
        seen: dict[str, list[Row]] = defaultdict(list)
        for row in raw(self.world, "readings"):
            seen[row["post_key"]].append(row)
        found = []
        for rows in seen.values():
            latest = newest(rows)
            one = dict(latest[0])
            for name in (*COUNTS, "original", "pictures", "video", "long_text", "headline"):
                one[name] = next((row[name] for row in latest if row[name] is not None), None)
            one["search"] = all(row["scope"] == "search" for row in rows)
            found.append(one)
        return found

    def _account(self, row: Row) -> Row:
        unit = HEIR.get(row["unit"], row["unit"])
        family = "weibo" if row["platform"] == "微博" else "wechat"
        key = f"{family}:{row['uid']}" if row["uid"] else None
        certified = bool(row["certified_as"]) and row.get("certified_type") != "未认证"
        closed, opened = row.get("closed"), row.get("opened")
        (office,) = [one for one in big.units() if one["code"] == unit]
        first, last = max(opened or FIRST, FIRST), min(closed - timedelta(days=1) if closed else LAST, LAST)
        found = {
            "key": key, "family": family, "unit": unit, "main": row["main"], "certified": certified,
            "open": closed is None or closed > LAST, "system": office["system"], "first": first, "last": last,
            "municipal": unit in big.MUNICIPAL, "district": unit in big.OWN, "analysed": unit in big.ANALYSED,
            "region": big.REGION.get(unit[0], ""), "unit_name": office["name"], "name": row["name"],
        }  # fmt: skip
        return found | (self._activity(key, first, last) if key else {"source": "none"})

    def _activity(self, key: str, first: date, last: date) -> Row:
        expected = {first + timedelta(days=n) for n in range((last - first).days + 1)}
        covered: set[date] = set()
        named = {
            (row["account_id"], row["sha256"])
            for row in raw(self.world, "readings")
            if row["scope"] != "search"
        }
        for one in raw(self.world, "imports"):
            if (
                (key, one["sha256"]) not in named
                or one["first_published"] >= STOP
                or one["last_published"] < START
            ):
                continue
            day = one["first_published"].date() - timedelta(days=MARGIN)
            while day <= one["last_published"].date() + timedelta(days=MARGIN):
                covered.add(day)
                day += timedelta(days=1)
        totals = [
            row
            for row in raw(self.world, "totals")
            if row["account_id"] == key and row["start"] >= FIRST and row["end"] <= LAST
        ]
        summed = {
            row["start"] + timedelta(days=n)
            for row in totals
            for n in range((row["end"] - row["start"]).days + 1)
        }
        mine = [row for row in self.posts if row["account_id"] == key and START <= row["published_at"] < STOP]
        days = {"posts": len(covered & expected), "totals": len(summed & expected)}
        if days["totals"] > days["posts"]:
            sums = {
                name: _all([row[name] for row in totals])
                for name in ("posts", "reposts", "comments", "likes", "originals")
            }
            return {"source": "totals", "totals": totals, **sums}
        if not days["posts"] and not any(row["search"] for row in mine):
            return {"source": "none"}
        sums = {name: _most([row[name] for row in mine]) for name in ("reposts", "comments", "likes")}
        originals = _most([row["original"] for row in mine])
        kind = "posts" if days["posts"] else "fragments"
        return {"source": kind, "mine": mine, "posts": len(mine), "originals": originals, **sums}

    def near(self, key: str | None, day: date) -> int | None:
        """The follower count nearest to a day, the later of two as near, within the declared days."""
        rows = [
            (abs((row["observed_at"].date() - day).days), -row["observed_at"].timestamp(), row["followers"])
            for row in self.followers
            if row["account_id"] == key and abs((row["observed_at"].date() - day).days) <= WITHIN
        ]
        return min(rows)[2] if rows else None

    def count(self, **flags: Any) -> int:
        """Certified accounts open at the period's end with these flags."""
        return len(
            [
                one
                for one in self.open()
                if one["certified"] and all(one[name] == value for name, value in flags.items())
            ]
        )

    def open(self) -> list[Row]:
        return [one for one in self.accounts if one["open"]]

    def analysed(self, family: str = "weibo") -> list[Row]:
        return [one for one in self.accounts if one["analysed"] and one["family"] == family]

    def sum(self, name: str) -> int:
        return sum(one[name] for one in self.analysed() if one.get(name) is not None)


def _all(values: list[int | None]) -> int | None:
    return None if None in values else sum(value or 0 for value in values)


def _most(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) >= KNOWN * len(values) else None
