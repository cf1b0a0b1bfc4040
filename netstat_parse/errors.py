"""The error for input that cannot be parsed as output of netstat.

`records.values` is imported where an error is printed: it imports `json`, which ``--help`` does not need.
"""

MAX_EXCERPT_CHARS = 100
"""Maximum number of characters of a long line that an error quotes."""


class NetstatParseError(ValueError):
    """Input that is not output of netstat, or a line of it that cannot be parsed.

    Its text gives the place and quotes the line, with a caret below the column::

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
        """Only the message is required; what is None is left out of the text."""
        super().__init__(message)
        self.message = message
        """The message alone, without the place."""
        self.name = name
        """Name of the input, usually its path."""
        self.line = line
        """Line number, from 1; None where the error concerns the whole input."""
        self.column = column
        """Number of the character in the line, from 1."""
        self.text = text
        """The line itself. It may contain control characters; `str` of the error contains none."""

    @property
    def summary(self) -> str:
        """The place and the message, on one line."""
        from netstat_parse.records.values import printable

        place = ":".join(str(part) for part in (self.name, self.line) if part is not None)
        return printable(f"{place}: {self.message}" if place else self.message)

    def __str__(self) -> str:
        """Return the summary, and below it the line with its caret, as far as these are known."""
        if self.text is None:
            return self.summary
        lines = [self.summary, *excerpt(self.text.rstrip("\r\n"), self.column)]
        return "\n    ".join(line.rstrip() for line in lines)


def excerpt(text: str, column: int | None) -> list[str]:
    """Return the part of the line around the column, safe for a terminal, and a line with the caret if there is one."""
    from netstat_parse.records.values import cell_width, printable

    # The column of what is missing at the end of a row is one blank behind its last word.
    at = min(max((column or 1) - 1, 0), len(text) + 1)
    start = max(at - MAX_EXCERPT_CHARS // 2, 0) if len(text) > MAX_EXCERPT_CHARS else 0
    quoted = printable(text[start : start + MAX_EXCERPT_CHARS])
    if start > 0:
        quoted = "..." + quoted[3:]
    if start + MAX_EXCERPT_CHARS < len(text):
        quoted = quoted[:-3] + "..."
    if column is None:
        return [quoted]
    return [quoted, " " * (cell_width(quoted[: at - start]) + max(at - len(text), 0)) + "^"]
