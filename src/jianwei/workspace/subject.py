"""What is spoken of: a unit, its account, a month, a column, found by the words that people use for them."""

from __future__ import annotations

from dataclasses import dataclass

from jianwei.errors import DataError, suggest
from jianwei.forms import blank
from jianwei.forms.blank import FAMILIES
from jianwei.intake import values
from jianwei.intake.template import TEMPLATES, Kind, plain_title
from jianwei.leaderboard.membership import members
from jianwei.period import Period
from jianwei.workspace.desk import parsed
from jianwei.workspace.space import Workspace

__all__ = ["Subject", "find", "month", "named", "number", "unit"]


@dataclass(frozen=True)
class Subject:
    """What is spoken of: an account of a unit in a month."""

    unit_code: str
    unit: str
    account_id: str
    name: str
    uid: str
    family: str
    month: Period

    @property
    def kind(self) -> Kind:
        """The sheet that its sums stand on."""
        return FAMILIES[self.family][0]


def month(text: str) -> Period:
    """The month of a name. Raises DataError for any other period."""
    span = parsed(text)
    if span.kind != "month":
        raise DataError(f"要指明是哪个月，不能是“{text}”", hint="写成 2015-06")
    return span


def unit(space: Workspace, word: str) -> tuple[str, str]:
    """Code and name of a unit by its code, 全称 or 简称. Raises DataError where none or several have it."""
    units = space.roster.units.select(["code", "name", "short_name"]).to_pylist()
    hits = [one for one in units if word in (one["code"], one["name"], one["short_name"])]
    exact = [one for one in hits if one["code"] == word] or hits
    if len(exact) == 1:
        return exact[0]["code"], exact[0]["name"]
    if exact:
        raise DataError(f"叫“{word}”的单位有 {len(exact)} 个", hint="请改用单位编码")
    names = [one[key] for one in units for key in ("name", "short_name") if one[key]]
    raise DataError(f"台账里没有单位“{word}”", hint=suggest(word, names))


def find(space: Workspace, word: str, account: str | None, span: Period) -> Subject:
    """The account of a unit in a month, by uid or name; the only one where none is named. Raises DataError."""
    code, name = unit(space, word)
    own = [one for one in members(space.roster, span, FAMILIES) if one["unit"] == code]
    hits = [one for one in own if account is None or account in (one["uid"], one["name"], one["account_id"])]
    if len(hits) != 1:
        listed = "、".join(f"{one['name']}（{one['uid']}）" for one in own)
        if account is None and own:
            raise DataError(f"“{name}”有 {len(own)} 个账号", hint=f"用 --account 指明是哪一个：{listed}")
        if hits:
            raise DataError(f"“{name}”有 {len(hits)} 个账号叫“{account}”", hint=f"请改用 UID：{listed}")
        hint = f"有的是：{listed}" if own else ""
        raise DataError(f"“{name}”在{span.chinese}没有账号“{account or ''}”", hint=hint)
    one = hits[0]
    return Subject(code, name, one["account_id"], one["name"], one["uid"], one["family"], span)


def named(kind: Kind, title: str) -> str:
    """The field of a column of numbers by its title or another word for it. Raises DataError."""
    word = plain_title(title)
    fields = blank.counted(kind)
    for column in TEMPLATES[kind].columns:
        if column.field in fields and word in {plain_title(one) for one in (column.title, *column.also)}:
            return column.field
    known = [column.title for column in TEMPLATES[kind].columns if column.field in fields]
    raise DataError(f"没有“{title}”这一列", hint=suggest(title, known) or f"可用的有：{'、'.join(known)}")


def number(title: str, text: str | None) -> int | None:
    """The number that was written for a column, None where none was. Raises DataError."""
    try:
        return None if text is None else values.count(text).value
    except values.CellError as error:
        raise DataError(f"“{title}”的值不对：{error.reason}", hint=error.hint) from error
