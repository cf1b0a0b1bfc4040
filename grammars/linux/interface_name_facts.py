"""Facts about names of interfaces: which of them netstat cut at the width of their column.

Two interfaces may then have the same name. Only the width identifies a cut name:

- ``netstat -i``: 5 bytes in net-tools 1.60, 8 bytes from 2012 to 2018.
- ``netstat -ie``: 9 bytes in 1.60, but not in that of Red Hat and Debian.
- ``netstat -g``: 10 bytes before 2.10, for IPv4 only.
"""

from collections.abc import Sequence

from netstat_parse.grammar import Columns, Section, mark_truncated

NAME_BYTES_OF_1_60 = 5
NAME_BYTES_SINCE_2012 = 8
LISTING_NAME_BYTES = 9
GROUP_NAME_BYTES = 10

MTU_WIDTH = 6
"""A blank and five digits. If gap and MTU are wider, the name does not fill its column."""

SHORT_GROUP_NAME = (
    f"before 2.10, netstat cuts the name of an interface to {GROUP_NAME_BYTES} bytes here: "
    "several interfaces may have this name"
)


class LastName:
    """The name of the last interface, if it may be cut."""

    cut: str | None = None


class LongNames:
    """True if a name in a long listing was longer than the column of 1.60: then this netstat cuts none."""

    seen: bool = False


class GroupNames:
    """True if a name that may be cut was reported."""

    are_reported: bool = False


def fills(name: str, width: int) -> bool:
    """Return whether a name has that many bytes; in another encoding, or cut inside a character, it has others."""
    return width in (len(name), len(name.encode(errors="replace"))) or name.endswith("\ufffd")


def mark_cut_names(columns: Columns, section: Section) -> None:
    """Mark the names that ``netstat -i`` may have cut. `gap_before_mtu` is the text between name and MTU."""
    gaps = columns.pop("gap_before_mtu")  # not a field: `interfaces` captures it for this fact only
    metrics = columns.get("metric") or [None] * len(gaps)
    is_cut = [
        len(gap) + len(str(mtu)) == MTU_WIDTH
        and fills(name, NAME_BYTES_SINCE_2012 if metric is None else NAME_BYTES_OF_1_60)
        for name, gap, mtu, metric in zip(columns["name"], gaps, columns["mtu"], metrics, strict=True)
    ]
    _mark(columns, is_cut, section)


def mark_cut_listing_names(columns: Columns, section: Section) -> None:
    """Mark the names that ``netstat -ie`` may have cut. `gap_behind_name` is the text behind the name."""
    gaps = columns.pop("gap_behind_name")  # not a field: `ifconfig_before_2012` captures it for this fact only
    is_cut, long_names = list[bool](), section.state(LongNames)
    for name, gap in zip(columns["name"], gaps, strict=True):
        is_full = fills(name, LISTING_NAME_BYTES)
        long_names.seen = long_names.seen or (len(gap) == 1 and not is_full)
        is_cut.append(len(gap) == 1 and is_full and not long_names.seen)
    _mark(columns, is_cut, section)


def _mark(columns: Columns, is_cut: Sequence[bool], section: Section) -> None:
    """Mark the names that may be cut, and report one that comes twice: it may be of another interface."""
    last = section.state(LastName)
    if last.cut is None and not any(is_cut):
        return
    mark_truncated(columns, "name", is_cut)
    for row, name in enumerate(columns["name"]):
        if is_cut[row] and name == last.cut:
            section.note(row, "untrustworthy", f"the name {name!r} is cut, and the interface above has the same name")
        last.cut = name if is_cut[row] else None


def warn_of_cut_group_interface(columns: Columns, section: Section) -> None:
    """Report the first name in an IPv4 row of ``netstat -g`` that may be cut."""
    names = section.state(GroupNames)
    for row, (family, interface) in enumerate(zip(columns["family"], columns["interface"], strict=True)):
        if family == "ipv4" and len(interface.encode()) == GROUP_NAME_BYTES and not names.are_reported:
            names.are_reported = True
            section.note(row, "untrustworthy", SHORT_GROUP_NAME)
