"""Errors for a path where the functions of the package take text, and for a text where they take a path."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from errno import EINVAL

from netstat_parse.errors import NetstatParseError

MAX_PATH_CHARS = 4096
"""Characters of a long path."""

MAX_QUOTED_CHARS = 60
"""Characters of a text that an error quotes."""

MAX_PATH_WORDS = 4
"""Words of a name with blanks: a row of netstat has more."""

_FILE_SUFFIX = re.compile(r"\.\w{1,8}\s*\Z")


def require_source(function: str, source: object) -> None:
    """Refuse what is no output of netstat.

    Raises:
        TypeError: the source is a path, or neither text nor bytes nor something that yields them.
    """
    if isinstance(source, os.PathLike):
        raise TypeError(f"{function} takes the output of netstat, not its path: use parse_file(path), or an open file")
    if isinstance(source, Mapping) or not (isinstance(source, Iterable) or hasattr(source, "read")):
        kinds = "text, bytes, an open file, or lines"
        raise TypeError(f"{function} takes the output of netstat as {kinds}, not {type(source).__name__}")


@contextmanager
def suggest_parse_file(source: object) -> Iterator[None]:
    """Add to the error for a text without a table that it seems to be a path. No file is looked for."""
    try:
        yield
    except NetstatParseError as error:
        if error.line is not None or not _resembles_path(source):
            raise
        hint = "a path is not opened: use parse_file(path), or an open file"
        raise NetstatParseError(f"{error.message}; {hint}", name=error.name) from None


def _resembles_path(source: object) -> bool:
    """Return whether a text is a single line with a separator of folders or a file suffix, or one word."""
    if not isinstance(source, str) or not 0 < len(source) <= MAX_PATH_CHARS or len(source.splitlines()) != 1:
        return False
    return "/" in source or "\\" in source or len(source.split()) == 1 or bool(_FILE_SUFFIX.search(source))


@contextmanager
def suggest_parse(path: object) -> Iterator[None]:
    """Refuse what is no path, and add to the error for a missing file that its name seems to be netstat's output.

    Raises:
        TypeError: it is neither a string nor a path.
        OSError: the file cannot be read.
    """
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(f"parse_file takes a path, not {type(path).__name__}: parse() takes text, bytes, or a file")
    try:
        yield
    except (OSError, ValueError) as error:
        text = os.fspath(path)
        is_output = isinstance(text, str) and _resembles_output(text)
        if isinstance(error, OSError) and not is_output:
            raise
        hint = "parse_file takes a path, and this seems to be the output of netstat: use parse(text)"
        quoted = text if len(text) <= MAX_QUOTED_CHARS else f"{text[: MAX_QUOTED_CHARS - 3]}..."
        raise OSError(getattr(error, "errno", EINVAL), hint if is_output else str(error), quoted) from None


def _resembles_output(path: str) -> bool:
    """Return whether a path has several lines or many words."""
    has_lines = len(path.splitlines()) > 1 or path.endswith(("\r", "\n"))
    return has_lines or len(path.split()) > MAX_PATH_WORDS
