"""Exit statuses, and error messages on standard error."""

import sys
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from netstat_parse import logger
from netstat_parse.errors import NetstatParseError
from netstat_parse.formats.task import RecordSource
from netstat_parse.records.rows import Rows, complete_records
from netstat_parse.records.values import legible, printable

EXIT_PARSED, EXIT_WRONG_INPUT, EXIT_UNREADABLE, EXIT_NO_NETSTAT, EXIT_INTERRUPTED = 0, 1, 2, 127, 130
"""The exit statuses; EXIT_UNREADABLE is also the status of a usage error, as argparse defines it."""


def complain(message: str) -> None:
    """Write an error message of one line to standard error."""
    sys.stderr.write(f"netstat-parse: {printable(legible(message))}\n")


def print_warnings() -> None:
    """Print the warnings of the library on standard error; to be called once in each process."""
    logger.LISTENERS["command line"] = complain


class ReportedSource(NamedTuple):
    """Wraps a source to write its diagnostics to standard error while its rows are read."""

    source: RecordSource
    with_lines: bool
    """True if a message is followed by the line of the input, with a caret."""

    @property
    def name(self) -> str | None:
        """The name of the input."""
        return self.source.name

    @property
    def lines(self) -> Mapping[str, int]:
        """The number of lines of the input by kind."""
        return self.source.lines

    def rows(self) -> Iterator[Rows]:
        """Yield the rows of the source, and write each diagnostic to standard error."""
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
