"""Facts of connections: their owners, their PIDs, and columns of unknown meaning."""

from collections.abc import Mapping
from typing import Any

from netstat_parse.grammar import Columns, Section, Table, get_column, normalize_addresses, set_family_by_address

NO_PID = "missing-cell"


DENIED = "Can not obtain ownership information"


def read_components(text: str) -> list[str]:
    """Read components, one a line; blank lines are none."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def normalize_endpoints(columns: Columns, _section: Section) -> None:
    """Set the family by the addresses, and write these canonically; a name has no family."""
    set_family_by_address(columns)
    normalize_addresses(columns)


def split_joined(columns: Columns, _section: Section) -> None:
    """Split components that were pasted behind their row."""
    texts = columns.pop("joined", None)
    if texts is not None:
        columns["components"] = [text.split() if text else [] for text in texts]


def keep_unnamed(columns: Columns, section: Section) -> None:
    """Keep a column of unknown meaning in `extra`, under the last heading where that is no known one."""
    texts = columns.pop("unnamed", None)
    if texts is None:
        return
    _, gap, heading = section.header.rpartition("  ")
    heading = heading.strip() if gap else ""
    if isinstance(section.table, Table) and section.words.english("headings", heading) in section.table.columns:
        heading = "unnamed"
    denied = [text is not None and is_denial(text, section) for text in texts]
    if any(denied):
        columns["ownership"] = ["denied" if is_denied else None for is_denied in denied]
    kept = zip(texts, denied, strict=True)
    columns["extra"] = [{} if text is None or is_denied else {heading: text} for text, is_denied in kept]


class SeenPids:
    """The column of PIDs, as far as it was read."""

    is_printed: bool | None = None
    """True if a row had a PID; until then, true if there is a heading over the PIDs."""


def report_missing_pids(columns: Columns, section: Section) -> None:
    """Report each row that ends before its PID, below its heading or if a row above has one."""
    pids, seen = columns.get("pid"), section.state(SeenPids)
    if seen.is_printed is None:
        seen.is_printed = "PID" in section.header.split()
    if pids is None and not seen.is_printed:
        return
    if pids is not None and None not in pids:
        seen.is_printed = True
        return
    for row, pid in enumerate(get_column(columns, "pid")):
        if pid is not None:
            seen.is_printed = True
        elif seen.is_printed:
            section.note(row, NO_PID, "the row has no PID, as other rows have")


def add_owner_line(columns: Columns, row: int, texts: Mapping[str, Any], section: Section) -> None:
    """Add the lines of an owner, or a wrapped PID, to their connection."""
    count = len(columns["protocol"])
    if texts.get("wrapped_pid") is not None:
        columns.setdefault("pid", [None] * count)[row] = texts["wrapped_pid"]
        section.notes[:] = [note for note in section.notes if (note.row, note.code) != (row, NO_PID)]
        return
    if texts.get("components"):
        columns.setdefault("components", [[] for _ in range(count)])[row] += texts["components"]
    if texts.get("message") is not None:
        columns.setdefault("ownership", [None] * count)[row] = "denied"
        section.words.english("words", texts["message"])
    else:
        columns.setdefault("program", [None] * count)[row] = texts["program"]


def is_denial(text: str, section: Section) -> bool:
    """Return whether the text says, in a known language, that the owner could not be obtained."""
    return section.words.english("words", text) == DENIED


def name_protocol(text: str) -> str:
    """Return the schema's name of a protocol, whose digit for the family repeats what the addresses say."""
    return text.rstrip("46").lower()
