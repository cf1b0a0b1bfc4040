"""What is to be said of a run beside its output: what it says on standard error, and how it ended."""

import re
from collections.abc import Iterator
from signal import Signals

from netstat_parse import messages
from netstat_parse.runner import Run
from netstat_parse.snapshots import Rows

_HIDES_PROCESSES = re.compile(
    r"non-owned process info|geteuid\(\)=\d|showing only processes with your user ID|can't scan /proc"
)
"""What net-tools and busybox say where they may not look at the processes of others."""


ERRORS = frozenset({"timed-out", "output-cut", "netstat-died", "no-table"})
"""What is said where something may be missing from the output."""


def remark(code: str, message: str, text: str | None = None) -> Rows:
    """A diagnostic that is about no line of the output."""
    severity = "error" if code in ERRORS else "warning"
    record = {"line": None, "severity": severity, "code": code, "message": message, "column": None, "text": text}
    return Rows("diagnostics", {name: [value] for name, value in record.items()})


class Remarks:
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
            elif line.strip() and not messages.is_usage(line):
                self._said.add(line)
                yield self._message(line.rstrip("\r"))

    def at_end(self) -> Iterator[Rows]:
        """The rest of what it has said, and how it ended."""
        yield from self.fresh()
        run = self.run
        if self._repeated:
            yield remark("messages-repeated", f"{self.called} said the same again in {self._repeated} lines")
        if run.unheard:
            yield remark("messages-cut", f"{self.called} said {run.unheard} bytes more, which are left out")
        if run.trouble:
            yield self._ended(run.trouble.code, run.trouble.message)
        elif run.exit_status and run.exit_status < 0:
            yield self._ended("netstat-died", f"was ended by the signal {Signals(-run.exit_status).name}")
        elif run.exit_status:
            yield self._ended("exit-status", f"ended with exit status {run.exit_status}")

    def _message(self, line: str) -> Rows:
        said = messages.said(line) or line.strip()
        self.reasons = self.reasons or [f"it says: {said}"]
        code = "processes-hidden" if _HIDES_PROCESSES.search(line) else "netstat-message"
        return remark(code, f"{self.called} says: {said}", line)

    def _ended(self, code: str, how: str) -> Rows:
        self.reasons.append(f"it {how}")
        return remark(code, f"{self.called} {how}")
