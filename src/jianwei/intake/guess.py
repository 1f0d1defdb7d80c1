"""What an unknown table probably is: its kind and what each column means, how sure that is, and why.

A guess is shown and drafted; it never imports anything.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, get_args

from jianwei.intake import synonyms, times, values
from jianwei.intake.forms import PLATFORMS
from jianwei.intake.mapping import ORDERS, UNITS, Mapping
from jianwei.intake.mapping_file import lacking
from jianwei.intake.synonyms import Hit
from jianwei.intake.tables import Table
from jianwei.intake.template import Kind, scale
from jianwei.model import TOTAL_FIELDS

__all__ = ["SURE", "Column", "Guess", "of_table"]

SURE = 0.6
"""From here on a column is written into a draft; what is less sure is only named."""

_SHOWN = 3
_KINDS: tuple[Kind, ...] = get_args(Kind)
_TIMES = frozenset(("published_at", "observed_at", "date", "day", "start", "end"))
_COUNTS = frozenset(
    (
        *TOTAL_FIELDS,
        "reads",
        "readers",
        "sharers",
        "followers",
        "reposts",
        "comments",
        "likes",
        "wow",
        "shares",
    )
)
_CHANNEL = re.compile(r"渠道|来源|平台|channel|source", re.IGNORECASE)
_WHOLE = ("全部", "全部渠道", "所有渠道", "总体", "整体", "合计", "总计", "all")
_LINKS = {"wechat": re.compile(r"mp\.weixin\.qq\.com"), "weibo": re.compile(r"weibo\.(?:com|cn)")}
_MONTHS = re.compile(r"\d{4}(?:[-/年.]\d{1,2}月?|\d{2}|[HhQqWw]\d{1,2})")
_ORDER_OF_DAYS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{1,2}|\d{4})(?:\s.*)?")
_UNIT_OF = {many: word for word, many in UNITS.items() if word in {"千", "万", "百万", "千万", "亿"}}


@dataclass(frozen=True)
class Column:
    """A column: what it probably is (null = nothing to take), how sure (0 to 1), why, first values, other field."""

    title: str
    field: str | None
    confidence: float
    why: str
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guess:
    """A table with what it probably is; unlike a Mapping it was confirmed by nobody."""

    table: Table
    kind: Kind
    columns: tuple[Column, ...]
    dates: str = ORDERS[0]
    only: dict[str, str] = field(default_factory=dict)
    others: tuple[Kind, ...] = ()

    def mapping(self, title: str = "") -> Mapping:
        """The mapping that it would be if it were confirmed as it stands."""
        taken = [one for one in self.columns if one.field is not None and one.confidence >= SURE]
        filled = {column.field for column in taken}
        units = {one.title: many for one in taken if (many := scale(one.title) or 1) in _UNIT_OF}
        return Mapping(
            title=title,
            kind=self.kind,
            header=self.table.header,
            columns={one.title: one.field for one in taken if one.field is not None},
            header_rows=self.table.header_rows,
            units=units,
            by_name="uid" not in filled and "account_name" in filled,
            dates=self.dates,
            only=self.only,
        )

    @property
    def worth(self) -> float:
        """How much of a table of its kind it is, to choose between tables."""
        return _worth(self.kind, self.columns, self.table)


def of_table(table: Table) -> Guess | None:
    """The likeliest kind of a table and what its columns are; null where next to nothing is known of it."""
    guesses = [Guess(table, kind, _columns(table, kind), _dates(table)) for kind in _KINDS]
    guesses.sort(key=lambda guess: -guess.worth)
    best = guesses[0]
    if sum(one.field is not None for one in best.columns) < 2:
        return None
    near = tuple(one.kind for one in guesses[1:] if one.worth > best.worth - 1)
    return replace(best, only=_only(table, best), others=near)


def _worth(kind: Kind, columns: Sequence[Column], table: Table) -> float:
    """Sureness of what is known, less what a table of this kind must have and this one has not."""
    taken = {one.title: one.field for one in columns if one.field is not None and one.confidence >= SURE}
    as_mapping = Mapping("", kind, table.header, taken)
    missing = sum(1.0 if issue.level == "error" else 0.2 for issue in lacking(as_mapping))
    known = sum(one.confidence for one in columns if one.field is not None)
    own = sum(0.2 for one in columns if one.confidence >= synonyms.SAME and one.field is not None)
    return known + own - 2.5 * missing + _evidence(kind, table)


def _evidence(kind: Kind, table: Table) -> float:
    """What titles and links say of the platform: a link of WeChat is no table of Weibo."""
    words = " ".join((*table.header, *table.above, table.sheet))
    links = Counter(
        family
        for place in range(len(table.header))
        for cell in table.column(place)[:20]
        for family, pattern in _LINKS.items()
        if pattern.search(str(cell))
    )
    said = {
        "wechat": 2 * bool(re.search("公众号|微信|在看|推送|群发|图文", words)) + 3 * bool(links["wechat"]),
        "weibo": 2 * bool(re.search("微博|博主|原创/转发|博文", words)) + 3 * bool(links["weibo"]),
    }
    family = kind.split("_")[0]
    return float(said.get(family, 0)) if family in said else -0.5


def _columns(table: Table, kind: Kind) -> tuple[Column, ...]:
    """Each column with the field that it is surest of; a field goes to the surest column."""
    twice = {title for title, count in Counter(table.header).items() if count > 1 and title}
    offers: list[tuple[float, int, Hit]] = []
    whys: dict[int, str] = {}
    for place, title in enumerate(table.header):
        cells = table.column(place)
        if title in twice:
            whys[place] = "有几列都叫这个名字，请在表里改名后才能取"
        elif title and synonyms.derived(title):
            whys[place] = "是比率、均值、名次一类，不取"
        elif title:
            found = [_checked(hit, cells) for hit in (*synonyms.hits(kind, title), *_by_content(kind, cells))]
            offers += [(hit.confidence, place, hit) for hit in found if hit.confidence > 0]
            whys[place] = next((hit.why for hit in found if hit.confidence <= 0), "") or _kind_of(cells)
    chosen: dict[int, Hit] = {}
    filled: dict[str, int] = {}
    for _, place, hit in sorted(offers, key=lambda offer: (-offer[0], offer[1])):
        if place in chosen:
            continue
        if (same := next((filled[one] for one in _rivals(hit.field) if one in filled), None)) is not None:
            whys[place] = f"与“{table.header[same]}”像是一个意思，只取那一列"
        else:
            chosen[place], filled[hit.field] = hit, place
    return tuple(
        _column(title, chosen.get(place), whys.get(place, ""), table.column(place))
        for place, title in enumerate(table.header)
        if title
    )


def _rivals(name: str) -> tuple[str, ...]:
    """Fields of which a table has one: a month, or a day, or a range of days."""
    return ("month", "day", "start") if name in {"month", "day", "start"} else (name,)


def _column(title: str, hit: Hit | None, why: str, cells: list[Any]) -> Column:
    samples = tuple(values.shown(_as_shown(cell), 24) for cell in cells[:_SHOWN])
    if hit is None:
        return Column(title, None, 0.0, why or "不知道是什么", samples)
    return Column(title, hit.field, round(min(hit.confidence, 0.99), 2), hit.why, samples)


def _as_shown(cell: Any) -> str:
    """A cell as a spreadsheet shows it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _checked(hit: Hit, cells: list[Any]) -> Hit:
    """A hit after a look at the cells: surer where they can be read as that field, nothing where they cannot."""
    if not cells:
        return hit._replace(why=f"{hit.why}，整列空白")
    read = _reader(hit.field)
    if read is None:
        return hit
    share = sum(_reads(read, cell) for cell in cells) / len(cells)
    if share < 0.5:
        return hit._replace(confidence=0.0, why=f"{hit.why}，但格中内容不像（{share:.0%} 读得出来）")
    if share < 0.9:
        return hit._replace(
            confidence=hit.confidence - 0.15, why=f"{hit.why}，有 {1 - share:.0%} 的格读不出来"
        )
    return hit._replace(confidence=hit.confidence + 0.03, why=f"{hit.why}，内容也相符")


