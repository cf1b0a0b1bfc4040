"""The patterns for lines of text take linear time, whatever the line."""

import re
import time
from collections.abc import Callable
from importlib import import_module
from inspect import getsource, signature
from itertools import product
from pathlib import Path
from types import ModuleType

import pytest

from netstat_parse import logs
from netstat_parse.logs import line_kinds, messages, prompts, rulers

CHARS = 4_000

MAX_FACTOR = 3
"""Maximum ratio of the times for a line and for half of it: 2 is linear, 4 is quadratic."""

NEGLIGIBLE_SECONDS = 0.001
"""Time for a line of `CHARS` characters that no pattern needs unless it backtracks: 250 ns a character."""

BEGINNINGS = [
    "", " ", "#", "# ", "===", "[", "[a@", "(", "<", "<pre ", "`", "'", "C:\\", "\\\\", "PS ", "PS C:\\", "root@h", "root@h:", "h:~",
    "/", "~", "bash-5", "└", "➜  ", "➜  a git:(", "$ ", "netstat", "netstat ", "netstat -", "command: '", "output of ",
    "Every 2.0s: netstat ", "[sudo] ", "...", "^C", "snip", "---------- ", "==> ", "web1 | OK | ", "The current date is: ",
    "The current time is: ", "2024-05-06 ", "2024-05-06 07:08:09 ", "May  6 07:08:09 ", "Mon 05/06/2024", "/usr/",
    "       netstat", "  -r, --", "  <AF>", "cannot open ", "warning, got bogus ", "- ", "1. ", "**",
]  # fmt: skip

REPEATED = [
    " ", "a", "1", "=", "-", "#", "_", ".", "~", "*", "[", "]", "(", "@", ":", "/", "\\", "<", ">", "$ ", "# ", "a ", "1 ", "a/", "1/",
    "a: ", "a@", "/a", "-a ", " -", "| ", "netstat ", "netstat", "route  ", "a netstat", "[a]", "<a ", "</a", "--a", "^C", "1:", "1-",
    "1.", "Mon ", "May 6 ", "T1", "sudo ", "=a", "a=", "= ", "\t", "`", "'", "…", "é", " a", "a  ", "(a", "==> ",
]  # fmt: skip

ENDINGS = ["\x00", "=]"]


def searches(module: ModuleType) -> dict[str, Callable[[str], object]]:
    """Return the method that the module uses of each of its patterns, also of those compiled at the first use."""
    source = getsource(module)
    found: dict[str, Callable[[str], object]] = {}
    for name, value in vars(module).items():
        pattern = value() if hasattr(value, "cache_info") and not signature(value).parameters else value
        if isinstance(pattern, re.Pattern):
            is_anchored = re.search(rf"\b{name}(\(\))?\.(search|finditer|sub|split)\(", source) is None
            found[f"{module.__name__}.{name}"] = pattern.match if is_anchored else pattern.search
    return found


MODULES = [import_module(f"{logs.__name__}.{path.stem}") for path in sorted(Path(logs.__path__[0]).glob("[a-z]*.py"))]
SEARCHES = {name: search for module in MODULES for name, search in searches(module).items()}

READERS: dict[str, Callable[[str], object]] = {
    "classify": line_kinds.classify,
    "parse_command_line": prompts.parse_command_line,
    "parse_message": messages.parse_message,
    "is_banner": rulers.is_banner,
}


@pytest.fixture
def no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove the limits of the length of lines, which bound the time of any pattern."""
    for module in MODULES:
        for name in vars(module):
            if name.startswith("MAX_") and name.endswith("_CHARS"):
                monkeypatch.setattr(module, name, 10 * CHARS)


def seconds(function: Callable[[str], object], line: str, runs: int = 1) -> float:
    """Return the least time that the function takes for the line."""
    times = []
    for _ in range(runs):
        begin = time.process_time()
        function(line)
        times.append(time.process_time() - begin)
    return min(times)


def find_slow(function: Callable[[str], object]) -> str | None:
    """Return the first line for which the time grows faster than the length, abbreviated."""
    for beginning, repeated, ending in product(BEGINNINGS, REPEATED, ENDINGS):
        half, whole = (beginning + (repeated * chars)[:chars] + ending for chars in (CHARS // 2, CHARS))
        if seconds(function, whole) < NEGLIGIBLE_SECONDS or seconds(function, whole, 5) < NEGLIGIBLE_SECONDS:
            continue
        if seconds(function, whole, 5) > MAX_FACTOR * seconds(function, half, 5):
            return f"{beginning}{repeated * 3}...{ending}"
    return None


@pytest.mark.parametrize("name", SEARCHES)
def test_a_pattern_takes_linear_time(name: str) -> None:
    assert find_slow(SEARCHES[name]) is None


@pytest.mark.parametrize("name", READERS)
@pytest.mark.usefixtures("no_limits")
def test_a_function_for_a_line_takes_linear_time(name: str) -> None:
    READERS[name]("")
    assert find_slow(READERS[name]) is None


@pytest.mark.parametrize("pattern", [r"\s*\s*x", r"=.*?=*x", r"[=-]*=*x"])
def test_a_pattern_that_backtracks_is_found(pattern: str) -> None:
    assert find_slow(re.compile(pattern).match) is not None
