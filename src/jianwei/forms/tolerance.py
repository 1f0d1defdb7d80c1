"""How far a form may be from what is seen in public before a person is asked: declared in a TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from importlib import resources
from pathlib import Path

from jianwei.errors import DataError, Issue, Place, suggest

__all__ = ["FILE", "Tolerance", "load"]

FILE = "tolerance.toml"


@dataclass(frozen=True)
class Tolerance:
    """Each pair is a number of things and a share of what is seen; the greater of the two is allowed."""

    posts_fewer: float
    posts_fewer_share: float
    posts_more: float
    posts_more_share: float
    counts_fewer: float
    counts_fewer_share: float
    followers_apart: float
    followers_apart_share: float

    def allowed(self, name: str, seen: float) -> float:
        """How far a number may be from the one that is seen; `name` is that of the pair."""
        least, share = float(getattr(self, name)), float(getattr(self, f"{name}_share"))
        return max(least, share * seen)


def load(folder: Path | None = None) -> Tolerance:
    """The shipped tolerance with the folder's own values over it. Raises DataError with every bad key."""
    shipped = resources.files("jianwei.presets").joinpath("forms", FILE).read_text("utf-8")
    values: dict[str, float] = tomllib.loads(shipped)
    own = folder / FILE if folder is not None else None
    if own is not None and own.is_file():
        try:
            changes = tomllib.loads(own.read_text("utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise DataError(
                f"{own} 不是合法的 TOML", hint="请对照说明改正引号和等号，并存为 UTF-8"
            ) from error
        issues = [
            Issue("error", "setting", Place(FILE, None, key), *_wrong(key, value, values))
            for key, value in changes.items()
            if not _fits(key, value, values)
        ]
        if issues:
            raise DataError(f"{own} 有 {len(issues)} 处问题：{'；'.join(map(str, issues))}", issues=issues)
        values |= changes
    return Tolerance(**{field.name: float(values[field.name]) for field in fields(Tolerance)})


def _fits(key: str, value: object, known: dict[str, float]) -> bool:
    return (
        key in known and isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e12
    )


def _wrong(key: str, value: object, known: dict[str, float]) -> tuple[str, str]:
    if key not in known:
        return "不认识的设置", suggest(key, known)
    return f"值不对：{value!r}", "应是不小于 0 的数"
