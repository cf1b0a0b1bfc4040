"""Lines that wait for a decision, with all that is known of them: they leave in blocks of one origin."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from netstat_parse.escapes.line_block import LineBlock
from netstat_parse.named_fields import NamedFields

Value = TypeVar("Value")


class Decision(NamedFields):
    """The outcome of a line: its text without prefix and suffix, and its origin."""

    text: str
    origin: str | None
    is_final: bool
    """False if a prefix may still be stripped."""


class LineBuffer:
    """The lines that wait, and those of the current block behind them."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.decisions: dict[int, Decision] = {}
        """The lines that change, by index."""
        self.possible_rows: dict[int, int] = {}
        """Columns, from 1, of rows behind other text, by the index of the line."""
        self._block = LineBlock("", ())
        self._is_ended = True
        """True if the last line has its line end."""

    def __len__(self) -> int:
        return len(self.lines)

    def add(self, block: LineBlock) -> None:
        """Add the lines of a block."""
        lines = block.text.split("\n")
        self._is_ended = not lines[-1]
        if self._is_ended:
            lines.pop()
        if not self.lines:
            self.lines, self._block = lines, block
            return
        held = self._block
        self.lines += lines
        self._block = block._replace(
            text="",
            numbers=_join_numbers(held.numbers, block.numbers),
            originals={**held.originals, **block.originals},
            shared={**held.shared, **block.shared},
            undecodable=[*held.undecodable, *block.undecodable],
            cut=[*held.cut, *block.cut],
        )

    def original(self, at: int) -> str | None:
        """Return the line of the input that has this line behind something else; None if it has other lines, too."""
        numbers, originals = self._block.numbers, self._block.originals
        original = originals.get(numbers[at]) if originals else None
        if (
            not original
            or not self.lines[at]
            or not original.partition(self.lines[at])[0].strip()
            or self.lines[at] not in original
        ):
            return None
        shared = self._block.shared.get(numbers[at])
        return None if shared and shared.held > 1 else original

    def set_origin(self, origin: str | None) -> None:
        """Set the origin of the lines for which no decision names another."""
        self._block = self._block._replace(origin=origin)

    def release(self, count: int) -> Iterator[LineBlock]:
        """Remove the first lines and return them, with their decisions, in blocks of lines of one origin."""
        if not count:
            return
        if count == len(self.lines) and not (self.decisions or self.possible_rows) and self._block.text:
            yield self._block
        elif not self.decisions:
            yield self._make_block(0, count)
        else:
            starts = [at for at in range(count) if at == 0 or self._origin(at) != self._origin(at - 1)]
            for start, end in zip(starts, [*starts[1:], count], strict=True):
                yield self._make_block(start, end)
        del self.lines[:count]
        rest = self._block.numbers[count:]
        self._block = _select(self._block, rest) if rest else LineBlock("", ())
        self.decisions = {at - count: decision for at, decision in self.decisions.items() if at >= count}
        self.possible_rows = {at - count: column for at, column in self.possible_rows.items() if at >= count}

    def _origin(self, at: int) -> str | None:
        decision = self.decisions.get(at)
        return decision.origin if decision else self._block.origin

    def _make_block(self, start: int, end: int) -> LineBlock:
        numbers = self._block.numbers[start:end]
        block = _select(self._block, numbers)
        self._block = _forget_faults(self._block, numbers[-1])
        texts, originals = self.lines[start:end], {}
        if self.decisions:
            for at in range(start, end):
                decision = self.decisions.get(at)
                if decision and decision.text != self.lines[at]:
                    texts[at - start] = decision.text
                    originals[numbers[at - start]] = self.lines[at]
        if self._is_ended or end < len(self.lines):
            texts.append("")
        elif not texts[-1] and self.lines[end - 1]:
            texts[-1] = " "  # a line that was only a prefix stays a line, also at the end of the text
        return block._replace(
            text="\n".join(texts),
            originals={**originals, **block.originals},
            origin=self._origin(start),
            possible_rows=self._find_possible_rows(start, end),
        )

    def _find_possible_rows(self, start: int, end: int) -> dict[int, int]:
        columns = self.possible_rows
        return {at - start: columns[at] for at in range(start, end) if at in columns} if columns else {}


def _join_numbers(first: Sequence[int], second: Sequence[int]) -> Sequence[int]:
    is_continuous = isinstance(first, range) and isinstance(second, range) and first.stop == second.start
    return range(first[0], second[-1] + 1) if is_continuous and second else [*first, *second]


def _select(block: LineBlock, numbers: Sequence[int]) -> LineBlock:
    """Return what is known of the lines with these numbers; the text stays empty."""
    first, last = numbers[0], numbers[-1]
    return LineBlock(
        "",
        numbers,
        originals=_of_lines(block.originals, numbers),
        shared=_of_lines(block.shared, numbers),
        undecodable=block.undecodable[bisect_left(block.undecodable, first) : bisect_right(block.undecodable, last)],
        cut=block.cut[bisect_left(block.cut, first) : bisect_right(block.cut, last)],
        origin=block.origin,
    )


def _forget_faults(block: LineBlock, number: int) -> LineBlock:
    """Forget the faults of the lines up to this one: a line of which more blocks hold a part has them once."""
    if not block.undecodable and not block.cut:
        return block
    return block._replace(
        undecodable=block.undecodable[bisect_right(block.undecodable, number) :],
        cut=block.cut[bisect_right(block.cut, number) :],
    )


def _of_lines(facts: Mapping[int, Value], numbers: Sequence[int]) -> Mapping[int, Value]:
    return {number: facts[number] for number in numbers if number in facts} if facts else facts
