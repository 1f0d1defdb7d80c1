"""The normaliser as an oracle: a known number is written in every style and read back."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from jianwei.intake import values
from jianwei.intake.values import CellError, Count

NUMBERS = st.integers(0, 10**10)
FULL_WIDTH = str.maketrans("0123456789,.+", "０１２３４５６７８９，．＋")

EXACT: dict[str, Callable[[int], Any]] = {
    "digits": str,
    "integer": int,
    "float": float,
    "point zero": lambda n: f"{n}.0",
    "thousands": lambda n: f"{n:,}",
    "full width": lambda n: str(n).translate(FULL_WIDTH),
    "full width thousands": lambda n: f"{n:,}".translate(FULL_WIDTH),
    "trailing blank": lambda n: f"{n} ",
    "tab": lambda n: f"{n}\t",
    "ideographic blank": lambda n: f"\u3000{n}\u3000",
    "byte order mark": lambda n: f"\ufeff{n}",
    "leading zeros": lambda n: f"00{n}",
}
SHORT = {"万": 10_000, "w": 10_000, "W": 10_000, "亿": 100_000_000}


@pytest.mark.parametrize("style", EXACT)
@given(number=NUMBERS)
def test_exact_styles_give_the_number_back(style: str, number: int) -> None:
    assert values.count(EXACT[style](number)) == Count(number)


@pytest.mark.parametrize("unit", SHORT)
@given(number=NUMBERS, places=st.integers(0, 4))
def test_shortened_styles_give_it_back_within_their_rounding(unit: str, number: int, places: int) -> None:
    written = f"{Decimal(number) / SHORT[unit]:.{places}f}{unit}"
    found = values.count(written)
    assert found.value is not None
    assert abs(found.value - number) * 2 <= SHORT[unit] // 10**places
    assert (found.censored, found.rounded) == (False, True)
    assert values.count(written.translate(FULL_WIDTH)) == found


@given(number=st.integers(1, 10**6), unit=st.sampled_from(["", "万", "亿"]))
def test_a_plus_says_that_there_are_at_least_so_many(number: int, unit: str) -> None:
    found = values.count(f"{number}{unit}+")
    true = number * {"": 1, "万": 10_000, "亿": 100_000_000}[unit]
    assert (found.censored, found.rounded) == (True, False)
    assert found.value == (values.READS_CAP if true == 100_000 else true)


@pytest.mark.parametrize("cell", ["10万+", "10W+", "100,000+", "１０万＋"])
def test_wechats_cap_is_kept_as_wechat_keeps_it(cell: str) -> None:
    assert values.count(cell) == Count(100_001, censored=True)


def test_100001_is_a_cap_only_where_reads_are_counted() -> None:
    assert values.count("100001", reads=True) == Count(100_001, censored=True)
    assert values.count(100_001.0, reads=True) == Count(100_001, censored=True)
    assert values.count("100,001", reads=True) == Count(100_001, censored=True)
    assert values.count("100001") == Count(100_001)
    assert values.count("100002", reads=True) == Count(100_002)


@pytest.mark.parametrize(
    "cell",
    [None, "", " ", "\u3000", "-", "--", "—", "{}", "[]", "None", "null", "NULL", "NaN", "转发", "评论", "赞", "未知"],
)  # fmt: skip
def test_blanks_and_labels_are_not_known_and_never_zero(cell: object) -> None:
    assert values.count(cell) == Count(None)
    assert values.scaled(cell, 10_000) == Count(None)


@pytest.mark.parametrize(
    "cell",
    ["1e5", "1E+5", "1e400", "inf", "∞", "十二", "一万", "1.2", "1.23456万", "-1", "−1", "1,23", "12,34,567", "1..2",
     "1 234", "0x10", "1_000", "12条", "约12", "12~15", "万", "+", "+5", "１２万三", "²", "٣", "१२", "三", "Ⅻ", "1/2",
     "2015-05-05", "10:12", "True", "#REF!", "#N/A", "无", "12\n13", "9" * 17, "9" * 400, "1万万",
     True, False, math.nan, math.inf, -math.inf, 1.5, -3, 1e300, 2**60, b"12", [12], {"count": 1}],
)  # fmt: skip
def test_what_is_no_count_is_refused_with_a_reason(cell: object) -> None:
    with pytest.raises(CellError) as caught:
        values.count(cell)
    assert caught.value.code == "bad_count"
    assert caught.value.reason
    assert caught.value.hint


LOOKS_LIKE_ONE = re.compile(
    r"[\s\u200b\u200e\u200f\ufeff]*(\d{1,3}(,\d{3})+|\d+)(\.\d+)?[万亿wW]?\+?[\s\u200b\u200e\u200f\ufeff]*",
    re.ASCII,
)


@given(st.text(max_size=12) | st.from_regex(r"[0-9０-９.,，万亿wWeE+\- ]{1,8}", fullmatch=True))
@example("１２３")
def test_never_a_number_from_a_non_number(cell: str) -> None:
    try:
        found = values.count(cell)
    except CellError:
        return
    plain = cell.translate({v: k for k, v in FULL_WIDTH.items()})
    assert found.value is None or LOOKS_LIKE_ONE.fullmatch(
        plain.replace("\u3000", " ").replace("\u00a0", " ")
    )


@given(st.floats(0, 10**6), st.sampled_from([1_000, 10_000, 1_000_000]))
def test_a_column_in_ten_thousands_is_multiplied_and_marked(number: float, scale: int) -> None:
    assume("e" not in repr(number))
    found = values.scaled(number, scale)
    assert found.value is not None
    assert abs(found.value - Decimal(repr(number)) * scale) <= Decimal("0.5")
    assert found.rounded


@pytest.mark.parametrize("cell", ["312.5万", "约312", True, -1, "1e5", math.inf, [1]])
def test_a_unit_in_a_cell_and_in_its_title_are_too_many(cell: object) -> None:
    with pytest.raises(CellError):
        values.scaled(cell, 10_000)


def test_a_scale_of_one_is_a_plain_count() -> None:
    assert values.scaled("312", 1) == Count(312)
    with pytest.raises(CellError):
        values.scaled("312.5", 1)


@given(st.integers(10**14, 10**20))
def test_ids_come_back_to_the_letter(number: int) -> None:
    assume(len(str(number)) < 18 or str(number)[15:].strip("0"))
    for cell in (str(number), f"{number}\t", f"'{number}", f" {number}", f"\ufeff{number}"):
        assert values.identifier(cell) == str(number)
        assert values.number_id(cell) == str(number)


@pytest.mark.parametrize(
    "cell",
    ["3.83837E+15", "3.83837e15", "3E+15", "12.5E+3", 3838374783294101.0, 10**15, 1.5, math.nan, math.inf, -5,
     "383837478329410000"],
)  # fmt: skip
def test_ids_that_a_spreadsheet_has_mangled_are_refused(cell: object) -> None:
    with pytest.raises(CellError) as caught:
        values.identifier(cell, what="微博id")
    assert caught.value.code == "mangled_id"
    assert "Excel" in caught.value.reason
    assert "微博id" in caught.value.reason


@pytest.mark.parametrize("cell", [None, "", " ", "'", "None", "null", "-", True])
def test_a_missing_id_is_told(cell: object) -> None:
    with pytest.raises(CellError, match="没有 id") as caught:
        values.identifier(cell)
    assert caught.value.code == "missing_id"


@pytest.mark.parametrize("cell", ["ab cd", "a\nb", "x" * 129, "1" * 33, "a\x00b", "\udc80"])
def test_what_does_not_look_like_an_id_is_refused(cell: str) -> None:
    with pytest.raises(CellError) as caught:
        values.identifier(cell)
    assert caught.value.code == "bad_id"
    assert caught.value.reason.isprintable()


@pytest.mark.parametrize("cell", ["abc", "123.0", "１２３", "gh_0123"])
def test_an_id_of_digits_has_digits_only(cell: str) -> None:
    with pytest.raises(CellError) as caught:
        values.number_id(cell)
    assert caught.value.code == "bad_id"


def test_a_short_number_is_an_id_in_a_workbook() -> None:
    assert values.identifier(1988438334.0) == "1988438334" == values.identifier(1988438334)


@pytest.mark.parametrize(
    ("cell", "is_true"),
    [("True", True), ("是", True), ("1", True), (1, True), (1.0, True), ("有", True), (" YES ", True), (True, True),
     ("False", False), ("否", False), ("0", False), (0, False), ("无", False), (False, False),
     (None, None), ("", None), ("—", None)],
)  # fmt: skip
def test_truth(cell: object, is_true: bool | None) -> None:
    assert values.truth(cell) is is_true


@pytest.mark.parametrize("cell", ["2", "也许", "TrueFalse", 2, "原创"])
def test_what_is_neither_true_nor_false_is_refused(cell: object) -> None:
    with pytest.raises(CellError) as caught:
        values.truth(cell)
    assert caught.value.code == "bad_truth"


@given(st.text())
def test_text_can_always_be_stored_or_is_refused(cell: str) -> None:
    try:
        found = values.text(cell)
    except CellError:
        found = None
        assert re.search("[\udc80-\udcff]", cell)
    if found is not None:
        found.encode("utf-8")
        assert found == found.strip() != ""
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", found)


def test_text_keeps_what_people_wrote() -> None:
    assert values.text(" 第一行\n第二行\t😀 ") == "第一行\n第二行\t😀"
    assert values.text("\x00 \r\n") is None
    assert values.text("半个\ud83d表情") == "半个表情"
    with pytest.raises(CellError, match="无法解码"):
        values.text("坏\udcd6\udcd8")


def test_blank_and_shown() -> None:
    assert [values.blank(cell) for cell in (None, "", "\u3000", "\u200b", 0, "0", False)] == [True] * 4 + [
        False
    ] * 3
    assert values.shown("甲\n\udc80乙" * 20, 4) == "甲□□乙"
