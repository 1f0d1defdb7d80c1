"""One row a post: what it says, and that no order of imports changes it."""

from __future__ import annotations

import itertools
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jianwei.lake import Lake, settle
from jianwei.lake.settle import MARK, SQL, Settled
from jianwei.lake.table import snapshot
from jianwei.model import AGES, COUNTS, POSTS
from tests.lake.made import FULL, PUBLISHED, Rows, ingest, posts, reading, sha, table, total

DAY = timedelta(days=1)


def _post(lake: Lake, *observations: dict[str, Any]) -> dict[str, Any]:
    """The one post of these observations, each from a file of its own."""
    ingest(lake, {f"file{n}": {"readings": [row]} for n, row in enumerate(observations)})
    (row,) = posts(lake)
    return row


def test_one_observation_is_the_post(lake: Lake) -> None:
    row = _post(lake, reading(likes=3, pictures=0, original=True, censored="likes", read_basis="views"))
    assert list(row) == POSTS.names
    assert (row["likes"], row["pictures"], row["original"], row["censored"]) == (3, 0, True, "likes")
    assert (row["reads"], row["read_basis"], row["rounded"], row["at_24h"]) == (None, None, None, None)
    assert (row["published_at"], row["pub_month"], row["readings"]) == (PUBLISHED, "2015-05", 1)


def test_each_count_is_the_latest_that_is_known(lake: Lake) -> None:
    early, late = datetime(2015, 6, 1), datetime(2015, 6, 9)
    row = _post(
        lake,
        reading(observed=late, likes=5, comments=0),
        reading(
            observed=early, likes=9, comments=4, reads=100_001, censored="reads,likes", read_basis="views"
        ),
    )
    assert (row["likes"], row["comments"], row["reads"], row["reposts"]) == (5, 0, 100_001, None)
    assert (row["censored"], row["read_basis"]) == ("reads", "views")
    assert (row["observed_at"], row["readings"]) == (late, 2)


def test_marks_and_basis_follow_their_count(lake: Lake) -> None:
    row = _post(
        lake,
        reading(observed=datetime(2015, 6, 1), reads=90, read_basis="views", likes=2, rounded="likes"),
        reading(
            observed=datetime(2015, 6, 2), reads=80, read_basis="users", shares=1, rounded="shares,reads"
        ),
        reading(
            observed=datetime(2015, 6, 3),
            read_basis="views",
            comments=1,
            rounded="reads",
            censored="comments",
        ),
    )
    assert (row["reads"], row["read_basis"], row["rounded"], row["censored"]) == (
        80,
        "users",
        "reads,likes,shares",
        "comments",
    )


def test_a_sparse_source_does_not_wipe_out_attributes(lake: Lake) -> None:
    full = {"original": False, "declared_original": True, "headline": True, "pictures": 3, "video": True}
    full |= {"long_text": False, "repost_of": "weibo:77"}
    row = _post(lake, reading(observed=datetime(2015, 6, 1), **full), reading(observed=datetime(2015, 6, 2)))
    assert {name: row[name] for name in full} == full


def test_identity_is_of_the_latest_observation(lake: Lake) -> None:
    moved = PUBLISHED.replace(month=4)
    row = _post(
        lake,
        reading(observed=datetime(2015, 6, 2), account_id="weibo:2", published_at=moved),
        reading(observed=datetime(2015, 6, 1), account_id="weibo:1"),
    )
    assert (row["account_id"], row["published_at"], row["pub_month"]) == ("weibo:2", moved, "2015-04")


@pytest.mark.parametrize(
    ("scopes", "kept"),
    [
        (("search", "timeline", "listing"), "timeline"),
        (("listing", "search", "form"), "listing"),
        (("form", "search"), "search"),
        (("form",), "form"),
    ],
)
def test_the_fullest_scope_counts(lake: Lake, scopes: tuple[str, ...], kept: str) -> None:
    observed = itertools.count(1)
    assert (
        _post(lake, *(reading(observed=datetime(2015, 6, next(observed)), scope=s) for s in scopes))["scope"]
        == kept
    )


@pytest.mark.parametrize("age", AGES)
def test_the_reading_at_an_age_is_the_earliest_in_its_window(lake: Lake, age: str) -> None:
    hours, window = AGES[age]
    opens, closes = PUBLISHED + timedelta(hours=hours), PUBLISHED + timedelta(hours=hours + window)
    tick = timedelta(microseconds=1)
    cases = {
        "weibo:1 before": ([opens - tick], None),
        "weibo:2 first": ([opens], opens),
        "weibo:3 last": ([closes - tick], closes - tick),
        "weibo:4 after": ([closes], None),
        "weibo:5 several": ([closes, closes - tick, opens + tick, opens - tick], opens + tick),
    }
    rows = [reading(key, at, likes=n) for key, (times, _) in cases.items() for n, at in enumerate(times)]
    ingest(lake, {"a": {"readings": rows}})
    found = {row["post_key"]: row[f"at_{age}"] for row in posts(lake)}
    assert {key: row and row["observed_at"] for key, row in found.items()} == {
        key: want for key, (_, want) in cases.items()
    }
    assert found["weibo:5 several"]["likes"] == 2


