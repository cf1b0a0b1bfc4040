"""Undo escapes line by line, in an input where a line has any."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from netstat_parse.decode.text import TextBlock, number_lines
from netstat_parse.escapes import literals, mail, markup, notations, pagers
from netstat_parse.escapes.blanks import replace_blanks
from netstat_parse.escapes.line_block import LineBlock, from_text
from netstat_parse.escapes.literals import Literals
from netstat_parse.escapes.output import InputLine, Output
from netstat_parse.escapes.terminal import Screen, has_control


class LineUndoer:
    """Undoes the lines of one input."""

    def __init__(self) -> None:
        self._screen = Screen()
        self._literals = Literals()
        self._is_padded = False
        """True if blanks of Unicode pad the last line."""
        self._held: InputLine | None = None
        """A line that continues in the next one."""
        self._output = Output()

    @property
    def _is_open(self) -> bool:
        """True if the next line depends on the last one."""
        return self._held is not None or self._literals.is_open or self._screen.is_painted or self._is_padded

    def read(self, block: TextBlock, hinted: Sequence[int]) -> Iterator[LineBlock]:
        """Undo the lines of a block, of which those at these offsets may have something to undo."""
        if not hinted and not self._is_open:
            return iter((from_text(block),))
        self._read_lines(block, hinted)
        blocks = self._output.blocks()
        # The offsets of the hints are right if no line was changed, held or added.
        return (each._replace(hints=block.hints) if each.text == block.text else each for each in blocks)

    def end(self) -> Iterator[LineBlock]:
        """Return what was held, as no more lines follow."""
        if self._held:
            self._undo(self._held._replace(end=""))
        return self._output.blocks()

    def _read_lines(self, block: TextBlock, hinted: Sequence[int]) -> None:
        """Undo the lines with hints, and those that depend on the line above; the others stay as they are."""
        text, number, at, index = block.text, block.numbers.start, 0, 0
        while at < len(text):
            index = bisect_left(hinted, at, index)
            start = hinted[index] if index < len(hinted) else len(text)
            if start > at and not self._is_open:
                numbers = number_lines(text[at:start], number)
                self._output.add_plain(text[at:start], numbers, block.undecodable, block.cut)
                number, at = numbers.stop, start
                continue
            end = text.find("\n", at)
            stop = end if end >= 0 else len(text)
            line = InputLine(text[at:stop], number, text[stop : stop + 1])
            line = line._replace(undecodable=_has(block.undecodable, number), cut=_has(block.cut, number))
            self._read_line(line, is_hinted=start == at)
            at, number = stop + 1, number + 1

    def _read_line(self, line: InputLine, *, is_hinted: bool) -> None:
        """Undo a line, together with lines above that continue in it, unless it continues in the next one."""
        held, self._held = self._held, None
        is_folded = held is not None and held.text.endswith("\\")
        if held and not is_folded and not line.text.strip():  # a soft break is within a line
            self._undo(held)
            held = None
        if held is None:
            continues = is_hinted and (mail.has_soft_break(line.text) or literals.begins_folded(line.text))
        elif is_folded:
            continues = literals.continues_folded(line.text) and held.joined < literals.MAX_FOLDED_LINES
        else:
            continues = line.text.endswith("=") and held.joined < mail.MAX_JOINED_LINES
        if held:
            join = literals.unfold if is_folded else mail.join_soft
            line = _join(held, line, join(held.text, line.text))
        if continues and line.end:
            self._held = line
        else:
            self._undo(line, is_hinted=is_hinted or held is not None)

    def _undo(self, line: InputLine, *, is_hinted: bool = True) -> None:
        """Undo one line, and add what it holds to the output."""
        text = mail.decode_quoted(line.text) if "=" in line.text and is_hinted else line.text
        if has_control(text):
            texts = self._screen.render(text)
        else:
            self._screen.forget()
            texts = [text]
        if is_hinted:
            texts = _apply(markup.strip_markup, texts)
        origin = None
        if is_hinted or self._literals.is_open:
            found = [self._literals.undo(each) for each in texts]
            texts = [each for lines, _ in found for each in lines]
            origin = next((host for _, host in found if host), None)
        if texts != [line.text] or is_hinted:
            texts = _apply(_undo_notations, texts)
            texts = [pagers.strip_prompt(markup.strip_markdown(each)) for each in texts]
        texts = [self._undo_blanks(each) for each in texts]
        self._output.add(line, texts, origin)

    def _undo_blanks(self, text: str) -> str:
        if text.isascii():
            self._is_padded = False
            return text
        text, self._is_padded = replace_blanks(text, is_below_padded=self._is_padded)
        return text


def _has(numbers: Sequence[int], number: int) -> bool:
    """Return whether the number is one of these, which ascend."""
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number


def _apply(step: Callable[[str], list[str]], texts: list[str]) -> list[str]:
    return [result for text in texts for result in step(text)]


def _undo_notations(text: str) -> list[str]:
    """Undo notations for control characters, and what those characters do."""
    lines = notations.undo_daemon(text) if "\\" in text or "#0" in text else [text]
    if "^" in text:
        lines = [notations.undo_caret(line) for line in lines]
    if "M-" in text:
        lines = [notations.undo_meta(line) for line in lines]
    return [result for line in lines for result in (Screen().render(line) if has_control(line) else [line])]


def _join(first: InputLine, second: InputLine, text: str) -> InputLine:
    """Join a line to the one before it, which gives this text."""
    undecodable, cut = first.undecodable or second.undecodable, first.cut or second.cut
    return InputLine(text, first.number, second.end, undecodable, cut, first.joined + 1)
