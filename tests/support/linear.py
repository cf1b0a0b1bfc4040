"""Find lines for which a pattern or a function takes more than linear time."""

import re
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from inspect import getsource, signature
from itertools import product
from pathlib import Path
from types import ModuleType

CHARS = 4_000

MAX_FACTOR = 8
"""Maximum ratio of the times for a line and for a quarter of it: 4 is linear, 16 is quadratic."""

MAX_MEASUREMENTS = 4
"""Measurements of a line that seems slow, as other processes disturb them."""

NEGLIGIBLE_SECONDS = 0.001
"""Time for a line of `CHARS` characters that no pattern needs unless it backtracks: 250 ns a character."""

REPEATED = [
    " ", "a", "1", "=", "-", "#", "_", ".", "~", "*", "[", "]", "(", "@", ":", "/", "\\", "<", ">", "$ ", "# ", "a ", "1 ", "a/", "1/",
    "a: ", "a@", "/a", "-a ", " -", "| ", "netstat ", "netstat", "route  ", "a netstat", "[a]", "<a ", "</a", "--a", "^C", "1:", "1-",
    "1.", "Mon ", "May 6 ", "T1", "sudo ", "=a", "a=", "= ", "\t", "`", "'", "…", "é", " a", "a  ", "(a", "==> ",
]  # fmt: skip

ENDINGS = ["\x00", "=]"]


def import_modules(package: ModuleType) -> list[ModuleType]:
    """Return the modules of a package."""
    names = sorted(path.stem for path in Path(package.__path__[0]).glob("[a-z]*.py"))
    return [import_module(f"{package.__name__}.{name}") for name in names]


def find_searches(module: ModuleType) -> dict[str, Callable[[str], object]]:
    """Return the method that the module uses of each of its patterns, also of those compiled at the first use."""
    source = getsource(module)
    found: dict[str, Callable[[str], object]] = {}
    for name, value in vars(module).items():
        pattern = value() if hasattr(value, "cache_info") and not signature(value).parameters else value
        if isinstance(pattern, re.Pattern):
            is_anchored = re.search(rf"\b{name}(\(\))?\.(search|finditer|findall|sub|split)\(", source) is None
            found[f"{module.__name__}.{name}"] = pattern.match if is_anchored else pattern.search
    return found


def find_slow(
    function: Callable[[str], object], beginnings: Iterable[str], repeated: Iterable[str] = REPEATED
) -> str | None:
    """Return the first line for which the time grows faster than the length, abbreviated."""
    for beginning, unit, ending in product(beginnings, repeated, ENDINGS):
        quarter, whole = (beginning + (unit * chars)[:chars] + ending for chars in (CHARS // 4, CHARS))
        if measure(function, whole) < NEGLIGIBLE_SECONDS or measure(function, whole, 5) < NEGLIGIBLE_SECONDS:
            continue
        if grows_faster(function, quarter, whole):
            return f"{beginning}{unit * 3}...{ending}"
    return None


def grows_faster(function: Callable[[str], object], quarter: str, whole: str) -> bool:
    """Return whether the time for a line is more than `MAX_FACTOR` times that for its quarter, whenever it is measured."""
    runs = range(MAX_MEASUREMENTS)
    return all(measure(function, whole, 5) > MAX_FACTOR * measure(function, quarter, 5) for _ in runs)


def measure(function: Callable[[str], object], line: str, runs: int = 1) -> float:
    """Return the least processor time in seconds that the function takes for the line."""
    times = []
    for _ in range(runs):
        begin = time.process_time()
        function(line)
        times.append(time.process_time() - begin)
    return min(times)
