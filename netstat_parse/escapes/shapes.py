"""Strong shapes of netstat's text: a cheap answer, before any grammar, whether text is worth unpacking.

A title, headings or a row of English or any other netstat; blanks may be escaped tabs, as in a string of JSON.
"""

from functools import cache

from netstat_parse.precompiled import compile_pattern

_GAP = r"(?:[ \t\xa0]|\\t|&nbsp;)++"

_IPV4 = r"\d{1,3}(?:\.\d{1,3}){3}"

START = rf"""(?x:
    (?:tcp|udp|udplite|raw|sctp|dccp|icmp)(?:6|\b){_GAP}(?:\d++{_GAP}\d++{_GAP}|\d++:|\*:)
  | (?:TCP|UDP)(?:v[46])?{_GAP}(?:[\w.%*-]++:|\[[\w:.%]*+\]:)
  | unix{_GAP}\d++{_GAP}\[
  | Active[ ](?:Connections|Internet|UNIX|NETLINK|routes|X\.25|IPX|AX\.25)\b
  | Proto{_GAP}(?:Recv-Q|RefCnt|Local)
  | Kernel[ ](?:IP|IPv6|Interface|AX25)\b
  | (?:Destination|Network[ ]Destination){_GAP}(?:Gateway|Next|Netmask|Genmask)
  | Iface{_GAP}(?:MTU|Met)
  | Interface{_GAP}(?:RefCnt|List|Statistics)
  | IPv[46](?:/IPv4)?[ ](?:Statistics|Route|Group|Membership)
  | (?:{_IPV4}|default){_GAP}(?:{_IPV4}|\*|On-link){_GAP}[\w.*]
  | [a-z]\w{{0,14}}{_GAP}\d{{3,5}}(?:{_GAP}\d++){{6}}
  | (?:Ip|Tcp|Udp|Icmp|TcpExt|IpExt|UdpLite):(?:[ \t]*+(?:\n|\Z)|\\[rn]|\#01)
  | [\w.:-]{{1,16}}(?::[ ]flags=(?:3D)?\d|{_GAP}Link[ ]encap)
)"""
"""The pattern of a line's beginning, after its indent."""

INDENT = r"(?:\\[nrt]|[ \t]|\\(?:u001[bB]|x1[bB]|033|e)\[[\d;]{0,12}m)"
"""The pattern of what may be before a line in a string: escaped line feeds, blanks and colours."""

_START = rf"[ \t\xa0]*+{START}"

_LINE = rf"(?m:^|\n|\\n|#012)(?:\xa0|{INDENT}){{0,40}}+{START}"

_compile = cache(compile_pattern)

_ROW = compile_pattern(r"[ \t]*+(?:(?:tcp|udp|TCP|UDP|raw|sctp|udplite)\w?|unix)[ \t]")


def begins_like_netstat(text: str) -> bool:
    """Return whether the text begins with a title, headings or a row."""
    return _compile(_START).match(text) is not None


def looks_like_netstat(text: str) -> bool:
    """Return whether a line of the text, after a real or an escaped line feed, begins like netstat's text."""
    return _compile(_LINE).search(text) is not None


def begins_like_socket(text: str) -> bool:
    """Return whether the text begins with the protocol of a socket."""
    return _ROW.match(text) is not None
