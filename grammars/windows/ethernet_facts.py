"""Make the record of the totals of all interfaces."""

from collections.abc import Sequence

from netstat_parse.grammar import Columns, CounterRow, Section

OBJECTS = {
    "Bytes": "octets",
    "Unicast packets": "ucast_pkts",
    "Non-unicast packets": "nucast_pkts",
    "Discards": "discards",
    "Errors": "errors",
    "Unknown protocols": "unknown_protos",
}
"""The label of each row in English, in the order of the rows, with the object that it counts."""


def make_record(rows: Sequence[CounterRow], section: Section) -> tuple[Columns, Sequence[int]]:
    """Make one record of all rows; a row of unknown meaning is kept in `extra`."""
    columns: Columns = {}
    for line, (label, values, meant) in enumerate(rows, 1):
        if meant is None or (OBJECTS[meant] == "unknown_protos" and len(values) > 1):
            columns.setdefault("extra", [{}])[0][label] = " ".join(map(str, values))
            section.note(0, "unknown-counter", f"no vocabulary has the label {label!r} of row {line}")
            continue
        directions: Sequence[str] = ("in", "out")
        if len(values) == 1 and OBJECTS[meant] != "unknown_protos":
            directions = ("out",)  # the first figure is no number, and so a part of the label
            section.note(0, "untrustworthy", f"no figure for {meant!r} received in {label!r} of row {line}")
        for direction, value in zip(directions, values, strict=False):
            columns[f"{direction}_{OBJECTS[meant]}"] = [value]
    return columns, [0]


def list_labels() -> Sequence[str]:
    """List the English labels in the order of the rows."""
    return list(OBJECTS)
