"""One question, and the options by which each netstat answers it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypedDict

from netstat_parse.live import windows
from netstat_parse.live.locate import Netstat
from netstat_parse.live.process import Limits, Run

PARTS = ("connections", "statistics", "interfaces", "routes", "groups")
"""What can be asked for."""


OPTIONS: Mapping[str, Mapping[str, Sequence[str]]] = {
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
"""The options of each netstat for the parts of a question, a command each. A letter in braces is left out where the
question does not want it, or this build does not have it."""


_BANNERS = {
    "net-tools": re.compile(r"^net-tools (?P<version>\S+)", re.MULTILINE),
    "busybox": re.compile(r"^BusyBox v(?P<version>\S+)", re.MULTILINE),
    "toybox": re.compile(r"Unknown option 'V' \(see \"netstat --help\"\)"),
    "windows": re.compile(r"^NETSTAT \[-a\]", re.MULTILINE),
}
"""What each says where it is asked for its version, or of an option that it does not know."""


_LETTERS_OF_USAGE = re.compile(r"\[-(\w+)\]")


_STATISTICS = re.compile(r"-\w*s|--st")


class Wanted(TypedDict, total=False):
    """What `netstat_parse.run` and `watch` take by name."""

    connections: bool
    statistics: bool
    interfaces: bool
    routes: bool
    groups: bool
    processes: bool
    numeric: bool
    netstat: Netstat
    timeout: float
    max_output: int
    encoding: str
    system: str


@dataclass(frozen=True)
class Question:
    """What is to be known of a system."""

    parts: Sequence[str] = PARTS
    processes: bool = True
    """Whether the sockets' processes are wanted."""
    numeric: bool = True
    """Whether numbers are wanted, and not names."""


def question(wanted: Wanted) -> Question:
    """What is asked for: the parts that are named, or else all but those that are declined.

    Raises:
        ValueError: that is nothing.
    """
    said = {part: wanted.get(part) for part in PARTS}
    parts = [part for part in PARTS if said[part]] or [part for part in PARTS if said[part] is None]
    if not parts:
        raise ValueError("nothing is asked for")
    return Question(parts, wanted.get("processes", True), wanted.get("numeric", True))


class Tool(NamedTuple):
    """A netstat program."""

    name: str
    version: str | None = None
    letters: str | None = None
    """The options that this build has, where it tells."""

    @property
    def options(self) -> Mapping[str, Sequence[str]]:
        """What it is asked with."""
        return OPTIONS["net-tools 1" if (self.name, (self.version or "")[:2]) == ("net-tools", "1.") else self.name]


class Answer(NamedTuple):
    """How a netstat answers a question."""

    commands: list[list[str]]
    """The options of each command."""
    lacks: list[str]
    """What there is no answer to."""
    hides: list[str]
    """What would need more rights."""


def identify(netstat: Sequence[str]) -> Tool:
    """Which netstat a command runs; it is asked where its name does not tell."""
    if Path(netstat[0]).name in ("wine", "wine64"):
        return Tool("wine")
    folder = windows.system_folder()
    if folder and Path(netstat[0]).parent == Path(folder):
        return Tool("windows")
    with Run([*netstat, "-V"], Limits(seconds=10, size=65_536)) as run:
        said = b"".join(iter(run.read1, b"")) + b"\n" + run.stderr
    text = said.decode(errors="replace")
    for name, banner in _BANNERS.items():
        if found := banner.search(text):
            letters = "".join(_LETTERS_OF_USAGE.findall(text)) if name == "busybox" else None
            return Tool(name, found.groupdict().get("version"), letters)
    return Tool("net-tools")


def answer(question: Question, tool: Tool) -> Answer:
    """The commands that answer a question, as far as this netstat can."""
    wanted = {"W": True, "n": question.numeric, "p": question.processes, "o": question.processes}
    wanted["b"] = question.processes and windows.is_elevated()
    letters = {
        letter: letter if is_wanted and (tool.letters is None or letter in tool.letters) else ""
        for letter, is_wanted in wanted.items()
    }
    templates = [template for part in question.parts for template in tool.options.get(part, ())]
    lacks, hides = [part for part in question.parts if part not in tool.options], []
    if question.processes and "connections" in question.parts:
        sockets = tool.options["connections"][0]
        if not any(letters[letter] and f"{{{letter}}}" in sockets for letter in "po"):
            lacks.append("processes")
        elif "{b}" in sockets and not letters["b"]:
            hides.append("programs")
    return Answer([template.format_map(letters).split() for template in templates], lacks, hides)


def own_interval(tool: Tool, options: Sequence[str], seconds: float) -> list[str] | None:
    """The options by which this netstat itself repeats what it prints; none where it cannot do it as often as this."""
    if tool.name == "windows" and seconds == int(seconds) >= 1:
        return [*options, str(int(seconds))]
    if tool.name == "net-tools" and tool.version and seconds == 1 and not any(map(_STATISTICS.match, options)):
        return [*options, "-c"]  # every second; but statistics are printed only once
    return None
