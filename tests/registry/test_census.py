"""A census finds exactly what is planted, with its evidence, and never takes missing data for silence."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import python_calamine

from jianwei.errors import DataError
from jianwei.registry import census, looking, national, workbook
from jianwei.registry.census import Census
from jianwei.registry.entry import KINDS, Entry
from jianwei.roster.divisions import stem
from tests.registry import world_of_accounts as city
from tests.world import Source, World, account, follower, form, post, profiles, timeline, total, unit

DAY = date(2015, 6, 30)


def taken(place: World, exports: list[Path], day: date = DAY) -> Census:
    read = national.read(exports)
    names = [str(name) for name in place.roster.regions["name"].to_pylist()]
    with place.connect() as con:
        return census.take(
            Census(day, "option", "lake", place.roster.version, read),
            place.roster,
            looking.look(con, day),
            lambda closings: looking.after(con, closings, day),
            {*names, *map(stem, names)},
        )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("city"), city.UNITS, city.ACCOUNTS, sources=city.SOURCES)


@pytest.fixture(scope="module")
def found(place: World) -> Census:
    return taken(place, [city.export(place.folder / "导出.xlsx")])


def one(found: Census, kind: str, name: str) -> Entry:
    (entry,) = [entry for entry in found.of(kind) if entry.account == name]
    return entry


def told(entry: Entry) -> str:
    return "\n".join(map(str, entry.evidence))


def test_exactly_what_is_planted_is_found(found: Census) -> None:
    assert {(KINDS[one.kind].title, one.account, one.confidence) for one in found.entries} == city.PLANTED
    assert len(found.entries) == len(city.PLANTED)
    assert found.compared == {"own": 18, "filed": 19, "paired": 17, "seen": 24}
    assert found.exit_code == 1


def test_entries_carry_evidence_and_say_what_to_do(found: Census) -> None:
    assert all(entry.evidence and entry.rule and entry.advice for entry in found.entries)
    closed = told(one(found, "posting_after_closing", "重庆教育"))
    assert "注销日期 2015-03-01" in closed
    assert "此后发布 2 条：首条 2015-04-02 09:00（weibo:after1）" in closed
    assert "末条 2015-05-02" in closed
    renamed = told(one(found, "renamed", "重庆卫生"))
    assert (
        "平台显示名称“重庆卫生”，2015-01-12 见到 1 次，内容发布于 2015-01-10（卫生一.csv 第 2 行）" in renamed
    )
    assert "平台显示名称“健康山城”，2015-05-12" in renamed
    asleep = told(one(found, "dormant", "数据重庆"))
    assert "2015-01-05 00:00（weibo:sleeps），距普查日 176 天" in asleep
    assert "2015-04-02 至 2015-06-30 没有它的发布内容（全市.csv）" in asleep
    assert "第 6 行" in told(one(found, "not_registered", "环保重庆"))


def test_lists_stand_in_the_order_of_units(found: Census) -> None:
    for kind in KINDS:
        orders = [entry.order for entry in found.of(kind)]
        assert orders == sorted(orders, key=lambda order: (order is None, order or 0))


def test_what_was_not_collected_is_never_dormant(place: World, found: Census) -> None:
    """Without the one file that vouches for the days nothing is left to say."""
    bare = World(place.folder / "bare", city.UNITS, city.ACCOUNTS, sources=city.SOURCES[1:2])
    again = taken(bare, [place.folder / "导出.xlsx"])
    assert again.of("dormant") == []
    open_ones = {row["name"] for row in city.ACCOUNTS if row["status"] != "已注销"}
    assert open_ones <= {entry.account for entry in again.of("unknown")}
    assert one(again, "unknown", "重庆财政").rule == "只有检索片段"
    assert one(again, "unknown", "重庆审计").rule == "没有数据"


@pytest.mark.parametrize(
    ("marks", "kinds"),
    [
        ([("profile", "2015-05-01", True, "1"), ("search", "2015-06-01", True, "蓝V")], ["not_filed"]),
        ([("profile", "2015-05-01", True, "1"), ("search", "2015-06-01", False, "普通用户")], ["lookalike"]),
        ([("search", "2015-05-01", False, "普通用户"), ("profile", "2015-06-01", True, "1")], ["not_filed"]),
        ([("profile", "2015-05-01", False, "-1"), ("search", "2015-06-01", True, "蓝V")], ["not_filed"]),
        ([("profile", "2015-05-01", True, "7")], []),
    ],
)
def test_the_newest_certification_counts_and_a_profile_says_more_than_a_mark(
    tmp_path: Path, marks: list[tuple[str, str, bool, str]], kinds: list[str]
) -> None:
    sources = [
        Source(f"源{n}", scope, {"followers": [
            follower("weibo:22222", day, None) | {"verified": known, "verified_type": kind, "account_name": "平安重庆"}
        ]})
        for n, (scope, day, known, kind) in enumerate(marks)
    ]  # fmt: skip
    owned = [account("A", "11111", name="平安重庆", status="已注销", certified_as="")]
    place = World(tmp_path, [unit("A")], owned, sources=sources)
    path = tmp_path / "导出.csv"
    path.write_text("账号名称,平台,UID,状态\n平安重庆,微博,11111,已注销\n", "utf-8")
    assert [entry.kind for entry in taken(place, [path]).entries] == kinds


def test_a_file_that_never_refreshes_profiles_proves_no_silence(tmp_path: Path) -> None:
    rows = [follower("weibo:11111", day, 10) | {"statuses": 5} for day in ("2015-03-01", "2015-07-01")]
    for parser, kinds in (("weibo-crawler-json", ["dormant"]), ("weibo-crawler-users", ["unknown"])):
        source = profiles("主页", *(row | {"parser": parser} for row in rows))
        place = World(
            tmp_path / parser, [unit("A")], [account("A", "11111", certified_as="")], sources=[source]
        )
        assert [entry.kind for entry in taken(place, []).entries] == kinds


def test_a_day_short_of_ninety_is_not_dormant(place: World) -> None:
    (asleep,) = [row for row in city.ACCOUNTS if row["name"] == "数据重庆"]
    small = World(place.folder / "small", city.UNITS, [asleep], sources=city.SOURCES[:1])
    for day, kinds in ((date(2015, 4, 4), []), (date(2015, 4, 5), ["dormant"])):
        assert [entry.kind for entry in taken(small, [], day).entries] == kinds


def test_without_an_export_filing_is_not_judged(place: World) -> None:
    alone = taken(place, [])
    assert set(alone.skipped) == {"not_filed", "not_registered"}
    assert not alone.of("not_filed") + alone.of("not_registered")
    assert {entry.account for entry in alone.of("dormant")} == {
        "数据重庆",
        "重庆水利",
        "重庆商务",
        "重庆司法",
    }


@pytest.mark.parametrize(
    ("platform", "uid", "filed", "paired"),
    [
        ("微博", "2803301701", "2803301701", 1),
        ("微博", "2803301701", "https://weibo.com/u/2803301701", 1),
        ("微博", "2803301701", "https://weibo.com/cqga", 1),
        ("微博", "2803301701", "cqga", 1),
        ("微博", "2803301701", "2803301702", 0),
        ("微信订阅号", "gh_0a", "GH_0A", 1),
        ("微信订阅号", "gh_0a", "cqga", 1),
        ("微信订阅号", "gh_0a", "gh_0b", 0),
        ("抖音", "A1", "a1", 1),
        ("抖音", "A1", "a2", 0),
    ],
)
def test_ids_pair_or_keep_apart(tmp_path: Path, platform: str, uid: str, filed: str, paired: int) -> None:
    """The names and units are the same throughout; only ids that can be compared say otherwise."""
    place = World(
        tmp_path, [unit("A", name="甲局")], [account("A", uid, platform, name="甲", certified_as="甲局")]
    )
    path = tmp_path / "导出.csv"
    path.write_text(f"账号名称,平台,账号ID,主办单位\n甲,{platform},{filed},甲局\n", "utf-8")
    found = taken(place, [path])
    assert found.compared["paired"] == paired
    assert len(found.of("not_filed")) == len(found.of("not_registered")) == 1 - paired
    assert {entry.confidence for entry in found.of("not_filed")} <= {"待核实"}


def test_an_export_of_elsewhere_is_doubted(place: World, tmp_path: Path) -> None:
    path = city.export(tmp_path / "别处.xlsx", [("北京发布", "微博", "30000000001", "北京市", "正常", "")])
    (issue,) = taken(place, [path]).issues
    assert (issue.code, issue.what) == ("few_paired", "本台账 18 个账号只有 0 个与导出对上")
    assert taken(place, []).issues == []


def test_names_pair_where_the_export_has_no_ids(tmp_path: Path) -> None:
    place = World(
        tmp_path,
        [unit("A", name="重庆市公安局"), unit("B", name="重庆市气象局"), unit("C", name="重庆市委宣传部", organ_type="党委部门")],
        [account("A", "11111", name="平安重庆", certified_as=""), account("B", "22222", name="重庆气象", certified_as=""),
         account("C", "33333", name="重庆宣传", certified_as=""), account("A", "gh_a", "微信订阅号", name="平安", certified_as=""),
         account("B", "dy1", "抖音", name="气象抖音", certified_as="")],
    )  # fmt: skip
    path = tmp_path / "导出.csv"
    path.write_text(
        "账号名称,平台,主办单位\n平安重庆,微博,重庆市公安局\n气象重庆,微博,重庆市气象局\n别处,微信公众号,某局\n",
        "gb18030",
    )
    found = taken(place, [path])
    filed = {entry.account: (entry.confidence, entry.rule) for entry in found.of("not_filed")}
    assert filed == {
        "重庆气象": ("待核实", "系统中该单位在同一平台登记了另一个名称，也可能是改名"),
        "重庆宣传": ("待核实", "主办单位是党委部门，可能不在全国系统的报送范围内"),
        "平安": ("较可能", "有一方没有 UID，只能按名称核对"),
        "气象抖音": ("待核实", "导出中没有任何该平台的账号，也可能是没有导出该平台"),
    }
    assert {entry.account: entry.confidence for entry in found.of("not_registered")} == {
        "气象重庆": "较可能",
        "别处": "较可能",
    }
    assert [(entry.confidence, entry.account) for entry in found.of("several")] == [
        ("待核实", "重庆气象、气象重庆")
    ]


def test_a_certified_body_is_judged_kindly(tmp_path: Path) -> None:
    units = [
        unit("A", name="重庆市公安局", order=1),
        unit("B", name="重庆市公安局渝中区分局", order=2, parent="A"),
        unit("C", name="中共重庆市委宣传部", order=3),
        unit("D", name="重庆市生态环境局", order=4, predecessor="E"),
        unit("E", name="重庆市环境保护局", order=5),
    ]
    bodies = {
        "1": ("A", "重庆市公安局官方微博", None),
        "2": ("A", "重庆市公安局治安总队", None),
        "3": ("B", "重庆市公安局", "待核实"),
        "4": ("C", "重庆市委宣传部", None),
        "5": ("D", "重庆市环境保护局", "待核实"),
        "6": ("A", "重庆市公安局渝中区分局", "确定"),
        "7": ("A", "重庆某某文化传播有限公司", "较可能"),
        "8": ("A", "", None),
        "9": ("B", "渝中区公安分局", "待核实"),
    }
    rows = [
        account(code, f"7000{n}", name=n, certified_as=body, main=None, status="正常")
        for n, (code, body, _) in bodies.items()
    ]
    found = taken(World(tmp_path, units, rows), [])
    sure = {entry.account: entry.confidence for entry in found.of("certified_otherwise")}
    assert {n: sure.get(n) for n in bodies} == {n: bodies[n][2] for n in bodies}


@pytest.mark.parametrize(
    ("status", "closed", "confidence"),
    [("注销", "2015-05-01", "确定"), ("关停", "", "待核实"), ("正常", "", None)],
)
def test_the_national_system_knows_of_a_closing_and_of_an_id(
    tmp_path: Path, status: str, closed: str, confidence: str | None
) -> None:
    """The own registry has the account in use and, on 抖音, without an id."""
    place = World(
        tmp_path,
        [unit("A", name="甲局")],
        [
            account("A", "11111", name="甲", certified_as="甲局"),
            account("A", "", "抖音", name="甲", certified_as="甲局"),
        ],
        sources=[timeline("采集", post("weibo:11111", "2015-06-01"))],
    )
    path = tmp_path / "导出.csv"
    path.write_text(
        f"账号名称,平台,账号ID,主办单位,状态,注销时间\n甲,微博,11111,甲局,{status},{closed}\n甲,抖音,dy1,甲局,正常,\n",
        "utf-8",
    )
    found = taken(place, [path])
    assert [entry.confidence for entry in found.of("posting_after_closing")] == (
        [confidence] if confidence else []
    )
    if confidence:
        assert "本台账仍登记为在用" in told(found.of("posting_after_closing")[0])
    (unknown,) = found.of("unknown")
    assert (unknown.platform, unknown.uid, unknown.rule) == ("抖音", "dy1", "没有数据")


def test_what_forms_call_an_account_is_no_new_name(tmp_path: Path) -> None:
    sums = total("weibo:11111", "2015-06", posts=3) | {"account_name": "甲局官微填报"}
    folder = post("weibo:22222", "2015-06-01", account_name="旧文件夹") | {"parser": "weibo-crawler"}
    place = World(
        tmp_path,
        [unit("A"), unit("B")],
        [account("A", "11111", certified_as=""), account("B", "22222", certified_as="")],
        sources=[form("填报", sums), timeline("采集", folder)],
    )
    (entry,) = taken(place, []).entries
    assert (entry.kind, entry.uid, entry.confidence) == ("renamed", "22222", "待核实")
    assert "采集文件夹以此命名“旧文件夹”" in told(entry)


def test_an_undated_closing_with_fresh_posts_is_told(tmp_path: Path) -> None:
    place = World(
        tmp_path,
        [unit("A")],
        [account("A", "11111", status="已注销", certified_as="")],
        sources=[timeline("a.csv", post("weibo:11111", "2015-06-01"))],
    )
    (entry,) = taken(place, []).entries
    assert (entry.kind, entry.confidence) == ("posting_after_closing", "待核实")


def test_the_workbook_has_a_sheet_a_kind_and_no_formulas(found: Census, tmp_path: Path) -> None:
    path = tmp_path / "普查.xlsx"
    workbook.write(found, path)
    book = python_calamine.load_workbook(str(path))
    assert book.sheet_names == ["说明", *(kind.title for kind in KINDS.values())]
    rows = book.get_sheet_by_name("一单位同平台多号").to_python()
    assert rows[1][:6] == [
        "1",
        "重庆市旅游局",
        "12",
        "微博",
        "重庆旅游、重庆旅游投诉",
        "10000000112、10000000212",
    ]
    assert len(book.get_sheet_by_name("未掌握").to_python()) == 1 + len(found.of("unknown"))
    with pytest.raises(DataError, match="普查结果不能写成"):
        workbook.write(found, tmp_path / "普查.csv")


def test_the_document_is_plain_json(found: Census) -> None:
    document = json.loads(json.dumps(found.to_json(), ensure_ascii=False))
    assert document["counts"]["僵尸"] == {"total": 4, "确定": 2, "较可能": 1, "待核实": 1}
    assert {entry["code"] for entry in document["findings"]} == set(KINDS)
    assert all(entry["evidence"] and entry["confidence"] for entry in document["findings"])
