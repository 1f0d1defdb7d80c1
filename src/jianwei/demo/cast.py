"""Who is in the demo world: units and accounts of the registry, and which of them play a part.

At scale 1 the accounts per platform, of the six systems and of each district are exact; at other
scales what stands beyond the named units is multiplied, and the leading districts keep their lead.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from jianwei.demo import seats
from jianwei.demo.districts import DISTRICTS, RENAMED, UNSURVEYED, District, stem
from jianwei.demo.parts import PARTS
from jianwei.demo.stars import DISTRICT_STARS, GRASSROOTS_STARS, MUNICIPAL, ordinary
from jianwei.demo.systems import OTHERS, SIX
from jianwei.demo.targets import Targets
from jianwei.model import Account, Opening, Unit

__all__ = ["SIX_NAMES", "Cast", "cast"]

SIX_NAMES = ("公安", "外宣", "共青团", "司法", "旅游", "环保")
"""The systems that the seed report counts together."""

_SECOND = {
    "重庆市教育委员会": "重庆招考",
    "重庆市卫生和计划生育委员会": "12320重庆",
    "共青团重庆市委": "12355重庆青少年",
    "重庆市文化委员会": "重庆文化服务",
}
"""Municipal units with a second Weibo account, which is not their main one."""


@dataclass
class Cast:
    """Registry rows; `parts` names planted accounts by their place, `levels` those of named units.

    `followers` are of named accounts. `predecessor` is the one unit that ended within the period.
    """

    units: list[Unit] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)
    of: list[int] = field(default_factory=list)  # unit of each account
    parts: dict[str, int] = field(default_factory=dict)
    levels: dict[int, float] = field(default_factory=dict)
    followers: dict[int, int] = field(default_factory=dict)
    biz: list[str] = field(default_factory=list)  # of WeChat accounts, "" for others

    @property
    def analysed(self) -> NDArray[np.bool_]:
        """Per account: its unit carries the mark 参评."""
        return np.array([self.units[unit].category == "参评" for unit in self.of])

    @property
    def weibo(self) -> NDArray[np.bool_]:
        """Per account: it is on Weibo."""
        return np.array([account.platform == "微博" for account in self.accounts])

    @property
    def open_at_end(self) -> NDArray[np.bool_]:
        """Per account: open on 2015-06-30."""
        return np.array([account.closed is None for account in self.accounts])

    @property
    def adcodes(self) -> NDArray[np.str_]:
        """Per account: the region of its unit."""
        return np.array([self.units[unit].adcode for unit in self.of])

    @property
    def municipal(self) -> NDArray[np.bool_]:
        """Per account: of a 市直 unit."""
        found: NDArray[np.bool_] = self.adcodes == "500000"
        return found

    @property
    def district_main(self) -> NDArray[np.bool_]:
        """Per account: main account of a district's own organ (宣传部 or 人民政府)."""
        systems = [self.units[unit].system for unit in self.of]
        main = [account.main for account in self.accounts]
        return (
            np.array([bool(m) and s in ("外宣", "党政综合") for s, m in zip(systems, main, strict=True)])
            & ~self.municipal
        )


