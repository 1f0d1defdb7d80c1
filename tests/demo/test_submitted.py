"""Forms that offices hand in: WeChat articles and follower counts, read back as they were made."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from jianwei.demo import submitted, times
from jianwei.demo.audience import DAYS, NONE
from jianwei.demo.files import MARK
from jianwei.demo.wechat import CAP
from jianwei.demo.world import World
from tests.demo.reading import rows_of


@pytest.fixture(scope="module")
def folder(made_world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("submitted")
    submitted.wechat(path / "wechat", made_world.cast, made_world.articles, made_world.titles.words)
    submitted.followers(path / "followers", made_world.cast, made_world.followers)
    return path


def test_articles_are_read_back_one_for_one(folder: Path, made_world: World) -> None:
    told, who = made_world.articles, made_world.cast
    rows = [row for path in sorted((folder / "wechat").iterdir()) for row in rows_of(path)[1]["readings"]]
    found = {row["post_key"]: row for row in rows}
    assert len(found) == len(rows) == len(told)
    for place in range(len(told)):
        account = told.account[place]
        row = found[f"wechat:{who.biz[account]}:{200_000_000 + told.push[place]}:{told.place[place]}"]
        assert row["account_id"] == who.accounts[account].account_id
        assert (row["reads"], row["likes"]) == (told.reads[place], told.likes[place])
        assert (row["headline"], row["declared_original"]) == (told.headline[place], told.declared[place])
        assert row["censored"] == ("reads" if told.reads[place] == CAP else None)
        assert row["rounded"] == ("reads" if told.rounded[place] else None)
        assert row["published_at"] == times.moment(told.at[place]).replace(second=0)


def test_nobody_fills_what_2015_did_not_know(folder: Path) -> None:
    rows = [row for path in (folder / "wechat").glob("*.csv") for row in rows_of(path)[1]["readings"]]
    assert rows
    assert {(row["wow"], row["shares"], row["comments"]) for row in rows} == {(None, None, None)}


def test_one_district_hands_in_another_encoding(folder: Path) -> None:
    other = []
    for path in (folder / "wechat").glob("*.csv"):
        try:
            text = path.read_text("utf-8-sig")
        except UnicodeDecodeError:
            other.append(path.name)
            text = path.read_text("gb18030")
        assert text.startswith(MARK)
    assert other == ["涪陵区微信明细.csv"]


def test_followers_of_three_days_are_read_back_and_bad_rows_set_aside(
    folder: Path, made_world: World
) -> None:
    read = made_world.followers
    for day, counts in zip(DAYS, (read.before, read.start, read.end), strict=True):
        source, tables = rows_of(folder / "followers" / f"粉丝读数_{day.isoformat()}.xlsx")
        wanted = {
            account.account_id: int(count)
            for account, count in zip(made_world.cast.accounts, counts, strict=True)
            if count != NONE
        }
        assert {row["account_id"]: row["followers"] for row in tables["followers"]} == wanted
        bad = len(submitted.BAD_FOLLOWERS) if day == DAYS[-1] else 0
        assert (source.rows_quarantined, len(tables.get("quarantine", []))) == (bad, bad)


def test_what_is_written_short_is_marked_as_rounded(folder: Path, made_world: World) -> None:
    _, tables = rows_of(folder / "followers" / f"粉丝读数_{DAYS[-1].isoformat()}.xlsx")
    short = {made_world.cast.accounts[n].account_id for n in np.flatnonzero(made_world.followers.shortened)}
    assert {row["account_id"] for row in tables["followers"] if row["rounded"]} == short
