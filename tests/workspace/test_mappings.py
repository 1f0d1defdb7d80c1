"""Mappings of a workspace: drafted, confirmed by naming them, kept, replaced, and never for another header."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from jianwei.errors import DataError
from jianwei.intake import mapping_file
from jianwei.workspace import ingest, mappings, register
from jianwei.workspace.space import Workspace
from tests.workspace import made

HEADER = ("媒体名称", "微信号", "文章标题", "发文时间", "原文地址", "阅读总数", "拇指赞")


def table(path: Path, *rows: Sequence[Any], header: Sequence[str] = HEADER) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(",".join(map(str, row)) for row in (header, *rows)) + "\n", "utf-8")
    return path


def article(number: int) -> tuple[Any, ...]:
    link = f"http://mp.weixin.qq.com/s?__biz=AAA==&mid={number}&idx=1"
    return ("重庆发布", "cqfb", f"第{number}篇", f"2015-06-{number:02d} 10:00", link, 100 + number, number)


def test_from_an_unknown_table_to_posts_and_for_the_next_month_without_asking(
    empty: Workspace, tmp_path: Path
) -> None:
    june, july = (
        table(tmp_path / "周报2015-06.csv", article(1), article(2)),
        table(tmp_path / "周报2015-07.csv", article(3)),
    )
    assert ingest.ingest(empty, [june]).exit_code == 2
    found = mappings.draft(june, tmp_path / "映射.toml", empty)
    assert found.kind == "wechat_posts"
    assert mapping_file.load((tmp_path / "映射.toml").read_text("utf-8"), "x").title == "周报"
    result = ingest.ingest(empty, [june], mapping=tmp_path / "映射.toml")
    assert (result.exit_code, result.files[0].rows_taken) == (0, 2)
    [one, shipped] = mappings.kept(empty)
    assert (one.mapping.title, shipped.path) == ("周报", None)
    assert one.path is not None
    assert one.path.read_text("utf-8") == (tmp_path / "映射.toml").read_text("utf-8")
    again = ingest.ingest(empty, [july])
    assert (again.exit_code, again.files[0].format, again.files[0].rows_taken) == (0, "映射·周报", 1)
    with empty.lake.connect() as con:
        told = con.execute(
            "SELECT post_key, reads, likes, parser, scope FROM readings ORDER BY reads"
        ).fetchall()
    assert told == [(f"wechat:AAA==:{n}:1", 100 + n, n, "映射·周报", "search") for n in (1, 2, 3)]


def test_a_mapping_that_read_nothing_is_not_kept(empty: Workspace, tmp_path: Path) -> None:
    june = table(tmp_path / "周报.csv", article(1))
    mappings.draft(june, tmp_path / "映射.toml")
    other = table(tmp_path / "别的.csv", (1, 2), header=("甲", "乙"))
    result = ingest.ingest(empty, [other], mapping=tmp_path / "映射.toml")
    assert [issue.code for issue in result.files[0].issues] == ["other_header"]
    assert [one.path for one in mappings.kept(empty)] == [None]


def test_a_wrong_mapping_changes_nothing(empty: Workspace, tmp_path: Path) -> None:
    june = table(tmp_path / "周报.csv", article(1))
    (tmp_path / "坏.toml").write_text("[mapping]\nkind = 1\n", "utf-8")
    with pytest.raises(DataError, match="映射文件 坏") as caught:
        ingest.ingest(empty, [june], mapping=tmp_path / "坏.toml")
    assert len(caught.value.issues) > 1
    assert empty.lake.counts()["tables"]["imports"] == 0


def test_a_mapping_confirmed_anew_replaces_the_one_before(empty: Workspace, tmp_path: Path) -> None:
    june = table(tmp_path / "周报.csv", article(1))
    mappings.draft(june, tmp_path / "映射.toml")
    text = (tmp_path / "映射.toml").read_text("utf-8")
    mappings.keep(empty, mapping_file.load(text, "a"))
    second = mapping_file.load(text.replace('title = "周报"', 'title = "新/周:报"'), "b")
    kept = mappings.keep(empty, second)
    assert kept.name == f"新_周_报-{second.key}.toml"
    assert [one.path for one in mappings.kept(empty)] == [kept, None]


MIXED = ("媒体名称", "平台", "UID", "标题", "发布日期", "原文地址", "阅读数", "点赞量")


def mixed(path: Path, first: int) -> Path:
    link = f"http://mp.weixin.qq.com/s?__biz=AAA==&mid={first}&idx=1"
    rows = [
        ("重庆发布", "微信", "cqfb", "甲", "2015-06-01", link, 100, 1),
        ("重庆微发布", "微博", 1988438334, f"第{first}条", "2015-06-02", "", "", 2),
        ("重庆抖音", "抖音", "d", "丙", "2015-06-03", "", "", 3),
    ]
    return table(path, *rows, header=MIXED)


def test_a_table_of_two_platforms_has_a_mapping_for_each(empty: Workspace, tmp_path: Path) -> None:
    june = mixed(tmp_path / "周报6.csv", 1)
    mappings.draft(june, tmp_path / "微信.toml", empty)
    text = (tmp_path / "微信.toml").read_text("utf-8")
    weibo = text.replace('"微信明细"', '"微博明细"').replace('"平台" = "微信"', '"平台" = "微博"')
    weibo = (
        weibo.replace('= "标题" #', '= "正文摘要" #')
        .replace('= "阅读次数"', '= "阅读"')
        .replace('"微信号/原始ID"', '"UID"')
    )
    (tmp_path / "微博.toml").write_text(weibo.replace('= "公众号"', '= "账号"'), "utf-8")
    for name in ("微信", "微博"):
        [taken] = ingest.ingest(empty, [june], mapping=tmp_path / f"{name}.toml").files
        assert (taken.rows_taken, taken.repeated) == (1, False)
    assert len(mappings.kept(empty)) == 3
    result = ingest.ingest(empty, [mixed(tmp_path / "周报7.csv", 2)])
    assert [taken.rows_taken for taken in result.files] == [1, 1]
    with empty.lake.connect() as con:
        told = con.execute(
            "SELECT platform, count(*), sum(likes) FROM readings GROUP BY 1 ORDER BY 1"
        ).fetchall()
    assert told == [("wechat", 2, 2), ("weibo", 2, 4)]
    assert all(taken.repeated for taken in ingest.ingest(empty, [june]).files)


def test_two_mappings_of_the_same_rows_are_not_chosen_between(empty: Workspace, tmp_path: Path) -> None:
    june = table(tmp_path / "周报.csv", article(1))
    mappings.draft(june, tmp_path / "映射.toml")
    kept = mappings.keep(empty, mappings.load(tmp_path / "映射.toml"))
    (kept.parent / "又一个.toml").write_text(kept.read_text("utf-8"), "utf-8")
    with pytest.raises(DataError, match="又一个"):
        ingest.ingest(empty, [june])


def test_a_draft_is_never_written_over_a_file(tmp_path: Path) -> None:
    june = table(tmp_path / "周报.csv", article(1))
    (tmp_path / "映射.toml").write_text("我改好的", "utf-8")
    with pytest.raises(DataError, match="已经存在"):
        mappings.draft(june, tmp_path / "映射.toml")
    assert (tmp_path / "映射.toml").read_text("utf-8") == "我改好的"
    with pytest.raises(DataError, match="没有一个表"):
        mappings.draft(table(tmp_path / "b.csv", (1, 2), header=("甲", "乙")), tmp_path / "新.toml")
    assert not (tmp_path / "新.toml").exists()


def test_one_period_is_not_given_to_several_files(empty: Workspace, tmp_path: Path) -> None:
    paths = [table(tmp_path / f"{n}.csv", ("甲", n), header=("微博账号", "发博数")) for n in range(2)]
    with pytest.raises(DataError, match="一次只能"):
        ingest.ingest(empty, paths, period="2015-06")
    with zipfile.ZipFile(tmp_path / "报送.zip", "w") as parcel:
        for path in paths:
            parcel.write(path, path.name)
    result = ingest.ingest(empty, [tmp_path / "报送.zip"], period="2015-06")
    assert "一次只能" in str(result.files[0].issues[0])


def test_accounts_are_found_by_name_and_former_name(empty: Workspace, tmp_path: Path) -> None:
    listed = [("A", "甲发布", "9000000001"), ("A", "乙发布", "9000000002"), ("B", "乙发布", "9000000003")]
    book = made.register(tmp_path / "名册.xlsx", [("A", "甲局"), ("B", "乙局")], listed)
    assert mappings.names(empty)("weibo:甲发布") is None
    register.import_files(empty, [book], actor="测试")
    names = mappings.names(empty)
    assert (names("weibo:甲发布"), names("weibo:乙发布"), names("wechat:甲发布")) == ("9000000001", "", None)


def test_a_parcel_is_read_file_by_file_and_once(empty: Workspace, tmp_path: Path) -> None:
    path = made.timeline(tmp_path / "in", "9000000001", [(1, "2015-03-01", 5, 2, 1)])
    with zipfile.ZipFile(tmp_path / "报送.zip", "w") as parcel:
        parcel.write(path, f"微博/{path.parent.name}/{path.name}")
        parcel.writestr("坏.csv", "")
    result = ingest.ingest(empty, [tmp_path / "报送.zip"])
    assert result.exit_code == 1
    bad, good = sorted(result.files, key=lambda taken: taken.rows_taken)
    assert (bad.unusable, bad.path) == (True, f"{tmp_path}/报送.zip/坏.csv")
    assert (good.rows_taken, good.format) == (1, "weibo-crawler")
    with empty.lake.connect() as con:
        [(name, account)] = con.execute("SELECT source_file, account_name FROM readings").fetchall()
    assert (name, account) == (f"报送.zip〔{path.name}〕", path.parent.name)
    assert ingest.ingest(empty, [path]).files[0].repeated


def test_every_shipped_mapping_is_whole() -> None:
    assert {one.title for one in mappings.shipped()} >= {"八爪鱼微博"}
    for mapping in mappings.shipped():
        assert not [issue for issue in mapping_file.read(mapping.text, "a")[1] if issue.level == "error"]


def test_a_table_of_bazhuayu_is_read_by_the_shipped_mapping(empty: Workspace, tmp_path: Path) -> None:
    path = table(
        tmp_path / "采集.csv",
        ("甲", "正文一", "05月12日 10:30", ""),
        header=("标题(author)", "txt", "from1", "图片"),
    )
    told: dict[str, Any] = {"account": "weibo:9000000001", "observed_at": datetime(2015, 6, 1)}
    [taken] = ingest.ingest(empty, [path], **told).files
    assert (taken.format, taken.rows_taken) == ("映射·八爪鱼微博", 1)
    with empty.lake.connect() as con:
        [(when, likes)] = con.execute("SELECT published_at, likes FROM readings").fetchall()
    assert (str(when), likes) == ("2015-05-12 10:30:00", None)


def test_a_mapping_that_fits_no_row_imports_nothing_and_can_be_put_right(
    empty: Workspace, tmp_path: Path
) -> None:
    june = table(tmp_path / "周报.csv", *[(*article(n)[:3], f"{n}/13/2015", *article(n)[4:]) for n in (1, 2)])
    mappings.draft(june, tmp_path / "对.toml")
    right = (tmp_path / "对.toml").read_text("utf-8")
    assert 'dates = "日/月/年"' not in right
    (tmp_path / "错.toml").write_text(right.replace('dates = "月/日/年"', 'dates = "日/月/年"'), "utf-8")
    result = ingest.ingest(empty, [june], mapping=tmp_path / "错.toml")
    assert result.exit_code == 2
    assert result.files[0].issues[0].code == "mapping_fits_nothing"
    assert set(empty.lake.counts()["tables"].values()) == {0}
    assert [one.path for one in mappings.kept(empty)] == [None]
    assert ingest.ingest(empty, [june], mapping=tmp_path / "对.toml").files[0].rows_taken == 2


def test_a_file_of_which_a_template_took_nothing_can_still_be_mapped(
    empty: Workspace, tmp_path: Path
) -> None:
    header = ("标题", "发布时间", "原文地址", "阅读数")
    rows = [(article(n)[2], f"2015-06-{n:02d}", article(n)[4], n) for n in (1, 2)]
    june = table(tmp_path / "周报.csv", *rows, header=header)
    [taken] = ingest.ingest(empty, [june]).files
    assert (taken.format, taken.rows_taken, taken.rows_quarantined) == ("模板·微信明细", 0, 2)
    mappings.draft(june, tmp_path / "映射.toml")
    for again in (False, True):
        [taken] = ingest.ingest(empty, [june], mapping=tmp_path / "映射.toml").files
        assert (taken.rows_taken, taken.repeated) == (0 if again else 2, again)
    [taken] = ingest.ingest(empty, [june]).files
    assert taken.repeated
    assert empty.lake.counts()["tables"]["readings"] == 2