def test_an_age_is_whole_and_keeps_its_gaps(lake: Lake) -> None:
    row = _post(
        lake,
        reading(observed=PUBLISHED + DAY, likes=1),
        reading(observed=PUBLISHED + DAY * 1.5, likes=2, comments=3),
    )
    expected = dict.fromkeys(COUNTS) | {"observed_at": PUBLISHED + DAY, "likes": 1}
    assert row["at_24h"] == expected


def test_an_age_counts_from_the_time_that_the_post_keeps(lake: Lake) -> None:
    vague = PUBLISHED.replace(hour=0, minute=0)
    row = _post(
        lake,
        reading(observed=vague + DAY, published_at=vague, likes=1),
        reading(observed=PUBLISHED + DAY * 1.2, likes=2),
    )
    assert row["at_24h"]["likes"] == 2


def test_observations_at_the_same_time_go_by_file_then_row(lake: Lake) -> None:
    first, second = sorted(("a", "b"), key=sha)
    at = PUBLISHED + DAY
    ingest(
        lake,
        {
            second: {"readings": [reading(observed=at, likes=3), reading(observed=at, likes=4)]},
            first: {"readings": [reading(observed=at, likes=9)]},
        },
    )
    (row,) = posts(lake)
    assert (row["likes"], row["at_24h"]["likes"]) == (4, 9)


def test_only_touched_months_are_replaced(lake: Lake) -> None:
    ingest(lake, {"a": FULL})
    april = [path for path in snapshot(lake.root, "posts").files() if "2015-04" in path]
    again = {"readings": [reading("weibo:1", datetime(2015, 6, 9)), reading("weibo:3")]}
    assert ingest(lake, {"b": again}) == Settled(1, 2, ("2015-05",))
    paths = snapshot(lake.root, "posts").files()
    assert [path for path in paths if "2015-04" in path] == april
    assert len(paths) == 2
    assert [row["readings"] for row in posts(lake)] == [2, 1, 1]


def test_new_posts_only_add_a_file(lake: Lake) -> None:
    ingest(lake, {"a": FULL})
    before = set(snapshot(lake.root, "posts").files())
    ingest(lake, {"b": {"readings": [reading("weibo:3")]}})
    assert before < set(snapshot(lake.root, "posts").files())


def test_a_month_of_many_files_is_written_anew(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settle, "_CROWDED", 3)
    for n in range(4):
        ingest(lake, {f"file{n}": {"readings": [reading(f"weibo:{n}", likes=n)]}})
    assert len(snapshot(lake.root, "posts").files()) == 1
    assert [row["likes"] for row in posts(lake)] == [0, 1, 2, 3]


def test_a_post_that_moves_leaves_its_old_month(lake: Lake) -> None:
    ingest(lake, {"a": {"readings": [reading(likes=1)]}})
    ingest(
        lake,
        {"b": {"readings": [reading(observed=datetime(2015, 7, 1), published_at=datetime(2015, 4, 30))]}},
    )
    (row,) = posts(lake)
    assert (row["pub_month"], row["likes"], row["readings"]) == ("2015-04", 1, 2)
    assert [path.rsplit("/", 2)[-2] for path in snapshot(lake.root, "posts").files()] == ["pub_month=2015-04"]


def test_imports_without_readings_are_settled_too(lake: Lake) -> None:
    assert ingest(lake, {"a": {"totals": [total(posts=3)]}}) == Settled(1, 0, ())
    assert snapshot(lake.root, "posts").mark(MARK) == 1
    assert lake.settle() == Settled(0, 0, ())
    with lake.connect() as con:
        assert con.execute("SELECT posts FROM totals").fetchall() == [(3,)]


def test_settling_what_is_settled_commits_nothing(lake: Lake) -> None:
    ingest(lake, {"a": FULL})
    before = snapshot(lake.root, "posts").version
    assert lake.settle() == Settled(0, 0, ())
    assert snapshot(lake.root, "posts").version == before


