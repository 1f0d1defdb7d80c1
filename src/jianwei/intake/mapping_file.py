"""Mapping files (TOML): from their text to a checked Mapping, with everything that is wrong at once."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from jianwei.errors import DataError, Issue, Level, Place, suggest
from jianwei.intake import times, values
from jianwei.intake.mapping import ORDERS, UNITS, Mapping, words
from jianwei.intake.template import TEMPLATES, Kind, scale
from jianwei.model import PLATFORMS, TOTAL_FIELDS
from jianwei.period import Period

__all__ = ["KINDS", "lacking", "load", "read"]

KINDS: dict[str, Kind] = {template.title: kind for kind, template in TEMPLATES.items()}
"""Kinds of tables by the words for them: 微博明细, 微信明细, 微博汇总, 微信汇总, 粉丝读数."""

_SECTIONS: dict[str, dict[str, type]] = {
    "mapping": {"title": str, "kind": str, "complete": bool, "dates": str},
    "columns": {},
    "units": {},
    "fixed": {
        "account": str, "platform": str, "period": str, "observed_at": str, "accounts_by_name": bool,
    },
    "only": {},
    "file": {"header": list, "header_rows": int},
}  # fmt: skip
_TYPES = {str: "文字，用引号括起", bool: "true 或 false", list: "列表", int: "整数"}
_ACCOUNT = re.compile(r"weibo:\d{5,20}|wechat:\S{1,64}", re.ASCII)
_COUNTED = frozenset((*TOTAL_FIELDS, "pushes_posts", "followers", "readers", "sharers"))
_SPANS = ("month", "day", "start", "end")
_SAME = {order: order for order in ORDERS}
_PLATFORM_WORDS = {word: family for family, word in PLATFORMS.items()}


def load(text: str, file: str) -> Mapping:
    """The mapping of a file's text. Raises DataError with every problem at once."""
    found, issues = read(text, file)
    wrong = [issue for issue in issues if issue.level == "error"]
    if found is None:
        listed = "；".join(str(issue) for issue in wrong[:3])
        raise DataError(f"映射文件 {file} 有 {len(wrong)} 处要改：{listed}", issues=wrong)
    return found


def read(text: str, file: str) -> tuple[Mapping | None, list[Issue]]:
    """The mapping of a file's text, null where an error forbids it, and every problem of it."""
    reading = _Reading(file)
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        where = f"第 {place[1]} 行附近" if place else "文件末尾"
        reading.say("toml", "", f"{where}写法不对", "检查引号、括号和等号；列名和右边的词都要加引号")
        return None, reading.issues
    mapping = reading.mapping(reading.sections(data), text)
    return mapping, reading.issues


