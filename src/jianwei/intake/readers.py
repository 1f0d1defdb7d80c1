"""Every reader, in the order in which a file is shown to them: the narrow ones before the wide ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from jianwei.intake import (
    forms,
    media_crawler,
    wechat_datacube,
    wechat_download,
    wechat_exporter,
    wechat_history,
    weibo_api,
    weibo_archiver,
    weibo_comments,
    weibo_crawler,
    weibo_json,
    weibo_lines,
    weibo_search,
    weibo_sfm,
    weibo_spider,
    weibo_stores,
    weibo_super_stats,
    weibo_users,
)
from jianwei.intake.databases import Database
from jianwei.intake.given import Given
from jianwei.intake.grid import Grid
from jianwei.intake.objects import Objects
from jianwei.intake.source import Layout

__all__ = ["DATABASES", "OBJECTS", "TABLES", "DatabaseReader", "ObjectReader", "TableReader"]


class TableReader(Protocol):
    """A module that reads CSV files and sheets of one format, known by their header."""

    def fits(self, header: list[str]) -> bool:
        """Whether a header is one of this format's; cells are stripped texts."""

    def layout(self, grid: Grid, header: list[str], given: Given) -> Layout:
        """How to read the rows below the header. Raises DataError where something must be asked first."""


class ObjectReader(Protocol):
    """A module that reads JSON and JSON-lines files of one format, known by the keys of their objects."""

    def fits(self, objects: Objects) -> bool:
        """Whether the sampled objects are of this format."""

    def layout(self, objects: Objects, given: Given) -> Layout:
        """How to read the objects. Raises DataError where something must be asked first."""


class DatabaseReader(Protocol):
    """A module that reads SQLite files of one tool, known by their tables and columns."""

    def fits(self, database: Database) -> bool:
        """Whether a database is of this tool."""

    def layouts(self, database: Database, given: Given) -> Iterable[tuple[str, Layout]]:
        """The tables that hold data, each with how to read it. Raises DataError."""


TABLES: tuple[TableReader, ...] = (
    weibo_search,
    weibo_crawler,
    weibo_comments,
    weibo_users,
    weibo_spider,
    weibo_sfm,
    weibo_super_stats,
    media_crawler,
    wechat_exporter,
    wechat_download,
    forms,
)

OBJECTS: tuple[ObjectReader, ...] = (
    weibo_json,
    weibo_archiver,
    weibo_api,
    weibo_lines,
    media_crawler.FILES,
    wechat_exporter.ARTICLES,
    wechat_history,
    wechat_datacube,
)

DATABASES: tuple[DatabaseReader, ...] = (weibo_stores.CRAWLER, weibo_stores.SEARCH, media_crawler.STORE)
