"""Private data in texts: mobile numbers, identity numbers, bank cards and mailboxes, found and masked.

    mask("请联系13812345678")  →  "请联系138****5678"

Numbers of public service stay as they are: landlines, 12345 and other hotlines, 400 and 800
numbers. So do the digits of web addresses and what is called a uid, mid or id beside it.
Full-width digits and letters count as ordinary ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

__all__ = ["CANDIDATE", "KINDS", "Found", "find", "kinds", "mask", "veil"]

KINDS: tuple[str, ...] = ("手机号", "身份证", "银行卡", "邮箱")
"""What is found, as screens call it."""

CANDIDATE = (
    r"[0-9０-９]{3}.{0,2}[0-9０-９]{4}.{0,2}[0-9０-９]{4}"
    r"|[0-9A-Za-z０-９Ａ-Ｚａ-ｚ_.%+＿．％＋－-][@＠][0-9A-Za-z０-９Ａ-Ｚａ-ｚ－-]"
)
"""A pattern (RE2, for DuckDB and Arrow) that every text with private data matches, and few others."""

_CANDIDATE = re.compile(CANDIDATE)
_STAR = "*"
_PLAIN = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys([0xA0, 0x2002, 0x2003, 0x2009, 0x3000], " ")
    | dict.fromkeys([*range(0x2010, 0x2016), 0x2212], "-")
)
"""One sign to one sign, so that places in the plain text are places in the text."""

_MAIL = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}"
)
_CITIZEN = re.compile(r"(?<!\d)\d{6}([ -]?)\d{8}\1\d{3}[\dXx](?!\d)", re.ASCII)
_OLD_CITIZEN = re.compile(r"(?<!\d)\d{15}(?!\d)", re.ASCII)
_CARD = re.compile(r"(?<!\d)(?:\d{16,19}|\d{4}(?:[ -]\d{4}){3}(?:[ -]?\d{1,3})?)(?!\d)", re.ASCII)
_MOBILE = re.compile(
    r"(?<!\d)(?:(?:\+|00)86[ -]?)?(1[3-9]\d(?:\d{8}|[ -]\d{4}[ -]?\d{4}|\d{4}[ -]\d{4}))(?!\d)", re.ASCII
)
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9-])(?:https?://|www\.|(?:[A-Za-z0-9-]{1,63}\.){1,8}(?:com|cn|net|org)/)"
    r"[A-Za-z0-9\-._~:/?#@!$&%+=]*",
    re.IGNORECASE,
)
_NAMED_ID = re.compile(
    r"(?:uid|mid|微博\s*id|微博号|微博编号|(?:user|weibo|post|用户)_?id|(?<![a-z信证])id)"
    r"\s*[\"'”’]?\s*[:=为是]?\s*[\"'“‘]?$",
    re.IGNORECASE,
)
_QUANTITY = re.compile(r"(?:\.\d+)?\s*(?:元|万|亿|余|人次|%|美元|平方|公里|吨)")
_BANKING = re.compile(r"(?:卡|账号|帐号|账户|帐户|银行|开户|汇款|收款)[^\n]{0,10}$")
_BEFORE = 24
"""Signs before a number that tell what it is."""

_PROVINCES = frozenset(
    str(code)
    for codes in (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66))
    for code in (*codes, 71, 81, 82, 83)
)
_CHECK_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_SIGNS = "10X98765432"
_ISSUERS = ("62", "60", "68", "69", "9")
"""First digits of cards issued in China; others begin like Weibo's ids and need a word beside them."""


@dataclass(frozen=True)
class Found:
    """Private data at `start` to before `end` of a text; kind is one of KINDS."""

    kind: str
    start: int
    end: int


def find(text: str) -> list[Found]:
    """The private data of a text in order, none overlapping another."""
    if _CANDIDATE.search(text) is None:
        return []
    plain = text.translate(_PLAIN)
    addresses = _marked(plain, (match.span() for match in _ADDRESS.finditer(plain)))
    taken = bytearray(len(plain))
    found: list[Found] = []
    for kind, spans in (
        ("邮箱", _mails(plain)),
        ("身份证", _citizens(plain, addresses)),
        ("银行卡", _cards(plain, addresses)),
        ("手机号", _mobiles(plain, addresses)),
    ):
        for start, end in spans:
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append(Found(kind, start, end))
    return sorted(found, key=lambda one: one.start)


def _marked(text: str, spans: Iterable[tuple[int, int]]) -> bytearray:
    """One byte a sign of a text, 1 within the spans."""
    marks = bytearray(len(text))
    for start, end in spans:
        marks[start:end] = b"\1" * (end - start)
    return marks


def kinds(text: str) -> tuple[str, ...]:
    """Which kinds a text holds, in the order of KINDS."""
    held = {found.kind for found in find(text)}
    return tuple(kind for kind in KINDS if kind in held)


