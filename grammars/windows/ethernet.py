"""What all interfaces have sent and received together: ``netstat -e`` of Windows.

Windows 10, Wine and ReactOS print::

    Interface Statistics

                               Received            Sent

    Bytes                    1279913096        89768387
    Unicast packets              961149          234136
    Non-unicast packets            2660          325731
    Discards                          0               0
    Errors                            0               0
    Unknown protocols                 0

The figures have 32 bits. Six rows, of which the last has one figure, tell the block in any language.
"""

from collections.abc import Sequence

from netstat_parse.grammar import Columns, Section
from netstat_parse.grammar.ordered_counters import CounterRow, OrderedCounters
from netstat_parse.tokens import end_of_line

from .terminals import figure, label_before_one, label_before_two

OBJECTS = {
    "Bytes": "octets",
    "Unicast packets": "ucast_pkts",
    "Non-unicast packets": "nucast_pkts",
    "Discards": "discards",
    "Errors": "errors",
    "Unknown protocols": "unknown_protos",
}
"""What each row counts, in their order."""

two = label_before_two("label") + figure("first") + figure("second")
one = label_before_one("label") + figure("first")


def interface(figures: Sequence[CounterRow], section: Section) -> tuple[Columns, Sequence[int]]:
    """One record of all rows; what no vocabulary and no place tells is kept as it was printed."""
    columns: Columns = {}
    for row, (label, values, meant) in enumerate(figures):
        if meant is None or (OBJECTS[meant] == "unknown_protos" and len(values) > 1):
            columns.setdefault("extra", [{}])[0][label] = " ".join(map(str, values))
            section.note(0, "unknown-counter", f"no vocabulary has the label {label!r} of row {row + 1}")
            continue
        for direction, value in zip(("in", "out"), values, strict=False):
            columns[f"{direction}_{OBJECTS[meant]}"] = [value]
    return columns, [0]


ETHERNET = OrderedCounters(
    name="interface statistics",
    kind="interfaces",
    titles=["Interface Statistics"],
    headed=True,
    row=two | one,
    shape=(two + end_of_line) * 5 + one + end_of_line,
    shape_height=6,
    part="labels.ethernet",
    labels=lambda: list(OBJECTS),
    records=interface,
)
