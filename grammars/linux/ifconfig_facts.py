"""What follows from the lines of an interface at length: which address is whose, which figures are received, which sent."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import Any

from netstat_parse.grammar import Columns, Fact, Section
from netstat_parse.systems.lookup import canonical
from netstat_parse.tokens import mac

from .interface_facts import doubt_names, fills

FLAGS = {
    "UP": 0x1,
    "BROADCAST": 0x2,
    "DEBUG": 0x4,
    "LOOPBACK": 0x8,
    "POINTOPOINT": 0x10,
    "NOTRAILERS": 0x20,
    "RUNNING": 0x40,
    "NOARP": 0x80,
    "PROMISC": 0x100,
    "ALLMULTI": 0x200,
    "SLAVE": 0x800,
    "MASTER": 0x400,
    "MULTICAST": 0x1000,
    "PORTSEL": 0x2000,
    "AUTOMEDIA": 0x4000,
    "DYNAMIC": 0x8000,
}
"""As the kernel numbers them, in the order in which they are printed."""

SCOPES = {0x00: "global", 0x10: "host", 0x20: "link", 0x40: "site", 0x80: "compat"}

ENCAPSULATIONS = {
    "Ethernet": "ether",
    "Local Loopback": "loop",
    "Point-to-Point Protocol": "ppp",
    "IPIP Tunnel": "tunnel",
    "IPv6-in-IPv4": "sit",
    "InfiniBand": "infiniband",
    "Generic EUI-64": "eui64",
    "UNSPEC": "unspec",
    "Serial Line IP": "slip",
    "VJ Serial Line IP": "cslip",
    "6-bit Serial Line IP": "slip6",
    "VJ 6-bit Serial Line IP": "cslip6",
    "Adaptive Serial Line IP": "adaptive",
    "Metricom Starmode IP": "strip",
    "16/4 Mbps Token Ring": "tr",
    "16/4 Mbps Token Ring (New)": "tr",
    "Fiber Distributed Data Interface": "fddi",
    "HIPPI": "hippi",
    "Ash": "ash",
    "ARCnet": "arcnet",
    "1.5Mbps ARCnet": "arcnet",
    "AMPR AX.25": "ax25",
    "AMPR NET/ROM": "netrom",
    "AMPR ROSE": "rose",
    "generic X.25": "x25",
    "(Cisco)-HDLC": "hdlc",
    "LAPB": "lapb",
    "Frame Relay DLCI": "dlci",
    "Frame Relay Access Device": "frad",
    "IrLAP": "irda",
    "Econet": "ec",
}
"""The titles of net-tools before 2012, with the words that stand beside them since."""

EXTRAS = {
    "outfill": "outfill",
    "keepalive": "keepalive",
    "dma": "DMA chan",
    "out_compressed": "TX compressed",
    "media": "media",
}
"""What the schema has no field for."""

NAME_CUT_AT = 9
"""Bytes of a name of 1.60; Red Hat and Debian let it be longer."""

WORDS_HEARD = 3
"""Words, at most, that a record has for the language."""

_PAIRS = re.compile(r"(?:[0-9A-Fa-f]{2}[:-])+[0-9A-Fa-f]{2}")
_FLAG = re.compile("|".join(FLAGS))


def flags_by_number(text: str) -> list[str]:
    """The names of flags; the number has 16 bits and may be printed as a negative one."""
    number = int(text)
    return [name.lower() for name, bit in FLAGS.items() if number & bit]


def flags_by_name(columns: Columns, section: Section) -> None:
    """The flags of before 2012, in any language; pt_BR leaves no blank behind BROADCAST."""
    texts = columns.pop("flag_words", [])
    known: dict[str, list[str]] = {}
    for row, text in enumerate(texts):
        for word in (text or "").split():
            if word not in known:
                known[word] = _flags(word, section)
                if not known[word] and not text.startswith("[") and section.words.is_new(word):
                    section.note(row, "unknown-flag", f"no vocabulary has the flag {word!r}")
    if texts:
        columns["flags"] = [[flag for word in (text or "").split() for flag in known[word]] for text in texts]


def _flags(word: str, section: Section) -> list[str]:
    english = word if word in FLAGS else translated(word, section)
    if english in FLAGS:
        return [english.lower()]
    found = _FLAG.findall(word)
    return [flag.lower() for flag in found] if "".join(found) == word else []


def translated(text: str, section: Section) -> str:
    """The English for a word of this listing, where a vocabulary has it; the word is evidence of its language."""
    meant, languages = canonical(section.words.system, "words", text, ENCAPSULATIONS)
    section.words.heard.update(languages)
    return meant or text


def addresses(order: Sequence[str], scope: Callable[[dict[str, Any]], str | None]) -> Fact:
    """What a block's lines of addresses say; `order` is that of the ends that a line may show."""

    def fact(columns: Columns, _section: Section) -> None:
        lists = columns.get("addresses")
        if lists is not None:
            flags = columns.get("flags") or [[] for _ in lists]
            columns["addresses"] = [
                [_address(item, _ends(order, flags[row]), scope) for item in items if "address" in item]
                for row, items in enumerate(lists)
            ]

    return fact


