"""The engine: silence, medians, labels, the period before, conventions, and the SQL it hands out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from jianwei.errors import DataError
from jianwei.measure import engine
from jianwei.measure.fields import ACTIVITY
from jianwei.period import Period
from tests.world import World, account, form, half, post, search, timeline, total, unit

PAIR = [account("A", "1"), account("A", "2")]


def test_a_silent_account_is_zero_and_an_unseen_one_is_missing(tmp_path: Path) -> None:
    before = post("weibo:1", "2014-06-01", reposts=9)
    after = post("weibo:1", "2015-09-01", reposts=9)
    found = World(tmp_path, [unit("A")], PAIR, sources=[timeline("1", before, after)]).accounts("2015H1")
    silent, unseen = found["weibo:1"], found["weibo:2"]
    assert (silent["source"], silent["share"]) == ("posts", 1.0)
    for name in ACTIVITY:
        assert silent[name] == 0, name
        assert unseen[name] is None, name
    assert unseen["source"] == "none"


def test_the_margin_of_a_neighbouring_period_makes_nobody_silent(tmp_path: Path) -> None:
    """A timeline from 1 January says nothing of the year before, although posts are days apart."""
    posts = [post("weibo:1", "2015-01-01T00:30"), post("weibo:1", "2015-06-30T23:30")]
    world = World(tmp_path, [unit("A")], [account("A", "1")], sources=[timeline("1", *posts)])
    for period in ("2014H2", "2015H2"):
        (found,) = world.accounts(period).values()
        assert (found["source"], found["posts"], found["covered_days"]) == ("none", None, 0), period


def test_the_median_is_that_of_all_posts_of_the_unit(tmp_path: Path) -> None:
    posts = [
        post("weibo:1", f"2015-03-0{day}", reposts=n, comments=1) for day, n in ((1, 0), (2, 3), (3, 1000))
    ]
    more = [post("weibo:2", "2015-03-01", reposts=5, comments=4)]
    world = World(tmp_path, [unit("A")], PAIR, sources=[half("1", *posts), half("2", *more)])
    one = world.units("2015H1", needs=["median_response"])["A", "weibo"]
    assert one["median_response"] == 6.5  # of 1, 4, 9, 1001
    assert world.units("2015H1")["A", "weibo"]["median_response"] is None  # nobody asked


def test_a_median_over_some_posts_only_is_missing(tmp_path: Path) -> None:
    posts = [post("weibo:1", "2015-03-01", reposts=5), *[post("weibo:1", f"2015-03-1{n}") for n in range(9)]]
    world = World(tmp_path / "a", [unit("A")], PAIR[:1], sources=[half("1", *posts)])
    assert world.units("2015H1", needs=["median_response"])["A", "weibo"]["median_response"] is None
    sums = form("2", total("weibo:2", "2015H1", posts=90, reposts=4))
    world = World(tmp_path / "b", [unit("A")], PAIR, sources=[half("1", posts[0]), sums])
    assert world.units("2015H1", needs=["median_response"])["A", "weibo"]["median_response"] is None


def test_the_responses_before_are_those_of_the_period_before(tmp_path: Path) -> None:
    posts = [
        post("weibo:1", day, reposts=n)
        for day, n in (("2014-07-01", 4), ("2014-12-31", 6), ("2015-02-01", 50))
    ]
    world = World(tmp_path, [unit("A")], PAIR[:1], sources=[timeline("1", *posts, until="2015-06-30")])
    one = world.units("2015H1", needs=["response_before"])["A", "weibo"]
    assert (one["response"], one["response_before"]) == (50, 10)
    assert world.units("2015H1")["A", "weibo"]["response_before"] is None


def test_the_responses_before_are_missing_unless_the_whole_period_before_is_known(tmp_path: Path) -> None:
    """Otherwise whoever hides the past would seem to grow."""
    posts = [post("weibo:1", "2014-12-01", reposts=4), post("weibo:1", "2015-02-01", reposts=50)]
    world = World(tmp_path / "a", [unit("A")], PAIR[:1], sources=[timeline("1", *posts, until="2015-06-30")])
    assert world.units("2015H1", needs=["response_before"])["A", "weibo"]["response_before"] is None
    world = World(tmp_path / "b", [unit("A")], PAIR[:1], sources=[search("0", posts[0]), half("1", posts[1])])
    assert world.units("2015H1", needs=["response_before"])["A", "weibo"]["response_before"] is None
    young = [account("A", "1", opened=date(2014, 12, 1))]
    world = World(tmp_path / "c", [unit("A")], young, sources=[timeline("1", *posts, until="2015-06-30")])
    assert world.units("2015H1", needs=["response_before"])["A", "weibo"]["response_before"] == 4


def test_labelled_posts_are_counted_where_texts_tell(tmp_path: Path) -> None:
    key = "wechat:gh_1"
    posts = [
        post(key, "2015-03-01", pictures=1, title="一图读懂预算"),
        post(key, "2015-03-02", pictures=0, title="停水通知改为出行提醒"),
        post(key, "2015-03-03", pictures=0, title="春天"),
        post(key, "2015-03-04", pictures=0, title="办理指南"),
    ]
    world = World(tmp_path, [unit("A")], [account("A", "gh_1", "微信订阅号")], sources=[half("1", *posts)])
    one = world.units("2015H1", needs=["infographics"])["A", "wechat"]
    assert (one["infographics"], one["service_posts"]) == (1, 1)  # 通知 makes the second 信息公开
    assert world.units("2015H1")["A", "wechat"]["infographics"] is None


def test_labels_that_cannot_be_told_are_missing_not_zero(tmp_path: Path) -> None:
    untold = [
        post("weibo:1", f"2015-03-0{day}", title="一图读懂预算") for day in range(1, 5)
    ]  # pictures unknown
    world = World(tmp_path / "a", [unit("A")], PAIR[:1], sources=[half("1", *untold)])
    one = world.units("2015H1", needs=["infographics"])["A", "weibo"]
    assert (one["posts"], one["infographics"], one["service_posts"]) == (4, None, 0)
    key, accounts = "wechat:gh_1", [account("A", "gh_1", "微信订阅号")]
    wordless = [post(key, f"2015-03-0{day}", pictures=1) for day in range(1, 5)]
    world = World(tmp_path / "b", [unit("A")], accounts, sources=[half("1", *wordless)])
    one = world.units("2015H1", needs=["service_posts"])["A", "wechat"]
    assert (one["posts"], one["infographics"], one["service_posts"]) == (4, None, None)


def test_the_title_of_an_article_tells_that_it_explains_in_a_picture(tmp_path: Path) -> None:
    """Exports of WeChat do not count pictures; articles have them."""
    key, titles = "wechat:gh_1", ("一图读懂预算", "办理指南", "图解停水", "早安")
    posts = [post(key, f"2015-03-0{day}", title=title) for day, title in enumerate(titles, 1)]
    world = World(tmp_path, [unit("A")], [account("A", "gh_1", "微信订阅号")], sources=[half("1", *posts)])
    one = world.units("2015H1", needs=["infographics"])["A", "wechat"]
    assert (one["posts"], one["infographics"], one["service_posts"]) == (4, 2, 1)


def test_labels_of_a_unit_are_missing_where_one_account_came_as_sums(tmp_path: Path) -> None:
    accounts = [account("A", "gh_1", "微信订阅号"), account("A", "gh_2", "微信订阅号")]
    told = half("1", post("wechat:gh_1", "2015-03-01", pictures=1, title="办理指南"))
    sums = form("2", total("wechat:gh_2", "2015H1", posts=30))
    world = World(tmp_path / "a", [unit("A")], accounts, sources=[told, sums])
    assert world.units("2015H1", needs=["service_posts"])["A", "wechat"]["service_posts"] is None
    silent = timeline("2", post("wechat:gh_2", "2014-01-01"), until="2015-06-30")
    world = World(tmp_path / "b", [unit("A")], accounts, sources=[told, silent])
    assert world.units("2015H1", needs=["service_posts"])["A", "wechat"]["service_posts"] == 1


def test_posts_of_an_account_that_stands_on_sums_are_not_labelled(tmp_path: Path) -> None:
    few = timeline("1", post("wechat:gh_1", "2015-03-01", pictures=1, title="办理指南"))
    sums = form("2", total("wechat:gh_1", "2015H1", posts=30))
    world = World(tmp_path, [unit("A")], [account("A", "gh_1", "微信订阅号")], sources=[few, sums])
    one = world.units("2015H1", needs=["service_posts"])["A", "wechat"]
    assert (one["posts"], one["service_posts"]) == (30, None)


@pytest.mark.parametrize(("rule", "days"), [("calendar", 181), ("30-day-months", 180)])
def test_the_day_divisor_follows_the_declared_convention(tmp_path: Path, rule: str, days: int) -> None:
    world = World(tmp_path, [unit("A")], PAIR)
    assert world.units("2015H1", days=rule)["A", "weibo"]["days"] == days


def test_an_unknown_reading_is_refused_in_chinese(tmp_path: Path) -> None:
    world = World(tmp_path, [unit("A")], PAIR)
    with pytest.raises(DataError, match=r"不认识的取数时点“90d”.*latest、24h、7d、30d"):
        world.measure("2015H1", reading="90d")


def test_a_period_of_two_months_reads_both_partitions(tmp_path: Path) -> None:
    posts = [post("weibo:1", day) for day in ("2015-01-31", "2015-02-01", "2015-02-28", "2015-03-01")]
    world = World(tmp_path, [unit("A")], PAIR, sources=[timeline("1", *posts)])
    assert world.accounts("2015-01-31..2015-02-28")["weibo:1"]["posts"] == 3


def test_no_account_at_all_gives_an_empty_table(tmp_path: Path) -> None:
    world = World(tmp_path, [unit("A")], [], sources=[half("1", post("weibo:9", "2015-02-01"))])
    measured = world.measure("2015H1", needs=["median_response", "infographics", "response_before"])
    assert measured.table.num_rows == measured.accounts.num_rows == 0
    assert {"posts", "followers", "median_response"} <= set(measured.table.column_names)


def test_the_queries_are_handed_out_as_they_were_run(tmp_path: Path) -> None:
    source = half("1", post("weibo:1", "2015-02-01", reposts=3))
    world = World(tmp_path, [unit("A")], PAIR, sources=[source])
    queries = world.measure("2015H1", needs=["median_response", "infographics"]).queries
    assert set(queries) == {
        "posts",
        "totals",
        "silent",
        "forms",
        "followers",
        "medians",
        "labelled",
        "rollup",
    }
    for text in queries.values():
        assert "{" not in text
        assert text.strip()


@pytest.mark.parametrize(
    "name", ["posts", "totals", "followers", "rollup", "medians", "silent", "labelled", "measured"]
)
def test_every_query_begins_with_a_comment_in_whole_words(name: str) -> None:
    first = engine.query(name).splitlines()
    comment = " ".join(line.removeprefix("--") for line in first if line.startswith("--"))
    assert comment.rstrip().endswith((".", ";"))
    assert "smallep" not in comment


def test_measuring_twice_on_one_connection_gives_the_same(tmp_path: Path) -> None:
    world = World(tmp_path, [unit("A")], PAIR, sources=[half("1", post("weibo:1", "2015-02-01", reposts=3))])
    ids = pa.array(["weibo:1", "weibo:2"])
    accounts = pa.table(
        {"account_id": ids, "opened": pa.nulls(2, pa.date32()), "closed": pa.nulls(2, pa.date32())}
    )
    keys = pa.table({"key": ids, "account_id": ids, "platform": pa.array(["weibo", "weibo"])})
    with world.connect() as con:
        first = engine.measure(con, accounts, keys, Period.parse("2015H1"), needs=["response_before"])
        engine.measure(con, accounts, keys, Period.parse("2014-05"))
        again = engine.measure(con, accounts, keys, Period.parse("2015H1"), needs=["response_before"])
    assert again.table.equals(first.table)
    assert again.accounts.equals(first.accounts)
