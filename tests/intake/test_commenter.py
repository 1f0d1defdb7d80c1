"""Pseudonyms: the same person the same, nobody to be guessed."""

from __future__ import annotations

import hashlib
import hmac
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.intake.commenter import SHORTEST_KEY, pseudonym

KEY = bytes(range(32))


@given(st.text(min_size=1), st.text(min_size=1))
def test_two_people_have_two_pseudonyms(one: str, other: str) -> None:
    first, second = pseudonym(one, KEY), pseudonym(other, KEY)
    assert first == pseudonym(one, KEY)
    assert re.fullmatch(r"[0-9a-f]{20}|", first)
    if first == second:
        assert pseudonym(f" {one}\u3000", KEY) == pseudonym(other, KEY)


def test_it_is_an_hmac() -> None:
    expected = hmac.new(KEY, b"1234567890", hashlib.sha256).hexdigest()
    assert pseudonym("1234567890", KEY) == expected[:20]
    assert pseudonym("１２３４５６７８９０ ", KEY) == expected[:20]


def test_nobody_has_none() -> None:
    assert pseudonym(" \u3000", KEY) == ""


def test_another_workspace_knows_nobody() -> None:
    assert pseudonym("1234567890", KEY) != pseudonym("1234567890", KEY[::-1])
    plain = hashlib.sha256(b"1234567890").hexdigest()
    assert pseudonym("1234567890", KEY) not in plain


def test_a_key_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        pseudonym("1234567890", b"\0" * (SHORTEST_KEY - 1))


def test_broken_signs_have_a_pseudonym_too() -> None:
    assert len(pseudonym("\ud83d", KEY)) == 20
