"""Cohorts: who is ranked together, and clear words about a wrong file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from jianwei import cohort
from jianwei.errors import RecipeError
from jianwei.model import Account, Opening, Unit, schema_of
from jianwei.roster import Roster
from jianwei.roster.divisions import regions
from jianwei.roster.populations import shipped

UNITS: list[dict[str, Any]] = [
    {"code": "M1", "order": 1, "name": "重庆市人民政府新闻办公室", "adcode": "500000", "system": "外宣", "category": "参评"},
    {"code": "M2", "order": 2, "name": "重庆市公安局", "adcode": "500000", "system": "公安", "category": "参评"},
    {"code": "D1", "order": 3, "name": "沙坪坝区人民政府", "adcode": "500106", "system": "政府办"},
    {"code": "D2", "order": 4, "name": "中共沙坪坝区委宣传部", "adcode": "500106", "system": "外宣", "category": "参评"},
    {"code": "D3", "order": 5, "name": "沙坪坝区公安分局", "adcode": "500106", "system": "公安", "category": "参评"},
    {"code": "T1", "order": 6, "name": "潼南区人民政府", "adcode": "500152", "system": "政府办", "start": date(2015, 6, 1)},
    {"code": "T2", "order": 7, "name": "中共潼南县委宣传部", "adcode": "500223", "system": "外宣", "category": "参评"},
    {"code": "T3", "order": 8, "name": "潼南县旅游局", "adcode": "500223", "system": "旅游", "category": "参评"},
    {"code": "Z1", "order": 9, "name": "石柱县教育局", "adcode": "500240", "system": "教育", "category": "仅巡检"},
    {"code": "N1", "order": 10, "name": "某协会", "adcode": "", "system": "", "organ_type": "人民团体", "category": "参评"},
]  # fmt: skip

END = date(2015, 6, 30)


def roster(folder: Path, units: list[dict[str, Any]]) -> Roster:
    none = {
        name: pa.Table.from_pylist([], schema=schema_of(kind))
        for name, kind in (("accounts", Account), ("openings", Opening))
    }
    table = pa.Table.from_pylist(units, schema=schema_of(Unit))
    return Roster.publish(folder, units=table, regions=regions(), populations=shipped(), **none)


@pytest.fixture(scope="module")
def chongqing(tmp_path_factory: pytest.TempPathFactory) -> Roster:
    return roster(tmp_path_factory.mktemp("roster"), UNITS).on(END)


def codes(name: str, chongqing: Roster, folder: Path | None = None, root: str = "") -> list[str]:
    found = cohort.select(cohort.load(name, folder), chongqing, folder=folder, root=root)
    return [unit["code"] for unit in found]


def write(folder: Path, text: str, name: str = "mine") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.toml").write_text(text, "utf-8")
    return folder


def test_the_shipped_cohorts_are_as_meant(chongqing: Roster) -> None:
    assert cohort.root_region(chongqing) == "500000"
    assert codes("市直机关", chongqing) == ["M1", "M2"]
    assert codes("公安系统", chongqing) == ["M2", "D3"]
    assert codes("全部单位", chongqing) == ["M1", "M2", "D1", "D2", "D3", "T1", "T2", "T3", "N1"]
    assert codes("区县", chongqing) == ["D2", "T2"]  # 宣传部 before 政府, one a region
    assert codes("基层", chongqing) == ["D1", "D3", "T1", "T3"]  # the region's own entry excluded


@pytest.mark.parametrize(("alias", "name"), [("municipal", "市直机关"), ("district", "区县"), ("police", "公安系统"), ("grassroots", "基层"), ("all", "全部单位")])  # fmt: skip
def test_an_alias_means_the_same(alias: str, name: str) -> None:
    assert cohort.load(alias) == cohort.load(name)


def test_a_place_that_changed_its_code_is_one_place(tmp_path: Path) -> None:
    """潼南县 500223 became 潼南区 500152 in June 2015: units registered before and after are of one region."""
    for units in (UNITS, [unit for unit in UNITS if unit["code"] != "T2"]):
        found = codes("区县", roster(tmp_path / str(len(units)), units).on(END))
        assert len([code for code in found if code.startswith("T")]) == 1
    folder = write(tmp_path / "cohorts", '[cohort]\nname = "潼南"\n[where]\nadcode = ["500152"]\n')
    assert codes("潼南", roster(tmp_path / "r", UNITS).on(END), folder) == ["T1", "T2", "T3"]
    folder = write(tmp_path / "cohorts", '[cohort]\nname = "潼南"\n[where]\nadcode = ["500223"]\n')
    assert codes("潼南", roster(tmp_path / "r", UNITS).on(END), folder) == ["T1", "T2", "T3"]


def test_the_root_may_be_one_region_under_either_code(tmp_path: Path) -> None:
    only = [unit for unit in UNITS if unit["code"].startswith("T")]
    found = roster(tmp_path, only).on(END)
    assert codes("市直机关", found, root="500152") == ["T1", "T2", "T3"]
    assert codes("基层", found, root="500152") == []


def test_units_of_no_region_are_neither_municipal_nor_below(chongqing: Roster) -> None:
    for name in ("市直机关", "区县", "基层"):
        assert "N1" not in codes(name, chongqing)


def test_no_region_at_all_has_no_root(tmp_path: Path) -> None:
    bare = roster(tmp_path, [{"code": "A", "name": "某单位"}])
    assert cohort.root_region(bare) == ""
    assert codes("市直机关", bare) == codes("区县", bare) == []
    assert codes("全部单位", bare) == ["A"]


@pytest.mark.parametrize(
    ("adcodes", "root"),
    [(["500000", "500106"], "500000"), (["510100", "510104"], "510100"), (["500106"], "500106"), (["500000", "510000"], "")],
)  # fmt: skip
def test_the_region_that_all_units_share(tmp_path: Path, adcodes: list[str], root: str) -> None:
    units = [{"code": code, "name": code, "adcode": code} for code in adcodes]
    assert cohort.root_region(roster(tmp_path, units)) == root


def test_the_marked_are_those_marked_or_all_where_none_is(tmp_path: Path, chongqing: Roster) -> None:
    assert [unit["code"] for unit in cohort.marked(chongqing)] == ["M1", "M2", "D2", "D3", "T2", "T3", "N1"]
    plain = [{**unit, "category": unit.get("category", "").replace("参评", "")} for unit in UNITS]
    assert [unit["code"] for unit in cohort.marked(roster(tmp_path, plain))] == [
        u["code"] for u in UNITS if u["code"] != "Z1"
    ]


def test_every_condition_of_a_file(tmp_path: Path, chongqing: Roster) -> None:
    cases = {
        '[where]\nsystem_not = ["公安", "外宣"]': ["D1", "T1", "T3", "N1"],
        '[where]\norgan_type = ["人民团体"]': ["N1"],
        '[where]\norgan_type_not = ["人民团体"]\nregion = "root"': ["M1", "M2"],
        '[where]\nname_contains = ["公安", "旅游"]': ["M2", "D3", "T3"],
        '[where]\ncategory = ["参评"]\nregion = "below"': ["D2", "D3", "T2", "T3"],
        '[where]\nsystem = [""]': ["N1"],
        '[exclude]\ncohorts = ["公安系统", "区县"]': ["M1", "D1", "T1", "T3", "N1"],
        '[one_per_region]\nprefer = ["公安"]\n[where]\nregion = "below"': ["D3", "T1"],
    }
    for text, wanted in cases.items():
        folder = write(tmp_path / "cohorts", f'[cohort]\nname = "我的"\nalias = "mine"\n{text}\n')
        assert codes("mine", chongqing, folder) == wanted, text
    folder = write(
        tmp_path / "cohorts", '[cohort]\nname = "我的"\nmarked_only = true\n[where]\nregion = "below"\n'
    )
    assert codes("我的", chongqing, folder) == ["D2", "D3", "T2", "T3"]


def test_a_workspace_file_wins_over_the_shipped_one(tmp_path: Path, chongqing: Roster) -> None:
    folder = write(tmp_path / "cohorts", '[cohort]\nname = "公安系统"\n[where]\nsystem = ["旅游"]\n')
    assert codes("公安系统", chongqing, folder) == ["T3"]
    assert codes("公安系统", chongqing) == ["M2", "D3"]


def test_an_unknown_cohort_is_refused_with_near_names() -> None:
    with pytest.raises(RecipeError, match=r"没有名为“市直机构”的参评范围.*是否想写：市直机关"):
        cohort.load("市直机构")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[cohort]\nname = ", "不是合法的 TOML"),
        ('[cohort]\nalias = "x"', "缺少名称"),
        ("", "缺少名称"),
        ('[cohort]\nname = "x"\n[where]\nsytem = ["公安"]', "是否想写：system"),
        ('[cohort]\nname = "x"\n[wher]\nsystem = ["公安"]', "是否想写：where"),
        ('[cohort]\nname = "x"\n[where]\nregion = "belo"', "是否想写：below"),
        ('[cohort]\nname = "x"\n[where]\nsystem = "公安"', "应是词语的列表"),
        ('[cohort]\nname = "x"\n[where]\nsystem = [1]', "应是词语的列表"),
        ('[cohort]\nname = "x"\n[where]\nregion = 5', "不能是"),
        ('[cohort]\nname = "x"\n[exclude]\ncohorts = "区县"', "应是词语的列表"),
        ('[cohort]\nname = "x"\n[one_per_region]', "应是词语的列表"),
        ('cohort = "x"', "应是一节"),
        ('[cohort]\nname = "x"\nmarked_only = "yes"', "true 或 false"),
        ('where = 3\n[cohort]\nname = "x"', "应是一节"),
    ],
)
def test_a_wrong_file_is_refused_in_chinese(tmp_path: Path, text: str, words: str) -> None:
    folder = write(tmp_path / "cohorts", text)
    with pytest.raises(RecipeError, match=words) as caught:
        cohort.load("x", folder)
    assert "mine.toml" in str(caught.value)


def test_every_problem_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    folder = write(tmp_path / "cohorts", '[cohort]\nnmae = "x"\n[where]\nsytem = ["公安"]\nregion = "x"\n')
    with pytest.raises(RecipeError) as caught:
        cohort.load("x", folder)
    assert {issue.where.field for issue in caught.value.issues} == {
        "cohort.name",
        "cohort.nmae",
        "where.sytem",
        "where.region",
    }


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_bytes('[cohort]\nname = "公安"'.encode("gb18030"))
    with pytest.raises(RecipeError, match=r"bad.toml.*UTF-8"):
        cohort.load("公安", tmp_path)


def test_cohorts_that_exclude_each_other_are_refused(tmp_path: Path, chongqing: Roster) -> None:
    folder = write(tmp_path / "cohorts", '[cohort]\nname = "甲"\n[exclude]\ncohorts = ["乙"]\n', "a")
    write(folder, '[cohort]\nname = "乙"\n[exclude]\ncohorts = ["甲"]\n', "b")
    with pytest.raises(RecipeError, match=r"甲.*乙.*甲"):
        codes("甲", chongqing, folder)


def test_an_unknown_excluded_cohort_is_refused(tmp_path: Path, chongqing: Roster) -> None:
    folder = write(tmp_path / "cohorts", '[cohort]\nname = "甲"\n[exclude]\ncohorts = ["区"]\n')
    with pytest.raises(RecipeError, match="没有名为“区”的参评范围"):
        codes("甲", chongqing, folder)
