"""Nothing but the demo knows what the seed report published: no such number stands elsewhere in the package."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "jianwei"

TEXT = (".py", ".sql", ".toml", ".html", ".css", ".js", ".csv", ".j2", ".json", ".txt", ".md", ".svg", ".typ")

PUBLISHED: dict[str, tuple[str, ...]] = {
    "S4.posts": ("241139",),
    "S4.reposts": ("393009",),
    "S4.comments": ("131330",),
    "F3.share": ("16.63%", "0.1663"),
    "F5.original_share": ("42.92%", "0.4292"),
    "G1": ("15.2%", "0.152"),
    "G2": ("72.8%", "0.728"),
    "S3.total": ("2700万", "27000000"),
}
"""Published totals by finding, as they might be written; small ones (52, 91, 730) mean nothing alone."""

TOGETHER = ("1340", "2183", "1332", "2171")
"""Daily means by either convention: any two of them in one file are no accident."""


def published(text: str) -> list[str]:
    """Published numbers in a text, whatever its marks between thousands and spaces before units."""
    plain = re.sub(r"(?<=\d)[,_，](?=\d{3}(?!\d))", "", text)
    plain = re.sub(r"(?<=\d)[\s\u00a0\u202f\u2009]+(?=[%％万])", "", plain).replace("％", "%")
    found = [word for words in PUBLISHED.values() for word in words if _stands(word, plain)]
    together = [word for word in TOGETHER if _stands(word, plain)]
    return found + (together if len(together) > 1 else [])


def _stands(word: str, text: str) -> bool:
    """Whether a number stands in a text by itself: not as part of a longer one, nor of a name or colour."""
    if word not in text:
        return False
    tail = "" if word[-1] in "%万" else r"(?![\w.]*\d)"
    return re.search(rf"(?<![\w.#-]){re.escape(word)}0*{tail}", text) is not None


def files(package: Path) -> list[Path]:
    """Text files of the package outside the demo."""
    return [
        path
        for path in sorted(package.rglob("*"))
        if path.suffix in TEXT and path.is_file() and "demo" not in path.relative_to(package).parts
    ]


def test_no_published_total_stands_outside_the_demo() -> None:
    looked = files(PACKAGE)
    assert {path.suffix for path in looked} >= {".py", ".sql", ".toml", ".csv"}
    found = {path.name: words for path in looked if (words := published(path.read_text("utf-8")))}
    assert found == {}


def test_they_do_stand_in_the_demo() -> None:
    """So the search can find them."""
    text = (PACKAGE / "demo" / "targets.py").read_text("utf-8")
    assert {"241139", "393009", "131330", "0.4292", "0.152", "0.728"} <= set(published(text))


@pytest.mark.parametrize(
    "text",
    ["发布 241,139 条", "= 241_139", "{\"posts\": 393009}", "15.2 %", "42.92％", "0.15200", "2,700 万", "日均 1340、2183"],
)  # fmt: skip
def test_a_published_number_is_found_however_it_is_written(text: str) -> None:
    assert published(text)


@pytest.mark.parametrize(
    "text", ["0.1523", "1241139", "241139.5", "115.2%", "#241139", "2183 天", "v0.152.1"]
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert published(text) == []


def test_files_of_the_demo_are_not_searched(tmp_path: Path) -> None:
    for name in ("demo/a.py", "report/b.py", "report/c.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("241139", "utf-8")
    assert [path.name for path in files(tmp_path)] == ["b.py"]
