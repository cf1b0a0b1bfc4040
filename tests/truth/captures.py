"""The captures, their command lines, and the differences between builds of netstat."""

from __future__ import annotations

import csv
import os
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

SHARED = Path(os.environ.get("NETSTAT_PARSE_SHARED") or Path(__file__).parents[3] / "shared")
CAPTURES = SHARED / "captures"

LONG_OPTIONS = {
    "--tcp": "t", "--udp": "u", "--raw": "w", "--unix": "x", "--inet": "4", "--inet6": "6",
    "--numeric": "n", "--all": "a", "--programs": "p",
}  # fmt: skip
FAMILIES = {"inet": "4", "inet6": "6", "unix": "x"}
KINDS = {"r": "routes", "i": "interfaces", "I": "interfaces", "s": "counters", "g": "groups"}
TRUTH_OF = {"sockets": "tcp", "counters": "snmp", "interfaces": "dev", "routes": "route", "groups": "igmp"}


@dataclass(frozen=True)
class Build:
    """One netstat program, by its name in the index, and its differences from others."""

    name: str

    def is_any(self, *names: str) -> bool:
        return any(name in self.name for name in names)

    @property
    def is_busybox(self) -> bool:
        return self.is_any("busybox")

    @property
    def is_toybox(self) -> bool:
        return self.is_any("toybox")

    @property
    def is_old_red_hat(self) -> bool:
        return self.is_any("RHEL 5", "RHEL 6")

    @property
    def is_unpatched_160(self) -> bool:
        return self.name == "net-tools 1.60"

    @property
    def is_git_head(self) -> bool:
        return self.is_any("git of 2026")

    @property
    def prints_tcp6(self) -> bool:
        """Return whether the protocol of an IPv6 socket is printed as tcp6; otherwise only its address has the family."""
        return not (self.is_unpatched_160 or self.is_old_red_hat or self.is_busybox)

    @property
    def is_160(self) -> bool:
        """Return whether this is 1.60 or a distribution's patched 1.60, such as Debian 8's."""
        return self.is_any("net-tools 1.60")

    @property
    def lists_udplite(self) -> bool:
        return not (self.is_160 or self.is_busybox or self.is_toybox)


@dataclass(frozen=True)
class Command:
    """One run of netstat or route."""

    tool: str
    letters: str
    families: frozenset[str]
    argument: str | None = None
    uid: int = 0

    def has_option(self, letter: str) -> bool:
        return letter in self.letters

    @property
    def kind(self) -> str:
        if self.tool == "route":
            return "routes"
        return next((KINDS[letter] for letter in self.letters if letter in KINDS), "sockets")


@dataclass(frozen=True)
class Capture:
    """One row of the index that comes with the kernel's tables."""

    name: str
    build: Build
    locale: str
    namespace: str
    exit_status: str
    truth: Path
    commands: tuple[Command, ...]

    def __str__(self) -> str:
        return self.name

    @property
    def data(self) -> bytes:
        return (CAPTURES / f"{self.name}.txt").read_bytes()

    @property
    def repeats_tables(self) -> bool:
        """Return whether -c repeats the output; it has no effect with -s."""
        return any(command.has_option("c") and not command.has_option("s") for command in self.commands)

    def command(self, kind: str) -> Command | None:
        """Return the run that printed this kind of table, or `None` if none did or the kernel's file is missing."""
        if not self.prints_table or not (self.truth / TRUTH_OF[kind]).exists():
            return None
        return next((command for command in self.commands if command.kind == kind), None)

    @property
    def prints_table(self) -> bool:
        """Return whether the run printed a table; some captures are empty or have an error only."""
        if self.build.is_busybox and any(
            command.has_option("p") or command.has_option("W") for command in self.commands
        ):
            return "with -p" in self.build.name  # Debian's busybox has neither option
        ended_well = self.exit_status in {"0", "killed"} and self.name not in ERRORS_WITHOUT_STATUS
        return ended_well or self.name in ERRORS_AFTER_THE_TABLE

    @property
    def is_interrupted(self) -> bool:
        """Return whether messages on standard error may interrupt a row."""
        return "merged" in self.name


ERRORS_AFTER_THE_TABLE = {"nt_anS", "nt_empty_r"}
"""Captures with an exit status of 1 that have a title and a heading."""

ERRORS_WITHOUT_STATUS = {"old_rhel7_anT"}
"""Captures with an error message only, but an exit status of 0: RHEL 7 does not know -T."""


def parse_command(text: str) -> Command:
    """Parse a command line without its wrappers (setpriv, script)."""
    uid = re.search(r"--reuid=(\d+)", text)
    inner = re.search(r"script -qec '(.*)'", text)
    words = shlex.split((inner[1] if inner else text).replace("2>&1", ""))
    start = next(n for n, word in enumerate(words) if word in {"netstat", "route"})
    letters, families, argument = "", set(), None
    options = iter(words[start + 1 :])
    for option in options:
        if option in LONG_OPTIONS:
            letters += LONG_OPTIONS[option]
        elif option == "-A":
            families |= set(next(options).split(","))
        elif option.startswith("-I"):
            letters, argument = letters + "I", option[2:]
        elif option.startswith("-"):
            letters += option.strip("-")
    families |= {family for family, letter in FAMILIES.items() if letter in letters}
    return Command(words[start], letters, frozenset(families), argument, int(uid[1]) if uid else 0)


def read_index() -> list[Capture]:
    """List the captures that come with the kernel's tables, if these did not change during the run."""
    found = []
    with (CAPTURES / "INDEX.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        for name, program, locale, namespace, status, unchanged, truth, command in rows:
            folder = CAPTURES / "truth" / truth
            if unchanged == "yes" and truth != "-" and folder.is_dir():
                commands = tuple(map(parse_command, command.split(";")))
                found.append(Capture(name, Build(program), locale, namespace, status, folder, commands))
    return found
