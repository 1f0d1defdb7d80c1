"""The ledger of a workspace: days add up, reasons are told, who is asked for is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianwei.errors import DataError
from jianwei.workspace import Workspace, coverage, space


@pytest.fixture(scope="module")
def demo(demo_space: Path) -> Workspace:
    return space.open(demo_space)


def test_days_of_every_account_add_up(demo: Workspace) -> None:
    book = coverage.coverage(demo, "2015H1")
    assert book.accounts
    for one in book.accounts:
        assert one.complete + one.partial + one.none == one.expected
        assert sum(stretch.days for stretch in one.calendar) == one.expected
        assert bool(one.none) == ("unvouched" in one.reasons)
    assert {one.grade for one in book.accounts} >= {"complete", "partial"}


def test_a_unit_and_an_account_are_found_by_their_words(demo: Workspace) -> None:
    whole = coverage.coverage(demo, "2015H1")
    one = whole.accounts[0]
    of_unit = coverage.coverage(demo, "2015H1", unit=one.unit)
    assert one in of_unit.accounts
    assert {other.unit for other in of_unit.accounts} == {one.unit}
    for word in (one.account_id, one.account_id.split(":")[1]):
        assert coverage.coverage(demo, "2015H1", account=word).accounts == (one,)


def test_without_a_period_it_is_the_latest_half_year(demo: Workspace) -> None:
    assert coverage.coverage(demo).period.label == "2015H1"


@pytest.mark.parametrize("how", [{"unit": "没有的单位"}, {"account": "没有的账号"}])
def test_a_wrong_word_is_told(demo: Workspace, how: dict[str, str]) -> None:
    with pytest.raises(DataError, match="没有"):
        coverage.coverage(demo, "2015H1", **how)


def test_the_document_has_the_words_of_its_codes(demo: Workspace) -> None:
    told = coverage.coverage(demo, "2015H1").to_json()
    codes = {code for one in told["accounts"] for code in one["reasons"]}
    assert codes <= set(told["words"])
    assert told["accounts"][0]["calendar"][0]["days"] > 0
