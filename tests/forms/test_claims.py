"""Posts of other accounts, pasted by mistake, do not become the unit's own."""

from __future__ import annotations

from typing import Any

from jianwei.forms import claims
from jianwei.forms.judged import Judged
from tests.forms.filled import Book
from tests.forms.office import Bench, truth, uid

FIRST = 3_860_000_000_000_000
KEY = f"weibo:{FIRST}"


def listing(*links: str) -> Any:
    """A form that lists posts with these links."""

    def edit(book: Book) -> None:
        book["微博明细"].paste(
            [[link, "2015-06-02", link, "原创", "文字", 1, 0, 0, 0, None] for link in links]
        )

    return edit


def told(judged: Judged) -> list[tuple[str, int | None]]:
    return [(issue.code, issue.where.row) for issue in judged.to_mend]


def test_a_link_that_names_another_account_is_refused(bench: Bench) -> None:
    own, other = (
        f"https://weibo.com/{uid('U01')}/CkL3mN9pQ",
        "https://weibo.com/u/9999999999/CkL3mN9pR?from=x",
    )
    assert told(bench.judge("U01", truth, listing(own, other))) == [("not_own_post", 4)]


def test_a_post_that_is_known_to_be_anothers_is_refused(bench: Bench) -> None:
    judged = bench.judge("U01", truth, listing(f"https://m.weibo.cn/detail/{FIRST}"))
    claims.between([judged], {KEY: f"weibo:{uid('U01')}"})
    assert told(judged) == []
    claims.between([judged], {KEY: f"weibo:{uid('U02')}"})
    assert told(judged) == [("not_own_post", 3)]


def test_a_post_that_two_claim_is_nobodys_unless_its_link_tells(bench: Bench) -> None:
    link = f"https://m.weibo.cn/detail/{FIRST}"
    one, other = bench.judge("U01", truth, listing(link)), bench.judge("U02", truth, listing(link))
    claims.between([one, other], {})
    assert told(one) == told(other) == [("not_own_post", 3)]
    one = bench.judge("U01", truth, listing("https://weibo.com/9000000001/3860000000000000"))
    other = bench.judge("U02", truth, listing(link))
    assert one.details[0].seen.post_key == other.details[0].seen.post_key
    claims.between([one, other], {})
    assert (told(one), told(other)) == ([], [("not_own_post", 3)])
