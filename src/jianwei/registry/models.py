"""Tables of the registry; fields and their order are those of the office templates in `columns`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords  # type: ignore[import-untyped]  # has no stubs

from jianwei.model import Platform

__all__ = ["Account", "Alias", "Contact", "Opening", "Population", "Region", "Unit"]


def _who(record: Any) -> str:
    return record.history_user_id or ""


def _set_who(record: Any, who: Any) -> None:
    record.history_user_id = str(who or "")


def _tracked() -> Any:
    """History of a table in the same database: who by name (an audit outlives accounts), when, why."""
    return HistoricalRecords(
        use_base_model_db=True,
        history_id_field=models.BigAutoField(),
        history_user_id_field=models.CharField("操作人", max_length=150, blank=True, default=""),
        history_user_getter=_who,
        history_user_setter=_set_who,
        history_change_reason_field=models.TextField("原因", blank=True, null=True),
    )


def _required(title: str, length: int = 200, *, unique: bool = False) -> models.CharField[str, str]:
    """A line of text that must be there."""
    return models.CharField(title, max_length=length, unique=unique)


def _text(title: str, length: int = 200) -> models.CharField[str, str]:
    """A line of text that may be unknown: ""."""
    return models.CharField(title, max_length=length, blank=True, default="")


def _prose(title: str) -> models.TextField[str, str]:
    """Text of any length that may be empty."""
    return models.TextField(title, blank=True, default="")


def _day(title: str) -> models.DateField[date | None, date | None]:
    """A date that may be unknown."""
    return models.DateField(title, null=True, blank=True)


def _on_platform() -> models.CharField[str, str]:
    """A word of model.Platform."""
    words = [(word.value, word.value) for word in Platform]
    field: models.CharField[str, str] = models.CharField("平台", max_length=20, choices=words)
    return field


class Unit(models.Model):
    """A 单位; superiors and predecessor are unit codes, which may stand for units not entered yet."""

    code = _required("单位编码", 50, unique=True)
    order: models.BigIntegerField[int | None, int | None] = models.BigIntegerField(
        "排序号", null=True, blank=True
    )
    name = _required("全称", 200)
    short_name = _text("简称")
    credit_code = _text("统一社会信用代码", 50)
    organ_type = _text("机构类型", 50)
    level = _text("行政级别", 50)
    system = _text("系统", 50)
    adcode = _text("区划代码", 6)
    parent = _text("属地上级", 50)
    supervisor = _text("业务上级", 50)
    category = _text("参评类别", 50)
    start = _day("起始")
    end = _day("终止")
    predecessor = _text("前身单位", 50)
    note = _prose("备注")

    history = _tracked()

    class Meta:
        """建制顺序."""

        verbose_name = verbose_name_plural = "单位"
        ordering = (models.F("order").asc(nulls_last=True), "code")

    def __str__(self) -> str:
        return self.name


class Account(models.Model):
    """An 账号 of a unit; its uid is unique within the platform family."""

    unit: models.ForeignKey[Unit, Unit] = models.ForeignKey(
        Unit, models.PROTECT, to_field="code", related_name="accounts", verbose_name="单位编码"
    )
    platform: models.CharField[str, str] = _on_platform()
    family: models.CharField[str, str] = models.CharField(max_length=20, editable=False)
    name = _required("账号名称", 200)
    uid = _text("UID/原始ID", 100)
    certified_as = _text("认证主体")
    certified_type = _text("认证类型", 50)
    main: models.BooleanField[bool | None, bool | None] = models.BooleanField("主账号", null=True, blank=True)
    opened = _day("开通日期")
    status = _text("状态", 50)
    closed = _day("注销日期")
    filing = _text("备案号", 100)
    filed = _day("备案日期")
    supervisor = _text("主管单位")
    operator = _text("承办单位")
    note = _prose("备注")

    history = _tracked()

    class Meta:
        """One owner an account."""

        verbose_name = verbose_name_plural = "账号"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("family", "uid"), condition=~models.Q(uid=""), name="registry_account_uid"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the family that the platform belongs to."""
        self.family = Platform(self.platform).family
        super().save(*args, **kwargs)


class Alias(models.Model):
    """A 曾用名 of an account, from `start` to `end` (both counted, null = unknown)."""

    account_id: int
    account: models.ForeignKey[Account, Account] = models.ForeignKey(
        Account, models.CASCADE, related_name="aliases", verbose_name="账号"
    )
    place: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField("次序")
    name = _required("曾用名", 200)
    start = _day("起始")
    end = _day("终止")

    history = _tracked()

    class Meta:
        """In the order written."""

        verbose_name = verbose_name_plural = "曾用名"
        ordering = ("account_id", "place")

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """People who answer for an account: restricted, never in a roster, exported only with permission."""

    account_id: int
    account: models.OneToOneField[Account, Account] = models.OneToOneField(
        Account, models.CASCADE, related_name="contact", verbose_name="账号"
    )
    leader = _text("分管领导", 100)
    responsible = _text("责任人", 100)
    phone = _text("电话", 100)

    history = _tracked()

    class Meta:
        """One row an account, none where nothing is known."""

        verbose_name = verbose_name_plural = "联系人"
        ordering = ("account_id",)

    def __str__(self) -> str:
        return self.responsible or self.leader


class Opening(models.Model):
    """Whether a unit has an account on a platform: 有账号, 确认未开通 or 未普查."""

    unit: models.ForeignKey[Unit, Unit] = models.ForeignKey(
        Unit, models.PROTECT, to_field="code", related_name="openings", verbose_name="单位编码"
    )
    platform: models.CharField[str, str] = _on_platform()
    status = _required("状态", 20)
    checked = _day("核实日期")
    checked_by = _text("核实人", 100)

    history = _tracked()

    class Meta:
        """One answer a unit and platform."""

        verbose_name = verbose_name_plural = "开设情况"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("unit", "platform"), name="registry_opening_one"),)

    def __str__(self) -> str:
        return f"{self.platform} {self.status}"


class Region(models.Model):
    """A division that the shipped code tables lack or have otherwise; its rows replace theirs for its code."""

    adcode = _required("区划代码", 6)
    name = _required("名称", 100)
    parent = _text("上级区划", 6)
    start = _day("起始")
    end = _day("终止")

    history = _tracked()

    class Meta:
        """A code may have several names in succession."""

        verbose_name = verbose_name_plural = "区划"
        ordering = ("adcode", "start")
        constraints = (models.UniqueConstraint(fields=("adcode", "name"), name="registry_region_name"),)

    def __str__(self) -> str:
        return self.name


class Population(models.Model):
    """People of a region at a year's end; replaces the shipped figure of that code, year and kind."""

    adcode = _required("区划代码", 6)
    name = _text("名称", 100)
    year: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField("年份")
    kind = _required("口径", 20)
    people: models.PositiveBigIntegerField[int, int] = models.PositiveBigIntegerField("人口")
    source = _text("来源", 500)
    estimate: models.BooleanField[bool, bool] = models.BooleanField("估计")

    history = _tracked()

    class Meta:
        """One figure a region, year and kind."""

        verbose_name = verbose_name_plural = "人口"
        ordering = ("adcode", "year", "kind")
        constraints = (
            models.UniqueConstraint(fields=("adcode", "year", "kind"), name="registry_population_one"),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.year}"
