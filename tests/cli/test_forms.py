"""`forms`: templates out, forms in, corrections and appeals, as people and scripts run them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Jianwei
from tests.forms import office as offices
from tests.forms.filled import Book
from tests.forms.office import PERIOD, UNITS, truth, uid


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A workspace of twelve units of its own."""
    return offices.fresh(tmp_path).path


def back(place: Path, folder: Path, *codes: str, wrong: str = "") -> Path:
    """Forms of units as they come back; one of them with a word for a number."""
    for template in sorted((place / "forms" / PERIOD / "1" / "模板").iterdir()):
        code = template.name[:3]
        if code in codes:
            book = Book.open(template)
            truth(book)
            if code == wrong:
                book["微博汇总"].put(3, 转发="约300")
            book.save(folder / template.name)
    return folder


def test_a_month_from_request_to_decision(jianwei: Jianwei, place: Path, tmp_path: Path) -> None:
    made = jianwei("-C", place, "forms", "make", "--period", PERIOD, "--contact", "张三", "--json")
    assert made.code == 0
    assert made.json["totals"] == {"units": 12, "rows": 21, "without_accounts": 0}
    assert made.json["batch"] == "2015-06-001"
    inbox = back(place, tmp_path / "交回", "U11", "U12", wrong="U12")

    done = jianwei("-C", place, "forms", "collect", inbox, "--period", PERIOD, "--json")
    assert done.code == 1
    told = done.json
    assert {"period", "batch", "received", "missing", "problems", "totals"} <= set(told)
    assert (told["period"], told["batch"]) == (PERIOD, "2015-06-001")
    assert [(one["unit_code"], one["state"], one["rows_taken"]) for one in told["received"]] == [
        ("U11", "收下", 1), ("U12", "需退改", 0),
    ]  # fmt: skip
    assert [(one["unit_code"], one["reason"]) for one in told["missing"]] == [
        (c, "未收到") for c in UNITS[:10]
    ]
    (problem,) = told["problems"]
    assert (problem["code"], problem["row"], problem["field"]) == ("bad_count", 3, "转发")
    assert problem["file"] == "U12_某U12局_2015-06.xlsx〔微博汇总〕"
    assert told["totals"]["units_reported"] == 2

    fixed = jianwei("-C", place, "forms", "correct", "U11", "--period", PERIOD, "--set", "转发=130",
                    "--set", "评论=", "--who", "李四", "--why", "核实", "--json")  # fmt: skip
    assert [(e["field"], e["before"], e["after"]) for e in fixed.json["events"]] == [
        ("reposts", 120, 130), ("comments", 30, None),
    ]  # fmt: skip
    heard = jianwei("-C", place, "forms", "appeal", "U11", "--period", PERIOD, "--field", "点赞", "--claim", "99",
                    "--who", "某局", "--why", "漏计", "--json")  # fmt: skip
    number = heard.json["events"][0]["number"]
    settled = jianwei("-C", place, "forms", "settle", number, "--accept", "--who", "王五", "--why", "属实")
    assert settled.code == 0
    assert "采纳" in settled.out
    listed = jianwei("-C", place, "forms", "events", "--unit", "U11", "--json")
    assert [event["kind"] for event in listed.json["events"]] == [
        "received", "correction", "correction", "appeal", "correction", "decision",
    ]  # fmt: skip
    assert listed.json["issues"] == []
    for word in ("异议", "点赞", "99", "漏计"):
        assert word in jianwei("-C", place, "forms", "events", "--kind", "异议").out


def test_what_people_are_told(jianwei: Jianwei, place: Path, tmp_path: Path) -> None:
    made = jianwei("-C", place, "forms", "make", "--period", PERIOD, "--deadline", "2015-07-10")
    assert (made.code, "12 个单位" in made.out) == (0, True)
    inbox = back(place, tmp_path / "交回", "U11", "U12", wrong="U12")
    done = jianwei("-C", place, "forms", "collect", inbox, "--period", PERIOD)
    assert done.code == 1
    for word in ("U12_某U12局_2015-06.xlsx：需退改", "“约300”不是计数", "未报送单位 10 个"):
        assert word in done.err
    assert "应报 12 个单位，已报 2，未报 10，需退改 1" in done.out


def test_all_in_order_ends_with_0(jianwei: Jianwei, place: Path, tmp_path: Path) -> None:
    jianwei("-C", place, "forms", "make", "--period", PERIOD)
    inbox = back(place, tmp_path / "交回", *UNITS)
    done = jianwei("-C", place, "forms", "collect", inbox, "--period", PERIOD, "--json")
    assert (done.code, done.json["problems"], done.json["missing"]) == (0, [], [])


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("make", "--period", "2015W05"), "填报按整月进行"),
        (("make", "--period", PERIOD, "--deadline", "明天"), "看不懂日期“明天”"),
        (("make", "--period", PERIOD, "--cohort", "火星"), "没有名为“火星”的参评范围"),
        (("collect", ".", "--period", PERIOD), "还没有下发过填报表"),
        (("correct", "U11", "--period", PERIOD, "--set", "转发", "--who", "a", "--why", "b"), "写成 列名=数字"),
        (("correct", "U11", "--period", "2015H1", "--set", "转发=1", "--who", "a", "--why", "b"), "要指明是哪个月"),
        (("settle", "1", "--who", "a", "--why", "b"), "没有写明采纳还是不采纳"),
        (("settle", "1", "--reject", "--who", "a", "--why", "b"), "没有第 1 号异议"),
        (("events", "--kind", "谣言"), "没有“谣言”这种记录"),
    ],
)  # fmt: skip
def test_wrong_usage_ends_with_2_and_says_what_to_do(
    jianwei: Jianwei, place: Path, words: tuple[str, ...], what: str
) -> None:
    ran = jianwei("-C", place, "forms", *words)
    assert ran.code == 2
    assert what in ran.err


def test_a_tampered_log_ends_with_1(jianwei: Jianwei, place: Path) -> None:
    words = ("--period", PERIOD, "--set", "转发=5", "--account", uid("U01"), "--who", "a", "--why", "b")
    assert jianwei("-C", place, "forms", "correct", "U01", *words, "--set", "发布数=12").code == 0
    log = place / "forms" / "events.jsonl"
    log.write_text(log.read_text("utf-8").replace('"after": 5', '"after": 6'), "utf-8")
    ran = jianwei("-C", place, "forms", "events")
    assert (ran.code, "改动" in ran.err) == (1, True)


def test_an_empty_log_is_no_error(jianwei: Jianwei, place: Path) -> None:
    ran = jianwei("-C", place, "forms", "events")
    assert (ran.code, ran.out.strip()) == (0, "没有记录")