def test_two_settles_at_once_do_not_double_posts(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, raced = settle.write, []

    def slow(*arguments: Any) -> Any:
        parts = whole(*arguments)
        if not raced:
            raced.append(True)
            Lake.open(lake.root).settle()
        return parts

    monkeypatch.setattr(settle, "write", slow)
    assert ingest(lake, {"a": FULL}) == Settled(0, 0, ())
    assert raced
    assert [row["readings"] for row in posts(lake)] == [1, 1]


def test_the_query_gives_the_columns_of_the_model() -> None:
    last = SQL[SQL.rindex("\nSELECT") :]
    assert [word for word in re.findall(r"\w+", last) if word in POSTS.names]
    for name in COUNTS:
        assert f"{name}.n AS {name}" in last
        assert f"'{name}': {name}" in SQL
    for age, (hours, window) in AGES.items():
        rule = rf"published \+ INTERVAL {hours} HOUR\s+AND observed_at < published \+ INTERVAL {hours + window} HOUR"
        assert re.search(rf"{rule}\) AS at_{age}\b", SQL)


# ---------------------------------------------------------------- against an oracle, in any order

_TIMES = [PUBLISHED + timedelta(hours=h) for h in (0, 1, 24, 47, 48, 168, 239, 240, 720, 1080)]
_MAYBE = st.none() | st.integers(0, 3)


@st.composite
def _observations(draw: st.DrawFn) -> dict[str, Any]:
    published = draw(st.sampled_from([PUBLISHED, PUBLISHED, PUBLISHED.replace(month=4)]))
    counts = {name: draw(_MAYBE) for name in ("reads", "likes", "shares")}
    marks = st.none() | st.sampled_from(["reads", "likes", "shares", "reads,likes"])
    return reading(
        draw(st.sampled_from(["weibo:1", "weibo:2", "weibo:3"])),
        draw(st.sampled_from(_TIMES)),
        published_at=published,
        account_id=draw(st.sampled_from(["weibo:100", "weibo:200"])),
        original=draw(st.none() | st.booleans()),
        pictures=draw(_MAYBE),
        read_basis=draw(st.sampled_from([None, "views", "users"])),
        censored=draw(marks),
        rounded=draw(marks),
        scope=draw(st.sampled_from(["search", "listing", "timeline", "form"])),
        **counts,
    )


def _oracle(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """What posts must be, said in Python: rows carry sha256 and source_row."""
    by_post: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_post[row["post_key"]].append(row)
    return [_settled(some) for _, some in sorted(by_post.items())]


def _settled(rows: list[dict[str, Any]]) -> dict[str, Any]:
    rows = sorted(rows, key=lambda row: (row["observed_at"], row["sha256"], row["source_row"]))
    last = rows[-1]
    post: dict[str, Any] = {name: last[name] for name in POSTS.names[:5]}
    for name in POSTS.names[5:12]:
        post[name] = next((row[name] for row in reversed(rows) if row.get(name) is not None), None)
    post |= {"observed_at": last["observed_at"], "read_basis": None}
    marks: dict[str, list[str]] = {"censored": [], "rounded": []}
    for name in COUNTS:
        source = next((row for row in reversed(rows) if row.get(name) is not None), {})
        post[name] = source.get(name)
        for mark in marks:
            marks[mark] += [name] if name in (source.get(mark) or "").split(",") else []
        if name == "reads":
            post["read_basis"] = source.get("read_basis")
    post |= {mark: ",".join(names) or None for mark, names in marks.items()}
    for age, (hours, window) in AGES.items():
        opens = post["published_at"] + timedelta(hours=hours)
        inside = [row for row in rows if opens <= row["observed_at"] < opens + timedelta(hours=window)]
        post[f"at_{age}"] = {n: inside[0].get(n) for n in ("observed_at", *COUNTS)} if inside else None
    scopes = [row["scope"] for row in rows]
    ranked = [scope for scope in ("timeline", "listing", "search") if scope in scopes]
    return post | {"readings": len(rows), "scope": ranked[0] if ranked else last["scope"]}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    files=st.lists(st.lists(_observations(), max_size=5), min_size=1, max_size=5),
    data=st.data(),
)
def test_any_order_and_batching_gives_the_oracles_posts(
    files: list[list[dict[str, Any]]], data: st.DataObject
) -> None:
    named: dict[str, Rows] = {f"file{n}": {"readings": rows} for n, rows in enumerate(files)}
    order = data.draw(st.permutations(list(named)))
    cuts = sorted({0, len(order), *data.draw(st.lists(st.integers(0, len(order)), max_size=3))})
    with tempfile.TemporaryDirectory() as folder:
        lake = Lake.create(Path(folder), threads=1)
        for start, end in itertools.pairwise(cuts):
            ingest(lake, {name: named[name] for name in order[start:end]})
        rows = [
            row
            for name, some in named.items()
            for row in table("readings", name, some["readings"]).to_pylist()
        ]
        assert posts(lake) == _oracle(rows)
        before = lake.digest("posts")
        assert lake.rebuild().imports == len(files)
        assert lake.digest("posts") == before
        kept = data.draw(st.sets(st.sampled_from(order)))
        with lake.connect([sha(name) for name in kept]) as con:
            some = con.execute("SELECT * FROM posts ORDER BY post_key").fetchall()
        used = [row for row in rows if row["sha256"] in {sha(name) for name in kept}]
        assert some == [tuple(post.values()) for post in _ordered(_oracle(used))]


def _ordered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: row[name] for name in POSTS.names} for row in rows]
