"""Private data in texts: planted numbers are found wherever they stand, nothing else is touched."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from jianwei.content import private

WORDS = st.text(st.sampled_from("请联系电话咨询，。！？ \n（）#【】转发微博AbX:@/.-＠：￥"), max_size=30)
PLACES = st.sampled_from(sorted({"11", "31", "50", "62", "81"}))
DAYS = st.dates(date(1900, 1, 1), date(2020, 12, 31))

MOBILES = st.tuples(st.sampled_from("3456789"), st.text("0123456789", min_size=9, max_size=9)).map(
    lambda parts: "1" + "".join(parts)
)


def check_sign(digits: str) -> str:
    """ISO 7064 MOD 11-2 as the standard words it: the whole is 1 modulo 11 with weights 2^(17-i)."""
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(digits))
    return next(sign for value, sign in enumerate("0123456789X") if (total + value) % 11 == 1)


def luhn_sign(digits: str) -> str:
    for sign in "0123456789":
        doubled = [int(d) * 2 if place % 2 else int(d) for place, d in enumerate(reversed(digits + sign))]
        if sum(value // 10 + value % 10 for value in doubled) % 10 == 0:
            return sign
    raise AssertionError


@st.composite
def citizens(draw: st.DrawFn, *, right: bool = True) -> str:
    body = f"{draw(PLACES)}{draw(st.integers(0, 9999)):04}{draw(DAYS):%Y%m%d}{draw(st.integers(0, 999)):03}"
    sign = check_sign(body)
    return body + (sign if right else draw(st.sampled_from([s for s in "0123456789X" if s != sign])))


@st.composite
def cards(draw: st.DrawFn) -> str:
    length = draw(st.sampled_from([16, 19]))
    body = "62" + "".join(
        draw(st.lists(st.sampled_from("0123456789"), min_size=length - 3, max_size=length - 3))
    )
    return body + luhn_sign(body)


def planted(number: str, before: str, after: str) -> str:
    assume(not before[-1:].isdigit() and not after[:1].isdigit())
    return before + number + after


@given(MOBILES, WORDS, WORDS)
def test_a_mobile_number_is_found_anywhere(number: str, before: str, after: str) -> None:
    assume("@" not in after.translate({0xFF20: "@"})[:1] and not before.endswith(("￥", "ID:")))
    text = planted(number, before, after)
    assert "手机号" in private.kinds(text)
    assert private.mask(text) == before + number[:3] + "****" + number[-4:] + after


@given(citizens(), WORDS, WORDS)
def test_an_identity_number_is_found_anywhere(number: str, before: str, after: str) -> None:
    assume("@" not in after.translate({0xFF20: "@"})[:1])
    text = planted(number, before, after)
    assert private.mask(text) == before + number[:4] + "*" * 12 + number[-2:] + after
    assert private.kinds(text) == ("身份证",)


@given(citizens(right=False), WORDS)
@example("620102199001010012", "尾号")
@example("62000020000103000X", "")
def test_a_wrong_check_sign_is_no_identity_number(number: str, before: str) -> None:
    assume(check_sign(number[:17]) != number[17])
    assume(not re.search("卡|账|帐|银行|款", before))
    assert private.mask(before + number) == before + number


@given(cards(), WORDS, WORDS)
def test_a_bank_card_is_found_anywhere(number: str, before: str, after: str) -> None:
    assume("@" not in after.translate({0xFF20: "@"})[:1])
    text = planted(number, before, after)
    assert private.mask(text) == before + number[:4] + "*" * (len(number) - 8) + number[-4:] + after


@given(st.from_regex(r"[a-z][a-z0-9.]{0,8}[a-z0-9]@[a-z]{1,6}\.(com|cn|gov\.cn)", fullmatch=True))
def test_a_mailbox_keeps_its_first_letter_and_server(box: str) -> None:
    masked = private.mask(f"投稿邮箱：{box}，欢迎来稿")
    name, server = box.split("@")
    assert masked == f"投稿邮箱：{name[0]}{'*' * (len(name) - 1)}@{server}，欢迎来稿"


ANY = st.one_of(
    st.text(max_size=60),
    st.text(st.sampled_from("0123456789１２３ -.@XxＸ元+请uid:a"), max_size=60),
    st.lists(st.one_of(MOBILES, citizens(), cards(), WORDS, st.sampled_from([" ", "-"])), max_size=6).map(
        "".join
    ),
)


@given(ANY)
def test_masking_is_idempotent_and_keeps_the_length(text: str) -> None:
    once = private.mask(text)
    assert private.mask(once) == once
    assert len(once) == len(text)
    assert [a for a, b in zip(text, once, strict=True) if a != b] == [
        a for a, b in zip(text, once, strict=True) if b == "*" and a != "*"
    ]


@given(ANY)
def test_what_holds_nothing_stays_as_it_is(text: str) -> None:
    if private.find(text):
        assert re.search(private.CANDIDATE, text)
        assert private.mask(text) != text
    else:
        assert private.mask(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "拨打12345热线，或12110、95598",
        "4001234567、400-123-4567、800-810-1234",
        "023-63812345，(023)63812345，02363812345转801",
        "微博UID：13812345678",
        "uid=13812345678",
        '{"uid": "13912345678"}',
        "http://weibo.com/u/13812345678?is_all=1",
        "https://m.weibo.cn/detail/4506101234567890",
        "weibo:4506101234567890",
        "投资13812345678元，惠及13812345678.5万元",
        "编号913812345678",
        "138123456789",
        "2015年01月26日10时30分",
        "@重庆市公安局 //@平安重庆: 转发",
        "订单20150301123456789",
        "110105194912310021",
        "999999199001011234",
    ],
)
def test_public_numbers_and_ids_stay(text: str) -> None:
    assert private.mask(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("１３８１２３４５６７８", "１３８****５６７８"),
        ("+8613812345678", "+86138****5678"),
        ("0086-13812345678", "0086-138****5678"),
        ("138 1234 5678、139-8765-4321", "138 **** 5678、139-****-4321"),
        ("13812345678@qq.com", "1**********@qq.com"),
        ("卡号：4111111111111111", "卡号：4111********1111"),
        ("6222 0212 3456 7890 128", "6222 **** **** ***0 128"),
        ("500101 19900101 1238", "500101 19900101 1238"),
        ("110105 19491231 002x", "1101** ******** **2x"),
        ("身份证110105491231002", "身份证1101*********02"),
        ("1.13812345678 2.13912345678", "1.138****5678 2.139****5678"),
    ],
)
def test_forms_people_write(text: str, masked: str) -> None:
    assert private.mask(text) == masked


def test_several_are_told_in_order() -> None:
    text = "李某 11010519491231002X 电话13812345678，邮箱a1@b.cn"
    assert [found.kind for found in private.find(text)] == ["身份证", "手机号", "邮箱"]
    assert private.kinds(text) == ("手机号", "身份证", "邮箱")


def test_a_post_is_veiled_in_title_and_text() -> None:
    row = {"title": "致电13812345678", "text": None, "link": "http://a.cn/13812345678", "likes": 3}
    assert private.veil(row) == row | {"title": "致电138****5678", "private": ("手机号",)}
    assert private.veil({"title": "公告"}) == {"title": "公告", "private": ()}
    assert private.veil({"text": "a1@b.cn 13812345678"})["private"] == ("手机号", "邮箱")


@pytest.mark.parametrize(
    "text",
    [
        "1" * 200_000,
        "a@" * 50_000,
        "a.b." * 50_000 + "@",
        "a-" * 60_000 + ".com/",
        "138 1234 5678 " * 20_000,
        "6222 " * 50_000,
    ],
    ids=["digits", "mails", "servers", "addresses", "numbers", "cards"],
)
def test_no_text_takes_a_quadratic_search(text: str) -> None:
    """A regular expression that looks ahead from every sign would not come back in an hour."""
    assert len(private.mask(text)) == len(text)
