"""The routes that ``netstat -r`` and ``route`` list."""

from __future__ import annotations

from ipaddress import IPv4Network

from . import kernel
from .captures import Build, Capture, Command
from .compare import ANY_VALUE, WHOLE_RECORD, Condition, Row, decoded_text, one_of

UP, GATEWAY, HOST, REJECT, CACHE = 0x1, 0x2, 0x4, 0x200, 0x1000000
COMPARED_FLAGS = {"up": UP, "gateway": GATEWAY, "host": HOST, "reject": REJECT}
"""The flags U G H ! as words. The meaning of others depends on the table."""

HOSTS = {
    "192.0.2.254": "gw", "192.0.2.1": "here.example", "203.0.113.7": "longhostname-gateway-target.example.net",
    "::1": "localhost", "2001:db8::1": "here6.example", "fe80::1": "ll-one",
}  # fmt: skip
NETWORKS = {"169.254.0.0": "link-local", "192.0.2.0": "officenet", "198.51.100.0": "branchnet"}
MAX_NAME_CHARS = 15
NUMBER_FIELDS = ("metric", "references", "uses", "mss", "window", "irtt")


def expected_routes(capture: Capture, command: Command, *, exact: bool) -> list[Row]:
    """Return the rows of the selected tables. -C adds no IPv4 rows: kernels since 3.6 have no IPv4 route cache."""
    families = command.families & {"inet", "inet6"} or {"inet"}
    cache_only = command.has_option("C") and not command.has_option("F")
    listed: list[Row] = []
    if "inet" in families and not cache_only:
        listed += expected_inet_routes(capture, command, exact=exact)
    if "inet6" in families:
        listed += expected_inet6_routes(capture, command, exact=exact)
    return listed


def expected_inet_routes(capture: Capture, command: Command, *, exact: bool) -> list[Row]:
    found = []
    for line in kernel.read_lines(capture.truth / "route"):
        words = line.split()
        if int(words[3], 16) & UP:
            found.append(expected_inet_route(words, capture.build, command, exact=exact))
    return found


def expected_inet_route(words: list[str], build: Build, command: Command, *, exact: bool) -> Row:
    flags = int(words[3], 16)
    dashes = bool(flags & REJECT) and not (build.is_busybox or build.is_toybox)
    interface, destination, gateway = words[0], kernel.parse_address(words[1]), kernel.parse_address(words[2])
    network = IPv4Network(f"{destination}/{kernel.parse_address(words[7])}")
    row: dict[str, object] = {
        **dict.fromkeys(NUMBER_FIELDS),
        "family": "ipv4",
        **expected_destination(network.with_prefixlen, HOSTS if flags & HOST else NETWORKS, build, command, cut=True),
        **expected_gateway(None if dashes or gateway == "0.0.0.0" else gateway, command, build),
        **expected_flags(flags),
        "interface": expected_interface(interface, dashes=dashes, cut=printed_columns(command)[2], exact=exact),
    }
    metric, mss, _ = printed_columns(command)
    if metric:
        row["metric"] = expected_metric(int(words[6]))
        row["references"] = None if dashes else int(words[4])
        row["uses"] = int(words[5])
    if mss:
        row |= {name: None if dashes else int(words[n]) for name, n in (("mss", 8), ("window", 9), ("irtt", 10))}
    return row


def printed_columns(command: Command) -> tuple[bool, bool, bool]:
    """Return whether metric and uses are printed, whether mss and window are, and whether the interface is truncated."""
    extended = command.letters.count("e")
    if extended >= 2:
        return True, True, True
    metric = (extended == 1) == (command.tool == "netstat")  # the meaning of -e is reversed in route
    return metric, not metric, False


def expected_interface(name: str, *, dashes: bool, cut: bool, exact: bool) -> object:
    """Accept the interface; ``*`` and ``-`` mean none."""
    if dashes or name == "*":
        return one_of(None, "-" if dashes else "*")
    return decoded_text(name.encode("utf-8", "surrogateescape")[: 6 if cut else None], exact=exact)


def expected_metric(metric: int) -> object:
    """Accept the metric; all but the newest build print the maximum as -1."""
    return one_of(metric, -1) if metric == 2**32 - 1 else metric


