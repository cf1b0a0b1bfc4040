"""Measure what people wait for, and print it as tables: ``python tests/benchmark``.

The cases of a table run in turn in one process, several times, and the table has the median of the ratios, so that a
busy machine affects all alike. Memory is measured in a process for each case. What is installed beside this Python is
measured: for the figures of a release install its wheel. All takes about twenty minutes; `--quick` less than one, with
inputs too small for reliable figures.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from measure import MEMORY_HEADING, make_scenes
from released import find_regressions, load_released, record
from scene import SIZES, Scene

MEASURE = Path(__file__).resolve().with_name("measure.py")
PACKAGES = ("netstat-parse", "pyparsing", "pydantic", "pyarrow", "jc")

CaseFigures = dict[str, dict[str, float]]
"""Figures by case and heading."""


def run_measure(*arguments: str) -> Any:  # noqa: ANN401 - times and memory have different types
    """Measure in a new process."""
    environment = os.environ | {"PYTHONSAFEPATH": ""}  # it imports modules of its folder
    command = [sys.executable, str(MEASURE), *arguments]
    return json.loads(subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout)


def measure_scene(scene: Scene, sizes_name: str, turns: int) -> CaseFigures:
    """Measure a scene, print its table, and return the figures of our own cases."""
    measured = run_measure(sizes_name, scene.title, str(turns))
    results: dict[str, dict[str, Any]] = measured["cases"]
    for case, result in results.items() if scene.has_memory else ():
        result["ratios"][MEMORY_HEADING] = run_measure(sizes_name, scene.title, str(turns), case)
    found = dict.fromkeys(heading for result in results.values() for heading in result["ratios"])
    headings = sorted(found, key=MEMORY_HEADING.__eq__)  # the last one
    cells = [
        [
            case,
            f"{result['time']:.2f}",
            *(format_figure(heading, result["ratios"].get(heading)) for heading in headings),
        ]
        for case, result in results.items()
    ]
    print_table([scene.title, scene.unit, *headings], cells)
    if measured["description"]:
        print(f"\n{measured['description']}")
    return {case: result["ratios"] for case, result in results.items() if result["is_ours"]}


def format_figure(heading: str, figure: float | None) -> str:
    """Return a ratio with two significant digits, memory in whole MiB, and nothing if there is no figure."""
    if figure is None:
        return ""
    return f"{figure:.{0 if heading == MEMORY_HEADING else 1 if figure >= 1 else 2}f}"


def print_table(headings: list[str], rows: list[list[str]]) -> None:
    """Print a table as Markdown."""
    print()
    for row in [headings, ["---", *["---:"] * (len(headings) - 1)], *rows]:
        print(f"| {' | '.join(row)} |")
    sys.stdout.flush()


def describe_versions() -> str:
    """Return the versions of everything that is measured, and whether it is this checkout or an installed wheel.

    Raises:
        SystemExit: something is not installed.
    """
    try:
        own, *packages = (f"{name} {version(name)}" for name in PACKAGES)
    except PackageNotFoundError as error:
        sys.exit(f"{error.name} is not installed: python -m pip install --editable . --group test")
    found = find_spec("netstat_parse")
    is_checkout = found is not None and MEASURE.parents[2] in Path(found.origin or "").parents
    own += " (checkout)" if is_checkout else " (wheel)"
    return f"Python {platform.python_version()}, {', '.join([own, *packages])}; {os.cpu_count()} cores"


def main() -> int:
    """Measure the scenes, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python tests/benchmark", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small inputs, one run of each: to see that all cases run")
    parser.add_argument("--only", metavar="TEXT", default="", help="only the tables whose titles contain this text")
    parser.add_argument("--turns", type=int, help="runs of each case; the median is printed (default: 7)")
    parser.add_argument("--record", action="store_true", help="save the figures as those of the last release")
    parser.add_argument(
        "--fail-on-regression",
        action="store_true",
        help="exit with 1 if a figure is worse by a fifth than the last release",
    )
    options = parser.parse_args()
    sizes_name = "quick" if options.quick else "full"
    print(describe_versions())
    scenes = [scene for title, scene in make_scenes(sizes_name).items() if options.only in title]
    turns = options.turns or SIZES[sizes_name].turns
    figures = {scene.title: measure_scene(scene, sizes_name, turns) for scene in scenes}
    release, old = load_released(sizes_name)
    regressions = list(find_regressions(old, figures))
    for regression in regressions:
        print(f"\nWorse than {release}: {regression}")
    if options.record:
        record(sizes_name, version("netstat-parse"), figures)
    return 1 if regressions and options.fail_on_regression else 0


if __name__ == "__main__":
    sys.exit(main())
