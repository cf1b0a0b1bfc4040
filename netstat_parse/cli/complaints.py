"""Exit statuses, the output file, and error messages on standard error."""

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

from netstat_parse.errors import NetstatParseError
from netstat_parse.formats.task import Source
from netstat_parse.records.rows import Rows, complete_records

PARSED, WRONG_INPUT, UNREADABLE, NO_NETSTAT = 0, 1, 2, 127


def output(path: str | None) -> IO[bytes]:
    """Where the result goes.

    Raises:
        OSError: it cannot go there.
    """
    if path is not None:
        return Path(path).open("wb")
    if sys.stdout is None:
        raise OSError("standard output is closed")
    return os.fdopen(os.dup(sys.stdout.fileno()), "wb")


def reason(error: Exception) -> str:
    """Why something failed, without the name of it."""
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)


def complain(message: str) -> None:
    """Tell what is wrong, in one line."""
    from netstat_parse.records.values import printable

    sys.stderr.write(f"netstat-parse: {printable(message)}\n")


class Reported(NamedTuple):
    """A source whose diagnostics are also written to standard error, as its rows are taken."""

    source: Source
    with_lines: bool
    """Whether each message shows its line of the input, with a caret."""

    @property
    def name(self) -> str | None:
        """The name of the input."""
        return self.source.name

    @property
    def lines(self) -> Mapping[str, int]:
        """The account of its lines."""
        return self.source.lines

    def rows(self) -> Iterator[Rows]:
        """The rows of the source, as they come."""
        for rows in self.source.rows():
            if rows.kind == "diagnostics":
                for record in complete_records(rows):
                    self._report(record)
            yield rows

    def _report(self, record: Mapping[str, Any]) -> None:
        error = NetstatParseError(
            record["message"],
            name=None if record["line"] is None else self.name or "standard input",
            line=record["line"],
            column=record["column"],
            text=record["text"] if self.with_lines else None,
        )
        sys.stderr.write(f"netstat-parse: {error}\n")
