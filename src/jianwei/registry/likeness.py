"""Names that look alike: one spelling of a name, and why two names could be taken for each other.

Declared in presets/lexicons/names.toml. The rules, strongest first: the same name once spaces,
marks, width and case are gone; the same but for signs that look alike; the same without 官方微博,
发布 and the like; one sign more, less, other or swapped (optimal string alignment distance 1).
Two names that hold different places, or differ by a number or direction, are two offices.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

__all__ = ["RULES", "Likeness", "Names", "bare", "distance", "plain", "skeleton"]

RULES: dict[str, str] = {
    "same": "名称相同（不计空格、标点、全角半角和大小写）",
    "glyphs": "形近：只有看起来相像的字不同",
    "affixes": "去掉“官方”“发布”等前后缀后相同",
    "one_sign": "一字之差（编辑距离 1；多、少、换一个字，或相邻两字颠倒）",
}
"""Rules by which names are alike, strongest first."""

_LEAST_CORE = 3
_LEAST_INSERTED = 4
_LEAST_REPLACED = 5


@dataclass(frozen=True)
class Likeness:
    """Why a name could be taken for `other`: a key of RULES, and what differs, in Chinese."""

    rule: str
    other: str
    detail: str = ""

    @property
    def told(self) -> str:
        """The rule and the difference for people."""
        return RULES[self.rule] + (f"：{self.detail}" if self.detail else "")


@cache
def _lexicon() -> Mapping[str, list[str]]:
    text = resources.files("jianwei.presets").joinpath("lexicons/names.toml").read_text("utf-8")
    found: dict[str, list[str]] = {key: list(value) for key, value in tomllib.loads(text).items()}
    return found


@cache
def _glyphs() -> dict[int, str]:
    return {ord(sign): group[0] for group in _lexicon()["lookalikes"] for sign in group[1:]}


@cache
def _affixes(kind: str) -> tuple[str, ...]:
    return tuple(sorted((plain(word) for word in _lexicon()[kind]), key=len, reverse=True))


def plain(name: str) -> str:
    """The name without spaces, marks and invisible signs, full width and capitals made ordinary."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(sign for sign in folded if unicodedata.category(sign)[0] in "LN")


def skeleton(name: str) -> str:
    """The plain name with every sign replaced by the first of those that look like it."""
    return plain(name).translate(_glyphs())


def bare(name: str, *, places: Collection[str] = ()) -> str:
    """The skeleton without 官方微博 and the like at its end or front, and without 发布, 在线 where more
    than a place's name is left. At least two signs stay.
    """
    text = skeleton(name)
    while (shorter := _shorter(text, places)) != text:
        text = shorter
    return text


def _shorter(text: str, places: Collection[str]) -> str:
    for word in _affixes("decorations"):
        for rest in (text.removesuffix(word), text.removeprefix(word) if len(word) > 1 else text):
            if rest != text and len(rest) > 1:
                return rest
    for word in _affixes("variants"):
        rest = text.removesuffix(word)
        if rest != text and len(rest) > 1 and rest not in places:
            return rest
    return text


def distance(one: str, other: str) -> int:
    """Optimal string alignment distance: insertions, deletions, replacements, swaps of neighbours.

    Source: Damerau 1964 in the restricted form (no sign edited twice).
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


class Names:
    """An index of registered names: what a name could be taken for.

    places: names and stems of divisions (沙坪坝区, 沙坪坝), as written. Each name stands for the
    things given with it.
    """

    def __init__(self, names: Iterable[str], places: Iterable[str] = ()) -> None:
        self._places = frozenset(place for name in places if len(place := skeleton(name)) > 1)
        self._longest = max((len(place) for place in self._places), default=0)
        self._plain: dict[str, list[str]] = defaultdict(list)
        self._skeleton: dict[str, list[str]] = defaultdict(list)
        self._bare: dict[str, list[str]] = defaultdict(list)
        self._near: dict[str, list[str]] = defaultdict(list)
        for name in dict.fromkeys(names):
            seen = skeleton(name)
            if len(seen) < 2:
                continue
            self._plain[plain(name)].append(name)
            self._skeleton[seen].append(name)
            self._bare[bare(name, places=self._places)].append(name)
            for shorter in {seen, *_without_one(seen)}:
                self._near[shorter].append(name)

    def like(self, name: str) -> list[Likeness]:
        """What the name could be taken for: those of the strongest rule that fits any."""
        seen, core = skeleton(name), bare(name, places=self._places)
        if len(seen) < 2:
            return []
        if found := self._plain.get(plain(name)):
            return [Likeness("same", other) for other in found]
        if found := self._skeleton.get(seen):
            return [Likeness("glyphs", other, _signs(plain(name), plain(other))) for other in found]
        if len(core) >= _LEAST_CORE and core not in self._places and (found := self._bare.get(core)):
            return [Likeness("affixes", other, f"都是“{core}”") for other in found]
        if seen != core and (found := self._skeleton.get(core)):
            return [Likeness("affixes", other, f"去掉后就是“{other}”") for other in found]
        near = {other for shorter in (seen, *_without_one(seen)) for other in self._near.get(shorter, ())}
        one_off = [(other, self._one_sign(seen, skeleton(other))) for other in sorted(near)]
        return [Likeness("one_sign", other, detail) for other, detail in one_off if detail]

    def _one_sign(self, one: str, other: str) -> str:
        """How two skeletons differ by one sign, in Chinese; "" where they do not or are two offices."""
        if distance(one, other) != 1:
            return ""
        start = next(
            (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
        )
        if sorted(one) == sorted(other) and len(one) >= _LEAST_INSERTED:
            return f"“{one[start : start + 2]}”与“{other[start : start + 2]}”颠倒"
        if self._held(one) != self._held(other):
            return ""
        telling = _lexicon()["telling"]
        if len(one) != len(other):
            longer = max(one, other, key=len)
            sign = longer[start]
            # A number at the end is how a copy of a name is made; elsewhere it tells offices apart.
            apart = sign in telling and not (sign.isdigit() and start == len(longer) - 1)
            if apart or min(len(one), len(other)) < _LEAST_INSERTED:
                return ""
            return f"{'多' if longer == one else '少'}一个“{sign}”"
        if len(one) < _LEAST_REPLACED or one[start] in telling or other[start] in telling:
            return ""
        return f"“{one[start]}”换作“{other[start]}”"

    def _held(self, text: str) -> list[str]:
        """The places that a skeleton names, longest first from the left, each without its kind."""
        found, start = [], 0
        while start < len(text):
            for length in range(min(self._longest, len(text) - start), 1, -1):
                if text[start : start + length] in self._places:
                    found.append(re.sub("[省市区县旗盟]$", "", text[start : start + length]))
                    start += length
                    break
            else:
                start += 1
        return sorted(found)


def _without_one(text: str) -> Iterator[str]:
    for place in range(len(text)):
        yield text[:place] + text[place + 1 :]


def _signs(one: str, other: str) -> str:
    pairs = [f"“{a}”与“{b}”" for a, b in zip(one, other, strict=False) if a != b]
    return "、".join(dict.fromkeys(pairs))
