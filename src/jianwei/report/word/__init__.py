"""The Word writer: an official paper with real styles, fields, captions and charts that can be edited."""

from jianwei.report.word.writer import render, write

__all__ = ["render", "write"]
