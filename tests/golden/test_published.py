"""Published scores and vectors that the presets must reproduce (sources in the presets)."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pyarrow as pa
import pytest

from jianwei import recipe, scorecard

# an own transcription of the formulas, apart from the engine


def wci_2(reads: float, posts: float, max_reads: float, likes: float, max_likes: float) -> float:
    def part(total: float, most: float) -> float:
        return 0.40 * math.log(total + 1) + 0.45 * math.log(total / posts + 1) + 0.15 * math.log(most + 1)

    return (0.8 * part(reads, max_reads) + 0.2 * part(likes, max_likes)) ** 2 * 10


VECTORS = [
    (
        "wci-2.0",
        {"posts": 100, "reads": 10000, "max_reads": 300, "likes": 4000, "max_likes": 60},
        411.48750785056844,  # by 40-digit arithmetic
    ),
    (
        "wci-14.2b",
        {
            "days": 30,
            "posts": 100,
            "reads": 500000,
            "max_reads": 100001,
            "headline_reads": 300000,
            "wow": 3000,
            "max_wow": 800,
            "headline_wow": 2000,
            "likes": 4000,
            "max_likes": 900,
            "headline_likes": 2500,
            "shares": 9000,
            "max_shares": 3000,
            "headline_shares": 5500,
        },
        963.2174741830079,
    ),
    (
        "bci",
        {
            "posts": 300,
            "originals": 200,
            "reposts": 5000,
            "comments": 3000,
            "original_reposts": 4000,
            "original_comments": 2500,
            "likes": 20000,
        },
        1239.1642332416884,
    ),
]


@pytest.mark.parametrize(("name", "measures", "expected"), VECTORS)
def test_vectors(name: str, measures: dict[str, float], expected: float) -> None:
    plain = pa.table({key: [float(value)] for key, value in measures.items()})
    card = scorecard.score(recipe.load(name), scorecard.Inputs(("a",), ("甲",), {scorecard.PLAIN: plain}))
    assert card.score[0] == pytest.approx(expected, rel=1e-14)
    assert card.rank == (1,)


def test_the_worked_example_of_wci_2_as_printed() -> None:
    """gulangu.com/a/344.html prints both parts to nine decimals and the index to seven."""
    names = ("reads", "posts", "max_reads", "likes", "max_likes")
    plain = pa.table({name: [value] for name, value in zip(names, (10000, 100, 300, 4000, 60), strict=True)})
    card = scorecard.score(recipe.load("wci-2.0"), scorecard.Inputs(("a",), ("a",), {"*": plain}))
    assert 0.8 * card.nodes["reads"][0] == pytest.approx(5.293637535, abs=5e-10)
    assert 0.2 * card.nodes["likes"][0] == pytest.approx(1.121091671, abs=5e-10)
    assert card.score[0] == pytest.approx(411.4875079, abs=5e-8)


def test_wci_2_against_its_formula() -> None:
    rows = [(10000.0, 100.0, 300.0, 4000.0, 60.0), (0.0, 3.0, 0.0, 0.0, 0.0), (1e7, 31.0, 100001.0, 5.0, 3.0)]
    names = ("reads", "posts", "max_reads", "likes", "max_likes")
    plain = pa.table({name: [row[place] for row in rows] for place, name in enumerate(names)})
    codes = ("a", "b", "c")
    card = scorecard.score(recipe.load("wci-2.0"), scorecard.Inputs(codes, codes, {"*": plain}))
    assert card.score.tolist() == pytest.approx([wci_2(*row) for row in rows], rel=1e-13)


def test_wci_of_an_account_that_posted_nothing_is_zero_not_missing() -> None:
    names = ("reads", "posts", "max_reads", "likes", "max_likes")
    plain = pa.table({name: [0] for name in names})
    card = scorecard.score(recipe.load("wci-2.0"), scorecard.Inputs(("a",), ("a",), {"*": plain}))
    assert card.score.tolist() == [0.0]
    assert card.reason == ("",)


def test_egdi_2014_scores_and_ranks(shared: Path) -> None:
    path = shared / "data" / "verify" / "egdi-2014.csv"
    with path.open(encoding="utf-8", newline="") as file:
        published = {row["country-code"]: row for row in csv.DictReader(file)}
    egdi = recipe.load("un-egdi")
    inputs, issues = scorecard.table(path, egdi, rename={"country-code": "unit"})
    card = scorecard.score(egdi, inputs)
    assert issues == []
    assert len(card.codes) == 193
    for row, code in enumerate(card.codes):
        assert card.rank[row] == int(published[code]["e-gov-rank"]), code
        assert card.score[row] == pytest.approx(float(published[code]["e-gov-index"]), abs=3e-5), code
    assert card.to_json()[0]["unit"] == "KOR"


def test_renmin_cities_of_2023(shared: Path) -> None:
    path = shared / "data" / "verify" / "renmin_city_2023q3_first15.csv"
    with path.open(encoding="utf-8", newline="") as file:
        published = {row["city"]: row for row in csv.DictReader(file)}
    renmin = recipe.load("renmin-2023")
    names = {"city": "unit", "chuanbo": "spread", "fuwu": "service", "hudong": "interact"}
    inputs, issues = scorecard.table(path, renmin, rename=names)
    card = scorecard.score(renmin, inputs)
    assert issues == []
    assert len(card.codes) == 15
    for row, city in enumerate(card.codes):
        assert card.score[row] == pytest.approx(float(published[city]["jingzhengli"]), abs=0.01), city
        assert card.rank[row] == int(published[city]["rank"])


def test_four_cities_of_2023_as_published() -> None:
    """The same without the shared folder: 成都, 杭州, 南京, 西安 (321phb.com/xinwen/guonei/43638.html)."""
    rows = {
        "成都": (94.61, 86.91, 94.17, 91.76),
        "杭州": (77.42, 72.50, 81.42, 77.10),
        "南京": (78.43, 71.95, 77.99, 76.01),
        "西安": (78.37, 71.56, 74.77, 74.73),
    }
    parts = list(zip(*rows.values(), strict=True))
    plain = pa.table({"spread": parts[0], "service": parts[1], "interact": parts[2]})
    inputs = scorecard.Inputs(tuple(rows), tuple(rows), {"*": plain})
    card = scorecard.score(recipe.load("renmin-2023"), inputs)
    assert card.score.tolist() == pytest.approx(parts[3], abs=0.01)
    assert card.rank == (1, 2, 3, 4)
