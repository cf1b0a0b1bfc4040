"""Each fuzzer finds nothing in its first inputs, nor in the inputs that it has found before."""

from pathlib import Path
from random import Random

import pytest

from fuzz.fuzzers import FOUND, FUZZERS

COUNTS = {"archives": 150, "terminals": 40, "wrappings": 60}
"""The number of inputs; those of other fuzzers are checked in tests of their own."""

FINDINGS = [(path.parent.name, path) for path in sorted(FOUND.glob("*/*.bin")) if path.parent.name in COUNTS]


@pytest.mark.parametrize("name", COUNTS)
def test_a_fuzzer_finds_nothing(name: str) -> None:
    fuzzer = FUZZERS[name]
    for seed in range(COUNTS[name]):
        fuzzer.check(fuzzer.make(Random(seed)), Random(0))


@pytest.mark.parametrize(("name", "path"), FINDINGS, ids=lambda value: getattr(value, "stem", value))
def test_an_input_that_was_found_passes_its_check(name: str, path: Path) -> None:
    FUZZERS[name].check(path.read_bytes(), Random(0))
