"""Populations that ship with 见微: presets/populations/*.csv, each row with source and estimate mark."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from io import StringIO

import pyarrow as pa

from jianwei.model import Population, schema_of

__all__ = ["POPULATIONS", "shipped"]

POPULATIONS = schema_of(Population)
"""Columns of a table of populations: adcode, year, kind (常住 | 户籍), people, source, estimate."""


@cache
def shipped() -> pa.Table:
    """All shipped populations (people, at the year's end or on the census day)."""
    rows: list[dict[str, str]] = []
    folder = resources.files("jianwei.presets").joinpath("populations")
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".csv"):
            rows.extend(csv.DictReader(StringIO(entry.read_text("utf-8-sig"))))
    return pa.Table.from_pylist([_typed(row) for row in rows], schema=POPULATIONS)


def _typed(row: dict[str, str]) -> dict[str, object]:
    return {
        "adcode": row["adcode"],
        "year": int(row["year"]),
        "kind": row["kind"],
        "people": int(row["people"]),
        "source": row["source"],
        "estimate": row["estimate"] == "是",
    }
