"""weibo-crawler's CSV: the same posts give the same counts in whatever era they were written."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.eras import BASE, ERAS, POSTS, ROW_WIDTHS, timeline
from tests.intake.made import MID, book, csv_file, unusable, whole

UID = "1988438334"
FILE = f"重庆微发布/{UID}.csv"


def known(row: dict[str, Any]) -> tuple[Any, ...]:
    """What every era records of a post."""
    names = ("post_key", "account_id", "likes", "comments", "reposts", "pictures", "video", "account_name")
    return *(row[name] for name in names), row["published_at"].date()


def expected(number: int) -> tuple[Any, ...]:
    post = POSTS(number)
    return (
        f"weibo:{MID + number}", f"weibo:{UID}", post["点赞数"], post["评论数"], post["转发数"],
        2 if post["原始图片url"] else 0, bool(post["视频url"]), "重庆微发布",
        datetime(2015, 5, number % 28 + 1).date(),
    )  # fmt: skip


@pytest.mark.parametrize("era", ERAS)
def test_the_fixtures_are_as_wide_as_the_tools_own_rows(era: str) -> None:
    made = ERAS[era]
    widths = (
        len(made.row(0, originals=True)),
        len(made.row(0, originals=False)),
        len(made.row(1, originals=False)),
    )
    assert widths == ROW_WIDTHS[era]


@pytest.mark.parametrize("originals", [False, True])
@pytest.mark.parametrize("era", ERAS)
def test_the_same_posts_get_the_same_counts(tmp_path: Path, era: str, originals: bool) -> None:
    found = whole(timeline(tmp_path / FILE, era, originals=originals))
    numbers = [0, 2] if originals else [0, 1, 2]
    assert [known(row) for row in found.readings] == [expected(number) for number in numbers]
    assert [row["original"] for row in found.readings] == ([True, True] if originals else [True, False, True])
    reposts = [row["repost_of"] for row in found.readings]
    assert reposts == ([None, None] if originals else [None, f"weibo:{MID + 90}", None])
    assert (found.source.format, found.source.scope) == ("weibo-crawler", "timeline")
    hours = {row["published_at"].hour for row in found.readings}
    assert hours == ({0} if era == "2022-03" else {10})
    misheaded = "mis_headed" in {issue.code for issue in found.source.issues}
    assert misheaded == (era in ("2022-04", "2023-08", "2025-04"))


@given(st.lists(st.sampled_from(sorted(ERAS)), min_size=1, max_size=6), st.booleans())
def test_a_file_that_several_versions_wrote(
    tmp_path_factory: pytest.TempPathFactory, versions: list[str], repeat: bool
) -> None:
    rows: list[list[str]] = [ERAS[versions[0]].head(originals=False)]
    for place, era in enumerate(versions):
        if repeat and place:
            rows.append(ERAS[era].head(originals=False))
        rows += [ERAS[era].row(number, originals=False) for number in (place * 2, 1)]
    found = whole(csv_file(tmp_path_factory.mktemp("eras") / FILE, rows))
    assert {known(row) for row in found.readings} == {expected(n * 2) for n in range(len(versions))} | {
        expected(1)
    }
    assert found.source.rows_read == 2 * len(versions)
    assert found.source.rows_duplicate == len(versions) - 1
    assert found.refused == []


@pytest.mark.parametrize("name", ["all", "original-only"])
def test_the_tools_own_files(shared: Path, name: str) -> None:
    files = sorted((shared / "data" / "formats" / "weibo-crawler-eras").glob(f"*_{name}.csv"))
    assert len(files) == 6
    seen = set()
    for path in files:
        found = whole(path, now=datetime(2026, 11, 24), account=f"weibo:{UID}")
        assert found.refused == []
        assert found.source.rows_taken == found.source.rows_read
        # The versions were run on posts of which a later one finds more videos.
        seen.add(tuple(known(row)[:6] for row in found.readings))
    assert len(seen) == 1
    [posts] = seen
    assert len(posts) == (3 if name == "all" else 2)
    assert posts[0][2:5] == (321, 45, 12_000)


def test_the_real_timeline(shared: Path) -> None:
    path = shared / "data" / "weibo" / "peoples_daily_2020-04-15_2020-05-17.csv"
    found = whole(path, now=datetime(2026, 1, 1), account="weibo:2803301701")
    assert (found.source.rows_read, found.source.rows_taken) == (1498, 1498)
    assert {row["account_id"] for row in found.readings} == {"weibo:2803301701"}
    assert found.readings[0]["likes"] == 1469


def test_a_capped_count_is_marked(tmp_path: Path) -> None:
    row = ERAS["2025-12"].row(0, originals=True)
    row[10:13] = ["1000000", "999999", "1000001"]
    [reading] = whole(csv_file(tmp_path / FILE, [ERAS["2025-12"].header, row])).readings
    assert (reading["likes"], reading["comments"], reading["reposts"]) == (1_000_000, 999_999, 1_000_001)
    assert reading["censored"] == "likes"


@pytest.mark.parametrize("era", ["2024-01", "2025-11", "2025-12"])
def test_a_cell_of_a_language_model_is_taken_out(tmp_path: Path, era: str) -> None:
    made = ERAS[era]
    row = made.row(0, originals=False)
    place = made.own.index("@用户") + 1
    row[place:place] = ["{'sentiment': 'positive', 'points': 3}"]
    [reading] = whole(csv_file(tmp_path / FILE, [made.head(originals=False), row])).readings
    assert known(reading) == expected(0)


@pytest.mark.parametrize("width", [w for w in range(1, 45) if w not in (14, 15, 16, 18)])
def test_a_row_of_no_known_width_is_refused(tmp_path: Path, width: int) -> None:
    row = [*ERAS["2025-12"].row(0, originals=True)[:16], *["x"] * 30][:width]
    rows = [ERAS["2025-12"].header, row, ERAS["2025-12"].row(2, originals=True)]
    found = whole(csv_file(tmp_path / FILE, rows))
    assert [row["post_key"] for row in found.readings] == [f"weibo:{MID + 2}"]
    assert [(number, code) for number, code, _ in found.refused] == [(2, "row_width")]
    issue = found.issue("row_width")
    assert (issue.level, issue.where.file, issue.where.row) == ("warning", f"{UID}.csv", 2)
    assert "格" in issue.what
    assert "截断" in issue.hint or "错位" in issue.hint


@pytest.mark.parametrize("originals", [True, False])
@pytest.mark.parametrize("era", ERAS)
def test_a_comma_too_many_never_shifts_a_count(tmp_path: Path, era: str, originals: bool) -> None:
    made = ERAS[era]
    rows = [made.head(originals=originals)]
    for number in (0, 1):
        row = made.row(number, originals=originals)
        rows += [[*row[:place], "多出一格", *row[place:]] for place in range(4, len(made.own))]
    found = whole(csv_file(tmp_path / FILE, rows))
    for reading in found.readings:
        assert known(reading)[2:5] in {expected(0)[2:5], expected(1)[2:5]}
    assert found.source.rows_read == len(rows) - 1


@pytest.mark.parametrize("originals", [False, True])
@pytest.mark.parametrize("era", ["2022-03", "2024-01", "2025-11", "2025-12"])
def test_half_a_row_at_the_end_is_never_another_eras_row(tmp_path: Path, era: str, originals: bool) -> None:
    path = timeline(tmp_path / FILE, era, [0], originals=originals)
    begun = path.read_bytes()
    row = [cell.replace("\n", "") for cell in ERAS[era].row(3, originals=originals)]
    for width in range(1, len(row)):
        path.write_bytes(begun + ",".join(row[:width]).encode())
        found = whole(path)
        assert len(found.readings) == 1, width
        assert [code for _, code, _ in found.refused] == ["row_width"], width
    if era == "2025-12":
        path.write_bytes(begun + ",".join([*row[:16], "True"]).encode())  # 是否编辑过
        assert len(whole(path).readings) == 1
    path.write_bytes(begun + ",".join(row).encode())
    assert len(whole(path).readings) == 2


@pytest.mark.parametrize("originals", [False, True])
@pytest.mark.parametrize("era", ERAS)
def test_a_workbook_saved_from_it_reads_the_same(tmp_path: Path, era: str, originals: bool) -> None:
    made = ERAS[era]
    rows = [made.row(number, originals=originals) for number in ([0, 2] if originals else [0, 1, 2])]
    cells = [[True if c == "True" else False if c == "False" else c for c in row] for row in rows]
    path = tmp_path / "重庆微发布" / f"{UID}.xlsx"
    path.parent.mkdir()
    found = whole(book(path, {"Sheet1": [made.head(originals=originals), *cells]}))
    assert [known(row) for row in found.readings] == [
        expected(n) for n in ([0, 2] if originals else [0, 1, 2])
    ]


def test_whose_file_it_is(tmp_path: Path) -> None:
    assert whole(timeline(tmp_path / "inbox" / f"{UID}.csv", "2025-12")).readings[0]["account_name"] is None
    named = whole(timeline(tmp_path / f"微博_{UID}_2015.csv", "2025-12"))
    assert named.readings[0]["account_id"] == f"weibo:{UID}"
    other = timeline(tmp_path / "人民日报.csv", "2025-12")
    assert whole(other, account="weibo:2803301701").readings[0]["account_id"] == "weibo:2803301701"
    issue = unusable(other)
    assert issue.code == "account_needed"
    assert "--account weibo:UID" in issue.hint
    assert unusable(other, account="wechat:gh_1").code == "account_needed"


def test_the_header_needs_its_first_columns(tmp_path: Path) -> None:
    assert unusable(csv_file(tmp_path / FILE, [BASE[1:], ["x"] * 13])).code == "unknown_layout"


@pytest.mark.parametrize(
    ("column", "name"), [("点赞数", "likes"), ("评论数", "comments"), ("转发数", "reposts")]
)
def test_each_count_is_capped_on_its_own(tmp_path: Path, column: str, name: str) -> None:
    made = ERAS["2024-01"]
    row = made.row(0, originals=True)
    row[made.own.index(column)] = "1000000"
    [reading] = whole(csv_file(tmp_path / FILE, [made.header, row])).readings
    assert (reading[name], reading["censored"]) == (1_000_000, name)


def test_nothing_is_known_of_a_row_without_a_flag_in_a_file_with_flags(tmp_path: Path) -> None:
    made = ERAS["2024-01"]
    rows = [made.head(originals=False), made.row(0, originals=False), made.row(2, originals=True)]
    found = whole(csv_file(tmp_path / FILE, rows))
    assert [row["original"] for row in found.readings] == [True, None]
