"""The version of net-tools: ``netstat -V`` and ``route -V``. Only 1.60 names its programs in a line of their own.

RHEL 5 prints::

    net-tools 1.60
    netstat 1.42 (2001-04-15)
    Fred Baumgarten, Alan Cox, Bernd Eckenfels, Phil Blundell, Tuan Hoang and others
    +NEW_ADDRT +RTF_IRTT +RTF_REJECT +FW_MASQUERADE +I18N
    AF: (inet) +UNIX +INET +INET6 +IPX +AX25 +NETROM +X25 +ATALK +ECONET +ROSE
    HW:  +ETHER +ARC +SLIP +PPP +TUNNEL -TR +AX25 +NETROM +X25 +FR +ROSE +ASH +SIT +FDDI +HIPPI +HDLC/LAPB
"""

from netstat_parse.grammar import Banner
from netstat_parse.tokens import glued, token

PROGRAM_LINE = r"(?:netstat|route) \d[^\n]*\)"
AUTHORS_LINE = r"[A-Z]\w+ \w+, [^\n]+ and others"
OPTIONS_LINE = r"[+-][A-Z0-9_]+(?: [+-][A-Z0-9_]+)*"
FAMILIES_LINE = r"(?:AF: \([^\n)]*\)|HW:) [^\n]*"

VERSION = Banner(
    name="version",
    constants={"tool": "net-tools"},
    first_line=token(r"net-tools (?=\d)") + glued(token(r"\d\.\d+(?:-alpha)?"))("tool_version"),
    further_line=token(f"{PROGRAM_LINE}|{AUTHORS_LINE}|{OPTIONS_LINE}|{FAMILIES_LINE}"),
)
