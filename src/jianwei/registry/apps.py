"""The registry as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["RegistryConfig"]


class RegistryConfig(AppConfig):
    """Label `registry`; big automatic keys."""

    name = "jianwei.registry"
    label = "registry"
    verbose_name = "账号台账"
    default_auto_field = "django.db.models.BigAutoField"
