"""The error for input that cannot be read as netstat's output."""

from netstat_parse.records.values import cell_width, printable

WIDTH = 100
"""How many characters of a long line an error shows."""


class NetstatParseError(ValueError):
    """Input that is no netstat output, or a line of it that cannot be read.

    Its text names the place and shows the line, with a caret below the column::

        dump.txt:17: row cut short: expected a foreign address
            tcp        0      0 10.0.0.1:22
                                            ^
    """

    def __init__(
        self,
        message: str,
        *,
        name: str | None = None,
        line: int | None = None,
        column: int | None = None,
        text: str | None = None,
    ) -> None:
        """Only the message has to be there: what is not known is not shown."""
        super().__init__(message)
        self.message = message
        """What is wrong, without the place."""
        self.name = name
        """What the input is called, as a rule its path."""
        self.line = line
        """The line of the input, 1 for the first; None where the error is about the whole input."""
        self.column = column
        """The character of the line, 1 for the first."""
        self.text = text
        """The line as it stands in the input, which may hold what no terminal should get."""

    @property
    def summary(self) -> str:
        """The error in one line: place and message."""
        place = ":".join(str(part) for part in (self.name, self.line) if part is not None)
        return printable(f"{place}: {self.message}" if place else self.message)

    def __str__(self) -> str:
        """The summary, the line below it, and below that the caret, as far as they are known."""
        if self.text is None:
            return self.summary
        lines = [self.summary, *excerpt(self.text.rstrip("\r\n"), self.column)]
        return "\n    ".join(line.rstrip() for line in lines)


def excerpt(text: str, column: int | None) -> list[str]:
    """The part of the line around the column, fit for a terminal, and a caret where there is a column."""
    # What is missing at the end of a row is missed behind the blank after its last word.
    at = min(max((column or 1) - 1, 0), len(text) + 1)
    start = max(at - WIDTH // 2, 0) if len(text) > WIDTH else 0
    shown = printable(text[start : start + WIDTH])
    if start > 0:
        shown = "..." + shown[3:]
    if start + WIDTH < len(text):
        shown = shown[:-3] + "..."
    if column is None:
        return [shown]
    return [shown, " " * (cell_width(shown[: at - start]) + max(at - len(text), 0)) + "^"]
