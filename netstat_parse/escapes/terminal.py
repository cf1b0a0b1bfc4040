r"""Apply what a terminal would do: overwrite, erase, move the cursor, and ignore colours and titles.

Recordings of terminals (script, tmux, watch, logs of CI) hold the bytes that a program sent. One line of a recording
may paint several lines of a screen: each is a line of its own here. A line without control characters leaves the
screen, so a model of one line with the rows painted so far is enough. A terminal library such as pyte has a screen of
fixed size, costs microseconds per character, and does not know from which line of the input a row comes.

Sequences are those of ECMA-48 and xterm.
"""

import re
from collections.abc import Callable, Mapping
from typing import ClassVar

from netstat_parse.escapes.hints import C1, CONTROL_CHARS
from netstat_parse.escapes.shapes import begins_like_netstat, begins_like_socket
from netstat_parse.precompiled import compile_pattern

MAX_COLUMNS = 1000
"""Rightmost column that a sequence can move the cursor to."""

MAX_ROWS = 1000
"""Lowest row that a sequence can move the cursor to."""

REPAINT_FACTOR = 16
"""Characters of unchanged rows that repaints may repeat, for each character of the input."""

MIN_REPAINT_CHARS = 80
"""Characters that an unchanged row counts as, at least: to read a short line takes as long."""

MOVE_FACTOR = 16
"""Characters that movements may add, as blanks or of a row that is entered again, for each character of the input."""

FREE_MOVE_CHARS = 65536
"""Characters that movements may add in any input. Real recordings need only some of these."""

TAB_COLUMNS = 8
"""Columns from one tab stop to the next."""

_CONTROL = compile_pattern(f"[{CONTROL_CHARS}]")

_C1 = compile_pattern(C1)

_SEQUENCE = rf"(?:\x1b\[|\x9b(?=[\d;?mKHJ]))([0-?]*+)[ -/]*+([@-~])|\x1b[ -/]*+[0-~]|[\t{CONTROL_CHARS}]"

_TOKEN = compile_pattern(_SEQUENCE)

_TOKEN_OR_STRING = compile_pattern(
    rf"(?:\x1b[]P_^X]|[\x90\x98\x9d-\x9f])(?:[^\x07\x1b\x9c]|\x1b(?!\\))*+(?:\x07|\x1b\\|\x9c)|{_SEQUENCE}"
)
"""As `_TOKEN`, with OSC, DCS, APC, PM and SOS strings. Linear only for text that ends with a terminator."""

_TERMINATORS = ("\x07", "\x1b\\", "\x9c")

_IN_PROGRAM = compile_pattern(r"[ \t]\d++/[^/\t]{0,20}$")

_PROGRAM_CHARS = 40

_NOT_IN_NAME = compile_pattern(r"(?:\x1b\[|\x9b)(?:0?m|[?\d;]*[A-HJKPXfhl`])|\x1b\]|\x9d")
"""Sequences that no name holds: a colour is switched off, something is erased, or the cursor moves."""

_LEAVES_SCREEN = frozenset(("?1049", "?1047", "?47"))


def has_control(line: str) -> bool:
    """Return whether a terminal would do anything but print the line."""
    return _CONTROL.search(line) is not None or (not line.isascii() and _C1.search(line) is not None)


