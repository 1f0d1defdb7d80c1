"""Words for columns: what they may mean, and what looks like ours and is none."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.intake import synonyms
from jianwei.intake.mapping import words
from jianwei.intake.template import Kind

KINDS: tuple[Kind, ...] = get_args(Kind)


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_words_are_the_surest(kind: Kind) -> None:
    for word, field in words(kind).items():
        best = synonyms.hits(kind, word)[0]
        assert best.field == field, word
        assert best.confidence == synonyms.SAME


@pytest.mark.parametrize(
    ("kind", "title", "field", "why"),
    [
        ("wechat_posts", "阅读量", "reads", "同义词"),
        ("wechat_posts", "阅读总数（次）", "reads", "同义词"),
        ("wechat_posts", "阅读(人)", "readers", "人数"),
        ("wechat_posts", "图文总阅读次数", "reads", "里有"),
        ("wechat_totals", "分享·人数", "sharers", "同义词"),
        ("weibo_posts", "Created_At", "published_at", "同义词"),
        ("weibo_totals", "微博粉丝总数", "followers", "里有"),
    ],
)
def test_words_of_others(kind: Kind, title: str, field: str, why: str) -> None:
    best = synonyms.hits(kind, title)[0]
    assert best.field == field
    assert why in best.why


@pytest.mark.parametrize(
    "title",
    [
        "",
        "阅读率",
        "点赞率(%)",
        "篇均阅读",
        "条均互动",
        "阅读环比",
        "排名",
        "序号",
        "WCI",
        "传播指数",
        "阅读原文次数",
        "微信收藏人数",
        "点赞占比",
        "朋友圈阅读次数",
    ],
)
def test_shares_ranks_and_other_things_mean_nothing(title: str) -> None:
    assert not any(synonyms.hits(kind, title) for kind in KINDS)


def test_persons_are_no_times_where_there_is_no_column_of_persons() -> None:
    assert not [hit for hit in synonyms.hits("weibo_posts", "转发人数") if hit.field == "reposts"]
    assert not [hit for hit in synonyms.hits("weibo_posts", "阅读人数") if hit.field in {"reads", "readers"}]


@given(st.sampled_from(KINDS), st.text(max_size=30))
def test_any_title_has_an_answer(kind: Kind, title: str) -> None:
    found = synonyms.hits(kind, title)
    assert [hit.confidence for hit in found] == sorted((hit.confidence for hit in found), reverse=True)
    assert all(0 < hit.confidence < 1 and hit.field in words(kind).values() for hit in found)
    assert len({hit.field for hit in found}) == len(found)
