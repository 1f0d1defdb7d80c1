"""Cohorts (参评范围): who is ranked together, as predicates over the roster in TOML files."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
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
            cohort = _parse(entry.read_bytes(), entry.name)
            found[cohort.name] = cohort
    if folder is not None and folder.is_dir():
        for path in sorted(folder.glob("*.toml")):
            cohort = _parse(path.read_bytes(), str(path))
            found[cohort.name] = cohort
    return found


def load(name: str, folder: Path | None = None) -> Cohort:
    """The cohort of that name or alias. Raises RecipeError with the known names."""
    cohorts = known(folder)
    for cohort in cohorts.values():
        if name in (cohort.name, cohort.alias):
            return cohort
    words = [word for c in cohorts.values() for word in (c.name, c.alias) if word]
    hint = suggest(name, words) or f"可用的有：{'、'.join(cohorts)}"
    raise RecipeError(f"没有名为“{name}”的参评范围", hint=hint)


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
    return _select(cohort, roster, folder, root or root_region(roster), ())


def _select(
    cohort: Cohort, roster: Roster, folder: Path | None, root: str, above: tuple[str, ...]
) -> list[dict[str, Any]]:
    """`select` with the cohorts that are being left out of each other, to find a ring."""
    if cohort.name in above:
        ring = " → ".join((*above[above.index(cohort.name) :], cohort.name))
        raise RecipeError(f"参评范围互相排除：{ring}", hint="改正其中一个的 exclude")
    place = cache(partial(_place, roster))
    units = [unit for unit in roster.units.to_pylist() if unit["category"] not in EXCLUDED]
    chosen = [unit for unit in units if _fits(cohort, unit, root, place)]
    if cohort.marked_only:
        codes = {unit["code"] for unit in marked(roster)}
        chosen = [unit for unit in chosen if unit["code"] in codes]
    for other in cohort.exclude:
        out = _select(load(other, folder), roster, folder, root, (*above, cohort.name))
        left_out = {unit["code"] for unit in out}
        chosen = [unit for unit in chosen if unit["code"] not in left_out]
    if cohort.prefer is not None:
        chosen = _one_per_region(chosen, cohort.prefer, place)
    return chosen


def _place(roster: Roster, adcode: str | None) -> str:
    """One code for a place under all the codes that it has had: its newest."""
    return roster.places.same_place(adcode)[-1] if adcode else ""


def _fits(cohort: Cohort, unit: Mapping[str, Any], root: str, place: Callable[[str | None], str]) -> bool:
    here, top = place(unit["adcode"]), place(root)
    if cohort.region == "root" and not (top and here == top):
        return False
    if cohort.region == "below" and not (top and here and here != top):
        return False
    for key, words in (cohort.where or {}).items():
        field = key.removesuffix("_not")
        meant = here in map(place, words) if field == "adcode" else str(unit[field] or "") in words
        if meant == key.endswith("_not"):
            return False
    return not cohort.name_contains or any(word in unit["name"] for word in cohort.name_contains)


def _one_per_region(
    units: list[dict[str, Any]], prefer: tuple[str, ...], place: Callable[[str | None], str]
) -> list[dict[str, Any]]:
    def choice(unit: dict[str, Any]) -> int:
        hits = [place for place, word in enumerate(prefer) if word in unit["name"]]
        return min(hits, default=len(prefer))

    best: dict[str, dict[str, Any]] = {}
    for unit in units:
        here = place(unit["adcode"])
        if here not in best or choice(unit) < choice(best[here]):
            best[here] = unit
    codes = {unit["code"] for unit in best.values()}
    return [unit for unit in units if unit["code"] in codes]


def _parse(content: bytes, file: str) -> Cohort:
    try:
        data = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise RecipeError(f"参评范围文件 {file} 不是 UTF-8 编码", hint="请另存为 UTF-8") from error
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


_TABLES: Mapping[str, tuple[str, ...]] = {
    "cohort": ("name", "alias", "note", "marked_only"),
    "where": ("region", "name_contains", *_LISTS),
    "exclude": ("cohorts",),
    "one_per_region": ("prefer",),
}


def _problems(data: Mapping[str, Any], file: str) -> Iterator[Issue]:
    for field, what, hint in (*_unknown_keys(data), *_wrong_values(data)):
        yield Issue("error", "cohort_key", Place(file, None, field), what, hint)


def _unknown_keys(data: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for table, keys in data.items():
        if table not in _TABLES:
            yield table, "不认识的一节", suggest(table, _TABLES)
        elif not isinstance(keys, dict):
            yield table, "应是一节", f"写成 [{table}]，下面每行一个条件"
        else:
            for key in keys:
                if key not in _TABLES[table]:
                    yield f"{table}.{key}", "不认识的条件", suggest(key, _TABLES[table])


def _wrong_values(data: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Field, what is wrong and what to do, of values of another kind than they must be."""
    head, where, exclude, one = (found if isinstance(found := data.get(t, {}), dict) else {} for t in _TABLES)
    if not isinstance(head.get("name"), str) or not head["name"].strip():
        yield "cohort.name", "缺少名称", ""
    for key in ("alias", "note"):
        if not isinstance(head.get(key, ""), str):
            yield f"cohort.{key}", "应是文字", ""
    if not isinstance(head.get("marked_only", False), bool):
        yield "cohort.marked_only", "应是 true 或 false", ""
    if where.get("region", "any") not in _REGIONS:
        yield "where.region", f"不能是“{where['region']}”", suggest(str(where["region"]), _REGIONS)
    lists = [(f"where.{key}", where.get(key, [])) for key in (*_LISTS, "name_contains")]
    lists.append(("exclude.cohorts", exclude.get("cohorts", [])))
    lists.append(("one_per_region.prefer", one.get("prefer") if "one_per_region" in data else []))
    for field, words in lists:
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            yield field, "应是词语的列表", '例如 ["公安"]'
