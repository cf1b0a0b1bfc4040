"""A file to read, with the size and time by which it is recognized again."""

import os
from datetime import UTC, datetime
from typing import NamedTuple

STANDARD_INPUT = "-"


class Origin(NamedTuple):
    """A file to be read, and how it is known again."""

    path: str
    """Its path, or an address that fsspec understands (``s3://...``)."""
    size: int | None = None
    modified_at: str | None = None
    """RFC 3339, in UTC."""


def local_origin(path: str) -> Origin:
    """A file of this machine, as it is now."""
    try:
        told = os.stat(path)  # noqa: PTH116 - there may be a million of them
    except (OSError, ValueError):
        return Origin(path)
    return Origin(path, told.st_size, rfc3339(told.st_mtime_ns))


def rfc3339(nanoseconds: int) -> str:
    """A time as RFC 3339, in UTC, to the microsecond."""
    seconds, rest = divmod(nanoseconds, 1_000_000_000)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{rest // 1000:06}Z"
