"""Form and function of posts by the declared lexicon."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from jianwei.content import labels
from jianwei.coverage import bounds
from jianwei.errors import RecipeError
from jianwei.lake import ask
from jianwei.period import Period
from tests.world import Rows, World, half, post, timeline

KEY = "weibo:1"


def labelled(folder: Path, *posts: Rows, period: str = "2015H1") -> dict[str, dict[str, Any]]:
    """Labels by day of publication."""
    with World(folder, sources=[timeline("a", *posts)]).connect() as con:
        rows = ask.rows(con, labels.query(), bounds(Period.parse(period)).parameters())
    return {row["post_key"].split("@")[1]: row for row in rows}


def test_forms_the_more_specific_first(tmp_path: Path) -> None:
    known = {"pictures": 0, "video": False, "long_text": False}
    found = labelled(
        tmp_path,
        post(KEY, "2015-01-01", text="一图读懂", **known | {"pictures": 1, "video": True}),
        post(KEY, "2015-01-02", text="一图读懂", **known),  # names a picture and has none
        post(KEY, "2015-01-03", text="春天", **known | {"pictures": 9, "video": True, "long_text": True}),
        post(KEY, "2015-01-04", text="春天", **known | {"pictures": 9, "long_text": True}),
        post(KEY, "2015-01-05", text="春天", **known | {"pictures": 9}),
        post(KEY, "2015-01-06", text="图解春天", **known | {"long_text": True}),
        post(KEY, "2015-01-07", **known | {"pictures": 2}),  # without any text
        post(KEY, "2015-01-08", text="春天", pictures=0),
    )
    forms = ["一图解说", "文字", "视频", "长微博", "图片", "一图解说", "图片", "文字"]
    assert [found[f"2015-01-0{place + 1}"]["form"] for place in range(8)] == forms
    assert set(forms) == set(labels.FORMS)


def test_a_form_that_cannot_be_told_is_unknown(tmp_path: Path) -> None:
    found = labelled(
        tmp_path,
        post(KEY, "2015-01-01", text="春天"),
        post(KEY, "2015-01-02", text="春天", video=False, long_text=False),  # perhaps with pictures
        post(KEY, "2015-01-03", text="一图读懂", video=False),
        post(KEY, "2015-01-04", text="春天", video=True),
    )
    assert [found[f"2015-01-0{day}"]["form"] for day in (1, 2, 3, 4)] == [None, None, None, "视频"]
    articles = [
        post("wechat:gh_1", "2015-01-01", title="一图读懂"),
        post("wechat:gh_1", "2015-01-02", title="春天"),
    ]
    found = labelled(tmp_path / "wechat", *articles)
    assert [found[f"2015-01-0{day}"]["form"] for day in (1, 2)] == [
        "一图解说",
        None,
    ]  # an article has pictures
    assert [found[f"2015-01-0{day}"]["worded"] for day in (1, 2)] == [True, True]


def test_functions_in_the_order_of_the_rules_and_none_where_no_word_fits(tmp_path: Path) -> None:
    words = {
        "2015-01-01": ("暴雨预警，请绕行出行", "应急预警"),
        "2015-01-02": ("网传消息不实", "舆论引导"),
        "2015-01-03": ("招聘公告", "信息公开"),
        "2015-01-04": ("有奖征集", "政民互动"),
        "2015-01-05": ("出入境办理指南", "便民服务"),
        "2015-01-06": ("最美风光", "文化传播"),
        "2015-01-07": ("今日召开", "新闻发布"),
        "2015-01-08": ("早安", None),
        "2015-01-09": ("", None),
    }
    posts = [post(KEY, day, title=title) for day, (title, _) in words.items()]
    found = labelled(tmp_path, *posts, post(KEY, "2015-01-10"))
    assert {day: found[day]["function"] for day in words} == {day: name for day, (_, name) in words.items()}
    assert found["2015-01-10"]["function"] is None
    assert {name for _, name in words.values() if name} == set(labels.functions())


def test_title_and_text_are_both_read(tmp_path: Path) -> None:
    found = labelled(
        tmp_path, post(KEY, "2015-01-01", title="早安", text="暴雨"), post(KEY, "2015-01-02", text="地震")
    )
    assert [found[day]["function"] for day in ("2015-01-01", "2015-01-02")] == ["应急预警", "应急预警"]


def test_only_posts_of_the_period_each_once(tmp_path: Path) -> None:
    days = ("2014-12-31T23:59:59", "2015-01-01", "2015-06-30T23:59:59", "2015-07-01")
    source = half("b", *[post(KEY, day, text="预警") for day in days])
    with World(
        tmp_path, sources=[source, half("again", *[post(KEY, days[1], text="早安")])]
    ).connect() as con:
        rows = ask.rows(con, labels.query(), bounds(Period.parse("2015H1")).parameters())
    assert sorted(row["post_key"] for row in rows) == [f"{KEY}@2015-01-01", f"{KEY}@2015-06-30T23:59:59"]


def test_the_shipped_lexicon_is_plain_words_without_repeats() -> None:
    text = resources.files("jianwei.presets").joinpath("lexicons/content.toml").read_text("utf-8")
    lexicon = tomllib.loads(text)
    names = [rule["name"] for rule in lexicon["function"]]
    assert len(set(names)) == len(names) == 7
    for words in (lexicon["infographic"], *[rule["words"] for rule in lexicon["function"]]):
        assert len(set(words)) == len(words) > 0


@pytest.mark.parametrize("word", ["", "a|b", "预警(红)", "50%*", "o'clock", "{x}"])
def test_only_plain_words_go_into_the_query(word: str) -> None:
    with pytest.raises(RecipeError, match="只收普通词语"):
        labels._pattern(["预警", word])
