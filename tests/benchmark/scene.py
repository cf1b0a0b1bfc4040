"""Measured scenes: each is a table of cases that run in turn in one process."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

Task = Callable[[], object]


@dataclass(frozen=True)
class Sizes:
    """Numbers of rows, files and turns of a measurement."""

    rows: int
    """Rows of the dumps that are compared with jc."""
    command_rows: int
    """Rows of the dumps that the formats and commands read."""
    noise_lines: int
    files: int
    """Number of files for ``-j``."""
    file_rows: int
    stream_rows: int
    """Rows of the longest dump."""
    log_lines: int
    """Lines of noise in the longest log."""
    turns: int
    """Runs of each case; the median is printed."""


SIZES: Mapping[str, Sizes] = {
    "full": Sizes(100_000, 10_000, 46_000, 1000, 1000, 1_000_000, 500_000, turns=7),
    "quick": Sizes(1000, 500, 2000, 10, 100, 2000, 2000, turns=1),
}


class Ratio(NamedTuple):
    """The time of a case compared with that of another one, its base; per unit if they have different numbers."""

    heading: str
    base: str
    """The name of the other case."""
    is_speed: bool = False
    """True if the ratio tells how many times faster the case is than its base, else how many times slower."""


@dataclass(frozen=True)
class Case:
    """A task that is measured."""

    name: str
    task: Task
    units: int = 1
    """Number of rows or lines that the task reads."""
    ratios: Sequence[Ratio] = ()
    is_ours: bool = True
    """False for a task of other programs, which is measured only as a base."""
    is_process: bool = False
    """True if the task runs a program: then its memory is measured."""


@dataclass(frozen=True)
class Scene:
    """Cases that are compared with each other: one table."""

    title: str
    unit: str
    """Of the times: a key of `UNIT_SECONDS`."""
    prepare: Callable[[Path], Sequence[Case]]
    """Writes the inputs into a folder, and returns the cases that read them."""
    describe: Callable[[], str] | None = None
    """Returns a sentence to print below the table."""
    has_memory: bool = True
    """False where it takes more memory to make the input than to read it: that would be measured, of children too."""
    turns_factor: int = 1
    """Multiplies `Sizes.turns`, for tasks that are so short that the median of a few runs varies."""


UNIT_SECONDS = {"µs a row": 1e-6, "µs a line": 1e-6, "ms": 1e-3, "s": 1.0}


def run_command_line(*arguments: str, worst: int = 0) -> None:
    """Run a command in this process; `worst` is the highest exit status that is no failure.

    Raises:
        SystemExit: it failed.
    """
    from netstat_parse.cli.command import main

    status = main(["-o", os.devnull, *arguments])
    if status > worst:
        raise SystemExit(f"{arguments}: exit status {status}")
