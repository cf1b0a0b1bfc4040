"""A text that breaks a promise, made as small as it may be while it still does."""

from __future__ import annotations

from collections.abc import Callable

TRIES = 2000
"""How often a text is read, at the most."""


def shrunk(data: bytes, fails: Callable[[bytes], bool]) -> bytes:
    """The text without the lines, and then without the bytes, that do not matter."""
    left = TRIES

    def still(candidate: bytes) -> bool:
        nonlocal left
        left -= 1
        return left >= 0 and fails(candidate)

    lines = without_parts(data.splitlines(keepends=True), lambda parts: still(b"".join(parts)))
    letters = [bytes([byte]) for byte in b"".join(lines)]
    return b"".join(without_parts(letters, lambda parts: still(b"".join(parts))))


def without_parts(parts: list[bytes], fails: Callable[[list[bytes]], bool]) -> list[bytes]:
    """As few of the parts as still fail: runs of them are left out, the long ones first."""
    size = len(parts) // 2
    while size:
        at = 0
        while at < len(parts):
            fewer = parts[:at] + parts[at + size :]
            if fails(fewer):
                parts = fewer
            else:
                at += size
        size //= 2
    return parts
