"""Detect whether Ref and Use of IPv6 routes are swapped, as in net-tools 1.60.

net-tools 1.60, and so RHEL 5 and 6, prints the uses below Ref and the references below Use. busybox has the same
headings and prints both numbers in their own columns. Only rows can identify the program:

- busybox prints the flags ``!`` and ``n``, and routes that are not up; net-tools of that age does not.
- The kernel refers to the route of each of its own addresses (metric 0, prefix length 128): the references are not 0.
- Only net-tools is translated.

The rows are read when all of them are there, so that one row decides for those above it, wherever the text is split.
"""

from enum import Enum

from netstat_parse.grammar import Columns, Options, ParsedRows, Section, Table, TableLayout, get_column

MAX_WAITING_ROWS = 256
"""Rows to wait for before they are read without a decision."""

OWN_ADDRESS_LENGTH = "128"

SWAPPED = "net-tools 1.60 prints Ref below Use, and Use below Ref: each is in its own field here"
UNCLEAR = "net-tools 1.60 swaps Ref and Use, busybox does not, and these rows fit both"


class Order(Enum):
    """The order of Ref and Use."""

    AS_HEADED = 1
    SWAPPED = 2
    UNCLEAR = 3


class OrderDetection:
    """The decision for a table of routes."""

    order: Order | None = None
    """None until rows have been read."""
    reported: str = ""
    """The last diagnostic, which is not repeated."""


class SwappedTable(Table):
    """A table in which one row may decide how to read the others."""

    def new_layout(self, options: Options | None) -> TableLayout:
        """Return a layout that waits for all rows."""
        return _WaitingLayout(self, self.row(options))


class _WaitingLayout(TableLayout):
    def take(self, text: str, at: int, section: Section) -> ParsedRows | None:
        """Read the rows once the last of them is there."""
        if section.state(OrderDetection).order is None and not section.is_last and self._may_continue(text, at):
            return ParsedRows({}, [], at, 0, waits=True)
        return super().take(text, at, section)

    def _may_continue(self, text: str, at: int) -> bool:
        rows = 0
        while rows < MAX_WAITING_ROWS and (found := self.fused.pattern.match(text, at)):
            rows += 1
            at = found.end()
        return 0 < rows < MAX_WAITING_ROWS and at == len(text)


def order_references_and_uses(columns: Columns, section: Section) -> None:
    """Put references and uses into their own fields; if nothing identifies them, into neither."""
    detection = section.state(OrderDetection)
    order = detection.order or _order(columns, section)
    if order is not Order.UNCLEAR or len(columns["uses"]) >= MAX_WAITING_ROWS:
        detection.order = order
    if order is Order.SWAPPED:
        columns["references"], columns["uses"] = columns["uses"], columns["references"]
        section.snapshot["tool"] = "net-tools"
        _report_once(section, SWAPPED)
    elif order is Order.UNCLEAR:
        _keep_unclear(columns, section)
    elif section.header:
        section.snapshot["tool"] = "busybox"


def _order(columns: Columns, section: Section) -> Order:
    if section.words.language not in (None, "en"):
        return Order.SWAPPED
    names = ("flags", "metric", "name", "destination", "references", "uses")
    rows = list(zip(*(get_column(columns, name) for name in names), strict=True))
    for flags, metric, name, destination, below_ref, below_use in rows[:MAX_WAITING_ROWS]:
        if "!" in flags or "n" in flags:
            return Order.AS_HEADED
        is_own = metric == 0 and (name or destination).endswith(f"/{OWN_ADDRESS_LENGTH}")
        if is_own and bool(below_ref) != bool(below_use):
            return Order.AS_HEADED if below_ref else Order.SWAPPED
    return Order.UNCLEAR


def _keep_unclear(columns: Columns, section: Section) -> None:
    """Keep two different numbers as printed, in no field."""
    printed = list(zip(columns["references"], columns["uses"], strict=True))
    unclear = [below_ref != below_use for below_ref, below_use in printed]
    if not any(unclear):
        return
    _report_once(section, UNCLEAR, unclear.index(True))
    columns["extra"] = [
        {"Ref": str(below_ref), "Use": str(below_use)} if is_unclear else {}
        for is_unclear, (below_ref, below_use) in zip(unclear, printed, strict=True)
    ]
    for name in ("references", "uses"):
        columns[name] = [None if hide else value for hide, value in zip(unclear, columns[name], strict=True)]


def _report_once(section: Section, message: str, row: int = 0) -> None:
    detection = section.state(OrderDetection)
    if detection.reported != message:
        detection.reported = message
        section.note(row, "untrustworthy", message)
