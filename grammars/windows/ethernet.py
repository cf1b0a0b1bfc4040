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

from netstat_parse.grammar import OrderedCounters
from netstat_parse.tokens import end_of_line

from .ethernet_facts import list_labels, make_record
from .tokens import label_before_one, label_before_two, number

row_of_two = label_before_two("label") + number("first") + number("second")
row_of_one = label_before_one("label") + number("first")


ETHERNET = OrderedCounters(
    name="interface statistics",
    kind="interfaces",
    titles=["Interface Statistics"],
    has_headings=True,
    row=row_of_two | row_of_one,
    shape=(row_of_two + end_of_line) * 5 + row_of_one + end_of_line,
    shape_height=6,
    vocabulary_part="labels.ethernet",
    labels=list_labels,
    is_one_record=True,
    records=make_record,
)
