"""Our own templates: which table is which, whatever words an office has put over its columns."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from jianwei.intake import template
from jianwei.intake.template import TEMPLATES, Fit, Kind

KINDS: tuple[Kind, ...] = ("weibo_posts", "wechat_posts", "weibo_totals", "wechat_totals", "followers")
LAYOUTS = {
    "weibo_totals": "微博汇总",
    "weibo_posts": "微博明细",
    "wechat_totals": "微信汇总",
    "wechat_posts": "微信明细",
}


def fit(*titles: str) -> Fit:
    found = template.match(list(titles))
    assert found is not None
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_form_is_known_as_itself(kind: Kind) -> None:
    titles = template.header(kind)
    found = fit(*titles)
    assert found.template is TEMPLATES[kind]
    assert sorted(found.places.values()) == list(range(len(titles)))
    assert (found.scales, found.twice) == ({}, ())
    backwards = fit(*reversed(titles))
    assert backwards.template is TEMPLATES[kind]
    assert {name: len(titles) - 1 - place for name, place in backwards.places.items()} == found.places


@pytest.mark.parametrize("kind", KINDS)
def test_other_words_mean_the_same_field(kind: Kind) -> None:
    for column in TEMPLATES[kind].columns:
        for word in column.also:
            titles = [word if title == column.title else title for title in template.header(kind)]
            if len(set(map(template.plain_title, titles))) < len(titles) or column.field in ("start", "end"):
                continue
            found = template.match(titles)
            assert found is not None
            if found.template.kind == kind:
                assert found.places[column.field] == titles.index(word), (kind, word)


def test_words_of_one_template_are_not_two_fields() -> None:
    for kind, of in TEMPLATES.items():
        own = [template.plain_title(column.title) for column in of.columns]
        assert len(set(own)) == len(own)
        for one, other in itertools.combinations(of.columns, 2):
            shared = {*map(template.plain_title, one.also)} & {*map(template.plain_title, other.also)}
            assert not shared, (kind, shared)


def test_the_titles_are_those_of_the_layouts(shared: Path) -> None:
    text = (shared / "reference" / "layouts.md").read_text("utf-8")
    for kind, title in LAYOUTS.items():
        [line] = [line for line in text.splitlines() if line.startswith(f"- {title}")]
        words = line.split(": ", 1)[1].split(";")[0].split("｜")
        assert set(words) <= set(template.header(kind)), title  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "title",
    ["发布数", "* 发布数（条）", "发布数[条]", " 发 布 数：", "发布数 (必填)", "\ufeff发布数", "发布数＊"],
)
def test_titles_are_known_without_their_remarks(title: str) -> None:
    assert template.plain_title(title) == "发布数"
    assert fit("月份", "UID", title, "转发").places["posts"] == 2


@pytest.mark.parametrize(
    ("title", "many"),
    [("粉丝数", 1), ("粉丝数(万)", 10_000), ("粉丝数（万人）", 10_000), ("粉丝数（单位：万）", 10_000), ("阅读量(亿)", 10**8),
     ("阅读量［千次］", 1_000), ("阅读量(百万)", 10**6), ("发布数(条)", 1), ("原创(%)", None), ("转发（百分比）", None), (None, 1)],
)  # fmt: skip
def test_units_in_titles(title: str | None, many: int | None) -> None:
    assert template.scale(title) == many


def test_a_scale_goes_with_its_field_and_a_share_is_no_count() -> None:
    found = fit("月份", "UID", "月末粉丝(万)", "发布数", "原创数(%)", "转发(千)", "评论")
    assert found.scales == {"followers": 10_000, "reposts": 1_000}
    assert "originals" not in found.places


def test_the_templates_own_word_goes_before_others() -> None:
    found = fit("月份", "UID", "发布数", "阅读数", "阅读量", "转发")
    assert found.places["reads"] == 4
    assert (found.twice, found.rivals) == ((), ())


def test_of_two_words_that_mean_the_same_the_first_is_taken_and_told() -> None:
    found = fit("月份", "UID", "发布数", "转发数", "转发量", "评论")
    assert found.places["reposts"] == 3
    assert found.rivals == (4,)


def test_a_title_that_stands_twice_is_told() -> None:
    assert fit("月份", "UID", "发布数", "转发", "评论", "转发").twice == (5,)


@pytest.mark.parametrize(
    "titles", [[], [""], ["单位", "得分"], ["月份", "发布数"], ["发布时间", "转发"], ["序号"] * 40]
)
def test_other_tables_are_not_taken_for_a_template(titles: list[str]) -> None:
    assert template.match(titles) is None


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("阅读数（人）", "readers"),
        ("总阅读量(人数)", "readers"),
        ("阅读数（次）", "reads"),
        ("分享[人]", "sharers"),
    ],
)
def test_persons_are_no_times(title: str, field: str) -> None:
    fit = template.match(["标题", "发布时间", title, "点赞", "粉丝数（人）"])
    assert fit is not None
    assert fit.places[field] == 2
    assert len({"reads", "readers", "shares", "sharers"} & set(fit.places)) == 1
