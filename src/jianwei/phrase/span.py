"""Spans: pieces of prose, each number with the address of the fact it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from jianwei.errors import RenderError

__all__ = ["Span", "Spans", "clean", "enumerate_names", "fill", "plain", "text", "tight"]


@dataclass(frozen=True)
class Span:
    """A piece of text; `address` names the fact behind it, `name` says it is a proper name.

    Addresses: `S4.posts`, `S4.posts#alt`, `F4.monthly#2015-02.posts`, `T2.leaders#1`,
    `board:RECIPE/COHORT/PERIOD/UNIT#score`, `period#end`, `ref:F1`. "" means plain text.
    """

    text: str
    address: str = ""
    name: bool = False


Spans = tuple[Span, ...]
"""A sentence or paragraph."""

_HOLE = re.compile(r"\{(\w+)\}")
_DIGIT = re.compile(r"\d")
_LOOSE = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\d÷])|(?<=[\d%÷]) (?=[\u4e00-\u9fff])")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(words: str) -> str:
    """The text without control characters and lone surrogates, which break XML, CSV and print."""
    return _CONTROL.sub("", words)


def tight(words: str) -> str:
    """Text without the blanks that some writers put between Chinese characters and digits."""
    return _LOOSE.sub("", clean(words))


def fill(template: str, **parts: Span | Spans | str) -> Spans:
    """A sentence from a template with `{holes}`; neighbouring plain pieces are joined.

    Raises RenderError when the template itself holds a digit (it would be bound to nothing)
    or when a hole has no part.
    """
    found: list[Span] = []
    for index, piece in enumerate(_HOLE.split(template)):
        if index % 2 == 0:
            if _DIGIT.search(piece):
                raise RenderError(f"句式里有未绑定的数字：{template}", hint="数字须由发现填入")
            found.append(Span(piece))
        elif piece not in parts:
            raise RenderError(f"句式缺少“{piece}”：{template}")
        else:
            part = parts[piece]
            found.extend(part if isinstance(part, tuple) else [Span(part) if isinstance(part, str) else part])
    return _merge(found)


def text(words: str) -> Spans:
    """Plain text as a sentence (own words of a person; digits in it are bound to nothing)."""
    return (Span(clean(words)),)


def plain(spans: Iterable[Span]) -> str:
    """The words of a sentence without addresses."""
    return "".join(span.text for span in spans)


def enumerate_names(names: Iterable[str], address: str = "", *, most: int = 0, quote: bool = False) -> Spans:
    """Names joined by 、, each with the address `ADDRESS#place`; `most` > 0 cuts the list with 等."""
    given = list(names)
    shown = given[:most] if most else given
    found: list[Span] = []
    for place, name in enumerate(shown, 1):
        if place > 1:
            found.append(Span("、"))
        word = f"“{clean(name)}”" if quote else clean(name)
        found.append(Span(word, f"{address}#{place}" if address else "", name=True))
    if len(shown) < len(given):
        found.append(Span("等"))
    return tuple(found)


def _merge(spans: Iterable[Span]) -> Spans:
    merged: list[Span] = []
    for span in spans:
        if not span.text and not span.address:
            continue
        if merged and not span.address and not merged[-1].address and span.name == merged[-1].name:
            merged[-1] = Span(merged[-1].text + span.text, "", span.name)
        else:
            merged.append(span)
    return tuple(merged)
