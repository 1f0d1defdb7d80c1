"""The HTML file: self-contained, escaped, with everything that a number must open."""

from __future__ import annotations

import dataclasses
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from jianwei.errors import RenderError
from jianwei.report import compose, html
from jianwei.table import Table, column
from tests.report.example import facts, findings, thin

HOSTILE = "</script><script>alert(1)</script>\"'<b onclick=x>\x00\x0b&"


class Page(HTMLParser):
    """What a reader of the file sees: tags, ids, links, text, JSON islands."""

    def __init__(self, words: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.links: list[dict[str, str | None]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.islands: dict[str, str] = {}
        self.text = ""
        self._island: str | None = None
        self._script = False
        self.feed(words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a" and "n" in str(given.get("class")).split():
            self.links.append(given)
        self._script = tag in ("script", "style")
        if tag == "script" and given.get("type") == "application/json":
            self._island = str(given["id"])
            self.islands[self._island] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._island, self._script = None, False

    def handle_data(self, data: str) -> None:
        if self._island:
            self.islands[self._island] += data
        elif not self._script:
            self.text += data


@pytest.fixture(scope="module")
def words() -> str:
    return html.render(compose(facts()))


@pytest.fixture(scope="module")
def page(words: str) -> Page:
    return Page(words)


def test_nothing_is_asked_of_the_network(words: str, page: Page) -> None:
    for tag, attributes in page.tags:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base")
        for name in ("src", "srcset", "action", "poster"):
            assert name not in attributes
        if tag == "a":
            assert str(attributes.get("href", "#")).startswith("#")
    assert "@import" not in words
    assert not re.search(r"url\(\s*['\"]?https?:", words)
    assert "default-src 'none'" in words


def test_every_number_is_a_link_to_a_panel_that_exists(page: Page) -> None:
    assert len(page.links) > 300
    for link in page.links:
        assert str(link["href"])[1:] in page.ids
    assert {"S4.posts", "S5.posts#alt", "board:shuangwei-2015/区县/2015H1/U002#score"} <= {
        str(link.get("data-a")) for link in page.links
    }


def test_ids_are_unique_and_the_contents_lead_somewhere(page: Page) -> None:
    assert len(set(page.ids)) == len(page.ids)
    targets = [attributes["href"] for tag, attributes in page.tags if tag == "a" and attributes.get("href")]
    assert {str(target)[1:] for target in targets} <= set(page.ids)


def test_a_panel_gives_definition_formula_query_rows_and_versions(page: Page) -> None:
    for said in (
        "参评单位的微博账号在周期内的发布数之和",
        "241139 ÷ 180（按日历为 ÷ 181）",
        "SELECT count(*) AS n FROM census WHERE 'S5.posts' <> ''",
        "241,139 行",
        "9f3c21aa07b4e1d5",
        "30%×传播指数 ＋ 25%×互动指数",
    ):
        assert said in page.text


def test_still_pictures_come_first_and_options_stand_beside(words: str, page: Page) -> None:
    options = json.loads(page.islands["figures"])
    assert words.count("<svg ") == len(options) == 7
    assert options["F1"]["series"][0]["type"] == "bar"
    assert words.count('id="library"') == 1


def test_exports_hold_raw_values(page: Page) -> None:
    tables = json.loads(page.islands["tables"])
    board = tables["board-shuangwei-2015-市直机关-main"]
    assert board["columns"][:2] == ["排名", "单位"]
    assert board["rows"][0][:2] == [1, "重庆市人民政府新闻办公室"]
    assert board["rows"][3][3] is None
    buttons = {attributes.get("data-table") for _, attributes in page.tags if attributes.get("data-table")}
    assert buttons == set(tables)


def test_a_missing_value_is_a_dash_and_no_link(page: Page) -> None:
    addressed = {str(link.get("data-a")) for link in page.links}
    assert "board:shuangwei-2015/市直机关/2015H1/U003#node.wechat" not in addressed
    assert "board:shuangwei-2015/市直机关/2015H1/U002#node.wechat" in addressed


def test_hostile_text_stays_text() -> None:
    found = findings()
    found["S4.posts"] = dataclasses.replace(found["S4.posts"], definition=HOSTILE, query=HOSTILE)
    rows = tuple({**row, "region": HOSTILE} for row in found["F1.leaders"].detail[:1])
    found["F1.leaders"] = dataclasses.replace(found["F1.leaders"], value=[HOSTILE], detail=rows)
    table = Table("t", HOSTILE, (column("a", HOSTILE),), ({"a": HOSTILE},))
    document = compose(
        facts(title=HOSTILE, institution=HOSTILE, findings=found, board_tables=(table,), notes=(HOSTILE,))
    )
    words = html.render(document)
    page = Page(words)
    assert len([tag for tag, _ in page.tags if tag == "script"]) == 5
    assert not [tag for tag, attributes in page.tags if "onclick" in attributes]
    assert "alert(1)" in page.text
    assert "\x00" not in words
    assert "\x0b" not in words
    assert json.loads(page.islands["tables"])["t"]["rows"][0][0].startswith("</script>")
    style = words[words.index("<style>") : words.index("</style>")]
    assert "<" not in style[len("<style>") :]


def test_the_mark_of_synthetic_data_stands_on_every_page(words: str) -> None:
    head = words[words.index("<style>") : words.index("</style>")]
    assert '@top-right{content:"合成数据，按公开报告的总量校准";}' in head
    assert words.count("合成数据，按公开报告的总量校准") >= 4
    assert "合成数据" not in html.render(compose(thin()))


def test_a_report_without_figures_carries_no_library() -> None:
    bare: dict[str, Any] = {"findings": {}, "boards": (), "board_tables": (), "coverage": ()}
    words = html.render(compose(facts(**bare)))
    assert len(words) < 100_000


def test_the_same_facts_give_the_same_bytes(words: str) -> None:
    assert html.render(compose(facts())) == words


def test_a_path_that_cannot_be_written_is_a_render_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x")
    with pytest.raises(RenderError, match="未能写入"):
        html.write(compose(thin()), blocked / "report.html")
