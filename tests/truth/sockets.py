"""Which sockets ``netstat`` lists, and what each of its rows tells."""

from __future__ import annotations

import re

from . import kernel
from .captures import Build, Capture, Command
from .compare import ANY_VALUE, WHOLE_RECORD, Condition, Row, between_sets, decoded_text, one_of, within_seconds
from .endpoints import expected_endpoint
from .kernel import UNSPECIFIED_ADDRESSES, InetSocket, Program, UnixSocket

TABLES = ["tcp", "tcp6", "udp", "udp6", "udplite", "udplite6", "raw", "raw6"]
PROTOCOLS = {"t": "tcp", "u": "udp", "U": "udplite", "w": "raw"}
TCP_STATES = [
    None, "established", "syn_sent", "syn_received", "fin_wait_1", "fin_wait_2",
    "time_wait", "closed", "close_wait", "last_ack", "listen", "closing",
]  # fmt: skip
TCP_WORDS = [
    None, "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2",
    "TIME_WAIT", "CLOSE", "CLOSE_WAIT", "LAST_ACK", "LISTEN", "CLOSING",
]  # fmt: skip
TIMERS = ["off", "on", "keepalive", "timewait", "probe"]
UNIX_STATES = ["free", "unconnected", "connecting", "connected", "disconnecting"]
UNIX_TYPES = {1: "stream", 2: "dgram", 3: "raw", 4: "rdm", 5: "seqpacket", 10: "packet"}
MAX_PROGRAM_BYTES = 19
OPTIONAL_FIELDS = "user uid inode pid program security_context timer timer_seconds timer_retransmits timer_probes"
NULL_OPTIONAL_FIELDS = dict.fromkeys(OPTIONAL_FIELDS.split())
"""The fields of the columns that only an option brings: null without it."""
COLUMNS_AFTER_PROGRAM = ["security_context", "timer", "timer_seconds", "timer_retransmits", "timer_probes"]
CLOCK_SLACK_SECONDS = 0.1  # seconds; the most that was seen is half of it


def expected_connections(capture: Capture, command: Command) -> list[Row]:
    """The rows of the Internet table, in the order of the kernel's files."""
    if command.has_option("x") and not selected_protocols(command):
        return []
    build = capture.build
    return [
        expected_connection(sock, command, capture)
        for table in TABLES
        if is_table_listed(table, command, build)
        for sock in kernel.read_inet_sockets(capture.truth, table)
        if is_listed(sock, command, build)
    ]


def selected_protocols(command: Command) -> set[str]:
    """The protocols that the options name; -4 and -6 alone name all."""
    named = {protocol for letter, protocol in PROTOCOLS.items() if command.has_option(letter)}
    if not named and not command.has_option("S") and command.families & {"inet", "inet6"}:
        return set(PROTOCOLS.values())
    return named


def is_table_listed(table: str, command: Command, build: Build) -> bool:
    protocol = table.removesuffix("6")
    if protocol == "udplite" and not build.lists_udplite:
        return False
    named = selected_protocols(command)
    if not named:
        return not (command.has_option("S") or "unix" in command.families)
    families = command.families & {"inet", "inet6"} or {"inet", "inet6"}
    return protocol in named and ("inet6" if table.endswith("6") else "inet") in families


def is_listed(sock: InetSocket, command: Command, build: Build) -> bool:
    """Return whether -a, -l or neither lists it: TCP goes by the remote port, the others by the remote address."""
    if command.has_option("a"):
        return True
    port = sock.remote[1]
    if build.is_toybox:  # an odd test of bits, which lists most of the connected ones with -l too
        return bool(port & 0x70) or (command.has_option("l") and not port and bool(sock.state & 0xA))
    connected = port != 0 if sock.protocol == "tcp" else sock.remote[0] not in UNSPECIFIED_ADDRESSES
    return connected != command.has_option("l")


