"""`registry reconcile`: what it prints, writes and answers; its exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Jianwei


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "导出.csv"
    path.write_text("新媒体名称,账号类型,UID,主办单位\n丙发布,微博,9000000003,丙局\n,微博,1,\n", "gb18030")
    return path


def test_people_see_kinds_evidence_and_advice(
    jianwei: Jianwei, place: Path, export: Path, tmp_path: Path
) -> None:
    ran = jianwei(
        "-C", place, "registry", "reconcile", export, "--as-of", "2015-03-31", "--out", tmp_path / "普查.xlsx"
    )
    assert ran.code == 1
    for words in (
        "普查日 2015-03-31", "采用 1，重复 0，未采用 1", "未备案（1 条）", "甲局：微博“账号001”（9000000001） — 确定",
        "系统登记：丙局，微博“丙发布”，UID 9000000003（导出.csv 第 2 行）", "→ 核实后",
    ):  # fmt: skip
        assert words in ran.out
    assert "没有账号名称" in ran.err
    assert (tmp_path / "普查.xlsx").read_bytes().startswith(b"PK")


def test_scripts_get_one_document(jianwei: Jianwei, place: Path, export: Path) -> None:
    document = jianwei("-C", place, "registry", "reconcile", export, "--as-of", "2015-03-31", "--json").json
    assert [(one["code"], one["account"]) for one in document["findings"]] == [
        ("not_filed", "账号001"), ("not_registered", "丙发布"), ("unknown", "丙发布"),
    ]  # fmt: skip
    assert document["counts"]["未备案"] == {"total": 1, "确定": 1}
    assert document["exports"][0]["rejected"] == 1


def test_nothing_found_is_no_fault(jianwei: Jianwei, place: Path) -> None:
    ran = jianwei("-C", place, "registry", "reconcile", "--as-of", "2015-03-31")
    assert ran.code == 0
    assert "没有给出全国政务新媒体信息报送系统的导出，不判断" in ran.out


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["--as-of", "昨天"], "看不懂日期“昨天”"),
        (["--as-of", "2999-01-01"], "还没有到"),
        (["没有.xlsx"], "没有文件"),
        (["--out", "结果.csv"], "不能写成"),
    ],
)
def test_what_cannot_be_done_is_said(jianwei: Jianwei, place: Path, words: list[str], what: str) -> None:
    ran = jianwei("-C", place, "registry", "reconcile", *words, "--json")
    assert ran.code == 2
    assert what in ran.json["error"]
