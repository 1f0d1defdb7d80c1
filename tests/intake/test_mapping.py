"""What a mapping is known by, and that it is of its own header only."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jianwei.intake.mapping import Mapping, composed, fingerprint, words
from jianwei.intake.template import TEMPLATES

TITLES = st.lists(st.text(st.characters(codec="utf-8"), max_size=6), max_size=6)


def mapping(*header: str, **more: object) -> Mapping:
    return Mapping(**{"title": "甲", "kind": "wechat_posts", "header": header, "columns": {}} | more)  # type: ignore[arg-type]


def test_a_header_is_known_by_its_titles_whatever_their_order_and_line_breaks() -> None:
    one = fingerprint(["公众号", "阅读\n次数", ""])
    assert one == fingerprint([" 阅读 次数 ", "公众号"])
    assert one != fingerprint(["公众号", "阅读次数"])
    assert one != fingerprint(["公众号", "阅读 次数", "阅读 次数"])
    assert one != fingerprint(["公众号", "阅读 次数(万)"])


@given(TITLES, TITLES)
def test_two_headers_have_one_fingerprint_only_if_they_have_the_same_titles(
    a: list[str], b: list[str]
) -> None:
    def plain(titles: list[str]) -> list[str]:
        return sorted(filter(None, (" ".join(title.split()) for title in titles)))

    assert (fingerprint(a) == fingerprint(b)) == (plain(a) == plain(b))


def test_a_header_of_two_rows_is_one() -> None:
    top = [["公众号", "阅读", "", "分享", ""], ["", "次数", "人数", "次数", "人数"]]
    assert composed(top) == ["公众号", "阅读·次数", "阅读·人数", "分享·次数", "分享·人数"]
    assert composed([["a", "b"], ["", "", "c"]]) == ["a", "b", "b·c"]
    assert composed([["a", "b"]]) == ["a", "b"]


def test_the_header_is_found_where_it_stands() -> None:
    made = mapping("账号", "阅读·次数", "阅读·人数", header_rows=2)
    top = [["某月数据"], ["账号", "阅读", ""], ["", "次数", "人数"]]
    assert made.header_of(top, 0) is None
    assert made.header_of(top, 1) == ["账号", "阅读·次数", "阅读·人数"]
    assert made.header_of(top, 2) is None


def test_the_difference_names_both_sides() -> None:
    assert mapping("a", "b", "c").difference(["b", "d", ""]) == (["a", "c"], ["d"])


def test_what_columns_say_and_what_must_be_asked() -> None:
    sums = mapping("a", kind="weibo_totals", columns={"a": "posts"})
    assert sums.spanless
    assert not sums.says_whose
    assert not mapping("a", kind="weibo_totals", columns={"a": "day"}).spanless
    assert mapping("a", columns={"a": "link"}).says_whose
    assert not mapping("a", kind="weibo_posts", columns={"a": "link"}).says_whose
    assert mapping("a", by_name=True, columns={"a": "account_name"}).says_whose
    assert mapping("a", kind="followers", columns={"a": "followers"}).dayless


def test_no_word_stands_for_two_fields() -> None:
    for kind, template in TEMPLATES.items():
        known = words(kind)
        assert len(set(known.values())) == len(known), kind
        assert list(known)[: len(template.columns)] == [column.title for column in template.columns]


def test_two_wordings_have_two_versions() -> None:
    assert mapping("a", text="x").version != mapping("a", text="y").version
    assert mapping("a", text="x").key == mapping("a", text="y").key
