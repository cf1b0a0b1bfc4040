"""Lines of a dump that the parser doubts."""

import pytest

from netstat_parse import parse
from netstat_parse.insight.facts.doubts import find_lost_counters

HEADING = """\
Kernel Interface table
Iface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg
"""
ROW = "{:<15} 1500 {:>8}      0      0 0             0      0      0      0 {}\n"


@pytest.mark.parametrize(
    ("rows", "lost"),
    [
        ([("eth0", 0, "BMRU"), ("lo", 0, "LRU"), ("eth1", 0, "BMU")], {3, 4, 5}),
        ([("eth0", 8, "BMRU"), ("lo", 0, "LRU"), ("eth1", 0, "BMU")], set()),
        ([("eth0", 8, "BMRU"), ("longifname12345", 0, "BMRU"), ("eth1", 0, "BMRU")], {4}),
    ],
)
def test_interfaces_have_lost_their_counters_alone_or_all_together(
    rows: list[tuple[str, int, str]], lost: set[int]
) -> None:
    assert find_lost_counters(parse(HEADING + "".join(ROW.format(*row) for row in rows))) == lost
