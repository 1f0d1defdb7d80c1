"""No account, not collected, collected and zero: from the files to the score they never mix."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianwei.scorecard import State, score
from tests.leaderboard.made import board, of, recipe, standing
from tests.world import World, account, form, half, opening, post, search, timeline, total, unit

BOTH = ("weibo", "wechat")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Units alike on Weibo; of WeChat: FULL, ZERO published nothing, MISSING not collected, NEVER opened,
    UNSURVEYED, HALF decided of one kind only, NOID an account of unknown id.
    """
    codes = ("FULL", "ZERO", "MISSING", "NEVER", "UNSURVEYED", "HALF", "NOID")
    accounts = [account(code, f"w{code}") for code in codes]
    accounts += [account(code, f"gh_{code}", "微信订阅号") for code in ("FULL", "ZERO", "MISSING")]
    accounts.append(account("NOID", "", "微信服务号"))
    told = [opening("NEVER", "微信订阅号", "确认未开通"), opening("NEVER", "微信服务号", "确认未开通")]
    told += [opening("UNSURVEYED", "微信订阅号", "未普查")]
    told += [opening("HALF", "微信订阅号", "确认未开通"), opening("HALF", "微信服务号", "未普查")]
    sources = [of(f"w{code}", 500) for code in codes]
    sources.append(half("full", post("wechat:gh_FULL", "2015-03-01", reposts=500)))
    sources.append(timeline("zero", post("wechat:gh_ZERO", "2014-01-01", reposts=5), until="2015-12-31"))
    folder = tmp_path_factory.mktemp("empty")
    return World(folder, [unit(code) for code in codes], accounts, told, sources)


def states(world: World, head: str) -> tuple[dict[str, State], dict[str, float], dict[str, str]]:
    """State of the WeChat leaf, score and reason by unit."""
    now = standing(world, recipe("reposts", platforms=BOTH, head=head))
    card = score(now.recipe, now.inputs(world.roster.units.to_pylist()))
    state = {code: State(int(value)) for code, value in zip(card.codes, card.state["wechat_1"], strict=True)}
    scores = {code: float(value) for code, value in zip(card.codes, card.score, strict=True)}
    return state, scores, dict(zip(card.codes, card.reason, strict=True))


def test_each_empty_has_its_own_state(world: World) -> None:
    state, _, _ = states(world, 'absent = "zero"\nneed = 0.4')
    assert state == {
        "FULL": State.PRESENT, "ZERO": State.ZERO, "MISSING": State.MISSING, "NEVER": State.STRUCTURAL,
        "UNSURVEYED": State.MISSING, "HALF": State.MISSING, "NOID": State.MISSING,
    }  # fmt: skip


def test_the_recipe_says_what_never_opening_means_and_nothing_else_follows(world: World) -> None:
    for absent, never in (("zero", 25.0), ("renormalise", 50.0)):
        _, scores, _ = states(world, f'absent = "{absent}"\nneed = 0.4')
        assert scores == pytest.approx(
            {"FULL": 50, "ZERO": 25, "MISSING": 50, "NEVER": never, "UNSURVEYED": 50, "HALF": 50, "NOID": 50}
        )
    _, scores, reasons = states(world, 'absent = "unranked"\nneed = 0.4')
    assert {code for code, reason in reasons.items() if reason} == {"NEVER"}
    assert scores["NEVER"] != scores["NEVER"]  # not a number, not a zero


def test_what_is_not_known_is_not_last_but_unranked(world: World) -> None:
    _, scores, reasons = states(world, 'absent = "zero"\nneed = 0.667')
    assert {code for code, reason in reasons.items() if not reason} == {"FULL", "ZERO", "NEVER"}
    assert scores["ZERO"] == scores["NEVER"] == 25
    found = board(world, recipe("reposts", platforms=BOTH, head='absent = "zero"\nneed = 0.667'))
    assert [row.code for row in found.rows] == ["FULL", "NEVER", "ZERO"] or [
        row.rank for row in found.rows
    ] == [1, 2, 2]
    assert all(one.reason for one in found.unranked)


def test_hiding_data_wins_no_place(tmp_path: Path) -> None:
    """The same unit with its WeChat collected, not collected, or collected for a few days only."""
    whole = half("whole", *[post("wechat:gh_A", f"2015-0{month}-01", reposts=5) for month in range(1, 7)])
    part = timeline("part", post("wechat:gh_A", "2015-06-01", reposts=5))
    made = recipe("reposts", "posts", platforms=BOTH, head='absent = "zero"\nneed = 0.667')
    scores: dict[str, float | None] = {}
    for name, sources in (("whole", [whole]), ("part", [part]), ("none", [])):
        accounts = [account("A", "1"), account("A", "gh_A", "微信订阅号")]
        world = World(tmp_path / name, [unit("A")], accounts, sources=[of("1", 500), *sources])
        rows = board(world, made).rows
        scores[name] = rows[0].score if rows else None
    assert scores["none"] is None
    assert scores["part"] is not None
    assert scores["whole"] is not None
    assert scores["part"] < scores["whole"]


def test_hiding_the_past_makes_no_growth(tmp_path: Path) -> None:
    """Growth is told only where the whole period before is known."""
    made = recipe("response / (response_before + 1)", head="need = 0.1", high=10)

    def growth(name: str, *posts: tuple[str, int], since: str) -> float | None:
        rows = [post("weibo:1", day, reposts=n) for day, n in posts]
        source = timeline("1", *rows, since=since, until="2015-06-30")
        world = World(tmp_path / name, [unit("A")], [account("A", "1")], sources=[source])
        found = board(world, made)
        return found.rows[0].score if found.rows else None

    now = ("2015-03-01", 99)
    assert growth("known", ("2014-08-01", 49), ("2014-12-20", 49), now, since="2014-07-01") == pytest.approx(
        10
    )
    assert growth("silent", now, since="2014-07-01") == pytest.approx(100)  # it did grow from nothing
    assert growth("hidden", ("2014-12-20", 49), now, since="2014-12-20") is None
    assert growth("unknown", now, since="2015-01-01") is None


def test_a_fragment_of_an_account_never_stands_for_it_whole(tmp_path: Path) -> None:
    accounts = [account(code, code) for code in "AB"]
    sources = [of("A", 5), search("hits", post("weibo:B", "2015-03-01", reposts=5))]
    rows = board(
        World(tmp_path, [unit(code) for code in "AB"], accounts, sources=sources), recipe("reposts")
    ).rows
    assert {row.code: (row.coverage, row.marks) for row in rows} == {
        "A": (1.0, ()),
        "B": (None, ("检索片段",)),
    }


def test_a_zero_that_somebody_reported_is_a_zero(tmp_path: Path) -> None:
    accounts = [account(code, code) for code in "AB"]
    sums = form("sums", total("weibo:A", "2015H1", posts=0, reposts=0), total("weibo:B", "2015H1", posts=4))
    found = board(World(tmp_path, [unit(code) for code in "AB"], accounts, sources=[sums]), recipe("reposts"))
    assert [(row.code, row.score) for row in found.rows] == [("A", 0.0)]
    assert [one.code for one in found.unranked] == ["B"]
