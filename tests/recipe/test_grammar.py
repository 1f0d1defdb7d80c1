"""The rest of the grammar: denominators, filling, treatment, scales, defaults, means."""

from __future__ import annotations

import pytest

from jianwei.recipe import Recipe, check
from jianwei.recipe.reading import read
from tests.recipe.test_check import GOOD

FREE = GOOD.replace("low = 0\nhigh = 20", 'scale = "minmax"').replace(
    "low = 0\nhigh = 100", 'scale = "minmax"'
)


def made(text: str) -> Recipe:
    recipe, problems = read(text)
    assert recipe is not None, [str(issue) for issue in problems.issues]
    return recipe


def problems(text: str) -> list[tuple[str, str, str]]:
    return [(issue.level, issue.code, issue.where.field) for issue in check(text)]


def leaf(line: str, text: str = FREE) -> str:
    """The recipe with a line more in its first leaf."""
    return text.replace("[nodes.posts_day]", f"[nodes.posts_day]\n{line}")


def test_goalposts_are_no_must_where_a_scale_is_declared() -> None:
    assert problems(FREE) == []
    recipe = made(FREE)
    assert recipe.relative
    assert recipe.nodes["posts_day"].scaling == "minmax"
    assert not made(GOOD).relative


@pytest.mark.parametrize("scale", ["minmax", "zscore", "percentile"])
def test_a_board_by_a_relative_scale_draws_a_warning(scale: str) -> None:
    text = FREE.replace("minmax", scale).replace(
        'absent = "zero"', 'absent = "renormalise"\npurpose = "公布"'
    )
    assert problems(text) == [
        ("warning", "relative", "nodes.posts_day"),
        ("warning", "relative", "nodes.reposts_day"),
    ]


def test_declared_ends_make_minmax_fixed() -> None:
    recipe = made(GOOD.replace("low = 0", 'scale = "minmax"\nlow = 0'))
    assert not recipe.relative
    assert recipe.nodes["posts_day"].scaling == "minmax"


@pytest.mark.parametrize(
    ("line", "code", "key"),
    [
        ("bottom = 5", "range", "top"),
        ('scale = "zscore"\ntop = 9', "range", "bottom"),
        ('scale = "target"', "aim", "aim"),
        ("aim = 3", "aim", "aim"),
        ('scale = "percentile"\nlow = 1\nhigh = 2', "goalposts", "low"),
        ("points = 0", "points", "points"),
        ('impute = "group-mean"', "group", "impute"),
        ('impute = "guess"', "unknown_value", "impute"),
        ('outlier = "treat"\nlow = 0\nhigh = 3', "outlier", "outlier"),
        ('outlier = "treat"\nscale = "target"\naim = 9', "outlier", "outlier"),
        ('scale = "zscore"', "absent", "scale"),
        ('per = "day"', "unknown_measure", "per"),
        ('per = "coalesce(days, 1)"', "formula", "per"),
        ("exponent = 2", "misplaced", "exponent"),
    ],
)
def test_each_mistake_of_a_leaf(line: str, code: str, key: str) -> None:
    text = leaf(line, FREE.replace('scale = "minmax"\n', "", 1) if "scale" in line else FREE)
    assert ("error", code, f"nodes.posts_day.{key}") in problems(text)


@pytest.mark.parametrize(
    ("line", "code", "key"),
    [
        ('combine = "power-mean"', "exponent", "exponent"),
        ("exponent = 2", "exponent", "exponent"),
        ('combine = "harmonic"', "floor", ""),
        ('combine = "power-mean"\nexponent = -1', "floor", ""),
        ('combine = "harmonic"\nfloor = 0', "floor", "floor"),
        ('combine = "geometric"\nfloor = -1', "floor", "floor"),
        ('impute = "mean"', "misplaced", "impute"),
        ('combine = "median"', "unknown_value", "combine"),
    ],
)
def test_each_mistake_of_a_node(line: str, code: str, key: str) -> None:
    found = problems(GOOD.replace("weight = 2", f"weight = 2\n{line}"))
    assert ("error", code, "nodes.spread" + (f".{key}" if key else "")) in found


@pytest.mark.parametrize(
    "line",
    [
        'combine = "power-mean"\nexponent = 2',
        'combine = "power-mean"\nexponent = 0\nfloor = 0.1',
        'combine = "harmonic"\nfloor = 0.1',
        'combine = "geometric"\nfloor = 0',
        'combine = "max"',
        'combine = "topsis"',
    ],
)
def test_every_mean_has_a_right_way(line: str) -> None:
    assert problems(GOOD.replace("weight = 2", f"weight = 2\n{line}")) == []


