"""How many accounts each district and system has beyond the named ones, and which organs hold them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from jianwei.demo.apportion import Ints, apportion
from jianwei.demo.districts import DISTRICTS
from jianwei.demo.parts import PARTS
from jianwei.demo.stars import MUNICIPAL
from jianwei.demo.systems import OTHERS, SIX, Organ, System
from jianwei.demo.targets import Targets

__all__ = ["NAMED_WECHAT", "NAMED_WEIBO", "SECOND_ACCOUNTS", "Cell", "plan"]

SECOND_ACCOUNTS = 4
"""Municipal Weibo accounts that are not their unit's main one."""

_DISTRICT_WEIBO = len(DISTRICTS) + sum(district.government for district in DISTRICTS)
_DISTRICT_WECHAT = sum(district.wechat + district.government_wechat for district in DISTRICTS)
NAMED_WEIBO = len(MUNICIPAL) + SECOND_ACCOUNTS + _DISTRICT_WEIBO
NAMED_WECHAT = sum(star.wechat is not None for star in MUNICIPAL) + _DISTRICT_WECHAT
"""Accounts of the municipal units and of the districts' own organs."""

_BOTH = 0.2
"""Units with both platforms, as a share of the accounts."""

_WEIBO_ONLY, _WECHAT_ONLY = ("微博",), ("微信订阅号",)


@dataclass
class Cell:
    """The organs of one system in one district, each with its platforms, the bureau first."""

    system: str
    organs: list[tuple[Organ, tuple[str, ...]]] = field(default_factory=list)


@dataclass
class _Counts:
    """Accounts by district and system, `reserved` ones (planted parts) told apart."""

    accounts: Ints  # (districts, systems)
    reserved: dict[tuple[int, int], list[Organ]]


def plan(aims: Targets, scale: float, rng: np.random.Generator) -> list[list[Cell]]:
    """Cells of every district, in the order of DISTRICTS; each system's organs in their own order."""
    systems = (*SIX, *OTHERS)
    counts = _counts(aims, scale, rng)
    cells = [[Cell(system.name) for system in systems] for _ in DISTRICTS]
    free: list[tuple[int, int, Organ]] = []
    paired: list[tuple[int, int, Organ]] = []
    for place, system in np.argwhere(counts.accounts > 0):
        reserved = counts.reserved.get((place, system), [])
        organs = [organ for organ in systems[system].organs if organ not in reserved]
        left = int(counts.accounts[place, system]) - len(reserved)
        units = min(left, len(organs))
        paired += [(place, system, organ) for organ in organs[: left - units]]
        free += [(place, system, organ) for organ in organs[left - units : units]]
    platforms = _platforms(aims, scale, paired, free, counts, rng)
    for (place, system), organs in counts.reserved.items():
        platforms |= {(place, system, organ.pattern): _WEIBO_ONLY for organ in organs}
    for place, row in enumerate(cells):
        for number, cell in enumerate(row):
            cell.organs = [
                (organ, platforms[place, number, organ.pattern])
                for organ in systems[number].organs
                if (place, number, organ.pattern) in platforms
            ]
    return cells


def _platforms(
    aims: Targets,
    scale: float,
    paired: list[tuple[int, int, Organ]],
    free: list[tuple[int, int, Organ]],
    counts: _Counts,
    rng: np.random.Generator,
) -> dict[tuple[int, int, str], tuple[str, ...]]:
    """Platforms of each organ; a merged pair of one cell's accounts makes an organ with both."""
    total = int(counts.accounts.sum())
    reserved = sum(len(organs) for organs in counts.reserved.values())
    weibo = aims.weibo_accounts - NAMED_WEIBO if scale == 1.0 else round(0.65 * total)
    both = list(paired)
    singles = [free[place] for place in rng.permutation(len(free))]
    merged = _merge(singles, max(0, round(_BOTH * total) - len(both)))
    both += [one for one, _ in merged]
    gone = {(p, s, o.pattern) for pair in merged for p, s, o in pair}
    singles = [one for one in singles if (one[0], one[1], one[2].pattern) not in gone]
    weibo_singles = min(max(weibo - reserved - len(both), 0), len(singles))
    found: dict[tuple[int, int, str], tuple[str, ...]] = {}
    for place, system, organ in both:
        found[place, system, organ.pattern] = ("微博", "微信订阅号")
    for number, (place, system, organ) in enumerate(singles):
        found[place, system, organ.pattern] = _WEIBO_ONLY if number < weibo_singles else _WECHAT_ONLY
    return found


def _merge(
    singles: list[tuple[int, int, Organ]], wanted: int
) -> list[tuple[tuple[int, int, Organ], tuple[int, int, Organ]]]:
    """Pairs of organs of one cell: the first will have both accounts, the second none."""
    waiting: dict[tuple[int, int], tuple[int, int, Organ]] = {}
    pairs: list[tuple[tuple[int, int, Organ], tuple[int, int, Organ]]] = []
    for one in singles:
        if len(pairs) == wanted:
            break
        held = waiting.pop((one[0], one[1]), None)
        if held is None:
            waiting[one[0], one[1]] = one
        else:
            pairs.append((held, one))
    return pairs


