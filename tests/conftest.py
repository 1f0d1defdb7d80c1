"""Fixtures that every folder of tests shares, and the rule that CI skips nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

NO_SKIP = os.environ.get("CI") == "true"
"""In CI everything a test may need is installed, so a skipped test is a broken set-up."""

# No test is timed, and CI meets the same examples every time.
settings.register_profile("jianwei", deadline=None, derandomize=NO_SKIP)
settings.load_profile("jianwei")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real files beside the repository; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("JIANWEI_SHARED", ROOT.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip("需要仓库旁边的 shared/data（真实文件），此处没有")
    return folder


@pytest.fixture(scope="session")
def demo_space(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demo workspace, made by the verb; tests read it and never change it."""
    from jianwei.workspace.demo import demo

    folder = tmp_path_factory.mktemp("demo") / "space"
    demo(folder, seed=5, scale=0.01)
    return folder


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Playwright with the system's chromium; its own browser builds cannot be downloaded offline."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("需要 chromium（Debian：apt-get install chromium），此处没有")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    return {**browser_type_launch_args, "executable_path": chromium, "args": quiet}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Under CI=true a skip inside a test or its fixtures counts as a failure; an xfail stays one."""
    report = yield
    if NO_SKIP and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"CI 中不得跳过：{item.nodeid}：{_reason(report)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Under CI=true a module that skips itself while it is read counts as a failure too."""
    report = yield
    if NO_SKIP and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"CI 中不得跳过：{collector.nodeid}：{_reason(report)}"
    return report


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Why a test was skipped, in the words of the skip."""
    told = report.longrepr
    return told[2] if isinstance(told, tuple) else str(told)
