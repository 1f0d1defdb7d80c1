"""One table in every carrier that offices use: workbook, CSV in three encodings, TSV; the rows are the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from jianwei.intake import sniff, template
from jianwei.intake.template import Kind
from tests.intake.made import book, csv_file, hit, options, search_header, whole

Table = Sequence[Sequence[Any]]
PROVENANCE = ("sha256", "source_file", "observed_from", "observed_at")

WEIBO = {"账号": "重庆微发布", "UID": "1988438334"}
WECHAT = {"公众号": "重庆发布", "微信号/原始ID": "gh_0123456789ab"}
FILLED: dict[Kind, list[dict[str, Any]]] = {
    "weibo_posts": [
        WEIBO | {"发布时间": datetime(2015, 5, 5, 10, 12), "正文摘要": "一图读懂，“两行”\n的正文", "原创/转发": "原创",
                 "形式": "一图读懂", "阅读": 100_000, "转发": "1.2万", "评论": 0, "点赞": None},
        WEIBO | {"链接": "https://weibo.com/1988438334/ImTGkcdDn", "发布时间": datetime(2015, 5, 6), "评论": 7,
                 "取数时间": date(2015, 6, 1)},
    ],
    "wechat_posts": [
        WECHAT | {"标题": "政策解读", "发布时间": datetime(2015, 5, 5, 8, 30, 59), "头条": "头条", "声明原创": "否",
                  "阅读次数": "10万+", "点赞": 1_543, "在看": 0, "分享次数": None, "留言": "66"},
        WECHAT | {"标题": "第二条", "发布时间": datetime(2015, 5, 5, 8, 30, 59), "头条": "次条", "阅读人数": 300},
    ],
    "weibo_totals": [
        WEIBO | {"月份": date(2015, 5, 1), "月末粉丝": 3_125_000, "发布数": 0, "原创数": None, "阅读量": "312.5万",
                 "转发": 12_000, "评论": 45, "点赞": 321, "收到诉求": 9, "回复数": 8, "停更说明": "改版，停更两周"},
        WEIBO | {"月份": "2015年6月", "发布数": 4, "转发": "1,234", "取数时间": datetime(2015, 7, 1, 9)},
    ],
    "wechat_totals": [
        WECHAT | {"月份": "201505", "订阅/服务号": "订阅号", "累积关注": "1.2万", "新增": 90, "取消": 0, "推送次数": 22,
                  "篇数": 61, "声明原创数": 3, "阅读次数": None, "阅读人数": 4_000, "最高阅读次数": 901, "在看": 0},
    ],
    "followers": [
        {"日期": date(2015, 6, 30), "平台": "微博", "账号名称": "重庆微发布", "UID/原始ID": "1988438334", "粉丝数": "312.5万"},
        {"日期": "2015年6月30日", "平台": "微信订阅号", "UID/原始ID": "gh_0123456789ab", "粉丝数": 0},
    ],
}  # fmt: skip


def table(kind: Kind) -> Table:
    header = template.header(kind)
    return [header, *([row.get(title) for title in header] for row in FILLED[kind])]


def word(cell: Any) -> str:
    """A cell as a spreadsheet shows it, and so as it stands in a CSV."""
    if isinstance(cell, datetime):
        return f"{cell:%Y/%m/%d %H:%M:%S}"
    if isinstance(cell, date):
        return f"{cell.year}/{cell.month}/{cell.day}"
    return "" if cell is None else str(cell)


def text(path: Path, rows: Table, mark: str = ",", **how: Any) -> Path:
    path = csv_file(path, [[word(cell) for cell in row] for row in rows], **how)
    if mark != ",":
        encoding = how.get("encoding", "utf-8-sig")
        joined = "\r\n".join(
            mark.join('"' + word(cell).replace('"', '""') + '"' for cell in row) for row in rows
        )
        path.write_bytes(f"{joined}\r\n".encode(encoding))
    return path


CARRIERS: dict[str, Callable[[Path, Table], Path]] = {
    "UTF-8 with BOM": lambda folder, rows: text(folder / "a.csv", rows),
    "UTF-8": lambda folder, rows: text(folder / "a.csv", rows, encoding="utf-8", end="\n"),
    "GB18030": lambda folder, rows: text(folder / "a.csv", rows, encoding="gb18030"),
    "UTF-16 with tabs": lambda folder, rows: text(folder / "a.txt", rows, mark="\t", encoding="utf-16"),
    "semicolons": lambda folder, rows: text(folder / "a.csv", rows, mark=";"),
    "second sheet": lambda folder, rows: book(
        folder / "a.xlsx", {"说明": [["填表说明"], ["空白 = 未掌握"]], "数据": rows}
    ),
    "wrong extension": lambda folder, rows: book(folder / "a.xlsx", {"一": rows}).rename(folder / "a.csv"),
    "under a title": lambda folder, rows: book(
        folder / "a.xlsx", {"一": [["某市政务新媒体填报表（2015年）"], ["填报单位", "某某局"], [], *rows]}
    ),
    "under a title, CSV": lambda folder, rows: text(
        folder / "a.csv", [["某市政务新媒体填报表（2015年）"], ["填报单位", "某某局"], *rows]
    ),
    "marked titles": lambda folder, rows: book(
        folder / "a.xlsx", {"一": [[f"* {title}（必填）" for title in rows[0]], *rows[1:]]}
    ),
    "columns turned round": lambda folder, rows: text(folder / "a.csv", [row[::-1] for row in rows]),
    "blank rows between": lambda folder, rows: text(
        folder / "a.csv", [cells for row in rows for cells in (row, [None] * len(row))]
    ),
}


def taken(path: Path) -> dict[str, list[dict[str, Any]]]:
    """All rows by table, without what only names the file; its rows are read and none is refused."""
    found = whole(path, observed_at=datetime(2015, 7, 1, 8))
    assert found.refused == []
    return {
        name: [
            {key: cell for key, cell in row.items() if key not in (*PROVENANCE, "source_row")} | {
                "seen": row.get("observed_at")
            }
            for row in rows
        ]
        for name, rows in found.tables.items()
    }  # fmt: skip


@pytest.fixture(params=FILLED)
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


@pytest.mark.parametrize("carrier", CARRIERS)
def test_the_same_form_in_every_carrier(tmp_path: Path, kind: Kind, carrier: str) -> None:
    plain = taken(book(tmp_path / "plain.xlsx", {"数据": table(kind)}))
    folder = tmp_path / "other"
    folder.mkdir()
    path = CARRIERS[carrier](folder, table(kind))
    assert taken(path) == plain
    assert sniff(path, options()).startswith(f"模板·{template.TEMPLATES[kind].title}（")


def test_what_stands_in_the_forms_comes_out(tmp_path: Path) -> None:
    def of(kind: Kind, name: str) -> list[dict[str, Any]]:
        return taken(book(tmp_path / f"{kind}.xlsx", {"一": table(kind)}))[name]

    first, second = of("weibo_posts", "readings")
    assert [first[name] for name in ("reads", "reposts", "comments", "likes")] == [100_000, 12_000, 0, None]
    assert (first["rounded"], first["original"], first["pictures"]) == ("reposts", True, 1)
    assert (second["post_key"], second["seen"]) == (
        "weibo:4454572602912349",
        datetime(2015, 6, 1, 23, 59, 59),
    )
    first, second = of("wechat_posts", "readings")
    assert (first["reads"], first["censored"], first["wow"], first["shares"]) == (100_001, "reads", 0, None)
    assert (second["reads"], second["read_basis"], second["headline"]) == (300, "users", False)
    first, second = of("weibo_totals", "totals")
    assert (first["posts"], first["originals"], first["reads"], first["note"]) == (
        0,
        None,
        3_125_000,
        "改版，停更两周",
    )
    assert (second["start"], second["reposts"], second["likes"]) == (date(2015, 6, 1), 1_234, None)
    [first] = of("wechat_totals", "totals")
    assert (first["reads"], first["read_basis"], first["max_reads"]) == (4_000, "users", 901)
    assert (first["lost_followers"], first["wow"], first["likes"]) == (0, 0, None)
    first, second = of("followers", "followers")
    assert [(row["followers"], row["rounded"]) for row in (first, second)] == [
        (3_125_000, "followers"),
        (0, None),
    ]
    assert {row["seen"] for row in (first, second)} == {datetime(2015, 6, 30, 23, 59, 59)}


@pytest.mark.parametrize(
    "carrier", [name for name in CARRIERS if name not in ("marked titles", "columns turned round")]
)
def test_the_same_search_in_every_carrier(tmp_path: Path, carrier: str) -> None:
    rows = [
        search_header(),
        hit(1, 转发数="1.2万", 微博正文='逗号,“引号"\n两行；'),
        hit(2, 点赞数=0, retweet_id=7),
    ]
    plain = taken(csv_file(tmp_path / "a.csv", rows))
    folder = tmp_path / "other"
    folder.mkdir()
    assert len(plain["readings"]) == 2
    assert taken(CARRIERS[carrier](folder, rows)) == plain
