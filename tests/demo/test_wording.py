"""Texts: nothing that breaks a CSV, functions in their shares, hand-written words kept."""

from __future__ import annotations

import re

import numpy as np
import pytest

from jianwei.demo.files import listed
from jianwei.demo.showcase import MURDER, SHOWCASE, TEN_THOUSAND_PLUS, VIRAL
from jianwei.demo.wording import FUNCTIONS, THEMES, Written, take, texts
from jianwei.demo.world import World


@pytest.fixture(params=["words", "earlier_words", "titles"])
def written(request: pytest.FixtureRequest, made_world: World) -> Written:
    found: Written = getattr(made_world, request.param)
    return found


def test_texts_hold_nothing_that_breaks_a_row(written: Written) -> None:
    broken = [words for words in listed(written.words) if not words or re.search(r'[,"\r\n\t]', words)]
    assert broken == []


def test_every_function_occurs_in_about_its_share(made_world: World) -> None:
    counts = np.bincount(made_world.words.function, minlength=len(FUNCTIONS))
    shares = counts / counts.sum()
    for name, share in zip(FUNCTIONS, shares, strict=True):
        assert abs(share - THEMES[name][0]) < 0.03


def test_words_that_explain_stand_with_posts_of_that_form(made_world: World) -> None:
    told = made_world.words
    explains = made_world.posts.form == 4
    assert told.explains.tolist() == explains.tolist()


def test_reposts_say_so_and_originals_do_not(made_world: World) -> None:
    starts = ("转发微博：", "转：", "转发扩散：")
    for words, original in zip(listed(made_world.words.words), made_world.posts.original, strict=True):
        assert words.startswith(starts) != original


def test_what_is_written_by_hand_stands_word_for_word(made_world: World) -> None:
    for place, special in made_world.posts.special.items():
        assert made_world.words.words[place].as_py() == special.text
        assert FUNCTIONS[made_world.words.function[place]] == special.function
    for place, special in made_world.articles.special.items():
        assert made_world.titles.words[place].as_py() == special.text


def test_texts_speak_of_the_accounts_own_place() -> None:
    size = 200
    none = np.zeros(size, dtype=np.int64)
    told = texts(none, ["忠县"], none, none == 0, {}, np.random.default_rng(1))
    assert all("忠县" in words for words in listed(told.words))


def test_take_gives_words_by_their_places() -> None:
    assert take(["a", "b"], np.array([1, 0, 1])).to_pylist() == ["b", "a", "b"]


def test_hand_written_posts_are_told_apart() -> None:
    every = [special.text for special in (*SHOWCASE, *TEN_THOUSAND_PLUS, MURDER, VIRAL)]
    assert len(set(every)) == len(every)
    assert {special.function for special in SHOWCASE} <= set(FUNCTIONS)
