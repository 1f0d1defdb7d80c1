"""The planted truths of the demo come out as they are meant, from source files to boards and findings."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime
from statistics import median
from typing import Any

import pytest

from jianwei.demo.districts import DECIDED, RENAMED, UNSURVEYED
from jianwei.demo.showcase import MURDER, TEN_THOUSAND_PLUS, VIRAL
from jianwei.demo.submitted import BAD_FOLLOWERS
from jianwei.demo.times import GAP
from jianwei.workspace import board
from tests.demo.made import Made

GRASSROOTS = "基层"


def _posts(made: Made, account: str) -> list[dict[str, Any]]:
    return made.rows(
        "SELECT p.*, x.text AS words FROM posts AS p LEFT JOIN texts AS x ON x.post_key = p.post_key "
        "WHERE p.account_id = $account AND p.published_at >= '2015-01-01' AND p.published_at < '2015-07-01' "
        "ORDER BY p.published_at",
        account=account,
    )


def _response(post: dict[str, Any]) -> int:
    return int(post["reposts"] + post["comments"] + post["likes"])


def test_the_tied_units_share_a_rank_and_the_next_is_skipped(made: Made) -> None:
    rows = made.board(GRASSROOTS).rows
    tied = [row for row in rows if row.code in (made.unit("tie"), made.unit("tie_too"))]
    assert len(tied) == 2
    assert tied[0].rank == tied[1].rank
    assert tied[0].score == tied[1].score
    assert [row.tie for row in tied] == [True, True]
    ranks = [row.rank for row in rows]
    assert ranks.count(tied[0].rank) == 2
    assert tied[0].rank is not None
    assert tied[0].rank + 1 not in ranks
    assert tied[0].rank + 2 in ranks
    others = Counter(row.rank for row in rows if row.code not in (tied[0].code, tied[1].code))
    assert not [row for row in rows if row.tie and row not in tied and others[row.rank] == 1]


@pytest.mark.parametrize(("district", "status"), [(DECIDED, "确认未开通"), (UNSURVEYED, "未普查")])
def test_no_wechat_by_decision_is_told_from_never_surveyed(made: Made, district: str, status: str) -> None:
    told = {row["region"]: row for row in made.finding("S2.wechat").detail}
    assert (told[district]["status"], told[district]["accounts"]) == (status, 0)
    assert [name for name, row in told.items() if row["status"] == "未普查"] == [UNSURVEYED]
    assert len(told) == 38


def test_who_decided_is_scored_and_who_was_never_asked_is_not_ranked(made: Made) -> None:
    codes = {unit.adcode: unit.code for unit in made.world.cast.units if unit.code.endswith("001")}
    names = {unit.code: unit.name for unit in made.world.cast.units}
    decided, unsurveyed = (
        next(code for code in codes.values() if names[code].startswith(name))
        for name in (DECIDED, UNSURVEYED)
    )
    assert made.row("区县", decided) is not None
    assert made.row("区县", unsurveyed) is None
    (unranked,) = (one for one in made.board("区县").unranked if one.code == unsurveyed)
    assert "微信未普查" in unranked.reason


def test_the_account_opened_in_march_is_judged_from_its_opening_on(made: Made) -> None:
    told = made.measures("opened_in_march")
    opened = date(2015, 3, 9)
    assert told["expected_days"] == (date(2015, 6, 30) - opened).days + 1
    assert told["grade"] == "complete"
    assert told["first_post"].date() >= opened
    row = made.row(GRASSROOTS, made.unit("opened_in_march"))
    assert row is not None
    assert row.coverage is not None
    assert row.coverage >= 0.95
    assert row.change is None


def test_the_renamed_unit_keeps_its_posts_of_before_under_one_name(made: Made) -> None:
    old, new = f"{RENAMED[1]}001", f"{RENAMED[3]}001"
    (row,) = (row for row in made.board("区县").rows if row.code in (old, new))
    assert (row.code, row.unit) == (new, f"{RENAMED[2]}委宣传部")
    assert old not in {one.code for one in made.board("区县").unranked}
    (account,) = (a for a in made.world.cast.accounts if a.unit == new and a.platform == "微博")
    posts = _posts(made, account.account_id or "")
    before = [post for post in posts if post["published_at"] < datetime(2015, 6, 1)]
    assert 0 < len(before) < len(posts)
    told = {row["account_id"]: row for row in made.gathered.ground.measures.accounts.to_pylist()}
    assert told[account.account_id]["posts"] == len(posts)
    assert told[account.account_id]["expected_days"] == 181
    listed = board.posts(made.desk.space, "2015H1", unit=row.unit)
    assert {post["unit"] for post in listed} == {row.unit}
    assert len(listed) >= len(posts)
    assert row.change is not None


def test_ten_thousand_plus_is_kept_as_it_was_shown(made: Made) -> None:
    rows = made.rows("SELECT reads, censored, post_key FROM posts WHERE censored IS NOT NULL")
    assert {(row["reads"], row["censored"]) for row in rows} == {(100_001, "reads")}
    assert len(rows) == len(TEN_THOUSAND_PLUS)
    page = made.done["report"].read_text("utf-8")
    for row in rows:
        start = page.index(f"table:hot:wechat/{row['post_key']}#reads")
        assert ">10万+</a>" in page[start : start + 120]
    shown = re.sub(r"(?s)<script.*?</script>|<[^>]*>", " ", page)
    assert "100,001" not in shown
    assert "100001" not in shown


def test_the_silent_account_has_published_nothing_and_that_is_known(made: Made) -> None:
    told = made.measures("silent")
    assert (told["posts"], told["source"], told["grade"]) == (0, "posts", "complete")
    assert told["covered_days"] == told["expected_days"] == 181
    row = made.row(GRASSROOTS, made.unit("silent"))
    assert row is not None
    assert row.nodes["wb_posts_day"] == 0
    assert row.marks == ()


def test_the_unit_with_totals_only_is_ranked_marked_and_has_no_forms(made: Made) -> None:
    told = made.measures("totals_only")
    assert (told["source"], told["posts_days"], told["totals_days"]) == ("totals", 0, 181)
    place = made.world.cast.parts["totals_only"]
    assert told["posts"] == int((made.world.posts.account == place).sum())
    row = made.row(GRASSROOTS, made.unit("totals_only"))
    assert row is not None
    assert "含汇总数据" in row.marks
    assert (told["multimedia"], row.nodes["wb_multimedia_share"]) == (None, None)
    with_form = sum(line["posts"] for line in made.finding("F5.multimedia_share").detail)
    assert with_form == made.finding("S4.posts").value - told["posts"]
    assert made.finding("F5.original_share").rows in (with_form, made.finding("S4.posts").value)


def test_the_account_that_nobody_collected_has_no_data_and_no_zero(made: Made) -> None:
    told = made.measures("not_collected")
    assert (told["grade"], told["source"]) == ("none", "none")
    assert (told["reposts"], told["response"], told["followers"]) == (None, None, None)
    code = made.unit("not_collected")
    assert made.row(GRASSROOTS, code) is None
    (unranked,) = (one for one in made.board(GRASSROOTS).unranked if one.code == code)
    assert "本期没有数据" in unranked.reason
    assert "未参评" in made.done["report"].read_text("utf-8")


def test_the_viral_post_does_not_move_its_units_median(made: Made) -> None:
    posts = _posts(made, made.account("viral"))
    (viral,) = (post for post in posts if post["words"] == VIRAL.text)
    others = [_response(post) for post in posts if post is not viral]
    assert _response(viral) > 100 * sum(others)
    rows = board.measures(made.desk.space, "2015H1")["rows"]
    (told,) = (row for row in rows if row["account_id"] == made.account("viral"))
    assert told["reposts"] == viral["reposts"] + sum(p["reposts"] for p in posts if p is not viral)
    standing = made.desk.standing(made.desk.recipe("shuangwei-2015"), made.desk.period, "unit")
    middle = standing.rows[made.unit("viral"), "weibo"]["median_response"]
    assert middle == median(_response(post) for post in posts)
    assert min(others) <= middle <= max(others)


def test_the_festival_gap_is_silence_and_not_missing(made: Made) -> None:
    days = [post["published_at"].date() for post in _posts(made, made.account("festival_gap"))]
    assert not [day for day in days if GAP[0] <= day <= GAP[1]]
    assert min(days) < GAP[0]
    assert max(days) > GAP[1]
    told = made.measures("festival_gap")
    assert told["grade"] == "complete"
    assert told["covered_days"] > 170


def test_the_murder_leads_its_accounts_responses_and_is_never_picked(made: Made) -> None:
    account = next(a for a in made.world.cast.accounts if a.name == MURDER.account and a.platform == "微博")
    posts = _posts(made, account.account_id or "")
    posts.sort(key=_response, reverse=True)
    assert posts[0]["words"] == MURDER.text
    assert _response(posts[0]) == 1000 * median(_response(post) for post in posts[1:])
    picks = made.finding("W.picks")
    assert not [title for title in picks.value if "命案" in title or "警情" in title]
    (told,) = (row for row in picks.detail if row["post_key"] == posts[0]["post_key"])
    assert told["excluded"] == "警情"
    assert [row["excluded"] for row in picks.detail[: len(picks.value)] if row.get("excluded")] == []


def test_quarantine_holds_exactly_the_planted_bad_rows(made: Made) -> None:
    rows = made.rows("SELECT source_file, source_row, code, raw FROM quarantine ORDER BY raw")
    forms = [row for row in rows if row["code"] != "row_width"]
    assert {row["raw"] for row in forms} == {",".join(cells) for cells in BAD_FOLLOWERS}
    planted = set()
    for path in (made.sources / "weibo").rglob("*.csv"):
        lines = path.read_bytes().decode("utf-8-sig").split("\r\n")
        planted |= {(path.name, n, line) for n, line in enumerate(lines, start=1) if "写入时中断" in line}
    found = {(row["source_file"], row["source_row"], row["raw"]) for row in rows if row not in forms}
    assert planted
    assert found == planted


def test_the_closed_account_counts_as_long_as_it_was_open(made: Made) -> None:
    told = made.measures("closed")
    assert told["expected_days"] == (date(2015, 4, 15) - date(2015, 1, 1)).days + 1
    assert told["posts"] > 0
    accounts = made.rows("SELECT account_id FROM census WHERE open_at_end")
    assert told["account_id"] not in {row["account_id"] for row in accounts}


def test_a_file_begun_by_an_older_tool_is_read_with_both_widths(made: Made) -> None:
    rows = made.rows(
        "SELECT sha256, count(*) AS n, count(*) FILTER (WHERE published_at::TIME = '00:00') AS by_day "
        "FROM readings WHERE scope = 'timeline' GROUP BY sha256"
    )
    mixed = [row for row in rows if 0 < row["by_day"] < row["n"]]
    assert len(mixed) == 1
    assert 0.4 < mixed[0]["by_day"] / mixed[0]["n"] < 0.6


def test_rows_written_twice_count_once(made: Made) -> None:
    (told,) = made.rows("SELECT sum(rows_duplicate) AS n FROM imports")
    twice = 0
    for path in (made.sources / "weibo").rglob("*.csv"):
        lines = path.read_bytes().decode("utf-8-sig").split("\r\n")[1:-1]
        twice += len(lines) - len(set(lines))
    assert told["n"] == twice > 0