@dataclass
class _Reading:
    """One reading of a mapping file; problems are gathered."""

    file: str
    issues: list[Issue] = field(default_factory=list)

    def say(self, code: str, key: str, what: str, hint: str = "", level: Level = "error") -> None:
        self.issues.append(Issue(level, code, Place(self.file, None, key), what, hint))

    def sections(self, data: dict[str, Any]) -> dict[str, dict[str, Any]]:
        """The file's tables with the values that are of their kind; the others are said."""
        found: dict[str, dict[str, Any]] = {name: {} for name in _SECTIONS}
        for name, table in data.items():
            if name not in _SECTIONS:
                self.say("unknown_key", name, "不认识的一节", suggest(name, _SECTIONS))
            elif not isinstance(table, dict):
                self.say("type", name, "应是一节", f"写成 [{name}]")
            else:
                found[name] = {key: value for key, value in table.items() if self._typed(name, key, value)}
        return found

    def _typed(self, section: str, key: str, value: Any) -> bool:
        keys = _SECTIONS[section]
        if keys and key not in keys:
            self.say("unknown_key", f"{section}.{key}", "不认识的一项", suggest(key, keys))
            return False
        kind = keys.get(key, str)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.say("type", f"{section}.{key}", f"值的类型不对：{value!r}", f"应是{_TYPES[kind]}")
            return False
        return True

    def mapping(self, data: dict[str, dict[str, Any]], text: str) -> Mapping | None:
        """The mapping, null where an error forbids it."""
        head, fixed, only = data["mapping"], data["fixed"], data["only"]
        kind = self._word("mapping.kind", str(head.get("kind", "")), KINDS, "表的种类")
        header = self._header(data["file"])
        if kind is None or not header:
            return None
        columns = self._columns(data["columns"], kind, header)
        for title, word in only.items():
            if title not in header:
                self.say("unknown_column", f"only.{title}", "表头里没有这一列", suggest(title, header))
            elif not word.strip():
                what = "要写明只取哪一种行"
                self.say("blank", f"only.{title}", what, "如“全部”；没有合计行的分渠道数据不能导入")
        found = Mapping(
            title=str(head.get("title", "")).strip() or "未命名",
            kind=kind,
            header=tuple(header),
            columns=columns,
            header_rows=data["file"].get("header_rows", 1),
            units=self._units(data["units"], columns),
            account=self._account(fixed.get("account", ""), kind),
            platform=self._word("fixed.platform", fixed.get("platform", ""), _PLATFORM_WORDS, "平台", needed=False),
            period=self._period(fixed.get("period", "")),
            observed_at=self._moment(fixed.get("observed_at", "")),
            by_name=fixed.get("accounts_by_name", False),
            dates=self._word("mapping.dates", head.get("dates", ORDERS[0]), _SAME, "日期写法") or ORDERS[0],
            only=only,
            complete=head.get("complete", False),
            text=text,
        )  # fmt: skip
        self._contradictions(found)
        self.issues += lacking(found, self.file)
        return None if any(issue.level == "error" for issue in self.issues) else found

    def _word(self, key: str, word: str, known: dict[str, Any], what: str, *, needed: bool = True) -> Any:
        """What a word stands for; null and a problem where it is not known."""
        if word in known:
            return known[word]
        if word or needed:
            self.say("unknown_word", key, f"不认识的{what}“{values.shown(word)}”", suggest(word, known))
        return None

    def _header(self, file: dict[str, Any]) -> list[str]:
        header = file.get("header", [])
        if not header or not all(isinstance(title, str) for title in header):
            hint = "映射文件由 jianwei ingest 表 --draft-map 写出，[file] 一节请勿改动"
            self.say("no_header", "file.header", "没有写明是哪种表头的文件", hint)
            return []
        if file.get("header_rows", 1) not in {1, 2}:
            self.say("bad_header", "file.header_rows", "表头只能是 1 行或 2 行", "这一节请勿改动")
        return [str(title) for title in header]

    def _columns(self, given: dict[str, str], kind: Kind, header: Sequence[str]) -> dict[str, str]:
        known = words(kind)
        titles = Counter(header)
        columns: dict[str, str] = {}
        for title, word in given.items():
            key = f"columns.{title}"
            if title not in titles:
                self.say("unknown_column", key, "表头里没有这一列", suggest(title, titles))
            elif not word.strip():
                continue
            elif word not in known:
                what = f"{TEMPLATES[kind].title}里没有“{values.shown(word)}”"
                self.say("unknown_word", key, what, suggest(word, known) or f"可用的有：{'、'.join(known)}")
            elif titles[title] > 1:
                self.say(
                    "duplicate_column",
                    key,
                    "表里有几列都叫这个名字，不知道以哪一列为准",
                    "请在表里改名其中一列",
                )
            elif known[word] in columns.values():
                other = next(name for name, one in columns.items() if one == known[word])
                self.say("same_meaning", key, f"与“{other}”都写成了“{word}”", '只能留一列，其余写 ""')
            else:
                if known[word] in _COUNTED and scale(title) is None:
                    self.say("share", key, "列名里写着百分比，不是数量", '写 "" 表示不取')
                columns[title] = known[word]
        return columns

    def _units(self, given: dict[str, str], columns: dict[str, str]) -> dict[str, int]:
        found = {}
        for title, word in given.items():
            many = self._word(f"units.{title}", word, UNITS, "单位", needed=False)
            if title not in columns:
                self.say(
                    "unknown_column", f"units.{title}", "[columns] 里没有取这一列", suggest(title, columns)
                )
            elif many is not None:
                found[title] = many
        return found

    def _account(self, word: str, kind: Kind) -> str | None:
        if not word.strip():
            return None
        family = TEMPLATES[kind].platform
        if not _ACCOUNT.fullmatch(word) or not word.startswith(f"{family}:" if family else ""):
            hint = f"写成 {family or 'weibo'}:UID，如 {'wechat:gh_0123456789ab' if family == 'wechat' else 'weibo:2803301701'}"
            self.say("bad_account", "fixed.account", f"不能是“{values.shown(word)}”", hint)
            return None
        return word

    def _period(self, word: str) -> Period | None:
        if not word.strip():
            return None
        try:
            return times.span(word)
        except values.CellError as error:
            self.say(error.code, "fixed.period", error.reason, error.hint)
            return None

    def _moment(self, word: str) -> datetime | None:
        if not word.strip():
            return None
        try:
            return times.closing(word, datetime.max)
        except values.CellError as error:
            self.say(error.code, "fixed.observed_at", error.reason, error.hint)
            return None

    def _contradictions(self, mapping: Mapping) -> None:
        """What is written twice: as a column and as a fixed value, or as two kinds of period."""
        taken = set(mapping.columns.values())
        spans = [name for name in _SPANS if name in taken]
        if mapping.period is not None and spans:
            self.say("twice", "fixed.period", "表里已有写明时段的列", '留空，或把那一列写成 ""')
        if len(set(spans) - {"end"}) > 1 or ("end" in spans and "start" not in spans):
            self.say("twice", "columns", "时段只能用一种写法：月份，或日期，或起日和止日", '其余的列写 ""')
        if mapping.platform is not None and "platform" in taken:
            self.say("twice", "fixed.platform", "表里已有写明平台的列", '留空，或把那一列写成 ""')
        seen = "date" if mapping.kind == "followers" else "observed_at"
        if mapping.observed_at is not None and seen in taken:
            self.say("twice", "fixed.observed_at", "表里已有写明取数时间的列", '留空，或把那一列写成 ""')
        if "clock" in taken and "published_at" not in taken:
            self.say("no_day", "columns", "有“发布时刻”而没有“发布时间”", "日期所在的列写“发布时间”")


