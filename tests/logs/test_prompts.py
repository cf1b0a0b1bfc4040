"""Command lines in a log: the snapshot has their command."""

import pytest

from netstat_parse import parse
from netstat_parse.logs.prompts import CommandLine, parse_command_line

ROW = "tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN     \n"


@pytest.mark.parametrize(
    ("line", "command"),
    [
        (r"C:\Users\x>netstat -ano", "netstat -ano"),
        (r"PS C:\> netstat -ano | findstr 22", "netstat -ano | findstr 22"),
        ("root@h:~# netstat -tulpn", "netstat -tulpn"),
        ("[user@host ~]$ sudo netstat -rn", "sudo netstat -rn"),
        ("$ netstat", "netstat"),
        ("/ # busybox netstat -rn", "busybox netstat -rn"),
        ("~ $ netstat -an", "netstat -an"),
        ("bash-5.1$ /bin/netstat -s", "/bin/netstat -s"),
        ("router:~ # netstat -tpna | grep proxy", "netstat -tpna | grep proxy"),
        ("└─$ netstat -an", "netstat -an"),
        ("(venv) me@h ~ % cd /tmp; netstat -an", "cd /tmp; netstat -an"),
        ("===== netstat -s =====", "netstat -s"),
        ("### netstat -rn", "netstat -rn"),
        ("--- web3: netstat -tln ---", "netstat -tln"),
        ("+ netstat -an", "netstat -an"),
        ("Command: netstat -an", "netstat -an"),
        ("netstat -ano", "netstat -ano"),
        ("C:\\>route print", "route print"),
        ("# netstat -an", "netstat -an"),
        ("h1#netstat -an", "netstat -an"),
        ("router> netstat -an", "netstat -an"),
        ("user@h ~> netstat -an", "netstat -an"),
        ("~/dir> netstat -an", "netstat -an"),
        ("% netstat -an", "netstat -an"),
        ("2024-05-06 07:08:09 root@h:~# netstat -an", "netstat -an"),
        ("[web]: PS C:\\Users\\x> netstat -ano", "netstat -ano"),
        ("*Evil-WinRM* PS C:\\Users\\x> netstat -ano", "netstat -ano"),
        ("➜  ~ netstat -tln", "netstat -tln"),
        ("➜  web git:(main) ✗ sudo netstat -rn", "sudo netstat -rn"),
        ("➜ netstat -rn", "netstat -rn"),
        ("Every 2.0s: netstat -tln             h1: Tue Jan 12 23:01:35 2021", "netstat -tln"),
        ("Alle 2,0s: netstat -tln | head       h1: Di 12. Jan 23:01:35 2021", "netstat -tln | head"),
    ],
)
def test_a_command_line_is_recognized_by_its_prompt_or_ruler(line: str, command: str) -> None:
    assert parse(f"{line}\n{ROW}").snapshots[0].command == command


@pytest.mark.parametrize(
    "line",
    [
        r"C:\>ipconfig /all",
        "$ ip route",
        "root@h:~# man netstat",
        "$ grep netstat log.txt",
        "# which netstat",
        "==> a.txt <==",
    ],
)
def test_another_command_ends_the_snapshot(line: str) -> None:
    dump = parse(f"$ netstat -tl\n{ROW}{line}\n{ROW}")
    assert [snapshot.command for snapshot in dump.snapshots] == ["netstat -tl", None]


@pytest.mark.parametrize(
    "row",
    [
        "tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN      99/bash# netstat",
        "tcp 0 0 192.0.2.7:22 0.0.0.0:* LISTEN 99/bash$ netstat",
        "tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN      99/h> netstat -an",
        "unix  2      [ ]         DGRAM                    15390    99/sh                /tmp/a# netstat",
        "unix 2 [ ] DGRAM 15390 /tmp/a% netstat",
        "  TCP    192.0.2.7:22           h# netstat:0            LISTENING",
    ],
)
def test_a_prompt_within_a_row_is_no_command_line(row: str) -> None:
    assert parse_command_line(row) is None


@pytest.mark.parametrize(
    "line",
    [
        "# Proto Recv-Q Send-Q Local Address           Foreign Address         State",
        "# Active Internet connections (only servers)",
        "# tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN",
        "# default         192.0.2.1       0.0.0.0         UG    0      0        0 eth0",
        "# Kernel IP routing table",
        "# the routes of web1",
        "Use netstat -an | more to see them",
        "`netstat -an` shows all sockets",
        "netstat: no support for `AF IPX' on this system.",
        " [netstat.exe]",
        "tcp 0 0 192.0.2.7:22 192.0.2.8:33 ESTABLISHED 123/netstat",
    ],
)
def test_comments_sentences_and_names_are_no_command_lines(line: str) -> None:
    assert parse_command_line(line) is None


@pytest.mark.parametrize("heading", ["#### netstat", "- netstat", "* netstat", "1. netstat", "**netstat**"])
def test_a_heading_that_names_the_program_has_no_command(heading: str) -> None:
    assert parse_command_line(heading) == CommandLine(None)


@pytest.mark.parametrize("line", ["web1 | CHANGED | rc=0 >>", "web1 | FAILED | rc=1 >>", "# ls -la", "$ ls"])
def test_the_output_of_another_host_or_command_ends_the_snapshot(line: str) -> None:
    assert len(parse(f"{ROW}{line}\n{ROW}").snapshots) == 2


def test_a_title_behind_the_command_counts() -> None:
    headings = "\n  Proto  Local Address          Foreign Address        State\n"
    row = "  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING\n"
    dump = parse("C:\\>netstat -an             Active Connections            \n" + headings + row)
    assert (dump.snapshots[0].command, dump.lines.headings, dump.lines.foreign) == ("netstat -an", 2, 0)
    assert dump.snapshots[0].first_line == 1


@pytest.mark.parametrize("line", ["##### netstat -rn #####\n", "netstat -rn \r\n", "web1 | OK | rc=0 >>\n"])
def test_a_line_break_changes_nothing(line: str) -> None:
    assert parse_command_line(line) == parse_command_line(line.strip()) is not None
