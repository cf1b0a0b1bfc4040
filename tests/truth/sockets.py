"""The sockets that ``netstat`` lists, and the fields of each row."""

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
"""Fields of columns that are printed only with an option: null without it."""
COLUMNS_AFTER_PROGRAM = ["security_context", "timer", "timer_seconds", "timer_retransmits", "timer_probes"]
CLOCK_SLACK_SECONDS = 0.1
"""Maximum age of the kernel's table when netstat reads it; twice the maximum that was measured."""


def expected_connections(capture: Capture, command: Command) -> list[Row]:
    """Return the rows of the Internet table, in the order of the kernel's files."""
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
    """Return the protocols that the options select; -4 and -6 alone select all."""
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
    """Return whether the socket is listed with -a, -l or neither.

    A TCP socket is connected if it has a remote port, others if they have a remote address.
    """
    if command.has_option("a"):
        return True
    port = sock.remote[1]
    if build.is_toybox:  # toybox's test of bits lists most of the connected sockets with -l too
        return bool(port & 0x70) or (command.has_option("l") and not port and bool(sock.state & 0xA))
    connected = port != 0 if sock.protocol == "tcp" else sock.remote[0] not in UNSPECIFIED_ADDRESSES
    return connected != command.has_option("l")


def expected_connection(sock: InetSocket, command: Command, capture: Capture) -> Row:
    build = capture.build
    row: Row = NULL_OPTIONAL_FIELDS | {"protocol": sock.protocol}
    family = "ipv6" if sock.is_ipv6 else "ipv4"
    # If both are printed as tcp, an IPv6 socket with a name or a v4-mapped address looks like an IPv4 socket.
    row["family"] = family if build.prints_tcp6 else one_of(None, family)
    truncated: set[str] = set()
    doubtful: set[str] = set()
    for side, end in (("local", sock.local), ("remote", sock.remote)):
        fields, certain, possible = expected_endpoint(side, end, sock, command, build)
        row |= fields
        truncated |= certain
        doubtful |= possible
    row |= expected_state(sock, capture) | expected_queues(sock, build)
    if command.has_option("e") and not build.is_busybox:
        row |= expected_owner(sock)
    if command.has_option("o"):
        row |= expected_timer(sock, build)
    if prints_programs(command):
        fields, certain = expected_program_columns(sock, command, build, row)
        row |= fields
        truncated |= certain
        doubtful |= {"program", "security_context"}
    return row | {"truncated": between_sets(truncated, doubtful)}


def expected_owner(sock: InetSocket) -> Row:
    """Return user and inode. All captures with -e and Internet sockets have -n; a uid above 2**31 is printed as signed."""
    signed = (sock.uid ^ 2**31) - 2**31
    return {"uid": one_of(sock.uid, signed), "user": one_of(None, str(sock.uid), str(signed)), "inode": sock.inode}


def expected_program_columns(sock: InetSocket, command: Command, build: Build, row: Row) -> tuple[Row, set[str]]:
    """Return program and security context, and the columns that a newline in the program's name pushes to the next line."""
    found = find_visible_owner(sock.inode, command)
    fields, truncated = expected_program(found, build, width=None if build.is_toybox else MAX_PROGRAM_BYTES)
    if command.has_option("Z"):
        fields["security_context"] = expected_security_context(found)
    if found and "\n" in found.argv0 and not build.is_git_head:
        known = row | fields
        fields |= {name: one_of(known[name], None) for name in COLUMNS_AFTER_PROGRAM}
    return fields, truncated


def expected_state(sock: InetSocket, capture: Capture) -> Row:
    """Return the state; udp sockets have one only if connected, and raw sockets have a number."""
    name = TCP_STATES[sock.state]
    if sock.protocol == "raw":
        # busybox prints the number that it formatted last: the port.
        text = Condition("a number", lambda value: value is not None and value.isdigit())
        return {"state": one_of(None, name), "state_text": text if capture.build.is_busybox else str(sock.state)}
    if sock.protocol.startswith("udp") and sock.state != 1:
        return {"state": None, "state_text": None}
    return {"state": name, "state_text": TCP_WORDS[sock.state] if capture.locale == "C" else Condition("a word", bool)}


def expected_queues(sock: InetSocket, build: Build) -> Row:
    listening = sock.protocol == "tcp" and TCP_STATES[sock.state] == "listen"
    received = 0 if listening and build.is_160 else sock.recv_q  # 1.60 prints no backlog
    if build.is_toybox and sock.send_q >= 10**6:
        # Its columns "%6d%7d" run together: an unreadable number is null, any other must be right.
        return {"recv_q": one_of(received, None), "send_q": one_of(sock.send_q, None)}
    return {"recv_q": received, "send_q": sock.send_q}


