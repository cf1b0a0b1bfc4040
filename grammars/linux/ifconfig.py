"""Interfaces at length: ``netstat -ie``, with -a and -c, as ifconfig prints them.

A block for each, with a blank line behind it. net-tools since 2012 print::

    eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500
            inet 192.0.2.1  netmask 255.255.255.0  broadcast 192.0.2.255
            inet6 fe80::1  prefixlen 64  scopeid 0x20<link>
            ether 02:00:00:00:00:01  txqueuelen 1000  (Ethernet)
            RX packets 25  bytes 3584 (3.5 KiB)
            RX errors 0  dropped 0  overruns 0  frame 0
            TX packets 66  bytes 44172 (43.1 KiB)
            TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0
            device interrupt 18  memory 0xda000000-da020000

and those before, which are Debian's up to 8 and Red Hat's up to 6::

    eth0      Link encap:Ethernet  HWaddr 02:00:00:00:00:01
              inet addr:192.0.2.1  Bcast:192.0.2.255  Mask:255.255.255.0
              inet6 addr: fe80::1/64 Scope:Link
              UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1
              RX packets:28 errors:0 dropped:0 overruns:0 frame:0
              TX packets:117 errors:0 dropped:0 overruns:0 carrier:0
              collisions:0 txqueuelen:1000
              RX bytes:3826 (3.7 KiB)  TX bytes:48454 (47.3 KiB)
              Interrupt:18 Memory:da000000-da020000

Nearly every word may be translated, so that words are only passed over: how many numbers stand on a line, and which of
two such lines comes first, tells what they are. The flags tell whether an address is the broadcast's or the peer's.
"""

import pyparsing as pp

from netstat_parse.grammar import Stanzas
from netstat_parse.tokens import IPV4, glued, integer, ipv6, rest, token

from .ifconfig_facts import (
    addresses_of_2012,
    addresses_of_before,
    cut_names,
    encapsulations,
    extras,
    flags_by_name,
    flags_by_number,
    hardware,
    hear,
    traffic,
)
from .interface_facts import doubt_figures, of_net_tools

B = r"[^\S\n]"
"""A blank of any kind."""

PAIRS = r"(?:[0-9A-Fa-f]{2}[:-]){5,}[0-9A-Fa-f]{2}"
SIZE = token(r"\(\d[^)\n]*\)")
"""A number of bytes in a larger unit, after which the decimal mark is the locale's."""


def ipv4(name: str) -> pp.ParserElement:
    """An address; ``[NONE SET]``, in any language, is none."""
    return token(rf"{IPV4}(?!\S)")(name) | token(r"\[[^\]\n]*\]")


def hexadecimal(name: str) -> pp.ParserElement:
    """A number after 0x, kept as it is."""
    return token(r"0x[0-9a-fA-F]+(?![\w-])")(name)


# Since 2012: words and numbers in turn.

words = token(r"[^\d\n:<(]+(?<=\s)(?=\d)")
number = glued(token(r"\d{1,20}(?!\S)", int))

prefix_length = glued(token(r"(?:\d{1,2}|1[01]\d|12[0-8])(?!\d)", int))("prefix_length")


def figure(name: str) -> pp.ParserElement:
    """Words and the number behind them."""
    return words + number(name)


def of_line(name: str) -> pp.ParserElement:
    """The same, where the words tell of what way the line is: RX or TX."""
    return words("words") + number(name)


IFCONFIG = Stanzas(
    name="Interfaces",
    kind="interfaces",
    titles=["Kernel Interface table"],
    first=token(r"\S+(?=: [^\s=]+=-?\d+<)")("name")
    + token(r":")
    + token(r"[^\s=]+=")
    + glued(token(r"-?\d{1,10}", flags_by_number))("flags")
    + glued(token(r"<[^>\n]*"))
    + glued(token(r">"))
    + pp.Opt(token(r"metric(?=\s)") + integer("metric"))
    + figure("mtu")
    + pp.Opt(token(r"outfill(?=\s)") + integer("outfill") + token("keepalive") + integer("keepalive"))
    + pp.Opt(figure("metric")),
    shape=token(r"\S+: [^\s=]+=-?\d+<[^>\n]*>  \S"),  # BSD's ifconfig has one blank there, and more that is different
    lists={
        "addresses": [
            token(r"inet(?=\s)")
            + ipv4("address")
            + token(r"[^\d\n\[]+")
            + ipv4("netmask")
            + pp.Opt(token(r"[^\d\n\[]+") + ipv4("end"))
            + pp.Opt(token(r"[^\d\n\[]+") + ipv4("other_end")),
            token(r"inet6(?=\s)")
            + ipv6("address")
            + words
            + prefix_length
            + token(r"[^\d\n]+(?=0x)")
            + glued(token(r"0x[0-9a-f]+", lambda text: int(text, 16)))("scope")
            + token(r"<[^>\n]*>?"),
        ],
        "traffic": [of_line("packets") + figure("octets") + SIZE],
        "others": [
            token(r"(?:ipx|ddp|ec|media)(?=\s)(?: Ethernet\S+)?")("word") + rest("text"),
            token(r"[RT]X compressed(?=\s)")("word") + token(r"\d+")("text"),
        ],
    },
    lines=[
        token(r"device(?=\s)")
        + pp.Opt(token(r"[^\d\n]+(?=\d+(?!\S))") + glued(integer)("interrupt"))
        + pp.Opt(token(r"(?!dma\s)[^\d\n]+(?=0x[0-9a-f]+(?!\S))") + glued(hexadecimal("base_address")))
        + pp.Opt(token(r"[^\d\n]+0x(?=[0-9a-f]+-)") + glued(token(r"[0-9a-f]+-[0-9a-f]+"))("memory"))
        + pp.Opt(token(r"[^\d\n]+(?=0x)") + glued(hexadecimal("dma"))),
        figure("out_errors")
        + figure("out_discards")
        + figure("out_overruns")
        + figure("out_carrier_errors")
        + figure("collisions"),
        figure("in_errors") + figure("in_discards") + figure("in_overruns") + figure("in_frame_errors"),
        token(r"[a-z][a-z0-9]*(?=\s)")("encapsulation")
        + pp.Opt(token(rf"{PAIRS}(?=\s)|[A-Z]\S*\d\S*|\d\S*(?={B}+[^\W\d])", hardware)("physical_address"))
        + pp.Opt(figure("tx_queue_length"))
        + token(r"\((?!\d)")
        + glued(token(rf"[^\n]+?(?=\){B}*(?:\n|\Z))"))("title")
        + token(r"\)"),
    ],
    facts=[of_net_tools, addresses_of_2012, traffic, extras, hear, doubt_figures],
)


