"""Measure how the time for each kind of awkward text grows with its size."""

import argparse
import sys
import time
import tracemalloc
from math import log
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from fuzz import awkward, awkward_noise
from netstat_parse import NetstatParseError, stream
from netstat_parse.decode.text import Source

KINDS: dict[str, awkward.Kind] = {
    **awkward.DAMAGED_ROWS,
    **awkward.UNDECODABLE,
    **awkward.STATISTIC_LINES,
    **awkward.RECORD_LINES,
    **awkward_noise.PREFIXES,
    **awkward_noise.LOG_LINES,
    **awkward_noise.ESCAPES,
    **awkward_noise.LONG_LINES,
}

MAX_MICROSECONDS_A_BYTE = 20

MAX_EXPONENT = 1.25
"""Exponent of the growth from which on a text is reported: 1 is linear, 2 is quadratic."""

NEGLIGIBLE_MICROSECONDS_A_BYTE = 3
"""Time of a text whose growth is not reported: its measurement is not accurate."""

FACTOR = 4
"""Ratio of the sizes of the two texts that are compared."""

MEMORY_FACTOR = 10


def read_all(source: Source) -> None:
    """Read a source and drop its records."""
    try:
        for _ in stream(source):
            pass
    except NetstatParseError:
        pass


def measure_time(data: bytes, *, by_lines: bool = False) -> float:
    """Return the processor time in microseconds a byte."""
    begin = time.process_time()
    read_all(iter(data.splitlines(keepends=True)) if by_lines else data)
    return (time.process_time() - begin) * 1e6 / len(data)


def measure_memory(kind: awkward.Kind, size: int) -> int:
    """Return the peak of memory in bytes while the text is read in chunks, without the text itself."""
    data = kind(size)
    tracemalloc.start()
    try:
        read_all(data[at : at + 65536] for at in range(0, len(data), 65536))
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def main() -> int:
    """Measure the kinds; return 1 if one is too slow or grows too fast."""
    parser = argparse.ArgumentParser(prog="python tests/fuzz/growth.py", description=__doc__)
    parser.add_argument("words", nargs="*", help="measure only kinds whose names have one of these texts")
    parser.add_argument("--size", type=int, default=65536, help="bytes of the smaller text")
    parser.add_argument("--lines", action="store_true", help="read line by line, as from a pipe")
    parser.add_argument("--memory", action="store_true", help="measure memory for ten times the size, too")
    parser.add_argument("--all", action="store_true", help="print all kinds, not only those that fail")
    options = parser.parse_args()
    read_all(awkward.ROW.encode())
    failed = 0
    for name, kind in KINDS.items():
        if options.words and not any(word in name for word in options.words):
            continue
        small, large = (
            measure_time(kind(size), by_lines=options.lines) for size in (options.size, options.size * FACTOR)
        )
        exponent = 1 + log(max(large, 1e-9) / max(small, 1e-9), FACTOR)
        is_slow = large > MAX_MICROSECONDS_A_BYTE or (
            exponent > MAX_EXPONENT and large > NEGLIGIBLE_MICROSECONDS_A_BYTE
        )
        memory = ""
        if options.memory:
            peaks = [measure_memory(kind, size) / 2**20 for size in (options.size, options.size * MEMORY_FACTOR)]
            memory = f" {peaks[0]:6.1f} {peaks[1]:6.1f} MiB"
        failed += is_slow
        if is_slow or options.all:
            sys.stdout.write(f"{small:8.2f} {large:8.2f} µs/byte, exponent {exponent:.2f}{memory}  {name}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{failed} kinds fail\n")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
