"""The 38 districts and counties of 2015-06-30, and what the demo plans for each.

Codes and names after GB/T 2260 (500223 潼南县 and 500226 荣昌县 became 500152 潼南区 and 500153
荣昌区 within the period). People are those of the shipped preset, official or estimated there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from jianwei.roster.populations import shipped

__all__ = ["DECIDED", "DISTRICTS", "RENAMED", "UNSURVEYED", "District", "people", "stem"]

DECIDED = "城口县"
"""Has no WeChat account by decision (确认未开通): a planted truth."""

UNSURVEYED = "巫溪县"
"""Was never surveyed for WeChat (未普查): a planted truth."""

RENAMED = ("潼南县", "500223", "潼南区", "500152")
"""Old name and code, new name and code, from 2015-06-01."""


@dataclass(frozen=True)
class District:
    """A district: accounts wanted (weight), 覆盖系数 wanted, what its own organs opened.

    `wechat`: its main organ has WeChat. `government`: its 人民政府 has Weibo beside the 宣传部;
    `government_wechat`: and WeChat too.
    """

    adcode: str
    name: str
    accounts: float
    reach: float
    wechat: bool
    government: bool
    government_wechat: bool = False


def _district(row: str) -> District:
    adcode, name, accounts, reach, flags = row.split()
    return District(adcode, name, float(accounts), float(reach), "w" in flags, "g" in flags, "x" in flags)


DISTRICTS: tuple[District, ...] = tuple(
    map(
        _district,
        (
            "500101 万州区 97 0.47 wgx",
            "500102 涪陵区 92 0.60 wg",
            "500103 渝中区 94 0.78 wgx",
            "500104 大渡口区 116 1.45 wg",
            "500105 江北区 88 0.62 g",
            "500106 沙坪坝区 97 0.72 wg",
            "500107 九龙坡区 90 0.58 wgx",
            "500108 南岸区 131 1.22 wg",
            "500109 北碚区 82 0.63 wg",
            "500110 綦江区 68 0.38 wg",
            "500111 大足区 66 0.36 g",
            "500112 渝北区 95 0.52 wgx",
            "500113 巴南区 84 0.48 wg",
            "500114 黔江区 62 0.52 -",
            "500115 长寿区 76 0.46 wg",
            "500116 江津区 93 1.02 wg",
            "500117 合川区 110 0.66 wg",
            "500118 永川区 86 0.49 wg",
            "500119 南川区 64 0.44 g",
            "500120 璧山区 70 0.45 g",
            "500151 铜梁区 67 0.42 g",
            "500152 潼南区 60 0.33 g",
            "500153 荣昌区 63 0.37 g",
            "500228 梁平县 57 0.31 g",
            "500229 城口县 43 0.58 -",
            "500230 丰都县 69 0.50 wg",
            "500231 垫江县 56 0.30 g",
            "500232 武隆县 61 0.70 wg",
            "500233 忠县 58 0.30 g",
            "500234 开县 65 0.26 g",
            "500235 云阳县 123 0.64 wg",
            "500236 奉节县 59 0.28 g",
            "500237 巫山县 53 0.44 -",
            "500238 巫溪县 45 0.36 -",
            "500240 石柱土家族自治县 55 0.46 -",
            "500241 秀山土家族苗族自治县 52 0.38 -",
            "500242 酉阳土家族苗族自治县 54 0.34 -",
            "500243 彭水苗族土家族自治县 71 0.55 w",
        ),
    )
)
"""In order of code, which is their 建制顺序 here."""

_OLDER = {"500152": "500223", "500153": "500226"}


@cache
def people(adcode: str) -> int:
    """Residents (常住) at the end of 2014, under the district's older code where it had one."""
    codes = (adcode, _OLDER.get(adcode, ""))
    rows = [row for row in shipped().to_pylist() if row["adcode"] in codes and row["kind"] == "常住"]
    return next(int(row["people"]) for row in rows if row["year"] == 2014)


def stem(name: str) -> str:
    """The short name that accounts use: 沙坪坝, 彭水, 忠县."""
    for tail in ("土家族苗族自治县", "苗族土家族自治县", "土家族自治县"):
        name = name.removesuffix(tail)
    return name if len(name) == 2 else name.removesuffix("区").removesuffix("县")
