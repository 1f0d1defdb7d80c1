"""jianwei.toml: every wrong key is told at once; a new file reads back as its defaults."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jianwei.errors import DataError
from jianwei.workspace import settings
from jianwei.workspace.settings import Settings


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    (folder / settings.FILE).write_bytes(text.encode(encoding))
    return folder


def plain(tmp_path: Path, text: str, encoding: str = "utf-8") -> Settings:
    """The settings without the boards that a new workspace starts with."""
    found = settings.load(write(tmp_path, text, encoding))
    assert [board.cohort for board in found.boards] == ["市直机关", "区县", "公安系统", "基层"]
    return replace(found, boards=())


def test_the_template_reads_back_as_the_defaults(tmp_path: Path) -> None:
    assert plain(tmp_path, settings.template()) == Settings()


def test_values_can_be_given_when_it_is_made(tmp_path: Path) -> None:
    text = settings.template(title='"某市报告"', synthetic="true")
    found = settings.load(write(tmp_path, text))
    assert (found.title, found.synthetic) == ("某市报告", True)
    assert "#" in text


def test_a_file_saved_by_notepad_is_read(tmp_path: Path) -> None:
    assert plain(tmp_path, settings.template(), "utf-8-sig") == Settings()


def test_all_wrong_keys_are_told_at_once(tmp_path: Path) -> None:
    text = settings.template() + '\ntitel = "x"\n'
    text = text.replace("known = 0.95", 'known = "很多"')
    with pytest.raises(DataError) as raised:
        settings.load(write(tmp_path, text))
    told = " ".join(map(str, raised.value.issues))
    assert "known" in told
    assert "titel" in told


def test_what_is_no_toml_is_said_with_the_line(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"jianwei\.toml"):
        settings.load(write(tmp_path, "title = \n"))


@pytest.mark.parametrize(
    ("text", "where"), [("[report\n", "第 1 行"), ("[report]\ntitle = [1,", "末尾|第 2 行")]
)
def test_where_the_toml_breaks_is_said_in_chinese(tmp_path: Path, text: str, where: str) -> None:
    with pytest.raises(DataError, match=where) as raised:
        settings.load(write(tmp_path, text))
    assert "Expected" not in str(raised.value)
