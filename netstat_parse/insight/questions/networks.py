"""Networks of addresses, to group peers by: ``10.1.2.0/24``."""

from functools import lru_cache
from ipaddress import ip_address, ip_network

from netstat_parse.insight.facts.listening import MAX_CACHED_ADDRESSES

DEFAULT_PREFIX_LENGTHS = {4: 24, 6: 64}
"""Prefix lengths by version of IP."""

MAX_PREFIX_LENGTHS = {4: 32, 6: 128}


class NetworkFinder:
    """Finds the network of an address, by prefix lengths."""

    def __init__(self, text: str) -> None:
        """Parse prefix lengths: ``24`` for IPv4, or ``24,64`` for IPv4 and IPv6.

        Raises:
            ValueError: it is no prefix length.
        """
        self._lengths = dict(DEFAULT_PREFIX_LENGTHS)
        words = text.replace("/", "").split(",")
        for version, word in zip(self._lengths, words, strict=False):
            if not word.isdecimal() or int(word) > MAX_PREFIX_LENGTHS[version]:
                raise ValueError(f"not a prefix length of IPv{version}: {word}; write 24, or 24,64 for both versions")
            self._lengths[version] = int(word)
        if len(words) > len(self._lengths):
            raise ValueError(f"not prefix lengths: {text}; write 24, or 24,64 for both versions")
        self.find = lru_cache(MAX_CACHED_ADDRESSES)(self._find)

    def _find(self, address: str) -> str | None:
        """Return the network of an address; None if it is no IP address."""
        try:
            parsed = ip_address(address)
        except ValueError:
            return None
        return str(ip_network((address, self._lengths[parsed.version]), strict=False))
