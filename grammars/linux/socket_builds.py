"""Detect which build of netstat printed a table of Internet sockets, by its column widths and headings.

A build decides where values are cut, which two columns can run together, and whether a plain ``tcp`` may be IPv6.
"""

from netstat_parse.grammar import Columns, Section
from netstat_parse.precompiled import compile_pattern

ADDRESS_WIDTH = 23
"""Bytes at which net-tools 2.x cuts an address with its port, unless -W was given."""

RHEL_ADDRESS_WIDTH = 27
"""The same for Red Hat 5 and 6, where -T means -W; UDP and raw sockets are cut to 23 bytes there too."""

PROGRAM_WIDTHS = (19, 20)
"""Bytes at which PID and program are cut: 19 in net-tools, 20 in busybox."""

OLD_STATE_WIDTH = 12
"""Width of the state's column in 1.60 and in busybox; 11 in net-tools since 2002."""

STATE_COLUMN = 68
"""Column at which the state begins, counted from 0, unless a long value moves it."""

_RHEL_HEADINGS = compile_pattern(r"Foreign Address {13}State")

_OLD_HEADINGS = compile_pattern(r"PID/Program name {3}(?:$|\S)|State {7}$")

_STATE_AT_END = compile_pattern(r"(?<![A-Z_])[A-Z_]++[12]?+ *+$")

_HEADINGS_OF_TOOLS = (
    (compile_pattern(r"PID/Program Name"), "toybox"),
    (compile_pattern(r"State {7}$"), "busybox"),
    # Only net-tools has timers. Inodes of Internet sockets are printed by net-tools and toybox only.
    (compile_pattern(r"PID/Program name +\S|State +(?!PID)\S.*\S +\S+ *$"), "net-tools"),
)
"""Headings that only one program prints."""


class PlainTcp:
    """True if an earlier row has proved that a plain ``tcp`` may be IPv6."""

    may_be_ipv6: bool = False


def plain_tcp_may_be_ipv6(section: Section) -> bool | None:
    """Return whether this build prints ``tcp`` for either family; None if nothing identifies the build.

    net-tools before 2002 and busybox do. Later ones print ``tcp6``, and have a narrower column for the state.
    """
    if section.state(PlainTcp).may_be_ipv6:
        return True
    if _RHEL_HEADINGS.search(section.header) or _OLD_HEADINGS.search(section.header):
        return True
    row = section.first_row
    if (state := _STATE_AT_END.search(row)) is not None:
        width = len(state[0])
    elif row.endswith("   "):  # the column of the state is empty, and the last one
        width = len(row) - STATE_COLUMN
    else:
        return None
    return {OLD_STATE_WIDTH - 1: False, OLD_STATE_WIDTH: True}.get(width)


def address_widths(section: Section) -> frozenset[int]:
    """Return the widths at which this build may have cut an address."""
    is_rhel = _RHEL_HEADINGS.search(section.header) is not None
    return frozenset({ADDRESS_WIDTH, RHEL_ADDRESS_WIDTH} if is_rhel else {ADDRESS_WIDTH})


def detect_tool(_columns: Columns, section: Section) -> None:
    """Set the tool of the snapshot, if only one program prints these headings."""
    for headings, tool in _HEADINGS_OF_TOOLS:
        if headings.search(section.header):
            section.snapshot["tool"] = tool
