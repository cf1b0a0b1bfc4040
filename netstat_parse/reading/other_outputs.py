"""Outputs of other systems' netstat in an input: no line of them is read, and each is reported with its length."""

from netstat_parse.named_fields import NamedFields
from netstat_parse.records.values import count_things, join_words
from netstat_parse.systems.others import CONTINUED, OtherOutput

MAX_UNKNOWN_LINES = 6
"""Lines in a row that an output may have without being recognized."""


class OpenOutput(NamedFields):
    """An output of which more lines may follow."""

    systems: tuple[str, ...]
    """The systems that print all its lines."""
    command: str
    first_line: int
    """The number of the first line."""
    last_line: int
    text: str
    """The first line, as it was in the input."""

    @property
    def description(self) -> str:
        """The systems of a netstat, and its length, as a clause."""
        systems = join_words(self.systems, "or")
        count = self.last_line - self.first_line + 1
        lines = count_things(count, "line")
        return f"this is netstat of {systems}, which netstat_parse does not read ({lines})"


class OtherOutputs:
    """The outputs in one input that no grammar reads."""

    def __init__(self) -> None:
        self.current: OpenOutput | None = None
        self.first: OpenOutput | None = None
        """The first output that has ended."""

    def extend(self, output: OtherOutput, line: int, *, within: bool) -> bool:
        """Add a line to the current output; return false if it does not belong to it.

        Args:
            output: the output that the line was recognized as.
            line: its number.
            within: true if it is right below other lines of the current output.
        """
        current = self.current
        if current is None or line - current.last_line > MAX_UNKNOWN_LINES:
            return False
        systems = tuple(system for system in current.systems if system in output.systems)
        if output is not CONTINUED and not (output.command == current.command and (systems or within)):
            return False
        self.current = current._replace(systems=systems or current.systems, last_line=line)
        return True

    def begin(self, output: OtherOutput, number: int, text: str) -> None:
        """Begin an output with the line that has this number and text in the input."""
        self.current = OpenOutput(tuple(output.systems), output.command, number, number, text)

    def is_near(self, line: int) -> bool:
        """Return true if so few lines have passed that the current output may continue in this one."""
        return self.current is not None and line - self.current.last_line <= MAX_UNKNOWN_LINES

    def end(self) -> OpenOutput | None:
        """End the current output, if there is one, and return it."""
        ended, self.current = self.current, None
        self.first = self.first or ended
        return ended
