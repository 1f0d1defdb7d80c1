"""Forms that come back: what is right is taken, what is wrong is sent back, what is blank stays missing."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import python_calamine

from jianwei.errors import DataError
from jianwei.model import TABLES
from jianwei.workspace import amendment, board, collection, forms, ingest
from jianwei.workspace.received import Collected
from tests.forms import office as offices
from tests.forms.filled import Book
from tests.forms.office import PERIOD, UNITS, Office, truth, uid
from tests.workspace import made

FIRST = 3_851_000_000_000_000


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A request that is out, in a workspace of its own."""
    return offices.ask(tmp_path, offices.fresh(tmp_path), contact="张三 63890000")


def put(sheet: str, row: int = 3, **values: Any) -> offices.Edit:
    """Write into a row of a sheet."""
    return lambda book: book[sheet].put(row, **values)


def only(sheet: str, **values: Any) -> offices.Edit:
    """Fill one row and nothing else."""
    return put(sheet, 3, **values)


def pasted(unit: int, count: int = 200) -> offices.Edit:
    """Rows of an export, pasted below the titles; their ids have 16 digits, more than Excel's numbers keep."""

    def edit(book: Book) -> None:
        rows = [
            [f"https://m.weibo.cn/detail/{FIRST + unit * 1_000 + n}", f"2015-06-{1 + n % 30:02d} 09:00",
             f"第 {n} 条", "原创" if n % 2 else "转发", "文字", 100, 1, 1, 1, None]
            for n in range(count)
        ]  # fmt: skip
        book["微博明细"].paste(rows)
        book["微博汇总"].put(3, 发布数=count, 原创数=count // 2, 阅读量=30_000, 转发=400, 评论=300, 点赞=300)

    return edit


def told(done: Collected) -> set[tuple[str, str, int | None, str]]:
    """File, code, row and column of everything that a person must see to."""
    return {(i.where.file[:3], i.code, i.where.row, i.where.field) for i in done.problems}


def measured(office: Office, key: str) -> dict[str, Any]:
    """What boards are made of, for an account in June."""
    return next(row for row in board.measures(office.space, PERIOD)["rows"] if row["account_id"] == key)


def test_ten_forms_with_pasted_rows_and_planted_errors(office: Office) -> None:
    planted = {
        "U01": (put("微博汇总", 转发="约400"), "bad_count", 3, "转发"),
        "U02": (put("微博汇总", 评论=-1), "bad_count", 3, "评论"),
        "U03": (put("微博汇总", 原创数=201), "part_above_whole", 3, "原创数"),
        "U04": (put("微信汇总", 阅读人数=99_999), "part_above_whole", 3, "阅读人数"),
        "U06": (put("微博汇总", UID="9.00000E+09"), "mangled_id", 3, "UID"),
        "U07": (put("微博明细", 120, 发布时间="2015-07-09"), "out_of_period", 120, "发布时间"),
        "U08": (put("微博汇总", 月份="2015-05"), "out_of_period", 3, "月份"),
        "U09": (put("微博明细", 202, 点赞=1.5), "bad_count", 202, "点赞"),
        "U10": (put("微博汇总", 发布数=150, 原创数=100), "details_above_sum", 3, "发布数"),
        "U11": (put("微博汇总", UID=uid("U12"), 账号="发布U12"), "not_own_account", 3, "UID"),
    }
    for number, (code, (plant, *_)) in enumerate(planted.items()):
        office.fill(code, truth, pasted(number), plant)
    office.fill("U12", only("微博汇总", 月末粉丝=500, 转发=0))
    done = office.collect()
    assert told(done) == {(code, *where) for code, (_, *where) in planted.items()}
    assert done.exit_code == 1
    assert [(one.name, one.why) for one in done.missing] == [("U05市某某局", "未收到")]
    totals = done.to_json()["totals"]
    assert totals["rows_quarantined"] == 10
    assert totals["rows"] == totals["rows_taken"] + 10 == 10 * 201 + 7 + 1
    # 200 posts of each of ten units, but two rows that were kept out; every id to its last digit
    with office.space.lake.connect() as con:
        keys = {
            key for (key,) in con.execute("SELECT post_key FROM posts WHERE scope = 'listing'").fetchall()
        }
        blanks = con.execute(
            "SELECT posts, reposts, comments, likes FROM totals WHERE account_id = $1",
            [f"weibo:{uid('U12')}"],
        ).fetchall()
    lost = {f"weibo:{FIRST + 5 * 1_000 + 117}", f"weibo:{FIRST + 7 * 1_000 + 199}"}
    assert keys == {f"weibo:{FIRST + unit * 1_000 + n}" for unit in range(10) for n in range(200)} - lost
    assert blanks == [(None, 0, None, None)]
    assert measured(office, f"weibo:{uid('U12')}")["reposts"] == 0
    assert measured(office, f"weibo:{uid('U12')}")["comments"] is None


def test_rows_keep_their_file_row_and_time(office: Office) -> None:
    office.fill("U11", truth)
    assert office.collect().exit_code == 0
    row = office.totals(f"weibo:{uid('U11')}")
    assert (row["source_file"], row["source_row"]) == ("U11_某U11局_2015-06.xlsx〔微博汇总〕", 3)
    assert (row["observed_at"], row["observed_from"]) == (offices.SEEN, "row")
    assert (row["posts"], row["reads"], row["asked"]) == (10, 50_000, 5)


def test_a_unit_code_like_a_date_is_no_time(office: Office) -> None:
    path = office.fill("U11", truth, put("微博汇总", 取数时间=None), name="20150620_交.xlsx")
    office.collect()
    row = office.totals(f"weibo:{uid('U11')}")
    assert row["observed_from"] == "mtime"
    assert row["observed_at"].timestamp() != path.stat().st_mtime  # local time of Shanghai
    assert row["observed_at"].year == 2023


def test_what_was_collected_before_changes_nothing(office: Office) -> None:
    office.fill("U01", truth, put("微博汇总", 转发="约"))
    office.fill("U02", truth)
    office.collect()
    lake = office.space.lake
    before = {name: lake.digest(name) for name in TABLES}
    log = amendment.history(office.space).events
    again = office.collect()
    assert {name: lake.digest(name) for name in TABLES} == before
    assert amendment.history(office.space).events == log
    assert [one.repeated for one in again.received] == [True, True]
    assert again.to_json()["totals"]["rows_taken"] == 0
    assert [i.code for i in again.problems] == ["bad_count"]  # still to be mended


def test_a_later_form_counts_and_what_it_changes_is_an_event(office: Office) -> None:
    key = f"weibo:{uid('U11')}"
    office.fill("U11", truth)
    office.collect()
    assert (measured(office, key)["reposts"], measured(office, key)["followers"]) == (120, 10_000)
    # the same 取数时间, so that only the order of arrival tells them apart
    office.fill(
        "U11", truth, put("微博汇总", 转发=150, 评论=None, 月末粉丝=10_500, 填报人="钱七"), name="改.xlsx"
    )
    done = office.collect()
    assert [(e.field, e.before, e.after, e.who) for e in done.corrections] == [
        ("reposts", 120, 150, "钱七"), ("comments", 30, None, "钱七"), ("followers", 10_000, 10_500, "钱七"),
    ]  # fmt: skip
    now = measured(office, key)
    assert (now["reposts"], now["comments"], now["followers"]) == (150, None, 10_500)
    # and back again, with an earlier 取数时间
    office.fill("U11", truth, put("微博汇总", 取数时间="2015-07-01 08:00"), name="再改.xlsx")
    office.collect()
    now = measured(office, key)
    assert (now["reposts"], now["comments"], now["followers"]) == (120, 30, 10_000)


def test_a_mended_row_leaves_the_others_as_they_were(office: Office) -> None:
    office.fill("U01", truth, put("微博汇总", 转发="约"))
    office.collect()
    assert office.totals(f"weibo:{uid('U01')}") == {}
    office.fill("U01", truth, name="改.xlsx")
    done = office.collect()
    assert (done.exit_code, done.problems, done.corrections) == (0, [], [])
    assert [one.state for one in done.received] == ["已有后一份", "收下"]
    assert office.totals(f"weibo:{uid('U01')}")["reposts"] == 120


def test_of_two_files_in_one_delivery_the_later_counts(office: Office) -> None:
    office.fill("U11", truth, put("微博汇总", 转发=111), name="乙.xlsx")
    office.fill("U11", truth, put("微博汇总", 转发=222), name="甲.xlsx")
    done = office.collect()
    assert office.totals(f"weibo:{uid('U11')}")["reposts"] == 222
    assert {one.path.name: one.state for one in done.received} == {"甲.xlsx": "收下", "乙.xlsx": "已有后一份"}
    assert [(e.field, e.before, e.after) for e in done.corrections] == [("reposts", 111, 222)]
    assert office.quarantine() == [("superseded", "乙.xlsx〔微博汇总〕", 3)]


def test_copies_of_a_file_are_one(office: Office) -> None:
    path = office.fill("U11", truth)
    shutil.copy(path, office.inbox / "副本.xlsx")
    done = office.collect()
    assert done.exit_code == 0
    assert done.to_json()["totals"]["rows_taken"] == 1
    assert sum(one.repeated for one in done.received) == 1


def test_posts_find_the_account_of_a_unit_with_two(office: Office) -> None:
    rows = [
        ["发布U05二号", None, f"https://m.weibo.cn/detail/{FIRST}", "2015-06-01", "一", "原创", "文字", 1, 0, 0, 0],
        [None, "9000000095", f"https://m.weibo.cn/detail/{FIRST + 1}", "2015-06-02", "二", "原创", "文字", 1, 0, 0, 0],
        [None, None, f"https://m.weibo.cn/detail/{FIRST + 2}", "2015-06-03", "三", "原创", "文字", 1, 0, 0, 0],
    ]  # fmt: skip
    office.fill("U05", truth, lambda book: book["微博明细"].paste(rows))
    done = office.collect()
    assert [(i.code, i.where.row) for i in done.problems] == [("no_account", 5)]
    with office.space.lake.connect() as con:
        own = con.execute(
            "SELECT post_key FROM posts WHERE account_id = 'weibo:9000000095' ORDER BY 1"
        ).fetchall()
    assert own == [(f"weibo:{FIRST}",), (f"weibo:{FIRST + 1}",)]


def test_articles_with_links_are_of_the_account_that_was_asked(office: Office) -> None:
    link = "https://mp.weixin.qq.com/s?__biz=MzA4&mid=200000001&idx=1&sn=x"
    article = ["标题", link, "2015-06-03 08:00", "是", "否", 900, 800, 3, 2, 1, 1, 0, None]
    office.fill("U01", truth, lambda book: book["微信明细"].paste([article]))
    assert office.collect().exit_code == 0
    with office.space.lake.connect() as con:
        found = con.execute("SELECT account_id, post_key FROM posts WHERE platform = 'wechat'").fetchall()
    assert found == [("wechat:gh_u010000000", "wechat:MzA4:200000001:1")]


def test_a_blank_form_is_no_report(office: Office) -> None:
    office.fill("U01", lambda book: None)
    done = office.collect()
    assert [one.state for one in done.received] == ["空表"]
    assert (done.missing[0].name, done.missing[0].why) == ("U01市某某局", "交了空表")
    assert (done.exit_code, office.quarantine()) == (0, [])
    assert len(done.missing) == len(UNITS)


def test_units_are_missing_until_something_came_and_overdue_after_the_deadline(
    office: Office, tmp_path: Path
) -> None:
    office.fill("U01", truth)
    first = office.collect()
    assert len(first.missing) == 11
    shutil.rmtree(office.inbox)
    office.inbox.mkdir()
    office.fill("U02", truth)
    assert len(office.collect().missing) == 10
    late = Office(office.space, forms.make(
        office.space, PERIOD, again=True, out=tmp_path / "再发", deadline=offices.SEEN.date()
    ), office.inbox)  # fmt: skip
    done = late.collect()
    assert {one.why for one in done.missing} == {"已过截止日"}
    assert (len(done.missing), done.exit_code) == (10, 1)


def test_what_is_no_form_of_this_period_is_not_taken(office: Office, tmp_path: Path) -> None:
    other = forms.make(office.space, "2015-05", out=tmp_path / "五月")
    Book.open(other.folder / other.batch.asks[0].file).save(office.inbox / "五月.xlsx")
    (office.inbox / "坏.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (office.inbox / "名单.csv").write_text("姓名,电话\r\n张三,1\r\n", "utf-8")
    done = office.collect()
    assert {one.path.name: one.issues[0].code for one in done.received} == {
        "五月.xlsx": "other_period", "坏.xlsx": "damaged", "名单.csv": "no_form",
    }  # fmt: skip
    assert {one.state for one in done.received} == {"不可用"}
    assert done.exit_code == 2
    with pytest.raises(DataError, match="还没有下发过"):
        collection.collect(office.space, [office.inbox], "2015-04")


def test_no_files_are_no_delivery(office: Office) -> None:
    done = office.collect()
    assert (done.exit_code, done.received[0].issues[0].code) == (2, "empty_folder")


def test_a_notice_names_the_unit_alone_and_says_what_to_do(office: Office) -> None:
    office.fill("U01", truth, put("微博汇总", UID=uid("U02"), 账号="发布U02", 转发="约"))
    done = office.collect()
    notice = next(path for path in done.notices if path.name.startswith("U01"))
    (sheet,) = Book.open(notice).sheets
    words = "\n".join(str(cell) for row in sheet.cells for cell in row if cell is not None)
    assert "U01市某某局" in words
    assert [code for code in UNITS[1:] if f"{code}市" in words] == []
    assert "第" not in str(sheet.cells[6][2])
    (problem, other) = sheet.cells[6:8]
    assert {problem[3], other[3]} == {"转发", "UID"}
    assert problem[2] == other[2] == 3
    assert "张三 63890000" in words


def test_the_list_of_units_that_have_not_reported_is_written(office: Office) -> None:
    office.fill("U01", truth)
    done = office.collect()
    (path,) = [path for path in done.notices if "未报送单位" in path.name]
    names = [
        str(row[2]) for row in python_calamine.load_workbook(str(path)).get_sheet_by_index(0).to_python()
    ]
    assert [name for name in names if name.endswith("局")] == [f"{code}市某某局" for code in UNITS[1:]]
    again = office.collect()
    assert path.exists()
    assert path not in again.notices


def test_prefilled_counts_that_are_left_are_the_units_own(tmp_path: Path) -> None:
    office = offices.ask(tmp_path, offices.fresh(tmp_path), prefill=True)
    office.fill("U01", put("微博汇总", 评论=40, 点赞=None))
    office.fill("U02", lambda book: None)
    office.fill("U03", put("微博汇总", 填报人="赵六"))
    done = office.collect()
    assert [(i.where.file[:3], i.code) for i in done.problems] == [("U02", "unsigned")]
    row = office.totals(f"weibo:{uid('U01')}")
    assert (row["posts"], row["reposts"], row["comments"], row["likes"]) == (10, 30, 40, None)
    assert done.received[0].cells_confirmed == 4  # followers, posts, originals, reposts


def test_a_csv_of_one_sheet_is_read(office: Office) -> None:
    sheet = Book.open(office.fill("U11", truth))["微博汇总"]
    shutil.rmtree(office.inbox)
    office.inbox.mkdir()
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in sheet.cells[1:]]
    (office.inbox / "U11_导出.csv").write_text("\r\n".join(lines) + "\r\n", "gb18030")
    done = office.collect()
    assert {issue.code for issue in done.problems} == {"no_token"}
    assert office.totals(f"weibo:{uid('U11')}")["reposts"] == 120


def test_rows_of_another_units_posts_are_kept_out(office: Office) -> None:
    office.fill("U01", truth, pasted(1, 5), put("微博汇总", 发布数=15, 原创数=8))
    assert office.collect().exit_code == 0
    office.fill("U02", truth, pasted(1, 4), put("微博汇总", 发布数=15, 原创数=8))
    done = office.collect()
    assert [(i.code, i.where.row) for i in done.problems] == [("not_own_post", row) for row in (3, 4, 5, 6)]
    with office.space.lake.connect() as con:
        owners = con.execute("SELECT DISTINCT account_id FROM posts WHERE scope = 'listing'").fetchall()
    assert owners == [(f"weibo:{uid('U01')}",)]


def test_a_form_that_was_ingested_before_counts_as_reported(office: Office) -> None:
    ingest.ingest(office.space, [office.fill("U11", truth)])
    done = office.collect()
    assert done.received[0].repeated
    assert "U11市某某局" not in {one.name for one in done.missing}
    for _ in range(2):
        assert [event.kind for event in amendment.history(office.space).events] == ["sent", "received"]
        office.collect()


def test_a_pasted_post_without_a_link_is_the_one_that_is_known(office: Office, tmp_path: Path) -> None:
    key = f"weibo:{uid('U11')}"
    posts = [(77, "2015-06-05", 3, 2, 1)]
    path = made.timeline(tmp_path / "爬取", uid("U11"), posts)
    ingest.ingest(office.space, [path])
    rows = [
        [None, "2015-06-05", "第77条政策解读", "原创", "文字", 900, 5, 4, 6, "2015-07-01"],
        [None, "2015-06-05 10:00", "另一条", "原创", "文字", 100, 0, 0, 0, "2015-07-01"],
    ]
    office.fill("U11", truth, lambda book: book["微博明细"].paste(rows))
    assert office.collect().problems == []
    with office.space.lake.connect() as con:
        found = con.execute(
            "SELECT post_key LIKE 'weibo:38%', readings FROM posts WHERE account_id = $1 ORDER BY ALL", [key]
        ).fetchall()
    assert found == [(False, 1), (True, 2)]


def test_private_data_in_a_text_is_no_mistake_of_the_form(office: Office) -> None:
    row = [
        f"https://m.weibo.cn/detail/{FIRST}",
        "2015-06-05 08:00",
        "请联系王先生 13800138000",
        "原创",
        "文字",
        1,
        0,
        0,
        0,
        None,
    ]
    office.fill(
        "U11", truth, lambda book: book["微博明细"].paste([row]), put("微博汇总", 转发="致电13800138000")
    )
    done = office.collect()
    assert [issue.code for issue in done.problems] == ["bad_count"]
    assert "13800138000" not in str(done.to_json())
