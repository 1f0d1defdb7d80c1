"""A small Chongqing: every kind of account, unit and gap that findings must get right."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.world import (
    Rows,
    Source,
    World,
    account,
    follower,
    form,
    opening,
    post,
    profiles,
    search,
    timeline,
    total,
    unit,
)

OWN: frozenset[str] = frozenset({"S1", "S2", "D1", "T1", "T2", "N1"})
"""Units that are a region's own organs (宣传部, 政府)."""

MUNICIPAL: frozenset[str] = frozenset({"M1", "M2", "M3", "M4"})

ANALYSED: frozenset[str] = frozenset({"M1", "M2", "M3", "S1", "S3", "S5", "D1", "D2", "T1", "T2", "N1"})

REGION: dict[str, str] = {"S": "500106", "D": "500104", "T": "500152", "N": "500108"}
"""Code of a unit's region at the end of June 2015, by the first letter of the unit."""


def units() -> list[Rows]:
    """Municipal organs, four districts, one succession (S4 → S5)."""
    rows = [
        unit("M1", order=1, name="重庆市人民政府新闻办公室", system="外宣"),
        unit("M2", order=2, name="重庆市公安局", system="公安"),
        unit("M3", order=3, name="重庆市环境保护局", system="环保"),
        unit("M4", order=4, name="重庆市旅游局", system="旅游"),
        unit("S1", order=5, name="中共沙坪坝区委宣传部", adcode="500106", system="外宣"),
        unit("S2", order=6, name="沙坪坝区人民政府", adcode="500106", system="政府办"),
        unit("S3", order=7, name="沙坪坝区公安分局", adcode="500106", system="公安", supervisor="M2"),
        unit("S4", order=8, name="沙坪坝区环保局", adcode="500106", system="环保", end=date(2015, 3, 31)),
        unit("S5", order=9, name="沙坪坝区生态局", adcode="500106", system="环保", start=date(2015, 4, 1), predecessor="S4"),
        unit("D1", order=10, name="中共大渡口区委宣传部", adcode="500104", system="外宣"),
        unit("D2", order=11, name="大渡口区教育委员会", adcode="500104", system="教育"),
        unit("T1", order=12, name="中共潼南县委宣传部", adcode="500223", system="外宣"),
        unit("T2", order=13, name="潼南区人民政府", adcode="500152", system="政府办", start=date(2015, 6, 1)),
        unit("N1", order=14, name="中共南岸区委宣传部", adcode="500108", system="外宣"),
        unit("N2", order=15, name="南岸区某协会", adcode="500108", system="", organ_type="人民团体"),
    ]  # fmt: skip
    return [row | {"category": "参评" if row["code"] in ANALYSED else ""} for row in rows]


def accounts() -> list[Rows]:
    """Accounts of every kind; the uid tells what was collected (see `sources`)."""
    return [
        account("M1", "11"), account("M1", "gh_11", "微信订阅号"),
        account("M2", "21"), account("M2", "22", main=False), account("M2", "gh_21", "微信服务号"),
        account("M3", "31"),  # only totals by month
        account("M4", "41", certified_as="", certified_type="未认证"),
        account("S1", "51"), account("S1", "gh_51", "微信订阅号"),
        account("S2", "52", closed=date(2015, 5, 1), status="已注销"),
        account("S3", "61"), account("S3", "", "微信订阅号", name="没有原始ID的号"),
        account("S4", "71"),
        account("D1", "81"),  # only hits of a search
        account("D2", "82"),  # half a year's sum in one row
        account("T1", "91"), account("T2", "92", opened=date(2015, 6, 10)),
        account("N1", "95"),  # nothing collected
        account("N2", "96", main=False, certified_as=None), account("N2", "97", "抖音"),
    ]  # fmt: skip


def openings() -> list[Rows]:
    """What was surveyed. N3 below is another organ of the region, which says nothing of its own ones."""
    return [
        opening("D1", "微信订阅号", "确认未开通"), opening("D1", "微信服务号", "确认未开通"), opening("D2", "微信订阅号", "未普查"),
        opening("T1", "微信订阅号", "确认未开通"), opening("T2", "微信订阅号", "确认未开通"),
        opening("N1", "微信订阅号", "未普查"), opening("N2", "微信订阅号", "确认未开通"),
    ]  # fmt: skip


_WORDS = ("一图读懂预算", "暴雨预警", "办理指南", "今日召开", "最美风光", "早安", "有奖征集", "招聘公告")