def lacking(mapping: Mapping, file: str = "") -> list[Issue]:
    """What a table must say and this mapping does not: errors, and warnings for what can be said later."""
    return [
        Issue(level, "missing_field", Place(file, None, key), what, hint)
        for level, key, what, hint in _lacking(mapping)
    ]


def _lacking(mapping: Mapping) -> Iterator[tuple[Level, str, str, str]]:
    taken, kind = set(mapping.columns.values()), mapping.kind
    if kind in {"weibo_posts", "wechat_posts"}:
        if "published_at" not in taken:
            yield "error", "columns", "没有一列是“发布时间”", "没有发布时间的内容不能归入任何时段"
        if not taken & {"link", "text", "title"}:
            word = "标题" if kind == "wechat_posts" else "正文摘要"
            yield "error", "columns", f"没有一列是“链接”或“{word}”", "没有它们就分不清各条内容"
    elif kind == "followers":
        if "followers" not in taken:
            yield "error", "columns", "没有一列是“粉丝数”", "在那一列的右边写“粉丝数”"
        if "date" not in taken and mapping.observed_at is None:
            what, hint = (
                "没有一列是“日期”",
                "写 [fixed] 的 observed_at，如 2015-06-30；或导入时加 --observed-at",
            )
            yield "warning", "fixed.observed_at", what, hint
        if "platform" not in taken and mapping.platform is None and mapping.account is None:
            yield "error", "fixed.platform", "没有一列是“平台”，也没有写明是哪个平台", "如“微博”或“微信”"
    else:
        if mapping.spanless and mapping.period is None:
            what, hint = "没有一列写明时段", "写 [fixed] 的 period，如 2015-06 或 2015H1；或导入时加 --period"
            yield "warning", "fixed.period", what, hint
        if not taken & _COUNTED:
            yield "error", "columns", "没有一列是数量", "至少有一列写明是发布数、阅读量等"
    yield from _lacking_account(mapping, taken)


def _lacking_account(mapping: Mapping, taken: set[str]) -> Iterator[tuple[Level, str, str, str]]:
    if mapping.by_name and "account_name" not in taken:
        yield "error", "fixed.accounts_by_name", "没有一列是账号名称，无法按名称查台账", "改为 false"
    if not mapping.says_whose and mapping.account is None:
        hint = "写 [fixed] 的 account；或 accounts_by_name = true 按名称查台账；或导入时加 --account"
        yield "warning", "fixed.account", "没有一列是账号的 UID/原始ID", hint
