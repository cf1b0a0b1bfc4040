"""Interfaces at length, since 2012: ``netstat -ie``, with -a and -c, as ifconfig prints them.

A stanza for each interface, with a blank line behind it. net-tools since 2012 prints::

    eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500
            inet 192.0.2.1  netmask 255.255.255.0  broadcast 192.0.2.255
            inet6 fe80::1  prefixlen 64  scopeid 0x20<link>
            ether 02:00:00:00:00:01  txqueuelen 1000  (Ethernet)
            RX packets 25  bytes 3584 (3.5 KiB)
            RX errors 0  dropped 0  overruns 0  frame 0
            TX packets 66  bytes 44172 (43.1 KiB)
            TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0
            device interrupt 18  memory 0xda000000-da020000

Nearly every word may be translated. So the grammar skips words: the number of numbers in a line, and the order of two such
lines, identify what they are. The flags decide whether an address is that of the broadcast or of the peer.
"""

import pyparsing as pp

from netstat_parse.grammar import Stanzas
from netstat_parse.tokens import BLANK, END, IPV4, glued, integer, ipv6, rest, token

from .conversions import read_hexadecimal
from .ifconfig_facts import (
    complete_addresses_since_2012,
    decode_flags,
    detect_language,
    keep_others,
    normalize_hardware_address,
    split_traffic,
)
from .lost_counters import report_lost_counters

OCTETS = r"(?:[0-9A-Fa-f]{2}[:-]){5,}[0-9A-Fa-f]{2}"
"""``02:00:00:00:00:01``, or more octets."""

readable_size = token(r"\(\d[^)\n]*\)")
"""``(3.5 KiB)``: a number of bytes in a larger unit, with the decimal mark of the locale."""

prefix_digits = glued(token(r"(?:\d{1,2}|1[01]\d|12[0-8])(?!\d)", int))("prefix_length")
memory_range = token(r"[0-9a-f]+-[0-9a-f]+")("memory")


def ipv4(name: str) -> pp.ParserElement:
    """Return the expression for an address; ``[NONE SET]``, in any language, is none."""
    return token(rf"{IPV4}(?!\S)")(name) | token(r"\[[^\]\n]*\]")


def hexadecimal(name: str) -> pp.ParserElement:
    """Return the expression for a number behind 0x, which is kept as printed."""
    return token(r"0x[0-9a-fA-F]+(?![\w-])")(name)


def keyword(text: str) -> pp.ParserElement:
    """Return the expression for words that are the same in every language, as a pattern."""
    return token(rf"{text}(?=\s)")


label_words = token(r"[^\d\n:<(]+(?<=\s)(?=\d)")
"""Words in any language with a number behind them: ``RX packets``."""

number = glued(token(r"\d{1,20}(?!\S)", int))


def counter(name: str) -> pp.ParserElement:
    """Return the expression for words and the number behind them."""
    return label_words + number(name)


# eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500

name = token(r"\S+(?=: [^\s=]+=-?\d+<)")
"""A name, which may itself hold a colon: ``eth0:1: flags=4163<``."""

flag_number = token(r":") + token(r"[^\s=]+=") + glued(token(r"-?\d{1,10}", decode_flags))("flags")
flag_words = glued(token(r"<[^>\n]*")) + glued(token(r">"))
metric = keyword("metric") + integer("metric")
slip_timers = keyword("outfill") + integer("outfill") + token("keepalive") + integer("keepalive")
first_line = (
    name("name")
    + flag_number
    + flag_words
    + pp.Opt(metric)
    + counter("mtu")
    + pp.Opt(slip_timers)
    + pp.Opt(counter("metric"))
)

# inet 192.0.2.1  netmask 255.255.255.0  broadcast 192.0.2.255

address_words = token(r"[^\d\n\[]+")
ipv4_line = (
    keyword("inet")
    + ipv4("address")
    + address_words
    + ipv4("netmask")
    + pp.Opt(address_words + ipv4("end"))
    + pp.Opt(address_words + ipv4("other_end"))
)

# inet6 fe80::1  prefixlen 64  scopeid 0x20<link>

scope = token(r"[^\d\n]+(?=0x)") + glued(token(r"0x[0-9a-f]+", read_hexadecimal))("scope")
ipv6_line = keyword("inet6") + ipv6("address") + label_words + prefix_digits + scope + token(r"<[^>\n]*>?")

# RX packets 25  bytes 3584 (3.5 KiB)

traffic_line = label_words("label") + number("packets") + counter("octets") + readable_size

# TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0

sent_errors_line = (
    counter("out_errors")
    + counter("out_discards")
    + counter("out_overruns")
    + counter("out_carrier_errors")
    + counter("collisions")
)
received_errors_line = (
    counter("in_errors") + counter("in_discards") + counter("in_overruns") + counter("in_frame_errors")
)

# device interrupt 18  memory 0xda000000-da020000

interrupt = token(r"[^\d\n]+(?=\d+(?!\S))") + glued(integer)("interrupt")
base_address = token(r"(?!dma\s)[^\d\n]+(?=0x[0-9a-f]+(?!\S))") + glued(hexadecimal("base_address"))
memory = token(r"[^\d\n]+0x(?=[0-9a-f]+-)") + glued(memory_range)
dma = token(r"[^\d\n]+(?=0x)") + glued(hexadecimal("dma"))
device_line = keyword("device") + pp.Opt(interrupt) + pp.Opt(base_address) + pp.Opt(memory) + pp.Opt(dma)

# ether 02:00:00:00:00:01  txqueuelen 1000  (Ethernet)

CALL_SIGN = r"[A-Z]\S*\d\S*"
X25_ADDRESS = rf"\d\S*(?={BLANK}+[^\W\d])"
physical_address = token(rf"{OCTETS}(?=\s)|{CALL_SIGN}|{X25_ADDRESS}", normalize_hardware_address)("physical_address")
title = token(r"\((?!\d)") + glued(token(rf"[^\n]+?(?=\){END})"))("title") + token(r"\)")
hardware_line = (
    keyword("[a-z][a-z0-9]*")("encapsulation") + pp.Opt(physical_address) + pp.Opt(counter("tx_queue_length")) + title
)

# ipx Ethernet-802.3 00000001:020000000001

other_address_line = token(r"(?:ipx|ddp|ec|media)(?=\s)(?: Ethernet\S+)?")("word") + rest("text")
compressed_line = keyword("[RT]X compressed")("word") + token(r"\d+")("text")

IFCONFIG = Stanzas(
    name="Interfaces",
    kind="interfaces",
    titles=["Kernel Interface table"],
    first_line=first_line,
    shape=token(r"\S+: [^\s=]+=-?\d+<[^>\n]*>  \S"),  # BSD's ifconfig has one blank there, and more that is different
    lists={
        "addresses": [ipv4_line, ipv6_line],
        "traffic": [traffic_line],
        "others": [other_address_line, compressed_line],
    },
    lines=[device_line, sent_errors_line, received_errors_line, hardware_line],
    facts=[
        complete_addresses_since_2012,
        split_traffic,
        keep_others,
        detect_language,
        report_lost_counters,  # reads the counters that split_traffic makes
    ],
    tool="net-tools",
)
