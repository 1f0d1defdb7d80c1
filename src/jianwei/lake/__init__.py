"""The lake: Delta tables of a workspace, appended in batches, settled, read through DuckDB."""

from jianwei.lake.settle import Settled
from jianwei.lake.staging import Batch, Sink
from jianwei.lake.store import Lake

__all__ = ["Batch", "Lake", "Settled", "Sink"]
