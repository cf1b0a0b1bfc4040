"""Name the tool that printed a text without a table of netstat, by its first lines. The data is ``tools.toml``."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from netstat_parse.generated_modules import read_toml

MAX_LINES = 200
"""Number of lines, from the first on, that are searched."""

MAX_LINE_CHARS = 1000
"""Length of the part of a line that is searched."""


class Tool(NamedTuple):
    """A tool whose output is no netstat's."""

    name: str
    instead: str | None = None
    """The netstat that prints the same, if one does."""

    @property
    def description(self) -> str:
        """Clause about the text: its likely origin, and the command to use instead."""
        return f"it looks like the output of {self.name}{f'; use {self.instead}' if self.instead else ''}"


def find_tool(text: str) -> Tool | None:
    """Return the tool that printed the first line that any tool prints; None if there is none."""
    tools, pattern = _load()
    for line in text.split("\n", MAX_LINES)[:MAX_LINES]:
        if found := pattern.match(line[:MAX_LINE_CHARS].strip()):
            return tools[(found.lastindex or 1) - 1]
    return None


def find_command(name: str) -> Tool:
    """Return a command that `others` recognizes, with the netstat that prints the same."""
    return Tool(name, _data()["instead"].get(name))


@cache
def _data() -> dict[str, Any]:
    return read_toml(__package__, "tools.toml")


@cache
def _load() -> tuple[Sequence[Tool], re.Pattern[str]]:
    """Return the tools, and a pattern with a group for each."""
    entries = _data()["tool"]
    tools = [Tool(entry["name"], entry.get("instead")) for entry in entries]
    return tools, re.compile("|".join(f"({'|'.join(entry['lines'])})" for entry in entries))
