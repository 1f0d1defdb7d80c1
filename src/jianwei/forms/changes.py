"""What a later form changes of an earlier one, field by field; and which of two files counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jianwei.errors import Issue, Place
from jianwei.forms.judged import Judged, Statement
from jianwei.intake.records import Audience, Sum

__all__ = ["changes", "covers", "numbers", "outdated"]


def numbers(statement: Statement) -> dict[str, int | None]:
    """What a row gives to the lake, by field of totals, and `followers`; without what it leaves untouched."""
    found: dict[str, int | None] = {}
    for record in statement.found.records:
        if isinstance(record, Sum):
            found |= record.counts
        elif isinstance(record, Audience):
            found["followers"] = record.followers
    return found


def changes(
    earlier: Mapping[str, Any] | None, later: Mapping[str, int | None]
) -> list[tuple[str, int | None, int | None]]:
    """Fields whose number is another one: field, before, after; nothing where nothing was said before.

    earlier: a row of `public.stated`. A cell that was filled and is blank now has become unknown.
    """
    if earlier is None:
        return []
    sums = earlier.get("observed_at") is not None
    return [
        (name, earlier.get(name), value)
        for name, value in later.items()
        if (sums if name != "followers" else earlier.get("followers_at") is not None)
        and earlier.get(name) != value
    ]


def outdated(files: Sequence[Judged]) -> dict[tuple[str, str], dict[str, int | None]]:
    """Let the last of a unit's files count where several state the same account and month.

    files: of one unit, oldest first. Rows of the older ones are skipped where they say the same, else
    kept out. Returns what those said, by account id and month.
    """
    newest: dict[tuple[str, str], Statement] = {}
    said: dict[tuple[str, str], dict[str, int | None]] = {}
    for judged in reversed(files):
        fresh = [one for one in judged.good if one.key not in newest]
        for one in judged.good:
            later = newest.get(one.key)
            if later is None:
                continue
            if numbers(one) == numbers(later):
                judged.skipped.add(one.spot)
                continue
            said.setdefault(one.key, numbers(one))
            place = Place(one.spot.page, one.spot.row, one.page.title("month"))
            what = f"同一账号、同一月份在另一份表（{later.spot.page} 第 {later.spot.row} 行）中更正过"
            judged.refuse(one.spot, Issue("note", "superseded", place, what, "不必处理；以后一份为准"))
        newest |= {one.key: one for one in fresh}
    return said


def covers(later: Judged, earlier: Judged) -> bool:
    """Whether a later file speaks of every sheet that the earlier one has."""
    kinds = _kinds(later.returned.pages)
    return _kinds(earlier.returned.pages) <= kinds


def _kinds(pages: Iterable[Any]) -> set[str]:
    return {page.kind for page in pages if page.kind.endswith("totals")}
