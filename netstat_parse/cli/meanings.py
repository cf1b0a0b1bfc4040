"""The option ``--explain``: each counter gets its meaning and its unit."""

from collections.abc import Iterator, Mapping
from typing import Any

from netstat_parse.insight.explain.records import find_counter_of
from netstat_parse.records.rows import MEANING, UNIT, RecordSource, Rows


class ExplainedSource:
    """A source whose counters get columns with their meaning and their unit."""

    def __init__(self, source: RecordSource) -> None:
        self._source = source

    @property
    def name(self) -> str | None:
        """The name of the input."""
        return self._source.name

    @property
    def lines(self) -> Mapping[str, int]:
        """The number of lines by outcome."""
        return self._source.lines

    def rows(self) -> Iterator[Rows]:
        """Yield the records in blocks, as they are read."""
        for rows in self._source.rows():
            yield _add_meanings(rows) if rows.kind == "counters" else rows

    def describe_snapshot(self, index: int) -> Mapping[str, Any]:
        """Return the known fields of a snapshot that is being read."""
        return self._source.describe_snapshot(index)


def _add_meanings(rows: Rows) -> Rows:
    columns = rows.columns
    names = zip(columns["protocol"], columns["name"], columns["kernel_name"], strict=True)
    found = [find_counter_of(*own) for own in names]
    meanings = [facts.meaning if facts else None for facts in found]
    units = [facts.unit if facts and facts.unit != "enum" else None for facts in found]
    return Rows(rows.kind, {**columns, UNIT: units, MEANING: meanings})
