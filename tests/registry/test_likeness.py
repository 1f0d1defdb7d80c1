"""Names that look alike, and names of two offices that only sound so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.registry.likeness import Names, bare, distance, plain, skeleton

PLACES = ("重庆市", "重庆", "沙坪坝区", "沙坪坝", "江北区", "江北", "江津区", "江津", "渝中区", "渝中")
REGISTERED = (
    "平安重庆", "重庆发布", "沙坪坝发布", "重庆市公安局", "江北气象局", "渝中区公安分局", "重庆第一中学", "重庆12345热线",
)  # fmt: skip
SIGNS = "重庆慶市巿公安局0oO1l渝中 ·"


@pytest.mark.parametrize(
    ("name", "other", "rule", "detail"),
    [
        ("平安 重庆", "平安重庆", "same", ""),
        ("平安·重庆", "平安重庆", "same", ""),
        ("重庆１２３４５热线", "重庆12345热线", "same", ""),
        ("平安重慶", "平安重庆", "glyphs", "“慶”与“庆”"),
        ("重庆巿公安局", "重庆市公安局", "glyphs", "“巿”与“市”"),
        ("重庆l2345热线", "重庆12345热线", "glyphs", "“l”与“1”"),
        ("平安重庆官方微博", "平安重庆", "affixes", "都是“平安重庆”"),
        ("官方平安重庆", "平安重庆", "affixes", "都是“平安重庆”"),
        ("重庆发布官方", "重庆发布", "affixes", "去掉后就是“重庆发布”"),
        ("平安重庆V", "平安重庆", "affixes", "都是“平安重庆”"),
        ("平安重庆在线", "平安重庆", "affixes", "都是“平安重庆”"),
        ("平安重庆1", "平安重庆", "one_sign", "多一个“1”"),
        ("渝中公安分局", "渝中区公安分局", "one_sign", "少一个“区”"),
        ("重庆市公安厅", "重庆市公安局", "one_sign", "“厅”换作“局”"),
        ("平安庆重", "平安重庆", "one_sign", "“庆重”与“重庆”颠倒"),
    ],
)
def test_what_people_could_take_for_another(name: str, other: str, rule: str, detail: str) -> None:
    (found,) = Names(REGISTERED, PLACES).like(name)
    assert (found.other, found.rule) == (other, rule)
    if detail and detail not in found.detail:
        assert rule == "affixes"
        assert "平安重庆" in found.detail or "重庆发布" in found.detail


@pytest.mark.parametrize(
    "name",
    [
        "沙坪坝在线", "重庆在线", "江津气象局", "重庆第二中学", "重庆", "平安渝中", "平安大重庆", "重庆12346热线", "北京发布",
        "", "。。", "重",
    ],
)  # fmt: skip
def test_other_offices_are_not_taken_for_it(name: str) -> None:
    assert Names(REGISTERED, PLACES).like(name) == []


def test_of_several_rules_the_strongest_tells() -> None:
    names = Names(["平安重庆", "平安重庆在线"], PLACES)
    assert [(one.other, one.rule) for one in names.like("平安重庆 ")] == [("平安重庆", "same")]
    assert {one.other for one in names.like("平安重庆官微")} == {"平安重庆", "平安重庆在线"}


def test_bare_names_keep_two_signs_and_places() -> None:
    assert bare("微博") == "微博"
    assert bare("官方微博发布", places=()) != ""
    assert bare("沙坪坝发布", places={"沙坪坝"}) == "沙坪坝发布"
    assert bare("沙坪坝发布官方微博", places={"沙坪坝"}) == "沙坪坝发布"


@given(st.text(max_size=20))
def test_plain_and_skeleton_settle(name: str) -> None:
    assert plain(plain(name)) == plain(name)
    assert skeleton(skeleton(name)) == skeleton(name)
    assert len(bare(name)) >= min(2, len(skeleton(name)))


@given(st.text(SIGNS, max_size=8), st.text(SIGNS, max_size=8), st.text(SIGNS, max_size=8))
def test_distance_is_one(a: str, b: str, c: str) -> None:
    assert distance(a, b) == distance(b, a)
    assert (distance(a, b) == 0) == (a == b)
    assert abs(len(a) - len(b)) <= distance(a, b) <= max(len(a), len(b))
    assert distance(a + c, b + c) <= distance(a, b)


@given(st.lists(st.text(SIGNS, min_size=1, max_size=7), max_size=6), st.text(SIGNS, max_size=7))
def test_the_index_finds_every_name_one_sign_off(names: list[str], name: str) -> None:
    """Whatever is told stands at the distance told; nothing at distance 0 is missed."""
    for found in Names(names).like(name):
        if found.rule == "one_sign":
            assert distance(skeleton(name), skeleton(found.other)) == 1
    same = [other for other in names if plain(other) == plain(name) and len(skeleton(other)) > 1]
    assert [found.other for found in Names(names).like(name) if found.rule == "same"] == list(
        dict.fromkeys(same)
    )
