"""A table on a terminal that each round of `watch` refreshes, with how fast counters and interfaces count."""

import sys
from collections.abc import Iterator, Mapping
from time import monotonic
from types import TracebackType
from typing import IO, Any, Self

from rich.console import Console, Group
from rich.live import Live

from netstat_parse.formats.display import Shown, collected
from netstat_parse.formats.printing import Printing
from netstat_parse.formats.table_writer import tables

RATED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "counters": {"Per second": ("value",)},
    "interfaces": {
        "In per second": ("in_packets", "in_octets"),
        "Out per second": ("out_packets", "out_octets"),
    },
}
"""Columns of rates: of each table, a heading over the fields whose rates are shown."""


KEYS = {
    "counters": ("snapshot", "protocol", "family", "name", "label"),
    "interfaces": ("snapshot", "index", "name", "description"),
}
"""The fields by which a record is known again in the next round."""


RATE = "{} per second"


def _with_rates(shown: Shown) -> Shown:
    rates = {
        kind: {heading: [RATE.format(field) for field in fields] for heading, fields in headings.items()}
        for kind, headings in RATED.items()
    }
    return {kind: {**headings, **rates.get(kind, {})} for kind, headings in shown.items()}


class Rates:
    """How fast figures count, from one round to the next."""

    def __init__(self) -> None:
        self._at = self._before_at = 0.0
        self._now: dict[tuple[object, ...], Mapping[str, Any]] = {}
        self._before = self._now

    def begin(self, at: float) -> None:
        """A round begins at this time."""
        self._before, self._now = self._now, {}
        self._before_at, self._at = self._at, at

    def rated(self, kind: str, records: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """The records of the round, with rates where there was such a record in the last one.

        A figure that has gone down has begun anew, or has come round: there is no telling how fast it counts.
        """
        for record in records:
            key = (kind, *(record[field] for field in KEYS.get(kind, ())))
            before = self._before.get(key)
            for fields in RATED.get(kind, {}).values():
                for field in fields:
                    rate = self._rate(before[field], record[field]) if before else None
                    record[RATE.format(field)] = None if rate is None else f"{rate:,.1f}"
            if kind in KEYS:
                self._now[key] = record
            yield record

    def _rate(self, before: int | None, now: int | None) -> float | None:
        if before is None or now is None or now < before or self._at <= self._before_at:
            return None
        return (now - before) / (self._at - self._before_at)


class Screen:
    """The last round on a terminal."""

    def __init__(self, output: IO[bytes]) -> None:
        self._file = open(output.fileno(), "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - closed at the exit
        self._live = Live(
            console=Console(file=self._file, highlight=False),
            auto_refresh=False,
            redirect_stdout=False,
            redirect_stderr=sys.stderr.isatty(),
        )
        self._rates = Rates()

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._live.stop()
        self._file.close()

    def show(self, printing: Printing) -> None:
        """Show a round in place of the one before."""
        self._rates.begin(monotonic())
        if printing.picks is None:
            shown = _with_rates(printing.shown())
            rated = ((kind, self._rates.rated(kind, records)) for kind, records in printing.records())
            cells = collected(rated, shown)
        else:  # what tells one record from another may not be among the fields
            shown, cells = printing.shown(), printing.cells()
        self._live.update(Group(*tables(cells, shown)), refresh=True)