def _reader(name: str) -> Callable[[Any], object] | None:
    if name in _TIMES:
        return _day_in_any_order
    if name == "month":
        return _span
    if name in _COUNTS:
        return lambda cell: values.scaled(cell, 10_000) if "." in str(cell) else values.count(cell)
    if name == "pushes_posts":
        return _pair
    if name == "uid":
        return values.identifier
    if name == "link":
        return _link
    if name == "platform":
        return lambda cell: PLATFORMS[str(cell).strip()]
    if name in {"title", "text", "account_name"}:
        return _words
    return None


def _reads(read: Callable[[Any], object], cell: Any) -> bool:
    try:
        read(cell)
    except (ValueError, KeyError):
        return False
    return True


def _day_in_any_order(cell: Any) -> object:
    if isinstance(cell, str) and _ORDER_OF_DAYS.fullmatch(cell.strip()):
        return cell
    return times.moment(cell, anchor=datetime(2100, 12, 31))


def _span(cell: Any) -> object:
    """A month or longer; a day of its own is no month, though it lies in one."""
    if isinstance(cell, str) and not _MONTHS.fullmatch(cell.strip()):
        if any(mark in cell for mark in ("..", "至", "~", "季", "半年")):
            return times.span(cell)
        raise ValueError(cell)
    found = times.span(cell)
    if isinstance(cell, date) and cell.day != 1:
        raise ValueError(cell)
    return found


