"""Other spellings of the words in a condition: ``SYN_RECV``, ``ESTAB`` and ``TIME-WAIT`` are states, too."""

import re
from collections.abc import Callable, Iterable, Iterator
from ipaddress import ip_address, ip_network

SYNONYMS = {
    "state": {
        "listening": ["listen"],
        "estab": ["established"],
        "synrecv": ["syn_received"],
        "synrcvd": ["syn_received"],
        "close": ["closed"],
        "deleted": ["delete_tcb"],
        "conn": ["connected"],
    },
    "flags": {"acc": ["accept"], "w": ["wait_data"], "n": ["no_space"]},
    "destination": {"default": ["0.0.0.0/0", "::/0"]},
}
"""For each field the words that have another name in the schema, without the characters between their parts."""

LOWER_CASE = frozenset({"protocol", "family", "system", "tool", "encapsulation", "flags", "type", "severity", "code"})
"""Fields whose values are in lower case."""

_BETWEEN = re.compile(r"[\s_-]+")

_WITH_FAMILY = re.compile(r"(tcp|udp|udplite|raw|sctp|dccp|icmp|ip)v?6")
"""Words that netstat prints as the protocol of IPv6 sockets."""

_PHYSICAL_ADDRESS = re.compile(r"[0-9a-f]{2}(?:[:-][0-9a-f]{2})+", re.IGNORECASE)


def spellings(field: str, word: str, known: Iterable[str]) -> Iterator[str]:
    """Yield the values of a field that a word may stand for, in the spelling of the schema.

    Args:
        field: the field.
        word: a word as netstat, `ss` or a person writes it.
        known: the words that the field is limited to in some tables.

    Raises:
        ValueError: the word is a protocol with its family, which are two fields.
    """
    key = _join(word)
    if field == "protocol" and (found := _WITH_FAMILY.fullmatch(key)):
        raise ValueError(
            f"protocol cannot be {word}; write protocol={found[1]}, and --where family=ipv6 for its family"
        )
    yield from (value for value in known if _join(value) == key)
    yield from SYNONYMS.get(field, {}).get(key, ())
    if field in LOWER_CASE:
        yield word.lower()
    if field == "physical_address" and _PHYSICAL_ADDRESS.fullmatch(word):
        yield word.lower().replace("-", ":")
    elif field in {"destination", "specific_destination", "source"} and "/" in word:
        yield from _canonical(ip_network, word)
    elif "address" in field or field in {"gateway", "group", "interface"}:
        yield from _canonical(ip_address, word.removeprefix("[").removesuffix("]"))


def _join(word: str) -> str:
    """Return the word without the characters between its parts, in lower case: timewait for ``TIME-WAIT``."""
    return _BETWEEN.sub("", word).lower()


def _canonical(parse: Callable[[str], object], text: str) -> Iterator[str]:
    """Yield an address or network in canonical text (RFC 5952), if it is one."""
    try:
        yield str(parse(text))
    except ValueError:
        return
