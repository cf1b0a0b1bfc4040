"""Endpoints of sockets: an address or a host name, a colon, and a port or a service name."""

import pyparsing as pp

from netstat_parse.tokens import IPV4, IPV6, glued, token

PORT = "(?:[0-5][0-9]{4}|[0-9]{1,4}+|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
"""0 to 65535."""

_LABEL = r"(?:[\w-]++|\*{1,3}|\#++)"

HOST = rf"(?![0-9.]++:)(?:(?>{_LABEL}(?:\.{_LABEL})*)\.?|<[\w.-]++>|\[[\w.-]++\])"
"""A host name, ``*`` for any, or what people write in its place for the public: ``10.0.*.*``, ``<public-ip>``,
``[redacted]``.

Digits and dots alone are no name, but the rest of an address."""

SERVICE = r"[\w.+/*-]++"
"""The name of a service (IANA also has ``whois++`` and ``914c/g``)."""

_PORT_FOLLOWS = r"(?=:[^:\s]*(?!\S))"

_ZONE = r"(?:%[^\]:\s]*+)?"
"""The zone; net-tools 1.60 may cut it to nothing."""

_IPV6 = rf"\[[0-9A-Fa-f:.]++{_ZONE}\](?=:)|{IPV6}{_ZONE}{_PORT_FOLLOWS}"
"""One token, though it has several fields: a further group would take time in the rows of IPv4, too."""


def address(side: str) -> pp.ParserElement:
    """Return the expression for the host and the colon behind it.

    An IPv6 address may be cut and have a zone and brackets, so `normalize_addresses` makes its fields.
    """
    colon = glued(token(":"))
    ipv4 = token(IPV4)
    ipv6 = token(_IPV6)
    host = token(rf"{HOST}{_PORT_FOLLOWS}")
    return ipv4(f"{side}_address") + colon | ipv6(f"{side}_ipv6") + colon | host(f"{side}_host") + colon


def port(side: str) -> pp.ParserElement:
    """Return the expression for the port; ``*`` and 0 mean that there is none."""
    number = token(rf"{PORT}(?!\S)", int)
    none = token(r"[*0](?!\S)")
    service = token(rf"(?![0-9]+(?!\S)){SERVICE}(?!\S)")
    return glued(none) | glued(number)(f"{side}_port") | glued(service)(f"{side}_service")


def endpoint(side: str) -> pp.ParserElement:
    """Return the expression for one end of a connection, with the schema's fields for that side."""
    return address(side) + port(side)


nobody = token(r"(?![1-9][0-9]{0,2}+\.)(?:(?:0\.0\.0\.0|\[::\]|::|\*):[*0]|(?![0-9]{1,3}\.)\S+:0)(?!\S)")
"""The peer of a socket without one; Windows without -n prints the machine's own name and port 0 for a listener."""

peer = nobody | endpoint("remote")
"""The other end, if there is one."""
