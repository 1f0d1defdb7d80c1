"""Several workspaces in one process keep apart; queries outside of one go nowhere."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from jianwei import registry

NOW = datetime(2015, 7, 1)


def test_two_spaces_open_at_once_do_not_mix(tmp_path: Path, sheet: Callable[..., Path]) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    head = ["单位编码", "全称"]
    with registry.open(one) as first, registry.open(two) as second:
        first.import_files([sheet([head, ["A", "甲"], ["B", "乙"]])], now=NOW)
        second.import_files([sheet([head, ["C", "丙"]])], now=NOW)
        assert (first.counts()["units"], second.counts()["units"]) == (2, 1)
        assert [change.name for change in second.history("A")] == []
    with registry.open(one) as first:
        assert first.counts()["units"] == 2
        assert [change.name for change in first.history("A")] == ["甲"]


def test_threads_do_not_mix(tmp_path: Path, sheet: Callable[..., Path]) -> None:
    spaces = [tmp_path / "x", tmp_path / "y"]
    counted: dict[str, int] = {}

    def work(space: Path, units: int) -> None:
        space.mkdir()
        rows = [["单位编码", "全称"], *([f"{space.name}{n}", "甲"] for n in range(units))]
        path = sheet(rows, f"{space.name}.csv")
        with registry.open(space) as book:
            book.import_files([path], now=NOW)
            counted[space.name] = book.counts()["units"]

    threads = [threading.Thread(target=work, args=(space, 3 + n)) for n, space in enumerate(spaces)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counted == {"x": 3, "y": 4}


def test_outside_of_a_space_there_is_no_database() -> None:
    from django.core.exceptions import ImproperlyConfigured

    registry.setup()
    from jianwei.registry.models import Unit

    with pytest.raises(ImproperlyConfigured):
        Unit.objects.count()


def test_the_migrations_hold_all_of_the_models() -> None:
    registry.setup()
    from django.apps import apps
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState
    from django.utils.translation import override

    with override(None):  # as makemigrations does: choices stand in English
        loader = MigrationLoader(None)
        now = ProjectState.from_apps(apps)
        changes = MigrationAutodetector(loader.project_state(), now).changes(graph=loader.graph)
    assert changes == {}