class Screen:
    """The rows that were painted with cursor addressing."""

    def __init__(self) -> None:
        self._move_chars = FREE_MOVE_CHARS
        self.forget()

    def forget(self) -> None:
        """Forget all rows: what follows is not painted."""
        self._rows: dict[int, str] = {}
        self._row = 1
        self._is_addressed = False
        self._repaint_chars = 0
        self._last_row = 0
        """The last row of the current repaint that was returned."""

    @property
    def is_painted(self) -> bool:
        """True if rows are kept that a later line may change."""
        return bool(self._rows)

    def render(self, line: str) -> list[str]:
        """Return the lines that a terminal shows for one line of a recording."""
        if _is_part_of_name(line):
            return [line]
        self._lines: list[str] = []
        self._cells: list[str] = []
        self._column = 0
        self._is_touched = False
        self._repaint_chars += len(line) * REPAINT_FACTOR
        self._move_chars += len(line) * MOVE_FACTOR
        end = max(line.rfind(mark) + len(mark) if mark in line else 0 for mark in _TERMINATORS)
        at = 0
        for pattern, stop in ((_TOKEN_OR_STRING, end), (_TOKEN, len(line))):
            for found in pattern.finditer(line, at, stop):
                self._write(line[at : found.start()])
                at = found.end()
                self._apply(found)
        self._write(line[at:])
        if self._is_touched or not self._lines:
            self._emit()
        if self._is_addressed:
            self._row += 1
        return self._lines

    def _write(self, text: str) -> None:
        if not text:
            return
        cells, column = self._cells, self._column
        if column > len(cells):
            self._pad()
            column = self._column
        cells[column : column + len(text)] = text
        self._column = column + len(text)
        self._is_touched = True

    def _apply(self, found: re.Match[str]) -> None:
        final = found[2]
        if final is None:
            if simple := self._SIMPLE.get(found[0]):
                simple(self)
        elif final in self._MOVES and not found[1].startswith(("?", ">", "<", "=")):
            self._MOVES[final](self, _parameters(found[1]))
        elif final == "l" and found[1] in _LEAVES_SCREEN:
            self._end_pass()
            self._leave_row()
            self.forget()

    def _spend(self, chars: int) -> int:
        """Return how many of the characters a movement may add: fewer once the input has used up its share."""
        spent = min(chars, self._move_chars)
        self._move_chars -= spent
        return spent

    def _pad(self) -> None:
        """Add blanks up to the cursor; if they may not be added, move the cursor back."""
        self._cells.extend(" " * self._spend(self._column - len(self._cells)))
        self._column = len(self._cells)

    def _tab(self) -> None:
        column = (self._column // TAB_COLUMNS + 1) * TAB_COLUMNS
        if self._column >= len(self._cells):
            self._pad()
            column = (self._column // TAB_COLUMNS + 1) * TAB_COLUMNS
            self._cells.append("\t")
            self._cells.extend([""] * (column - self._column - 1))
            self._is_touched = True
        self._column = column

    def _move_to_column(self, column: int) -> None:
        self._column = max(0, min(column, max(MAX_COLUMNS, self._column)))

    def _move_to_row(self, row: int) -> None:
        row = max(1, min(row, MAX_ROWS))
        if row == self._row and self._is_addressed:
            return
        if not self._is_addressed:
            self._is_addressed = True
            self._leave_row()
            self._rows = {}
            self._last_row = row - 1
        else:
            self._leave_row()
            if row < self._row or row > max(self._rows, default=0):
                self._end_pass()
            if row < self._row:
                self._last_row = 0
        self._row = row
        text = self._rows.get(row, "")
        self._cells = list(text) if self._spend(len(text)) == len(text) else []

    def _move_down(self, count: int) -> None:
        if self._is_addressed:
            self._move_to_row(self._row + count)
        else:
            self._leave_row()
            self._cells = []

    def _leave_row(self) -> None:
        if self._is_touched:
            self._emit()
            self._is_touched = False

    def _emit(self) -> None:
        """Return the current row, below the rows above it that a repaint left as they were."""
        text = "".join(self._cells)
        if self._is_addressed:
            if text.strip():
                self._emit_unchanged(self._row)
                self._last_row = self._row
            self._rows[self._row] = text
        self._lines.append(text)

    def _emit_unchanged(self, stop: int) -> None:
        above = range(self._last_row + 1, stop)
        kept = [self._rows.get(row, "") for row in above]
        chars = sum(max(len(text), MIN_REPAINT_CHARS) for text in kept)
        if not any(kept) or chars > self._repaint_chars:
            if kept and self._lines and self._lines[-1]:
                self._lines.append("")
            return
        self._repaint_chars -= chars
        self._lines += kept

    def _end_pass(self) -> None:
        """Return the rows below the last one that a repaint changed."""
        below = max(self._rows, default=0)
        if self._last_row < below:
            self._emit_unchanged(below + 1)
            self._last_row = below

    def _erase_display(self, mode: int) -> None:
        if mode in {2, 3} or (self._is_addressed and self._row == 1 and not self._column):
            self._leave_row()
            self._end_pass()
            self._rows = {}
            self._last_row = 0
            self._cells = []
        elif mode == 0:
            for row in [row for row in self._rows if row > self._row]:
                del self._rows[row]
            self._erase_line(0)

    def _erase_line(self, mode: int) -> None:
        cells, column = self._cells, self._column
        if mode == 0:
            del cells[column:]
        elif mode == 1:
            first, stop = max(column + 1 - MAX_COLUMNS, 0), min(column + 1, len(cells))
            cells[first:stop] = " " * max(stop - first, 0)
        else:
            cells.clear()

    def _overwrite(self, count: int) -> None:
        stop = min(self._column + count, len(self._cells))
        self._cells[self._column : stop] = " " * max(stop - self._column, 0)

    def _insert(self, count: int) -> None:
        self._cells[self._column : self._column] = " " * self._spend(count)
        del self._cells[max(MAX_COLUMNS, self._column) :]  # what leaves the screen is gone

    def _delete(self, count: int) -> None:
        del self._cells[self._column : self._column + count]

    def _address(self, numbers: list[int]) -> None:
        self._move_to_row(_first(numbers))
        self._move_to_column(numbers[1] - 1 if len(numbers) > 1 else 0)

    def _new_line(self, rows: int) -> None:
        self._move_down(rows)
        self._column = 0

    _SIMPLE: ClassVar[Mapping[str, Callable[["Screen"], None]]] = {
        "\r": lambda self: self._move_to_column(0),
        "\b": lambda self: self._move_to_column(self._column - 1),
        "\t": _tab,
        "\x1bD": lambda self: self._move_down(1),
        "\x1bE": lambda self: self._new_line(1),
        "\x1bM": lambda self: self._move_down(-1),
        "\x1bc": lambda self: self._erase_display(2),
    }
    """Functions of single control characters and of escape sequences without parameters."""

    _MOVES: ClassVar[Mapping[str, Callable[["Screen", list[int]], None]]] = {
        "A": lambda self, numbers: self._move_down(-_first(numbers)),
        "B": lambda self, numbers: self._move_down(_first(numbers)),
        "C": lambda self, numbers: self._move_to_column(self._column + _first(numbers)),
        "D": lambda self, numbers: self._move_to_column(self._column - _first(numbers)),
        "E": lambda self, numbers: self._new_line(_first(numbers)),
        "F": lambda self, numbers: self._new_line(-_first(numbers)),
        "G": lambda self, numbers: self._move_to_column(_first(numbers) - 1),
        "H": _address,
        "I": lambda self, _: self._tab(),
        "J": lambda self, numbers: self._erase_display(numbers[0]),
        "K": lambda self, numbers: self._erase_line(numbers[0]),
        "P": lambda self, numbers: self._delete(_first(numbers)),
        "X": lambda self, numbers: self._overwrite(_first(numbers)),
        "@": lambda self, numbers: self._insert(_first(numbers)),
        "`": lambda self, numbers: self._move_to_column(_first(numbers) - 1),
        "a": lambda self, numbers: self._move_to_column(self._column + _first(numbers)),
        "d": lambda self, numbers: self._move_to_row(_first(numbers)),
        "e": lambda self, numbers: self._move_down(_first(numbers)),
        "f": _address,
    }
    """Functions of control sequences, by their final character."""


def _parameters(text: str) -> list[int]:
    return [min(int(number[:6]), MAX_COLUMNS) if number.isdecimal() else 0 for number in text.split(";")[:2]]


def _first(numbers: list[int]) -> int:
    return max(numbers[0], 1)


def _is_part_of_name(line: str) -> bool:
    """Return whether netstat itself has printed the control characters, in the name of a program or a path."""
    first = _CONTROL.search(line)
    if first is None:
        return False
    at = first.start()
    if not begins_like_socket(line) or _NOT_IN_NAME.search(line, at):
        return False
    if first[0] in "\r\b":
        last = line.rfind(first[0]) + 1
        return begins_like_netstat(line[:at]) and bool(line[at:].strip()) and not begins_like_netstat(line[last:])
    return _IN_PROGRAM.search(line, max(at - _PROGRAM_CHARS, 0), at) is not None
