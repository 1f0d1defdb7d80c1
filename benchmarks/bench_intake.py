"""Intake: a weibo-search CSV read bare, read by its reader, and taken into a lake by `jianwei ingest`.

Every case is a process of its own, so its peak memory is its own. Files and workspaces are made
once for all rounds and are gone when the run ends.
"""

from __future__ import annotations

import atexit
import csv
import random
import shutil
import sys
import tempfile
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from benchmarks.case import command

HEADER = (
    "id",
    "bid",
    "user_id",
    "用户昵称",
    "微博正文",
    "头条文章url",
    "发布位置",
    "艾特用户",
    "话题",
    "转发数",
    "评论数",
    "点赞数",
    "发布时间",
    "发布工具",
    "微博图片url",
    "微博视频url",
    "retweet_id",
)
_WORDS = "市民出行提示办事大厅天气预警政策解读活动通知群众服务发布重庆"
_BARE = "import csv, sys; print(sum(1 for _ in csv.DictReader(open(sys.argv[1], encoding='utf-8-sig', newline=''))))"
_READ = """
import sys
from datetime import datetime
from pathlib import Path
from jianwei.intake import Options, read
taken = 0
for source in read(Path(sys.argv[1]), Options(now=datetime(2026, 1, 1))):
    taken += sum(batch.rows.num_rows for batch in source.batches() if batch.table == "readings")
assert taken == int(sys.argv[2]), taken
"""
_INGEST = """
import sys, tempfile
from pathlib import Path
from jianwei.workspace import ingest, space
with tempfile.TemporaryDirectory() as folder:
    made = space.create(Path(folder) / "space")
    done = ingest.ingest(made, [Path(sys.argv[1])])
    assert done.to_json()["totals"]["rows_taken"] == int(sys.argv[2]), done.to_json()["totals"]
"""


@cache
def folder() -> Path:
    """A folder for this run's files."""
    made = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


@cache
def made(count: int) -> str:
    """A file of that many posts of 500 accounts over half a year."""
    chance = random.Random(count)
    path = folder() / f"search_2015-07-02_{count}.csv"
    start = datetime(2015, 1, 1)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(count):
            account = number % 500
            text = "".join(chance.choices(_WORDS, k=60))
            at = start + timedelta(minutes=chance.randrange(180 * 1440))
            counts = (chance.randrange(50), chance.randrange(30), chance.randrange(90))
            who = (3_800_000_000_000_000 + number, "", 2_800_000_000 + account, f"账号{account}", text)
            writer.writerow([*who, "", "", "", "", *counts, f"{at:%Y-%m-%d %H:%M}", "", "", "", ""])
    return str(path)


@command
def bare_csv_100k() -> list[str]:
    """100,000 posts through csv.DictReader alone."""
    return [sys.executable, "-c", _BARE, made(100_000)]


@command(against="bare_csv_100k")
def read_100k() -> list[str]:
    """100,000 posts through the reader: sniffed, normalised, checked, as Arrow batches."""
    return [sys.executable, "-c", _READ, made(100_000), "100000"]


@command(against="bare_csv_100k")
def ingest_100k() -> list[str]:
    """100,000 posts read, archived, committed and settled in a new workspace."""
    return [sys.executable, "-c", _INGEST, made(100_000), "100000"]


@command(against="ingest_100k")
def ingest_1m() -> list[str]:
    """1,000,000 posts of one file, as above."""
    return [sys.executable, "-c", _INGEST, made(1_000_000), "1000000"]
