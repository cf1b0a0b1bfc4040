"""Queries for topics, and the options with which each implementation of netstat prints them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypedDict

from netstat_parse.live import windows
from netstat_parse.live.locate import NetstatCommand
from netstat_parse.live.process import Limits, NetstatProcess
from netstat_parse.live.topics import TOPICS

TOPIC_OPTIONS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "net-tools": {
        "connections": ["-aeo{W}{n}{p}"],
        "statistics": ["-s", "-s6"],
        "interfaces": ["-ie"],
        "routes": ["-re46{n}"],
        "groups": ["-g{n}"],
    },
    "net-tools 1": {
        "connections": ["-aeo{n}{p}"],
        "statistics": ["-s"],
        "interfaces": ["-ie"],
        "routes": ["-re{n}", "-re{n} -A inet6"],
        "groups": ["-g{n}"],
    },
    "busybox": {"connections": ["-ae{W}{n}{p}"], "routes": ["-re{n}"]},
    "toybox": {"connections": ["-ae{W}{n}{p}"], "routes": ["-re{n}"]},
    "windows": {"connections": ["-a{n}{o}{b}"], "statistics": ["-s"], "interfaces": ["-e"], "routes": ["-r{n}"]},
    "wine": {"connections": ["-a"], "statistics": ["-s"], "interfaces": ["-e"]},
}
"""Options of each implementation by topic, one command per item.

A letter in braces is left out if it is not wanted or this build does not support it.
"""

_BANNERS = {
    "net-tools": re.compile(r"^net-tools (?P<version>\S+)", re.MULTILINE),
    "busybox": re.compile(r"^BusyBox v(?P<version>\S+)", re.MULTILINE),
    "toybox": re.compile(r"Unknown option 'V' \(see \"netstat --help\"\)"),
    "windows": re.compile(r"^NETSTAT \[-a\]", re.MULTILINE),
}
"""Text by which an implementation is known: its version banner, or its error message for an unknown option."""

MAX_IDENTIFY_SECONDS = 10.0
"""Maximum time for ``netstat -V``."""

_USAGE_LETTERS = re.compile(r"\[-(\w+)\]")

_STATISTICS_OPTION = re.compile(r"-\w*s|--st")


class RunArguments(TypedDict, total=False):
    """Keyword arguments of `netstat_parse.run` and `netstat_parse.watch`."""

    connections: bool
    statistics: bool
    interfaces: bool
    routes: bool
    groups: bool
    processes: bool
    numeric: bool
    netstat: NetstatCommand
    timeout: float
    max_output: int
    encoding: str
    system: str


@dataclass(frozen=True)
class Query:
    """Topics that netstat should print, and how."""

    topics: Sequence[str] = TOPICS
    processes: bool = True
    """Ask for the process that owns each socket."""
    numeric: bool = True
    """Ask for numbers instead of host, port and user names."""


def build_query(arguments: RunArguments) -> Query:
    """Select the topics set to true, or if there are none, all topics but those set to false.

    Raises:
        ValueError: all topics are set to false.
    """
    given = {topic: arguments.get(topic) for topic in TOPICS}
    topics = [topic for topic in TOPICS if given[topic]] or [topic for topic in TOPICS if given[topic] is None]
    if not topics:
        raise ValueError("all topics are excluded")
    return Query(topics, arguments.get("processes", True), arguments.get("numeric", True))


class Tool(NamedTuple):
    """An implementation of netstat."""

    name: str
    version: str | None = None
    letters: str | None = None
    """Option letters that this build supports; None if unknown."""

    @property
    def options(self) -> Mapping[str, Sequence[str]]:
        """Its entry in `TOPIC_OPTIONS`."""
        is_old = self.name == "net-tools" and (self.version or "").startswith("1.")
        return TOPIC_OPTIONS["net-tools 1" if is_old else self.name]


class Answer(NamedTuple):
    """Commands with which one implementation answers a query, and what they leave unanswered."""

    commands: list[list[str]]
    """Options of each command."""
    unsupported: Sequence[str] = ()
    """Topics that this implementation cannot print."""
    needs_privilege: Sequence[str] = ()
    """Fields that this implementation prints for administrators only."""


def identify(command: Sequence[str], timeout_seconds: float = MAX_IDENTIFY_SECONDS) -> Tool:
    """Identify the implementation by the path of the command or else by the output of ``-V``."""
    if Path(command[0]).name in ("wine", "wine64"):
        return Tool("wine")
    folder = windows.system_folder()
    if folder and Path(command[0]).parent == Path(folder):
        return Tool("windows")
    limits = Limits(min(timeout_seconds, MAX_IDENTIFY_SECONDS), max_output_bytes=65_536)
    with NetstatProcess([*command, "-V"], limits) as process:
        output = b"".join(iter(process.read1, b"")) + b"\n" + process.stderr
    text = output.decode(errors="replace")
    for name, banner in _BANNERS.items():
        if found := banner.search(text):
            letters = "".join(_USAGE_LETTERS.findall(text)) if name == "busybox" else None
            return Tool(name, found.groupdict().get("version"), letters)
    return Tool("net-tools")


def answer(query: Query, tool: Tool) -> Answer:
    """Choose the commands that answer a query, as far as this implementation can."""
    wanted = {"W": True, "n": query.numeric, "p": query.processes, "o": query.processes}
    wanted["b"] = query.processes and windows.is_elevated()
    letters = {
        letter: letter if is_wanted and (tool.letters is None or letter in tool.letters) else ""
        for letter, is_wanted in wanted.items()
    }
    templates = [template for topic in query.topics for template in tool.options.get(topic, ())]
    unsupported, needs_privilege = [topic for topic in query.topics if topic not in tool.options], []
    if query.processes and "connections" in query.topics:
        sockets = tool.options["connections"][0]
        if not any(letters[letter] and f"{{{letter}}}" in sockets for letter in "po"):
            unsupported.append("processes")
        elif "{b}" in sockets and not letters["b"]:
            needs_privilege.append("programs")
    return Answer([template.format_map(letters).split() for template in templates], unsupported, needs_privilege)


def native_interval_options(tool: Tool, options: Sequence[str], interval_seconds: float) -> list[str] | None:
    """Add the option with which netstat itself repeats its output; None if it cannot do so at this interval."""
    if tool.name == "windows" and interval_seconds == int(interval_seconds) >= 1:
        return [*options, str(int(interval_seconds))]
    has_statistics = any(map(_STATISTICS_OPTION.match, options))
    if tool.name == "net-tools" and tool.version and interval_seconds == 1 and not has_statistics:
        return [*options, "-c"]  # every second; but it prints statistics only once
    return None