def test_no_floor_is_asked_for_where_no_part_can_reach_zero() -> None:
    text = FREE.replace("weight = 2", 'weight = 2\ncombine = "geometric"')
    assert problems(text) == [("error", "floor", "nodes.spread")]
    assert problems(text.replace('scale = "minmax"', 'scale = "minmax"\nbottom = 1\ntop = 100')) == []


def test_ranges_must_agree_at_both_ends() -> None:
    assert problems(leaf("top = 100")) == [("error", "span", "nodes.spread")]
    text = FREE.replace('scale = "minmax"', 'scale = "minmax"\ntop = 100')
    assert problems(text) == []
    assert problems(text.replace("top = 100", "bottom = 1\ntop = 100", 1)) == [
        ("error", "span", "nodes.spread")
    ]


def test_z_scores_mix_with_nothing_bounded() -> None:
    text = FREE.replace('"minmax"', '"zscore"').replace('absent = "zero"', 'absent = "unranked"')
    assert problems(text) == []
    assert problems(text.replace('"zscore"', '"minmax"', 1)) == [("error", "span", "nodes.spread")]


def test_formula_indices_fill_no_gaps() -> None:
    text = leaf('impute = "mean"').replace('absent = "zero"', 'kind = "formula"')
    assert problems(text) == [("error", "impute", "nodes.posts_day.impute")]


def test_defaults_are_taken_where_nothing_is_declared() -> None:
    short = (
        FREE.replace('scale = "minmax"\n', "").replace("weight = 1\n", "").replace('platform = "weibo"\n', "")
    )
    text = '[defaults]\nweight = 1\nplatform = "weibo"\nscale = "minmax"\ncombine = "geometric"\nbottom = 1\ntop = 9\n'
    recipe = made(text + short)
    assert recipe.nodes["posts_day"].platform == "weibo"
    assert recipe.nodes["posts_day"].weight == 1
    assert recipe.nodes["reposts_day"].weight == 3
    assert (recipe.nodes["reposts_day"].bottom, recipe.nodes["reposts_day"].top) == (1, 9)
    assert recipe.nodes["spread"].combine == "geometric"
    declared = recipe.nodes["spread"]
    assert (declared.platform, declared.scale) == ("", "")


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ('parent = "total"', "unknown_key", "defaults.parent"),
        ('scale = "maxmin"', "unknown_value", "defaults.scale"),
        ('bottom = "1"', "type", "defaults.bottom"),
    ],
)
def test_wrong_defaults_are_told_once(line: str, code: str, field: str) -> None:
    assert problems(f"[defaults]\n{line}\n{GOOD}") == [("error", code, field)]


SAME = [
    (FREE, leaf("points = 5")),
    (FREE, leaf("bottom = 0\ntop = 1")),
    (FREE, leaf('outlier = "none"\nimpute = "none"')),
    (GOOD, GOOD.replace("low = 0\nhigh = 20", 'low = 0\nhigh = 20\nscale = ""')),
    (FREE, FREE.replace('absent = "zero"', 'absent = "zero"\nparameters = "period"')),
    (leaf('per = "days"'), leaf('per = " days -- 天"')),
]

OTHER = [
    FREE.replace('scale = "minmax"', 'scale = "minmax"\ntop = 2'),
    leaf('per = "days"'),
    leaf('per = "likes"'),
    leaf('outlier = "winsorise"'),
    leaf('outlier = "winsorise"\npoints = 3'),
    leaf('impute = "mean"'),
    FREE.replace('absent = "zero"', 'absent = "zero"\nparameters = "panel"'),
    FREE.replace("minmax", "percentile", 1),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_is_left_at_its_default_leaves_the_hash(one: str, other: str) -> None:
    assert made(one).hash == made(other).hash


def test_each_new_key_has_a_hash_of_its_own() -> None:
    assert len({made(text).hash for text in (FREE, *OTHER)}) == len(OTHER) + 1


def test_an_own_input_with_a_telling_name_is_warned_of_too() -> None:
    text = GOOD.replace('absent = "zero"', 'purpose = "考核"\n[inputs.fans]\nname = "微博粉丝数"')
    text = text.replace('formula = "posts / days"', 'formula = "fans / days"').replace("reposts", "comments")
    assert problems(text) == [("warning", "pressure", "nodes.posts_day")]
    assert problems(text.replace("微博粉丝数", "办件数")) == []


def test_json_tells_the_whole_leaf() -> None:
    (spread,) = made(leaf('per = "days"')).to_json()["nodes"]
    first = spread["children"][0]
    assert (first["per"], first["scale"], first["impute"], first["top"]) == ("days", "minmax", None, 1.0)
    assert spread["exponent"] is None
