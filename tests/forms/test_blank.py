"""The blank form has the columns of docs and layouts, from the one declaration of them."""

from __future__ import annotations

import pytest

from jianwei.forms import blank
from jianwei.forms.book import OPTIONS
from jianwei.intake.template import TEMPLATES, match

LAYOUTS = {
    "weibo_totals": "月份｜账号｜UID｜月末粉丝｜发布数｜原创数｜阅读量｜转发｜评论｜点赞｜收到诉求｜回复数｜停更说明｜取数时间｜填报人｜电话｜审核人",
    "weibo_posts": "链接｜发布时间｜正文摘要｜原创/转发｜形式｜阅读｜转发｜评论｜点赞｜取数时间",
    "wechat_totals": "月份｜公众号｜微信号/原始ID｜订阅/服务号｜累积关注｜新增｜取消｜推送次数｜篇数｜声明原创数｜阅读次数｜阅读人数｜"
    "头条阅读次数｜最高阅读次数｜点赞｜在看｜分享次数｜分享人数｜留言｜回复｜取数时间｜填报人｜电话｜审核人",
}


@pytest.mark.parametrize("kind", LAYOUTS)
def test_columns_stand_as_offices_have_them(kind: str) -> None:
    faces = blank.faces(kind, single=True)  # type: ignore[arg-type]
    assert "｜".join(face.title for face in faces) == LAYOUTS[kind]


@pytest.mark.parametrize("kind", blank.SHEETS)
def test_every_sheet_is_known_again_by_its_titles(kind: str) -> None:
    for single in (True, False):
        fit = match([face.title for face in blank.faces(kind, single=single)])  # type: ignore[arg-type]
        assert fit is not None
        assert (fit.template.kind, fit.twice, fit.rivals) == (kind, (), ())


def test_grey_columns_are_nobodys_columns() -> None:
    known = {word for t in TEMPLATES.values() for c in t.columns for word in (c.title, *c.also)}
    assert not [word for word in known if word.startswith(blank.REFERENCE)]


def test_closed_lists_fit_into_a_drop_down() -> None:
    for kind in blank.SHEETS:
        for face in blank.faces(kind):
            assert sum(len(choice) + 1 for choice in face.choices) <= 255
            assert not face.choices or face.look != "count"


def test_numbers_have_a_meaning() -> None:
    for totals, _ in blank.FAMILIES.values():
        for face in blank.faces(totals):
            assert face.meaning or face.look != "count"
            assert (face.field in blank.counted(totals)) == (face.look == "count")


def test_nothing_that_looks_like_a_formula_is_one() -> None:
    assert OPTIONS["strings_to_formulas"] is False
    assert OPTIONS["strings_to_urls"] is False
