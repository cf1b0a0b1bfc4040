"""Decide how the counters of one block moved: they grew, were reset, or wrapped.

A single counter that fell does not show why. The other counters of its block do: one block of the protocol statistics,
or one interface, is reset as a whole (a restart, a new network namespace, a reloaded driver).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from netstat_parse.schema.comparison import MIN_RATE_SECONDS, CounterOutcome

BITS_32, BITS_64 = 32, 64

MAX_PACKETS_PER_SECOND = 150_000_000
"""Rate of the smallest frames at 100 Gbit/s: a wrap that needs a higher one is none."""


class Reading(NamedTuple):
    """A counter at both moments."""

    before: int | None
    """Value as printed; None if it was not printed because it is 0."""
    after: int | None
    counts_octets: bool = False


class Movement(NamedTuple):
    """The way in which a counter moved."""

    change: CounterOutcome
    difference: int | None


class Width(NamedTuple):
    """Number of bits of the counters of a system."""

    bits: tuple[int, ...]
    """Possible widths, the smallest first."""

    def unsign(self, value: int | None) -> int:
        """Return the value of a counter that is printed as a signed number, and 0 for one that is not printed."""
        return value + (1 << self.bits[0]) if value is not None and value < 0 else value or 0


def find_width(system: str, values: Iterable[int | None]) -> Width:
    """Find the width of the counters by their values at both moments.

    Windows has 32 bits in netstat -s and -e (MIB_IPSTATS, MIB_TCPSTATS, MIB_IFROW). Linux has 64, or 32 on 32-bit
    kernels; net-tools 1.60 prints 32 bits, some as signed numbers. Any value beyond 32 bits proves 64.
    """
    known = [value for value in values if value is not None]
    if known and max(known) >= 1 << BITS_32:
        return Width((BITS_64,))
    if system == "windows" or (known and min(known) < 0):
        return Width((BITS_32,))
    return Width((BITS_32, BITS_64))


class Block(NamedTuple):
    """The counters of a block that is printed at both moments, with unsigned values."""

    values: Sequence[tuple[int, int]]
    half: int
    """Half the range of the narrowest width: a lower value cannot have wrapped."""

    @property
    def fallen(self) -> list[int]:
        """Values before of the counters that fell."""
        return [before for before, after in self.values if after < before]

    @property
    def is_mostly_fallen(self) -> bool:
        """True if more counters fell than grew or stayed, of those that were not 0."""
        return 2 * len(self.fallen) > sum(before > 0 for before, _ in self.values)

    @property
    def is_reset(self) -> bool:
        """True if the block was reset: two counters fell that cannot have wrapped, or one, and most others fell."""
        certain = sum(before < self.half for before in self.fallen)
        return certain > 1 or (certain == 1 and len(self.fallen) > 1 and self.is_mostly_fallen)


Blocks = Mapping[object, Sequence[Reading]]


def judge_blocks(blocks: Blocks, width: Width, seconds: float | None) -> dict[object, list[Movement]]:
    """Judge how each counter of blocks moved that belong together, such as all protocol statistics of a host.

    If one block was reset, another one of which most counters fell was reset too: a host has started again.
    """
    known = {name: make_block(readings, width) for name, readings in blocks.items()}
    any_reset = any(block.is_reset for block in known.values())
    movements: dict[object, list[Movement]] = {}
    for name, readings in blocks.items():
        block = known[name]
        is_reset = block.is_reset or (any_reset and bool(block.fallen) and block.is_mostly_fallen)
        may_wrap = not is_reset and min(block.fallen, default=0) >= block.half
        movements[name] = [
            _judge(reading, values, width if may_wrap else None, seconds, is_reset=is_reset)
            for reading, values in zip(readings, block.values, strict=True)
        ]
    return movements


def make_block(readings: Sequence[Reading], width: Width) -> Block:
    """Make the block of its readings."""
    values = [(width.unsign(reading.before), width.unsign(reading.after)) for reading in readings]
    return Block(values, 1 << (width.bits[0] - 1))


def _judge(
    reading: Reading, values: tuple[int, int], width: Width | None, seconds: float | None, *, is_reset: bool
) -> Movement:
    before, after = values
    if is_reset:
        return Movement("reset" if before or after else "unchanged", after)
    if after < before:
        wrapped = _find_wrap(reading, values, width, seconds) if width else None
        return Movement("unclear", None) if wrapped is None else Movement("wrapped", wrapped)
    if after == before:
        return Movement("unchanged", 0)
    return Movement("appeared" if reading.before is None else "increased", after - before)


def _find_wrap(reading: Reading, values: tuple[int, int], width: Width, seconds: float | None) -> int | None:
    """Return how much a counter that fell has grown if it passed the end of its range once; None if it cannot have.

    More than half of the range is none: it may have passed the end more than once.
    """
    before, after = values
    bits = next((bits for bits in width.bits if before < 1 << bits), BITS_64)
    difference = after + (1 << bits) - before
    if before < 1 << (bits - 1) or difference >= 1 << (bits - 1):
        return None
    is_too_fast = seconds is not None and difference > max(seconds, MIN_RATE_SECONDS) * MAX_PACKETS_PER_SECOND
    return None if is_too_fast and not reading.counts_octets else difference


def rate_of(movement: Movement, seconds: float | None) -> float | None:
    """Return the difference in one second; None after a reset, for an unclear one, and for less than a second."""
    if movement.difference is None or movement.change == "reset" or seconds is None or seconds < MIN_RATE_SECONDS:
        return None
    return movement.difference / seconds
