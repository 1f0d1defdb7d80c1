"""Who is there: units and accounts of a synthetic Chongqing, drawn from a seed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from jianwei.demo import organs
from jianwei.demo.organs import DEPARTMENTS, SIX, SIX_ORGANS, STREETS, department
from jianwei.demo.places import REGIONS, ROOT
from jianwei.demo.published import Targets

__all__ = ["Account", "Unit", "World", "build"]

WEIBO, WECHAT = "weibo", "wechat"


@dataclass
class Unit:
    """A unit of the registry; `place` is its index in REGIONS, -1 = municipal."""

    name: str
    system: str
    organ: str
    place: int
    word: str
    short: str = ""
    level: str = "县处级"
    code: str = ""
    order: int = 0
    parent: str = ""
    supervisor: str = ""
    analysed: bool = False
    start: date | None = None
    end: date | None = None
    predecessor: str = ""
    role: str = ""  # why it was planted, "" = filler

    @property
    def adcode(self) -> str:
        """Code of its region in the registry."""
        return REGIONS[self.place].adcode if self.place >= 0 else ROOT

    @property
    def official(self) -> bool:
        """Whether it speaks for a region: its 宣传部 or its government."""
        return self.place >= 0 and self.system in ("外宣", "政府办")


@dataclass
class Account:
    """An account; `unit` is an index into the world's units."""

    unit: int
    family: str
    name: str
    uid: str = ""
    main: bool = True
    opened: date | None = None


@dataclass
class World:
    """Units in 建制顺序 and their accounts, by unit."""

    units: list[Unit]
    accounts: list[Account] = field(default_factory=list)

    def planted(self, role: str) -> int:
        """Index of the unit planted for a role."""
        return next(place for place, unit in enumerate(self.units) if unit.role == role)

    def account_of(self, unit: int, family: str) -> int:
        """Index of a unit's main account of a family."""
        return next(
            place
            for place, account in enumerate(self.accounts)
            if account.unit == unit and account.family == family and account.main
        )


PLANTED: dict[str, tuple[str, str, str]] = {
    "tie_a": ("北碚", "档案局", WEIBO),
    "tie_b": ("北碚", "粮食局", WEIBO),
    "march": ("长寿", "气象局", WEIBO),
    "renamed": ("綦江", "卫生和计划生育委员会", WEIBO),
    "silent": ("巫山", "移民局", WEIBO),
    "totals_only": ("忠县", "林业局", WEIBO),
    "viral": ("城口", "教育委员会", WEIBO),
    "gap": ("梁平", "交通委员会", WEIBO),
}
"""Role → district, department, platform: units whose posts carry a planted truth. The 公安局 of
丰都 (`murder`) and two 宣传部 (`decided`, `unsurveyed`) are planted as they are made."""

DECIDED, UNSURVEYED = "巫溪", "城口"
"""Districts without WeChat: by decision, and never surveyed."""

RENAMED_ON = date(2015, 3, 1)
OPENED_ON = date(2015, 3, 9)

Slots = list[tuple[Unit, list[str]]]


def build(seed: int, target: Targets) -> World:
    """Draw the units and accounts; their numbers are the targets' wherever the mandatory ones fit."""
    rng = np.random.default_rng([seed, 2])
    municipal = _municipal()
    districts = [_officials(place, rng) for place in range(len(REGIONS))]
    _without_government(districts, rng)
    planted = {role: _plant(role, districts) for role in PLANTED}
    _six(districts, municipal, target, rng)
    _departments(districts, municipal, target, rng)
    slots = municipal + [slot for district in districts for slot in district]
    _platforms(slots, target, set(map(id, planted.values())), rng)
    world = World([unit for unit, _ in slots])
    _number(world)
    _mark(world, target, rng)
    for place, (unit, families) in enumerate(slots):
        for nth, family in enumerate(families):
            world.accounts.append(Account(place, family, unit.word, main=family not in families[:nth]))
    _predecessor(world)
    _identify(world, seed, rng)
    return world


def _municipal() -> Slots:
    slots: Slots = []
    for leader in organs.MUNICIPAL:
        unit = Unit(
            leader.unit,
            leader.system,
            leader.organ,
            -1,
            leader.weibo[0],
            leader.short,
            "厅局级",
            role="leader",
        )
        slots.append((unit, [WEIBO, WECHAT] if leader.wechat else [WEIBO]))
    for nth, (name, word, system) in enumerate(organs.MORE_MUNICIPAL):
        unit = Unit(
            name, system, "工作部门", -1, word, name.removeprefix("重庆市"), "厅局级", role="municipal"
        )
        families = [WEIBO, WECHAT] if nth < 5 else [WEIBO]  # noqa: PLR2004
        if system in ("人社", "教育", "气象"):
            families.append(WEIBO)  # a second account, which is not the 主账号
        slots.append((unit, families))
    return slots


