"""W.picks: above the account's own median, one a unit, nothing that must not be shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jianwei.finding import showcase
from jianwei.finding.model import Finding
from tests.finding.city import by_id, lay
from tests.world import Rows, World, account, half, post, unit


def usual(uid: str, count: int = 20, **known: Any) -> list[Rows]:
    """So many posts with 4 reposts, nothing else."""
    given = {"reposts": 4, "comments": 0, "likes": 0, "original": True, "text": "早安", "pictures": 0} | known
    return [post(f"weibo:{uid}", f"2015-03-{1 + n:02d}", **given) for n in range(count)]


def star(uid: str, reposts: int, text: str = "办理指南", **known: Any) -> Rows:
    given: dict[str, Any] = {
        "reposts": reposts,
        "comments": 0,
        "likes": 0,
        "original": True,
        "text": text,
        "pictures": 0,
    }
    return post(f"weibo:{uid}", known.pop("day", "2015-05-01"), **given | known)


def picks(folder: Path, posts: dict[str, list[Rows]]) -> Finding:
    """One unit an account: unit A1 has account weibo:A1."""
    units = [unit(code) for code in posts]
    accounts = [account(code, code) for code in posts]
    sources = [half(code, *rows) for code, rows in posts.items()]
    world = World(folder, units, accounts, sources=sources)
    with world.connect() as con:
        return by_id(showcase.picks(lay(con, world)))["W.picks"]


def test_what_rises_above_the_accounts_own_median(tmp_path: Path) -> None:
    found = picks(
        tmp_path,
        {"A": [*usual("A"), star("A", 40)], "B": [*usual("B"), star("B", 400, "最美风光")], "C": usual("C")},
    )
    assert found.value == ["最美风光", "办理指南"]
    shown = [row for row in found.detail if "excluded" not in row]
    assert [(row["unit"], row["response"], row["median_response"]) for row in shown] == [
        ("单位B", 400, 4),
        ("单位A", 40, 4),
    ]
    assert shown[0]["lift"] == 401 / 5
    assert shown[0]["reason"] == "转评赞 400，为本账号同期中位数（4）的 100 倍"


def test_a_median_of_zero_makes_no_multiple(tmp_path: Path) -> None:
    found = picks(tmp_path, {"A": [*usual("A", reposts=0), star("A", 40)]})
    assert found.detail[0]["reason"] == "转评赞 40，本账号同期中位数为 0"


def test_a_unit_is_shown_once_and_themes_take_turns(tmp_path: Path) -> None:
    posts = {
        f"A{n:02d}": [
            *usual(f"A{n:02d}"),
            star(f"A{n:02d}", 900 - n),
            star(f"A{n:02d}", 800, day="2015-06-01"),
        ]
        for n in range(12)
    }
    posts["Z"] = [*usual("Z"), star("Z", 20, "最美风光")]
    found = picks(tmp_path, posts)
    shown = [row for row in found.detail if "excluded" not in row]
    assert len(found.value) == len(shown) == showcase.MOST == 11
    assert len({row["unit"] for row in shown}) == 11
    assert shown[1]["unit"] == "单位Z"  # weaker, but of another theme


@pytest.mark.parametrize("word", ["命案", "通报", "市长", "讣告", "辟谣"])
def test_what_must_not_be_shown_is_told_apart(tmp_path: Path, word: str) -> None:
    found = picks(
        tmp_path, {"A": [*usual("A"), star("A", 900, f"{word}办理指南"), star("A", 40, day="2015-06-01")]}
    )
    assert found.value == ["办理指南"]
    assert [row["excluded"] for row in found.detail if "excluded" in row] == [word]


def test_reposts_of_others_and_short_accounts_are_not_shown(tmp_path: Path) -> None:
    found = picks(
        tmp_path,
        {"A": [*usual("A", 19), star("A", 900, original=False)], "B": [*usual("B", 18), star("B", 900)]},
    )
    assert found.value is None
    assert found.absent == "没有账号在本期有足够的内容可供比较"


def test_unknown_counts_do_not_lower_the_median(tmp_path: Path) -> None:
    """Twenty posts with 40 and as many of which nothing is known: 44 is hardly above the usual."""
    blank = [post("weibo:A", f"2015-04-{1 + n:02d}", original=True, text="早安") for n in range(24)]
    found = picks(tmp_path / "a", {"A": [*usual("A", reposts=40), *blank, star("A", 44)]})
    assert found.detail[0]["median_response"] == 40
    found = picks(tmp_path / "b", {"A": [*usual("A", 15), *blank[:10], star("A", 44)]})
    assert found.value is None  # 16 known posts are too few to say what is usual


def test_all_excluded_is_a_reason(tmp_path: Path) -> None:
    found = picks(tmp_path, {"A": [*usual("A"), star("A", 40, "讣告")]})
    assert found.value is None
    assert found.absent == "候选内容都属于不宜展示的类别"
    assert [row["excluded"] for row in found.detail] == ["讣告"]


def test_a_long_text_is_cut_for_its_title(tmp_path: Path) -> None:
    found = picks(tmp_path, {"A": [*usual("A"), star("A", 40, "办理指南" + "长" * 60)]})
    (title,) = found.value
    assert len(title) == 40
    assert title.endswith("…")