def expected_flags(flags: int, *, without_up: bool = False) -> Row:
    """Accept the kernel's flags; ``!`` replaces U."""
    words = {word for word, bit in COMPARED_FLAGS.items() if flags & bit}
    if flags & REJECT or without_up:
        words -= {"up"}

    def has_flags(value: list[str]) -> bool:
        return set(value) & set(COMPARED_FLAGS) == words

    kind = "reject" if flags & REJECT else one_of("unicast", None)
    return {"flags": Condition(f"of {sorted(COMPARED_FLAGS)}: {sorted(words)}", has_flags), "type": kind}


def expected_destination(prefix: str, names: dict[str, str], build: Build, command: Command, *, cut: bool) -> Row:
    """Return the destination: the prefix, or a host name instead. ``default`` is a prefix, not a name."""
    address, _, length = prefix.partition("/")
    name = None if is_numeric(command, build) or build.is_busybox else names.get(address)
    if build.is_any("Debian 8") and ":" in address:
        name = None
    if not name:
        return {"destination": expected_prefix(prefix), "destination_host": one_of(None, "default") if length else None}
    return {"destination": None, "destination_host": name[:MAX_NAME_CHARS] if cut else name}


def is_numeric(command: Command, build: Build) -> bool:
    """Return whether addresses are printed as numbers: with -n, with -N, and always by toybox."""
    return command.has_option("n") or command.has_option("N") or build.is_toybox


def expected_prefix(prefix: str) -> object:
    address, _, length = prefix.partition("/")
    if ":" in address and "." in address:  # the IPv4 address may also be hexadecimal
        return Condition(prefix, lambda value: value in {prefix, "::c000:24d/128"})
    return f"{address}/{length}"


def expected_gateway(gateway: str | None, command: Command, build: Build) -> Row:
    name = None if is_numeric(command, build) else HOSTS.get(gateway or "")
    return {"gateway": None if name else gateway, "gateway_host": name}


def expected_inet6_routes(capture: Capture, command: Command, *, exact: bool) -> list[Row]:
    found = []
    for line in kernel.read_lines(capture.truth / "ipv6_route", skip=0):
        words = line.split()
        if is_inet6_listed(int(words[8], 16), capture.build, command):
            found.append(expected_inet6_route(words, capture.build, command, exact=exact))
    return found


def is_inet6_listed(flags: int, build: Build, command: Command) -> bool:
    """Return whether a route is listed: -C lists the cached, -F the others, and the oldest builds only those that are up."""
    if (build.is_unpatched_160 or build.is_old_red_hat) and not flags & UP:
        return False
    if flags & CACHE:
        return command.has_option("C")
    return command.has_option("F") or not command.has_option("C")


def expected_inet6_route(words: list[str], build: Build, command: Command, *, exact: bool) -> Row:
    destination = kernel.format_address(bytes.fromhex(words[0]))
    hop = kernel.format_address(bytes.fromhex(words[4]))
    metric, references, uses, flags = (int(word, 16) for word in words[5:9])
    row: dict[str, object] = {
        **dict.fromkeys(NUMBER_FIELDS),
        "family": "ipv6",
        **expected_destination(f"{destination}/{int(words[1], 16)}", HOSTS, build, command, cut=False),
        **expected_gateway(None if hop == "::" else hop, command, build),
        **expected_flags(flags),
        "interface": decoded_text(words[9].encode("utf-8", "surrogateescape"), exact=exact),
        "metric": expected_metric(metric),
    }
    numbers = (references, uses)
    if build.is_unpatched_160 or build.is_old_red_hat:  # they swap the headings of the two
        swapped = Condition(
            f"references and uses {numbers}", lambda record: references_and_uses(record) in {numbers, numbers[::-1]}
        )
        return row | {"references": ANY_VALUE, "uses": ANY_VALUE, WHOLE_RECORD: swapped}
    return row | {"references": references, "uses": uses}


def references_and_uses(record: object) -> tuple[int, int]:
    return record.references, record.uses  # type: ignore[attr-defined] # a record of any table
