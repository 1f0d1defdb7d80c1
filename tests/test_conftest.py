"""The rule that CI skips nothing, tried on a small suite of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

SUITE = {
    "call": "def test_it():\n    pytest.skip('no call')\n",
    "mark": "@pytest.mark.skipif(True, reason='no mark')\ndef test_it():\n    pass\n",
    "module": "pytest.skip('no module', allow_module_level=True)\n",
    "fixture": "@pytest.fixture\ndef data():\n    pytest.skip('no fixture')\ndef test_it(data):\n    pass\n",
    "xfail": "@pytest.mark.xfail(strict=True)\ndef test_it():\n    assert False\n",
    "fine": "def test_it():\n    pass\n",
}


def outcome(folder: Path, root: Path, *, ci: bool) -> tuple[int, str, dict[str, int]]:
    """Runs the suite with this repository's conftest: exit code, output, and the counts of its closing line."""
    (folder / "conftest.py").write_text((root / "tests" / "conftest.py").read_text("utf-8"), "utf-8")
    for kind, source in SUITE.items():
        (folder / f"test_{kind}.py").write_text(f"import pytest\n{source}", "utf-8")
    env = {
        name: value for name, value in os.environ.items() if name != "CI" and not name.startswith("PYTEST")
    }
    env |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"} | ({"CI": "true"} if ci else {})
    line = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "-c",
        os.devnull,
        "--rootdir",
        str(folder),
    ]
    done = subprocess.run(
        [*line, "--continue-on-collection-errors", str(folder)],
        env=env,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    closing = re.findall(r"(\d+) (\w+)", done.stdout.splitlines()[-1].split(" in ")[0])
    return done.returncode, done.stdout, {word: int(count) for count, word in closing}


def test_a_skip_fails_in_ci_and_says_why(tmp_path: Path, root: Path) -> None:
    code, told, counts = outcome(tmp_path, root, ci=True)
    assert code == 1
    assert counts == {"failed": 1, "errors": 3, "passed": 1, "xfailed": 1}
    for kind in ("call", "mark", "module", "fixture"):
        assert re.search(rf"CI 中不得跳过：test_{kind}\.py.*：.*no {kind}", told), told


def test_a_skip_is_a_skip_elsewhere(tmp_path: Path, root: Path) -> None:
    code, _, counts = outcome(tmp_path, root, ci=False)
    assert code == 0
    assert counts == {"skipped": 4, "passed": 1, "xfailed": 1}
