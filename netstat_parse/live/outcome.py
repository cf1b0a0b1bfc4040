"""What is to be said of a run beside its output: what it says on standard error, and how it ended."""

import re
from collections.abc import Iterator
from signal import Signals

from netstat_parse.live.process import Run
from netstat_parse.logs import messages
from netstat_parse.records.diagnostics import diagnostic_row
from netstat_parse.records.rows import Rows

_HIDES_PROCESSES = re.compile(
    r"non-owned process info|geteuid\(\)=\d|showing only processes with your user ID|can't scan /proc"
)
"""What net-tools and busybox say where they may not look at the processes of others."""


class RunOutcome:
    """What is to be said of one run."""

    def __init__(self, run: Run, called: str) -> None:
        self.run = run
        self.called = called
        """The command, as people call it."""
        self.reasons: list[str] = []
        """Why there may be nothing to read, for an error."""
        self._at = 0
        self._said: set[str] = set()
        self._repeated = 0

    def fresh(self) -> Iterator[Rows]:
        """What it has said since the last time, in whole lines."""
        data = self.run.stderr[self._at :]
        if self.run.exit_status is None:
            data = data[: data.rfind(b"\n") + 1]
        self._at += len(data)
        for line in data.decode(errors="replace").split("\n"):
            if line in self._said:
                self._repeated += 1
            elif line.strip() and not messages.is_usage_line(line):
                self._said.add(line)
                yield self._message(line.rstrip("\r"))

    def at_end(self) -> Iterator[Rows]:
        """The rest of what it has said, and how it ended."""
        yield from self.fresh()
        run = self.run
        if self._repeated:
            yield diagnostic_row("messages-repeated", f"{self.called} said the same again in {self._repeated} lines")
        if run.unheard:
            yield diagnostic_row("messages-cut", f"{self.called} said {run.unheard} bytes more, which are left out")
        if run.trouble:
            yield self._ended(run.trouble.code, run.trouble.message)
        elif run.exit_status and run.exit_status < 0:
            yield self._ended("netstat-died", f"was ended by the signal {_name(-run.exit_status)}")
        elif run.exit_status:
            yield self._ended("exit-status", f"ended with exit status {run.exit_status}")

    def _message(self, line: str) -> Rows:
        said = messages.parse_message(line) or line.strip()
        self.reasons = self.reasons or [f"it says: {said}"]
        code = "processes-hidden" if _HIDES_PROCESSES.search(line) else "netstat-message"
        return diagnostic_row(code, f"{self.called} says: {said}", line)

    def _ended(self, code: str, how: str) -> Rows:
        self.reasons.append(f"it {how}")
        return diagnostic_row(code, f"{self.called} {how}")


def _name(number: int) -> str:
    try:
        return Signals(number).name
    except ValueError:  # most of the real-time signals have none
        return str(number)
