"""Suffixes are stripped where the text of netstat cannot end so."""

import pytest

from netstat_parse.reading.anchors import Anchor
from netstat_parse.reading.recognizer import TableRecognizer
from netstat_parse.reading.suffixes import MAX_GAP_LINES, LearntSuffixes, strip_closing, strip_sure

ROW = "tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN      1/sshd"


@pytest.mark.parametrize(
    ("text", "prefix", "stripped"),
    [
        ('tcp LISTEN",', '"', "tcp LISTEN"),
        ("tcp LISTEN')", "print('", "tcp LISTEN"),
        ("TCP 756==", "==", "TCP 756"),
        ("TCP 756  |", "|", "TCP 756"),
        ("udp 0.0.0.0:*", "*", "udp 0.0.0.0:*"),
        ("tcp LISTEN", '"', "tcp LISTEN"),
        ('tcp LISTEN"', "#", 'tcp LISTEN"'),
    ],
)
def test_a_mark_closes_one_in_the_prefix(text: str, prefix: str, stripped: str) -> None:
    assert strip_closing(text, prefix) == stripped


@pytest.mark.parametrize("suffix", ["$", "\\", "\\\\", ' "', '",', ";", " |", "  # the agent", "  // why?"])
@pytest.mark.parametrize("end", ["LISTEN", "0.0.0.0:*", "off (0.00/0/0)", "LISTENING       4"])
def test_a_suffix_is_stripped_behind_a_cell_that_cannot_hold_it(end: str, suffix: str) -> None:
    assert strip_sure(f"tcp {end}{suffix}") == f"tcp {end}"


@pytest.mark.parametrize("text", [f"{ROW};", f'{ROW}"', "unix  2      [ ]  DGRAM   12  @a$", "tcp 1/sshd # x"])
def test_a_cell_that_may_hold_it_stays(text: str) -> None:
    assert strip_sure(text) == text


def test_a_suffix_of_headings_is_stripped_from_rows_below_until_it_is_gone() -> None:
    found = LearntSuffixes(TableRecognizer())
    headings = Anchor(0, "headings")
    assert found.strip("Proto Recv-Q State$", "", headings, 1) == "Proto Recv-Q State"
    assert found.strip(f"{ROW}$", "", Anchor(0, "row"), 2) == ROW
    assert found.forget_before(MAX_GAP_LINES) == MAX_GAP_LINES + 3
    found.forget_before(MAX_GAP_LINES + 3)
    assert found.strip(f"{ROW}$", "", Anchor(0, "row"), MAX_GAP_LINES + 3) == f"{ROW}$"