def _officials(place: int, rng: np.random.Generator) -> Slots:
    region = REGIONS[place]
    word = organs.DISTRICT_NAMES.get(region.short, f"{region.short}发布")
    head = Unit(f"中共重庆市{region.name}委宣传部", "外宣", "党委部门", place, word, f"{region.name}委宣传部")
    head.role = {DECIDED: "decided", UNSURVEYED: "unsurveyed"}.get(region.short, "official")
    government = Unit(
        f"重庆市{region.name}人民政府", "政府办", "政府", place, f"{region.short}政务", f"{region.name}政府"
    )
    government.role = "official"
    families = [WEIBO, WECHAT] if region.wechat else [WEIBO]
    return [(head, families), (government, [WEIBO])]


def _without_government(districts: list[Slots], rng: np.random.Generator) -> None:
    """Four governments have no account and so are no units here."""
    quiet = [
        n
        for n, region in enumerate(REGIONS)
        if region.short not in organs.DISTRICT_LEVEL and not region.wechat
    ]
    for n in rng.choice(quiet, 4, replace=False):
        del districts[n][1]


def _unit(place: int, name: str, system: str, organ: str, word: str) -> Unit:
    region = REGIONS[place]
    return Unit(
        department(region, name), system, organ, place, f"{region.short}{word}", f"{region.short}{name}"
    )


def _plant(role: str, districts: list[Slots]) -> Unit:
    short, name, family = PLANTED[role]
    place = next(n for n, region in enumerate(REGIONS) if region.short == short)
    kind = next(organ for organ in DEPARTMENTS if organ.name == name)
    unit = _unit(place, kind.name, kind.system, kind.organ, kind.word)
    unit.role = role
    districts[place].append((unit, [family]))
    return unit


