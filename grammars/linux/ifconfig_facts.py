"""Facts about interfaces at length: flags, addresses, encapsulation, and which counters are received or sent."""

from collections.abc import Callable, Sequence
from ipaddress import IPv6Address
from typing import Any

from netstat_parse.conversions import mac, prefix_length
from netstat_parse.grammar import Columns, Fact, Section
from netstat_parse.precompiled import compile_pattern

FLAG_BITS = {
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
"""The kernel's bits, in the order in which the flags are printed."""

SCOPES = {0x00: "global", 0x10: "host", 0x20: "link", 0x40: "site", 0x80: "compat"}
"""The kernel's numbers of the scopes of IPv6 addresses."""

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
"""Titles of hardware, as printed before 2012, with the word that is printed with them since."""

EXTRAS = {
    "outfill": "outfill",
    "keepalive": "keepalive",
    "dma": "DMA chan",
    "out_compressed": "TX compressed",
    "media": "media",
}
"""Columns that the schema has no field for, with the words under which they are kept."""

_OCTETS = compile_pattern(r"(?:[0-9A-Fa-f]{2}[:-])+[0-9A-Fa-f]{2}")
_FLAG = compile_pattern("|".join(FLAG_BITS))


def decode_flags(text: str) -> list[str]:
    """Return the names of the flags in a number of 16 bits, which may be printed as a negative one."""
    number = int(text)
    return [name.lower() for name, bit in FLAG_BITS.items() if number & bit]


def name_flag_words(columns: Columns, section: Section) -> None:
    """Name the flags of before 2012, in any language; pt_BR has no blank behind BROADCAST."""
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
    english = word if word in FLAG_BITS else section.words.english("words", word)
    if english in FLAG_BITS:
        return [english.lower()]
    found = _FLAG.findall(word)
    return [flag.lower() for flag in found] if "".join(found) == word else []


Scope = Callable[[dict[str, Any]], str | None]
"""A function that returns the scope of an item of the addresses."""


def complete_addresses(order: Sequence[str], scope: Scope) -> Fact:
    """Return a fact that completes the items of the addresses; `order` is that of the ends in a line."""

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
    """Return the ends that are printed with an interface's addresses, by its flags; by default the broadcast."""
    flag = {"broadcast": "broadcast", "destination": "pointopoint"}
    return [end for end in order if flag[end] in flags] or ["broadcast"]


def _address(item: dict[str, Any], ends: Sequence[str], scope: Scope) -> dict[str, Any]:
    is_ipv6 = ":" in item["address"]
    length = prefix_length(item["netmask"]) if "netmask" in item else item.get("prefix_length")
    address = {
        "address": item["address"],
        "prefix_length": length,
        "broadcast": None,
        "destination": None,
        "scope": scope(item) if is_ipv6 else None,
    }
    printed = [item[name] for name in ("end", "other_end") if name in item]
    for end, text in zip(ends, printed, strict=False):
        address[end] = None if end == "broadcast" and text == "0.0.0.0" else text
    return address


def decode_scope(item: dict[str, Any]) -> str | None:
    """Return the scope as printed since 2012, in hexadecimal."""
    return SCOPES.get(item["scope"] & 0xF0)


def derive_scope(item: dict[str, Any]) -> str | None:
    """Return the scope that the kernel gives to such an address: before 2012 it is printed as a word in any language."""
    try:
        address = IPv6Address(item["address"])
    except ValueError:
        return None
    if address.is_loopback:
        return "host"
    if address.is_link_local or address.is_site_local:
        return "link" if address.is_link_local else "site"
    return "compat" if int(address) >> 32 == 0 else "global"


complete_addresses_since_2012 = complete_addresses(["broadcast", "destination"], decode_scope)
complete_addresses_before_2012 = complete_addresses(["destination", "broadcast"], derive_scope)


def split_traffic(columns: Columns, _section: Section) -> None:
    """Put the counters of two like lines into fields: the first line is received, unless it says TX."""
    lists: list[list[dict[str, Any]]] = columns.pop("traffic", [])
    for row, items in enumerate(lists):
        for number, item in enumerate(items[:2]):
            label = item.pop("label")
            way = "out" if "TX" in label or (number == 1 and "RX" not in label) else "in"
            lost = "carrier_errors" if way == "out" else "frame_errors"
            for name, value in item.items():
                field = name if name == "collisions" else f"{way}_{lost if name == 'lost' else name}"
                columns.setdefault(field, [None] * len(lists))[row] = value


def normalize_hardware_address(text: str) -> str:
    """Return a hardware address with colons; a call sign or an X.25 address is unchanged."""
    return mac(text) if _OCTETS.fullmatch(text) else text


def detect_language(columns: Columns, section: Section) -> None:
    """Detect the language by the title of the hardware."""
    for title in set(columns.pop("title", ())):
        if title:
            section.words.english("words", title, ENCAPSULATIONS)


def set_encapsulation(columns: Columns, section: Section) -> None:
    """Set the encapsulation by the title of the hardware; if it is unknown, the flags still identify a loopback."""
    titles = columns.pop("title")
    words = section.words
    known = {title: ENCAPSULATIONS.get(words.english("words", title, ENCAPSULATIONS)) for title in set(titles)}
    flags = columns.get("flags") or [[] for _ in titles]
    columns["encapsulation"] = [
        known[title] or ("loop" if "loopback" in flags[row] else None) for row, title in enumerate(titles)
    ]
    others = columns.setdefault("others", [[] for _ in titles])
    for row, title in enumerate(titles):
        if columns["encapsulation"][row] is None:
            others[row].append({"word": "Link encap", "text": title})


def keep_others(columns: Columns, _section: Section) -> None:
    """Keep what the schema has no field for in `extra`, under the word that is printed beside it."""
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
