"""Form and function of posts as SQL over the lake, from a declared lexicon."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from functools import lru_cache
from importlib import resources

from jianwei.errors import RecipeError

__all__ = ["FORMS", "functions", "query"]

FORMS: tuple[str, ...] = ("一图解说", "视频", "长微博", "图片", "文字")
"""All forms, the more specific first; a post has the first that fits."""


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, object]:
    text = resources.files("jianwei.presets").joinpath("lexicons/content.toml").read_text("utf-8")
    return tomllib.loads(text)


def functions() -> tuple[str, ...]:
    """Names of the functions that the lexicon knows, in the order of its rules."""
    return tuple(name for name, _ in _rules())


def query(platforms: Collection[str] | None = None) -> str:
    """SQL of the labels (post_key, form, function, worded) of a period, of some platforms only if given.

    Parameters of the SQL: `$start`, `$stop` (times, stop excluded), `$first_month`,
    `$last_month` (as in pub_month). Unknown form or function is null; worded says whether the
    post has any words to tell its function by.
    """
    sql = resources.files("jianwei.content").joinpath("labels.sql").read_text("utf-8")
    branches = "\n        ".join(
        f"WHEN regexp_matches(x.words, {_pattern(words)}) THEN {_quoted(name)}" for name, words in _rules()
    )
    infographic = _lexicon()["infographic"]
    if not isinstance(infographic, list):
        raise RecipeError("内容词表缺少 infographic 一项")
    among = within = "TRUE"
    if platforms:
        listed = sorted(platforms)
        among = f"p.platform IN ({', '.join(map(_quoted, listed))})"
        # Keys begin with their platform, so that whole groups of texts need not be read.
        within = " OR ".join(f"post_key >= '{one}:' AND post_key < '{one};'" for one in listed)
    return sql.format(
        infographic=_pattern(infographic), functions=branches, among=among, within=f"({within})"
    )


def _rules() -> list[tuple[str, list[str]]]:
    rules = _lexicon()["function"]
    if not isinstance(rules, list):
        raise RecipeError("内容词表缺少 function 一项")
    return [(str(rule["name"]), [str(word) for word in rule["words"]]) for rule in rules]


def _pattern(words: list[str]) -> str:
    bad = [word for word in words if not word or any(c in r"\.^$*+?{}[]|()'" for c in word)]
    if bad:
        raise RecipeError("内容词表只收普通词语：" + "、".join(bad))
    return _quoted("|".join(words))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