def expected_connection(sock: InetSocket, command: Command, capture: Capture) -> Row:
    build = capture.build
    row: Row = NULL_OPTIONAL_FIELDS | {"protocol": sock.protocol}
    family = "ipv6" if sock.is_ipv6 else "ipv4"
    # Where both print as tcp, nothing tells a socket of IPv6 with a name or a v4-mapped address from one of IPv4.
    row["family"] = family if build.prints_tcp6 else one_of(None, family)
    cut: set[str] = set()
    doubt: set[str] = set()
    for side, end in (("local", sock.local), ("remote", sock.remote)):
        fields, certain, possible = expected_endpoint(side, end, sock, command, build)
        row |= fields
        cut |= certain
        doubt |= possible
    row |= expected_state(sock, capture) | expected_queues(sock, build)
    if command.has_option("e") and not build.is_busybox:
        row |= expected_owner(sock)
    if command.has_option("o"):
        row |= expected_timer(sock, build)
    if prints_programs(command):
        fields, certain = expected_program_columns(sock, command, build, row)
        row |= fields
        cut |= certain
        doubt |= {"program", "security_context"}
    return row | {"truncated": between_sets(cut, doubt)}


def expected_owner(sock: InetSocket) -> Row:
    """User and inode. Every capture with -e and Internet sockets has -n; a uid above 2**31 prints as a signed int."""
    signed = (sock.uid ^ 2**31) - 2**31
    return {"uid": one_of(sock.uid, signed), "user": one_of(None, str(sock.uid), str(signed)), "inode": sock.inode}


def expected_program_columns(sock: InetSocket, command: Command, build: Build, row: Row) -> tuple[Row, set[str]]:
    """Program and security context; and what a newline in the program's name leaves of the columns after it."""
    found = find_visible_owner(sock.inode, command)
    fields, cut = expected_program(found, build, width=None if build.is_toybox else MAX_PROGRAM_BYTES)
    if command.has_option("Z"):
        fields["security_context"] = expected_security_context(found)
    if found and "\n" in found.argv0 and not build.is_git_head:
        known = row | fields
        fields |= {name: one_of(known[name], None) for name in COLUMNS_AFTER_PROGRAM}
    return fields, cut


def expected_state(sock: InetSocket, capture: Capture) -> Row:
    """The state; udp prints that it is connected or nothing, raw a bare number."""
    name = TCP_STATES[sock.state]
    if sock.protocol == "raw":
        # busybox prints there whatever number it formatted last: the port.
        text = Condition("a number", lambda value: value is not None and value.isdigit())
        return {"state": one_of(None, name), "state_text": text if capture.build.is_busybox else str(sock.state)}
    if sock.protocol.startswith("udp") and sock.state != 1:
        return {"state": None, "state_text": None}
    return {"state": name, "state_text": TCP_WORDS[sock.state] if capture.locale == "C" else Condition("a word", bool)}


def expected_queues(sock: InetSocket, build: Build) -> Row:
    listening = sock.protocol == "tcp" and TCP_STATES[sock.state] == "listen"
    received = 0 if listening and build.is_160 else sock.recv_q  # 1.60 hides how many wait to be accepted
    if build.is_toybox and sock.send_q >= 10**6:
        # Its columns "%6d%7d" run together. What is not read is null; a number must be the right one.
        return {"recv_q": one_of(received, None), "send_q": one_of(sock.send_q, None)}
    return {"recv_q": received, "send_q": sock.send_q}


def expected_timer(sock: InetSocket, build: Build) -> Row:
    """The timer, which has run on a little; one that went off meanwhile has begun again, with one more try."""
    name = TIMERS[sock.timer]
    if name == "off":
        return {
            "timer": "off",
            "timer_seconds": 0.0,
            "timer_probes": sock.probes,
            "timer_retransmits": sock.retransmits,
        }
    words: object = name
    if name == "probe" and build.is_160 and "RHEL 6" not in build.name:
        # The word came later; they print ``unkn-4`` or a translation of it.
        words = Condition("probe, or unknown-4", lambda value: value in {"probe", None} or value.endswith("-4"))
    seconds = within_seconds(sock.timer_seconds, CLOCK_SLACK_SECONDS)

    def runs_on(record: object) -> bool:
        shown = (record.timer_seconds, record.timer_retransmits)  # type: ignore[attr-defined]
        again = sock.timer_seconds < CLOCK_SLACK_SECONDS and shown[1] in {sock.retransmits, sock.retransmits + 1}
        return again or (seconds.holds(shown[0]) and shown[1] == sock.retransmits)

    clock = Condition(f"timer_seconds {seconds}, timer_retransmits {sock.retransmits}", runs_on)
    checked_together = {"timer_seconds": ANY_VALUE, "timer_retransmits": ANY_VALUE}
    return checked_together | {"timer": words, "timer_probes": sock.probes, WHOLE_RECORD: clock}


def prints_programs(command: Command) -> bool:
    return command.has_option("p") or command.has_option("Z")


