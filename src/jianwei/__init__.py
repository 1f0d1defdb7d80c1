"""见微: an evaluation of government new media that stands up to questions.

The public names are handed out lazily (PEP 562): `import jianwei` itself loads nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jianwei.errors import (
        DataError,
        Issue,
        JianweiError,
        MethodError,
        RecipeError,
        RenderError,
    )
    from jianwei.period import Period
    from jianwei.recipe import Recipe
    from jianwei.workspace import Workspace, open

    __version__: str

__all__ = [
    "DataError",
    "Issue",
    "JianweiError",
    "MethodError",
    "Period",
    "Recipe",
    "RecipeError",
    "RenderError",
    "Workspace",
    "__version__",
    "open",
]

_HOMES = {
    "DataError": "jianwei.errors",
    "Issue": "jianwei.errors",
    "JianweiError": "jianwei.errors",
    "MethodError": "jianwei.errors",
    "Period": "jianwei.period",
    "Recipe": "jianwei.recipe",
    "RecipeError": "jianwei.errors",
    "RenderError": "jianwei.errors",
    "Workspace": "jianwei.workspace",
    "open": "jianwei.workspace",
}


def __getattr__(name: str) -> Any:
    """A public name from its home, remembered after the first time."""
    if name == "__version__":
        from importlib import metadata  # takes longer than all else here

        value: Any = metadata.version("jianwei")
    elif name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
    else:
        raise AttributeError(f"module 'jianwei' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return sorted({*globals(), *__all__})
