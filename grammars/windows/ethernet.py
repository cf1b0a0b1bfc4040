"""Totals of all interfaces: ``netstat -e``.

Windows 10, Wine and ReactOS print::

    Interface Statistics

                               Received            Sent

    Bytes                    1279913096        89768387
    Unicast packets              961149          234136
    Non-unicast packets            2660          325731
    Discards                          0               0
    Errors                            0               0
    Unknown protocols                 0

The counters wrap at 32 bits. In an unknown language the shape identifies the block: six rows, of which only the last
has one number.
"""

from collections.abc import Sequence

from netstat_parse.grammar import Columns, CounterRow, OrderedCounters, Section
from netstat_parse.tokens import end_of_line

from .tokens import label_before_one, label_before_two, number

OBJECTS = {
    "Bytes": "octets",
    "Unicast packets": "ucast_pkts",
    "Non-unicast packets": "nucast_pkts",
    "Discards": "discards",
    "Errors": "errors",
    "Unknown protocols": "unknown_protos",
}
"""The label of each row in English, in the order of the rows, with the object that it counts."""

row_of_two = label_before_two("label") + number("first") + number("second")
row_of_one = label_before_one("label") + number("first")


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


ETHERNET = OrderedCounters(
    name="interface statistics",
    kind="interfaces",
    titles=["Interface Statistics"],
    has_headings=True,
    row=row_of_two | row_of_one,
    shape=(row_of_two + end_of_line) * 5 + row_of_one + end_of_line,
    shape_height=6,
    vocabulary_part="labels.ethernet",
    labels=lambda: list(OBJECTS),
    is_one_record=True,
    records=make_record,
)
