"""The composed document: every digit bound to a fact, numbering without holes, absences said."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Any

import pytest

from jianwei.errors import RenderError
from jianwei.phrase import Span, number, plain
from jianwei.report.address import resolve, source_of
from jianwei.report.facts import Facts
from jianwei.report.model import Box, Cards, Document, FigureBlock, Heading, TableBlock
from jianwei.report.outline import chinese, compose
from jianwei.report.sources import addresses, spans_of, tables_of
from tests.report.example import board, facts, findings, thin

DIGIT = re.compile(r"\d")


@pytest.fixture(scope="module", params=["full", "thin", "empty"])
def made(request: pytest.FixtureRequest) -> tuple[Facts, Document]:
    empty = facts(findings={}, boards=(), board_tables=(), coverage=(), imports=(), recipes=(), versions={})
    given = {"full": facts(), "thin": thin(), "empty": empty}[request.param]
    return given, compose(given)


def spans(document: Document) -> Iterator[Span]:
    for block in document.blocks:
        for sentence in spans_of(block):
            yield from sentence


def words(document: Document) -> str:
    return "".join(span.text for span in spans(document))


def forms(value: Any) -> set[str]:
    """The ways in which a number may be printed."""
    if isinstance(value, str):
        return {value}
    said = {number.count(value), number.big(value), number.scaled(value)[0], number.fixed(value, 3)}
    said |= {number.quantity(value, digits) for digits in (1, 2, 3)} | {number.fixed(value, 2), str(value)}
    said |= {
        shape(part, digits)
        for part in (value, abs(value))
        for digits in (1, 2)
        for shape in (number.share, number.points)
    }
    return said


def test_every_digit_of_the_prose_has_an_address(made: tuple[Facts, Document]) -> None:
    _, document = made
    loose = [span.text for span in spans(document) if DIGIT.search(span.text) and not span.address]
    assert loose == []


def test_every_address_names_something(made: tuple[Facts, Document]) -> None:
    given, document = made
    tables = list(tables_of(document.blocks))
    for address in set(addresses(document.blocks)):
        resolve(address, given, tables)


def test_every_number_says_what_its_address_holds(made: tuple[Facts, Document]) -> None:
    given, document = made
    checked = 0
    for span in spans(document):
        if span.name or not DIGIT.search(span.text) or span.address.startswith(("ref:", "period", "text:")):
            continue
        value = resolve(span.address, given, tables_of(document.blocks))
        assert span.text in forms(value), (span, value)
        checked += 1
    assert checked or not given.findings


def test_every_number_opens_a_source(made: tuple[Facts, Document]) -> None:
    _, document = made
    for span in spans(document):
        kind = span.address.partition(":")[0].partition("#")[0]
        if DIGIT.search(span.text) and not span.name and kind not in ("ref", "period", "text", "convention"):
            assert source_of(span.address) in document.sources, span


def test_tables_and_figures_are_numbered_without_holes(made: tuple[Facts, Document]) -> None:
    _, document = made
    for kind in (TableBlock, FigureBlock):
        numbers = [block.number for block in document.blocks if isinstance(block, kind)]
        assert numbers == list(range(1, len(numbers) + 1))


def test_references_name_a_figure_that_is_there(made: tuple[Facts, Document]) -> None:
    _, document = made
    labels = {
        f"ref:fig:{block.figure.id}": f"图{block.number}"
        for block in document.blocks
        if isinstance(block, FigureBlock)
    }
    for span in spans(document):
        if span.address.startswith("ref:"):
            assert span.text == labels[span.address]


def test_headings_count_in_chinese_and_anchors_are_unique(made: tuple[Facts, Document]) -> None:
    _, document = made
    chapters = [block for block in document.headings if block.level == 1]
    numbered = [block.number for block in chapters if block.number]
    assert numbered == [f"{chinese(place)}、" for place in range(1, len(numbered) + 1)]
    anchors = [block.anchor for block in document.headings]
    assert len(set(anchors)) == len(anchors)


def test_no_chapter_is_empty(made: tuple[Facts, Document]) -> None:
    _, document = made
    for here, after in zip(document.blocks, document.blocks[1:], strict=False):
        if isinstance(here, Heading) and isinstance(after, Heading):
            assert after.level > here.level, here.text
    assert not isinstance(document.blocks[-1], Heading)


def test_captions_name_the_plotted_measure(made: tuple[Facts, Document]) -> None:
    _, document = made
    for block in document.blocks:
        if isinstance(block, FigureBlock):
            assert block.figure.measure in plain(block.caption)


def test_a_board_carries_its_note_line_and_who_is_not_ranked() -> None:
    said = words(compose(facts()))
    assert "周期2015年1月1日至2015年6月30日；采集时点2015-07-01至2015-07-03；参评12家，未参评3家" in said
    assert "方案版本ab12cd34ef56" in said
    assert "重庆市档案局、重庆市地震局：应有数据的权重只到41%，低于方案要求的66.7%。" in said


def test_a_board_lists_its_first_ten_and_ties_at_the_tenth_place() -> None:
    one = board("区县", "区县", [f"甲{place}" for place in range(14)])
    tied = tuple(dataclasses.replace(row, rank=10 if row.rank in (10, 11) else row.rank) for row in one.rows)
    document = compose(facts(boards=(dataclasses.replace(one, rows=tied),)))
    table = next(block.table for block in document.blocks if isinstance(block, TableBlock))
    assert [row["rank"] for row in table.rows] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10]


def test_nobody_is_called_last(made: tuple[Facts, Document]) -> None:
    _, document = made
    for word in ("垫底", "倒数", "末位"):
        assert word not in words(document)


def test_the_box_says_what_is_missing_and_why() -> None:
    box = next(block for block in compose(thin()).blocks if isinstance(block, Box))
    said = {plain(what): plain(why) for what, why in box.pairs}
    assert said["覆盖人次"] == "422个账号在期末都没有粉丝读数"
    assert "关键词检索" in "".join(plain(item) for item in box.items)
    assert box.tone == "caution"


def test_excluded_posts_are_not_shown() -> None:
    cards = next(block for block in compose(facts()).blocks if isinstance(block, Cards))
    assert len(cards.items) == 3
    assert "警情通报" not in "".join(plain(card.title) for card in cards.items)


def test_advice_stands_only_on_findings() -> None:
    none = words(compose(facts(findings={})))
    assert "本期没有数据支持的建议" in none
    full = findings()
    full["F5.original_share"] = dataclasses.replace(full["F5.original_share"], value=0.8)
    said = words(compose(facts(findings=full)))
    assert "提高原创内容比重" not in said
    assert "发布以原创为主" in said
    assert "发得更多" not in said


def test_synthetic_facts_are_marked() -> None:
    assert compose(facts()).mark == "合成数据，按公开报告的总量校准"
    assert compose(thin()).mark == ""


def test_two_recipes_over_one_cohort_keep_their_tables_apart() -> None:
    both = (board("区县", "区县", ["甲", "乙"]), board("区县", "区县", ["甲", "乙"], recipe_name="bci"))
    document = compose(facts(boards=both))
    names = [table.id for table in tables_of(document.blocks)]
    assert len(set(names)) == len(names)


def test_an_address_of_nothing_is_refused() -> None:
    for address in ("S9.posts", "S4.posts#nothing.here", "board:a/b/c/d#score", "table:x/1#y", "period#age"):
        with pytest.raises(RenderError):
            resolve(address, facts())


@pytest.mark.parametrize(
    ("value", "said"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")]
)
def test_chinese_numerals(value: int, said: str) -> None:
    assert chinese(value) == said