def find_visible_owner(inode: int, command: Command) -> Program | None:
    """Who owns a socket, as far as the one who asks may know: root all, another only what is his own."""
    found = kernel.find_owner(inode)
    return found if found and command.uid in {0, found.uid} else None


def expected_security_context(found: Program | None) -> str | None:
    """Return the context that the simulated SELinux gives odd and even processes; netstat prints the last 48 bytes."""
    if not found:
        return None
    odd, even = "system_u:system_r:sshd_t", "unconfined_u:unconfined_r:unconfined_t"
    return f"{odd if found.pid % 2 else even}:s0-s0:c0.c1023"[-48:]


def expected_program(found: Program | None, build: Build, width: int | None) -> tuple[Row, set[str]]:
    """Process id and program, cut to the width of the column; and whether the cut shows."""
    if not found:
        return {"pid": None, "program": None}, set()
    name = found.argv0.encode()
    if build.is_160 or build.is_busybox or build.is_toybox or name.startswith(b"/"):
        name = name.rpartition(b"/")[2]
    if build.is_git_head:
        name = bytes(byte if 0x20 <= byte < 0x7F else ord(".") for byte in name)
    whole = b"%d/%s" % (found.pid, name)
    shown = whole[:width].partition(b"/")[2]
    row: Row = {"pid": found.pid, "program": expected_program_text(shown)}
    # Blanks at the cut cannot be distinguished from the column's padding, nor can the end of a name broken by a newline.
    plain = shown == shown.rstrip() and b"\n" not in shown
    return row, {"program"} if plain and len(shown) < len(name) else set()


def expected_program_text(shown: bytes) -> Condition:
    text = shown.decode("utf-8", "surrogateescape").rstrip()
    first, newline, _ = text.partition("\n")
    # A newline in the name broke the row: its first line is what can be held to.
    answers = {text, first} if newline else {text}
    return Condition(repr(text), lambda value: (value or "").rstrip() in answers)


def expected_unix_sockets(capture: Capture, command: Command, *, exact: bool) -> list[Row]:
    """The rows of the UNIX table."""
    if "unix" not in command.families and (selected_protocols(command) or command.has_option("S")):
        return []
    found = []
    for sock in kernel.read_unix_lines(capture.truth):
        if sock is None and capture.build.is_toybox:
            break  # it stops at a line which it cannot read
        if sock and is_unix_listed(sock, command):
            found.append(expected_unix_socket(sock, command, capture, exact=exact))
    return found


def is_unix_listed(sock: UnixSocket, command: Command) -> bool:
    return command.has_option("a") or (sock.is_listening and sock.state == 1) == command.has_option("l")


def expected_unix_socket(sock: UnixSocket, command: Command, capture: Capture, *, exact: bool) -> Row:
    build = capture.build
    row: Row = {
        "protocol": "unix",
        "ref_count": sock.ref_count,
        "flags": ["accept"] if sock.is_listening else [],
        "type": UNIX_TYPES[sock.type],
        "state": expected_unix_state(sock),
        "inode": sock.inode,
        "path": expected_path(sock.path, build, exact=exact),
    }
    row |= {"pid": None, "program": None, "security_context": None}
    if not prints_programs(command):
        return row | {"truncated": []}
    found = find_visible_owner(sock.inode, command)
    fields, cut = expected_program(found, build, MAX_PROGRAM_BYTES)
    if command.has_option("Z"):
        fields["security_context"] = expected_security_context(found)
    return row | fields | {"truncated": between_sets(cut, {"program", "security_context"})}


def expected_unix_state(sock: UnixSocket) -> object:
    name = UNIX_STATES[sock.state]
    if name != "unconnected":
        return name
    return "listening" if sock.is_listening else one_of(None, name)  # prints as nothing


def expected_path(whole: bytes, build: Build, *, exact: bool) -> object:
    """net-tools shows a path up to its first white space, the others all of it."""
    if build.is_busybox:
        shown = re.sub(rb"[\x00-\x1f]", lambda found: b"^%c" % (found[0][0] + 64), whole)
    elif build.is_toybox:
        shown = whole
    else:
        shown = (whole.split() or [b""])[0]
    if not shown:
        return None
    if shown != shown.rstrip():  # blanks at the end of a line may have been taken off
        return one_of(shown.decode(), shown.decode().rstrip())
    return decoded_text(shown, exact=exact)
