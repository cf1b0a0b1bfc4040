"""Text for people as lines: titles in their styles, and paragraphs that are broken between words."""

from collections.abc import Iterable, Iterator
from typing import IO

from netstat_parse.formats.appearance import Appearance
from netstat_parse.formats.cells import CUT_NOTE
from netstat_parse.formats.notes import Notes
from netstat_parse.formats.styles import NOTE, paint
from netstat_parse.formats.text_layout import Style, break_words

HIDDEN_NOTE = "Columns that are not shown are in a file, in -f csv, or on a wider terminal."
"""Note below all tables if one of them has columns for which the terminal is too narrow."""


def paint_for(text: str, style: str, appearance: Appearance) -> str:
    """Return the text in a style if the output has colours."""
    return paint(text, style) if appearance.has_color else text


def find_style_for(style: str, appearance: Appearance) -> Style | None:
    """Return the function that gives all cells of a column a style; None if the output has no colours."""
    return (lambda _: style) if appearance.has_color else None


def break_paragraph(text: str, indent: int, appearance: Appearance) -> Iterator[str]:
    """Yield the lines of a paragraph, indented and broken between words."""
    return (" " * indent + line for line in break_words(text, appearance.text_width - indent))


def break_line(text: str, style: str, appearance: Appearance) -> Iterator[str]:
    """Yield a line of text in a style; on a terminal it is broken between words, in a file it is not."""
    for line in [text] if appearance.width is None else break_words(text, appearance.width):
        yield paint_for(line, style, appearance)


def write_notes(notes: Notes, file: IO[bytes], appearance: Appearance) -> None:
    """Write the notes about all tables of an output below them."""
    texts = [CUT_NOTE] if notes.has_truncated else []
    texts += [HIDDEN_NOTE] if notes.has_hidden else []
    write_lines((line for text in texts for line in break_line(text, NOTE, appearance)), file)


def write_lines(lines: Iterable[str], file: IO[bytes]) -> None:
    """Write lines of text."""
    file.writelines(f"{line}\n".encode(errors="backslashreplace") for line in lines)
