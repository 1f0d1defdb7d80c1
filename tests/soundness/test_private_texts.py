"""Texts of posts leave the lake at few places, and each of them masks private data."""

from __future__ import annotations

import re
from pathlib import Path

import jianwei

PACKAGE = Path(jianwei.__file__).resolve().parent

MASKED = {
    "finding/showcase.py": "titles of showcases",
    "leaderboard/credit.py": "posts that carry a unit's rank",
    "leaderboard/lists.py": "titles of 热文榜",
    "workspace/board.py": "posts, one by one",
}
"""Modules that read the table `texts` and give words away: each calls private.mask or private.veil."""

KEPT_INSIDE = {
    "content/labels.sql": "words become labels",
    "coverage/days.sql": "words are looked at for being cut off",
    "forms/twins.py": "words are compared with those of a form's row",
    "lake/view.py": "the lake itself",
}
"""Files that read it and give no words away, or are the lake."""

_READS = re.compile(r"\b(?:FROM|JOIN)\s+(?:texts|text_rows|comments)\b", re.IGNORECASE)


def test_words_of_posts_leave_masked_only() -> None:
    files = [path for ending in ("*.py", "*.sql") for path in PACKAGE.rglob(ending)]
    readers = {str(path.relative_to(PACKAGE)) for path in files if _READS.search(path.read_text("utf-8"))}
    assert readers == set(MASKED) | set(KEPT_INSIDE), (
        "a new reader of texts or comments: mask what it gives away with content.private.mask and list it here"
    )
    for name in MASKED:
        assert re.search(r"private\.(?:mask|veil)\(", (PACKAGE / name).read_text("utf-8")), name
