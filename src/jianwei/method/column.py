"""Statistics of one column that do not hang on the order of its units, to the last bit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["deviation", "mean", "median"]

Floats = NDArray[np.float64]


def mean(x: Floats) -> float:
    """Mean of the present values; NaN where there is none. x: (units,)."""
    known = np.sort(x[~np.isnan(x)])  # sorted, so that equal sets of values have equal sums
    return float(known.sum() / known.size) if known.size else float("nan")


def median(x: Floats) -> float:
    """Median of the present values; NaN where there is none. x: (units,)."""
    known = x[~np.isnan(x)]
    return float(np.median(known)) if known.size else float("nan")


def deviation(x: Floats) -> float:
    """Standard deviation of the present values over n - 1; NaN for fewer than two. x: (units,)."""
    known = np.sort(x[~np.isnan(x)])
    if known.size < 2:
        return float("nan")
    if known[0] == known[-1]:
        return 0.0
    return float(np.sqrt(np.sum((known - known.sum() / known.size) ** 2) / (known.size - 1)))
