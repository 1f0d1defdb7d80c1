"""A guess as a mapping file for a person to check: every line says what it is and why."""

from __future__ import annotations

from typing import Any

import tomlkit
from tomlkit.items import Table as Section

from jianwei.intake.guess import SURE, Column, Guess
from jianwei.intake.mapping import ORDERS, UNITS, words
from jianwei.intake.mapping_file import KINDS
from jianwei.intake.template import TEMPLATES, plain_title

__all__ = ["text"]

_HEAD = (
    "见微列映射：说明一种表的每一列是什么意思。# 号后面是说明。",
    "核对并改好后运行 jianwei ingest 文件 --map 本文件，即为确认；同样表头的文件以后直接导入。",
    "空白表示未掌握，0 表示确为零；没有写进映射的列一律不取。",
)
_VIEWS = ("reads", "shares")


def text(guess: Guess, title: str) -> str:
    """The mapping file of a guess. title: what to call the mapping."""
    mapping = guess.mapping(title)
    document = tomlkit.document()
    for line in _HEAD:
        document.add(tomlkit.comment(line))
    document.add("mapping", _head(guess, title))
    document.add("columns", _columns(guess))
    units = _section(f"[columns] 里的列以什么为单位：{'、'.join(UNITS)}；不写就是按个数")
    for name, many in mapping.units.items():
        _put(units, name, next(word for word, value in UNITS.items() if value == many), "列名里写着单位")
    document.add("units", units)
    document.add("fixed", _fixed(guess))
    document.add("only", _only(guess))
    file = _section("以下由程序写入，请勿改动：只有表头一字不差的文件才用这个映射")
    header = tomlkit.array()
    for name in guess.table.header:
        header.append(name)
    file.add("header", header.multiline(multiline=len(guess.table.header) > 4))
    file.add("header_rows", guess.table.header_rows)
    document.add("file", file)
    return tomlkit.dumps(document)


def _head(guess: Guess, title: str) -> Section:
    head = tomlkit.table()
    _put(head, "title", title, "给这种表起的名字")
    others = f"；也可能是{'、'.join(TEMPLATES[kind].title for kind in guess.others)}" if guess.others else ""
    _put(head, "kind", TEMPLATES[guess.kind].title, f"可用的有：{'、'.join(KINDS)}{others}")
    if guess.kind.endswith("posts"):
        what = "true：这种表列出了各账号在该时段的全部发布内容；false：只是其中一部分，不能据以说谁没有发布"
        _put(head, "complete", False, what)
    asked = "" if guess.dates == ORDERS[0] else "，请核对哪个是月、哪个是日"
    _put(head, "dates", guess.dates, f"日期写法：{'、'.join(ORDERS)}{asked}")
    return head


def _columns(guess: Guess) -> Section:
    known = words(guess.kind)
    said = {field: word for word, field in known.items()}
    columns = _section(
        "左边是表里的列，右边是它的意思；不取的列右边写 \"\"。",
        f"右边可以写：{'、'.join(known)}",
    )  # fmt: skip
    for one in guess.columns:
        if one.title in columns:
            continue
        sure = one.field is not None and one.confidence >= SURE
        word = said[one.field] if sure and one.field is not None else ""
        _put(columns, one.title, word, _why(one, said, sure))
    return columns


def _why(one: Column, said: dict[str, str], sure: bool) -> str:
    parts = [one.why]
    if one.field is not None:
        parts.append(f"把握 {one.confidence:.0%}")
        if not sure:
            parts.append(f"可能是“{said[one.field]}”，请核对后再填")
        elif one.confidence < 0.75:
            parts.append("请核对")
        if one.field in _VIEWS and "次" not in plain_title(one.title) and f"{one.field}ers" not in said:
            parts.append("没有写明是次数还是人数，请核对")
    if one.samples:
        parts.append(f"如 {'｜'.join(one.samples)}")
    return "；".join(parts)


def _fixed(guess: Guess) -> Section:
    fixed = _section(
        "整个表都一样、而表里没有列出的内容；没有就留空。",
        "账号、时段、取数时间只管用 --map 导入的这一个文件，以后的文件另用 --account、--period、--observed-at 写明",
    )
    filled = {one.field for one in guess.columns if one.confidence >= SURE}
    family = TEMPLATES[guess.kind].platform or "weibo"
    named = "uid" not in filled and "account_name" in filled
    what = f"整个表是一个账号的数据时写它，如 {family}:{'gh_0123456789ab' if family == 'wechat' else '2803301701'}"
    _put(fixed, "account", "", what)
    _put(fixed, "accounts_by_name", named, "true：按账号名称到台账里查 UID，查不到的放入待处理记录")
    if guess.kind == "followers":
        _put(fixed, "platform", "", "整个表是一个平台的数据时写它，如 微博 或 微信")
    elif guess.kind.endswith("totals"):
        _put(fixed, "period", "", "整个表是一个时段的数据时写它，如 2015-06、2015H1、2015-01-26..2015-02-01")
    _put(fixed, "observed_at", "", "这些数是何时取得的，如 2015-07-02；留空则看文件名和修改时间")
    return fixed


def _only(guess: Guess) -> Section:
    only = _section('同一个数按渠道分成几行时，写明只取哪一种行，如 "渠道" = "全部"；各渠道的人数不能相加')
    for title, word in guess.only.items():
        _put(only, title, word, "请核对" if word else "表里没有“全部”的行，请写明只取哪一种，否则不能导入")
    return only


def _section(*comments: str) -> Section:
    section = tomlkit.table()
    for line in comments:
        section.add(tomlkit.comment(line))
    return section


def _put(section: Section, key: str, value: Any, comment: str) -> None:
    # Control characters are allowed in no comment of TOML.
    item = tomlkit.item(
        "".join(one if one.isprintable() else " " for one in value) if isinstance(value, str) else value
    )
    item.comment("".join(one if one.isprintable() else " " for one in comment))
    section.add(key, item)
