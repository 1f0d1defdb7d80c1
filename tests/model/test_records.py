"""Records of the registry and their Arrow schemas."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from jianwei.model import Account, Opening, Population, Region, Unit, schema_of

EXAMPLES: list[Any] = [
    Unit("A", 1, "市政府办公厅", adcode="500000", start=date(2010, 1, 1)),
    Unit("B", None, "某局"),
    Account("A", "微博", "重庆发布", "1", main=True, opened=date(2011, 1, 1)),
    Opening("A", "微博", "有账号", checked=date(2015, 1, 1)),
    Region("500152", "潼南区", "500000", date(2015, 6, 1)),
    Population("500152", 2014, "常住", 640_000, "年鉴", True),
]


@pytest.mark.parametrize("record", EXAMPLES, ids=lambda record: type(record).__name__)
def test_a_record_survives_arrow(record: Any) -> None:
    schema = schema_of(type(record))
    assert schema.names == [field.name for field in fields(record)]
    (row,) = pa.Table.from_pylist([asdict(record)], schema=schema).to_pylist()
    assert type(record)(**row) == record


def test_uids_are_text_and_dates_are_dates() -> None:
    accounts, units = schema_of(Account), schema_of(Unit)
    assert accounts.field("uid").type == pa.string()
    assert accounts.field("main").type == pa.bool_()
    assert units.field("start").type == units.field("end").type == pa.date32()
    assert units.field("order").type == pa.int64()


def test_records_do_not_change() -> None:
    with pytest.raises(AttributeError):
        EXAMPLES[0].code = "B"
