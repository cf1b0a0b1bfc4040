"""Minimize a text that breaks an invariant."""

from __future__ import annotations

from collections.abc import Callable

MAX_ATTEMPTS = 2000
"""Maximum number of parses for one text."""


def minimize(data: bytes, fails: Callable[[bytes], bool]) -> bytes:
    """Remove lines, then bytes, as long as the text still fails."""
    attempts = 0

    def still_fails(candidate: bytes) -> bool:
        nonlocal attempts
        attempts += 1
        return attempts <= MAX_ATTEMPTS and fails(candidate)

    lines = minimize_items(data.splitlines(keepends=True), lambda items: still_fails(b"".join(items)))
    single_bytes = [bytes([byte]) for byte in b"".join(lines)]
    return b"".join(minimize_items(single_bytes, lambda items: still_fails(b"".join(items))))


def minimize_items(items: list[bytes], fails: Callable[[list[bytes]], bool]) -> list[bytes]:
    """Remove runs of items, the longest first, as long as the rest still fails."""
    size = len(items) // 2
    while size:
        at = 0
        while at < len(items):
            fewer = items[:at] + items[at + size :]
            if fails(fewer):
                items = fewer
            else:
                at += size
        size //= 2
    return items
