"""Damaged samples and arbitrary bytes are parsed or rejected, and each line is accounted for."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from fuzz.invariants import check
from fuzz.mutations import mutate
from netstat_parse import parse
from support.samples import SAMPLES

# Fixed seeds of Python's own generator, so that no unrelated change fails (what Hypothesis generates depends on the modules
# that are imported). Texts that break an invariant go into fuzz/found.

FOUND = sorted(Path(__file__).parent.glob("fuzz/found/mutations/*.bin"))
SMALL = [path for path in SAMPLES if path.stat().st_size < 6000]
ROWS = [
    path for path in SMALL if path.name.endswith((".an.txt", ".anp.txt", ".ano.utf-8.txt", ".tulpn.txt", ".ant.txt"))
]


@pytest.mark.parametrize("first", range(300, 550, 50))
def test_damaged_samples_are_parsed_or_rejected_and_each_line_is_counted(first: int) -> None:
    for number in range(first, first + 50):
        chance = Random(number)
        sample = chance.choice(SMALL)
        check(mutate(sample.read_bytes(), chance), Random(0))


def test_arbitrary_bytes_are_parsed_or_rejected() -> None:
    for number in range(100):
        chance = Random(number)
        check(chance.randbytes(chance.randrange(400)), Random(0))


@settings(max_examples=100, database=None)
@seed(1)
@given(st.sampled_from(ROWS), st.randoms(use_true_random=False))
def test_removing_a_row_changes_no_other_row(sample: Path, chance: Random) -> None:
    lines = sample.read_bytes().splitlines(keepends=True)
    whole = parse(b"".join(lines)).connections
    inner = [record.line for record in whole[1:-1]]
    removed = chance.choice(inner)
    remaining = parse(b"".join(lines[: removed - 1] + lines[removed:])).connections
    expected = [record.model_dump(exclude={"line"}) for record in whole if record.line != removed]
    assert [record.model_dump(exclude={"line"}) for record in remaining] == expected


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
def test_a_text_that_broke_an_invariant_breaks_none(path: Path) -> None:
    check(path.read_bytes(), Random(0))


@pytest.mark.parametrize("filling", [" ", "1 ", "a/", ":", "1/", "x ", "[", "9", "ab:", "\t", "> "])
@pytest.mark.parametrize(
    "row", ["tcp        0      0 1.2.3.4:5 6.7.8.9:1 ESTABLISHED ", "unix  2      [ ACC ]     STREAM     ", ""]
)
def test_a_line_of_maximum_length_takes_linear_time(row: str, filling: str) -> None:
    # Any pattern that needs quadratic time would take minutes.
    dump = parse(
        f"tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN\n{row}{filling * 20_000}\n"
    )
    assert dump.lines.total == 2
