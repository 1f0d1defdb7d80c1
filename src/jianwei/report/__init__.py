"""Reports: facts composed into a document, written as one HTML file, frozen as an edition."""

from __future__ import annotations

from jianwei.report.edition import Edition, freeze
from jianwei.report.facts import Facts
from jianwei.report.model import Document
from jianwei.report.outline import compose

__all__ = ["Document", "Edition", "Facts", "compose", "freeze"]
