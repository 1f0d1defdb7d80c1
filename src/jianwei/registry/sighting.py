"""What the lake has seen of an account: names and when, certification, posts, and which days are vouched for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from jianwei.errors import Place

__all__ = ["DORMANT_DAYS", "Certified", "Named", "Post", "Sighting", "Vouched"]

DORMANT_DAYS = 90
"""Days without a post, up to the day of the census, from which an account is 僵尸."""


@dataclass(frozen=True)
class Named:
    """A name under which an account was seen, from the first to the last observation.

    how: `shown` by the platform, `folder` of the crawler's files, `form` as somebody filled in.
    dated: False where the times are those of files, not of the rows. posts: days of publication of
    the posts that were seen so, null where it was not on posts.
    """

    name: str
    how: str
    first: datetime
    last: datetime
    rows: int
    where: Place
    dated: bool = True
    posts: tuple[date, date] | None = None


@dataclass(frozen=True)
class Certified:
    """The newest answer to whether an account is certified, as what. verified: null = not known."""

    verified: bool | None
    kind: str
    reason: str
    seen: datetime
    where: Place


@dataclass(frozen=True)
class Post:
    """A post and the row that tells of it."""

    key: str
    published: datetime
    where: Place


@dataclass(frozen=True)
class Vouched:
    """Closed days without a post of the account, and what says so.

    by: `posts` (a file of posts spans them), `zero` (sums of 0 posts), `profile` (the number of
    posts did not change), `fetched` (the timeline was fetched later, by its own word).
    """

    by: str
    first: date
    last: date
    where: Place


@dataclass
class Sighting:
    """An account in the lake, up to the day of the census.

    recent: posts in the last DORMANT_DAYS. reported: posts that sums inside those days report.
    collected: whether a source was about the account itself, not just a search.
    """

    account_id: str
    posts: int = 0
    recent: int = 0
    reported: int = 0
    last: Post | None = None
    collected: bool = False
    names: list[Named] = field(default_factory=list)
    certified: Certified | None = None
    vouched: list[Vouched] = field(default_factory=list)

    @property
    def family(self) -> str:
        """Platform family."""
        return self.account_id.split(":", 1)[0]

    @property
    def uid(self) -> str:
        """The platform's id."""
        return self.account_id.split(":", 1)[1]

    @property
    def name(self) -> str:
        """The newest name, shown ones first; "" where none was seen."""
        rank = {"shown": 2, "folder": 1, "form": 0}
        newest = max(self.names, key=lambda one: (rank[one.how], one.last, one.name), default=None)
        return newest.name if newest else ""

    def covered(self, kinds: tuple[str, ...], first: date, last: date) -> int:
        """How many days from first to last some source of these kinds vouches for."""
        days = {
            max(one.first, first) + timedelta(days=n)
            for one in self.vouched
            if one.by in kinds
            for n in range((min(one.last, last) - max(one.first, first)).days + 1)
        }
        return len(days)
