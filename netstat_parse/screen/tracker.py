"""Follow the records from one round to the next: what is new, gone or changed, and how fast counters grow."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any, NamedTuple

from netstat_parse.formats.cells import find_numbers, format_cells, format_rate
from netstat_parse.formats.display import DisplayColumns, title_table
from netstat_parse.formats.text_layout import measure_column
from netstat_parse.insight.compare.matching import pair_records
from netstat_parse.insight.facts.counters import find_counter
from netstat_parse.records.identity import IDENTITIES
from netstat_parse.records.values import cell_width
from netstat_parse.screen.columns import Column, choose_columns
from netstat_parse.screen.pairs import CHANGE_FIELDS, Change, Row, getter, list_passes
from netstat_parse.screen.rates import RATES, RateMeter, draw_sparkline

Block = tuple[str, Iterable[Mapping[str, Any]]]
"""Records with the name of their table."""


class TableRound(NamedTuple):
    """A table in a round."""

    name: str
    title: str
    columns: Sequence[Column]
    """The columns that were used in any round."""
    widths: Sequence[int]
    """Width in characters of each column: that of its widest cell in any round, so that columns do not move."""
    rows: Sequence[Row]
    """The records as netstat printed them, then those that are gone."""


class Round(NamedTuple):
    """All tables of a round that have records."""

    number: int
    """1 for the first."""
    ended_at: datetime
    tables: Mapping[str, TableRound]
    """None of them if the round failed."""


class Tracker:
    """Follows the records of all tables through the rounds. Memory is bounded by the records of two rounds."""

    def __init__(self, columns: DisplayColumns, *, adds_rates: bool = True) -> None:
        """Begin to follow records.

        Args:
            columns: the columns to display, also the choice and the order of tables.
            adds_rates: true to display rates and sparklines.
        """
        self._rates = RateMeter()
        self._tables = {
            name: _TableTracker(name, choose_columns(name, columns, adds_rates=adds_rates), self._rates)
            for name, fields in columns.items()
            if fields  # --fields may name none of a table
        }
        self._number = 0

    def add_round(self, blocks: Iterable[Block], seconds: float, *, is_whole: bool = True) -> Round:
        """Add the records of a round.

        Args:
            blocks: the records.
            seconds: the time on a monotonic clock.
            is_whole: false if netstat failed: a record that is missing need not be gone.
        """
        self._number += 1
        self._rates.begin_round(seconds)
        records: dict[str, list[Mapping[str, Any]]] = {}
        for name, block in blocks:
            records.setdefault(name, []).extend(block)
        found = {
            name: table.add_round(self._number, records.get(name, []), is_whole=is_whole)
            for name, table in self._tables.items()
        }
        tables = {name: table for name, table in found.items() if table.rows}
        return Round(self._number, datetime.now().astimezone(), tables)

    def skip_round(self) -> Round:
        """Count a round that failed; the records are those of the round before."""
        self._number += 1
        return Round(self._number, datetime.now().astimezone(), {})


class _TableTracker:
    """Follows the records of one table."""

    def __init__(self, name: str, columns: Sequence[Column], rates: RateMeter) -> None:
        self.name = name
        self._columns = columns
        self._printed = {column.heading: column.fields for column in columns if column.kind == "text"}
        self._cells = CellFormatter(self._printed)
        self._added = columns[len(self._printed) :]
        self._widths = [0] * len(columns)
        self._rates = rates
        self._rows: list[Row] = []
        self._numbers = count(1)
        self._identify = IDENTITIES[name]
        self._passes = list_passes(name)
        self._get_changing = getter(CHANGE_FIELDS.get(name, ()))

    def add_round(self, number: int, records: Iterable[Mapping[str, Any]], *, is_whole: bool) -> TableRound:
        found = [Row(self._identify(record), record) for record in records]
        pairing = pair_records(self._rows, found, self._passes)
        earlier = {id(row): before for before, row in pairing.pairs}
        formatted = self._cells.format_rows(found, earlier)
        self._rows = [
            self._update(row, earlier.get(id(row)), cells, number) for row, cells in zip(found, formatted, strict=True)
        ]
        if is_whole:
            gone = [self._set_rates(row._replace(change="removed", changed_in=number), {}) for row in pairing.removed]
            return self._make_table([*self._rows, *gone])
        self._rows += [
            self._set_rates(row._replace(change=""), self._rates.keep(self.name, row.number)) for row in pairing.removed
        ]
        return self._make_table(self._rows)

    def _update(self, row: Row, before: Row | None, cells: Sequence[str], number: int) -> Row:
        """Return the row with its cells, its rates and its change in this round."""
        if before is None:
            change: Change = "added" if number > 1 else ""
            row = row._replace(number=next(self._numbers), cells=cells, change=change, changed_in=number)
        elif self._get_changing(before.record) != self._get_changing(row.record):
            row = row._replace(number=before.number, cells=cells, change="changed", changed_in=number)
        else:
            row = row._replace(number=before.number, cells=cells, changed_in=before.changed_in)
        if not self._added:
            return row
        fields = RATES[self.name] if _is_counting(row.record) else ()
        measure = self._rates.measure
        return self._set_rates(
            row, {field: measure(self.name, row.number, field, row.record[field]) for field in fields}
        )

    def _set_rates(self, row: Row, series: Mapping[str, Sequence[float | None]]) -> Row:
        """Return the row with its rates and sparklines; blank ones for a field without a series."""
        if not self._added:
            return row
        cells = [*row.cells[: len(self._printed)]]
        for column in self._added:
            rates = series.get(column.fields[0], ())
            cells.append(format_rate(rates[-1] if rates else None) if column.kind == "rate" else _draw(rates))
        return row._replace(cells=cells, rates={field: rates[-1] for field, rates in series.items()})

    def _make_table(self, rows: Sequence[Row]) -> TableRound:
        """Make the table without the columns that no round has used."""
        for place, cells in enumerate(zip(*(row.cells for row in rows), strict=True)):
            self._widths[place] = max(self._widths[place], measure_column(cells))
        used = [place for place, width in enumerate(self._widths) if width]
        columns = [self._columns[place] for place in used]
        columns = [
            column._replace(kind="figure") if column.heading in self._cells.numbers else column for column in columns
        ]
        widths = [max(self._widths[place], cell_width(self._columns[place].heading)) for place in used]
        if len(used) < len(self._columns):
            rows = [row._replace(cells=[row.cells[place] for place in used]) for row in rows]
        return TableRound(self.name, title_table(self.name), columns, widths, rows)


class CellFormatter:
    """Formats the rows that a round has added or changed, all of them column by column: ten times as fast."""

    def __init__(self, columns: Mapping[str, Sequence[str]]) -> None:
        self._columns = columns
        self._fields = {*(field for fields in columns.values() for field in fields), "truncated"}
        self._get = getter(tuple(self._fields))
        self._is_number: dict[str, bool] = {}

    @property
    def numbers(self) -> set[str]:
        """Headings of the columns with nothing but numbers in all rounds."""
        return {heading for heading, is_number in self._is_number.items() if is_number}

    def format_rows(self, rows: Sequence[Row], earlier: Mapping[int, Row]) -> Iterator[Sequence[str]]:
        """Yield the cells of each row.

        Args:
            rows: the rows.
            earlier: the row of the previous round by `id` of the row; rows that are new have none.
        """
        get = self._get
        kept = {
            place: before.cells[: len(self._columns)]
            for place, row in enumerate(rows)
            if (before := earlier.get(id(row))) and get(before.record) == get(row.record)
        }
        formatted = self._format([row.record for place, row in enumerate(rows) if place not in kept])
        return (kept[place] if place in kept else next(formatted) for place in range(len(rows)))

    def _format(self, records: Sequence[Mapping[str, Any]]) -> Iterator[Sequence[str]]:
        if not records:
            return iter(())
        values = {field: [record.get(field) for record in records] for field in self._fields}
        cells = format_cells(self._columns, values)
        numbers = find_numbers(self._columns, values)
        for heading, column in cells.items():
            if any(column):
                self._is_number[heading] = heading in numbers and self._is_number.get(heading, True)
        return zip(*cells.values(), strict=True)


def _is_counting(record: Mapping[str, Any]) -> bool:
    """Return whether a record counts something: a gauge, such as the number of connections, has no rate."""
    name = record.get("kernel_name")
    facts = find_counter(name) if name else None
    return facts is None or facts.kind == "counter"


def _draw(rates: Sequence[float | None]) -> str:
    return draw_sparkline(rates) if any(rate is not None for rate in rates) else ""


def count_changes(rows: Iterable[Row]) -> dict[Change, int]:
    """Return the number of rows by how the last round changed them."""
    counts: dict[Change, int] = {"added": 0, "removed": 0, "changed": 0, "": 0}
    for row in rows:
        counts[row.change] += 1
    return counts