def _posts(uid: str, count: int, start: date, days: int, seed: int, **always: Any) -> list[Rows]:
    draw = random.Random(seed)
    wechat = uid.startswith("gh_")
    key = f"{'wechat' if wechat else 'weibo'}:{uid}"
    found = []
    for place in range(count):
        moment = datetime(start.year, start.month, start.day) + timedelta(
            minutes=draw.randrange(days * 1440), seconds=place
        )
        known: dict[str, Any] = {
            "comments": draw.randrange(8),
            "likes": draw.randrange(60),
            "text": draw.choice(_WORDS),
        }
        if wechat:
            known |= {"reads": draw.randrange(5000), "headline": place % 2 == 0, "title": draw.choice(_WORDS)}
            known |= {"pictures": 1}
        else:
            known |= {
                "reposts": draw.randrange(30),
                "original": draw.random() < 0.45,
                "video": draw.random() < 0.1,
            }
            known |= {"pictures": draw.choice([0, 0, 1, 9]), "long_text": draw.random() < 0.2}
        found.append(post(key, moment.isoformat(), **known | always))
    return found


def _seen_before(rows: list[Rows], seed: int) -> list[Rows]:
    """The same posts as seen earlier, with other counts."""
    draw = random.Random(seed)
    return [
        row | {"observed_at": datetime(2015, 5, 1), "likes": draw.randrange(9), "reposts": draw.randrange(9)}
        for row in rows
    ]


H1, YEAR_BEFORE = (date(2015, 1, 1), 181), (date(2014, 1, 1), 181)


def sources() -> list[Source]:
    """Timelines of the half-year and of the one a year before, totals, searches, follower counts."""
    found = []
    for seed, (uid, count) in enumerate(
        [("11", 60), ("21", 40), ("22", 12), ("51", 45), ("61", 30), ("71", 25), ("91", 8)]
    ):
        now, then = _posts(uid, count, *H1, seed), _posts(uid, 15, *YEAR_BEFORE, seed + 100)
        found.append(timeline(f"timeline {uid}", *then, *now, since="2014-01-01", until="2015-07-02"))
        if uid == "11":
            found.append(
                timeline("earlier 11", *_seen_before(now[:30], seed), since="2015-01-01", until="2015-05-01")
            )
            found.append(search("hits 11", *_seen_before(now[20:25], seed + 1)))
    for seed, (uid, count) in enumerate([("gh_11", 40), ("gh_21", 20), ("gh_51", 10)], 50):
        found.append(timeline(uid, *_posts(uid, count, *H1, seed), since="2015-01-01", until="2015-06-30"))
    half_known = _posts("52", 10, date(2015, 1, 1), 110, 70)
    for row in half_known[:5]:
        row["comments"] = None
    found += [
        timeline("52", *half_known, since="2015-01-01", until="2015-04-30"),
        timeline("92", *_posts("92", 5, date(2015, 6, 10), 20, 71, likes=None), since="2015-06-10", until="2015-06-30"),
        search("81", *_posts("81", 6, *H1, 72)),
        form("31", *[total("weibo:31", f"2015-{month:02d}", posts=10 * month, reposts=month, comments=2, likes=5, originals=4) for month in range(1, 7)]),
        form("82", total("weibo:82", "2015H1", posts=33, reposts=57)),
        form("71", total("weibo:71", "2015-01", posts=900, reposts=900, comments=900)),  # never added to its posts
        timeline("41", *_posts("41", 9, *H1, 73), since="2015-01-01", until="2015-06-30"),
        timeline("96", *_posts("96", 9, *H1, 74), since="2015-01-01", until="2015-06-30"),
        profiles("followers", *_followers()),
    ]  # fmt: skip
    return found


def _followers() -> list[Rows]:
    draw = random.Random(5)
    rows = []
    for uid in ("11", "21", "22", "31", "51", "61", "71", "82", "91", "52", "gh_51"):
        key = f"{'wechat' if uid.startswith('gh_') else 'weibo'}:{uid}"
        base = draw.randrange(1000, 90_000)
        for day, factor in (
            ("2014-06-29", 0.9),
            ("2014-12-30", 1.0),
            ("2015-06-28", draw.choice([0.97, 1.2])),
        ):
            rows.append(follower(key, day, round(base * factor)))
    rows += [follower("weibo:11", "2015-07-01", 123_456), follower("weibo:95", "2015-06-30", 777)]
    rows += [
        follower("weibo:41", "2015-01-01", 40),
        follower("weibo:96", "2015-03-30", 9),
    ]  # too far from the end
    return rows


def world(folder: Path) -> World:
    """All of it."""
    return World(folder, units(), accounts(), openings(), sources())
