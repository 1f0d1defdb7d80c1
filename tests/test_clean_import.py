"""What a process loads: `import jianwei` nothing, boards and indices no Django."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

RUN = """
import atexit, json, pathlib, sys
loaded = pathlib.Path(sys.argv.pop(1))
atexit.register(lambda: loaded.write_text(json.dumps(sorted(sys.modules)), "utf-8"))
from jianwei.cli.main import run
run()
"""
"""Runs a command in the process and writes down which modules it left loaded."""


def jianwei(folder: Path, *arguments: str | Path) -> tuple[subprocess.CompletedProcess[str], set[str]]:
    """Runs a command in a fresh process; what it printed, and the packages and modules it loaded."""
    told = folder / "loaded.json"
    told.unlink(missing_ok=True)
    command = [sys.executable, "-W", "error", "-c", RUN, told, *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert told.exists(), done.stderr
    names: list[str] = json.loads(told.read_text("utf-8"))
    return done, {part for name in names for part in (name, name.split(".")[0])}


def loaded_by(statement: str) -> set[str]:
    """Packages loaded after a statement in a fresh process."""
    code = (
        f"{statement}\nimport json, sys\nprint(json.dumps(sorted({{n.split('.')[0] for n in sys.modules}})))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    return set(json.loads(done.stdout))


def test_import_jianwei_loads_nothing() -> None:
    assert loaded_by("import jianwei") & {"django", "duckdb", "numpy", "pyarrow", "rich", "typer"} == set()


def test_public_names_are_handed_out() -> None:
    import jianwei as package

    assert package.__all__ == sorted(package.__all__)
    for name in package.__all__:
        assert getattr(package, name) is not None
        assert name in dir(package)
    with pytest.raises(AttributeError, match="no_such_name"):
        package.no_such_name  # noqa: B018 - the access is the test


def test_help_is_quick(tmp_path: Path) -> None:
    done, loaded = jianwei(tmp_path, "--help")
    assert done.returncode == 0
    assert "ingest" in done.stdout
    assert loaded & {"django", "duckdb", "deltalake", "pyarrow"} == set()


def test_index_starts_no_django(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [("unit", "osi", "hci", "tii"), ("甲", 0.9, 0.6, 0.3), ("乙", 0.3, 0.3, 0.3)]
        )
    done, loaded = jianwei(tmp_path, "index", "un-egdi", table, "--json")
    assert done.returncode == 0, done.stderr
    assert [(row["unit"], row["rank"]) for row in json.loads(done.stdout)] == [("甲", 1), ("乙", 2)]
    assert "jianwei.scorecard" in loaded
    assert "django" not in loaded


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small workspace with a roster and posts, made by the ordinary commands."""
    folder = tmp_path_factory.mktemp("clean") / "space"
    done, loaded = jianwei(folder.parent, "demo", folder, "--scale", "0.01")
    assert done.returncode == 0, done.stderr
    assert "django" in loaded  # the registry does start it: the test below can fail
    return folder


def test_board_starts_no_django(space: Path, tmp_path: Path) -> None:
    arguments = ("board", "shuangwei-2015", "--cohort", "区县", "--period", "2015H1", "--json")
    done, loaded = jianwei(tmp_path, "-C", space, *arguments)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rows"]
    assert {"duckdb", "jianwei.leaderboard"} <= loaded
    assert "django" not in loaded
