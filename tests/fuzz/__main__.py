"""Damage samples for some seconds and write the texts that break an invariant to ``found``."""

import argparse
import sys
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from fuzz.invariants import check
from fuzz.minimize import minimize
from fuzz.mutations import mutate
from support.samples import SAMPLES

FOUND = Path(__file__).parent / "found"

SLOWEST_INPUTS = 5
"""Number of inputs in the report."""


def find_broken_invariant(data: bytes) -> str | None:
    """Return the error of the invariant that the text breaks, or `None`."""
    try:
        check(data, Random(0))
    except Exception as error:  # noqa: BLE001 - an unexpected exception is a failure too
        return f"{type(error).__name__}: {error}"[:200]
    return None


def main() -> int:
    """Fuzz until the time is over; return 1 if an invariant was broken."""
    parser = argparse.ArgumentParser(prog="python tests/fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    end, seed, found, times = time.monotonic() + options.seconds, options.seed, 0, list[tuple[float, int, str]]()
    while time.monotonic() < end:
        seed += 1
        chance = Random(seed)
        sample = chance.choice(SAMPLES)
        data = mutate(sample.read_bytes(), chance)
        start = time.process_time()
        broken = find_broken_invariant(data)
        times.append(((time.process_time() - start) * 1e6 / max(len(data), 1), len(data), sample.name))
        if broken:
            found += 1
            FOUND.mkdir(exist_ok=True)
            small = minimize(data, lambda text: find_broken_invariant(text) is not None)
            (FOUND / f"{seed}.bin").write_bytes(small)
            sys.stdout.write(f"{seed} {sample.name}: {broken}\n")
    sys.stdout.write(f"{len(times)} texts, {found} break an invariant; the slowest, each parsed in ten ways:\n")
    for cost, size, name in sorted(times, reverse=True)[:SLOWEST_INPUTS]:
        sys.stdout.write(f"  {cost:.1f} microseconds a byte, {size} bytes, of {name}\n")
    return bool(found)


sys.exit(main())
