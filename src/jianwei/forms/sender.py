"""Which request a file answers: by its token, else by what it says of its unit, else by its accounts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jianwei.errors import Issue, Place
from jianwei.forms.book import UNIT
from jianwei.forms.request import Ask, Batch
from jianwei.forms.returned import Page, Returned
from jianwei.intake import values
from jianwei.model import account_id
from jianwei.period import Period

__all__ = ["Sender", "Senders"]

_TOKEN = re.compile(r"(.+)-\d{3,}-[0-9a-f]{8}", re.ASCII)


@dataclass(frozen=True)
class Sender:
    """A unit as it was asked."""

    batch: Batch
    ask: Ask


class Senders:
    """The units of a period's requests, to tell whose a file is."""

    def __init__(self, period: Period, batches: Sequence[Batch], owners: Mapping[str, str]) -> None:
        """batches: those of the period, oldest first. owners: account id to unit code."""
        self.period, self.owners = period, owners
        self._by_token = {ask.token: Sender(batch, ask) for batch in batches for ask in batch.asks}
        self._by_code = {ask.code: Sender(batch, ask) for batch in batches for ask in batch.asks}

    def of(self, returned: Returned) -> tuple[Sender | None, list[Issue]]:
        """Who sent a file, and what is to be said of that; None where it cannot be told or is not of this period."""
        place = Place(returned.title)
        if returned.token in self._by_token:
            found = self._by_token[returned.token]
            return found, list(self._contradicted(returned, found))
        issues: list[Issue] = []
        sender: Sender | None
        if returned.token:
            label = _label(returned.token)
            if label not in ("", self.period.label):
                what = f"是 {label} 的填报表，不是 {self.period.label} 的"
                hint = f"请用 --period {label} 收，或请单位换用本期的表"
                return None, [Issue("error", "other_period", place, what, hint)]
            what = f"批次号 {values.shown(returned.token)} 不是这个工作区下发的"
            hint = "请核对是否拿错了表；已按表内的单位和账号认"
            issues.append(Issue("warning", "unknown_token", place, what, hint))
        sender = (
            self._by_code.get(returned.code)
            or _by_accounts(returned, self._by_code, self.owners)
            or _by_name(returned, self._by_code)
        )
        if sender is None:
            what = "看不出是哪个单位的表：没有批次号，账号也不在下发的名单中"
            return None, [Issue("error", "unknown_sender", place, what, "请单位用下发的原表填写")]
        if not returned.token:
            what = f"没有批次号（“填写说明”表可能被删），按表内的单位或账号认作“{sender.ask.name}”"
            hint = "请确认单位无误；请勿删去“填写说明”表"
            issues.append(Issue("warning", "no_token", place, what, hint))
        return sender, issues

    def _contradicted(self, returned: Returned, found: Sender) -> Iterator[Issue]:
        """Where the first sheet or the name of a file speak of another unit than its token."""
        code, named = returned.code, _by_name(returned, self._by_code)
        hint = "请核对是否拿错了表；现按批次号认"
        if code and code != found.ask.code:
            what = f"批次号发给的是“{found.ask.name}”，表上的单位编码却是 {values.shown(code)}"
            yield Issue("warning", "wrong_unit", Place(returned.title, None, UNIT), what, hint)
        elif named is not None and named.ask.code != found.ask.code:
            what = f"文件名是另一个单位的，表却是发给“{found.ask.name}”的"
            yield Issue("warning", "wrong_unit", Place(returned.title), what, hint)


def _label(token: str) -> str:
    """The period that a token was given for; empty where the cell holds none, but was overwritten."""
    found = _TOKEN.fullmatch(token)
    return found[1] if found else ""


def _by_accounts(returned: Returned, asked: Mapping[str, Sender], owners: Mapping[str, str]) -> Sender | None:
    """The unit that most of the accounts named in the file are of."""
    votes = Counter(
        code
        for page in returned.pages
        for key in _accounts(page)
        if (code := owners.get(key)) is not None and code in asked
    )
    return asked[votes.most_common(1)[0][0]] if votes else None


def _accounts(page: Page) -> list[str]:
    family, found = page.fit.template.platform, []
    for row in page.rows:
        cell = page.cells(row).get("uid")
        if values.blank(cell):
            continue
        try:
            found.append(account_id(family, values.identifier(cell, what="UID")))
        except values.CellError:
            continue
    return found


def _by_name(returned: Returned, asked: Mapping[str, Sender]) -> Sender | None:
    """The unit with whose code the file's name begins."""
    return asked.get(returned.path.stem.split("_", 1)[0])
