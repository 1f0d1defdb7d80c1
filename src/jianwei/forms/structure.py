"""The sheets and columns of a form that came back against those that were sent."""

from __future__ import annotations

from collections.abc import Iterator

from jianwei.errors import Issue, Place
from jianwei.forms import blank
from jianwei.forms.blank import FAMILIES, REFERENCE, SHEETS
from jianwei.forms.request import Ask
from jianwei.forms.returned import Lost, Page, Returned
from jianwei.intake import values
from jianwei.intake.template import plain_title

__all__ = ["issues"]


def issues(returned: Returned, ask: Ask) -> list[Issue]:
    """What is missing, renamed or there twice."""
    found = [issue for page in returned.pages for issue in _columns(page)]
    found += [_lost(lost) for lost in returned.lost]
    found += _sheets(returned, ask)
    return found


def _sheets(returned: Returned, ask: Ask) -> Iterator[Issue]:
    there = {page.kind for page in returned.pages} | {lost.kind for lost in returned.lost}
    workbook = any(page.sheet for page in returned.pages) or bool(returned.lost)
    for family, (totals, posts) in FAMILIES.items():
        if ask.of(family) and totals not in there:
            what = f"没有找到“{SHEETS[totals]}”表"
            hint = (
                "请用下发的原表填写，不要删除工作表" if workbook else "请交回整个 Excel 文件，不要另存为 CSV"
            )
            yield Issue("error", "missing_sheet", Place(returned.title), what, hint)
        if not ask.of(family) and totals in there:
            what = f"贵单位没有{SHEETS[totals][:2]}账号，却有“{SHEETS[totals]}”表"
            yield Issue("warning", "extra_sheet", Place(returned.title), what, "请核对是否拿错了表")
        if ask.of(family) and posts not in there and workbook:
            what = f"没有“{SHEETS[posts]}”表；它是选填的，不影响收表"
            yield Issue("note", "missing_sheet", Place(returned.title), what)
    for page in returned.pages:
        if page.sheet and page.sheet != SHEETS[page.kind]:
            what = f"工作表“{values.shown(page.sheet)}”按列名认作“{SHEETS[page.kind]}”"
            yield Issue("warning", "renamed_sheet", Place(returned.title), what, "数据已读；请勿改工作表名")


def _columns(page: Page) -> Iterator[Issue]:
    top = page.header_row
    for place in page.fit.twice:
        what = f"“{values.shown(page.header[place])}”列出现了两次，不知道以哪一列为准，这张表没有读"
        yield Issue(
            "error", "duplicate_column", Place(page.name, top, page.header[place]), what, "请删去其中一列"
        )
    taken = set(page.fit.places.values())
    for face in blank.faces(page.kind):
        now = page.title(face.field)
        if plain_title(now) != plain_title(face.title):
            what = f"“{face.title}”列的名字成了“{values.shown(now)}”，按同一列读取"
            yield Issue(
                "warning", "renamed_column", Place(page.name, top, now), what, "请核对是否这一列；请勿改列名"
            )
    unknown = [
        title
        for place, title in enumerate(page.header)
        if title and place not in taken and not title.startswith(REFERENCE) and place not in page.fit.twice
    ]
    single = page.kind.endswith("posts") and "uid" not in page.fit.places
    missing = [face for face in blank.faces(page.kind, single=single) if face.field not in page.fit.places]
    strange = (
        f"表中另有不认识的列：{'、'.join(values.shown(title) for title in unknown[:5])}" if unknown else ""
    )
    for face in missing:
        optional = page.kind.endswith("posts") or face.field in ("reporter", "phone", "reviewer", "note")
        what = f"没有“{face.title}”列" + (f"，{strange}，可能被改了名" if strange else "，按未掌握处理")
        yield Issue(
            "note" if optional and not unknown else "warning", "missing_column", Place(page.name, top, face.title),
            what, "请照原表恢复这一列，再重新报送",
        )  # fmt: skip
    if unknown and not missing:
        yield Issue("note", "unknown_column", Place(page.name, top), f"{strange}，没有读取")


def _lost(lost: Lost) -> Issue:
    known = {plain_title(word) for face in blank.faces(lost.kind) for word in (face.title,)}
    unknown = [title for title in lost.header if title and plain_title(title) not in known
               and not title.startswith(REFERENCE)]  # fmt: skip
    gone = "、".join(f"“{title}”" for title in lost.missing[:6])
    strange = (
        f"，另有不认识的列：{'、'.join(values.shown(title) for title in unknown[:5])}" if unknown else ""
    )
    what = f"“{SHEETS[lost.kind]}”表缺少{gone}列{strange}，整张表没有读"
    hint = "列名可能被改或被删；请照原表恢复后重新报送"
    return Issue("error", "missing_column", Place(lost.name, lost.header_row), what, hint)
