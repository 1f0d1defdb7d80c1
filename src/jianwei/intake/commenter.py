"""Pseudonyms of commenters: who wrote a comment is never stored, only that it was the same person."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata

__all__ = ["SHORTEST_KEY", "pseudonym"]

SHORTEST_KEY = 16
"""Bytes below which a key could be guessed, and with it everybody behind a pseudonym."""

_LENGTH = 20
"""Hex digits kept: 80 bits, so that among a billion people two have the same with a chance below 1e-6."""


def pseudonym(uid_or_name: str, key: bytes) -> str:
    """The name of a person in one workspace: 20 hex digits, the same each time, "" for nobody.

    uid_or_name: as the source writes it; ends are trimmed and full-width signs made ordinary ones,
    so that one person has one pseudonym in all files. key: the workspace's secret, without which
    nobody can try out names or uids. Raises ValueError for a key shorter than SHORTEST_KEY.
    Source: HMAC-SHA256, RFC 2104, truncated.
    """
    if len(key) < SHORTEST_KEY:
        raise ValueError(f"key of {len(key)} bytes, shorter than {SHORTEST_KEY}")
    person = unicodedata.normalize("NFKC", uid_or_name).strip()
    if not person:
        return ""
    return hmac.new(key, person.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:_LENGTH]
