"""The kind of a line, without its neighbours and the grammars."""

from pathlib import Path

import pytest

from netstat_parse.logs.line_kinds import LineKind, classify
from netstat_parse.logs.messages import is_usage_line
from netstat_parse.logs.prompts import find_command
from netstat_parse.logs.rulers import is_banner, is_frame, is_ruler

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("", LineKind.BLANK),
        (" \t", LineKind.BLANK),
        ("root@h:~# netstat -tulpn", LineKind.COMMAND),
        ("netstat -an", LineKind.COMMAND),
        ("==> a.txt <==", LineKind.COMMAND),
        ("---------- a.txt", LineKind.COMMAND),
        ("=" * 75, LineKind.FRAME),
        ("=" * 20, LineKind.RULER),
        ("  snip> of 3 lines", LineKind.RULER),
        ("--- uptime ---", LineKind.BANNER),
        ("        -r, --route              display routing table", LineKind.USAGE),
        ("    <AF>=Use '-6|-4' or '-A <af>'", LineKind.USAGE),
        ("Active Internet connections (w/o servers)", LineKind.TEXT),
        ("  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1712", LineKind.TEXT),
        ("netstat: no support for `AF IPX' on this system.", LineKind.TEXT),
    ],
)
def test_the_kind_of_a_line(line: str, kind: LineKind) -> None:
    assert classify(line) is kind


def by_all_patterns(line: str) -> LineKind:
    """Return the kind by all patterns, without the fast tests."""
    tests = [
        (LineKind.BLANK, not line.strip()),
        (LineKind.COMMAND, find_command(line)),
        (LineKind.FRAME, is_frame(line)),
        (LineKind.RULER, is_ruler(line)),
        (LineKind.BANNER, is_banner(line)),
        (LineKind.USAGE, is_usage_line(line)),
    ]
    return next((kind for kind, is_kind in tests if is_kind), LineKind.TEXT)


def test_fast_tests_and_full_patterns_agree() -> None:
    texts = (path.read_bytes().decode("utf-8", "replace") for path in ROOT.glob("samples/*/*.txt"))
    lines = {line for text in texts for line in text.splitlines()}
    lines |= {line[:cut] for line in lines for cut in (5, 20)}
    assert [line for line in lines if classify(line) is not by_all_patterns(line)] == []
