"""The nouns of 见微 as Arrow schemas and frozen records: every field's meaning and unit.

Times are naive Asia/Shanghai wall-clock times. Null means "not known", never zero. A count
that a platform shows capped (`10万+`) or rounded (`1.2万`) keeps its number and is named in
`censored` (the true value is at least that) or `rounded` (known to two digits or so).
"""

from __future__ import annotations

from jianwei.model.platform import (
    PLATFORMS,
    ObservedFrom,
    Platform,
    Scope,
    account_id,
    split_account_id,
)
from jianwei.model.records import (
    Account,
    Opening,
    Population,
    Region,
    Unit,
    schema_of,
)
from jianwei.model.tables import (
    AGES,
    COMMENTS,
    COUNTS,
    FOLLOWERS,
    IMPORTS,
    POSTS,
    PROVENANCE,
    QUARANTINE,
    READINGS,
    TABLES,
    TEXTS,
    TOTAL_FIELDS,
    TOTALS,
    empty,
)

__all__ = [
    "AGES",
    "COMMENTS",
    "COUNTS",
    "FOLLOWERS",
    "IMPORTS",
    "PLATFORMS",
    "POSTS",
    "PROVENANCE",
    "QUARANTINE",
    "READINGS",
    "TABLES",
    "TEXTS",
    "TOTALS",
    "TOTAL_FIELDS",
    "Account",
    "ObservedFrom",
    "Opening",
    "Platform",
    "Population",
    "Region",
    "Scope",
    "Unit",
    "account_id",
    "empty",
    "schema_of",
    "split_account_id",
]
