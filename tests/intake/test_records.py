"""Records become Arrow batches of the lake's schemas, to the letter."""

from __future__ import annotations

from datetime import date, datetime

from jianwei.intake.records import Audience, Seen, Sheaves, Sum, marks
from jianwei.model import TABLES

SEEN = datetime(2015, 6, 30, 23, 59, 59)


def sheaves() -> Sheaves:
    return Sheaves("a.csv", "f" * 64, "weibo-search", "2", "search")


def post(**told: object) -> Seen:
    return Seen("weibo:1", "weibo:9", datetime(2015, 5, 5, 10), SEEN)._replace(**told)  # type: ignore[arg-type]


def test_marks_name_what_is_set_in_order() -> None:
    assert marks(reads=True, likes=False, wow=True) == "reads,wow"
    assert marks(reads=False) is None
    assert marks() is None


def test_a_post_becomes_a_reading_and_its_text() -> None:
    held = sheaves()
    held.add(post(reposts=0, likes=None, text="正文", censored="reads"), 7)
    held.add(post(likes=5), 8)
    batches = dict(held.flush())
    assert {name: batch.schema for name, batch in batches.items()} == {
        "readings": TABLES["readings"],
        "texts": TABLES["texts"],
    }
    first, second = batches["readings"].to_pylist()
    assert (first["pub_month"], first["platform"], first["source_row"]) == ("2015-05", "weibo", 7)
    assert (first["reposts"], first["likes"], first["censored"]) == (0, None, "reads")
    assert (first["sha256"], first["parser"], first["scope"]) == ("f" * 64, "weibo-search", "search")
    assert (second["likes"], second["source_row"]) == (5, 8)
    [text] = batches["texts"].to_pylist()
    assert (text["post_key"], text["text"], text["title"], text["source_row"]) == ("weibo:1", "正文", None, 7)
    assert list(held.flush()) == []
    assert held.rows == 0


def test_sums_audiences_and_refused_rows() -> None:
    held = sheaves()
    days = (date(2015, 1, 1), date(2015, 1, 31))
    held.add(Sum("wechat:gh_1", *days, {"posts": 0, "max_reads": 9}, SEEN, note="停更"), 2)
    held.add(Audience("douyin:7", SEEN, "row", 31_250, rounded="followers"), 3)
    held.quarantine(4, "future", "月份", "在将来", "请核对", "原文")
    assert held.rows == 3
    batches = dict(held.flush())
    assert {name: batch.schema for name, batch in batches.items()} == {
        name: TABLES[name] for name in ("totals", "followers", "quarantine")
    }
    [total] = batches["totals"].to_pylist()
    assert (total["platform"], total["start"], total["posts"], total["max_reads"]) == (
        "wechat",
        days[0],
        0,
        9,
    )
    assert (total["reads"], total["note"], total["observed_from"]) == (None, "停更", "row")
    [audience] = batches["followers"].to_pylist()
    assert (audience["platform"], audience["followers"], audience["rounded"]) == (
        "douyin",
        31_250,
        "followers",
    )
    [refused] = batches["quarantine"].to_pylist()
    assert (refused["code"], refused["source_row"], refused["raw"]) == ("future", 4, "原文")


def test_what_makes_a_repetition() -> None:
    one = post(likes=5, text="甲", account_name="旧名")
    assert one.identity() == one._replace(text="乙", account_name="新名", pictures=3).identity()
    for other in ({"likes": 6}, {"likes": None}, {"observed_at": datetime(2015, 7, 1)}, {"censored": "likes"},
                  {"account_id": "weibo:8"}, {"post_key": "weibo:2"}):  # fmt: skip
        assert one.identity() != one._replace(**other).identity()
    total = Sum("weibo:1", date(2015, 1, 1), date(2015, 1, 31), {"posts": 1, "likes": None}, SEEN)
    assert total.identity() == total._replace(counts={"likes": None, "posts": 1}, note="x").identity()
    assert total.identity() != total._replace(counts={"posts": 1, "likes": 0}).identity()
    assert Audience("a:1", SEEN, "row", 1).identity() != Audience("a:1", SEEN, "row", 2).identity()


def test_a_post_seen_at_another_time() -> None:
    when = datetime(2015, 6, 1)
    assert post(likes=5, topics="x").seen(when, "name") == post(
        likes=5, topics="x", observed_at=when, observed_from="name"
    )
