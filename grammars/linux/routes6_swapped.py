"""Which of Ref and Use is which in the IPv6 routes of old net-tools, and of busybox, which print the same headings.

net-tools 1.60, so RHEL 5 and 6 too, prints the uses below Ref and the references below Use. busybox prints them right.
Nothing in the heading tells the two apart; a row may:

- busybox has the flags ``!`` and ``n``, and it lists routes that are not up; net-tools of that age does neither.
- The kernel refers to the route of each of its own addresses (metric 0, whole address): its Ref is 1 at the least.
- Only net-tools is translated.

The rows are read when all are there, so that what one tells holds for those above it, however the text comes in.
"""

from dataclasses import dataclass
from typing import Any

from netstat_parse.grammar import Columns, Options, ParsedRows, Section, Table, TableLayout

HELD = 256
"""Rows that are waited for."""

SWAPPED = "net-tools 1.60 prints Ref below Use, and Use below Ref: here they stand in their own fields"
UNCLEAR = "Ref and Use are swapped in net-tools 1.60 and not in busybox, and nothing tells which this is"


@dataclass
class Order:
    """Which of the two figures is printed below Ref, once a row has shown it."""

    order: str | None = None
    reported: str = ""


class Undecided(TableLayout):
    """Rows of which one may tell how to read the others."""

    def take(self, text: str, at: int, section: Section) -> ParsedRows | None:
        """Read the rows, as soon as the last of them is there."""
        if section.state(Order).order is None and not section.is_last and self._may_go_on(text, at):
            return ParsedRows({}, [], at, 0, waits=True)
        return super().take(text, at, section)

    def _may_go_on(self, text: str, at: int) -> bool:
        rows = 0
        while rows < HELD and (found := self.fused.pattern.match(text, at)):
            rows += 1
            at = found.end()
        return 0 < rows < HELD and at == len(text)


class OldTable(Table):
    """A table whose rows are `Undecided`."""

    def new_layout(self, options: Options | None) -> TableLayout:
        """Return a layout that waits for all rows."""
        return Undecided(self, self.row(options))


def in_order(columns: Columns, section: Section) -> None:
    """Put references and uses into their own fields; where nothing tells them apart, into neither."""
    order = section.state(Order).order or _order(columns, section)
    if order != "unclear" or len(columns["uses"]) >= HELD:
        section.state(Order).order = order
    if order == "swapped":
        columns["references"], columns["uses"] = columns["uses"], columns["references"]
        section.snapshot["tool"] = "net-tools"
        _tell_once(section, SWAPPED)
    elif order == "unclear":
        _set_aside(columns, section)
    elif section.header:
        section.snapshot["tool"] = "busybox"


def _order(columns: Columns, section: Section) -> str:
    if section.words.language not in (None, "en"):
        return "swapped"
    rows: list[tuple[Any, ...]] = list(
        zip(columns["flags"], columns["metric"], _lengths(columns), columns["references"], columns["uses"], strict=True)
    )
    for flags, metric, length, below_ref, below_use in rows[:HELD]:
        if {"reject", "nonexthop"}.intersection(flags):
            return "printed"
        if metric == 0 and length == "128" and bool(below_ref) != bool(below_use):
            return "printed" if below_ref else "swapped"
    return "unclear"


def _lengths(columns: Columns) -> list[str]:
    names, destinations = columns.get("name"), columns.get("destination")
    count = len(columns["uses"])
    both = zip(names or [None] * count, destinations or [None] * count, strict=True)
    return [(name or destination).rpartition("/")[2] for name, destination in both]


def _set_aside(columns: Columns, section: Section) -> None:
    """Keep two different figures as they were printed, in no field."""
    references, uses = columns["references"], columns["uses"]
    unclear = [below_ref != below_use for below_ref, below_use in zip(references, uses, strict=True)]
    if not any(unclear):
        return
    _tell_once(section, UNCLEAR, unclear.index(True))
    columns["extra"] = [
        {"Ref": str(below_ref), "Use": str(below_use)} if is_unclear else {}
        for is_unclear, below_ref, below_use in zip(unclear, references, uses, strict=True)
    ]
    for name, values in (("references", references), ("uses", uses)):
        columns[name] = [None if is_unclear else value for is_unclear, value in zip(unclear, values, strict=True)]


def _tell_once(section: Section, message: str, row: int = 0) -> None:
    if section.state(Order).reported != message:
        section.state(Order).reported = message
        section.note(row, "untrustworthy", message)