def _six(districts: list[Slots], municipal: Slots, target: Targets, rng: np.random.Generator) -> None:
    """Accounts of the six systems: the same number in every district but for one."""
    there: Counter[str] = Counter()
    for unit, families in municipal + [slot for district in districts for slot in district]:
        there[unit.system] += len(families)
    share = target.six_accounts / sum(SIX.values())
    sequence = (
        (0, WEIBO),
        (0, WECHAT),
        (1, WEIBO),
        (2, WEIBO),
        (1, WECHAT),
        (3, WEIBO),
        (2, WECHAT),
        (3, WECHAT),
    )
    murder = next(n for n, region in enumerate(REGIONS) if region.short == "丰都")
    for system, kinds in SIX_ORGANS.items():
        wanted = max(1, round(SIX[system] * share) - there[system])
        counts = np.full(len(REGIONS), wanted // len(REGIONS))
        more = rng.permutation(len(REGIONS))[: wanted % len(REGIONS)]
        if system == "公安" and murder not in more and not counts[murder] and len(more):
            more[0] = murder
        counts[more] += 1
        order = [pair for pair in sequence if pair[0] < len(kinds)]
        for place, count in enumerate(counts):
            made: dict[int, tuple[Unit, list[str]]] = {}
            for nth, family in order[:count]:
                name, organ, word = kinds[nth]
                made.setdefault(nth, (_unit(place, name, system, organ, word), []))[1].append(family)
            for nth, slot in made.items():
                if system == "公安" and place == murder and nth == 0:
                    slot[0].role = "murder"
                districts[place].append(slot)


def _departments(districts: list[Slots], municipal: Slots, target: Targets, rng: np.random.Generator) -> None:
    """Fill every district up to its share of the accounts."""
    everything = target.weibo_accounts + target.wechat_accounts - sum(len(f) for _, f in municipal)
    held = np.array([sum(len(families) for _, families in district) for district in districts])
    whole = 2874  # district accounts to which the declared numbers belong
    share = np.array([region.accounts / whole for region in REGIONS])
    drawn = np.where(share == 0, rng.uniform(56, 92, len(REGIONS)), 0)
    share += drawn / drawn.sum() * (1 - share.sum())
    quota = np.maximum(apportion(share, everything), held)
    while (surplus := int(quota.sum()) - everything) > 0 and (room := quota > held).any():
        quota[np.flatnonzero(room)[:surplus]] -= 1
    for place, district in enumerate(districts):
        left = int(quota[place] - held[place])
        taken = {unit.name for unit, _ in district}
        kinds = [kind for kind in DEPARTMENTS if department(REGIONS[place], kind.name) not in taken]
        units = min(len(kinds) + len(STREETS), max(1, round(left / 1.22))) if left else 0
        made: Slots = []
        for nth in range(units):
            if nth < len(kinds):
                kind = kinds[nth] if units >= len(kinds) else kinds[(nth * 7 + place * 3) % len(kinds)]
                unit = _unit(place, kind.name, kind.system, kind.organ, kind.word)
            else:
                street = STREETS[nth - len(kinds)]
                name = f"{street}{'街道办事处' if REGIONS[place].urban else '镇人民政府'}"
                unit = _unit(place, name, "街镇", "街道" if REGIONS[place].urban else "乡镇", street)
                unit.level = "乡科级"
            made.append((unit, [WEIBO if rng.random() < 0.72 else WECHAT]))  # noqa: PLR2004
        seen: set[str] = set()
        made = [slot for slot in made if not (slot[0].name in seen or seen.add(slot[0].name))]  # type: ignore[func-returns-value]
        for n in rng.permutation(len(made))[: max(0, left - len(made))]:
            families = made[n][1]
            families.append(WECHAT if families == [WEIBO] else WEIBO)
        district.extend(made)


def _platforms(slots: Slots, target: Targets, fixed: set[int], rng: np.random.Generator) -> None:
    """Turn single accounts of fillers into the other platform until the numbers of both are right."""
    excess = sum(families.count(WEIBO) for _, families in slots) - target.weibo_accounts
    source, other = (WEIBO, WECHAT) if excess > 0 else (WECHAT, WEIBO)
    single = [
        families
        for unit, families in slots
        if families == [source] and not unit.role and id(unit) not in fixed and unit.system not in SIX
    ]
    for n in rng.permutation(len(single))[: abs(excess)]:
        single[n][0] = other


def _number(world: World) -> None:
    """Codes and superiors: a department's are its district's government and the municipal organ."""
    by_system: dict[str, str] = {}
    heads: dict[int, str] = {}
    counts: Counter[int] = Counter()
    for order, unit in enumerate(world.units, start=1):
        counts[unit.place] += 1
        unit.order = order * 10
        unit.code = f"{unit.adcode}-{counts[unit.place]:03d}"
        if unit.place < 0:
            by_system.setdefault(unit.system, unit.code)
        elif unit.official:
            heads[unit.place] = unit.code
        else:
            unit.parent = heads.get(unit.place, "")
        if unit.place >= 0:
            unit.supervisor = by_system.get(unit.system, "")
    police = next(unit.code for unit in world.units if unit.name == "重庆市公安局")
    for unit in world.units:
        if unit.place < 0 and unit.name.startswith("重庆市公安局") and unit.code != police:
            unit.parent = police
        elif unit.system == "公安" and unit.place >= 0:
            unit.supervisor = police


def _mark(world: World, target: Targets, rng: np.random.Generator) -> None:
    """Mark the analysed units: all that are not fillers, then fillers up to the number wanted."""
    for unit in world.units:
        unit.analysed = bool(unit.role) or unit.system in SIX
    rest = [unit for unit in world.units if not unit.analysed]
    wanted = target.analysed_units - (len(world.units) - len(rest))
    for n in rng.permutation(len(rest))[: max(0, wanted)]:
        rest[n].analysed = True


def _predecessor(world: World) -> None:
    """Give the renamed unit its former self, which has no accounts any more."""
    place = world.planted("renamed")
    new = world.units[place]
    old = Unit(department(REGIONS[new.place], "卫生局"), new.system, new.organ, new.place, new.word)
    old.code, old.order, old.end = f"{new.code}A", new.order - 5, date(2015, 2, 28)
    old.role, old.parent, old.supervisor, old.analysed = "former", new.parent, new.supervisor, True
    new.start, new.predecessor = RENAMED_ON, old.code
    world.units.append(old)


def _identify(world: World, seed: int, rng: np.random.Generator) -> None:
    """Uids and opening dates; synthetic, none is a real account's by intention."""
    uids = rng.choice(90_000_000, len(world.accounts), replace=False)
    march = world.planted("march")
    for place, (account, number) in enumerate(zip(world.accounts, uids, strict=True)):
        wechat = account.family == WECHAT
        account.uid = (
            f"gh_{(int(number) * 2654435761 + seed) % 16**12:012x}"
            if wechat
            else f"{2_900_000_000 + int(number)}"
        )
        if not account.main:
            account.name += "服务"
        year, month, day = (int(rng.integers(2012, 2014)), int(rng.integers(1, 13)), int(rng.integers(1, 28)))
        account.opened = date(year + wechat, month, day) if not wechat or place % 9 else date(2014, 9, day)
        if account.unit == march:
            account.opened = OPENED_ON


def apportion(
    weights: np.ndarray[tuple[int], np.dtype[np.float64]], total: int
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Whole numbers in proportion to weights that add up to the total (largest remainder)."""
    exact = weights * (total / weights.sum())
    whole = np.floor(exact).astype(np.int64)
    whole[np.argsort(whole - exact, kind="stable")[: total - int(whole.sum())]] += 1
    return whole
