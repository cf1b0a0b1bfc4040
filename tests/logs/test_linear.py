"""The patterns for lines of text take linear time, whatever the line."""

import re
from collections.abc import Callable

import pytest

from netstat_parse import logs
from netstat_parse.logs import line_kinds, messages, prompts, rulers
from support.linear import CHARS, find_searches, find_slow, import_modules

BEGINNINGS = [
    "", " ", "#", "# ", "===", "[", "[a@", "(", "<", "<pre ", "`", "'", "C:\\", "\\\\", "PS ", "PS C:\\", "root@h", "root@h:", "h:~",
    "/", "~", "bash-5", "└", "➜  ", "➜  a git:(", "$ ", "netstat", "netstat ", "netstat -", "command: '", "output of ",
    "Every 2.0s: netstat ", "[sudo] ", "...", "^C", "snip", "---------- ", "==> ", "web1 | OK | ", "The current date is: ",
    "The current time is: ", "2024-05-06 ", "2024-05-06 07:08:09 ", "May  6 07:08:09 ", "Mon 05/06/2024", "/usr/",
    "       netstat", "  -r, --", "  <AF>", "cannot open ", "warning, got bogus ", "- ", "1. ", "**",
]  # fmt: skip

MODULES = import_modules(logs)

SEARCHES = {name: search for module in MODULES for name, search in find_searches(module).items()}

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


@pytest.mark.parametrize("name", SEARCHES)
def test_a_pattern_takes_linear_time(name: str) -> None:
    assert find_slow(SEARCHES[name], BEGINNINGS) is None


@pytest.mark.parametrize("name", READERS)
@pytest.mark.usefixtures("no_limits")
def test_a_function_for_a_line_takes_linear_time(name: str) -> None:
    READERS[name]("")
    assert find_slow(READERS[name], BEGINNINGS) is None


@pytest.mark.parametrize("pattern", [r"\s*\s*x", r"=.*?=*x", r"[=-]*=*x"])
def test_a_pattern_that_backtracks_is_found(pattern: str) -> None:
    assert find_slow(re.compile(pattern).match, BEGINNINGS) is not None
