"""Which routes ``netstat -r`` and ``route`` list."""

from __future__ import annotations

from ipaddress import IPv4Network

from . import kernel
from .captures import Build, Capture, Command
from .compare import ANYTHING, WHOLE, Row, Rule, as_decoded, one_of

UP, GATEWAY, HOST, REJECT, CACHE = 0x1, 0x2, 0x4, 0x200, 0x1000000
HELD_TO = {"up": UP, "gateway": GATEWAY, "host": HOST, "reject": REJECT}
"""The letters U G H ! as words. The others mean one thing in one table and another in the next."""

HOSTS = {
    "192.0.2.254": "gw", "192.0.2.1": "here.example", "203.0.113.7": "longhostname-gateway-target.example.net",
    "::1": "localhost", "2001:db8::1": "here6.example", "fe80::1": "ll-one",
}  # fmt: skip
NETWORKS = {"169.254.0.0": "link-local", "192.0.2.0": "officenet", "198.51.100.0": "branchnet"}
NAME_WIDTH = 15
FIGURES = ("metric", "references", "uses", "mss", "window", "irtt")


def rows(capture: Capture, command: Command, *, exact: bool) -> list[Row]:
    """The rows of the tables asked for. -C adds none of IPv4: kernels since 3.6 keep no cache of them."""
    families = command.families & {"inet", "inet6"} or {"inet"}
    cache_only = command.has("C") and not command.has("F")
    listed: list[Row] = []
    if "inet" in families and not cache_only:
        listed += inet_rows(capture, command, exact=exact)
    if "inet6" in families:
        listed += inet6_rows(capture, command, exact=exact)
    return listed


def inet_rows(capture: Capture, command: Command, *, exact: bool) -> list[Row]:
    found = []
    for line in kernel.lines(capture.truth / "route"):
        words = line.split()
        if int(words[3], 16) & UP:
            found.append(inet_row(words, capture.build, command, exact=exact))
    return found


def inet_row(words: list[str], build: Build, command: Command, *, exact: bool) -> Row:
    flags = int(words[3], 16)
    dashes = bool(flags & REJECT) and not (build.busybox or build.toybox)
    interface, destination, gateway = words[0], kernel.address(words[1]), kernel.address(words[2])
    network = IPv4Network(f"{destination}/{kernel.address(words[7])}")
    row: dict[str, object] = {
        **dict.fromkeys(FIGURES),
        "family": "ipv4",
        **target(network.with_prefixlen, HOSTS if flags & HOST else NETWORKS, build, command, cut=True),
        **next_hop(None if dashes or gateway == "0.0.0.0" else gateway, command, build),
        **flag_words(flags),
        "interface": device(interface, dashes=dashes, cut=tail(command)[2], exact=exact),
    }
    metric, mss, _ = tail(command)
    if metric:
        row["metric"] = metric_shown(int(words[6]))
        row["references"] = None if dashes else int(words[4])
        row["uses"] = int(words[5])
    if mss:
        row |= {name: None if dashes else int(words[n]) for name, n in (("mss", 8), ("window", 9), ("irtt", 10))}
    return row


def tail(command: Command) -> tuple[bool, bool, bool]:
    """Return whether metric and uses print, whether mss and window do, and whether the interface is cut then."""
    extended = command.letters.count("e")
    if extended >= 2:
        return True, True, True
    metric = (extended == 1) == (command.tool == "netstat")  # the two programs have it the other way round
    return metric, not metric, False


def device(name: str, *, dashes: bool, cut: bool, exact: bool) -> object:
    """The interface; ``*`` and ``-`` stand for none."""
    if dashes or name == "*":
        return one_of(None, "-" if dashes else "*")
    return as_decoded(name.encode("utf-8", "surrogateescape")[: 6 if cut else None], exact=exact)


def metric_shown(metric: int) -> object:
    """The kernel's greatest metric prints as -1, but for the newest."""
    return one_of(metric, -1) if metric == 2**32 - 1 else metric


def flag_words(flags: int, *, without_up: bool = False) -> Row:
    """``!`` stands in the place of U; the rest is what the kernel has set."""
    words = {word for word, bit in HELD_TO.items() if flags & bit}
    if flags & REJECT or without_up:
        words -= {"up"}

    def same(value: list[str]) -> bool:
        return set(value) & set(HELD_TO) == words

    kind = "reject" if flags & REJECT else one_of("unicast", None)
    return {"flags": Rule(f"of {sorted(HELD_TO)}: {sorted(words)}", same), "type": kind}


def target(prefix: str, names: dict[str, str], build: Build, command: Command, *, cut: bool) -> Row:
    """Where a route leads: the prefix, or a name in its place. ``default`` is no name but a prefix."""
    address, _, length = prefix.partition("/")
    name = None if numeric(command, build) or build.busybox else names.get(address)
    if build.is_any("Debian 8") and ":" in address:
        name = None
    if not name:
        return {"destination": same_prefix(prefix), "destination_host": one_of(None, "default") if length else None}
    return {"destination": None, "destination_host": name[:NAME_WIDTH] if cut else name}


def numeric(command: Command, build: Build) -> bool:
    """Return whether addresses stay numbers, as also with -N, which should name the hardware; toybox resolves nothing."""
    return command.has("n") or command.has("N") or build.toybox


def same_prefix(prefix: str) -> object:
    address, _, length = prefix.partition("/")
    if ":" in address and "." in address:  # an IPv4 address within may as well be written in hexadecimal
        return Rule(prefix, lambda value: value in {prefix, "::c000:24d/128"})
    return f"{address}/{length}"


def next_hop(gateway: str | None, command: Command, build: Build) -> Row:
    name = None if numeric(command, build) else HOSTS.get(gateway or "")
    return {"gateway": None if name else gateway, "gateway_host": name}


def inet6_rows(capture: Capture, command: Command, *, exact: bool) -> list[Row]:
    found = []
    for line in kernel.lines(capture.truth / "ipv6_route", skip=0):
        words = line.split()
        if inet6_listed(int(words[8], 16), capture.build, command):
            found.append(inet6_row(words, capture.build, command, exact=exact))
    return found


def inet6_listed(flags: int, build: Build, command: Command) -> bool:
    """-C shows what is cached, -F what is not; and the oldest only what is up."""
    if (build.plain_160 or build.red_hat_old) and not flags & UP:
        return False
    if flags & CACHE:
        return command.has("C")
    return command.has("F") or not command.has("C")


def inet6_row(words: list[str], build: Build, command: Command, *, exact: bool) -> Row:
    destination = kernel.network_address(bytes.fromhex(words[0]))
    hop = kernel.network_address(bytes.fromhex(words[4]))
    metric, references, uses, flags = (int(word, 16) for word in words[5:9])
    row: dict[str, object] = {
        **dict.fromkeys(FIGURES),
        "family": "ipv6",
        **target(f"{destination}/{int(words[1], 16)}", HOSTS, build, command, cut=False),
        **next_hop(None if hop == "::" else hop, command, build),
        **flag_words(flags),
        "interface": as_decoded(words[9].encode("utf-8", "surrogateescape"), exact=exact),
        "metric": metric_shown(metric),
    }
    figures = (references, uses)
    if build.plain_160 or build.red_hat_old:  # they print each below the other's heading
        swapped = Rule(f"references and uses {figures}", lambda record: figures_of(record) in {figures, figures[::-1]})
        return row | {"references": ANYTHING, "uses": ANYTHING, WHOLE: swapped}
    return row | {"references": references, "uses": uses}


def figures_of(record: object) -> tuple[int, int]:
    return record.references, record.uses  # type: ignore[attr-defined]
