"""A page for every preset, written from the recipe itself and the vectors of tests/golden.

    uv run python -m tests.pages      writes docs/recipes/*.md

`tests/test_pages.py` fails where a page does not say what the recipe says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jianwei import recipe
from jianwei.report.combination import leaf, of_children
from tests.golden import test_presets, test_published

__all__ = ["FOLDER", "names", "page"]

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "recipes"

_ABSENT = {
    "zero": "确认未开通的平台计 0 分",
    "renormalise": "确认未开通的平台不计，权重由其余分担",
    "unranked": "有平台确认未开通的单位不参评",
}
_DAYS = {"30-day-months": "每月按 30 天", "calendar": "按日历天数"}


def names() -> list[str]:
    """Presets in alphabetical order."""
    return sorted(one.name for one in recipe.presets())


def page(name: str) -> str:
    """The page of a preset, in Markdown."""
    told = recipe.load(name).to_json()
    rows = [*_rows(told["nodes"], 0)]
    parts = [
        f"# {told['title']}",
        f"`{name}` · {told['kind_title']} · 版本 {told['version']} · {told['status_title']}",
        "<!-- 由 `uv run python -m tests.pages` 按方案文件写出，请勿手改 -->",
        f"**出处** {told['source']}",
        *([told["note"]] if told["note"] else []),
        "## 算法",
        of_children(told["root"], told["nodes"]),
        "| 指标 | 占上级 | 合成权重 | 算法 |\n| --- | --: | --: | --- |\n" + "\n".join(rows),
        _conventions(told),
        *_example(name),
        f"用法：`jianwei index {name} 表.csv`；全部键和说明见 `jianwei recipe show {name}`。",
    ]
    return "\n\n".join(parts) + "\n"


def _conventions(told: Mapping[str, Any]) -> str:
    return (
        f"日均的天数：{_DAYS.get(told['days'], told['days'])}。{_ABSENT.get(told['absent'], '')}。"
        f"有效权重不足 {told['need']:.1%} 的单位不参评。"
    )


def _rows(nodes: list[dict[str, Any]], depth: int) -> Iterator[str]:
    for node in nodes:
        below = node.get("children") or []
        how = of_children(node, below) if below else leaf(node)
        note = f"。{node['note']}" if node.get("note") else ""
        indent = "&emsp;" * depth
        cells = (
            f"{indent}{node['title']}",
            _share(node["weight"]),
            _share(node["effective"]),
            f"{how}{note}",
        )
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
        yield from _rows(below, depth + 1)


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.2%}".replace(".00%", "%")


def _example(name: str) -> list[str]:
    """The hand-computed vector of tests/golden, where there is one."""
    vectors: dict[str, tuple[Mapping[str, float], float]] = {
        one: (given, float(score)) for one, given, score in (*test_published.VECTORS, *test_presets.VECTORS)
    }
    if name not in vectors:
        return []
    given, score = vectors[name]
    cells = "\n".join(f"| `{key}` | {value:,.10g} |" for key, value in given.items())
    return ["## 算例", f"| 输入 | 值 |\n| --- | --: |\n{cells}", f"得分 {score:.10g}（手算核对）。"]


def main() -> None:
    """Write all pages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in names():
        (FOLDER / f"{name}.md").write_text(page(name), "utf-8")


if __name__ == "__main__":
    main()
