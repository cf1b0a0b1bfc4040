"""A snapshot says whether its tables have listening sockets, by the title in any language or by the command."""

import pytest

from netstat_parse import parse
from netstat_parse.reading.listener_scope import find_by_command, find_by_title

ROW = "tcp        0      0 10.0.0.1:22             10.0.0.2:4000           ESTABLISHED\n"
HEADINGS = "Proto Recv-Q Send-Q Local Address           Foreign Address         State\n"
WINDOWS = """
Active Connections

  Proto  Local Address          Foreign Address        State
  TCP    10.0.0.1:49700         10.0.0.2:443           ESTABLISHED
"""
STATISTICS = "Tcp:\n    5 active connection openings\n"


@pytest.mark.parametrize(
    ("title", "listeners"),
    [
        ("Active Internet connections (w/o servers)", "excluded"),
        ("Active Internet connections (only servers)", "only"),
        ("Active Internet connections (servers and established)", "included"),
        ("Active UNIX domain sockets  ( w/o  servers ):", "excluded"),
        ("Aktive Internetverbindungen (ohne Server)", "excluded"),
        ("Aktivní Internetová spojení (pouze servery)", "only"),
        ("Aktiivsed internetiühendused (ilma serveriteta)", "excluded"),
        ("Sockets du domaine UNIX actives(serveurs et établies)", "included"),
        ("稼働中のインターネット接続 (w/oサーバ)", "excluded"),
        ("Conexões Internet Ativas (sem os servidores)", None),
        ("Active Internet connections", None),
        ("Active Internet connections (", None),
    ],
)
def test_the_parentheses_behind_a_title_decide(title: str, listeners: str | None) -> None:
    assert find_by_title("linux", title) == listeners


@pytest.mark.parametrize(
    ("system", "command", "listeners"),
    [
        ("linux", "netstat -tn", "excluded"),
        ("linux", "sudo netstat -tlnp", "only"),
        ("linux", "date; /bin/netstat -tulpn", "only"),
        ("linux", "netstat --listening -n", "only"),
        ("linux", "netstat -n --all", "included"),
        ("linux", "netstat -la", "included"),
        ("linux", "netstat -an | grep ESTABLISHED", None),
        ("linux", "netstat -n | grep ESTABLISHED", "excluded"),
        ("windows", "netstat -ano", "included"),
        ("windows", "NETSTAT.EXE /AN", "included"),
        ("windows", "netstat -nq", "included"),
        ("windows", "netstat -n -p tcp", "excluded"),
        ("windows", "netstat", "excluded"),
        ("linux", "route -n", None),
        ("linux", None, None),
    ],
)
def test_the_options_of_the_command_decide(system: str, command: str | None, listeners: str | None) -> None:
    assert find_by_command(system, command) == listeners


@pytest.mark.parametrize(
    ("text", "listeners"),
    [
        (f"Active Internet connections (w/o servers)\n{HEADINGS}{ROW}", ["excluded"]),
        (f"Active Internet connections (w/o servers)\n{HEADINGS}", ["excluded"]),
        (f"$ netstat -ant\n{ROW}", ["included"]),
        (f"C:\\> netstat -n\n{WINDOWS}", ["excluded"]),
        (f"$ netstat -s\n{STATISTICS}", [None]),
        (ROW, [None]),
        (
            f"Active Internet connections (only servers)\n{HEADINGS}Active Internet connections (w/o servers)\n{HEADINGS}",
            ["only", "excluded"],
        ),
        (f"Active Internet connections (only servers)\n{HEADINGS}{STATISTICS}", ["only"]),
    ],
)
def test_a_snapshot_has_the_word_of_its_tables(text: str, listeners: list[str | None]) -> None:
    assert [snapshot.listeners for snapshot in parse(text).snapshots] == listeners
