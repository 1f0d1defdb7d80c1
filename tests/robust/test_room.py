"""A unit's room: no lever leaves its bounds, and nobody else's numbers are touched."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.robust.lever import load
from jianwei.robust.room import Known, Room
from jianwei.scorecard import PLAIN, Inputs
from tests.robust.offices import DAYS, blank, fortnight, recipe

_MORE = (
    '[nodes.weibo_pictures]\nparent = "weibo"\nplatform = "weibo"\nweight = 1\nlow = 0\nhigh = 1\n'
    'formula = "CASE WHEN posts = 0 THEN 0 ELSE infographics / posts END"\n'
    '[nodes.weibo_median]\nparent = "weibo"\nplatform = "weibo"\nweight = 1\nlow = 0\nhigh = 10\nformula = "median_response"\n'
    '[nodes.weibo_replied]\nparent = "weibo"\nplatform = "weibo"\nweight = 1\nlow = 0\nhigh = 1\nformula = "replied / asked"\n'
)
EVERYTHING = recipe(more=_MORE)


def room(seed: int = 1, row: int = 0, *, known: Known | None = None, **more: Any) -> Room:
    drawn: dict[str, Any] = {
        "infographics": np.ones(10),
        "multimedia": np.full(10, 2.0),
        "median_response": np.full(10, 4.0),
        "asked": np.full(10, 9.0),
        "replied": np.full(10, 3.0),
    }
    return Room(EVERYTHING, fortnight(seed, **(drawn | more)), row, load(), known or Known())


def at(found: Room, lever: str, platform: str = "weibo") -> int:
    return next(
        place
        for place, slot in enumerate(found.slots)
        if (slot.lever.name, slot.platform) == (lever, platform)
    )


def moved(found: Room, **more: int) -> np.ndarray:
    change = np.zeros(len(found.slots), dtype=np.int64)
    for lever, amount in more.items():
        change[at(found, lever)] = amount
    return change


@given(st.integers(0, 50), st.integers(0, 9), st.data())
def test_no_lever_leaves_its_bounds(seed: int, row: int, data: st.DataObject) -> None:
    found = room(seed, row)
    asked = data.draw(
        st.lists(st.integers(-3, 400), min_size=len(found.slots), max_size=len(found.slots)), label="asked"
    )
    change = found.admitted(np.array([asked], dtype=np.int64))[0]
    assert (change >= 0).all()
    assert (change <= np.maximum(asked, 0)).all()
    assert (change <= found.most).all()
    np.testing.assert_array_equal(found.admitted(change[None, :])[0], change)
    then = found.applied(change)

    def value(platform: str, name: str) -> float:
        return float(then.column(platform, name)[row])

    for platform in ("weibo", "wechat"):
        days = found.inputs.column(platform, "active_days")[row]
        regular = {"weibo": 5, "wechat": 2}[platform] / 7 * DAYS
        assert value(platform, "active_days") <= max(days, regular)
        assert value(platform, "posts") - value(platform, "active_days") == (
            found.inputs.column(platform, "posts")[row] - days
        )
        for name in ("originals", "service_posts"):
            more = value(platform, name) - found.inputs.column(platform, name)[row]
            share = {"originals": 0.3, "service_posts": 0.2}[name]
            assert more <= share * value(platform, "posts") + 1e-9
            assert more == 0 or value(platform, name) <= value(platform, "posts")
    together = value("weibo", "service_posts") + value("weibo", "infographics")
    assert together <= value("weibo", "posts") or not change[[at(found, "infographics")]].any()
    assert value("weibo", "multimedia") >= value("weibo", "infographics")
    assert value("weibo", "replied") <= value("weibo", "asked")


def test_a_change_touches_the_units_row_only_and_what_it_says() -> None:
    found = room(row=3)
    change = found.admitted(moved(found, active_days=2, originals=1)[None, :])[0]
    assert change.sum() == 3
    then = found.applied(change)
    for platform, table in found.inputs.measures.items():
        for name in table.column_names:
            before, after = found.inputs.column(platform, name), then.column(platform, name)
            others = np.arange(10) != 3
            np.testing.assert_array_equal(before[others], after[others])
    told = found.consequences(change)
    assert {name: end - start for (_, name), (start, end) in told.items() if name != "median_response"} == {
        "active_days": 2,
        "posts": 2,
        "originals": 1,
    }
    assert {platform for platform, _ in told} == {"weibo"}


def test_variants_are_the_unit_as_applied() -> None:
    found = room(row=2)
    changes = found.admitted(np.arange(30).reshape(3, -1)[:, : len(found.slots)])
    alone = found.variants(changes)
    for place, change in enumerate(changes):
        whole = found.applied(change)
        for platform in ("weibo", "wechat"):
            for name in ("posts", "active_days", "originals", "service_posts", "infographics", "comments"):
                one, other = alone.column(platform, name)[place], whole.column(platform, name)[2]
                assert one == other or np.isnan([one, other]).all()


@given(st.lists(st.integers(0, 30), min_size=1, max_size=15), st.integers(0, 8))
def test_the_median_after_posts_that_nobody_answers(responses: list[int], more: int) -> None:
    known = Known({"weibo": np.sort(np.array(responses, dtype=np.float64))})
    found = room(
        known=known,
        median_response=np.full(10, float(np.median(responses))),
        active_days=np.ones(10),
    )
    change = found.admitted(moved(found, active_days=more)[None, :])[0]
    assert change[at(found, "active_days")] == more
    after = found.applied(change).column("weibo", "median_response")[0]
    assert after == np.median([*responses, *[0] * more])


def test_without_the_responses_the_median_falls_to_nothing() -> None:
    found = room(active_days=np.ones(10))
    assert found.applied(moved(found, active_days=1)).column("weibo", "median_response")[0] == 0
    assert found.applied(moved(found)).column("weibo", "median_response")[0] == 4


def test_a_further_day_on_wechat_is_a_push_and_a_headline() -> None:
    found = room(active_days=np.ones(10), headlines=np.full(10, 5.0), pushes=np.full(10, 4.0))
    change = np.zeros(len(found.slots), dtype=np.int64)
    change[at(found, "active_days", "wechat")] = 3
    then = found.applied(found.admitted(change[None, :])[0])
    assert then.column("wechat", "headlines")[0] == 8
    assert then.column("wechat", "pushes")[0] == 7


def test_accounts_without_data_give_no_room() -> None:
    both: dict[str, Any] = {"accounts": np.full(10, 2.0), "active_days": np.full(10, 9.0)}
    all_count = room(**both)
    assert all_count.most[at(all_count, "active_days")] == 11
    one = room(known=Known(accounts={"weibo": 1.0}), **both)
    assert one.most[at(one, "active_days")] == 1
    half = room(known=Known(accounts={"weibo": 1.5}), **both)
    assert half.most[at(half, "active_days")] == 6


def test_fragments_tell_no_silent_days() -> None:
    found = room(known=Known(accounts={"weibo": float("nan")}))
    assert [one.reason for one in found.blocked if one.lever.more and one.platform == "weibo"] == [
        "数据只是片段，或周期天数不详，不知道哪些天没有更新"
    ]


def test_what_cannot_be_moved_says_why() -> None:
    nothing = np.full(10, np.nan)
    found = room(asked=nothing, service_posts=nothing, active_days=np.full(10, DAYS))
    told = {(one.platform, one.lever.name): one.reason for one in found.blocked}
    assert "收到的诉求数不详" in told["weibo", "replied"]
    assert "现值不详" in told["weibo", "service_posts"]
    assert "已到声明的上限" in told["weibo", "active_days"]
    assert ("weibo", "originals") not in told
    away = replace(found.inputs, structural={"wechat": np.ones(10, dtype=np.bool_)})
    closed = Room(EVERYTHING, away, 0, load())
    assert {one.reason[:4] for one in closed.blocked if one.platform == "wechat"} == {"没有开通"}
    assert all(slot.platform == "weibo" for slot in closed.slots)


@pytest.mark.parametrize("name", ["active_days", "days", "posts"])
def test_no_update_is_advised_where_regularity_is_unknown(name: str) -> None:
    found = room(**blank(name))
    assert not any(slot.lever.more for slot in found.slots)


def test_a_plain_table_serves_too() -> None:
    tables = fortnight(1).measures
    joined = {f"{key}.{name}": table[name] for key, table in tables.items() for name in table.column_names}
    import pyarrow as pa

    codes = tuple(f"u{row}" for row in range(10))
    plain = Room(recipe(), Inputs(codes, codes, {PLAIN: pa.table(joined)}), 0, load())
    apart = Room(recipe(), fortnight(1), 0, load())
    np.testing.assert_array_equal(plain.most, apart.most)
    change = apart.most * 0 + 1
    np.testing.assert_array_equal(
        plain.applied(change).column("weibo", "posts"), apart.applied(change).column("weibo", "posts")
    )
