"""Internet and UNIX sockets of Linux."""

import re
from functools import cache
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import netstat_parse as np
from netstat_parse import Connection, UnixSocket
from netstat_parse.systems import catalog

TITLE = "Active Internet connections (servers and established)\n"
BASE = "Proto Recv-Q Send-Q Local Address           Foreign Address         State      "


def socket(row: str, header: str = BASE) -> Connection:
    (connection,) = np.parse(f"{TITLE}{header}\n{row}\n").connections
    return connection


def unix_socket(
    row: str, header: str = "Proto RefCnt Flags       Type       State         I-Node   Path"
) -> UnixSocket:
    (found,) = np.parse(f"Active UNIX domain sockets (w/o servers)\n{header}\n{row}\n").unix_sockets
    return found


def test_a_listener_is_the_same_on_every_system() -> None:
    unlike = {"snapshot", "line", "state_text", "recv_q", "send_q", "pid", "program"}
    windows = np.parse("  TCP    0.0.0.0:135            0.0.0.0:0              ABHÖREN         1712\r\n").connections[0]
    linux = np.parse("tcp        0      0 0.0.0.0:135             0.0.0.0:*               LISTEN     \n").connections[0]
    assert windows.model_dump(exclude=unlike) == linux.model_dump(exclude=unlike)


@pytest.mark.parametrize("peer", ["0.0.0.0:*", ":::*", "[::]:*", "*:*"])
def test_a_socket_without_a_peer_has_no_remote_fields(peer: str) -> None:
    connection = socket(f"udp        0      0 0.0.0.0:68              {peer:23}            ")
    assert (connection.remote_address, connection.remote_port, connection.remote_host) == (None, None, None)


@pytest.mark.parametrize(
    ("printed", "address", "port"),
    [
        (":::22", "::", 22),
        ("::1:631", "::1", 631),
        ("fe80::1:8080", "fe80::1", 8080),
        ("2001:DB8:0:0:0:0:0:1:443", "2001:db8::1", 443),
        ("::ffff:192.0.2.1:80", "::ffff:192.0.2.1", 80),
        ("192.0.2.7:65535", "192.0.2.7", 65535),
    ],
)
def test_an_endpoint_splits_at_its_last_colon(printed: str, address: str, port: int) -> None:
    connection = socket(f"tcp6       0      0 {printed:23} :::*                    LISTEN     ")
    assert (connection.local_address, connection.local_port) == (address, port)


def test_an_address_that_fills_its_column_may_be_cut() -> None:
    connection = socket("tcp6       0      0 2001:db8:1111:222:40002 2001:db8::2:443         ESTABLISHED")
    assert connection.truncated == ["local_address"]
    assert connection.local_address == "2001:db8:1111:222"


def test_a_service_that_fills_its_half_may_be_cut() -> None:
    connection = socket("tcp        0      0 here:averylongservicena peer:ssh                ESTABLISHED")
    assert connection.truncated == ["local_host", "local_service"]


def test_no_break_spaces_separate_columns_as_blanks_do() -> None:
    row = "tcp        0      0 192.0.2.1:40001         192.0.2.2:443           ESTABLISHED 1000       305258     1/a b c             "
    header = f"{BASE}  User       Inode      PID/Program name    "
    assert socket(row.replace(" ", "\u00a0"), header).inode == socket(row, header).inode == 305258


def test_wide_output_is_not_cut() -> None:
    connection = socket(
        "tcp6       0      0 2001:db8:1111:2222:3333:4444:5555:6666:40002 2001:db8::2:443         ESTABLISHED"
    )
    assert connection.truncated == []
    assert connection.local_address == "2001:db8:1111:2222:3333:4444:5555:6666"


PROGRAM = BASE + " PID/Program name    "


