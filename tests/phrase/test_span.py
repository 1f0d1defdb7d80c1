"""Sentences and their addresses."""

from __future__ import annotations

import pytest

from jianwei.errors import RenderError
from jianwei.phrase import Span, clean, enumerate_names, fill, plain, tight


def test_a_sentence_keeps_the_address_of_each_number() -> None:
    said = fill("发布{n}条", n=Span("12", "S4.posts"))
    assert said == (Span("发布"), Span("12", "S4.posts"), Span("条"))
    assert plain(said) == "发布12条"


def test_a_template_may_not_hold_a_digit() -> None:
    with pytest.raises(RenderError, match="未绑定"):
        fill("前10位{n}", n="")


def test_a_hole_without_a_part_is_an_error() -> None:
    with pytest.raises(RenderError, match="缺少"):
        fill("发布{n}条")


def test_names_are_bound_to_their_places_and_cut_with_deng() -> None:
    said = enumerate_names(["甲", "乙", "丙"], "T2.leaders", most=2)
    assert plain(said) == "甲、乙等"
    assert [span.address for span in said if span.name] == ["T2.leaders#1", "T2.leaders#2"]


def test_control_characters_and_lone_surrogates_are_dropped() -> None:
    assert clean("重\x00庆\x0b\ud800市\ufffe") == "重庆市"
    assert clean("一行\n二行\t尾") == "一行\n二行\t尾"


@pytest.mark.parametrize(
    ("loose", "words"),
    [
        ("共 422 个账号", "共422个账号"),
        ("38 ÷ 38", "38 ÷ 38"),
        ("达到 66.7% 的", "达到66.7%的"),
        ("Weibo 2", "Weibo 2"),
    ],
)
def test_blanks_between_chinese_and_digits_are_closed(loose: str, words: str) -> None:
    assert tight(loose) == words
