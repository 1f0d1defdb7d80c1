"""A period's report: facts gathered, composed, written, frozen as an edition."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jianwei import coverage
from jianwei.errors import DataError, RenderError, cause, suggest
from jianwei.figure import atlas
from jianwei.lake import ask
from jianwei.model import PLATFORMS
from jianwei.period import Period
from jianwei.report import Document, Edition, Facts, compose, freeze, html
from jianwei.workspace import findings, tables
from jianwei.workspace.desk import Desk, parsed
from jianwei.workspace.findings import Gathered
from jianwei.workspace.progress import Progress, silent
from jianwei.workspace.space import Workspace, now

__all__ = ["FORMATS", "facts", "report"]

FORMATS: tuple[str, ...] = ("html", "docx", "pdf", "xlsx")
"""Formats that a report can be written in."""

_NAMES = {name: f"report.{name}" for name in FORMATS}
_DAYS = {"30-day-months": "每月按30天", "calendar": "按日历天数"}


def report(
    space: Workspace,
    period: str,
    *,
    formats: Sequence[str] = ("html",),
    out: Path | None = None,
    progress: Progress = silent,
) -> Edition:
    """Write the report of a period, freeze it as the next edition, and copy its files to `out`."""
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        raise RenderError(f"还不能输出“{'、'.join(unknown)}”", hint=suggest(unknown[0], FORMATS))
    if not formats:
        raise RenderError("没有写明格式", hint=suggest("", FORMATS))
    if out is not None and out.exists() and not out.is_dir():
        raise DataError(f"{out} 是文件，不是目录", hint="换一个目录")
    when = parsed(period)
    with Desk(space, when) as desk:
        gathered = findings.gather(desk, progress)
        given = facts(desk, gathered)
        progress("排版")
        document = compose(given)
        with tempfile.TemporaryDirectory() as folder:
            files = _written(document, dict.fromkeys(formats), Path(folder), progress)
            told = findings.to_json(gathered.findings.values(), when)
            words = json.dumps(told, ensure_ascii=False, indent=2, default=_plain)
            edition = freeze(
                space.editions,
                when,
                {path.name: path for path in files},
                words + "\n",
                _manifest(desk, gathered),
            )
    if out is not None:
        _copy(edition.path, out)
    return edition


def _written(document: Document, formats: Iterable[str], folder: Path, progress: Progress) -> list[Path]:
    """The report in each format. The Word file's contents show the pages that the PDF has."""
    files = []
    pages: dict[str, int] = {}
    wanted = set(formats)
    if wanted & {"pdf", "docx"}:
        from jianwei.report import pdf  # the setter is read only where paper is wanted

        progress("排版 PDF")
        data, pages = pdf.set_pages(document)
        if "pdf" in wanted:
            files.append(folder / _NAMES["pdf"])
            files[-1].write_bytes(data)
    if "docx" in wanted:
        from jianwei.report import word

        progress("写入 Word")
        files.append(word.write(document, folder / _NAMES["docx"], pages))
    if "xlsx" in wanted:
        from jianwei.report import xlsx

        progress("写入 Excel")
        files.append(xlsx.write(document, folder / _NAMES["xlsx"]))
    if "html" in wanted:
        progress("绘图与写入 HTML")
        files.append(html.write(document, folder / _NAMES["html"]))
    return files


