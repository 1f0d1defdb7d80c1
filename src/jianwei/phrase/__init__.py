"""Finding → Chinese: numbers, sentences, and the addresses that bind every digit to a fact."""

from __future__ import annotations

from jianwei.phrase.absence import absence, absences, given, has
from jianwei.phrase.sentence import text_of
from jianwei.phrase.span import Span, Spans, clean, enumerate_names, fill, plain, text, tight
from jianwei.phrase.title import TITLES, title_of

__all__ = [
    "TITLES",
    "Span",
    "Spans",
    "absence",
    "absences",
    "clean",
    "enumerate_names",
    "fill",
    "given",
    "has",
    "plain",
    "text",
    "text_of",
    "tight",
    "title_of",
]
