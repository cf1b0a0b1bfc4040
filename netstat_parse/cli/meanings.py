"""The option ``--explain``: each counter gets its meaning and its unit."""

from collections.abc import Iterator

from netstat_parse.insight.explain.records import find_counter_of
from netstat_parse.records.rows import MEANING, UNIT, Rows, WrappedSource


class ExplainedSource(WrappedSource):
    """A source whose counters get columns with their meaning and their unit."""

    def rows(self) -> Iterator[Rows]:
        """Yield the records in blocks, as they are read."""
        for rows in self.source.rows():
            yield _add_meanings(rows) if rows.kind == "counters" else rows


def _add_meanings(rows: Rows) -> Rows:
    columns = rows.columns
    names = zip(columns["protocol"], columns["name"], columns["kernel_name"], strict=True)
    found = [find_counter_of(*own) for own in names]
    meanings = [facts.meaning if facts else None for facts in found]
    units = [facts.unit if facts and facts.unit != "enum" else None for facts in found]
    return Rows(rows.kind, {**columns, UNIT: units, MEANING: meanings})
