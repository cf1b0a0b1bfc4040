"""Text for people as lines: titles in their styles, and paragraphs that are broken between words."""

from collections.abc import Iterable, Iterator
from typing import IO

from netstat_parse.formats.appearance import Appearance
from netstat_parse.formats.styles import paint
from netstat_parse.formats.text_layout import break_words


def paint_for(text: str, style: str, appearance: Appearance) -> str:
    """Return the text in a style if the output has colours."""
    return paint(text, style) if appearance.has_color else text


def break_paragraph(text: str, indent: int, appearance: Appearance) -> Iterator[str]:
    """Yield the lines of a paragraph, indented and broken between words."""
    return (" " * indent + line for line in break_words(text, appearance.text_width - indent))


def write_lines(lines: Iterable[str], file: IO[bytes]) -> None:
    """Write lines of text."""
    file.writelines(f"{line}\n".encode(errors="backslashreplace") for line in lines)
