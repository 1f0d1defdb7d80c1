"""Cohorts (参评范围): who is ranked together, as predicates over the roster in TOML files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from jianwei.errors import Issue, Place, RecipeError, suggest
from jianwei.roster import Roster

__all__ = ["EXCLUDED", "MARK", "Cohort", "known", "load", "marked", "root_region", "select"]

MARK = "参评"
"""The word of 参评类别 that marks a unit as analysed."""

EXCLUDED = ("不参评", "仅巡检", "只巡检")
"""Words of 参评类别 that keep a unit off every board."""

_LISTS = ("system", "system_not", "organ_type", "organ_type_not", "level", "level_not", "category", "adcode")
_REGIONS = ("any", "root", "below")


@dataclass(frozen=True)
class Cohort:
    """A declared group of units; empty conditions accept every unit."""

    name: str
    alias: str = ""
    note: str = ""
    region: str = "any"
    where: Mapping[str, tuple[str, ...]] | None = None
    name_contains: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    prefer: tuple[str, ...] | None = None  # one unit a region, by the first word its name holds
    marked_only: bool = False


def known(folder: Path | None = None) -> dict[str, Cohort]:
    """All cohorts by name, a workspace folder's files winning over the shipped ones."""
    found: dict[str, Cohort] = {}
    shipped = resources.files("jianwei.presets").joinpath("cohorts")
    for entry in sorted(shipped.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            cohort = _parse(entry.read_text("utf-8"), entry.name)
            found[cohort.name] = cohort
    if folder is not None and folder.is_dir():
        for path in sorted(folder.glob("*.toml")):
            cohort = _parse(path.read_text("utf-8"), str(path))
            found[cohort.name] = cohort
    return found


def load(name: str, folder: Path | None = None) -> Cohort:
    """The cohort of that name or alias. Raises RecipeError with the known names."""
    cohorts = known(folder)
    for cohort in cohorts.values():
        if name in (cohort.name, cohort.alias):
            return cohort
    words = [word for c in cohorts.values() for word in (c.name, c.alias) if word]
    raise RecipeError(f"没有名为“{name}”的参评范围", hint=suggest(name, words))


def root_region(roster: Roster) -> str:
    """The adcode that all units' regions share: a province, a prefecture, or "" where none is common."""
    codes = {str(code) for code in roster.units["adcode"].to_pylist() if code}
    if not codes:
        return ""
    for width in (6, 4, 2):
        heads = {code[:width] for code in codes}
        if len(heads) == 1:
            return heads.pop().ljust(6, "0")
    return ""


def marked(roster: Roster) -> list[dict[str, Any]]:
    """Units that carry the mark 参评; all units where no unit of the roster carries it."""
    units = roster.units.to_pylist()
    chosen = [unit for unit in units if unit["category"] == MARK]
    return chosen or [unit for unit in units if unit["category"] not in EXCLUDED]


def select(
    cohort: Cohort, roster: Roster, *, folder: Path | None = None, root: str = ""
) -> list[dict[str, Any]]:
    """The cohort's units as roster rows in 建制顺序.

    root: adcode of the evaluated region; derived from the roster where not given.
    """
    region = root or root_region(roster)
    units = [unit for unit in roster.units.to_pylist() if unit["category"] not in EXCLUDED]
    chosen = [unit for unit in units if _fits(cohort, unit, region)]
    if cohort.marked_only:
        codes = {unit["code"] for unit in marked(roster)}
        chosen = [unit for unit in chosen if unit["code"] in codes]
    for other in cohort.exclude:
        left_out = {unit["code"] for unit in select(load(other, folder), roster, folder=folder, root=root)}
        chosen = [unit for unit in chosen if unit["code"] not in left_out]
    if cohort.prefer is not None:
        chosen = _one_per_region(chosen, cohort.prefer)
    return chosen


def _fits(cohort: Cohort, unit: Mapping[str, Any], root: str) -> bool:
    code = unit["adcode"] or ""
    if cohort.region == "root" and not (root and code == root):
        return False
    if cohort.region == "below" and not (root and code and code != root):
        return False
    for key, words in (cohort.where or {}).items():
        field = key.removesuffix("_not")
        if (str(unit[field] or "") in words) == key.endswith("_not"):
            return False
    return not cohort.name_contains or any(word in unit["name"] for word in cohort.name_contains)


def _one_per_region(units: list[dict[str, Any]], prefer: tuple[str, ...]) -> list[dict[str, Any]]:
    def choice(unit: dict[str, Any]) -> int:
        hits = [place for place, word in enumerate(prefer) if word in unit["name"]]
        return min(hits, default=len(prefer))

    best: dict[str, dict[str, Any]] = {}
    for unit in units:
        held = best.get(unit["adcode"])
        if held is None or choice(unit) < choice(held):
            best[unit["adcode"]] = unit
    codes = {unit["code"] for unit in best.values()}
    return [unit for unit in units if unit["code"] in codes]


def _parse(text: str, file: str) -> Cohort:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RecipeError(f"参评范围文件 {file} 不是合法的 TOML：{error}") from error
    issues = list(_problems(data, file))
    if issues:
        raise RecipeError(f"参评范围文件 {file} 有 {len(issues)} 处问题：{issues[0]}", issues=issues)
    head, where = data["cohort"], dict(data.get("where", {}))
    region = where.pop("region", "any")
    contains = tuple(where.pop("name_contains", ()))
    return Cohort(
        name=head["name"],
        alias=head.get("alias", ""),
        note=head.get("note", ""),
        region=region,
        where={key: tuple(words) for key, words in where.items()},
        name_contains=contains,
        exclude=tuple(data.get("exclude", {}).get("cohorts", ())),
        prefer=tuple(data["one_per_region"]["prefer"]) if "one_per_region" in data else None,
        marked_only=bool(head.get("marked_only", False)),
    )


def _problems(data: Mapping[str, Any], file: str) -> list[Issue]:
    issues: list[Issue] = []

    def problem(field: str, what: str, hint: str = "") -> None:
        issues.append(Issue("error", "cohort_key", Place(file, None, field), what, hint))

    if not str(data.get("cohort", {}).get("name", "")).strip():
        problem("cohort.name", "缺少名称")
    tables: dict[str, tuple[str, ...]] = {
        "cohort": ("name", "alias", "note", "marked_only"),
        "where": ("region", "name_contains", *_LISTS),
        "exclude": ("cohorts",),
        "one_per_region": ("prefer",),
    }
    for table, keys in data.items():
        if table not in tables:
            problem(table, "不认识的一节", suggest(table, tables))
            continue
        for key in keys:
            if key not in tables[table]:
                problem(f"{table}.{key}", "不认识的条件", suggest(key, tables[table]))
    where = data.get("where", {})
    if where.get("region", "any") not in _REGIONS:
        problem("where.region", f"不能是“{where['region']}”", suggest(str(where["region"]), _REGIONS))
    for key in (*_LISTS, "name_contains"):
        words = where.get(key, [])
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            problem(f"where.{key}", "应是词语的列表", '例如 ["公安"]')
    return issues
