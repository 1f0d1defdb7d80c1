"""Writing records together with their history: who, when and why, in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

__all__ = ["Author"]

_BATCH = 500


@dataclass(frozen=True)
class Author:
    """Who changes the registry, when and why; its methods write records and their history."""

    who: str
    when: datetime
    why: str

    def add(self, objects: Sequence[Model]) -> None:
        """Insert new records of one model."""
        if objects:
            self._record(_manager(objects).bulk_create(objects, batch_size=_BATCH), "+")

    def change(self, objects: Sequence[Model], fields: Sequence[str]) -> None:
        """Update these fields of records of one model."""
        if objects:
            _manager(objects).bulk_update(objects, fields, batch_size=_BATCH)
            self._record(objects, "~")

    def remove(self, objects: Sequence[Model]) -> None:
        """Delete records of one model that no other table points to."""
        self._record(objects, "-")
        keys = [record.pk for record in objects]
        for place in range(0, len(keys), _BATCH):
            rows = _manager(objects).filter(pk__in=keys[place : place + _BATCH])
            rows._raw_delete(rows.db)  # noqa: SLF001  # without signals: they would write the history again

    def _record(self, objects: Sequence[Model], kind: str) -> None:
        if not objects:
            return
        history: Any = _manager(objects).model.history.model
        history.objects.bulk_create(
            [
                history(
                    history_date=self.when,
                    history_user_id=self.who,
                    history_change_reason=self.why,
                    history_type=kind,
                    **{field.attname: getattr(record, field.attname) for field in history.tracked_fields},
                )
                for record in objects
            ],
            batch_size=_BATCH,
        )


def _manager(objects: Sequence[Model]) -> Any:
    model: Any = type(objects[0])
    return model.objects
