"""Compare and check have one rule for which sockets are the same one."""

import pytest

from netstat_parse import check, compare, parse

HEADING = """\
Active Internet connections (servers and established)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name
"""


@pytest.mark.parametrize(
    ("program", "is_same"),
    [
        ("9/sshd", True),
        ("9/sshd: /usr/sbin", True),
        ("9//usr/sbin/sshd", True),
        ("1/systemd", True),
        ("-", True),
        ("9/nc", False),
        ("9/sshd2", False),
    ],
)
def test_compare_and_check_agree_on_a_listener(program: str, *, is_same: bool) -> None:
    row = f"{HEADING}tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      {{}}\n"
    comparison = compare(parse(row.format("7/sshd")), parse(row.format(program)))
    changes = sorted(change.change for change in comparison.connections)
    assert changes == ([] if is_same else ["added", "removed"])
    rules = [finding.rule for finding in check(comparison) if finding.rule == "listener-changed"]
    assert bool(rules) is not is_same