def _counts(aims: Targets, scale: float, rng: np.random.Generator) -> _Counts:
    """Accounts by district and system: districts and the six systems exact, the others by weight."""
    systems = (*SIX, *OTHERS)
    reserved = _reserved()
    per_district = _per_district(aims, scale, reserved)
    table = np.zeros((len(DISTRICTS), len(systems)), dtype=np.int64)
    for number, wanted in enumerate(_of_six(aims, scale)):
        table[:, number] = apportion(wanted, per_district.astype(float))
    table[:, : len(SIX)] = np.minimum(table[:, : len(SIX)], _room(SIX))
    weights = np.array([system.accounts for system in OTHERS])
    for place, total in enumerate(per_district):
        while table[place].sum() > total:  # few accounts at a small scale: the six give way
            table[place, int(np.argmax(table[place, : len(SIX)]))] -= 1
        rest = int(total - table[place].sum())
        drawn = apportion(rest, weights * rng.uniform(0.75, 1.25, len(weights)))
        table[place, len(SIX) :] = _within(drawn, _room(OTHERS))
    _make_room(table, reserved)
    return _Counts(table, reserved)


def _per_district(aims: Targets, scale: float, reserved: dict[tuple[int, int], list[Organ]]) -> Ints:
    """Accounts beyond the named ones of each district."""
    own = np.array([1 + d.wechat + d.government + d.government_wechat for d in DISTRICTS])
    whole = aims.weibo_accounts + aims.wechat_accounts - NAMED_WEIBO - NAMED_WECHAT
    wanted = np.array([district.accounts for district in DISTRICTS]) - own
    if scale == 1.0:
        return apportion(whole, wanted)
    least = np.zeros(len(DISTRICTS), dtype=np.int64)
    for (place, _), organs in reserved.items():
        least[place] += len(organs)
    drawn = np.maximum(apportion(round(whole * scale), wanted), least)
    room = sum(system.capacity for system in (*SIX, *OTHERS)) * 2 - 32
    drawn = np.minimum(drawn, room)
    ranked = sorted(range(len(DISTRICTS)), key=lambda n: -DISTRICTS[n].accounts)
    beyond = max(int(drawn[n] + own[n]) for n in ranked[4:])
    for behind, place in enumerate(reversed(ranked[:4]), start=1):
        drawn[place] = max(int(drawn[place]), beyond + 2 * behind - int(own[place]))
    return drawn


def _of_six(aims: Targets, scale: float) -> list[int]:
    """Accounts of each of SIX in the districts; 公安 takes what the named share leaves."""
    if scale != 1.0:
        return [round((150 if system.name == "公安" else system.accounts) * scale) for system in SIX]
    names = {system.name for system in SIX} | {"外宣"}
    named = sum(1 + (star.wechat is not None) for star in MUNICIPAL if star.system in names) + 1
    named += sum(1 + d.wechat for d in DISTRICTS if d.name != "彭水苗族土家族自治县")
    others = [int(system.accounts) for system in SIX[1:]]
    return [aims.six_systems - named - sum(others), *others]


def _reserved() -> dict[tuple[int, int], list[Organ]]:
    """The organs that planted parts need, by district and system."""
    names = {district.name: place for place, district in enumerate(DISTRICTS)}
    found: dict[tuple[int, int], list[Organ]] = {}
    for name, pattern in PARTS:
        for number, system in enumerate((*SIX, *OTHERS)):
            for organ in system.organs:
                if organ.pattern == pattern:
                    found.setdefault((names[name], number), []).append(organ)
    return found


def _make_room(table: Ints, reserved: dict[tuple[int, int], list[Organ]]) -> None:
    """Move an account within the district to every cell that lacks one for a planted part.

    It comes from a cell of the same kind (the six, or the others) where one can spare it.
    """
    for (place, system), organs in reserved.items():
        while table[place, system] < len(organs):
            spare = table[place].copy()
            for (other, held), kept in reserved.items():
                if other == place:
                    spare[held] -= len(kept)
            same = np.arange(len(spare)) < len(SIX)
            same = same if system < len(SIX) else ~same
            pool = np.where(same, spare, 0) if (same & (spare > 0)).any() else spare
            table[place, int(np.argmax(pool))] -= 1
            table[place, system] += 1


def _within(drawn: Ints, room: Ints) -> Ints:
    """The counts with what goes beyond `room` handed to those with most of it left."""
    kept = np.minimum(drawn, room)
    for _ in range(int(drawn.sum() - kept.sum())):
        kept[int(np.argmax(room - kept))] += 1
    return kept


def _room(systems: tuple[System, ...]) -> Ints:
    """Accounts that a cell of each system can hold: two for every organ."""
    return np.array([2 * system.capacity for system in systems], dtype=np.int64)