class _Maker:
    """Adds units and accounts with ids that no real account has."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.cast = Cast()
        self.rng = rng
        self._uids: Iterator[int] = iter(rng.permutation(900_000)[:60_000].tolist())
        self._orders = 0

    def unit(self, code: str, name: str, **more: object) -> int:
        self._orders += 1
        self.cast.units.append(Unit(code, self._orders, name, **more))  # type: ignore[arg-type]
        return len(self.cast.units) - 1

    def account(
        self, unit: int, platform: str, name: str, *, main: bool = True, opened: date | None = None
    ) -> int:
        number = next(self._uids)
        wechat = platform != "微博"
        # Neither ids of ten digits that begin with 9 nor such gh_ ids were ever given out by 2015.
        uid = f"gh_9demo{number:06d}f" if wechat else f"9{100_000_000 + number * 991:09d}"
        day = opened or date(2011, 3, 1) + timedelta(days=int(self.rng.integers(0, 1100)))
        kind = Account(
            self.cast.units[unit].code,
            platform,
            name,
            uid,
            self.cast.units[unit].name,
            "政府",
            main,
            day,
            "正常",
        )
        self.cast.accounts.append(kind)
        self.cast.of.append(unit)
        self.cast.biz.append(base64.b64encode(f"9{number:09d}".encode()).decode() if wechat else "")
        return len(self.cast.accounts) - 1


def cast(aims: Targets, scale: float, rng: np.random.Generator) -> Cast:
    """All units and accounts of a world."""
    maker = _Maker(rng)
    _municipal(maker)
    planned = seats.plan(aims, scale, rng)
    for place, district in enumerate(DISTRICTS):
        own = _district(maker, place, district)
        _grassroots(maker, district, own, planned[place])
    made = maker.cast
    _mark(made, aims, scale, rng)
    _late_openings(made, rng)
    _closed(maker)
    _openings(made, rng)
    return made


def _municipal(maker: _Maker) -> None:
    for number, star in enumerate(MUNICIPAL, start=1):
        above = "500000002" if star.name.startswith("重庆市公安局") and number > 2 else ""
        unit = maker.unit(
            f"500000{number:03d}", star.name, short_name=star.weibo_name, organ_type=star.kind, level="厅局级",
            system=star.system, adcode="500000", parent=above, supervisor=above, category="参评",
        )  # fmt: skip
        place = maker.account(unit, "微博", star.weibo_name)
        maker.cast.levels[place], maker.cast.followers[place] = star.weibo, star.followers
        if star.wechat is not None:
            place = maker.account(unit, "微信订阅号", star.wechat_name)
            maker.cast.levels[place], maker.cast.followers[place] = star.wechat, star.wechat_followers
        if star.name in _SECOND:
            place = maker.account(unit, "微博", _SECOND[star.name], main=False)
            maker.cast.levels[place], maker.cast.followers[place] = 0.2, 9_000 + 400 * number


def _district(maker: _Maker, place: int, district: District) -> str:
    """The district's own organs and their main accounts; returns the code of the first."""
    name, code = district.name, f"{district.adcode}001"
    weibo_level, wechat_level = ordinary(place)
    short = stem(name)
    names: tuple[str, str] = (f"{short}发布", f"{short}发布")
    followers, subscribers = 0, 0
    if name in DISTRICT_STARS:
        *told, weibo_level, wechat_level, followers, subscribers = DISTRICT_STARS[name]
        names = (str(told[0]), str(told[1]))
    title = name if name == "彭水苗族土家族自治县" else f"{name}委宣传部"
    kind = ("政府", "党政综合") if title == name else ("党委部门", "外宣")
    start, predecessor = None, ""
    if name == RENAMED[2]:
        predecessor, start = f"{RENAMED[1]}001", date(2015, 6, 1)
        maker.unit(
            predecessor, f"{RENAMED[0]}委宣传部", organ_type=kind[0], level="县处级", system=kind[1],
            adcode=RENAMED[1], supervisor="500000001", category="参评", end=date(2015, 5, 31),
            note="潼南撤县设区前的名称",
        )  # fmt: skip
    unit = maker.unit(
        code, title, short_name=names[0], organ_type=kind[0], level="县处级", system=kind[1], adcode=district.adcode,
        supervisor="500000001", category="参评", start=start, predecessor=predecessor,
    )  # fmt: skip
    _named(maker, unit, "微博", names[0], weibo_level, followers)
    if name == RENAMED[2]:
        old = replace(maker.cast.accounts[-1], aliases="潼南县发布(2012-05-01至2015-05-31)")
        maker.cast.accounts[-1] = old
    if district.wechat:
        _named(maker, unit, "微信订阅号", names[1], wechat_level, subscribers)
    if district.government:
        unit = maker.unit(
            f"{district.adcode}002", f"重庆市{name}人民政府", short_name=f"{short}政府", organ_type="政府",
            level="厅局级" if name.endswith("区") else "县处级", system="党政综合", adcode=district.adcode, category="参评",
        )  # fmt: skip
        _named(maker, unit, "微博", f"{short}政务", 0.26 + 0.10 * (place % 5) / 5, 0)
        if district.government_wechat:
            _named(maker, unit, "微信服务号", f"{short}政务服务", 0.32, 0)
    return code


def _named(maker: _Maker, unit: int, platform: str, name: str, level: float, followers: int) -> None:
    place = maker.account(unit, platform, name)
    maker.cast.levels[place] = level
    if followers:
        maker.cast.followers[place] = followers


