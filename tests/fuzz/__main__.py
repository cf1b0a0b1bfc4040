"""Run fuzzers for some seconds each and write the inputs that fail to ``found``."""

import argparse
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from fuzz.fuzzers import FOUND, FUZZERS, Fuzzer
from fuzz.minimize import minimize

MAX_SECONDS = 30
"""Time after which a check has failed; no input takes a second."""

SLOWEST_INPUTS = 5
"""Number of inputs in the report."""


@contextmanager
def limit_time(seconds: int) -> Iterator[None]:
    """Raise TimeoutError in the block after a time, on POSIX."""
    if sys.platform == "win32":
        yield
        return

    def end(*_: object) -> None:
        raise TimeoutError(f"more than {seconds} seconds")

    signal.signal(signal.SIGALRM, end)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def find_failure(fuzzer: Fuzzer, data: bytes) -> str | None:
    """Return the error of the check that the input fails, or `None`."""
    try:
        with limit_time(MAX_SECONDS):
            fuzzer.check(data, Random(0))
    except Exception as error:  # noqa: BLE001 - an unexpected exception is a failure too
        return f"{type(error).__name__}: {error}"[:200]
    return None


def run(name: str, seconds: float, seed: int) -> int:
    """Run one fuzzer until the time is over; return the number of inputs that failed."""
    fuzzer, end, failures, times = FUZZERS[name], time.monotonic() + seconds, 0, list[tuple[float, int, int]]()
    while time.monotonic() < end:
        seed += 1
        data = fuzzer.make(Random(seed))
        start = time.process_time()
        failure = find_failure(fuzzer, data)
        times.append(((time.process_time() - start) * 1e6 / max(len(data), 1), len(data), seed))
        if failure:
            failures += 1
            small = minimize(data, lambda text: find_failure(fuzzer, text) is not None)
            (FOUND / name).mkdir(parents=True, exist_ok=True)
            (FOUND / name / f"{seed}.bin").write_bytes(small)
            sys.stdout.write(f"{name}, seed {seed}: {failure!a}\n")
    sys.stdout.write(f"{name}: {len(times)} inputs, {failures} failed; the slowest:\n")
    for cost, size, of_seed in sorted(times, reverse=True)[:SLOWEST_INPUTS]:
        sys.stdout.write(f"  {cost:.1f} microseconds a byte, {size} bytes, seed {of_seed}\n")
    return failures


def main() -> int:
    """Run the chosen fuzzers; return 1 if an input failed."""
    parser = argparse.ArgumentParser(prog="python tests/fuzz", description=__doc__)
    parser.add_argument("names", metavar="NAME", nargs="*", help=f"fuzzers (default: all): {', '.join(FUZZERS)}")
    parser.add_argument("--seconds", type=float, default=60, help="time for each fuzzer (default: 60)")
    parser.add_argument("--seed", type=int, default=0, help="number before that of the first input (default: 0)")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in FUZZERS]
    if unknown:
        parser.error(f"no fuzzer: {', '.join(unknown)}; there are: {', '.join(FUZZERS)}")
    return bool(sum(run(name, options.seconds, options.seed) for name in options.names or FUZZERS))


sys.exit(main())
