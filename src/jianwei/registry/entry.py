"""What a census (账号普查) finds: a kind, an account, what was seen and where, how sure, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jianwei.errors import Place

__all__ = ["KINDS", "LIKELY", "OPEN", "SURE", "Entry", "Evidence", "Kind"]

SURE, LIKELY, OPEN = "确定", "较可能", "待核实"
"""How sure an entry is; each entry says by which rule."""


@dataclass(frozen=True)
class Kind:
    """A kind of entry: its title, what it means, its legal basis."""

    title: str
    meaning: str
    basis: str = ""


_FILING = "国办发〔2018〕123号：开设、变更、关停、注销应当备案；全国政务新媒体信息报送系统"

KINDS: Mapping[str, Kind] = {
    "not_filed": Kind("未备案", "本台账或数据中有，全国系统的导出中没有", _FILING),
    "not_registered": Kind("系统有本台账无", "全国系统的导出中在用，本台账没有登记"),
    "posting_after_closing": Kind("已注销仍发文", "登记的注销日期之后仍有发布内容", _FILING),
    "dormant": Kind(
        "僵尸", "截至普查日连续 90 天没有发布，而这些天的数据是有依据的", "国办发〔2018〕123号：无力维护的应当关停"
    ),
    "renamed": Kind("改名", "同一个 UID 先后或同时有不同的名称，台账没有登记", _FILING),
    "several": Kind(
        "一单位同平台多号", "一个单位在同一平台有不止一个在用账号",
        "国办发〔2018〕123号：一个单位原则上在同一平台只开设一个账号",
    ),
    "lookalike": Kind("疑似仿冒", "名称与登记的账号或单位相近，不在两份台账中，也没有机构认证；只供核实，不是结论"),
    "certified_otherwise": Kind("认证主体与主办单位不一致", "认证的主体不是登记的主办单位"),
    "unknown": Kind("未掌握", "没有足够的数据，说不清是否更新；不等于没有更新"),
}  # fmt: skip
"""Kinds by code, in the order they are reported."""


@dataclass(frozen=True)
class Evidence:
    """One thing that was seen, and where: a file and its row (as Excel counts), "" for a table of the registry."""

    what: str
    where: Place = field(default_factory=Place)

    def __str__(self) -> str:
        place = str(self.where)
        return f"{self.what}（{place}）" if place else self.what

    def to_json(self) -> dict[str, Any]:
        """The sentence and its place."""
        return {"what": self.what, "file": self.where.file, "row": self.where.row, "where": str(self.where)}


@dataclass(frozen=True)
class Entry:
    """One finding about one account (or, for several accounts of a unit, their unit).

    rule: why the confidence is what it is. order: 排序号 of the unit, null = not in the registry.
    """

    kind: str
    platform: str
    account: str
    uid: str
    confidence: str
    rule: str
    evidence: tuple[Evidence, ...]
    advice: str
    unit: str = ""
    unit_code: str = ""
    order: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The entry as plain JSON; `kind` is the word on screens, `code` the one for scripts."""
        return {
            "kind": KINDS[self.kind].title,
            "code": self.kind,
            "platform": self.platform,
            "account": self.account,
            "uid": self.uid,
            "unit": self.unit,
            "unit_code": self.unit_code,
            "confidence": self.confidence,
            "rule": self.rule,
            "evidence": [one.to_json() for one in self.evidence],
            "advice": self.advice,
        }
