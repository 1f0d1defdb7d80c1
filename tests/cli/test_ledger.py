"""`coverage` as people and scripts run it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Jianwei


def test_people_see_the_incomplete_first_with_reasons(jianwei: Jianwei, demo_space: Path) -> None:
    ran = jianwei("-C", demo_space, "coverage", "--period", "2015H1")
    assert ran.code == 0
    assert "没有来源覆盖" in ran.out.splitlines()[2]
    for word in ("应有", "完整", "部分", "无数据", "主要原因", "数据不足"):
        assert word in ran.out


def test_of_one_account_a_calendar_is_drawn(jianwei: Jianwei, demo_space: Path) -> None:
    told = jianwei("-C", demo_space, "coverage", "--period", "2015H1", "--json").json
    one = next(one for one in told["accounts"] if one["grade"] == "partial")
    ran = jianwei("-C", demo_space, "coverage", "--period", "2015H1", "--account", one["account_id"])
    months = [line for line in ran.out.splitlines() if line.startswith("  2015-0") and "至" not in line]
    assert len(months) == 6
    assert sum(line.count("■") for line in months) == one["complete"]
    assert sum(line.count("□") for line in months) == one["none"]
    assert "图例：■ 完整" in ran.out


def test_the_document_keeps_shares_as_fractions_and_days_as_numbers(
    jianwei: Jianwei, demo_space: Path
) -> None:
    told = jianwei("-C", demo_space, "coverage", "--period", "2015-03", "--json").json
    assert told.keys() >= {"period", "least", "lake_version", "roster_version", "accounts", "words"}
    for one in told["accounts"]:
        assert one["complete"] + one["partial"] + one["none"] == one["expected"]
        assert one["share"] is None or 0 <= one["share"] <= 1


def test_it_is_written_as_a_file(jianwei: Jianwei, demo_space: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    ran = jianwei("-C", demo_space, "coverage", "--period", "2015-03", "--out", path)
    assert (ran.code, path.read_bytes()[:3]) == (0, b"\xef\xbb\xbf")
    assert f"已写入 {path}" in ran.out
    assert jianwei("-C", demo_space, "coverage", "--period", "2015-03", "--out", tmp_path / "a.doc").code == 2


def test_wrong_words_end_with_two(jianwei: Jianwei, demo_space: Path) -> None:
    for words in (("--unit", "没有的单位"), ("--account", "没有的账号"), ("--period", "去年")):
        ran = jianwei("-C", demo_space, "coverage", *words)
        assert (ran.code, ran.out) == (2, "")


def test_measures_take_an_age(jianwei: Jianwei, demo_space: Path) -> None:
    told = jianwei("-C", demo_space, "measures", "--period", "2015-03", "--age", "7d", "--json").json
    assert told["conventions"]["reading"] == "7d"
    assert all("aged_posts" in row for row in told["rows"])
    ran = jianwei("-C", demo_space, "measures", "--period", "2015-03", "--age", "9d")
    assert (ran.code, "7d" in ran.err) == (2, True)