def _pair(cell: Any) -> None:
    first, _, second = str(cell).partition("/")
    values.count(first)
    if values.count(second).value is None:
        raise ValueError(cell)


def _link(cell: Any) -> None:
    if "://" not in str(cell):
        raise ValueError(cell)


def _words(cell: Any) -> None:
    """Words, not numbers."""
    if not isinstance(cell, str) or cell.strip().replace(".", "").replace(",", "").isdigit():
        raise ValueError(cell)


def _by_content(kind: Kind, cells: list[Any]) -> list[Hit]:
    """What a column may be by its cells alone, whatever its title."""
    texts = [str(cell).strip() for cell in cells]
    if not texts:
        return []
    if all("://" in text for text in texts) and kind.endswith("posts"):
        mine = _LINKS[kind.split("_")[0]]
        if all(mine.search(text) for text in texts):
            return [Hit("link", 0.75, "内容都是这个平台的链接")]
        return []
    if all(text.startswith("gh_") for text in texts) and kind != "weibo_posts":
        return [Hit("uid", 0.75, "内容都是公众号原始ID")]
    if all(
        isinstance(cell, datetime)
        or (isinstance(cell, str) and _reads(times.moment, cell) and not cell.isdigit())
        for cell in cells
    ):
        name = "published_at" if kind.endswith("posts") else "date" if kind == "followers" else "day"
        return [Hit(name, 0.5, "内容是日期或时间")]
    return []


def _kind_of(cells: list[Any]) -> str:
    """What to say of a column that no field claims."""
    if not cells:
        return "整列空白"
    if all(_reads(values.count, cell) for cell in cells):
        return "是数字，但不知道是哪一项"
    return "模板里没有这一项"


def _only(table: Table, guess: Guess) -> dict[str, str]:
    """Which rows count, where a column parts the same numbers by channel or rows by platform."""
    taken = {one.title for one in guess.columns if one.field is not None}
    for place, title in enumerate(table.header):
        if title in taken or not title or not _CHANNEL.search(title) or guess.kind == "followers":
            continue
        words = [str(cell).strip() for cell in table.column(place)]
        if len(set(words)) < 2 or len(set(words)) > max(20, len(words) // 4):
            continue
        whole = next((word for word in _WHOLE if word in words), None)
        if whole is not None:
            return {title: whole}
        family = guess.kind.split("_")[0]
        own = [word for word in dict.fromkeys(words) if PLATFORMS.get(word) == family]
        if own:
            return {title: own[0]}
        if "渠道" in title or "来源" in title:
            return {title: ""}
    return {}


def _dates(table: Table) -> str:
    """How a table writes days that do not begin with a year of four digits: what is over 12 is no month."""
    matches = [
        match
        for place in range(len(table.header))
        if (cells := [cell for cell in table.column(place) if isinstance(cell, str)])
        and all(found := [_ORDER_OF_DAYS.fullmatch(cell.strip()) for cell in cells])
        for match in filter(None, found)
    ]
    if not matches:
        return ORDERS[0]
    first, last = {int(match[1]) for match in matches}, {match[3] for match in matches}
    if max(first) > 12:
        years = len(last) > len(first) and all(len(word) <= 2 for word in last)
        return "年/月/日" if years or max(first) > 31 else "日/月/年"
    return "月/日/年"
