"""Dumps built from figures, for tests of what the figures mean."""

from collections.abc import Mapping, Sequence

from netstat_parse.schema import Counter, Diagnostic, Dump, Interface, Lines, Snapshot
from netstat_parse.schema.model import IPFamily

GROUPS: Mapping[str, tuple[str, IPFamily | None]] = {
    "Ip": ("ip", "ipv4"),
    "Ip6": ("ip", "ipv6"),
    "IpExt": ("ipext", "ipv4"),
    "Icmp": ("icmp", "ipv4"),
    "Icmp6": ("icmp", "ipv6"),
    "Udp": ("udp", "ipv4"),
    "Udp6": ("udp", "ipv6"),
    "Tcp": ("tcp", None),
    "TcpExt": ("tcpext", None),
}
"""Protocol and family of the kernel's groups."""

Figures = Mapping[str, int]
"""Figures by the counter's name in the kernel, or by `interface.` and a field; on Windows `Tcp6.` is TCP over IPv6."""


def make_dump(
    figures: Figures,
    *,
    system: str = "linux",
    name: str | None = "eth0",
    flags: Sequence[str] = ("up", "running"),
    diagnostics: Sequence[Diagnostic] = (),
) -> Dump:
    """Make a dump of one moment; the line of each counter is its place in the figures, from 1."""
    counters = [
        make_counter(key, value, line, system)
        for line, (key, value) in enumerate(figures.items(), start=1)
        if not key.startswith("interface.")
    ]
    fields = {key.partition(".")[2]: value for key, value in figures.items() if key.startswith("interface.")}
    line = len(figures) + 1
    interface = {"snapshot": 0, "line": line, "name": name, "flags": list(flags), **fields}
    return Dump(
        snapshots=[Snapshot(index=0, system=system, first_line=1, last_line=line)],
        counters=counters,
        interfaces=[Interface.model_validate(interface)] if fields else [],
        diagnostics=list(diagnostics),
        lines=Lines(total=line, records=line, headings=0, blank=0, foreign=0, unparsed=0),
    )


def make_counter(key: str, value: int, line: int, system: str) -> Counter:
    group, _, name = key.partition(".")
    if system == "windows" and group in {"Tcp", "Tcp6"}:
        family: IPFamily | None = "ipv6" if group == "Tcp6" else "ipv4"
        protocol, key = "tcp", f"Tcp.{name}"
    else:
        protocol, family = GROUPS[group]
    return Counter(
        snapshot=0,
        line=line,
        protocol=protocol,
        family=family,
        name=name,
        value=value,
        label=name,
        kernel_name=key,
        known=True,
    )


def make_pair(figures: Figures, *, system: str = "linux", name: str | None = "eth0") -> tuple[Dump, Dump]:
    """Make two dumps between which the figures were counted."""
    return make_dump(dict.fromkeys(figures, 0), system=system, name=name), make_dump(figures, system=system, name=name)
