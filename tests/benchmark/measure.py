"""Measure one scene in a process of its own: ``python tests/benchmark/measure.py SIZES SCENE TASK``."""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from commands import make_command_scenes
from readers import make_reader_scenes
from scene import SIZES, UNIT_SECONDS, Case, Scene, Task

SLOW_SECONDS = 1.0
"""Tasks that take longer, such as jc, run only in every third turn."""

MEMORY_HEADING = "peak MiB"


def make_scenes(sizes_name: str) -> dict[str, Scene]:
    """Make all scenes, by title."""
    sizes = SIZES[sizes_name]
    return {scene.title: scene for scene in (*make_reader_scenes(sizes), *make_command_scenes(sizes))}


def time_seconds(task: Task) -> float:
    """Return the duration of a task in seconds."""
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def run_in_turn(cases: Sequence[Case], turns: int) -> dict[str, list[float]]:
    """Run the cases in turn, several times; return the seconds of a unit by case, one for each turn.

    The first run of each is not counted: it also imports and compiles. Where a slow case leaves out a turn, its last
    time is repeated.
    """
    times: dict[str, list[float]] = {case.name: [] for case in cases}
    for case in cases:
        case.task()
    for turn in range(turns):
        for case in cases:
            own = times[case.name]
            is_left_out = turn % 3 and own[-1] * case.units > SLOW_SECONDS
            own.append(own[-1] if is_left_out else time_seconds(case.task) / case.units)
    return times


def compare_times(case: Case, times: dict[str, list[float]]) -> dict[str, float]:
    """Return the median of each ratio of a case, over the turns."""
    ratios = {}
    for heading, base, is_speed in case.ratios:
        own, other = (times[base], times[case.name]) if is_speed else (times[case.name], times[base])
        ratios[heading] = median(mine / its for mine, its in zip(own, other, strict=True))
    return ratios


def measure_times(scene: Scene, turns: int, folder: Path) -> dict[str, Any]:
    """Measure each case of a scene: the median of its time, its ratios, and whether it is ours; and describe the scene."""
    cases = scene.prepare(folder)
    times = run_in_turn(cases, turns * scene.turns_factor)
    measured = {
        case.name: {
            "time": median(times[case.name]) / UNIT_SECONDS[scene.unit],
            "ratios": compare_times(case, times),
            "is_ours": case.is_ours,
        }
        for case in cases
    }
    return {"cases": measured, "description": scene.describe() if scene.describe else None}


def measure_memory(scene: Scene, name: str, folder: Path) -> float:
    """Measure the peak memory of one case in MiB: that of this process, or of the largest process that it runs."""
    (case,) = (case for case in scene.prepare(folder) if case.name == name)
    case.task()
    return resource.getrusage(resource.RUSAGE_CHILDREN if case.is_process else resource.RUSAGE_SELF).ru_maxrss / 1024


def main(sizes_name: str, title: str, turns: str, case: str | None = None) -> None:
    """Print the times of all cases of a scene, or the memory of one, as JSON."""
    scene = make_scenes(sizes_name)[title]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found: Any = measure_memory(scene, case, folder) if case else measure_times(scene, int(turns), folder)
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
