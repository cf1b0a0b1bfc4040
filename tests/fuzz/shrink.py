"""Shrink a text that breaks an invariant while it still does."""

from __future__ import annotations

from collections.abc import Callable

MAX_ATTEMPTS = 2000
"""Times that a text is read."""


def minimize(data: bytes, fails: Callable[[bytes], bool]) -> bytes:
    """Leave out lines, and then bytes, without which the text still fails."""
    left = MAX_ATTEMPTS

    def still(candidate: bytes) -> bool:
        nonlocal left
        left -= 1
        return left >= 0 and fails(candidate)

    lines = minimize_items(data.splitlines(keepends=True), lambda items: still(b"".join(items)))
    letters = [bytes([byte]) for byte in b"".join(lines)]
    return b"".join(minimize_items(letters, lambda items: still(b"".join(items))))


def minimize_items(items: list[bytes], fails: Callable[[list[bytes]], bool]) -> list[bytes]:
    """Leave out runs of items, the long ones first, without which the rest still fails."""
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
