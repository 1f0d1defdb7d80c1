"""An office with a request that is out."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianwei.forms.judge import Rules
from jianwei.workspace import collection, forms, space
from jianwei.workspace.forms import Made, months_of
from tests.forms import office as offices
from tests.forms.office import Bench


@pytest.fixture(scope="session")
def request_out(tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, Rules]:
    """A request for June that is out, and what its forms are judged by; tests only read them."""
    folder = tmp_path_factory.mktemp("out")
    opened = offices.fresh(folder)
    made = forms.make(opened, offices.PERIOD, out=folder / "模板")
    return made, collection.rules_of(opened, months_of(offices.PERIOD), space.now())[0]


@pytest.fixture
def bench(request_out: tuple[Made, Rules], tmp_path: Path) -> Bench:
    """The same, with a folder for forms."""
    return Bench(*request_out, tmp_path / "交回")
