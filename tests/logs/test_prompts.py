"""Command lines in a log: the snapshot has their command."""

import pytest

from netstat_parse import parse

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
