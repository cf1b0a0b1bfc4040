"""Inputs as values: `Origin`, a file to read; `Content`, its open stream; `Unreadable`, why there is none."""

import os
import time
from typing import IO, NamedTuple

from netstat_parse.named_fields import NamedFields

STANDARD_INPUT = "-"


class Origin(NamedTuple):
    """A file to read, with the size and time that show whether it has changed."""

    path: str
    """Its path, its address (``s3://...``), or ``-`` for standard input."""
    size: int | None = None
    """Bytes."""
    modified_at: str | None = None
    """RFC 3339, in UTC."""


class Content(NamedFields):
    """An open file. Read it before asking for the next one: files in an archive share its stream."""

    name: str
    """Its path; for a file in an archive ``archive.zip:path/in/it``."""
    origin: Origin
    file: IO[bytes]
    is_member: bool
    """True for a file in a zip or tar, which may hold several."""


class Unreadable(NamedFields):
    """A file, or a file in an archive, that cannot be opened."""

    name: str
    origin: Origin
    error: OSError


def make_origin(path: str) -> Origin:
    """Return a file of this machine with its current size and time, without them if there is no such file."""
    try:
        status = os.stat(path)  # noqa: PTH116 - there may be a million of them
    except (OSError, ValueError):
        return Origin(path)
    return Origin(path, status.st_size, format_rfc3339(status.st_mtime_ns))


def format_rfc3339(nanoseconds: int) -> str:
    """Format nanoseconds since 1970 as RFC 3339, in UTC, to the microsecond."""
    seconds, rest = divmod(nanoseconds, 1_000_000_000)
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(seconds))}.{rest // 1000:06}Z"


def as_os_error(error: Exception) -> OSError:
    """Return an OSError for any error: itself, or one with its description."""
    if isinstance(error, OSError):
        return error
    return OSError(str(error) if isinstance(error, ValueError) else describe_error(error))


def describe_error(error: Exception) -> str:
    """Return why something failed, in one phrase that does not repeat the file name."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return f"{type(error).__name__}: {error}"
