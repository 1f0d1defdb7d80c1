"""A small office with units that are asked to fill forms: what is known of them, and forms as they fill them."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jianwei.forms.judge import Rules, conclude, judge
from jianwei.forms.judged import Judged
from jianwei.forms.returned import look
from jianwei.forms.sender import Senders
from jianwei.workspace import collection, forms, settings, space
from jianwei.workspace.forms import Made
from jianwei.workspace.received import Collected
from jianwei.workspace.space import Workspace
from tests.forms.filled import Book
from tests.world import World, account, follower, post, profiles, timeline, unit

__all__ = [
    "PERIOD",
    "SEEN",
    "UNITS",
    "WECHAT",
    "WEIBO",
    "Bench",
    "Edit",
    "Office",
    "ask",
    "build",
    "truth",
    "uid",
]

PERIOD = "2015-06"
UNITS = tuple(f"U{number:02d}" for number in range(1, 13))

WEIBO: dict[str, Any] = {
    "月末粉丝": 10_000, "发布数": 10, "原创数": 6, "阅读量": 50_000, "转发": 120, "评论": 30, "点赞": 80,
    "收到诉求": 5, "回复数": 4, "取数时间": "2015-07-02 09:00", "填报人": "赵六", "电话": "023-63890000",
}  # fmt: skip
WECHAT: dict[str, Any] = {
    "累积关注": 8_000, "新增": 300, "取消": 120, "推送次数": 8, "篇数": 20, "声明原创数": 5, "阅读次数": 9_000,
    "阅读人数": 7_000, "头条阅读次数": 5_000, "最高阅读次数": 1_500, "点赞": 90, "在看": 40, "分享次数": 60,
    "分享人数": 50, "留言": 12, "回复": 6, "取数时间": "2015-07-02 09:00", "填报人": "赵六",
}  # fmt: skip

Edit = Callable[[Book], object]


def uid(code: str) -> str:
    """The uid of a unit's (first) account on Weibo."""
    return f"90000000{code[1:]}"


def build(folder: Path) -> Workspace:
    """A workspace of 12 units: all on Weibo, the first eight on WeChat too, U05 with a second account.

    Ten posts of June 2015 are known of each Weibo account but those of U11 and U12, and 10,000 followers.
    """
    folder.mkdir(parents=True)
    (folder / settings.FILE).write_text(settings.template(), "utf-8")
    accounts, sources = [], []
    for place, code in enumerate(UNITS):
        accounts.append(account(code, uid(code), name=f"发布{code}"))
        if place < 8:
            accounts.append(account(code, f"gh_{code.lower()}0000000", "微信订阅号", name=f"公众号{code}"))
        if place < 10:
            key = f"weibo:{uid(code)}"
            posts = [
                post(key, f"2015-06-{day:02d} 10:00", original=day % 2 == 0, reposts=3, comments=1, likes=2)
                for day in range(3, 31, 3)
            ]
            sources.append(timeline(code, *posts, since="2015-06-01", until="2015-06-30"))
            sources.append(profiles(f"粉丝{code}", follower(key, "2015-06-29", 10_000)))
    accounts.append(account("U05", "9000000095", name="发布U05二号", main=False))
    units = [
        unit(code, name=f"{code}市某某局", short_name=f"某{code}局", order=place)
        for place, code in enumerate(UNITS)
    ]
    World(folder, units, accounts, sources=sources)
    return space.open(folder)


def truth(book: Book) -> None:
    """Fill every row of sums with numbers that are right."""
    for name, values in (("微博汇总", WEIBO), ("微信汇总", WECHAT)):
        if name in book:
            for row in book[name].rows():
                if book[name].get(row, "月份"):
                    book[name].put(row, **values)


@cache
def built() -> Path:
    """The office's workspace, made once a session; tests copy it."""
    folder = Path(tempfile.mkdtemp(prefix="jianwei-office-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    build(folder / "space")
    return folder / "space"


def fresh(folder: Path) -> Workspace:
    """A workspace of one's own."""
    return space.open(shutil.copytree(built(), folder / "space"))


@dataclass
class Office:
    """A request and the folder into which the forms come back."""

    space: Workspace
    made: Made
    inbox: Path
    clock: int = field(default=1_700_000_000)

    def blank(self, code: str) -> Path:
        """The template of a unit."""
        return self.made.folder / next(ask.file for ask in self.made.batch.asks if ask.code == code)

    def fill(self, code: str, *edits: Edit, name: str = "") -> Path:
        """A unit's form as it comes back: right but for what the edits change. A later one is saved later."""
        book = Book.open(self.blank(code))
        for edit in edits or (truth,):
            edit(book)
        path = book.save(self.inbox / (name or self.blank(code).name))
        self.clock += 60
        os.utime(path, (self.clock, self.clock))
        return path

    def collect(self, *paths: Path, **how: Any) -> Collected:
        """Collect files, the whole folder where none is named."""
        return collection.collect(self.space, list(paths) or [self.inbox], PERIOD, **how)

    def totals(self, key: str) -> dict[str, Any]:
        """The newest sums of an account in June."""
        with self.space.lake.connect() as con:
            rows = con.sql(
                "SELECT * FROM totals WHERE account_id = $key ORDER BY observed_at DESC LIMIT 1",
                params={"key": key},
            )
            names = rows.columns
            found = rows.fetchall()
        return dict(zip(names, found[0], strict=True)) if found else {}

    def quarantine(self) -> list[tuple[str, str, int]]:
        """Code, file and row of what was kept out."""
        with self.space.lake.connect() as con:
            return con.execute("SELECT code, source_file, source_row FROM quarantine ORDER BY ALL").fetchall()


@dataclass
class Bench:
    """A request, and forms judged against it without a lake to put them into."""

    made: Made
    rules: Rules
    folder: Path

    def form(self, code: str, *edits: Edit) -> Path:
        """A unit's form as it comes back."""
        asked = next(ask for ask in self.made.batch.asks if ask.code == code)
        book = Book.open(self.made.folder / asked.file)
        for edit in edits:
            edit(book)
        return book.save(self.folder / asked.file)

    def judge(self, code: str, *edits: Edit) -> Judged:
        """A unit's form, judged as its own or as whose it seems to be."""
        returned = look(self.form(code, *edits))
        told, issues = Senders(self.rules.period, [self.made.batch], self.rules.owners).of(returned)
        assert told is not None
        judged = judge(returned, told.ask, self.rules)
        conclude(judged)
        judged.issues[:0] = issues
        return judged


def ask(folder: Path, place: Workspace, **how: Any) -> Office:
    """Send a request for June."""
    inbox = folder / "交回"
    inbox.mkdir()
    return Office(place, forms.make(place, PERIOD, **how), inbox)


SEEN = datetime(2015, 7, 2, 9)
"""When the numbers of a filled form were taken, as it says."""