def mask(text: str) -> str:
    """The text with its private data starred out, as long as before; the same where it holds none.

    Kept are 3 and 4 digits of a mobile number, 4 and 2 of an identity number, 4 and 4 of a card,
    and the first letter and the server of a mailbox. Masking twice is masking once.
    """
    while found := find(text):
        pieces, reached = [], 0
        for one in found:
            pieces += [text[reached : one.start], _HIDE[one.kind](text[one.start : one.end])]
            reached = one.end
        text = "".join([*pieces, text[reached:]])
    return text


def veil(row: Mapping[str, Any]) -> dict[str, Any]:
    """A post as it may be shown: its title and text masked, and in `private` which kinds they held."""
    words = {name: row[name] for name in ("title", "text") if row.get(name)}
    held = {kind for text in words.values() for kind in kinds(text)}
    masked = {name: mask(text) for name, text in words.items()} if held else words
    return dict(row) | masked | {"private": tuple(kind for kind in KINDS if kind in held)}


def _mails(plain: str) -> Iterator[tuple[int, int]]:
    for match in _MAIL.finditer(plain):
        yield match.span()


def _citizens(plain: str, addresses: bytearray) -> Iterator[tuple[int, int]]:
    """Identity numbers: 18 signs with the right check sign (GB 11643), or 15 of the old form."""
    for match in _CITIZEN.finditer(plain):
        number = re.sub("[ -]", "", match[0]).upper()
        if _born(number[:2], number[6:14]) and _check_sign(number[:17]) == number[17]:
            yield match.span()
    for match in _OLD_CITIZEN.finditer(plain):
        number = match[0]
        if _born(number[:2], f"19{number[6:12]}") and not _is_other(plain, *match.span(), addresses):
            yield match.span()


def _cards(plain: str, addresses: bytearray) -> Iterator[tuple[int, int]]:
    """Cards: 16 to 19 digits that pass Luhn's test and begin as an issuer's, or stand beside a bank's word."""
    for match in _CARD.finditer(plain):
        start, end = match.span()
        number = re.sub("[ -]", "", match[0])
        told = len(number) < end - start or _BANKING.search(plain[max(0, start - _BEFORE) : start])
        if not told and (not number.startswith(_ISSUERS) or _is_other(plain, start, end, addresses)):
            continue
        # An identity number with a slip in it is no card by chance.
        if len(number) == 17 and plain[end : end + 1] in ("X", "x"):
            continue
        if len(number) == 18 and _born(number[:2], number[6:14]):
            continue
        if _luhn(number):
            yield start, end


def _mobiles(plain: str, addresses: bytearray) -> Iterator[tuple[int, int]]:
    for match in _MOBILE.finditer(plain):
        start, end = match.span(1)
        amount = _QUANTITY.match(plain, end) or plain[max(0, start - 2) : start].endswith(
            ("¥", "$", "￥", "0.")
        )
        if not amount and not _is_other(plain, start, end, addresses):
            yield start, end


def _is_other(plain: str, start: int, end: int, addresses: bytearray) -> bool:
    """Whether the digits are part of a web address, or of what is called an id."""
    if any(addresses[start:end]):
        return True
    return _NAMED_ID.search(plain[max(0, start - _BEFORE) : start]) is not None


def _born(province: str, day: str) -> bool:
    """Whether an identity number can begin so: a province (9 for residents from abroad) and a birthday."""
    if province not in _PROVINCES and not province.startswith("9"):
        return False
    try:
        return 1850 <= date(int(day[:4]), int(day[4:6]), int(day[6:])).year <= 2099
    except ValueError:
        return False


def _check_sign(digits: str) -> str:
    """The 18th sign of an identity number. Source: GB 11643-1999, ISO 7064 MOD 11-2."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, _CHECK_WEIGHTS, strict=True))
    return _CHECK_SIGNS[total % 11]


def _luhn(digits: str) -> bool:
    """Whether a card number's last digit fits. Source: ISO/IEC 7812-1, annex B."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _starred(first: int, last: int) -> Callable[[str], str]:
    """A mask that keeps this many signs at the ends, and whatever separates the groups."""

    def hide(text: str) -> str:
        places = [place for place, sign in enumerate(text) if sign.isalnum()]
        hidden = set(places[first : len(places) - last])
        return "".join(_STAR if place in hidden else sign for place, sign in enumerate(text))

    return hide


def _mail_hidden(text: str) -> str:
    at = text.translate(_PLAIN).index("@")
    kept = 1 if at > 1 else 0
    return text[:kept] + _STAR * (at - kept) + text[at:]


_HIDE: dict[str, Callable[[str], str]] = {
    "手机号": _starred(3, 4),
    "身份证": _starred(4, 2),
    "银行卡": _starred(4, 4),
    "邮箱": _mail_hidden,
}
