"""The room that a unit has: which levers it can move, how far, and what its inputs then are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jianwei.recipe import Recipe
from jianwei.robust.lever import APART, LIFTS, UPDATES, WITH_UPDATE, WITHIN, Lever, Levers
from jianwei.scorecard import PLAIN, Inputs

__all__ = ["Blocked", "Known", "Room", "Slot"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_MEDIAN = "median_response"
_HUGE = np.iinfo(np.int32).max
_WEEK = 7
_NAMES = {"posts": "发布数", "originals": "原创数", "asked": "收到的诉求数"}


@dataclass(frozen=True)
class Known:
    """What is known of one unit beyond its measures, by platform; nothing need be.

    responses: of each of its posts, ascending; without them one post more is taken to bring the
    median to zero. accounts: how many of its accounts are vouched for, by days: 1.5 = one and half
    of another, NaN = posts turned up by a search tell no days; without them all accounts count.
    """

    responses: Mapping[str, Floats] = field(default_factory=dict)
    accounts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Slot:
    """A lever on a platform, and its present value."""

    platform: str
    lever: Lever
    now: float

    @property
    def price(self) -> float:
        """Cost of one more."""
        return self.lever.price(self.platform)


@dataclass(frozen=True)
class Blocked:
    """A lever that the recipe reads and the unit cannot move, and why, in Chinese."""

    platform: str
    lever: Lever
    reason: str


@dataclass(frozen=True)
class Room:
    """What one unit (row of the inputs) can change under a recipe.

    A change is a row of whole numbers ≥ 0, one a slot: how many more of each.
    """

    recipe: Recipe
    inputs: Inputs
    row: int
    levers: Levers
    known: Known = field(default_factory=Known)
    # The unit's measures as they were asked for: a search asks for few of them very often.
    _read: dict[tuple[str, str], float] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Levers whose room is known, by platform in the order of the recipe."""
        return tuple(slot for slot, reason in self._surveyed if not reason)

    @cached_property
    def blocked(self) -> tuple[Blocked, ...]:
        """Levers that the recipe reads and that cannot be moved."""
        full = zip(self.slots, self.most, strict=True)
        told = [(slot, reason) for slot, reason in self._surveyed if reason]
        told += [(slot, "已到声明的上限") for slot, most in full if most == 0]
        return tuple(Blocked(slot.platform, slot.lever, reason) for slot, reason in told)

    @cached_property
    def costs(self) -> Floats:
        """Cost of one more in each slot."""
        return np.array([slot.price for slot in self.slots], dtype=np.float64)

    @cached_property
    def more(self) -> NDArray[np.bool_]:
        """Which slots mean publishing more rather than better."""
        return np.array([slot.lever.more for slot in self.slots], dtype=np.bool_)

    @cached_property
    def most(self) -> Ints:
        """The most of each slot, once the posts and originals that give it room are at their most."""
        count = len(self.slots)
        giving = np.array([slot.lever.name in (UPDATES, "originals") for slot in self.slots], dtype=np.bool_)
        every = np.where(giving | np.eye(count, dtype=np.bool_), _HUGE, 0).astype(np.int64)
        return np.diagonal(self.admitted(every)).copy()

    def admitted(self, changes: Ints) -> Ints:
        """Changes cut to what is admissible, (changes, slots); slots bound others in their order."""
        cut = np.maximum(changes, 0)
        for place, slot in enumerate(self.slots):
            most = np.maximum(np.floor(self._caps(slot, cut, place) + 1e-9), 0).astype(np.int64)
            cut[:, place] = np.minimum(cut[:, place], most)
        return cut

    def variants(self, changes: Ints) -> Inputs:
        """The unit alone, once a row of changes: inputs of as many units as changes."""
        count, one = len(changes), self.inputs
        rows = np.full(count, self.row, dtype=np.int64)
        tables = {key: table.take(rows) for key, table in one.measures.items()}
        for (platform, name), values in self._changed(changes).items():
            key, column = self._where(platform, name)
            tables[key] = _with(tables[key], column, values)
        return Inputs(
            tuple(map(str, range(count))),
            (one.names[self.row],) * count,
            tables,
            {key: np.full(count, flags[self.row]) for key, flags in one.structural.items()},
            {key: [labels[self.row]] * count for key, labels in one.groups.items()},
        )

    def applied(self, change: Ints) -> Inputs:
        """All units' inputs with this unit's change made; nobody else's numbers are touched."""
        one, tables = self.inputs, dict(self.inputs.measures)
        for (platform, name), values in self._changed(change[None, :]).items():
            key, column = self._where(platform, name)
            whole = np.array(one.column(platform, name))
            whole[self.row] = values[0]
            tables[key] = _with(tables[key], column, whole)
        return Inputs(one.codes, one.names, tables, one.structural, one.groups)

    def consequences(self, change: Ints) -> dict[tuple[str, str], tuple[float, float]]:
        """The unit's measures that a change moves, by platform and name: before and after."""
        changed = self._changed(change[None, :]).items()
        found = {key: (self._value(*key), float(values[0])) for key, values in changed}
        return {key: (start, end) for key, (start, end) in found.items() if start != end}

    @cached_property
    def _surveyed(self) -> tuple[tuple[Slot, str], ...]:
        """Every lever that the recipe reads, and why its room is unknown, "" where it is known."""
        found = []
        for platform in dict.fromkeys(leaf.platform for leaf in self.recipe.leaves):
            read = {name for leaf in self.recipe.leaves if leaf.platform == platform for name in leaf.names}
            for lever in self.levers.levers:
                if read & {lever.name, *(WITH_UPDATE if lever.more else ())}:
                    slot = Slot(platform, lever, self._value(platform, lever.name))
                    found.append((slot, self._obstacle(slot)))
        return tuple(found)

    def _obstacle(self, slot: Slot) -> str:
        platform, name = slot.platform, slot.lever.name
        if bool(self.inputs.absent(platform)[self.row]):
            return "没有开通这个平台；开不开通不在可动事项之内"
        if np.isnan(slot.now):
            return "现值不详（没有采到，或没有填报）"
        within = ("posts",) if name == UPDATES else WITHIN[name][:1]
        unknown = [_NAMES[one] for one in within if np.isnan(self._value(platform, one))]
        if name == UPDATES and np.isnan(self._regular(slot)):
            return "数据只是片段，或周期天数不详，不知道哪些天没有更新"
        return f"{'、'.join(unknown)}不详，不知道最多能改多少" if unknown else ""

    def _caps(self, slot: Slot, changes: Ints, place: int) -> Floats:
        """The most of a slot under each change, the slots before it being as they are there."""
        platform, lever = slot.platform, slot.lever
        if lever.name == UPDATES:
            return np.full(len(changes), self._regular(slot) - slot.now)
        within = WITHIN[lever.name]
        caps = lever.share * self._then(platform, within[0], changes)
        for name in within:
            caps = np.fmin(caps, self._then(platform, name, changes) - slot.now)
        if lever.name in APART:
            taken = np.zeros(len(changes))
            for name in (one for one in APART if one != lever.name):
                # A slot that comes later has not been cut yet; it will be, against this one.
                later = any(one.lever.name == name and one.platform == platform for one in self.slots[place:])
                value = self._value(platform, name) if later else self._then(platform, name, changes)
                taken = taken + np.nan_to_num(value)
            caps = np.minimum(caps, self._then(platform, within[0], changes) - slot.now - taken)
        return np.asarray(caps)

    def _regular(self, slot: Slot) -> float:
        """Account days with an update that are enough in the period."""
        platform, accounts = slot.platform, self._value(slot.platform, "accounts")
        accounts = self.known.accounts.get(platform, 1.0 if np.isnan(accounts) else accounts)
        return slot.lever.regular(platform) / _WEEK * self._value(platform, "days") * accounts

    def _changed(self, changes: Ints) -> dict[tuple[str, str], Floats]:
        """Columns that a change touches, by platform and measure, each (changes,); never one that is missing."""
        found: dict[tuple[str, str], Floats] = {}
        for place, slot in enumerate(self.slots):
            platform, name, more = slot.platform, slot.lever.name, changes[:, place].astype(np.float64)
            found[platform, name] = slot.now + more
            if name == UPDATES:
                for other in WITH_UPDATE:
                    found[platform, other] = self._value(platform, other) + more
                found[platform, _MEDIAN] = self._median(platform, changes[:, place])
            if name in LIFTS:
                now = self._value(platform, LIFTS[name])
                found[platform, LIFTS[name]] = np.where(more > 0, np.maximum(now, slot.now + more), now)
        return {key: values for key, values in found.items() if not np.isnan(values).all()}

    def _median(self, platform: str, more: Ints) -> Floats:
        """The middle post's responses with so many posts more that nobody responds to."""
        now = self._value(platform, _MEDIAN)
        if self._value(platform, "posts") == 0:
            return np.where(more > 0, 0.0, now)
        known = self.known.responses.get(platform)
        if known is None or not len(known) or float(np.median(known)) != now:
            return np.where(more > 0, np.minimum(now, 0.0), now)
        ends = [(more + len(known) - 1) // 2, (more + len(known)) // 2]
        middle = [np.where(end < more, 0.0, known[np.maximum(end - more, 0)]) for end in ends]
        return np.asarray((middle[0] + middle[1]) / 2)

    def _then(self, platform: str, name: str, changes: Ints) -> Floats:
        """A measure after each change."""
        now = np.full(len(changes), self._value(platform, name))
        moved = UPDATES if name in WITH_UPDATE else name
        for place, slot in enumerate(self.slots):
            if slot.platform == platform and slot.lever.name == moved:
                now = now + changes[:, place]
        return now

    def _value(self, platform: str, name: str) -> float:
        if (platform, name) not in self._read:
            self._read[platform, name] = float(self.inputs.column(platform, name)[self.row])
        return self._read[platform, name]

    def _where(self, platform: str, name: str) -> tuple[str, str]:
        """Key of the table and column that a measure is read from first."""
        return (PLAIN, f"{platform}.{name}") if PLAIN in self.inputs.measures else (platform, name)


def _with(table: pa.Table, name: str, values: Floats) -> pa.Table:
    """The table with a column put in, NaN as null."""
    column = pa.array(values, pa.float64(), from_pandas=True)
    if name in table.column_names:
        return table.set_column(table.column_names.index(name), name, column)
    return table.append_column(name, column)
