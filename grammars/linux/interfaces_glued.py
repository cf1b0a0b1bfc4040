"""Columns of ``netstat -i`` that net-tools 1.60 prints without a blank between.

RX-OK and TX-OK have eight digits and no blank before them, so a number of eight digits is glued to the one on its left::

    Iface   MTU Met   RX-OK RX-ERR RX-DRP RX-OVR   TX-OK TX-ERR TX-DRP TX-OVR Flg
    lo    65536   099999999      1      2      3100000000     21     22     23 LRU

The metric, in a column of three, and RX-OVR, in one of six, then end where their column ends. A longer RX-OVR could end
anywhere: both numbers are kept as one text.
"""

from netstat_parse.tokens import BLANK, glued, token


def numbers_and_flags(count: int) -> str:
    """Return a pattern for this many numbers and the flags behind them."""
    return rf"(?:{BLANK}+\d+){{{count}}}{BLANK}+[^\s\d]"


def padded_number(width: int, max_digits: int) -> str:
    """Return a pattern for a blank, a column of this width, and a number that ends where the column ends."""
    return "|".join(rf" {{{width + 1 - digits}}}\d{{{digits}}}" for digits in range(1, max_digits + 1))


FULL_COUNTER = rf"(?=[1-9]\d{{7,19}}{BLANK})"
"""The next number fills its column of eight, so that no blank is before it."""

SEVEN_COUNTERS_FOLLOW = f"(?={numbers_and_flags(7)})"
THREE_COUNTERS_FOLLOW = f"(?={numbers_and_flags(3)})"

metric_in_column = glued(token(rf"(?:{padded_number(3, 2)})(?:{FULL_COUNTER}|{SEVEN_COUNTERS_FOLLOW})", int))

PADDED_OVERRUNS = rf"(?:{padded_number(6, 5)}){FULL_COUNTER}"
SIX_DIGIT_OVERRUNS = rf" \d{{6}}(?=[1-9]\d{{7}}{numbers_and_flags(3)})"

glued_overruns = glued(token(f"{PADDED_OVERRUNS}|{SIX_DIGIT_OVERRUNS}", int))
"""RX-OVR, with TX-OK directly behind it."""

run_together = token(rf"\d{{15,40}}{THREE_COUNTERS_FOLLOW}")
"""RX-OVR and TX-OK, if RX-OVR is too long to end where its column ends."""

behind_run_together = glued(token(rf"(?<=\d{{15}}){THREE_COUNTERS_FOLLOW}"))
"""No text, in place of TX-OK."""
