"""Report rows behind other text in foreign lines: one diagnostic for a run of them."""

from collections.abc import Iterable, Iterator

from netstat_parse.named_fields import NamedFields
from netstat_parse.reading.diagnostics import LineFault

MAX_GAP_LINES = 3
"""Lines without such a row between two of one run."""


class PossibleRow(NamedFields):
    """A line that may have a row in it, if it turns out to be foreign."""

    number: int
    """The number of the line in the input."""
    text: str
    column: int


class _Run(NamedFields):
    """Such lines near each other."""

    first: int
    last: int
    size: int
    row: PossibleRow


class PossibleRows:
    """The possible rows of one input that are not reported yet."""

    def __init__(self) -> None:
        self._rows: dict[int, PossibleRow] = {}
        """Rows by their line, counted over the lines that the reader gets."""
        self._run: _Run | None = None

    def __bool__(self) -> bool:
        return bool(self._rows or self._run)

    @property
    def first(self) -> int | None:
        """The first line of the run that is not reported yet; None if there is none."""
        return self._run.first if self._run else None

    def add(self, line: int, row: PossibleRow) -> None:
        """Note a line with a possible row."""
        self._rows[line] = row

    def pass_foreign(self, lines: Iterable[int]) -> Iterator[tuple[int, str, LineFault]]:
        """Note that these lines are foreign; yield the run that ends before them, if one does."""
        for line in lines:
            row = self._rows.pop(line, None)
            if row is None:
                continue
            number = row.number
            if self._run and number - self._run.last <= MAX_GAP_LINES:
                self._run = self._run._replace(last=number, size=self._run.size + 1)
                continue
            yield from self.end()
            self._run = _Run(number, number, 1, row)

    def forget(self, line: int) -> None:
        """Forget the row in this line."""
        self._rows.pop(line, None)

    def forget_before(self, line: int, number: int) -> Iterator[tuple[int, str, LineFault]]:
        """Forget lines before this one, which has this number in the input; yield the run if it has ended by then."""
        for decided in [one for one in self._rows if one < line]:
            del self._rows[decided]
        if self._run and number - self._run.last > MAX_GAP_LINES:
            yield from self.end()

    def end(self) -> Iterator[tuple[int, str, LineFault]]:
        """Yield the run: the number and the text of its first line, and the fault of it."""
        if self._run is None:
            return
        run, self._run = self._run, None
        rows = "a row of netstat" if run.size == 1 else f"{run.size} rows of netstat, up to line {run.last},"
        is_behind = run.row.text[: run.row.column - 1].strip()
        reason = "behind other text that was not stripped" if is_behind else "but could not be read"
        message = f"{rows} may be here, {reason}"
        yield run.first, run.row.text, LineFault("possible-row", message, run.row.column)