@pytest.mark.parametrize(
    ("cell", "pid", "program"),
    [
        ("-", None, None),
        ("277/", 277, None),
        ("276/LISTEN", 276, "LISTEN"),
        ("285/1234/5678", 285, "1234/5678"),
        ("271/nginx: master p", 271, "nginx: master p"),
        ("284/[kworker/0:1]", 284, "[kworker/0:1]"),
        ("283/(sd-pam)", 283, "(sd-pam)"),
        ("282/C:\\Program File", 282, "C:\\Program File"),
        ("275/tcp        0", 275, "tcp        0"),
        ("278/né-日本", 278, "né-日本"),
    ],
)
def test_a_program_name_may_contain_any_character(cell: str, pid: int | None, program: str | None) -> None:
    row = f"tcp        0      0 127.0.0.2:1001          0.0.0.0:*               LISTEN      {cell:20}"
    connection = socket(row, PROGRAM)
    assert (connection.pid, connection.program) == (pid, program)
    timed = socket(f"{row} off (0.00/0/0)", PROGRAM + "Timer")
    assert (timed.pid, timed.program, timed.timer) == (pid, program, "off")


def test_a_program_that_fills_its_column_may_be_cut() -> None:
    row = "tcp        0      0 127.0.0.2:1001          0.0.0.0:*               LISTEN      271/nginx: master p "
    assert socket(row, PROGRAM).truncated == ["program"]


def test_a_program_with_a_newline_is_one_record_of_two_lines() -> None:
    row = "tcp        0      0 127.0.0.2:1005          0.0.0.0:*               LISTEN      279/a\nb c            "
    dump = np.parse(f"{TITLE}{PROGRAM}\n{row}\n")
    assert dump.connections[0].program == "a\nb c"
    assert dump.lines.model_dump() == {
        "total": 4,
        "records": 2,
        "headings": 2,
        "blank": 0,
        "foreign": 0,
        "unparsed": 0,
    }


def test_a_user_name_may_contain_a_blank_beside_an_empty_state() -> None:
    header = BASE + " User       Inode     "
    connection = socket(
        "udp        0      0 0.0.0.0:68              0.0.0.0:*                           sp ace     305390    ", header
    )
    assert (connection.user, connection.uid, connection.inode, connection.state) == ("sp ace", None, 305390, None)


def test_a_number_in_the_user_column_is_a_uid() -> None:
    header = BASE + " User       Inode     "
    connection = socket(
        "tcp        0      0 127.0.0.2:1012          0.0.0.0:*               LISTEN      -2         305319    ", header
    )
    assert (connection.user, connection.uid) == (None, -2)


def test_a_timer_has_a_word_and_three_numbers_with_the_decimal_point_of_the_locale() -> None:
    connection = socket(
        "tcp        1      1 127.0.0.1:9107          127.0.0.1:45168         LAST_ACK    ein (0,39/2/1)",
        BASE + " Timer",
    )
    assert (connection.timer, connection.timer_seconds) == ("on", 0.39)
    assert (connection.timer_retransmits, connection.timer_probes) == (2, 1)


def test_the_state_of_a_raw_socket_is_a_number() -> None:
    connection = socket("raw        0      0 0.0.0.0:icmp            0.0.0.0:*               7          ")
    assert (connection.state, connection.state_text, connection.local_service) == (None, "7", "icmp")


def test_a_further_sctp_address_belongs_to_the_socket_above() -> None:
    rows = (
        "sctp      64    120 10.0.0.1:36412          10.0.0.2:36413          ESTABLISHED\n"
        "                    10.0.1.1                10.0.1.2                           \n"
        "                                            10.0.2.2                            1001       55512     "
    )
    connection = socket(rows, BASE + " User       Inode     ")
    assert connection.more_local_addresses == ["10.0.1.1"]
    assert connection.more_remote_addresses == ["10.0.1.2", "10.0.2.2"]
    assert (connection.uid, connection.inode) == (1001, 55512)


