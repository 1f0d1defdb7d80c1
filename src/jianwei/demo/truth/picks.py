"""The truth about W.picks: posts far above their account's median, one a unit, functions in turn."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np

from jianwei.demo.wording import FUNCTIONS
from jianwei.demo.world import World

__all__ = ["picks"]

_MOST, _LEAST_POSTS, _BEST = 11, 20, 5
_NEVER = ("警情", "通报", "命案", "凶杀", "杀人", "伤亡", "死亡", "遇难", "身亡", "事故", "讣告", "逝世", "悼念", "总书记",
          "主席", "总理", "书记", "市长", "调研", "会见", "舆情", "辟谣", "网传")  # fmt: skip


@dataclass(frozen=True)
class _Candidate:
    unit: str
    words: str
    function: str
    at: int
    key: str
    response: int
    lift: float


def picks(made: World) -> dict[str, Any]:
    """Titles of the posts to be shown, best first."""
    found = [*_of_weibo(made), *_of_wechat(made)]
    found = [one for one in found if not any(word in one.words for word in _NEVER)]
    found.sort(key=lambda one: (-math.log(one.response + 1) * math.log(one.lift + 1), one.at, one.key))
    chosen: list[_Candidate] = []
    for turn in range(1, _MOST + 1):
        seen = Counter(one.function for one in chosen)
        for one in found:
            if len(chosen) == _MOST or any(other.unit == one.unit for other in chosen):
                continue
            if seen[one.function] < turn:
                chosen.append(one)
                seen[one.function] += 1
    return {"W.picks": [_title(one.words) for one in chosen]}


def _of_weibo(made: World) -> list[_Candidate]:
    posts = made.posts
    mine = made.cast.analysed[posts.account] & posts.original
    mine &= ~np.isin(posts.account, sorted(made.without_posts))
    response = posts.reposts + posts.comments + posts.likes
    keys = [f"weibo:{mid}" for mid in posts.mid]
    return _best(made, posts.account, np.flatnonzero(mine), response, posts.at, keys, made.words)


def _of_wechat(made: World) -> list[_Candidate]:
    told = made.articles
    mine = np.flatnonzero(made.cast.analysed[told.account])
    keys = [
        f"wechat:{made.cast.biz[account]}:{200_000_000 + push}:{place}"
        for account, push, place in zip(told.account, told.push, told.place, strict=True)
    ]
    return _best(made, told.account, mine, told.reads, told.at, keys, made.titles)


def _best(
    made: World, account: Any, mine: Any, response: Any, at: Any, keys: list[str], written: Any
) -> list[_Candidate]:
    """The five strongest posts of each account that are above its median."""
    by_account: dict[int, list[int]] = {}
    for place in mine:
        by_account.setdefault(int(account[place]), []).append(int(place))
    found = []
    for who, places in by_account.items():
        if len(places) < _LEAST_POSTS:
            continue
        usual = median(int(response[place]) for place in places)
        above = [place for place in places if response[place] > usual]
        above.sort(key=lambda place: (-int(response[place]), int(at[place]), keys[place]))
        unit = made.cast.units[made.cast.of[who]].name
        found += [
            _Candidate(
                unit,
                written.words[place].as_py(),
                FUNCTIONS[written.function[place]],
                int(at[place]),
                keys[place],
                int(response[place]),
                (int(response[place]) + 1) / (usual + 1),
            )
            for place in above[:_BEST]
        ]
    return found


def _title(words: str) -> str:
    return words if len(words) <= 40 else words[:39] + "…"
