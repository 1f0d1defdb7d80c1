"""The lake's tables: names, types, and what every row must say of its source."""

from __future__ import annotations

from itertools import pairwise

import pyarrow as pa
import pytest

from jianwei.measure.fields import ACTIVITY
from jianwei.model import AGES, COUNTS, PROVENANCE, TABLES, TOTAL_FIELDS, empty

FROM_FILES = ("readings", "texts", "totals", "followers", "quarantine")


@pytest.mark.parametrize("name", TABLES)
def test_times_are_naive_and_names_unique(name: str) -> None:
    schema = TABLES[name]
    assert len(set(schema.names)) == len(schema.names)
    assert all(field.type.tz is None for field in schema if pa.types.is_timestamp(field.type))


@pytest.mark.parametrize("name", FROM_FILES)
def test_every_row_says_where_it_comes_from(name: str) -> None:
    assert {field.name for field in PROVENANCE} <= set(TABLES[name].names)


def test_every_count_may_be_unknown() -> None:
    for name, counts in (("readings", COUNTS), ("posts", COUNTS), ("totals", TOTAL_FIELDS)):
        for count in counts:
            field = TABLES[name].field(count)
            assert field.nullable
            assert field.type == pa.int64()


def test_a_post_holds_every_declared_age_and_ages_do_not_overlap() -> None:
    kinds = [TABLES["posts"].field(f"at_{age}").type for age in AGES]
    assert all([field.name for field in kind] == ["observed_at", *COUNTS] for kind in kinds)
    windows = sorted((hours, hours + width) for hours, width in AGES.values())
    assert all(end <= start for (_, end), (start, _) in pairwise(windows))


def test_posts_and_texts_are_parted_by_month() -> None:
    for name in ("readings", "texts", "posts"):
        assert not TABLES[name].field("pub_month").nullable


def test_totals_hold_what_is_measured_from_them() -> None:
    made = {"original_reposts", "original_comments", "active_days", "response", "form_new_followers"}
    assert set(ACTIVITY) - made <= set(TOTAL_FIELDS)


def test_an_empty_table_has_the_columns() -> None:
    found = empty(TABLES["posts"])
    assert (found.num_rows, found.schema) == (0, TABLES["posts"])
