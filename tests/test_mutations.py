"""Damaged samples and any bytes are read or refused as a whole, and nothing of them is lost."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.invariants import check
from fuzz.mutations import mutate
from netstat_parse import parse
from support.samples import SAMPLES

# The same texts in every run: what fuzzing finds goes into fuzz/found, and surprises nobody who changes something else.

FOUND = sorted(Path(__file__).parent.glob("fuzz/found/*.bin"))
SMALL = [path for path in SAMPLES if path.stat().st_size < 6000]
ROWS = [
    path for path in SMALL if path.name.endswith((".an.txt", ".anp.txt", ".ano.utf-8.txt", ".tulpn.txt", ".ant.txt"))
]


@settings(max_examples=250, deadline=None, derandomize=True)
@given(st.sampled_from(SMALL), st.randoms(use_true_random=False))
def test_a_damaged_sample_is_read_or_refused_and_nothing_is_lost(sample: Path, chance: Random) -> None:
    check(mutate(sample.read_bytes(), chance), Random(0))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    check(data, Random(0))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.sampled_from(ROWS), st.randoms(use_true_random=False))
def test_rows_that_were_not_touched_come_out_unchanged(sample: Path, chance: Random) -> None:
    """Remove a row from the middle of a table: the others stay the same, one line higher."""
    lines = sample.read_bytes().splitlines(keepends=True)
    whole = parse(b"".join(lines)).connections
    inner = [record.line for record in whole[1:-1]]
    lost = chance.choice(inner)
    left = parse(b"".join(lines[: lost - 1] + lines[lost:])).connections
    expected = [record.model_dump(exclude={"line"}) for record in whole if record.line != lost]
    assert [record.model_dump(exclude={"line"}) for record in left] == expected


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
def test_a_text_that_fuzzing_found_is_read_right(path: Path) -> None:
    check(path.read_bytes(), Random(0))


@pytest.mark.parametrize("filling", [" ", "1 ", "a/", ":", "1/", "x ", "[", "9", "ab:", "\t", "> "])
@pytest.mark.parametrize(
    "row", ["tcp        0      0 1.2.3.4:5 6.7.8.9:1 ESTABLISHED ", "unix  2      [ ACC ]     STREAM     ", ""]
)
def test_a_line_as_long_as_may_be_is_read_at_once(row: str, filling: str) -> None:
    """It would take minutes if any of these were quadratic."""
    dump = parse(
        f"tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN\n{row}{filling * 20_000}\n"
    )
    assert dump.lines.total == 2
