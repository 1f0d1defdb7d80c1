"""Private data of a workspace: masked wherever texts leave it, told at the import; one secret key."""

from __future__ import annotations

import stat
from pathlib import Path

import pyarrow as pa
import pytest

from jianwei.errors import DataError
from jianwei.workspace import board, ingest, privacy, space, status
from jianwei.workspace.space import Workspace
from tests.workspace import made

PHONE = "13812345678"


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """A workspace with two posts, the first of which names a person's number."""
    opened = space.create(tmp_path / "space")
    path = made.timeline(tmp_path, "9000000001", [(1, "2015-03-01", 5, 2, 1), (2, "2015-03-20", 7, 0, 3)])
    text = path.read_text("utf-8-sig").replace("第1条政策解读", f"联系人{PHONE}，热线12345")
    path.write_text(text, "utf-8-sig")
    return opened


def test_posts_leave_masked_and_the_lake_keeps_them(place: Workspace, tmp_path: Path) -> None:
    (taken,) = ingest.ingest(place, [tmp_path / "账号001"]).files
    (issue,) = [issue for issue in taken.issues if issue.code == "private_data"]
    assert issue.level == "warning"
    assert "手机号 1 条" in issue.what
    assert PHONE not in str(issue)
    first, second = board.posts(place, "2015H1")
    assert (first["text"], first["private"]) == ("联系人138****5678，热线12345", ("手机号",))
    assert (second["text"], second["private"]) == ("第2条政策解读", ())
    assert privacy.posts(place, "2015H1") == [first]
    (row,) = privacy.tally([first])
    assert (row["account_id"], row["posts"], row["手机号"], row["邮箱"]) == ("weibo:9000000001", 1, 1, 0)
    with place.lake.connect() as con:
        assert con.execute("SELECT count(*) FROM texts WHERE contains(text, $1)", [PHONE]).fetchall() == [
            (1,)
        ]


def test_a_shifted_row_is_told_without_its_text(place: Workspace, tmp_path: Path) -> None:
    path = next((tmp_path / "账号001").iterdir())
    lines = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([*lines, lines[1].replace(",5,2,1,", f",联系{PHONE},2,1,")]), "utf-8-sig")
    result = ingest.ingest(place, [path])
    assert result.files[0].rows_quarantined == 1
    told = f"{result.to_json()} {status.status(place)['quarantine']}"
    assert "联系138****5678" in told
    assert PHONE not in told


def test_a_watch_sees_titles_and_texts_only() -> None:
    watch = privacy.Watch()
    table = pa.table({"title": [f"致电{PHONE}", None, None], "text": [None, "无", f"投稿a@b.cn {PHONE}"]})
    watch.look("comments", table)
    assert watch.issues("甲.csv") == []
    watch.look("texts", table)
    watch.look("texts", table.to_batches()[0])
    assert (watch.posts, watch.kinds["手机号"], watch.kinds["邮箱"]) == (4, 4, 2)


def test_the_key_is_random_lasting_and_the_owners(place: Workspace, tmp_path: Path) -> None:
    key = privacy.secret(place)
    assert len(key) == 32
    assert privacy.secret(place) == key
    assert stat.S_IMODE((place.path / privacy.KEY).stat().st_mode) == 0o600
    assert not [path for path in place.path.iterdir() if path.name.startswith(privacy.KEY + ".")]
    assert privacy.secret(space.create(tmp_path / "other")) != key


@pytest.mark.parametrize("content", ["", "00ff", "不是密钥", "zz" * 32])
def test_a_damaged_key_is_told_not_replaced(place: Workspace, content: str) -> None:
    path = place.path / privacy.KEY
    path.write_text(content, "utf-8")
    with pytest.raises(DataError, match="已损坏"):
        privacy.secret(place)
    assert path.read_text("utf-8") == content
