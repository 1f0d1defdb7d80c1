"""Weibo's two ids of a post: mid (decimal) and bid (base 62, four letters for seven digits)."""

from __future__ import annotations

__all__ = ["bid", "checked", "mid"]

_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUES = {letter: value for value, letter in enumerate(_LETTERS)}


def mid(word: str) -> str:
    """The mid of a bid, e.g. z0JH2lOMb → 3501756485200075. Raises ValueError if it is no bid."""
    if not word or not all(letter in _VALUES for letter in word) or len(word) > 12:
        raise ValueError(f"不是微博短编号：{word}")
    groups = []
    for end in range(len(word), 0, -4):
        value = 0
        for letter in word[max(0, end - 4) : end]:
            value = value * 62 + _VALUES[letter]
        if value >= 10**7:
            raise ValueError(f"不是微博短编号：{word}")
        groups.append(value)
    first, *others = reversed(groups)
    return str(first) + "".join(f"{value:07d}" for value in others)


def bid(number: str) -> str:
    """The bid of a mid, e.g. 4454572602912349 → ImTGkcdDn. Raises ValueError if it is no mid."""
    if not number.isascii() or not number.isdigit():
        raise ValueError(f"不是微博编号：{number}")
    groups = []
    for end in range(len(number), 0, -7):
        value, letters = int(number[max(0, end - 7) : end]), ""
        while value:
            value, rest = divmod(value, 62)
            letters = _LETTERS[rest] + letters
        groups.append(letters)
    first, *others = reversed(groups)
    return (first or "0") + "".join(letters.rjust(4, "0") for letters in others)


def checked(word: object, number: str) -> str | None:
    """The bid in a cell as it goes into a link, "" where there is none that says anything.

    Returns None where the bid shows that a spreadsheet has rounded the mid: a double keeps 15 digits.
    """
    text = "" if word is None else str(word).strip()
    if len(text) not in range(6, 13) or not (text.isascii() and text.isalnum()):
        return ""
    if number.endswith("0") and len(number) > 15:
        try:
            true = mid(text)
        except ValueError:
            return text
        if (
            true != number
            and len(true) == len(number)
            and abs(int(true) - int(number)) < 10 ** (len(number) - 15)
        ):
            return None
    return text
