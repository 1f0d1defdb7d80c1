"""The lake: Delta tables of a workspace, appended in batches, settled, read through DuckDB."""

from typing import TYPE_CHECKING, Any

from jianwei.lake.settle import Settled
from jianwei.lake.store import Lake

if TYPE_CHECKING:
    from jianwei.lake.staging import Batch, Sink

__all__ = ["Batch", "Lake", "Settled", "Sink"]


def __getattr__(name: str) -> Any:
    if name in ("Batch", "Sink"):
        from jianwei.lake import staging  # only writers need it, and it loads pyarrow.parquet

        return getattr(staging, name)
    raise AttributeError(name)
