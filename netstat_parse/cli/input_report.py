"""Report on standard error what is wrong in an input: a few diagnostics with their lines, many as one summary line.

    netstat-parse: dump.txt:17: row cut short: expected Foreign Address
        tcp        0      0 10.0.0.1:22
                                        ^
    netstat-parse: customer.log: 1,469 runs of netstat, 51,000 records, 29 damaged rows; 603,112 lines of other text

The document has all diagnostics in any case.
"""

import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

from netstat_parse.cli.complaints import EXIT_PARSED, EXIT_WRONG_INPUT
from netstat_parse.errors import NetstatParseError
from netstat_parse.named_fields import NamedFields
from netstat_parse.records.diagnostics import DAMAGED_ROWS
from netstat_parse.records.rows import Rows, WrappedSource, complete_records
from netstat_parse.records.values import STANDARD_INPUT_NAME, count_things, legible, printable

if TYPE_CHECKING:
    from netstat_parse.records.rows import RecordSource
    from netstat_parse.sources import InputReading

MAX_QUOTED = 3
"""Maximum number of diagnostics of one input that are printed one by one without ``-v`` or ``--strict``."""


class ReportStyle(NamedFields):
    """Choice of what is printed about an input."""

    is_quiet: bool = False
    """True to print nothing."""
    prints_all: bool = False
    """True to print each diagnostic as soon as it is read."""
    quotes_lines: bool = True
    """True to print the line of the input and a caret below a diagnostic."""
    max_waiting: int = MAX_QUOTED
    """Number of diagnostics up to which they are printed one by one at the end; more are only counted."""
    sums_up: bool = False
    """True to always print the summary."""
    sums_up_logs: bool = False
    """True to print the summary of an input with several snapshots, even if nothing is wrong."""


def choose_style(options: Namespace, *, several: bool) -> ReportStyle:
    """Choose the style for files by the options and by whether standard error is a terminal.

    Args:
        options: the parsed options, with `quiet`, `verbose` and `strict`.
        several: true if there are several inputs: each then gets one line at most.
    """
    return ReportStyle(
        is_quiet=options.quiet,
        prints_all=options.verbose or options.strict,
        max_waiting=0 if several else MAX_QUOTED,
        sums_up=options.verbose,
        sums_up_logs=sys.stderr.isatty(),
    )


def choose_live_style(options: Namespace) -> ReportStyle:
    """Choose the style for runs of netstat, whose diagnostics are few and must not wait: a run may have no end."""
    return ReportStyle(
        is_quiet=options.quiet, prints_all=True, quotes_lines=options.verbose or options.strict, sums_up=options.verbose
    )


def open_report(found: "InputReading", style: ReportStyle) -> "InputReport":
    """Make the report about an input; in an archive it is one of several, whose diagnostics are only counted."""
    own_style = style._replace(max_waiting=0) if found.is_member else style
    return InputReport(found, own_style, found.name or STANDARD_INPUT_NAME)


class InputReport(WrappedSource):
    """A source whose diagnostics are printed or counted while its rows are read; `end` prints the rest."""

    def __init__(self, source: "RecordSource", style: ReportStyle, label: str) -> None:
        """Wrap a source; the label is its name in the summary."""
        super().__init__(source)
        self.style = style
        self.label = label
        self._waiting: list[Mapping[str, Any]] = []
        self._record_counts: Counter[str] = Counter()
        self._other_counts: Counter[str] = Counter()

    def rows(self) -> Iterator[Rows]:
        """Yield the rows of the source; count them, and keep or print their diagnostics."""
        for rows in self.source.rows():
            self._record_counts[rows.kind] += len(next(iter(rows.columns.values())))
            if rows.kind == "diagnostics":
                for record in complete_records(rows):
                    self._add_diagnostic(record)
            yield rows

    def _add_diagnostic(self, record: Mapping[str, Any]) -> None:
        if record["code"] not in DAMAGED_ROWS:
            self._other_counts[record["severity"]] += 1
        if self.style.is_quiet:
            return
        if self.style.prints_all:
            self._print(record)
        elif len(self._waiting) < self.style.max_waiting:
            self._waiting.append(record)

    def end(self, refusal: str | None = None) -> None:
        """Print the diagnostics that wait, or the summary.

        Args:
            refusal: the reason, which the caller prints, if the input has no table; a few errors are worth their lines.
        """
        if self.style.is_quiet:
            return
        is_long = self._record_counts["diagnostics"] > self.style.max_waiting
        if refusal and not self.style.sums_up and (is_long or not self.has_errors):
            return
        is_log = self.style.sums_up_logs and self._record_counts["snapshots"] > 1
        if not is_long:
            for record in self._waiting:
                if record["message"] != refusal:
                    self._print(record)
        if is_long or is_log or self.style.sums_up:
            sys.stderr.write(f"netstat-parse: {printable(legible(self.label))}: {self._summarize()}\n")

    @property
    def has_errors(self) -> bool:
        """True if something that netstat printed was not parsed; final after the last row."""
        return bool(self.lines["unparsed"] or self._other_counts["error"])

    @property
    def tables(self) -> AbstractSet[str]:
        """The tables that had a record."""
        return self._record_counts.keys()

    @property
    def record_count(self) -> int:
        """The number of records of what netstat printed."""
        return sum(count for kind, count in self._record_counts.items() if kind not in {"snapshots", "diagnostics"})

    def exit_status(self, *, is_strict: bool) -> int:
        """Return the exit status for the input; errors without a record are never a success. Final after the last row.

        Args:
            is_strict: true if any error makes it 1.
        """
        return EXIT_WRONG_INPUT if self.has_errors and (is_strict or not self.record_count) else EXIT_PARSED

    def _summarize(self) -> str:
        facts = [
            count_things(self._record_counts["snapshots"], "run of netstat", "runs of netstat"),
            count_things(self.record_count, "record", "records"),
        ]
        others = (
            (self.lines["unparsed"], "damaged row", "damaged rows"),
            (self._other_counts["error"], "other error", "other errors"),
            (self._other_counts["warning"], "warning", "warnings"),
        )
        facts += [count_things(*other) for other in others if other[0]]
        foreign = self.lines["foreign"]
        return ", ".join(facts) + (f"; {count_things(foreign, 'line', 'lines')} of other text" if foreign else "")

    def _print(self, record: Mapping[str, Any]) -> None:
        error = NetstatParseError(
            record["message"],
            name=None if record["line"] is None else self.name or STANDARD_INPUT_NAME,
            line=record["line"],
            column=record["column"],
            text=record["text"] if self.style.quotes_lines else None,
        )
        sys.stderr.write(f"netstat-parse: {error}\n")