@pytest.mark.parametrize("header", [BASE + " ", BASE + " PID/Program name   "], ids=["busybox", "1.60"])
@pytest.mark.parametrize(
    ("host", "family"), [("192.0.2.1", "ipv4"), ("::ffff:192.0.2.1", "ipv6"), ("2001:db8::1", "ipv6"), ("here", None)]
)
def test_in_old_builds_only_an_address_decides_the_family(header: str, host: str, family: str | None) -> None:
    owner = "-" if "PID" in header else ""
    row = f"tcp        0      0 {f'{host}:22':23} peer:40000              ESTABLISHED {owner}"
    assert socket(row, header).family == family


def test_since_2002_tcp_is_ipv4() -> None:
    row = "tcp        0      0 here:22                 peer:40000              ESTABLISHED"
    assert socket(row, BASE + " PID/Program name    ").family == "ipv4"
    assert socket(row.replace("tcp ", "tcp6"), BASE + " PID/Program name    ").family == "ipv6"


def test_an_unknown_state_is_kept_and_reported() -> None:
    dump = np.parse("tcp        0      0 192.0.2.1:22            192.0.2.9:40000         ZUSTAND    \n")
    assert (dump.connections[0].state, dump.connections[0].state_text) == (None, "ZUSTAND")
    assert [diagnostic.code for diagnostic in dump.diagnostics] == ["unknown-state"]


def test_a_unix_socket_has_a_path_or_a_state_or_neither() -> None:
    bare = unix_socket("unix  2      [ ]         DGRAM                    306264   ")
    named = unix_socket("unix  2      [ ACC ]     STREAM     LISTENING     306263   @/tmp/.X11-unix/X0")
    assert (bare.state, bare.path, bare.flags, bare.type) == (None, None, [], "dgram")
    assert (named.state, named.path, named.flags) == ("listening", "@/tmp/.X11-unix/X0", ["accept"])


def test_the_program_of_a_unix_socket_ends_before_its_path() -> None:
    header = "Proto RefCnt Flags       Type       State         I-Node   PID/Program name     Path"
    found = unix_socket(
        "unix  2      [ ACC ]     STREAM     LISTENING     306263   268/sshd: /usr/sbin  /run/x.sock", header
    )
    assert (found.pid, found.program, found.path) == (268, "sshd: /usr/sbin", "/run/x.sock")


def test_busybox_prints_a_path_with_blanks() -> None:
    header = "Proto RefCnt Flags       Type       State         I-Node Path"
    found = unix_socket("unix  2      [ ACC ]     STREAM     LISTENING     306267 /mnt/s/with space.sock", header)
    assert found.path == "/mnt/s/with space.sock"


WITH_ALL = (
    "Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      "
    "PID/Program name     Timer"
)
LISTENER = "tcp        0      0 127.0.0.1:631           0.0.0.0:*               LISTEN      "


@pytest.mark.parametrize(
    ("name", "program", "behind"),
    [
        ("1721/cupsd           tcp6       0      0 ::1:631    :::*    LISTEN   9/a", "cupsd", "tcp6"),
        ("9360/Passenger Ruby  off (0.00/0/0) x", "Passenger Ruby", "off (0.00/0/0)"),
        ("3973/perl <- it is the modbus server", "perl", "<- it is"),
    ],
)
def test_a_program_ends_where_its_column_ends(name: str, program: str, behind: str) -> None:
    dump = np.parse(TITLE + BASE + f"\n{LISTENER}{name}\n")
    assert dump.connections[0].program == program
    assert [found.code for found in dump.diagnostics] == ["text-behind-row"]
    assert behind in dump.diagnostics[0].message


@pytest.mark.parametrize("name", ["sshd: root@pts/", "C:\\Program File", "tcp        0   ", "ruby 4", "<- x", ""])
def test_a_program_name_in_its_column_may_hold_anything(name: str) -> None:
    row = f"{LISTENER}0          305258     {f'275/{name}':20} off (0.00/0/0)"
    connection = socket(row, WITH_ALL)
    assert (connection.program, connection.timer) == (name.strip() or None, "off")


