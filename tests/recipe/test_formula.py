from __future__ import annotations

import math
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jianwei.recipe import formula

A, B, C = "posts", "reads", "likes"


def value(text: str, **given: float | None) -> Any:
    """The value of a formula for one unit; names not given are missing."""
    read = formula.read(text)
    columns = ", ".join(f'cast(${name} AS DOUBLE) AS "{name}"' for name in read.names)
    with duckdb.connect() as connection:
        sql = f"SELECT {read.sql} FROM (SELECT {columns})"
        row = connection.execute(sql, {name: given.get(name) for name in read.names}).fetchone()
    assert row is not None
    return row[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("posts / reads", 0.25),
        ("posts / reads * 3 - -1", 1.75),
        ("(posts + reads) * likes", 30.0),
        ("posts - reads - likes", -9.0),
        ("posts - (reads - likes)", -3.0),
        ("posts / (reads / likes)", 0.75),
        ("1 / 2 * posts", 1.0),
        ("0.1 + posts", 2.1),
        ("1e2 * posts", 200.0),
        ("ln(1 + posts)", math.log(3)),
        ("LN(posts)", math.log(2)),
        ("sqrt(reads)", math.sqrt(8)),
        ("abs(posts - reads)", 6.0),
        ("least(reads, posts, 5)", 2.0),
        ("greatest(reads, posts, 5)", 8.0),
        ("nullif(reads, 8)", None),
        ("nullif(reads, 7)", 8.0),
        ("CASE WHEN posts = 0 THEN 0 ELSE reads / posts END", 4.0),
        ("case when posts > 5 then 1 when reads >= 8 and not likes <> 3 then 2 else 3 end", 2.0),
        ("CASE WHEN posts < 1 OR reads <= 1 OR likes != 3 THEN posts END", None),
        ("posts -- 发布数\n / reads", 0.25),
    ],
)
def test_values(text: str, expected: float | None) -> None:
    got = value(text, posts=2, reads=8, likes=3)
    assert got == expected if expected is None else got == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize(
    "text",
    [
        "posts / (reads - reads)",
        "likes * (posts / 0)",
        "1 / (posts / 0)",
        "ln(posts - 2)",
        "ln(posts - 3)",
        "1 / ln(posts - 2)",
        "sqrt(posts - 3)",
    ],
)
def test_what_is_undefined_is_missing_never_infinite(text: str) -> None:
    assert value(text, posts=2, reads=8, likes=3) is None


@pytest.mark.parametrize(
    "text",
    [
        "posts + reads",
        "posts * 0 * reads",
        "greatest(reads, 0)",
        "least(posts, reads)",
        "nullif(posts, reads)",
        "nullif(reads, 5)",
        "abs(reads)",
        "ln(reads)",
        "sqrt(reads)",
        "CASE WHEN reads > 5 THEN 1 ELSE 0 END",
        "CASE WHEN reads > 5 THEN 1 WHEN posts = 2 THEN 2 END",
        "CASE WHEN NOT reads > 5 THEN 1 ELSE 0 END",
        "CASE WHEN posts = 2 AND reads > 5 THEN 1 ELSE 0 END",
        "CASE WHEN posts = 3 THEN 0 ELSE reads / posts END",
    ],
)
def test_what_depends_on_a_missing_value_is_missing(text: str) -> None:
    assert value(text, posts=2, reads=None) is None


def test_a_missing_value_that_does_not_matter_does_not_hurt() -> None:
    assert value("CASE WHEN posts = 0 THEN 0 ELSE reads / posts END", posts=0, reads=None) == 0.0
    assert value("CASE WHEN posts = 2 OR reads > 5 THEN 1 ELSE 0 END", posts=2, reads=None) == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "3",
        "posts +",
        "posts)",
        "posts, reads",
        "posts AS p",
        "posts FROM secrets",
        "*",
        "count(*)",
        "sum(posts)",
        "(SELECT posts)",
        "posts; DROP TABLE units",
        "'2015'",
        "posts || reads",
        "posts IS NULL",
        "posts = 0",
        "posts > 0 AND reads > 0",
        "coalesce(posts, 0)",
        "ifnull(posts, 0)",
        "weibo.posts",
        '"posts"',
        "posts[1]",
        "posts % 2",
        "posts ** 2",
        "posts::INT",
        "cast(posts AS INT)",
        "read_csv(posts)",
        "random() + posts",
        "DISTINCT posts",
        "posts LIMIT 1",
        "posts BETWEEN 1 AND 2",
        "CASE posts WHEN 0 THEN 0 ELSE 1 END",
        "CASE WHEN posts THEN 1 ELSE 0 END",
        "CASE WHEN 1 THEN posts END",
        "$1 + posts",
        "? + posts",
        "posts /* 注 */",
        "1e999 * posts",
        "(" * 290 + "posts" + ")" * 290,
        "posts" + " + posts" * 100,
        "least(least(least(least(least(posts, 1), 1), 1), 1), 1)",
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(formula.FormulaError) as caught:
        formula.read(text)
    assert str(caught.value)
    assert caught.value.hint


def test_depth_is_nesting_not_length() -> None:
    assert value(" + ".join(["least(posts, 1)"] * 8), posts=2) == 8.0


def test_coalesce_is_told_why() -> None:
    with pytest.raises(formula.FormulaError, match="缺失变成数字"):
        formula.read("coalesce(posts, 0)")


def test_an_unknown_function_gets_a_suggestion() -> None:
    with pytest.raises(formula.FormulaError) as caught:
        formula.read("sqr(posts)")
    assert "sqrt" in caught.value.hint


def test_names_come_in_order_and_once() -> None:
    assert formula.read("(reads + posts) / reads").names == ("reads", "posts")


def test_spelling_does_not_change_the_canonical_sql() -> None:
    spellings = [
        "case when posts=0 then 0 else reads/posts end",
        "CASE  WHEN (posts = 0.0) THEN 0 ELSE (reads / posts) END",
    ]
    assert len({formula.read(text).sql for text in spellings}) == 1
    assert formula.read("posts / reads").sql != formula.read("reads / posts").sql


@settings(deadline=None, max_examples=25)
@given(
    st.sampled_from(["posts / reads", "greatest(posts, reads, likes)", "(posts + likes) / (reads - likes)"]),
    st.lists(st.integers(0, 50).map(float), min_size=3, max_size=3),
    st.integers(0, 2),
)
def test_hiding_an_input_hides_the_value(text: str, values: list[float], hidden: int) -> None:
    known: dict[str, float | None] = dict(zip((A, B, C), values, strict=True))
    name = (A, B, C)[hidden]
    if name in formula.read(text).names:
        assert value(text, **{**known, name: None}) is None
