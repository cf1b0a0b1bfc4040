"""Run the commands of a plan again and again, at an interval."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from math import ceil
from time import monotonic, sleep

from netstat_parse.live.plan import Plan
from netstat_parse.live.queries import identify, native_interval_options
from netstat_parse.live.session import Session, ask


def ask_repeatedly(
    plan: Plan,
    interval_seconds: float,
    count: int | None = None,
    *,
    continue_numbers: bool = False,
    pause: Callable[[float], object] = sleep,
) -> Iterator[Session]:
    """Yield a session each time that the interval has passed; skip those that became due during another one.

    Args:
        plan: the commands of each session.
        interval_seconds: time from the start of one session to the start of the next.
        count: number of sessions; None for no end.
        continue_numbers: number snapshots and lines through all sessions instead of starting again with each.
        pause: waits for a number of seconds.
    """
    session = ask(plan)
    due = monotonic()
    done = 0
    while count is None or done < count:
        if done:
            due += interval_seconds * max(1, ceil((monotonic() - due) / interval_seconds))
            pause(max(0, due - monotonic()))
            first_numbers = (
                {"first_snapshot": session.next_snapshot, "first_line": session.next_line} if continue_numbers else {}
            )
            session = ask(replace(plan, notices=(), seconds_spent=0.0), **first_numbers)
        with session:
            yield session
        done += 1


def use_native_interval(plan: Plan, interval_seconds: float, count: int | None = None) -> Plan | None:
    """Change a plan so that netstat itself repeats its output.

    Returns None if the plan has several commands, or if this netstat does not support the interval.
    """
    if len(plan.commands) != 1:
        return None
    options = native_interval_options(plan.tool or identify(plan.netstat), plan.commands[0], interval_seconds)
    if options is None:
        return None
    limits = replace(plan.limits, timeout_seconds=plan.limits.timeout_seconds + interval_seconds, per_chunk=True)
    # Rows are passed on at once only if the encoding need not be detected. In the C locale all but names is ASCII.
    encoding = plan.encoding or (None if sys.platform == "win32" else "utf-8")
    return replace(plan, commands=[options], limits=limits, encoding=encoding, max_snapshots=count)
