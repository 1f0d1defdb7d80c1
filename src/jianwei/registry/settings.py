"""Django settings of the registry alone; `web` takes SETTINGS over into its own.

Times are naive Asia/Shanghai as everywhere in 见微. There is no secret key: nothing is signed here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings

__all__ = ["SETTINGS", "configure", "sqlite"]

SETTINGS: dict[str, Any] = {
    "INSTALLED_APPS": ["simple_history", "jianwei.registry"],
    "DATABASE_ROUTERS": ["jianwei.registry.routing.SpaceRouter"],
    "LANGUAGE_CODE": "zh-hans",
    "TIME_ZONE": "Asia/Shanghai",
    "USE_TZ": False,
    "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
    "LOGGING_CONFIG": None,
}
"""What the registry needs of Django, but for the connection `default`."""


def sqlite(database: Path) -> dict[str, Any]:
    """Connection to a SQLite file: readers never wait, writers wait up to 30 s for each other."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(database),
        "OPTIONS": {
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }


def configure(database: Path | None) -> None:
    """Configure and start Django unless that has been done.

    Without a database the connection `default` refuses every query, so that nothing lands in a
    workspace by accident: queries need one opened by `routing.connected`.
    """
    if not settings.configured:
        default = {"ENGINE": "django.db.backends.dummy"} if database is None else sqlite(database)
        settings.configure(**SETTINGS, DATABASES={"default": default})
    if not apps.ready:
        django.setup()
