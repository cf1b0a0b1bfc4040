"""Evidence of findings, and their severity."""

from collections.abc import Iterable
from itertools import islice

from netstat_parse.records.severities import SEVERITIES
from netstat_parse.schema.dump import Dump
from netstat_parse.schema.findings import Evidence, Severity
from netstat_parse.schema.model import PrintedRecord
from netstat_parse.schema.sockets import Connection

MAX_NAMED = 6
"""Names that a message lists."""

MAX_CITED = 10
"""Records that a case cites; its message has the number of all."""


def cite(dump: Dump, table: str, records: Iterable[PrintedRecord], field: str) -> tuple[Evidence, ...]:
    """Cite the first records with a field of each."""
    return tuple(
        Evidence(
            source=dump.source,
            snapshot=record.snapshot,
            line=record.line,
            table=table,
            field=field,
            value=getattr(record, field),
        )
        for record in islice(records, MAX_CITED)
    )


def cite_sockets(dump: Dump, sockets: Iterable[Connection], field: str = "state") -> tuple[Evidence, ...]:
    """Cite the first sockets with a field of each."""
    return cite(dump, "connections", sockets, field)


def list_some(texts: Iterable[str]) -> str:
    """List different texts, and the number of those beyond the first ones."""
    different = list(dict.fromkeys(texts))
    more = len(different) - MAX_NAMED
    return ", ".join(different[:MAX_NAMED]) + (f" and {more} more" if more > 0 else "")


def state_figure(name: str, value: float, unit: str | None = None) -> Evidence:
    """State a figure that was calculated."""
    return Evidence(field=name, value=value, unit=unit)


def is_old_enough(seconds: float | None, least: float) -> bool:
    """Return whether two moments are known to be at least so many seconds apart."""
    return seconds is not None and seconds >= least


def find_severity(value: float, limits: Iterable[tuple[Severity, float]]) -> Severity | None:
    """Return the highest severity whose limit the value reaches."""
    reached = [severity for severity, limit in limits if value >= limit]
    return max(reached, key=SEVERITIES.index, default=None)
