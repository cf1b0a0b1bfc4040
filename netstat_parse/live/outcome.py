"""Diagnostics about a run: its messages on standard error, and how it ended."""

from collections.abc import Iterator
from signal import Signals

from netstat_parse.live.process import NetstatProcess
from netstat_parse.logs import messages
from netstat_parse.records.diagnostics import diagnostic_row
from netstat_parse.records.rows import Rows


class RunDiagnostics:
    """Diagnostics about one run."""

    def __init__(self, process: NetstatProcess, command: str) -> None:
        self.process = process
        self.command = command
        """Command line for messages."""
        self.reasons: list[str] = []
        """Possible causes if no table was found, for the error message."""
        self._offset = 0
        self._seen: set[str] = set()
        self._repeat_count = 0

    def new_rows(self) -> Iterator[Rows]:
        """Report the lines that were completed on standard error since the last call, each text once."""
        data = self.process.stderr[self._offset :]
        if self.process.exit_status is None:
            data = data[: data.rfind(b"\n") + 1]
        self._offset += len(data)
        for line in data.decode(errors="replace").split("\n"):
            if line in self._seen:
                self._repeat_count += 1
            elif line.strip() and not messages.is_usage_line(line):
                self._seen.add(line)
                yield self._message_row(line.rstrip("\r"))

    def final_rows(self) -> Iterator[Rows]:
        """Report the rest of standard error, and how the run ended."""
        yield from self.new_rows()
        process = self.process
        if self._repeat_count:
            yield diagnostic_row(
                "messages-repeated", f"{self.command} repeated its messages in {self._repeat_count} lines"
            )
        if process.dropped_stderr_bytes:
            yield diagnostic_row(
                "messages-cut", f"{self.command}: {process.dropped_stderr_bytes} more bytes of messages left out"
            )
        if process.abort:
            yield self._end_row(process.abort.code, process.abort.message)
        elif process.exit_status and process.exit_status < 0:
            yield self._end_row("netstat-died", f"was terminated by signal {_signal_name(-process.exit_status)}")
        elif process.exit_status:
            yield self._end_row("exit-status", f"exited with status {process.exit_status}")

    def _message_row(self, line: str) -> Rows:
        message = messages.parse_message(line) or line.strip()
        self.reasons = self.reasons or [f"it says: {message}"]
        return diagnostic_row(messages.find_code(message), f"{self.command} says: {message}", line)

    def _end_row(self, code: str, message: str) -> Rows:
        self.reasons.append(f"it {message}")
        return diagnostic_row(code, f"{self.command} {message}")


def _signal_name(number: int) -> str:
    try:
        return Signals(number).name
    except ValueError:  # most real-time signals have no name
        return str(number)
