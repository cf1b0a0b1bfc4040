"""The ports that systems give to sockets which ask for none in particular; netstat does not print the range."""

from collections.abc import Mapping, Sequence

DYNAMIC_PORTS: Mapping[str, Sequence[int]] = {
    "linux": (32768, 60999),
    "windows": (49152, 65535),
    "windows_xp": (1025, 5000),  # also 2000 and 2003
}
"""First and last port by default. A file of rules can change them, in its table `ports`."""