def expected_timer(sock: InetSocket, build: Build) -> Row:
    """Accept a timer that ran a little longer; a timer that expired was restarted, with one more retransmit."""
    name = TIMERS[sock.timer]
    if name == "off":
        return {
            "timer": "off",
            "timer_seconds": 0.0,
            "timer_probes": sock.probes,
            "timer_retransmits": sock.retransmits,
        }
    word: object = name
    if name == "probe" and build.is_160 and "RHEL 6" not in build.name:
        # These builds do not know the word yet and print ``unkn-4`` or a translation of it.
        word = Condition("probe, or unknown-4", lambda value: value in {"probe", None} or value.endswith("-4"))
    seconds = within_seconds(sock.timer_seconds, CLOCK_SLACK_SECONDS)

    def is_timer(record: object) -> bool:
        actual_seconds, retransmits = record.timer_seconds, record.timer_retransmits  # type: ignore[attr-defined] # any record
        restarted = sock.timer_seconds < CLOCK_SLACK_SECONDS and retransmits in {sock.retransmits, sock.retransmits + 1}
        return restarted or (seconds.holds(actual_seconds) and retransmits == sock.retransmits)

    clock = Condition(f"timer_seconds {seconds}, timer_retransmits {sock.retransmits}", is_timer)
    checked_together = {"timer_seconds": ANY_VALUE, "timer_retransmits": ANY_VALUE}
    return checked_together | {"timer": word, "timer_probes": sock.probes, WHOLE_RECORD: clock}


def prints_programs(command: Command) -> bool:
    return command.has_option("p") or command.has_option("Z")


def find_visible_owner(inode: int, command: Command) -> Program | None:
    """Return the owner of a socket if the user of the command may read it: root reads all, others only their own."""
    found = kernel.find_owner(inode)
    return found if found and command.uid in {0, found.uid} else None


def expected_security_context(found: Program | None) -> str | None:
    """Return the context that the simulated SELinux gives odd and even processes; netstat prints the last 48 bytes."""
    if not found:
        return None
    odd, even = "system_u:system_r:sshd_t", "unconfined_u:unconfined_r:unconfined_t"
    return f"{odd if found.pid % 2 else even}:s0-s0:c0.c1023"[-48:]


def expected_program(found: Program | None, build: Build, width: int | None) -> tuple[Row, set[str]]:
    """Return process id and program, truncated to the width of the column; and the field if the truncation is visible."""
    if not found:
        return {"pid": None, "program": None}, set()
    name = found.argv0.encode()
    if build.is_160 or build.is_busybox or build.is_toybox or name.startswith(b"/"):
        name = name.rpartition(b"/")[2]
    if build.is_git_head:
        name = bytes(byte if 0x20 <= byte < 0x7F else ord(".") for byte in name)
    whole = b"%d/%s" % (found.pid, name)
    printed_name = whole[:width].partition(b"/")[2]
    row: Row = {"pid": found.pid, "program": expected_program_text(printed_name)}
    # Blanks at the end cannot be distinguished from the padding of the column; nor can the end of a name with a newline.
    is_visible = printed_name == printed_name.rstrip() and b"\n" not in printed_name
    return row, {"program"} if is_visible and len(printed_name) < len(name) else set()


def expected_program_text(printed_name: bytes) -> Condition:
    text = printed_name.decode("utf-8", "surrogateescape").rstrip()
    first, newline, _ = text.partition("\n")
    # A newline in the name breaks the row: only the first line is sure to be read.
    accepted = {text, first} if newline else {text}
    return Condition(repr(text), lambda value: (value or "").rstrip() in accepted)


def expected_unix_sockets(capture: Capture, command: Command, *, exact: bool) -> list[Row]:
    """Return the rows of the UNIX table."""
    if "unix" not in command.families and (selected_protocols(command) or command.has_option("S")):
        return []
    found = []
    for sock in kernel.read_unix_lines(capture.truth):
        if sock is None and capture.build.is_toybox:
            break  # toybox stops at a line that it cannot parse
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
    fields, truncated = expected_program(found, build, MAX_PROGRAM_BYTES)
    if command.has_option("Z"):
        fields["security_context"] = expected_security_context(found)
    return row | fields | {"truncated": between_sets(truncated, {"program", "security_context"})}


def expected_unix_state(sock: UnixSocket) -> object:
    name = UNIX_STATES[sock.state]
    if name != "unconnected":
        return name
    return "listening" if sock.is_listening else one_of(None, name)  # nothing is printed


def expected_path(whole: bytes, build: Build, *, exact: bool) -> object:
    """Accept the path; net-tools prints it up to the first white space, others print all of it."""
    if build.is_busybox:
        printed = re.sub(rb"[\x00-\x1f]", lambda found: b"^%c" % (found[0][0] + 64), whole)
    elif build.is_toybox:
        printed = whole
    else:
        printed = (whole.split() or [b""])[0]
    if not printed:
        return None
    if printed != printed.rstrip():  # blanks at the end of a line may be stripped
        return one_of(printed.decode(), printed.decode().rstrip())
    return decoded_text(printed, exact=exact)
