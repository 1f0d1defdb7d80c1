"""The registry's verbs of a workspace: import, export, check, draft; Django starts only here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jianwei.errors import Issue
from jianwei.lake import ask
from jianwei.workspace.progress import Progress, silent
from jianwei.workspace.space import Workspace, now

if TYPE_CHECKING:
    from jianwei.registry import Imported

__all__ = ["check", "draft", "export", "import_files"]

_SEEN = """
WITH named AS (
    SELECT account_id, account_name, published_at AS named_at, observed_at
    FROM readings WHERE account_name IS NOT NULL
    UNION ALL
    SELECT account_id, account_name, observed_at AS named_at, observed_at
    FROM followers WHERE account_name IS NOT NULL
    UNION ALL
    SELECT account_id, account_name, cast("end" AS TIMESTAMP) AS named_at, observed_at
    FROM totals WHERE account_name IS NOT NULL
),
names AS (
    SELECT account_id, account_name FROM named
    QUALIFY row_number() OVER (
        PARTITION BY account_id ORDER BY named_at DESC, observed_at DESC, account_name
    ) = 1
),
certified AS (
    SELECT account_id, verified_reason, verified_type FROM followers
    WHERE verified
    QUALIFY row_number() OVER (
        -- a mark beside the name, which searches show, says nothing of the body
        PARTITION BY account_id
        ORDER BY verified_reason IS NULL, observed_at DESC, sha256 DESC, source_row DESC
    ) = 1
),
days AS (
    SELECT account_id, min(published_at) AS first, max(published_at) AS last, count(*) AS posts
    FROM posts GROUP BY account_id
),
everyone AS (
    SELECT account_id FROM posts UNION SELECT account_id FROM totals UNION SELECT account_id FROM followers
)
SELECT e.account_id AS account_id, n.account_name AS name, d.first AS first, d.last AS last,
    coalesce(d.posts, 0) AS posts, c.verified_reason AS certified_as, c.verified_type AS certified_type
FROM everyone AS e
LEFT JOIN names AS n ON n.account_id = e.account_id
LEFT JOIN days AS d ON d.account_id = e.account_id
LEFT JOIN certified AS c ON c.account_id = e.account_id
ORDER BY posts DESC, account_id
"""


def import_files(
    space: Workspace,
    paths: Sequence[Path],
    *,
    strict: bool = False,
    actor: str = "",
    why: str = "",
    progress: Progress = silent,
) -> Imported:
    """Take register files and publish a roster; bad rows are left out and listed."""
    from jianwei import registry

    with space.writing(progress=progress), registry.open(space.path) as book:
        progress("导入台账")
        return book.import_files(paths, strict=strict, actor=actor, now=now(), why=why)


def export(space: Workspace, path: Path, *, contacts: bool = False) -> dict[str, int]:
    """Write the registry to a workbook or CSV files; rows by kind."""
    from jianwei import registry

    with registry.open(space.path) as book:
        return book.export(path, contacts=contacts)


def check(space: Workspace) -> list[Issue]:
    """What is inconsistent in the registry as a whole."""
    from jianwei import registry

    with registry.open(space.path) as book:
        return book.check()


def draft(space: Workspace, path: Path) -> int:
    """Write a filled template of the accounts that the lake has and the registry has not."""
    from jianwei import registry

    seen = [_seen(row) for row in _seen_accounts(space)]
    with registry.open(space.path) as book:
        return book.draft(seen, path)


def _seen_accounts(space: Workspace) -> list[dict[str, Any]]:
    """Accounts of the lake: id, newest name, first and last post, number of posts, certification."""
    with space.lake.connect() as con:
        return ask.rows(con, _SEEN)


def _seen(row: dict[str, Any]) -> Any:
    from jianwei.registry import Seen

    family, uid = row["account_id"].split(":", 1)
    return Seen(
        row["account_id"], family, uid, row["name"] or "", row["first"], row["last"], row["posts"],
        row["certified_as"] or "", "政府" if row["certified_type"] == "1" else "",
    )  # fmt: skip
