"""Short Chinese texts made from parts, theme by theme, as columns of Arrow strings.

Every sentence is of its theme in its own words; no comma, quote or line break of ASCII stands in
them, so that they can be written to CSV as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jianwei.demo.apportion import Ints
from jianwei.demo.files import Words, joined
from jianwei.demo.showcase import Special
from jianwei.demo.weibo import FORMS

__all__ = ["FUNCTIONS", "THEMES", "Written", "take", "texts", "titles"]

THEMES: dict[str, tuple[float, tuple[str, ...], tuple[str, ...]]] = {
    "新闻发布": (
        0.29,
        ("{p}召开重点工作推进会", "{p}启动一批民生项目", "{p}举行新闻发布会", "{p}开展专项督查", "记者从{p}有关部门获悉一批实事完成过半",
         "{p}近日集中开工一批重点工程"),
        ("，全年任务逐项列出清单", "，有关负责人介绍了进展情况", "，下一步将加快落实", "，要求按时序完成", "，各单位参加"),
    ),
    "信息公开": (
        0.12,
        ("{p}新政策解读来了", "{p}出台便民惠企办法", "{p}公开招聘工作人员公告", "{p}项目公示", "{p}条例修订要点解读"),
        ("，适用范围和办事流程一次说清", "，公众可查阅全文", "，这几处变化要留意", "，有疑问可到窗口了解"),
    ),
    "舆论引导": (
        0.05,
        ("关于{p}停止供气的传闻不实", "{p}某小区抢盐消息系谣言", "{p}有关部门回应群众关切", "{p}网传视频真相在这里"),
        ("，请以官方发布为准", "，已联系平台处理", "，请勿转发"),
    ),
    "文化传播": (
        0.17,
        ("{p}非遗展演周末登场", "{p}的春天最美", "{p}老街美食地图", "{p}博物馆新展开幕", "最美{p}摄影作品", "{p}读书月好书推荐"),
        ("，带上家人去看看", "，一城风光尽在其中", "，你最喜欢哪一处", "，历史与山水都在这里", "，周末好去处"),
    ),
    "政民互动": (
        0.11,
        ("{p}民生实事征集意见", "{p}有奖问答", "{p}微访谈预告", "{p}为身边好人投票", "{p}留言办理情况"),
        ("，欢迎留言参与", "，你怎么看", "，问题将由有关单位答复", "，截止本月底"),
    ),
    "便民服务": (
        0.22,
        ("{p}明日部分片区停水提示", "{p}办事大厅办理指南", "{p}早高峰路况", "{p}未来三天天气", "{p}网上预约攻略", "{p}停电检修提醒"),
        ("，请提前做好准备", "，收藏备用", "，出行请留意", "，窗口电话可查询", "，所需材料一次备齐"),
    ),
    "": (
        0.03,
        ("{p}的清晨", "早安，{p}", "{p}你好"),
        ("，又是新的一天", "，愿你一切安好", "，我们一直都在"),
    ),
    "应急预警": (
        0.04,
        ("{p}发布暴雨蓝色预警信号", "{p}启动防汛四级应急响应", "{p}山区注意地质险情", "{p}高温预警"),
        ("，请注意避险", "，减少外出", "，有关人员在岗值守"),
    ),
}  # fmt: skip
"""Function that the words tell ("" = none) → share, openings ({p} = a place) and endings."""

FUNCTIONS = tuple(THEMES)
"""Functions by their place."""

_EXPLAINING_ARTICLES = 0.03
_URGENT = ("应急预警", "舆论引导")
"""Functions that a text keeps although it is a picture that explains; others become 信息公开."""

_EXPLAINING = ("一图读懂：", "图解：", "一图读懂丨")
_REPOSTED = ("转发微博：", "转：", "转发扩散：")


@dataclass(frozen=True)
class Written:
    """Words of posts, the function that each was written for (a place in FUNCTIONS), and whether its
    words announce a picture that explains.
    """

    words: Words
    function: Ints
    explains: NDArray[np.bool_]


def texts(
    account: Ints,
    names: list[str],
    form: Ints,
    original: NDArray[np.bool_],
    special: Mapping[int, Special],
    rng: np.random.Generator,
) -> Written:
    """The text of each Weibo post. names: the place each account speaks of."""
    size = len(form)
    explains = form == FORMS.index("一图解说")
    prefix = np.where(explains, rng.integers(1, 1 + len(_EXPLAINING), size), 0)
    turned = np.where(original, 0, rng.integers(1, 1 + len(_REPOSTED), size))
    body, function = _sentences(account, names, rng)
    words = joined(take(("", *_REPOSTED), turned), take(("", *_EXPLAINING), prefix), body, _tails(size, rng))
    return _written(words, function, explains, special)


def titles(
    account: Ints, names: list[str], special: Mapping[int, Special], rng: np.random.Generator
) -> Written:
    """The title of each WeChat article."""
    size = len(account)
    explains = rng.random(size) < _EXPLAINING_ARTICLES
    prefix = np.where(explains, rng.integers(1, 1 + len(_EXPLAINING), size), 0)
    body, function = _sentences(account, names, rng)
    words = joined(take(("", *_EXPLAINING), prefix), body, _issues(size, rng))
    return _written(words, function, explains, special)


def take(words: Sequence[str], places: NDArray[Any]) -> Words:
    """Words by their places, as an Arrow column."""
    found: Words = pa.array(words, pa.string()).take(pa.array(places))
    return found


def _sentences(account: Ints, names: list[str], rng: np.random.Generator) -> tuple[Words, Ints]:
    """Opening with the account's place in it, and an ending of the same function; the functions."""
    heads, tails, odds, functions = [], [], [], []
    for number, (share, openings, endings) in enumerate(THEMES.values()):
        for opening in openings:
            for ending in endings:
                before, _, after = opening.partition("{p}")
                heads.append(before)
                tails.append(after + ending)
                odds.append(share / len(openings) / len(endings))
                functions.append(number)
    kind = rng.choice(len(odds), len(account), p=np.array(odds) / sum(odds))
    return joined(take(heads, kind), take(names, account), take(tails, kind)), np.array(functions)[kind]


def _tails(size: int, rng: np.random.Generator) -> Words:
    """An ending that tells posts apart: a number, or nothing."""
    words = ["", *[f"（第{n}期）" for n in range(1, 200)], "。", "！"]
    places = np.where(rng.random(size) < 0.55, rng.integers(1, len(words), size), 0)
    return take(words, places)


def _issues(size: int, rng: np.random.Generator) -> Words:
    words = ["", *[f"｜第{n}期" for n in range(1, 190)]]
    return take(words, np.where(rng.random(size) < 0.5, rng.integers(1, len(words), size), 0))


def _written(
    words: Words, function: Ints, explains: NDArray[np.bool_], special: Mapping[int, Special]
) -> Written:
    """Functions as the words tell them, and the words and functions of what was written by hand."""
    urgent = np.isin(function, [FUNCTIONS.index(name) for name in _URGENT])
    function = np.where(explains & ~urgent, FUNCTIONS.index("信息公开"), function)
    if special:
        places = np.array(sorted(special))
        mask = np.zeros(len(words), dtype=bool)
        mask[places] = True
        by_hand = pa.array([special[int(n)].text for n in places], pa.string())
        words = pc.replace_with_mask(words, pa.array(mask), by_hand)
        function[places] = [FUNCTIONS.index(special[int(n)].function) for n in places]
        explains = explains.copy()
        explains[places] = [special[int(n)].form == "一图解说" for n in places]
    return Written(words, function, explains)
