"""Follow the records from one round to the next: what is new, gone or changed, and how fast counters grow."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple

from netstat_parse.formats.display import DisplayColumns, title_table
from netstat_parse.insight.facts.counters import find_counter
from netstat_parse.records.values import cell_width
from netstat_parse.screen.columns import Column, choose_columns, format_values
from netstat_parse.screen.keys import CHANGE_FIELDS, Key, getter, identify_records
from netstat_parse.screen.rates import RATES, RateMeter, draw_sparkline

Change = Literal["", "added", "removed", "changed"]
"""What the last round changed about a record; a removed one is kept for one round."""

Block = tuple[str, Iterable[Mapping[str, Any]]]
"""Records with the name of their table."""


class Row(NamedTuple):
    """A record on the screen."""

    key: Key
    record: Mapping[str, Any]
    cells: Sequence[str]
    """The text of each column."""
    change: Change = ""
    changed_in: int = 1
    """Number of the last round that changed the record; 1 if none did."""
    rates: Mapping[str, float | None] = {}
    """Growth per second since the previous round, of the fields that count something."""


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

    @property
    def has_rates(self) -> bool:
        """True if records of this table count something."""
        return self.name in RATES


class Round(NamedTuple):
    """All tables of a round that have records."""

    number: int
    """1 for the first."""
    ended_at: datetime
    tables: Mapping[str, TableRound]
    """None of them if the round failed."""


class Tracker:
    """Follows the records of all tables through the rounds. Memory is bounded by the records of two rounds."""

    def __init__(self, columns: DisplayColumns, *, has_rates: bool = True) -> None:
        """Begin to follow records.

        Args:
            columns: the columns to display, also the choice and the order of tables.
            has_rates: true to display rates and sparklines.
        """
        self._rates = RateMeter()
        self._tables = {
            name: _TableTracker(name, choose_columns(name, columns, has_rates=has_rates), self._rates)
            for name in columns
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
        self._printed = [column for column in columns if column.kind in {"text", "figure"}]
        self._widths = [0] * len(columns)
        self._rates = rates
        self._rows: dict[Key, Row] = {}
        self._get_changing = getter(CHANGE_FIELDS.get(name, ()))
        self._get_printed = getter(tuple({field for column in self._printed for field in column.fields}))

    def add_round(self, number: int, records: Iterable[Mapping[str, Any]], *, is_whole: bool) -> TableRound:
        before, self._rows = self._rows, {}
        for key, record in identify_records(self.name, records):
            self._rows[key] = self._make_row(key, record, before.pop(key, None), number)
        rows = [*self._rows.values()]
        for key, row in before.items():
            if is_whole:
                rows.append(row._replace(change="removed", changed_in=number, rates={}))
            else:
                self._rates.keep(self.name, key)
                self._rows[key] = row._replace(change="", rates={})
                rows.append(self._rows[key])
        return self._make_table(rows)

    def _make_row(self, key: Key, record: Mapping[str, Any], before: Row | None, number: int) -> Row:
        if before and self._get_printed(before.record) == self._get_printed(record):
            cells = before.cells[: len(self._printed)]
        else:
            cells = [format_values(column, record) for column in self._printed]
        rates: dict[str, float | None] = {}
        if self.name in RATES:
            cells, rates = self._add_rates(key, record, cells)
        if before is None:
            return Row(key, record, cells, "added" if number > 1 else "", number, rates)
        if self._get_changing(before.record) != self._get_changing(record):
            return Row(key, record, cells, "changed", number, rates)
        return Row(key, record, cells, "", before.changed_in, rates)

    def _add_rates(
        self, key: Key, record: Mapping[str, Any], cells: Sequence[str]
    ) -> tuple[Sequence[str], dict[str, float | None]]:
        """Return the cells with those of rates and sparklines, and the rates of this round."""
        if not _is_counting(record):
            return [*cells, *[""] * (len(self._columns) - len(self._printed))], {}
        series = {field: self._rates.measure(self.name, key, field, record[field]) for field in RATES[self.name]}
        rates = {field: found[-1] for field, found in series.items()}
        added = [
            _format_rate(rates[column.fields[0]]) if column.kind == "rate" else _draw(series[column.fields[0]])
            for column in self._columns[len(self._printed) :]
        ]
        return [*cells, *added], rates

    def _make_table(self, rows: Sequence[Row]) -> TableRound:
        """Make the table without the columns that no round has used."""
        for place, cells in enumerate(zip(*(row.cells for row in rows), strict=True)):
            widest = max(cells, key=len)
            longest = len(widest) if widest.isascii() else max(map(cell_width, cells))
            self._widths[place] = max(self._widths[place], longest)
        used = [place for place, width in enumerate(self._widths) if width]
        columns = [self._columns[place] for place in used]
        widths = [max(self._widths[place], cell_width(self._columns[place].heading)) for place in used]
        if len(used) < len(self._columns):
            rows = [row._replace(cells=[row.cells[place] for place in used]) for row in rows]
        return TableRound(self.name, title_table(self.name), columns, widths, rows)


def _is_counting(record: Mapping[str, Any]) -> bool:
    """Return whether a record counts something: a gauge, such as the number of connections, has no rate."""
    name = record.get("kernel_name")
    facts = find_counter(name) if name else None
    return facts is None or facts.kind == "counter"


def _format_rate(rate: float | None) -> str:
    return "" if rate is None else f"{rate:,.1f}"


def _draw(rates: Sequence[float | None]) -> str:
    return draw_sparkline(rates) if any(rate is not None for rate in rates) else ""


def count_changes(rows: Iterable[Row]) -> dict[Change, int]:
    """Return the number of rows by how the last round changed them."""
    counts: dict[Change, int] = {"added": 0, "removed": 0, "changed": 0, "": 0}
    for row in rows:
        counts[row.change] += 1
    return counts
