"""Interfaces at length, before 2012: ``netstat -ie``, with -a and -c, as ifconfig prints them.

A stanza for each interface, with a blank line behind it. net-tools before 2012, so Debian up to 8 and Red Hat up to 6,
prints::

    eth0      Link encap:Ethernet  HWaddr 02:00:00:00:00:01
              inet addr:192.0.2.1  Bcast:192.0.2.255  Mask:255.255.255.0
              inet6 addr: fe80::1/64 Scope:Link
              UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1
              RX packets:28 errors:0 dropped:0 overruns:0 frame:0
              TX packets:117 errors:0 dropped:0 overruns:0 carrier:0
              collisions:0 txqueuelen:1000
              RX bytes:3826 (3.7 KiB)  TX bytes:48454 (47.3 KiB)
              Interrupt:18 Memory:da000000-da020000

Nearly every word may be translated, as since then: see `ifconfig`. A label is words with a colon behind them.
"""

import pyparsing as pp

from netstat_parse.grammar import Stanzas
from netstat_parse.tokens import BLANK, END, glued, integer, ipv6, rest, token

from .conversions import name_compressed
from .ifconfig import OCTETS, hexadecimal, ipv4, memory_range, prefix_digits, readable_size
from .ifconfig_facts import (
    complete_addresses_before_2012,
    keep_others,
    name_flag_words,
    normalize_hardware_address,
    set_encapsulation,
    split_traffic,
)
from .interface_name_facts import mark_cut_listing_names
from .lost_counters import report_lost_counters

label = token(r"[^\d\n:]*:")


def labelled(name: str) -> pp.ParserElement:
    """Return the expression for a label and the number behind it."""
    return label + integer(name)


# eth0      Link encap:Ethernet  HWaddr 02:00:00:00:00:01

LINK_LABEL = r"[^\W\d]+(?: [^\W\d]+)*:(?= ?\S)"
"""``Link encap:``, in any language."""

LINK_FOLLOWS = rf"(?={BLANK}+(?:Link encap:|{LINK_LABEL}[^\n:]*\s{OCTETS}{END}))"

certain_name = token(rf"\S++{LINK_FOLLOWS}")
"""A name with the English label behind it, or with a hardware address: no other text has these."""

NAME_ENDS = rf"(?={BLANK}{BLANK}|\t|(?<=\S{{9}}) |(?<=[^\x00-\x7f]) )"

padded_name = token(rf"(?<![^\n])\S+{NAME_ENDS}")
"""A name in its column of nine bytes and a blank: all that identifies ``lo        Lien :`` in an unknown language."""

link_title = token(rf"\S+(?: (?!HWaddr |{OCTETS})\S+)*")
"""``Local Loopback``; the hardware address follows behind one blank in some languages."""

hardware_words = token(rf"\S+(?: \S+)*(?={BLANK}\S+(?:{BLANK}{BLANK}|{END}))")
hardware = hardware_words + token(r"\S+", normalize_hardware_address)("physical_address")
first_line = (
    (certain_name | padded_name)("name")
    + glued(token(rf"{BLANK}+"))("gap_behind_name")
    + token(LINK_LABEL)
    + link_title("title")
    + pp.Opt(hardware)
    + pp.Opt(token(r"Media:\S+")("media"))
)

# inet addr:192.0.2.1  Bcast:192.0.2.255  Mask:255.255.255.0

label_of_end = token(rf"[^\d\n:]+:(?=\S++{BLANK}[^\d\n:]++:)")
"""The label of an address that is not the last one: the last one is the mask."""

ipv4_line = (
    token(r"[^\n:]{0,40}inet[^\n:]{0,40}:")
    + ipv4("address")
    + pp.Opt(label_of_end + ipv4("end"))
    + pp.Opt(label_of_end + ipv4("other_end"))
    + label
    + ipv4("netmask")
)

# inet6 addr: fe80::1/64 Scope:Link

ipv6_line = (
    token(r"[^\n:]{0,40}inet6[^\n:]{0,40}:(?=\s)")
    + ipv6("address")
    + glued(token("/"))
    + prefix_digits
    + token(r"[^\n:]*:\S+")
)

# UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1

NUMBER_LABEL = r"[^\s\d:]+"
SLIP_TIMERS = rf"{BLANK}+Outfill:\d+{BLANK}+Keepalive:\d+"
TWO_NUMBERS_FOLLOW = rf"(?={BLANK}+{NUMBER_LABEL}:\d+{BLANK}+{NUMBER_LABEL}:\d+(?:{SLIP_TIMERS})?{END})"

flag_words = token(rf"(?:\[[^\]\n]*\]|[^\s:]+)(?:{BLANK}[^\s:]+)*?{TWO_NUMBERS_FOLLOW}")
slip_timers = token("Outfill:") + integer("outfill") + token("Keepalive:") + integer("keepalive")
flags_line = flag_words("flag_words") + labelled("mtu") + labelled("metric") + pp.Opt(slip_timers)

# RX packets:28 errors:0 dropped:0 overruns:0 frame:0

traffic_line = (
    label("label")
    + integer("packets")
    + labelled("errors")
    + labelled("discards")
    + labelled("overruns")
    + labelled("lost")
    + pp.Opt(labelled("collisions"))
)

# RX bytes:3826 (3.7 KiB)  TX bytes:48454 (47.3 KiB)

bytes_line = labelled("in_octets") + readable_size + labelled("out_octets") + readable_size

# collisions:0 txqueuelen:1000

TWO_NUMBERS = rf"[^\d\n]*:\d+{BLANK}[^\d\n]*:\d+{END}"

collisions_line = (
    token(rf"(?!Interrupt:)(?={TWO_NUMBERS}|collisions:)")
    + labelled("collisions")
    + pp.Opt(token(r"compressed:") + integer("out_compressed"))
    + pp.Opt(labelled("tx_queue_length"))
)

# Interrupt:18 Memory:da000000-da020000

device_follows = token(r"(?=[^\d\n]*:(?:0x)?[0-9a-f]+(?:-[0-9a-f]+)?(?!\S))")
interrupt = token(r"(?!DMA )[^\d\n:]*:") + token(r"\d{1,20}(?!\S)", int)("interrupt")
device_line = (
    device_follows
    + pp.Opt(interrupt)
    + pp.Opt(label + hexadecimal("base_address"))
    + pp.Opt(label + memory_range)
    + pp.Opt(label + token(r"[0-9a-f]+")("dma"))
)

# IPX/Ethernet 802.3 addr:00000001:020000000001

other_address_line = token(r"(?:IPX/|EtherTalk |econet )[^\n:]*(?=:)")("word") + token(":") + rest("text")
compressed = token(r"compressed(?=:)", name_compressed)
compressed_line = compressed("word") + token(":") + token(r"\d+")("text")

IFCONFIG_BEFORE_2012 = Stanzas(
    name="Interfaces",
    kind="interfaces",
    titles=["Kernel Interface table"],
    cuts=True,
    first_line=first_line,
    shape=certain_name,
    lists={
        "addresses": [ipv6_line, ipv4_line],
        "traffic": [traffic_line],
        "others": [other_address_line, compressed_line],
    },
    lines=[flags_line, bytes_line, collisions_line, device_line],
    facts=[
        name_flag_words,
        complete_addresses_before_2012,  # reads the flags: they decide which ends an address has
        split_traffic,
        set_encapsulation,  # reads the flags, and adds unknown titles to the others
        keep_others,  # after set_encapsulation, which adds to them
        mark_cut_listing_names,
        report_lost_counters,  # reads the flags, and the counters that split_traffic makes
    ],
    tool="net-tools",
)
