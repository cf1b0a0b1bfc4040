"""Tables that each round of `watch` refreshes on a terminal, with the rates of counters and interfaces."""

import sys
from collections.abc import Iterator, Mapping
from time import monotonic
from types import TracebackType
from typing import IO, Any, Self

from rich.console import Console, Group
from rich.live import Live

from netstat_parse.formats.display import DisplayColumns, build_tables, display_columns
from netstat_parse.formats.table_writer import draw_table
from netstat_parse.formats.task import WriteTask

RATE_COLUMNS: DisplayColumns = {
    "counters": {"Per second": ("value",)},
    "interfaces": {
        "In per second": ("in_packets", "in_octets"),
        "Out per second": ("out_packets", "out_octets"),
    },
}
"""For each table, its headings of rates, each with the fields whose rates form one cell."""

KEYS = {
    "counters": ("snapshot", "protocol", "family", "name", "label"),
    "interfaces": ("snapshot", "index", "name", "description"),
}
"""Fields that identify a record from one round to the next."""

RATE_FIELD = "{} per second"


def _add_rate_columns(columns: DisplayColumns) -> DisplayColumns:
    rates = {
        table: {heading: [RATE_FIELD.format(field) for field in fields] for heading, fields in headings.items()}
        for table, headings in RATE_COLUMNS.items()
    }
    return {table: {**headings, **rates.get(table, {})} for table, headings in columns.items()}


class RateMeter:
    """Computes how much counters have grown per second since the previous round."""

    def __init__(self) -> None:
        self._seconds = self._previous_seconds = 0.0
        self._records: dict[tuple[object, ...], Mapping[str, Any]] = {}
        self._previous_records = self._records

    def begin_round(self, seconds: float) -> None:
        """Begin a round at this time of a monotonic clock."""
        self._previous_records, self._records = self._records, {}
        self._previous_seconds, self._seconds = self._seconds, seconds

    def add_rates(self, table: str, records: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Add rates to the records of this round that the previous round had too.

        A counter that has decreased was reset or has wrapped, so it has no rate.
        """
        for record in records:
            key = (table, *(record[field] for field in KEYS.get(table, ())))
            previous = self._previous_records.get(key)
            for fields in RATE_COLUMNS.get(table, {}).values():
                for field in fields:
                    rate = self._rate(previous[field], record[field]) if previous else None
                    record[RATE_FIELD.format(field)] = None if rate is None else f"{rate:,.1f}"
            if table in KEYS:
                self._records[key] = record
            yield record

    def _rate(self, previous: int | None, value: int | None) -> float | None:
        if previous is None or value is None or value < previous or self._seconds <= self._previous_seconds:
            return None
        return (value - previous) / (self._seconds - self._previous_seconds)


class Screen:
    """A terminal that shows the tables of the last round."""

    def __init__(self, output: IO[bytes]) -> None:
        self._file = open(output.fileno(), "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - closed by __exit__
        self._live = Live(
            console=Console(file=self._file, highlight=False),
            auto_refresh=False,
            redirect_stdout=False,
            redirect_stderr=sys.stderr.isatty(),
        )
        self._rates = RateMeter()

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._live.stop()
        self._file.close()

    def refresh(self, task: WriteTask) -> None:
        """Replace the tables of the previous round; without rates if fields are selected, as keys may be missing."""
        self._rates.begin_round(monotonic())
        columns, records = display_columns(task), task.records()
        if task.fields is None:
            columns = _add_rate_columns(columns)
            records = ((table, self._rates.add_rates(table, block)) for table, block in records)
        self._live.update(Group(*map(draw_table, build_tables(records, columns))), refresh=True)