def _grassroots(maker: _Maker, district: District, own: str, cells: list[seats.Cell]) -> None:
    made, short = maker.cast, stem(district.name)
    above = f"{district.adcode}002" if district.government else own
    bureaus = {star.name: f"500000{number:03d}" for number, star in enumerate(MUNICIPAL, start=1)}
    number = 2
    systems = {system.name: system for system in (*SIX, *OTHERS)}
    for cell in cells:
        system, bureau = systems[cell.system], ""
        for organ, platforms in cell.organs:
            number += 1
            code = f"{district.adcode}{number:03d}"
            unit = maker.unit(
                code, organ.pattern.format(r=district.name), short_name=f"{short}{organ.word}",
                organ_type=organ.kind, level="县处级" if organ is system.organs[0] else "乡科级", system=cell.system,
                adcode=district.adcode, parent=above, supervisor=bureau or bureaus.get(system.bureau, ""),
            )  # fmt: skip
            bureau = bureau or (code if organ is system.organs[0] else "")
            part = PARTS.get((district.name, organ.pattern), "")
            for platform in platforms:
                name = f"{short}{organ.word}"
                if part == "star":
                    name, level, followers = GRASSROOTS_STARS[district.name, "公安局"]
                    _named(maker, unit, platform, name, level, followers)
                else:
                    maker.account(unit, platform, name)
                if part:
                    made.parts[part] = len(made.accounts) - 1


def _mark(made: Cast, aims: Targets, scale: float, rng: np.random.Generator) -> None:
    """参评 for all named and planted units and for others by chance, as many as are wanted."""
    taking_part = {made.of[place] for place in made.parts.values()}
    given = {place for place, unit in enumerate(made.units) if unit.category == "参评"} | taking_part
    alive_given = sum(1 for place in given if made.units[place].end is None)
    others = [place for place in range(len(made.units)) if place not in given]
    wanted = aims.units - alive_given if scale == 1.0 else round(0.85 * len(others))
    wanted = min(max(wanted, 0), len(others))
    chosen = set(rng.choice(others, wanted, replace=False).tolist()) | given if others else given
    for place, unit in enumerate(made.units):
        made.units[place] = replace(unit, category="参评" if place in chosen else "不参评")


def _late_openings(made: Cast, rng: np.random.Generator) -> None:
    """A tenth of the ordinary accounts opened after mid-2014, some of them within the period."""
    fixed = set(made.levels) | set(made.parts.values())
    for place, account in enumerate(made.accounts):
        if place in fixed or rng.random() > 0.09:
            continue
        late = rng.random() < 0.3
        first = date(2015, 1, 12) if late else date(2014, 7, 5)
        opened = first + timedelta(days=int(rng.integers(0, 90 if late else 170)))
        made.accounts[place] = replace(account, opened=opened)
    place = made.parts["opened_in_march"]
    made.accounts[place] = replace(made.accounts[place], opened=date(2015, 3, 9))


def _closed(maker: _Maker) -> None:
    """A second account of one unit that was given up in April: it posted, but is not counted as open."""
    made = maker.cast
    unit = made.of[made.parts.pop("closed")]
    place = maker.account(unit, "微博", f"{made.units[unit].short_name}服务台", main=False)
    made.accounts[place] = replace(made.accounts[place], status="已注销", closed=date(2015, 4, 16))
    made.parts["closed"] = place


def _openings(made: Cast, rng: np.random.Generator) -> None:
    """Who has an account, who decided against it, who was never asked.

    One row for each unit and platform without an account; the organs that speak for the city or
    a district have one for each platform.
    """
    has = {(made.of[place], account.platform[:2]) for place, account in enumerate(made.accounts)}
    names = {district.adcode: district for district in DISTRICTS}
    planted = {made.of[place] for place in made.parts.values()}
    checked = date(2015, 6, 25)
    for place, unit in enumerate(made.units):
        if unit.end is not None:
            continue
        official = unit.adcode == "500000" or unit.system in ("外宣", "党政综合")
        district = names.get(unit.adcode)
        for family, platform in (("微博", "微博"), ("微信", "微信订阅号")):
            if (place, family) in has:
                if official:
                    made.openings.append(Opening(unit.code, platform, "有账号", checked, "普查组"))
                continue
            unknown = family == "微信" and district is not None and district.name == UNSURVEYED and official
            if not official and district is not None and district.wechat:
                unknown = bool(rng.random() < 0.12) and place not in planted
            status = "未普查" if unknown else "确认未开通"
            day, who = (None, "") if unknown else (checked, "普查组")
            made.openings.append(Opening(unit.code, platform, status, day, who))
