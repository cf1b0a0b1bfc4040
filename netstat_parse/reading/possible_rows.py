"""Report rows behind other text in foreign lines: one diagnostic for a run of them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from netstat_parse.reading.diagnostics import LineFault

MAX_GAP_LINES = 3
"""Lines without such a row between two of one run."""


class PossibleRow(NamedTuple):
    """A line that may have a row in it, if it turns out to be foreign."""

    text: str
    column: int


class _Run(NamedTuple):
    """Such lines near each other."""

    first: int
    last: int
    size: int
    row: PossibleRow


class PossibleRows:
    """The possible rows of one input that are not reported yet."""

    def __init__(self) -> None:
        self._rows: dict[int, PossibleRow] = {}
        self._run: _Run | None = None

    def __bool__(self) -> bool:
        return bool(self._rows or self._run)

    @property
    def first(self) -> int | None:
        """The first line of the run that is not reported yet; None if there is none."""
        return self._run.first if self._run else None

    def add(self, columns: Mapping[int, int], lines: Mapping[int, str]) -> None:
        """Note lines with possible rows: the column and the text of each, by number."""
        self._rows |= {number: PossibleRow(lines[number], column) for number, column in columns.items()}

    def pass_foreign(self, numbers: Iterable[int]) -> Iterator[tuple[int, str, LineFault]]:
        """Note that these lines are foreign; yield the run that ends before them, if one does."""
        for number in numbers:
            row = self._rows.pop(number, None)
            if row is None:
                continue
            if self._run and number - self._run.last <= MAX_GAP_LINES:
                self._run = self._run._replace(last=number, size=self._run.size + 1)
                continue
            yield from self.end()
            self._run = _Run(number, number, 1, row)

    def forget(self, number: int) -> None:
        """Forget the row in this line."""
        self._rows.pop(number, None)

    def forget_before(self, number: int) -> Iterator[tuple[int, str, LineFault]]:
        """Forget lines whose outcome is decided; yield the run if it has ended by then."""
        for decided in [one for one in self._rows if one < number]:
            del self._rows[decided]
        if self._run and number - self._run.last > MAX_GAP_LINES:
            yield from self.end()

    def end(self) -> Iterator[tuple[int, str, LineFault]]:
        """Yield the run: the number and the text of its first line, and the fault of it."""
        if self._run is None:
            return
        run, self._run = self._run, None
        rows = "a row of netstat" if run.size == 1 else f"{run.size} rows of netstat, up to line {run.last},"
        message = f"{rows} may be here, behind other text that was not stripped"
        yield run.first, run.row.text, LineFault("possible-row", message, run.row.column)
