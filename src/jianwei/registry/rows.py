"""Rows to values: every cell read by its column, every problem kept with its row and field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jianwei.errors import Issue, Level, Place, suggest
from jianwei.model import Platform
from jianwei.registry.cells import CellError
from jianwei.registry.columns import Column, Sheet
from jianwei.registry.tables import Line, Table

__all__ = ["Row", "credit_code_fits", "key_of", "read", "weibo_uid"]

_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_WEIBO_LINK = re.compile(r"(?:https?://)?(?:www\.|m\.|e\.)?weibo\.(?:com|cn)/(?:u/)?(\d{5,})(?:[/?].*)?")


@dataclass
class Row:
    """A row of one kind: its values by field, and what is wrong with it."""

    sheet: Sheet
    where: Place
    values: dict[str, Any]
    raw: tuple[str, ...]
    issues: list[Issue] = field(default_factory=list)

    @property
    def bad(self) -> bool:
        """Whether an error leaves the row out."""
        return any(issue.level == "error" for issue in self.issues)

    def say(self, level: Level, code: str, name: str, what: str, hint: str = "") -> None:
        """Add a problem with a field ("" for the whole row)."""
        column = self.sheet.by_field.get(name)
        place = Place(self.where.file, self.where.row, column.title if column else name)
        self.issues.append(Issue(level, code, place, what, hint))


def read(table: Table) -> Iterator[Row]:
    """The rows of a table with their values."""
    columns = [table.sheet.by_field[name] for name in table.fields]
    for line in table.lines:
        row = Row(table.sheet, line.where, {}, line.raw)
        if line.fault:
            row.say("error", "row_width", "", line.fault, "请补全这一行")
        else:
            _fill(row, line, columns)
            _judge(row)
        yield row


def _fill(row: Row, line: Line, columns: Iterable[Column]) -> None:
    for column in columns:
        cell = line.cells[column.field]
        try:
            value = column.read(cell)
        except CellError as error:
            code = "mangled_id" if "Excel" in str(error) else "unreadable"
            row.say("error", code, column.field, str(error), error.hint)
            continue
        row.values[column.field] = _worded(row, column, value)
        if isinstance(value, str) and len(value) > column.longest:
            row.say(
                "error", "too_long", column.field, f"有 {len(value)} 字，最多 {column.longest} 字", "请缩短"
            )
    for column in row.sheet.columns:
        empty = row.values.get(column.field) in (None, "")
        told = any(issue.where.field == column.title for issue in row.issues)
        if column.required and empty and not told:
            row.say("error", "required", column.field, f"缺少{column.title}", "此项必填")


def _worded(row: Row, column: Column, value: Any) -> Any:
    """The value in its column's vocabulary; a closed one refuses other words, else they are kept."""
    if column.words is None or not value:
        return value
    word, remark = column.words.read(value)
    if word is None:
        hint = suggest(value, column.words.known)
        if column.words.closed:
            row.say("error", "unknown_word", column.field, f"不认识的{column.title}“{value}”", hint)
        else:
            row.say(
                "warning", "unusual_word", column.field, f"{column.title}“{value}”不在常用词中，已照录", hint
            )
        return value
    if remark:
        row.say("warning", "presumed_word", column.field, f"“{value}”{remark}")
    elif word != value:
        row.say("note", "normalised_word", column.field, f"“{value}”已统一写作“{word}”")
    return word


def _judge(row: Row) -> None:
    """Rules within one row, beyond single cells."""
    match row.sheet.kind:
        case "units":
            _unit(row)
        case "accounts" if not row.bad:
            _account(row)
        case "populations" | "regions":
            _adcode(row)
        case _:
            pass
    for first, last in (("start", "end"), ("opened", "closed")):
        begun, ended = row.values.get(first), row.values.get(last)
        if begun and ended and ended < begun:
            row.say("error", "dates_reversed", last, f"{ended} 早于 {begun}", "请核对两个日期")


def _adcode(row: Row) -> None:
    value = row.values.get("adcode")
    if value and not re.fullmatch(r"\d{6}", value):
        row.say("error", "adcode", "adcode", f"区划代码“{value}”不是六位数字", "例如重庆市为 500000")


def _unit(row: Row) -> None:
    _adcode(row)
    values = row.values
    credit = values.get("credit_code")
    if credit and not credit_code_fits(credit):
        row.say(
            "warning", "credit_code", "credit_code", f"统一社会信用代码“{credit}”的位数或校验位不对", "请核对"
        )
    for name in ("parent", "supervisor", "predecessor"):
        if values.get(name) and values[name] == values.get("code"):
            row.say("error", "own_superior", name, "填的是本单位自己", "请填另一个单位的编码，没有就留空")


def _account(row: Row) -> None:
    values = row.values
    family = Platform(values["platform"]).family
    uid = values.get("uid", "")
    if family == "weibo" and (linked := weibo_uid(uid)):
        uid = values["uid"] = linked
    if not uid:
        if family in ("weibo", "wechat"):
            name = "微博填数字 UID，微信填 gh_ 开头的原始ID或微信号"
            row.say("error", "required", "uid", "缺少UID/原始ID，无法与数据对应", name)
        else:
            row.say("warning", "no_uid", "uid", f"没有{values['platform']}的账号ID，只能登记，不能与数据对应")
    elif " " in uid:
        row.say("error", "uid_form", "uid", f"“{uid}”中间有空格", "请去掉空格")
    elif family == "weibo" and not re.fullmatch(r"[1-9]\d{4,11}", uid):
        row.say(
            "warning",
            "uid_form",
            "uid",
            f"微博 UID“{uid}”不像数字 UID",
            "可在账号主页地址 weibo.com/u/ 之后找到",
        )


def weibo_uid(link: str) -> str:
    """The uid in the address of a Weibo account's page, "" where there is none."""
    found = _WEIBO_LINK.fullmatch(link)
    return found[1] if found else ""


def credit_code_fits(text: str) -> bool:
    """Whether a 统一社会信用代码 has 18 signs and the right check sign. Source: GB 32100-2015."""
    if len(text) != 18 or any(sign not in _CREDIT_SIGNS for sign in text):
        return False
    total = sum(
        _CREDIT_SIGNS.index(sign) * weight for sign, weight in zip(text, _CREDIT_WEIGHTS, strict=False)
    )
    return _CREDIT_SIGNS[-total % 31] == text[-1]


def key_of(sheet: Sheet, values: Mapping[str, Any]) -> tuple[Any, ...]:
    """What names a row: an account by family and uid, or by unit, platform and name without one."""
    if sheet.kind == "accounts":
        if uid := values.get("uid"):
            return Platform(values["platform"]).family, uid
        return values["unit"], values["platform"], values["name"]
    return tuple(values[name] for name in sheet.key)
