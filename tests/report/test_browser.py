"""The report in a real browser: no errors, no requests, panels, exports, charts, print."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from jianwei.report import compose, html
from jianwei.table import Table, column
from tests.report.example import facts

pytestmark = pytest.mark.browser

CELLS = ("=1+1", "+86", "-5", "@x", "＝cmd", "正常,文字", '引"号')


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("没有 chromium，不能打开网页")
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = tuple({"name": name, "n": -5 - place} for place, name in enumerate(CELLS))
    table = Table("hostile", "名称表", (column("name", "名称"), column("n", "数", "count")), rows)
    document = compose(facts(board_tables=(table,)))
    return html.write(document, tmp_path_factory.mktemp("report") / "report.html")


def opened(browser: Browser, report: Path, width: int, *, script: bool = True) -> tuple[Page, list[str]]:
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script)
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on(
        "request", lambda request: trouble.append(request.url) if request.url != report.as_uri() else None
    )
    page.goto(report.as_uri())
    return page, trouble


@pytest.mark.parametrize("width", [1280, 390])
def test_it_opens_quietly_and_never_scrolls_sideways(browser: Browser, report: Path, width: int) -> None:
    page, trouble = opened(browser, report, width)
    page.locator("figure").last.scroll_into_view_if_needed()
    page.wait_for_timeout(100)
    assert trouble == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_number_opens_its_panel_and_escape_closes_it(browser: Browser, report: Path) -> None:
    page, trouble = opened(browser, report, 1280)
    page.locator('main a.n[data-a="S5.posts"]').last.focus()
    page.keyboard.press("Enter")
    panel = page.locator(".pop:popover-open")
    assert "241139 ÷ 180" in panel.inner_text()
    page.keyboard.press("Escape")
    assert panel.count() == 0
    assert page.evaluate("document.activeElement.dataset.a") == "S5.posts"
    assert trouble == []


def test_a_cell_says_whose_number_it_is_unrounded(browser: Browser, report: Path) -> None:
    page, _ = opened(browser, report, 1280)
    page.locator('td a.n[data-a="board:shuangwei-2015/区县/2015H1/U002#score"]').click()
    said = page.locator(".pop:popover-open .pop-here").inner_text()
    assert said == "彭水苗族土家族自治县委宣传部：84.80（未舍入 84.8005）"


def test_without_scripts_a_number_still_opens_and_pictures_stand(browser: Browser, report: Path) -> None:
    page, _ = opened(browser, report, 1280, script=False)
    page.locator('main a.n[data-a="S4.posts"]').first.click()
    assert page.locator(".pop:target").is_visible()
    assert page.locator(".still svg").first.is_visible()


def test_charts_come_alive_in_view_and_print_shows_the_still(browser: Browser, report: Path) -> None:
    page, _ = opened(browser, report, 1280)
    page.locator("#fig-F1").scroll_into_view_if_needed()
    page.wait_for_selector("#fig-F1 .alive .live svg")
    assert not page.locator("#fig-F1 .still").is_visible()
    page.emulate_media(media="print")
    assert page.locator("#fig-F1 .still").is_visible()
    assert not page.locator("#fig-F1 .live").is_visible()


def test_a_csv_runs_no_formula_and_opens_in_excel(browser: Browser, report: Path, tmp_path: Path) -> None:
    page, _ = opened(browser, report, 1280)
    with page.expect_download() as download:
        page.locator('.csv[data-table="hostile"]').click()
    assert download.value.suggested_filename == "名称表.csv"
    path = tmp_path / "t.csv"
    download.value.save_as(path)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = raw.decode("utf-8-sig").splitlines()
    assert lines[0] == "名称,数"
    assert lines[1:6] == ["'=1+1,-5", "'+86,-6", "'-5,-7", "'@x,-8", "'＝cmd,-9"]
    assert lines[6:] == ['"正常,文字",-10', '"引""号",-11']


def test_it_prints_on_a4_with_page_numbers(browser: Browser, report: Path) -> None:
    page, _ = opened(browser, report, 1280)
    pdf = page.pdf(prefer_css_page_size=True)
    pages = pdf.count(b"/Type /Page\n") or pdf.count(b"/Type /Page ")
    assert 12 <= pages <= 30
    assert b"/MediaBox [0 0 594.95996 841.91998]" in pdf
