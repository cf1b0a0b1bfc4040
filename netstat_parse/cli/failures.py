"""Report on standard error which inputs could not be read: each with its reason, or many without a table as one line.

netstat-parse: dmp.txt: No such file or directory; did you mean dump.txt?
netstat-parse: no netstat table in 996 of 1,000 files; the first: photos/1.jpg: binary data, not text (-v: all)
"""

import errno
import os
from typing import TYPE_CHECKING

from netstat_parse.cli.complaints import EMPTY_NAME, EXIT_UNREADABLE, EXIT_WRONG_INPUT, complain
from netstat_parse.inputs.origins import STANDARD_INPUT

if TYPE_CHECKING:
    from netstat_parse.sources import Failure

MAX_NAMED = 10
"""Maximum number of inputs without a table that are printed one by one without ``-v`` or ``--strict``."""


class Failures:
    """The failures of several inputs; those of inputs without a table wait for `end`."""

    def __init__(self, *, names_all: bool = True) -> None:
        """Begin without an input.

        Args:
            names_all: true to print each failure at once.
        """
        self.names_all = names_all
        self.inputs = 0
        """Number of inputs, with those that could be read."""
        self.without_table = 0
        """Number of those without a table that are not printed yet."""
        self.first: list[str] = []
        """Messages about the first of them."""

    def report(self, failure: "Failure") -> int:
        """Print why an input failed, now or in `end`, and return the exit status."""
        from netstat_parse.records.values import escape_name  # imports json, which --help does not need
        from netstat_parse.sources import STATUS_NO_TABLE

        failed = failure.archive or failure
        label = escape_name(failed.label)
        if failed.status != STATUS_NO_TABLE:
            complain_about_file(label, failed.message)
            return EXIT_UNREADABLE
        message = failed.message if failed.label == STANDARD_INPUT else f"{label}: {failed.message}"
        if self.names_all:
            complain(message)
        else:
            self.without_table += 1
            self.first = [*self.first, message][:MAX_NAMED]
        return EXIT_WRONG_INPUT

    def add(self, other: "Failures") -> None:
        """Add the failures of further inputs."""
        self.inputs += other.inputs
        self.without_table += other.without_table
        self.first = [*self.first, *other.first][:MAX_NAMED]

    def end(self) -> None:
        """Print the failures that wait."""
        if self.without_table <= MAX_NAMED:
            for message in self.first:
                complain(message)
        else:
            from netstat_parse.records.values import count_things

            files = count_things(self.inputs, "file", "files")
            complain(f"no netstat table in {self.without_table:,} of {files}; the first: {self.first[0]} (-v: all)")
        self.without_table, self.first = 0, []


def complain_about_file(label: str, message: str) -> None:
    """Write why a file cannot be read to standard error; for a missing one with the name that may be meant.

    Args:
        label: its name, escaped as in records.
        message: the reason.
    """
    if message == os.strerror(errno.ENOENT):
        from netstat_parse.cli.mistakes import describe_missing

        message = describe_missing(label, message)
    complain(f"{label or EMPTY_NAME}: {message}")
