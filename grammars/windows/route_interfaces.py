"""The Interface List of Windows, with which ``netstat -r`` begins.

Bytes of a hardware address take three columns each, and dots fill what is left of eight of them. Windows 10 prints::

    ===========================================================================
    Interface List
     12...00 15 5d 8a 10 02 ......Intel(R) Ethernet Connection (7) I219-LM
      1...........................Software Loopback Interface 1
     22...00 00 00 00 00 00 00 e0 Microsoft ISATAP Adapter #3
    ===========================================================================

XP prints hexadecimal numbers, and its console wraps long names::

    0x1 ........................... MS TCP Loopback interface
    0x10003 ...00 16 3e 5a 11 9c ...... Wireless 802.11g USB Adapter #2 - Packet Schedul
    er Miniport

A name is what the adapter's maker calls it: any text, in any language.
"""

from collections.abc import Mapping
from typing import Any

import pyparsing as pp

from netstat_parse.grammar import Columns, Section, Table
from netstat_parse.tokens import glued, mac, token

from .terminals import BLANK

_NO_ROW = rf"(?![=\n]|{BLANK}*(?:0x)?[\dA-Fa-f]+{BLANK}*\.{{3}})(?=[^\n]*\S)"
"""What goes on with a name is neither a ruler nor the next interface."""

_WIDE = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\uffdc"
"""Letters that take two columns."""

index = token(
    rf"0x[\dA-Fa-f]{{1,8}}(?={BLANK}*\.{{3}})|\d{{1,10}}(?=\.{{3}})",
    lambda text: int(text, 16 if text.startswith("0x") else 10),
)


def octets(count: str) -> pp.ParserElement:
    """A hardware address of that many bytes, and the blank behind it."""
    return glued(token(rf"(?:[\dA-Fa-f]{{2}}[ \u00a0]){{{count}}}", mac))("physical_address")


physical_address = token(r"\.{3}") + (
    # Dots are counted where they can be, as a name may begin with one.
    octets("8") | octets("6") + glued(token(r"\.{6}")) | octets("1,7") + glued(token(r"\.+")) | token(r"\.{24}|\.*")
)

name = token(
    # Where the console has wrapped it, the blank at its end belongs to it.
    rf"\S[^\n]*(?=\n{_NO_ROW})(?<=[^\n]{{80}})|\S(?:[^\n]*\S)?"
)

BELOW = glued(token(rf"(?:(?<=[^\n]{{80}}\n)|(?<=[^\n]{{50}}[{_WIDE}]\n)){_NO_ROW}[^\n]*\S"))("rest") | glued(
    token(rf"(?<=[^\n]{{79}}\n){_NO_ROW}[^\n]*\S")
)("rest_after_blank")
"""The rest of a name that fills the 80 columns of a console. One column less: a blank at its end was lost."""


def unwrapped(columns: Columns, row: int, found: Mapping[str, Any], _section: Section) -> None:
    """Put a name together again."""
    rest = found["rest"] if found.get("rest") else f" {found['rest_after_blank'].lstrip()}"
    columns["description"][row] += rest


INTERFACE_LIST = Table(
    name="interface list",
    kind="interfaces",
    titles=["Interface List"],
    columns={
        "Index": index("index"),
        "Physical Address": physical_address,
        "Name": pp.Opt(name("description")),
    },
    more=BELOW,
    join=unwrapped,
    framed=True,
)