def _ends(order: Sequence[str], flags: Sequence[str]) -> list[str]:
    """What ends an interface's addresses are printed with: as the flags say, or the commoner one where they do not."""
    flag = {"broadcast": "broadcast", "destination": "pointopoint"}
    return [end for end in order if flag[end] in flags] or ["broadcast"]


def _address(item: dict[str, Any], ends: list[str], scope: Callable[[dict[str, Any]], str | None]) -> dict[str, Any]:
    is_ipv6 = ":" in item["address"]
    found = {
        "address": item["address"],
        "prefix_length": item.get("prefix_length") if is_ipv6 else prefix_length(item.get("netmask")),
        "broadcast": None,
        "destination": None,
        "scope": scope(item) if is_ipv6 else None,
    }
    shown = [item[name] for name in ("end", "other_end") if name in item]
    for end, address in zip(ends, shown, strict=False):
        found[end] = None if end == "broadcast" and address == "0.0.0.0" else address
    return found


def prefix_length(mask: str | None) -> int | None:
    """The bits of a mask's one piece."""
    try:
        bits = f"{int(IPv4Address(mask or '')):032b}"
    except ValueError:
        return None
    length = bits.count("1")
    return None if "01" in bits else length


def scope_by_number(item: dict[str, Any]) -> str | None:
    """The scope as printed since 2012, in hexadecimal."""
    return SCOPES.get(item["scope"] & 0xF0)


def scope_by_address(item: dict[str, Any]) -> str | None:
    """The scope of before 2012, a word in any language: the kernel makes it of the address, and so can we."""
    try:
        address = IPv6Address(item["address"])
    except ValueError:
        return None
    if address.is_loopback:
        return "host"
    if address.is_link_local or address.is_site_local:
        return "link" if address.is_link_local else "site"
    return "compat" if int(address) >> 32 == 0 else "global"


addresses_of_2012 = addresses(["broadcast", "destination"], scope_by_number)
addresses_of_before = addresses(["destination", "broadcast"], scope_by_address)


def traffic(columns: Columns, _section: Section) -> None:
    """Figures of lines that are the same for either way: the first is of what was received, unless it says TX."""
    lists: list[list[dict[str, Any]]] = columns.pop("traffic", [])
    for row, items in enumerate(lists):
        for number, item in enumerate(items[:2]):
            words = item.pop("words")
            way = "out" if "TX" in words or (number == 1 and "RX" not in words) else "in"
            lost = "carrier_errors" if way == "out" else "frame_errors"
            for name, value in item.items():
                field = name if name == "collisions" else f"{way}_{lost if name == 'lost' else name}"
                columns.setdefault(field, [None] * len(lists))[row] = value


def hardware(text: str) -> str:
    """A hardware address; a call sign, or a number of X.25, stays what it is."""
    return mac(text) if _PAIRS.fullmatch(text) else text


def hear(columns: Columns, section: Section) -> None:
    """The language, by the title of the hardware."""
    for title in set(columns.pop("title", ())):
        if title:
            translated(title, section)


def encapsulations(columns: Columns, section: Section) -> None:
    """The kind of a link by its title; where no vocabulary has it, the flags still tell a loopback."""
    titles = columns.pop("title")
    known = {title: ENCAPSULATIONS.get(translated(title, section)) for title in set(titles)}
    flags = columns.get("flags") or [[] for _ in titles]
    columns["encapsulation"] = [
        known[title] or ("loop" if "loopback" in flags[row] else None) for row, title in enumerate(titles)
    ]
    others = columns.setdefault("others", [[] for _ in titles])
    for row, title in enumerate(titles):
        if columns["encapsulation"][row] is None:
            others[row].append({"word": "Link encap", "text": title})


def extras(columns: Columns, _section: Section) -> None:
    """Keep what the schema has no field for, under the word that is printed beside it."""
    found: dict[int, dict[str, str]] = {}
    for row, items in enumerate(columns.pop("others", ())):
        for item in items:
            found.setdefault(row, {})[item["word"]] = item["text"]
    for name, word in EXTRAS.items():
        for row, value in enumerate(columns.pop(name, ())):
            if value is not None:
                found.setdefault(row, {})[word] = str(value)
    if found:
        columns["extra"] = [found.get(row, {}) for row in range(len(columns["name"]))]


@dataclass
class LongNames:
    """Whether a name was longer than the column of 1.60."""

    seen: bool = False


def cut_names(columns: Columns, section: Section) -> None:
    """Flag a name that fills the column of 1.60; one that is longer shows that this netstat cuts none."""
    gaps = columns.pop("gap")
    cut = []
    for name, gap in zip(columns["name"], gaps, strict=True):
        if len(gap) == 1 and not fills(name, NAME_CUT_AT):
            section.state(LongNames).seen = True
        cut.append(len(gap) == 1 and fills(name, NAME_CUT_AT) and not section.state(LongNames).seen)
    doubt_names(columns, cut, section)
