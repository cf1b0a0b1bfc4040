"""Divide the records of an input into tables for people: one for each kind of record of each snapshot.

Tables are read from a stream. The first rows of each are held, so that a writer can choose its columns by them; the
rest is passed on block by block. So memory does not grow with the number of rows.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from netstat_parse.formats.cells import find_numbers, find_truncated, format_cells
from netstat_parse.formats.display import INPUT_COLUMNS, DisplayColumns, display_columns
from netstat_parse.formats.task import WriteTask
from netstat_parse.records.rows import Columns, RecordSource, Rows, WrappedSource
from netstat_parse.records.values import printable

MAX_HELD_ROWS = 1000
"""Number of rows that are held, of all tables together."""

Key = tuple[int | None, str]
"""The index of a snapshot and the name of a table; no index for what is not of one snapshot, such as an answer."""


class TablePart(NamedTuple):
    """Rows of a table: the first ones, or some of those that follow."""

    name: str
    """The name of the table."""
    begins: bool
    """True if a table begins: another one, or the same with further columns."""
    is_continued: bool
    """True if rows of the same table were written before, with other columns."""
    title: tuple[str, ...]
    """The phrases of the title of the snapshot or input; none if it needs no title."""
    has_new_title: bool
    """True if the title must be written before the table."""
    columns: Mapping[str, tuple[str, ...]]
    """The headings of the columns that have a value, each with the fields whose values form one cell."""
    cells: Mapping[str, list[str]]
    """The cells of each column by heading."""
    numbers: Container[str]
    """Headings of columns that are aligned to the right."""
    truncated: set[str]
    """Headings of columns in which a value is marked, as netstat truncated it."""


class SnapshotFollower(WrappedSource):
    """A source that notes which snapshot its last rows are from, and the records of the snapshots that have ended."""

    def __init__(self, source: RecordSource) -> None:
        super().__init__(source)
        self.latest: int | None = None
        """The snapshot of the last rows; None if they are not of one."""
        self.has_several = False
        """True once a second snapshot has begun."""
        self.ended: dict[int, Mapping[str, Any]] = {}
        """The records of the snapshots that have ended since this was last cleared."""

    def rows(self) -> Iterator[Rows]:
        """Yield the records in blocks, as they are read."""
        for rows in self.source.rows():
            self.latest = None
            if rows.kind == "snapshots":
                self.ended |= {index: _get_record(rows, row) for row, index in enumerate(rows.columns["index"])}
            elif "snapshot" in rows.columns:
                self.latest = rows.columns["snapshot"][0]
                self.has_several |= self.latest != 0
            yield rows

    def describe_snapshot(self, index: int) -> Mapping[str, Any]:
        """Return the known fields of a snapshot."""
        return self.ended.get(index) or self.source.describe_snapshot(index)


def _get_record(rows: Rows, row: int) -> Mapping[str, Any]:
    return {name: column[row] for name, column in rows.columns.items()}


class TableDivider:
    """Divides the records of an input into tables."""

    def __init__(self, task: WriteTask) -> None:
        self._source = SnapshotFollower(task.source)
        self._task = _select_truncated(task)._replace(source=self._source)
        self._columns: DisplayColumns = display_columns(task)
        self._held: dict[Key, list[Rows]] = {}
        self._held_rows = 0
        self._open: Key | None = None
        """The table whose first rows have been passed on last."""
        self._key: Key | None = None
        """The table of the last part."""
        self._title: tuple[str, ...] = ()
        """The title of the last part."""
        self._used: dict[Key, set[str]] = {}
        """For each table that has begun, the headings of the columns that have had a value."""

    def divide(self) -> Iterator[TablePart]:
        """Yield the tables; after an error in the source those that were read before it."""
        blocks = self._task.blocks()
        while True:
            try:
                rows, _ = next(blocks, (None, None))
            except Exception:
                yield from self._release(list(self._held))
                raise
            if rows is None:
                break
            if rows.kind not in INPUT_COLUMNS:  # else it is not known yet whether another snapshot follows
                yield from self._release_ended()
            if self._columns.get(rows.kind):
                yield from self._take(rows)
        yield from self._release(list(self._held))

    def _take(self, rows: Rows) -> Iterator[TablePart]:
        key = (None if self._task.answer else self._source.latest, rows.kind)
        if key == self._open:
            yield self._make_part(key, rows)
            return
        self._held.setdefault(key, []).append(rows)
        self._held_rows += max(map(len, rows.columns.values()))
        if self._held_rows >= MAX_HELD_ROWS:
            yield from self._release([*(held for held in self._held if held != key), key])
            self._open = key

    def _release_ended(self) -> Iterator[TablePart]:
        """Yield the tables of the snapshots that have ended."""
        if self._source.ended:
            yield from self._release([key for key in self._held if key[0] in self._source.ended])
            if self._open and self._open[0] in self._source.ended:
                self._open = None
            self._used = {key: used for key, used in self._used.items() if key[0] not in self._source.ended}
            self._source.ended.clear()

    def _release(self, keys: list[Key]) -> Iterator[TablePart]:
        """Yield the rows that are held of these tables."""
        for key in keys:
            self._open = None
            blocks = self._held.pop(key)
            yield self._make_part(key, *blocks)
            self._held_rows -= sum(max(map(len, rows.columns.values())) for rows in blocks)

    def _make_part(self, key: Key, *blocks: Rows) -> TablePart:
        records = _join_blocks(blocks)
        columns = {heading: tuple(fields) for heading, fields in self._columns[key[1]].items()}
        cells = format_cells(columns, records)
        used = {heading for heading, column in cells.items() if any(column)}
        known = self._used.setdefault(key, set())
        begins = key != self._key or not used <= known
        title = self._make_title(key[0])
        has_new_title = bool(title) and title != self._title
        is_continued = bool(known)
        known |= used
        self._key, self._title = key, title
        columns = {heading: fields for heading, fields in columns.items() if heading in known}
        truncated = find_truncated(columns, records, cells)
        numbers = find_numbers(columns, records)
        cells = {heading: cells[heading] for heading in columns}
        return TablePart(key[1], begins, is_continued, title, has_new_title, columns, cells, numbers, truncated)

    def _make_title(self, index: int | None) -> tuple[str, ...]:
        """Return command, time, origin, place and system of a snapshot; nothing if it is the only one and has no name.

        Of a run of this machine's netstat the line and the system say nothing. What is not of one snapshot has the name
        of its input, if that is one of several.
        """
        source_name = self._task.source_name
        if index is None:
            return (printable(source_name),) if source_name else ()
        facts = self._source.describe_snapshot(index)
        names = [facts.get(name) for name in ("command", "captured_at", "started_at", "origin")]
        if not (any(names) or source_name or self._source.has_several):
            return ()
        line = facts.get("first_line")
        place = f"line {line}" if line else ""
        if source_name:
            place = f"{source_name}:{line}" if line else source_name
        if not facts.get("argv"):
            names.append(", ".join(filter(None, [place, facts.get("system")])))
        return tuple(printable(name) for name in names if name)


def _select_truncated(task: WriteTask) -> WriteTask:
    """Select the names of truncated fields, too, so that their values can be marked."""
    if task.selection is None or task.fields is None:
        return task
    return task._replace(selection=task.selection._replace(fields=(*task.fields, "truncated")))


def _join_blocks(blocks: Sequence[Rows]) -> Columns:
    """Return the records of several blocks by column."""
    if len(blocks) == 1:
        return blocks[0].columns
    joined: Columns = {name: [] for rows in blocks for name in rows.columns}
    for rows in blocks:
        count = max(map(len, rows.columns.values()))
        for name, column in joined.items():
            column.extend(rows.columns.get(name) or [None] * count)
    return joined
