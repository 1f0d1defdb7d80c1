"""Which map shows a province's regions, and by which codes the map knows them."""

from __future__ import annotations

import json
from functools import cache

from jianwei.figure.svg import asset

__all__ = ["map_of", "regions"]

_PROVINCES: dict[str, str] = {
    "11": "beijing",
    "12": "tianjin",
    "13": "hebei",
    "14": "shanxi",
    "15": "neimenggu",
    "21": "liaoning",
    "22": "jilin",
    "23": "heilongjiang",
    "31": "shanghai",
    "32": "jiangsu",
    "33": "zhejiang",
    "34": "anhui",
    "35": "fujian",
    "36": "jiangxi",
    "37": "shandong",
    "41": "henan",
    "42": "hubei",
    "43": "hunan",
    "44": "guangdong",
    "45": "guangxi",
    "46": "hainan",
    "50": "chongqing",
    "51": "sichuan",
    "52": "guizhou",
    "53": "yunnan",
    "54": "xizang",
    "61": "shanxi1",
    "62": "gansu",
    "63": "qinghai",
    "64": "ningxia",
    "65": "xinjiang",
}
"""The first two digits of a province's code → its file in assets/maps, regions one level below."""


def map_of(adcode: str) -> str:
    """The map of a province's prefectures, or of a municipality's districts; "" where there is none."""
    code = adcode.ljust(6, "0")
    return _PROVINCES.get(code[:2], "") if code.endswith("0000") else ""


@cache
def regions(map_name: str) -> dict[str, str]:
    """Name of each region as the map writes it → its code; regions without a code are left out.

    Raises RenderError where the map is not there.
    """
    features = json.loads(asset(f"maps/{map_name}.json"))["features"]
    return {str(one["properties"]["name"]): str(one["id"]) for one in features if one.get("id")}
