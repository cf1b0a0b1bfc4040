"""The Interface List, with which ``netstat -r`` begins.

The bytes of a hardware address take three columns each, and dots fill the rest of eight bytes. Windows 10 prints::

    ===========================================================================
    Interface List
     12...00 15 5d 8a 10 02 ......Intel(R) Ethernet Connection (7) I219-LM
      1...........................Software Loopback Interface 1
     22...00 00 00 00 00 00 00 e0 Microsoft ISATAP Adapter #3
    ===========================================================================

XP prints hexadecimal indexes, and the console wraps long names at 80 columns::

    0x1 ........................... MS TCP Loopback interface
    0x10003 ...00 16 3e 5a 11 9c ...... Wireless 802.11g USB Adapter #2 - Packet Schedul
    er Miniport

A name is any text in any language: it is what the maker of the adapter calls it.
"""

import pyparsing as pp

from netstat_parse.grammar import Table
from netstat_parse.tokens import glued, mac, token

from .interface_list_facts import join_name, read_index
from .tokens import SPACE

_NAME_GOES_ON = rf"(?![=\n]|{SPACE}*(?:0x)?[\dA-Fa-f]+{SPACE}*\.{{3}})(?=[^\n]*\S)"
"""A lookahead: the line is neither a ruler nor the next interface."""

_WIDE = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\uffdc"
"""Letters that take two columns: a line that ends in one may be full with 51 to 79 letters."""


index = token(rf"0x[\dA-Fa-f]{{1,8}}(?={SPACE}*\.{{3}})|\d{{1,10}}(?=\.{{3}})", read_index)


def mac_and_blank(count: str) -> pp.ParserElement:
    """Return a terminal for a hardware address of `count` bytes and the blank behind it: ``00 15 5d 8a 10 02 ``."""
    return glued(token(rf"(?:[\dA-Fa-f]{{2}}[ \u00a0]){{{count}}}", mac))("physical_address")


six_dots = glued(token(r"\.{6}"))
some_dots = glued(token(r"\.+"))
no_address = token(r"\.{24}|\.*")

physical_address = token(r"\.{3}") + (
    # Where the number of dots is known, they are counted, because a name may begin with a dot.
    mac_and_blank("8") | mac_and_blank("6") + six_dots | mac_and_blank("1,7") + some_dots | no_address
)

_WRAPPED_NAME = rf"\S[^\n]*(?=\n{_NAME_GOES_ON})(?<=[^\n]{{80}})"
name = token(rf"{_WRAPPED_NAME}|\S(?:[^\n]*\S)?")
"""A name. A blank at the end of one that the console has wrapped belongs to it."""

_FULL_LINE_ABOVE = rf"(?:(?<=[^\n]{{80}}\n)|(?<=[^\n]{{50}}[{_WIDE}]\n))"
rest = glued(token(rf"{_FULL_LINE_ABOVE}{_NAME_GOES_ON}[^\n]*\S"))
"""The rest of a name that fills the 80 columns of the console: ``er Miniport``."""

rest_after_blank = glued(token(rf"(?<=[^\n]{{79}}\n){_NAME_GOES_ON}[^\n]*\S"))
"""The rest of a name whose first line is one column short, because a blank at its end was lost."""


INTERFACE_LIST = Table(
    name="interface list",
    kind="interfaces",
    titles=["Interface List"],
    columns={
        "Index": index("index"),
        "Physical Address": physical_address,
        "Name": pp.Opt(name("description")),
    },
    more=rest("rest") | rest_after_blank("rest_after_blank"),
    join=join_name,
    framed=True,
)