# Before: words, a colon and a number in turn.

label = token(r"[^\d\n:]*:")


def labelled(name: str) -> pp.ParserElement:
    """Words with a colon, and the number behind it."""
    return label + integer(name)


FIGURES_FOLLOW = rf"(?={B}+[^\s\d:]+:\d+{B}+[^\s\d:]+:\d+(?:{B}+Outfill:\d+{B}+Keepalive:\d+)?{B}*(?:\n|\Z))"
LINK = r"[^\W\d]+(?: [^\W\d]+)*:(?= ?\S)"

certain = token(rf"\S+(?={B}+(?:Link encap:|{LINK}[^\n:]*\s{PAIRS}{B}*(?:\n|\Z)))")
"""A name before what no other text has."""

padded = token(rf"(?<![^\n])\S+(?={B}{B}|\t|(?<=\S{{9}}) |(?<=[^\x00-\x7f]) )")
"""A name in its column of nine bytes and a blank. In a language that nobody knows, that is all that is sure of a loopback."""

link_title = token(rf"\S+(?: (?!HWaddr |{PAIRS})\S+)*")
other_end_follows = token(rf"[^\d\n:]+:(?=\S++{B}[^\d\n:]++:)")

IFCONFIG_BEFORE_2012 = Stanzas(
    name="Interfaces",
    kind="interfaces",
    titles=["Kernel Interface table"],
    cuts=True,
    first=(certain | padded)("name")
    + glued(token(rf"{B}+"))("gap")
    + token(LINK)
    + link_title("title")
    + pp.Opt(token(rf"\S+(?: \S+)*(?={B}\S+(?:{B}{B}|{B}*(?:\n|\Z)))") + token(r"\S+", hardware)("physical_address"))
    + pp.Opt(token(r"Media:\S+")("media")),
    shape=certain,
    lists={
        "addresses": [
            token(r"[^\n:]{0,40}inet6[^\n:]{0,40}:(?=\s)")
            + ipv6("address")
            + glued(token("/"))
            + prefix_length
            + token(r"[^\n:]*:\S+"),
            token(r"[^\n:]{0,40}inet[^\n:]{0,40}:")
            + ipv4("address")
            + pp.Opt(other_end_follows + ipv4("end"))
            + pp.Opt(other_end_follows + ipv4("other_end"))
            + label
            + ipv4("netmask"),
        ],
        "traffic": [
            label("words")
            + integer("packets")
            + labelled("errors")
            + labelled("discards")
            + labelled("overruns")
            + labelled("lost")
            + pp.Opt(labelled("collisions")),
        ],
        "others": [
            token(r"(?:IPX/|EtherTalk |econet )[^\n:]*(?=:)")("word") + token(":") + rest("text"),
            token(r"compressed(?=:)", lambda _: "RX compressed")("word") + token(":") + token(r"\d+")("text"),
        ],
    },
    lines=[
        token(rf"(?:\[[^\]\n]*\]|[^\s:]+)(?:{B}[^\s:]+)*?{FIGURES_FOLLOW}")("flag_words")
        + labelled("mtu")
        + labelled("metric")
        + pp.Opt(token("Outfill:") + integer("outfill") + token("Keepalive:") + integer("keepalive")),
        labelled("in_octets") + SIZE + labelled("out_octets") + SIZE,
        token(rf"(?!Interrupt:)(?=[^\d\n]*:\d+{B}[^\d\n]*:\d+{B}*(?:\n|\Z)|collisions:)")
        + labelled("collisions")
        + pp.Opt(token(r"compressed:") + integer("out_compressed"))
        + pp.Opt(labelled("tx_queue_length")),
        token(r"(?=[^\d\n]*:(?:0x)?[0-9a-f]+(?:-[0-9a-f]+)?(?!\S))")
        + pp.Opt(token(r"(?!DMA )[^\d\n:]*:") + token(r"\d{1,20}(?!\S)", int)("interrupt"))
        + pp.Opt(label + hexadecimal("base_address"))
        + pp.Opt(label + token(r"[0-9a-f]+-[0-9a-f]+")("memory"))
        + pp.Opt(label + token(r"[0-9a-f]+")("dma")),
    ],
    facts=[of_net_tools, flags_by_name, addresses_of_before, traffic, encapsulations, extras, cut_names, doubt_figures],
)
