"""A world written to files: registry, timelines, searches, forms, truth."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from jianwei.demo import roll, searches, submitted, sums, timelines, truth
from jianwei.demo.world import World, world

__all__ = ["write"]


def write(
    folder: Path, told: Path, *, seed: int, scale: float, progress: Callable[[str, float | None], None]
) -> tuple[Path, Path, Path]:
    """Make a world and write it; returns the registry workbook, the folder of sources, the truth file."""
    progress("生成合成数据", None)
    made = world(seed, scale)
    registry, sources = folder / "名册.xlsx", folder / "sources"
    progress("写出名册和来源文件", None)
    roll.write(registry, made.cast)
    _posts(sources, made, np.random.default_rng((seed, 3)))
    submitted.wechat(sources / "微信填报", made.cast, made.articles, made.titles.words)
    submitted.followers(sources / "粉丝读数", made.cast, made.followers)
    weibo, wechat = made.before
    sums.write(sources / "汇总填报" / "2014年下半年微博汇总.csv", made.cast, weibo)
    sums.write(sources / "汇总填报" / "2014年下半年微信汇总.csv", made.cast, wechat)
    only = sums.instead_of_posts(made.posts, made.cast.parts["totals_only"])
    sums.write(sources / "汇总填报" / "2015年上半年微博汇总.csv", made.cast, only)
    truth.write(told, made)
    return registry, sources, told


def _posts(sources: Path, made: World, rng: np.random.Generator) -> None:
    but = made.without_posts
    timelines.write(sources / "weibo", made.cast, made.posts, made.words.words, rng, but=but)
    timelines.write(
        sources / "weibo-2014H1", made.cast, made.earlier, made.earlier_words.words, rng, flawed=False
    )
    timelines.write_silent(sources / "weibo", made.cast)
    searches.write(sources / "weibo-search", made.cast, made.posts, made.words.words, rng, but=but)
