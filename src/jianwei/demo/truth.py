"""What is true of a demo world, told from its own arrays and never from a measure of 见微."""

from __future__ import annotations

import json
from pathlib import Path

from jianwei.demo.world import World

__all__ = ["write"]


def write(path: Path, made: World) -> None:
    """Write the truth file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {
        "seed": made.seed,
        "scale": made.scale,
        "parts": {name: made.cast.accounts[place].name for name, place in made.cast.parts.items()},
    }
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