def facts(desk: Desk, gathered: Gathered) -> Facts:
    """Everything the report is made from."""
    settings, period = desk.space.settings, desk.period
    boards = [board for _, board in gathered.boards if board.rows or board.unranked]
    recipes = {name: desk.recipe(name) for name in _recipe_names(gathered)}
    map_name = atlas.map_of(desk.root)
    return Facts(
        title=settings.title,
        institution=settings.institution,
        period=period,
        findings=gathered.findings,
        boards=boards,
        board_tables=tables.tables(desk, gathered),
        coverage=_coverage(desk, gathered),
        imports=ask.rows(desk.con, "SELECT * FROM imports ORDER BY source_file, sha256"),
        recipes=[recipe.to_json() for recipe in recipes.values()],
        conventions={
            "日均的除数": f"{_DAYS[settings.days]}，本期 {period.days(settings.days)} 天（日历 {period.calendar_days} 天）",
            "期末粉丝数": f"期末前后 {settings.followers_within} 天内最近的读数",
            "读数缺失": f"一个账号至少 {settings.known:.0%} 的内容有某项读数，才给出该项之和",
            "数据完整": (
                f"来源首末日期各外推 {coverage.margin(period)} 天；应有天数的 {coverage.COMPLETE_AT:.0%} 以上为完整"
            ),
        },
        versions={
            "数据版本": desk.lake_version,
            "台账版本": desk.roster.version,
            **{f"方案 {recipe.name}": recipe.hash for recipe in recipes.values()},
            "软件": f"jianwei {version('jianwei')}",
        },
        synthetic=settings.synthetic,
        map_name=map_name,
        region_names=_names_on_map(desk, map_name),
        issued=now(),
    )


def _names_on_map(desk: Desk, map_name: str) -> dict[str, str]:
    """A region's name on the map → its name at the period's end (梁平县 for 梁平区)."""
    if not map_name:
        return {}
    places, day = desk.roster.places, desk.period.end
    return {
        name: told for name, code in atlas.regions(map_name).items() if (told := places.name_on(code, day))
    }


def _recipe_names(gathered: Gathered) -> list[str]:
    boards = [*(board for _, board in gathered.boards), gathered.weibo, gathered.wechat]
    return list(dict.fromkeys(board.recipe for board in boards if board.rows))


def _coverage(desk: Desk, gathered: Gathered) -> list[dict[str, Any]]:
    """Share of account days vouched for, by system (or platform) and month, and accounts by grade."""
    sql = "SELECT account_id, platform, system, opened, closed FROM census"
    census = ask.table(gathered.ground.con, sql)
    groups = {
        row["account_id"]: f"{row['system'] or '未登记系统'}·{PLATFORMS[row['platform']]}"
        for row in census.to_pylist()
    }
    rows: list[dict[str, Any]] = []
    for month in desk.period.months():
        part = Period(max(month.start, desk.period.start), min(month.end, desk.period.end))
        coverage.choose_totals(desk.con, part)
        sums: dict[str, list[int]] = {}
        fragments: set[str] = set()
        for row in coverage.ledger(desk.con, census, part).to_pylist():
            held = sums.setdefault(groups[row["account_id"]], [0, 0])
            held[0] += row["covered_days"]
            held[1] += row["expected_days"]
            if row["source"] == "fragments":
                fragments.add(groups[row["account_id"]])
        for name in dict.fromkeys(groups.values()):
            covered, expected = sums.get(name, [0, 0])
            share = covered / expected if expected and (covered or name not in fragments) else None
            rows.append({"row": name, "month": month.label, "share": share if covered else None})
    graded = gathered.ground.measures.accounts.to_pylist()
    return rows + [{"row": row["account_id"], "grade": coverage.GRADES[row["grade"]]} for row in graded]


def _manifest(desk: Desk, gathered: Gathered) -> dict[str, Any]:
    settings = desk.space.settings
    imports = desk.con.execute("SELECT sha256 FROM imports ORDER BY sha256").fetchall()
    software = ("jianwei", "duckdb", "deltalake", "numpy")
    return {
        "title": settings.title,
        "boards": [
            {"recipe": board.recipe, "recipe_hash": board.recipe_hash, "cohort": board.cohort}
            for _, board in gathered.boards
        ],
        "lake_version": desk.lake_version,
        "imports": [sha for (sha,) in imports],
        "roster_version": desk.roster.version,
        "conventions": vars(gathered.ground.conventions),
        "software": {name: version(name) for name in software},
        "issued": now().isoformat(),
    }


def _copy(source: Path, out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        for path in source.iterdir():
            shutil.copyfile(path, out / path.name)
    except OSError as error:
        raise DataError(
            f"报告已存为版本 {source.name}，但不能另存到 {out}：{cause(error)}",
            hint=f"可从 {source} 复制",
        ) from error


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