NAME_TEXTS = st.sampled_from(
    ["a", "1/", "nginx:", "b: c", " ", "  ", "\t", "\xa0", ":", "(", "off (0.00/0/0)", "u:u_r:t", "é", "    ", "\n"]
)


@cache
def name_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of program names: of those that are last in their line, and of all."""
    catalog.systems()  # makes our grammars importable
    sockets = import_module(f"{catalog.NAME}.linux.sockets")
    return re.compile(sockets.LAST_PROGRAM_NAME), re.compile(sockets.PROGRAM_NAME)


@settings(max_examples=1000, derandomize=True)
@given(st.from_regex(r"\d{1,8}/", fullmatch=True), st.lists(NAME_TEXTS, max_size=7).map("".join))
def test_the_last_program_name_of_a_line_is_that_of_the_general_pattern(pid: str, name: str) -> None:
    before, behind = f"tcp {pid}", f"{name}  \n"
    last, general = (pattern.match(before + behind, len(before)) for pattern in name_patterns())
    assert last is None or (general is not None and last.span() == general.span())


@pytest.mark.parametrize("name", ["sshd", "nginx: worker", "a  b c", ""])
def test_the_pattern_of_last_program_names_matches_usual_ones(name: str) -> None:
    found = name_patterns()[0].match(f" 12345/{name} \n", len(" 12345/"))
    assert found is not None
    assert found[0] == name


@pytest.mark.parametrize("name", ["a off (0.00/0/0)", "a u:u_r:t", "fifteen letters"])
def test_the_pattern_of_last_program_names_leaves_others_to_the_general_one(name: str) -> None:
    assert name_patterns()[0].match(f" 12345/{name} \n", len(" 12345/")) is None


def test_toybox_prints_names_of_any_length() -> None:
    name = "268/sshd -D [listener] 0 of 10-100 startups"
    assert socket(LISTENER + name, BASE + " PID/Program Name").program == name.partition("/")[2]


def test_a_user_does_not_swallow_the_inode_of_a_row_without_program() -> None:
    connection = socket(f"{LISTENER}996        19422      1279                 off (0.00/0/0)", WITH_ALL)
    assert (connection.uid, connection.inode, connection.pid, connection.program) == (996, 19422, 1279, None)


@pytest.mark.parametrize("user", ["sp ace", "averylongusername", "DOMAIN\\user", "user@example.com", "svc$", "ADMIN"])
def test_a_user_may_be_any_name(user: str) -> None:
    row = f"udp        0      0 127.0.0.1:631           0.0.0.0:*                           {user:10} 305258     -"
    assert socket(row, WITH_ALL.removesuffix("     Timer")).user == user


@pytest.mark.parametrize("state", ["ESTABLISHED", "VERBUNDEN", "NASLOUCHÁ"])
def test_a_state_is_no_user_in_a_row_that_is_cut_before_its_inode(state: str) -> None:
    row = f"tcp        0      0 10.0.0.1:53             10.0.0.2:4000           {state:11} 1000"
    dump = np.parse(TITLE + BASE + f" User       Inode\n{row}\n")
    assert not dump.connections
    assert dump.lines.unparsed == 1


@pytest.mark.parametrize(
    ("service", "port"),
    [("80</td>", [80]), ("ssh[/code]", [None]), ("80,", []), ('80"', [])],
)
def test_markup_is_no_part_of_a_service(service: str, port: list[int | None]) -> None:
    row = f"tcp        0      0 127.0.0.1:631           192.0.2.7:{service}               LISTEN"
    found = np.parse(f"{TITLE}{BASE}\n{LISTENER}\n{row}\n").connections[1:]
    assert [connection.remote_port for connection in found] == port
    assert [connection.remote_service for connection in found] in ([], [None], ["ssh"])


@pytest.mark.parametrize("host", ["10.0.*.*", "xxx.xxx.xxx.xxx", "***.***.***.12", "<public-ip>", "[redacted]", "##.1"])
def test_a_host_may_be_anonymized(host: str) -> None:
    assert socket(f"tcp        0      0 {host}:631 0.0.0.0:*               LISTEN      ").local_host == host


@pytest.mark.parametrize(
    ("queues", "expected"),
    [("                ", (None, None)), ("       1        ", (1, None)), ("              1 ", (None, 1))],
)
def test_an_empty_queue_of_sctp_is_identified_by_its_column(
    queues: str, expected: tuple[int | None, int | None]
) -> None:
    row = f"sctp{queues}host-a.example:65438    host-b.example:20537    ESTABLISHED"
    connection = socket(row)
    assert (connection.recv_q, connection.send_q) == expected


@pytest.mark.parametrize(
    ("process", "program", "path"),
    [
        ("1/systemd /run/cups.sock", "systemd", "/run/cups.sock"),
        ("1721/cupsd /var/run/cups/cups.sock", "cupsd", "/var/run/cups/cups.sock"),
        ("1/systemd            /run/cups.sock", "systemd", "/run/cups.sock"),
        ("1/systemd       /run/cups.sock", "systemd", "/run/cups.sock"),
        ("268/sshd: /usr/sbin  /run/x", "sshd: /usr/sbin", "/run/x"),
        ("268/sshd: /usr/sbin", "sshd: /usr/sbin", None),
        ("302/systemd --user   @x y", "systemd --user", "@x y"),
        ("302/systemd --user", "systemd --user", None),
        ("1/a @x", "a", "@x"),
    ],
)
def test_a_unix_program_ends_at_its_column_or_before_a_path(process: str, program: str, path: str | None) -> None:
    header = "Proto RefCnt Flags       Type       State         I-Node   PID/Program name     Path"
    found = unix_socket(f"unix  2      [ ACC ]     STREAM     LISTENING     27251    {process}", header)
    assert (found.program, found.path) == (program, path)


def test_two_unix_rows_on_one_line_are_reported() -> None:
    row = "unix  2      [ ACC ]     STREAM     LISTENING     27251    /run/a"
    dump = np.parse(f"{row}\n{row} {row}\n{row}\n")
    assert (len(dump.unix_sockets), dump.lines.unparsed) == (2, 1)


@pytest.mark.parametrize(("width", "family"), [(11, "ipv4"), (12, None)])
def test_an_empty_state_has_the_width_of_its_build(width: int, family: str | None) -> None:
    row = f"udp        0      0 {'*:34660':23} {'*:*':23} {'':{width}}"
    assert socket(row).family == family


@pytest.mark.parametrize("cut", ["LISTEN      0", "ESTABLISHED 1000"])
def test_a_row_without_its_last_columns_is_cut_short(cut: str) -> None:
    row = f"tcp        0      0 10.0.0.1:53             10.0.0.2:4000           {cut}"
    dump = np.parse(f"{TITLE}{BASE} User       Inode      PID/Program name\n{row}\n")
    assert [found.code for found in dump.diagnostics] == ["truncated-row"]


@pytest.mark.parametrize("blank", ["\x0b", "\x0c", "\x1c", "\x1f", "\x85", "\xa0", "\u2003", "\u2028", "\u3000"])
def test_white_space_that_netstat_does_not_print_is_part_of_a_name(blank: str) -> None:
    row = f"{LISTENER}0          305258     {f'666/ev{blank}il':20} off (0.00/0/0)"
    connection = socket(row, WITH_ALL)
    assert (connection.program, connection.timer) == (f"ev{blank}il", "off")


def test_a_row_with_a_destroyed_first_cell_is_reported_though_no_row_is_above() -> None:
    dump = np.parse(f"{TITLE}{BASE}\nx{LISTENER}\n")
    assert [(found.line, found.code) for found in dump.diagnostics] == [(3, "unparsed-line")]
