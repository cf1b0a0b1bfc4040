"""Netstat, asked again and again."""

import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from math import ceil, isfinite
from time import monotonic, sleep

from netstat_parse.live.questions import identify, own_interval
from netstat_parse.live.session import Plan, Session


def seconds(text: float | str) -> float:
    """The time that is meant.

    Raises:
        ValueError: it is no number, or not above 0.
    """
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not (isfinite(number) and number > 0):
        raise ValueError(f"must be a number of seconds above 0, not {text}")
    return number


def rounds(plan: Plan, interval: float, count: int | None = None, *, numbered_on: bool = False) -> Iterator[Session]:
    """The rounds, each when it is due; those that are due while another one goes on are left out.

    Where they are `numbered_on`, all of them are one input, with its snapshots and lines.
    """
    asking = Session(plan)
    due = monotonic()
    made = 0
    while count is None or made < count:
        if made:
            due += interval * max(1, ceil((monotonic() - due) / interval))
            sleep(max(0, due - monotonic()))
            place = {"first_snapshot": asking.next_snapshot, "first_line": asking.next_line} if numbered_on else {}
            asking = Session(replace(plan, remarks=()), **place)
        with closing(asking):
            yield asking
        made += 1


def repeated(plan: Plan, interval: float, count: int | None = None) -> Plan | None:
    """A plan by which netstat itself repeats what it prints; none where it cannot, or has to be run more than once."""
    if len(plan.commands) != 1:
        return None
    options = own_interval(plan.tool or identify(plan.netstat), plan.commands[0], interval)
    if options is None:
        return None
    limits = replace(plan.limits, seconds=plan.limits.seconds + interval, are_renewed=True)
    # A row goes on at once only where its encoding is no question. In the C locale it is that of names.
    encoding = plan.encoding or (None if sys.platform == "win32" else "utf-8")
    return replace(plan, commands=[options], limits=limits, encoding=encoding, snapshots=count)
