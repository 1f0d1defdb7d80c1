"""F5 and N3 against the oracle, and their absence."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from jianwei.content.labels import FORMS
from jianwei.finding import quality
from tests.finding.city import City, by_id, lay
from tests.finding.oracle import Oracle
from tests.world import World, account, form, half, post, timeline, total, unit

LEXICON: dict[str, Any] = tomllib.loads(
    resources.files("jianwei.presets").joinpath("lexicons/content.toml").read_text("utf-8")
)


def words(oracle: Oracle, row: dict[str, Any]) -> str:
    text = oracle.texts.get(row["post_key"], {})
    return f"{text.get('title') or ''} {text.get('text') or ''}"


def form_of(oracle: Oracle, row: dict[str, Any]) -> str:
    if re.search("|".join(LEXICON["infographic"]), words(oracle, row)) and (
        row["pictures"] or row["long_text"]
    ):
        return "一图解说"
    return "视频" if row["video"] else "长微博" if row["long_text"] else "图片" if row["pictures"] else "文字"


def function_of(oracle: Oracle, row: dict[str, Any]) -> str | None:
    found = (
        rule["name"]
        for rule in LEXICON["function"]
        if any(word in words(oracle, row) for word in rule["words"])
    )
    return next(found, None)


def collected(oracle: Oracle, *families: str) -> list[dict[str, Any]]:
    return [row for family in families for one in oracle.analysed(family) for row in one.get("mine", ())]


def test_the_share_of_originals(city: City) -> None:
    (found,) = quality.originals(city.ground)
    known = [one for one in city.oracle.analysed() if one.get("originals") is not None and one["posts"]]
    originals, posts = sum(one["originals"] for one in known), sum(one["posts"] for one in known)
    assert found.value == originals / posts
    assert found.rows == posts
    assert [row["posts"] for row in found.detail] == [originals, posts - originals]
    assert any(one["source"] == "totals" for one in known)  # M3's sums know their originals
    assert posts < city.oracle.sum("posts")  # 大渡口教委's do not


def test_shares_of_forms(city: City) -> None:
    found, oracle = by_id(quality.forms(city.ground)), city.oracle
    counted = Counter(form_of(oracle, row) for row in collected(oracle, "weibo"))
    assert set(counted) == set(FORMS)
    whole = counted.total()
    multimedia = whole - counted["文字"]
    assert found["F5.multimedia_share"].value == multimedia / whole
    assert found["F5.picture_share"].value == (counted["图片"] + counted["长微博"]) / multimedia
    assert found["F5.picture_share"].rows == multimedia
    assert [(row["kind"], row["posts"], row["share"]) for row in found["F5.multimedia_share"].detail] == [
        (name, counted[name], counted[name] / whole) for name in FORMS
    ]


def test_infographics_against_the_year_before(city: City) -> None:
    found, oracle = by_id(quality.forms(city.ground))["F5.infographic_change"], city.oracle
    keys = {one["key"] for one in oracle.analysed() if one["source"] in ("posts", "fragments")}
    then = [row for row in oracle.posts if row["account_id"] in keys and row["published_at"].year == 2014]
    now = collected(oracle, "weibo")
    panel = {row["account_id"] for row in then} & {row["account_id"] for row in now}
    assert panel < {row["account_id"] for row in now}  # the others are not compared with nobody
    then, now = ([row for row in rows if row["account_id"] in panel] for rows in (then, now))
    shares = [sum(form_of(oracle, row) == "一图解说" for row in rows) / len(rows) for rows in (then, now)]
    assert found.value == pytest.approx(shares[1] - shares[0], abs=1e-15)
    assert [row["share"] for row in found.detail] == shares
    assert [row["period"] for row in found.detail] == ["2014H1", "2015H1"]
    assert found.rows == len(then) + len(now)


def test_shares_of_functions(city: City) -> None:
    (found,) = quality.functions(city.ground)
    counted = Counter(function_of(city.oracle, row) for row in collected(city.oracle, "weibo", "wechat"))
    unknown = counted.pop(None)
    assert unknown
    assert found.value == {name: counted[name] / counted.total() for name in found.value}
    assert {name for name, share in found.value.items() if share} == set(counted)
    assert found.rows == counted.total()
    assert sum(found.value.values()) == pytest.approx(1)
    assert f"{unknown} 条未归类" in found.formula
    assert list(found.value.values()) == sorted(found.value.values(), reverse=True)


def test_shares_by_hand(tmp_path: Path) -> None:
    known = {"video": False, "long_text": False}
    rows = [
        post("weibo:1", f"2015-03-0{day}", pictures=day % 2, original=day < 4, **known) for day in range(1, 6)
    ]
    rows.append(post("weibo:1", "2015-03-07", original=True))  # its form is unknown
    world = World(tmp_path, [unit("A")], [account("A", "1")], sources=[half("1", *rows)])
    with world.connect() as con:
        ground = lay(con, world)
        found = by_id([*quality.originals(ground), *quality.forms(ground)])
    assert found["F5.original_share"].value == 4 / 6
    assert found["F5.multimedia_share"].value == 3 / 5
    assert "形式不明的 1 条不计" in found["F5.multimedia_share"].definition
    assert found["F5.picture_share"].value == 1
    assert found["F5.infographic_change"].absent == "没有账号在本期和上年同期（2014H1）都有形式可知的微博"


def test_an_account_ranked_on_sums_adds_no_posts_to_the_forms(tmp_path: Path) -> None:
    """Its few posts in the lake are in its sums already."""
    few = timeline("1", post("weibo:1", "2015-03-01", pictures=1, text="办理指南"))
    sums = form("2", total("weibo:1", "2015H1", posts=50, originals=20))
    world = World(tmp_path, [unit("A")], [account("A", "1")], sources=[few, sums])
    with world.connect() as con:
        ground = lay(con, world)
        found = by_id([*quality.originals(ground), *quality.forms(ground), *quality.functions(ground)])
    assert found["F5.original_share"].value == 0.4
    assert found["F5.multimedia_share"].absent
    assert found["N3.share"].absent


def test_absences_have_their_reason(tmp_path: Path) -> None:
    world = World(
        tmp_path / "a", [unit("A")], [account("A", "1")], sources=[half("1", post("weibo:1", "2015-03-01"))]
    )
    with world.connect() as con:
        ground = lay(con, world)
        found = by_id([*quality.originals(ground), *quality.forms(ground), *quality.functions(ground)])
    assert {id: one.absent for id, one in found.items()} == {
        "F5.original_share": "来源没有记录是否原创",
        "F5.multimedia_share": "来源没有记录图片、视频等形式",
        "F5.picture_share": "来源没有记录图片、视频等形式",
        "F5.infographic_change": "来源没有记录图片、视频等形式",
        "N3.share": "本期没有可归类的内容文字",
    }
    plain = half("1", post("weibo:1", "2015-03-01", pictures=0, text="早安"))
    world = World(tmp_path / "b", [unit("A")], [account("A", "1")], sources=[plain])
    with world.connect() as con:
        found = by_id(quality.forms(lay(con, world)))
    assert found["F5.multimedia_share"].value == 0
    assert found["F5.picture_share"].absent == "本期没有多媒体微博"


def test_the_year_before_counts_only_forms_that_are_known(tmp_path: Path) -> None:
    known = {"pictures": 1, "text": "一图读懂预算"}
    then = [
        post("weibo:1", "2014-03-01", **known),
        post("weibo:1", "2014-03-02", pictures=0),
        post("weibo:1", "2014-03-03"),
    ]
    now = [post("weibo:1", f"2015-03-0{day}", **known) for day in (1, 2, 3)] + [
        post("weibo:1", "2015-03-04", pictures=0)
    ]
    world = World(
        tmp_path, [unit("A")], [account("A", "1")], sources=[timeline("1", *then, *now, until="2015-06-30")]
    )
    with world.connect() as con:
        found = by_id(quality.forms(lay(con, world)))["F5.infographic_change"]
    assert found.value == 3 / 4 - 1 / 2
    assert found.formula == "3 ÷ 4 − 1 ÷ 2（1 个账号）"
