"""Damage samples for as long as there is time, and keep what breaks a promise; see the package's docstring."""

import argparse
import sys
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from fuzz.invariants import check
from fuzz.mutations import SAMPLES, mutated
from fuzz.shrink import shrunk

FOUND = Path(__file__).parent / "found"

SLOWEST = 5
"""Inputs that are named at the end."""


def breaks(data: bytes) -> str | None:
    """Which promise the text breaks."""
    try:
        check(data, Random(0))
    except Exception as error:  # noqa: BLE001 - any of them is what is looked for
        return f"{type(error).__name__}: {error}"[:200]
    return None


def main() -> int:
    """Run until the time is over; 1 where anything was found."""
    options = argparse.ArgumentParser(prog="python tests/fuzz", description=__doc__)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=0)
    given = options.parse_args()
    end, seed, found, times = time.monotonic() + given.seconds, given.seed, 0, list[tuple[float, int, str]]()
    while time.monotonic() < end:
        seed += 1
        chance = Random(seed)
        sample = chance.choice(SAMPLES)
        data = mutated(sample.read_bytes(), chance)
        begun = time.process_time()
        broken = breaks(data)
        times.append(((time.process_time() - begun) * 1e6 / max(len(data), 1), len(data), sample.name))
        if broken:
            found += 1
            FOUND.mkdir(exist_ok=True)
            small = shrunk(data, lambda text: breaks(text) is not None)
            (FOUND / f"{seed}.bin").write_bytes(small)
            sys.stdout.write(f"{seed} {sample.name}: {broken}\n")
    sys.stdout.write(f"{len(times)} texts, {found} break a promise; the slowest, each read in four ways:\n")
    for cost, size, name in sorted(times, reverse=True)[:SLOWEST]:
        sys.stdout.write(f"  {cost:.1f} microseconds a byte, {size} bytes, of {name}\n")
    return bool(found)


sys.exit(main())
