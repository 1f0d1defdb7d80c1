"""A world's files: the same bytes for the same seed, every one of them usable, the truth apart."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from jianwei.demo import Generated, generate, writing
from tests.demo.made import SCALE, SEED, Made


def _digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_writes_the_same_bytes_workbooks_and_truth_too(made: Made, tmp_path: Path) -> None:
    again = generate(tmp_path / "sources", tmp_path / "city.truth.json", seed=SEED, scale=SCALE)
    first, second = _digests(made.folder / "sources"), _digests(tmp_path / "sources")
    assert sum(name.endswith(".xlsx") for name in first) == 5
    assert first == second
    assert again.truth.read_bytes() == Path(made.done["truth"]).read_bytes()


def test_another_seed_writes_others(made: Made, tmp_path: Path) -> None:
    generate(tmp_path / "sources", tmp_path / "truth.json", seed=SEED + 1, scale=0.01)
    first, second = _digests(made.folder / "sources"), _digests(tmp_path / "sources")
    assert [name for name in first if first[name] == second.get(name)] == []


def test_files_are_told_where_they_stand_and_progress_is_shown(tmp_path: Path) -> None:
    said: list[str] = []
    done = writing.write(
        tmp_path / "s", tmp_path / "t.json", seed=1, scale=0.01, progress=lambda doing, _: said.append(doing)
    )
    made = Generated(*done)
    assert made.registry == tmp_path / "s" / "名册.xlsx"
    assert {path.name for path in made.sources.iterdir()} == {
        "weibo", "weibo-2014H1", "weibo-search", "微信填报", "粉丝读数", "汇总填报",
    }  # fmt: skip
    assert json.loads(made.truth.read_text("utf-8"))["seed"] == 1
    assert len(said) == 2


def test_the_truth_stands_outside_the_workspace(made: Made) -> None:
    assert Path(made.done["truth"]).parent == made.folder.parent
    assert [path for path in made.folder.rglob("*truth*") if path.is_file()] == []


def test_no_file_is_unusable_and_none_comes_twice(made: Made) -> None:
    totals = made.done["ingest"]
    assert (totals["files_unusable"], totals["files_repeated"]) == (0, 0)
    assert totals["files"] == sum(path.is_file() for path in made.sources.rglob("*"))
    assert totals["rows_read"] == totals["rows_taken"] + totals["rows_duplicate"] + totals["rows_quarantined"]


@pytest.mark.parametrize("scale", [0.0, 4.5])
def test_a_scale_that_cannot_be_made_is_refused_before_anything_is_written(
    tmp_path: Path, scale: float
) -> None:
    with pytest.raises(ValueError, match="scale"):
        generate(tmp_path / "s", tmp_path / "t.json", seed=1, scale=scale)
    assert list(tmp_path.iterdir()) == []
