"""Which routes ``netstat -r`` and ``route`` list."""

from __future__ import annotations

from ipaddress import IPv4Network

from . import kernel
from .captures import Build, Capture, Command
from .compare import ANY_VALUE, WHOLE_RECORD, Condition, Row, decoded_text, one_of

UP, GATEWAY, HOST, REJECT, CACHE = 0x1, 0x2, 0x4, 0x200, 0x1000000
COMPARED_FLAGS = {"up": UP, "gateway": GATEWAY, "host": HOST, "reject": REJECT}
"""The letters U G H ! as words. The others mean one thing in one table and another in the next."""

HOSTS = {
    "192.0.2.254": "gw", "192.0.2.1": "here.example", "203.0.113.7": "longhostname-gateway-target.example.net",
    "::1": "localhost", "2001:db8::1": "here6.example", "fe80::1": "ll-one",
}  # fmt: skip
NETWORKS = {"169.254.0.0": "link-local", "192.0.2.0": "officenet", "198.51.100.0": "branchnet"}
MAX_NAME_CHARS = 15
NUMBER_FIELDS = ("metric", "references", "uses", "mss", "window", "irtt")


def expected_routes(capture: Capture, command: Command, *, exact: bool) -> list[Row]:
    """The rows of the tables asked for. -C adds none of IPv4: kernels since 3.6 keep no cache of them."""
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
    """Return whether metric and uses print, whether mss and window do, and whether the interface is cut then."""
    extended = command.letters.count("e")
    if extended >= 2:
        return True, True, True
    metric = (extended == 1) == (command.tool == "netstat")  # the two programs have it the other way round
    return metric, not metric, False


def expected_interface(name: str, *, dashes: bool, cut: bool, exact: bool) -> object:
    """The interface; ``*`` and ``-`` stand for none."""
    if dashes or name == "*":
        return one_of(None, "-" if dashes else "*")
    return decoded_text(name.encode("utf-8", "surrogateescape")[: 6 if cut else None], exact=exact)


def expected_metric(metric: int) -> object:
    """The kernel's greatest metric prints as -1, but for the newest."""
    return one_of(metric, -1) if metric == 2**32 - 1 else metric


def expected_flags(flags: int, *, without_up: bool = False) -> Row:
    """``!`` stands in the place of U; the rest is what the kernel has set."""
    words = {word for word, bit in COMPARED_FLAGS.items() if flags & bit}
    if flags & REJECT or without_up:
        words -= {"up"}

    def same(value: list[str]) -> bool:
        return set(value) & set(COMPARED_FLAGS) == words

    kind = "reject" if flags & REJECT else one_of("unicast", None)
    return {"flags": Condition(f"of {sorted(COMPARED_FLAGS)}: {sorted(words)}", same), "type": kind}


def expected_destination(prefix: str, names: dict[str, str], build: Build, command: Command, *, cut: bool) -> Row:
    """Where a route leads: the prefix, or a name in its place. ``default`` is no name but a prefix."""
    address, _, length = prefix.partition("/")
    name = None if is_numeric(command, build) or build.is_busybox else names.get(address)
    if build.is_any("Debian 8") and ":" in address:
        name = None
    if not name:
        return {"destination": expected_prefix(prefix), "destination_host": one_of(None, "default") if length else None}
    return {"destination": None, "destination_host": name[:MAX_NAME_CHARS] if cut else name}


def is_numeric(command: Command, build: Build) -> bool:
    """Return whether addresses stay numbers, as also with -N, which should name the hardware; toybox resolves nothing."""
    return command.has_option("n") or command.has_option("N") or build.is_toybox


def expected_prefix(prefix: str) -> object:
    address, _, length = prefix.partition("/")
    if ":" in address and "." in address:  # an IPv4 address within may as well be written in hexadecimal
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
    """-C shows what is cached, -F what is not; and the oldest only what is up."""
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
    figures = (references, uses)
    if build.is_unpatched_160 or build.is_old_red_hat:  # they print each below the other's heading
        swapped = Condition(
            f"references and uses {figures}", lambda record: references_and_uses(record) in {figures, figures[::-1]}
        )
        return row | {"references": ANY_VALUE, "uses": ANY_VALUE, WHOLE_RECORD: swapped}
    return row | {"references": references, "uses": uses}


def references_and_uses(record: object) -> tuple[int, int]:
    return record.references, record.uses  # type: ignore[attr-defined]
