"""Small dumps for rules about records, and what such a rule finds in them."""

from netstat_parse import parse
from netstat_parse.insight.check.baseline import Baseline
from netstat_parse.insight.check.cases import CannotJudgeError, Case, View
from netstat_parse.insight.check.record_rules import RECORD_RULES
from netstat_parse.insight.check.rules import load_rules
from netstat_parse.insight.compare.compare import compare
from netstat_parse.insight.moments import split_moments
from netstat_parse.records.severities import SEVERITIES
from netstat_parse.schema.dump import Dump

LINUX_HEADING = (
    "Active Internet connections ({scope})\n"
    "Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name     Timer\n"
)

NO_TIMER = "off (0.00/0/0)"


def socket_row(  # noqa: PLR0913 - the columns of a row
    local: str,
    remote: str = "0.0.0.0:*",
    state: str = "LISTEN",
    *,
    queues: tuple[int, int] = (0, 0),
    program: str = "-",
    timer: str = NO_TIMER,
    protocol: str = "tcp",
) -> str:
    """Make a row of `netstat -anpo` on Linux."""
    start = f"{protocol:<5} {queues[0]:>6} {queues[1]:>6} {local:<23} {remote:<23} {state:<11}"
    return f"{start} {program:<20} {timer}\n"


def many(count: int, remote: str = "192.0.2.9:443", state: str = "ESTABLISHED", program: str = "-") -> str:
    """Make rows of connections from different local ports; `{}` in the remote end is replaced by their number."""
    return "".join(socket_row(f"10.0.0.1:{33000 + n}", remote.format(n), state, program=program) for n in range(count))


def linux(*rows: str, scope: str = "servers and established") -> Dump:
    """Parse rows of sockets."""
    return parse(LINUX_HEADING.format(scope=scope) + "".join(rows), name="dump.txt")


def windows(*rows: tuple[str, str, str, str]) -> Dump:
    """Parse rows of `netstat -ano` on Windows."""
    lines = [f"  {a:<6} {b:<22} {c:<22} {d:<15} 1712\r\n" for a, b, c, d in rows]
    heading = "  Proto  Local Address          Foreign Address        State           PID\r\n"
    return parse("\r\nActive Connections\r\n\r\n" + heading + "".join(lines), name="dump.txt")


def find_cases(
    rule: str,
    dump: Dump | str,
    before: Dump | str | None = None,
    *,
    seconds: float | None = None,
    baseline: Baseline | None = None,
) -> list[Case]:
    """Return what a rule finds in a dump, or in one and its earlier moment."""
    later = split_moments(parse(dump) if isinstance(dump, str) else dump)[-1]
    earlier = parse(before) if isinstance(before, str) else before
    comparison = compare(earlier, later, seconds=seconds) if earlier is not None else None
    return list(RECORD_RULES[rule](View(later, comparison, baseline), load_rules()[rule].limits))


def find_severity(rule: str, dump: Dump | str, before: Dump | str | None = None, **more: float) -> str | None:
    """Return the highest severity that a rule finds; None if it finds nothing."""
    cases = find_cases(rule, dump, before, seconds=more.get("seconds"))
    return max((case.severity for case in cases), key=SEVERITIES.index, default=None)


def find_obstacle(rule: str, dump: Dump | str, before: Dump | str | None = None, **more: float) -> str | None:
    """Return why a rule cannot be judged; None if it can."""
    try:
        find_cases(rule, dump, before, seconds=more.get("seconds"))
    except CannotJudgeError as error:
        return str(error)
    return None
