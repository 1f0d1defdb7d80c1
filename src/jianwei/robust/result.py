"""What a simulation tells: rank intervals, who leads whom, bands of units that cannot be told apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jianwei.errors import MethodError
from jianwei.method.vary import Ranks, quantiles

__all__ = ["SURE", "Interval", "Robustness"]

SURE = 0.95
"""Share of draws in which a unit must be ahead before anybody may say so."""


class Interval(NamedTuple):
    """Ranks of a unit over the draws: 5 %, median, 95 %, and the mean."""

    low: int
    median: int
    high: int
    mean: float


@dataclass(frozen=True)
class Robustness:
    """Ranks of the ranked units over all draws.

    codes: ranked units, best first. nominal: their ranks by the recipe itself. ranks: (draws,
    units) in the order of codes. factors: by assumption, which value each draw took.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    nominal: tuple[int, ...]
    ranks: Ranks
    factors: Mapping[str, NDArray[Any]]
    draws: int
    seed: int
    recipe_hash: str
    data_hash: str

    @cached_property
    def intervals(self) -> Mapping[str, Interval]:
        """The 90 % interval of each unit's rank, by code."""
        if not self.codes:
            return {}
        low, median, high = quantiles(self.ranks, (0.05, 0.5, 0.95))
        mean = self.ranks.mean(axis=0)
        return {
            code: Interval(int(low[at]), int(median[at]), int(high[at]), float(mean[at]))
            for at, code in enumerate(self.codes)
        }

    def interval(self, code: str) -> Interval | None:
        """The 90 % interval of a unit's rank, None for an unranked one."""
        return self.intervals.get(code)

    def ahead(self, one: str, other: str) -> float:
        """Share of draws in which one unit ranks before another. Raises MethodError for an unranked one."""
        return float(np.mean(self.ranks[:, self._place(one)] < self.ranks[:, self._place(other)]))

    def leads(self, one: str, other: str) -> bool:
        """Whether it may be said that one unit leads another: in at least 95 % of the draws."""
        return self.ahead(one, other) >= SURE

    @cached_property
    def bands(self) -> Mapping[str, int]:
        """Band of each unit by code, 1 = the best: its first unit leads none of the band for sure.

        Going down the ranking a band goes on until its head leads a unit in 95 % of the draws.
        """
        found: dict[str, int] = {}
        band, head = 0, -1
        for place, code in enumerate(self.codes):
            if head < 0 or np.mean(self.ranks[:, head] < self.ranks[:, place]) >= SURE:
                band, head = band + 1, place
            found[code] = band
        return found

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON, units best first."""
        rows = [
            {
                "unit": name,
                "rank": rank,
                "interval": [self.intervals[code].low, self.intervals[code].high],
                "median": self.intervals[code].median,
                "mean": self.intervals[code].mean,
                "band": self.bands[code],
            }
            for code, name, rank in zip(self.codes, self.names, self.nominal, strict=True)
        ]
        return {
            "recipe_hash": self.recipe_hash,
            "data_hash": self.data_hash,
            "draws": self.draws,
            "seed": self.seed,
            "factors": sorted(self.factors),
            "rows": rows,
        }

    def _place(self, code: str) -> int:
        if code not in self.codes:
            raise MethodError(f"“{code}”没有参评，无法比较先后")
        return self.codes.index(code)
