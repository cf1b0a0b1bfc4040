r"""Decode bytes to blocks of whole lines of text, with the encoding detected from the first lines.

PowerShell writes UTF-16, cmd.exe an OEM code page, Linux UTF-8 with names cut in the middle of a character::

    text = decode(open("dump.txt", "rb"))
    for block in text:
        print(block.text, end="")
    print(text.encoding, text.grounds)

A line ends with ``\n``, after any number of ``\r``: CRLF, and CRCRLF where line ends were translated twice. Any other
control character may be part of a program's name. Only where the beginning has no ``\n`` at all, ``\r`` ends a line.
A byte order mark at the beginning of any line is dropped, because files may have been concatenated.

The text depends on the bytes of the source alone, not on how many come at once.
"""

import codecs
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Self, cast

from netstat_parse.decode.code_pages import DetectedEncoding, EncodingDetector, KnownWords
from netstat_parse.decode.lines import Source, align_to_lines, read_ahead, read_chunks, translate_line_ends
from netstat_parse.named_fields import NamedFields
from netstat_parse.precompiled import compile_pattern

__all__ = ["DecodedText", "Source", "TextBlock", "decode"]

SNIFF_BYTES = 64
"""Bytes read before the first detection: about a heading, so that a pipe delivers its first rows without delay."""

UTF16_SNIFF_BYTES = 1024
"""Bytes in which zero bytes are counted, where the first `SNIFF_BYTES` have any."""

BINARY_SNIFF_BYTES = 4096
"""Bytes at the beginning in which control characters are counted."""

MIN_BINARY_SHARE = 0.05
"""Share of control characters from which on the beginning is not text: compressed data has 0.1, a log far less."""

_TEXT_BYTES = bytes([*b"\a\b\t\n\v\f\r\x1b", *range(0x20, 0x7F), *range(0x80, 0x100)])
"""Bytes of text in any encoding but UTF-16 and UTF-32, with the control characters that terminals interpret."""

_ASCII = DetectedEncoding("ascii", "nothing but ASCII", is_final=False)

_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}

_ORDER_MARK = compile_pattern("^\ufeff+", re.MULTILINE)

_NOT_ASCII = compile_pattern(rb"[^\x00-\x7f]")

_SURROGATE = compile_pattern("[\ud800-\udfff]")

_UNDECODABLE = "\udcff"
"""Marks bytes that the encoding cannot decode, until they are counted; then U+FFFD, which may be printed too."""


def _mark_undecodable(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    # UTF-16 to which an editor or git has added a line end of one byte.
    is_half = error.object[error.start : error.end] == b"\n"
    return "" if is_half else _UNDECODABLE, error.end


_ERROR_HANDLER = "netstat_parse.undecodable"

codecs.register_error(_ERROR_HANDLER, _mark_undecodable)


class LineHints(NamedFields):
    """The lines of a text that later stages must examine, by their offsets. A worker may find them in advance."""

    escaped: Sequence[int]
    """The lines that may have something to undo."""
    marked: Sequence[int] | None
    """The lines that may have text of netstat, behind a prefix or not, or be headers; None if nobody has searched."""
    needs_no_decision: bool
    """True if no line may have a prefix or a suffix, as long as none is learnt."""


class TextBlock(NamedFields):
    """Whole lines of text; only the last block may lack its line end."""

    text: str
    numbers: range
    """Numbers of its lines, counted from 1 over the whole source."""
    undecodable: Sequence[int] = ()
    """Numbers of the lines in which U+FFFD replaces bytes that the encoding cannot decode."""
    cut: Sequence[int] = ()
    """Numbers of the lines that were cut, being longer than `MAX_LINE_CHARS`."""
    hints: LineHints | None = None
    """None if nobody has searched the text yet."""


def decode(
    source: Source,
    encoding: str | None = None,
    vocabulary: KnownWords | Callable[[], KnownWords] | None = None,
) -> "DecodedText":
    """Decode bytes, text, a file of either, or lines of either.

    The vocabulary has the words that netstat prints. If it is a function, it is called only for bytes that are
    neither ASCII nor Unicode. An encoding turns off detection; LookupError if Python has none of that name.
    """
    return DecodedText(source, encoding, vocabulary or {})


class DecodedText(Iterator[TextBlock]):
    """Iterator over the text of a source in blocks, each as soon as its lines have come."""

    def __init__(self, source: Source, encoding: str | None, vocabulary: KnownWords | Callable[[], KnownWords]) -> None:
        self._requested = None if encoding is None else _find_codec(encoding)
        self._detector = EncodingDetector(vocabulary)
        self._detection: DetectedEncoding | None = None
        self._beginning = b""
        """The first bytes, up to `BINARY_SNIFF_BYTES`."""
        self._changes: list[tuple[int, DetectedEncoding]] = []
        """Each encoding, behind the number of the first line that was decoded with it."""
        self.lines = 0
        """The number of lines in the blocks so far."""
        self._blocks = self._read_blocks(read_chunks(source))

    @property
    def encoding(self) -> str | None:
        """Python's name of the encoding; ``ascii`` until other bytes come, None for a source of text."""
        return self._detection.encoding if self._detection else None

    @property
    def grounds(self) -> str | None:
        """Why it is this encoding: asked for, a byte order mark, valid UTF-8, known words ..."""
        return self._detection.grounds if self._detection else None

    def find_encoding(self, line: int) -> DetectedEncoding | None:
        """Return the encoding of a line that was read, by its number; None for a source of text."""
        return next((found for first, found in reversed(self._changes) if first <= line), self._detection)

    @property
    def is_binary(self) -> bool:
        """True if the source is a program, a picture or other data that no encoding turns into text."""
        if not self._detection or _is_wide(self._detection.encoding):
            return False
        without_ends = self._beginning.translate(None, b"\r\n")  # which a list of lines may lack
        return len(without_ends.translate(None, _TEXT_BYTES)) > MIN_BINARY_SHARE * len(without_ends)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> TextBlock:
        return next(self._blocks)

    def _read_blocks(self, chunks: Iterator[str | bytes]) -> Iterator[TextBlock]:
        first = next(chunks, b"")
        everything = chain((first,), chunks)
        if isinstance(first, str):
            texts = _mark_surrogates(align_to_lines(cast("Iterator[str]", everything), ("\r", "\n")))
        else:
            texts = self._decode(cast("Iterator[bytes]", everything))
        for text, is_cut in texts:
            block = _make_block(text, self.lines + 1, is_cut=is_cut)
            if self._detection and (not self._changes or self._detection != self._changes[-1][1]):
                self._changes.append((self.lines + 1, self._detection))
            self.lines += len(block.numbers)
            yield block

    def _decode(self, chunks: Iterator[bytes]) -> Iterator[tuple[str, bool]]:
        chunks = self._keep_beginning(chunks)
        beginning = read_ahead(chunks, b"", SNIFF_BYTES)
        if b"\0" in beginning[:SNIFF_BYTES]:
            beginning = read_ahead(chunks, beginning, UTF16_SNIFF_BYTES)
        if self._requested:
            detection = _use_requested(self._requested, beginning)
        else:
            detection = _detect_order_mark(beginning) or _detect_utf16(beginning) or _ASCII
        self._detection = detection
        chunks = chain((beginning,), chunks)
        if _is_wide(detection.encoding):
            return align_to_lines(_decode_chunks(chunks, detection.encoding), ("\r", "\n"))
        return self._decode_lines(align_to_lines(chunks, (b"\r", b"\n")), detection)

    def _keep_beginning(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            if (missing := BINARY_SNIFF_BYTES - len(self._beginning)) > 0:
                self._beginning += chunk[:missing]
            yield chunk

    def _decode_lines(
        self, groups: Iterator[tuple[bytes, bool]], detection: DetectedEncoding
    ) -> Iterator[tuple[str, bool]]:
        """Decode lines; from the first on that is not ASCII, they wait until the detector has enough evidence."""
        waiting: list[tuple[bytes, bool]] = []
        for lines, is_cut in groups:
            start = 0
            while start < len(lines):
                rest = lines[start:]
                latest: DetectedEncoding | None = detection
                length = len(rest) if detection.is_final else 0 if waiting else _measure_ascii_lines(rest)
                if not length:
                    latest, length = self._detector.feed(rest)
                waiting.append((rest[:length], is_cut and start == 0))
                start += length
                if latest:
                    self._detection = detection = latest
                    yield from _decode_groups(waiting, detection.encoding)
                    waiting = []
        if waiting:
            self._detection = self._detector.detect()
            yield from _decode_groups(waiting, self._detection.encoding)


def _make_block(text: str, line: int, *, is_cut: bool) -> TextBlock:
    if "\r" in text:
        text = translate_line_ends(text)
    if "\ufeff" in text:
        text = _ORDER_MARK.sub("", text)
    undecodable: list[int] = []
    if _UNDECODABLE in text:
        undecodable = [number for number, content in enumerate(text.split("\n"), line) if _UNDECODABLE in content]
        text = text.replace(_UNDECODABLE, "\N{REPLACEMENT CHARACTER}")
    return TextBlock(text, number_lines(text, line), undecodable, (line,) if is_cut else ())


def number_lines(text: str, first: int) -> range:
    """Return the numbers of the lines of a text, the last of which may lack its line end."""
    return range(first, first + text.count("\n") + (not text.endswith("\n") and text != ""))


def _mark_surrogates(texts: Iterator[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """Mark lone surrogates, which no encoding can encode, as undecodable."""
    for text, is_cut in texts:
        try:
            text.encode()
        except UnicodeEncodeError:
            yield _SURROGATE.sub(_UNDECODABLE, text), is_cut
        else:
            yield text, is_cut


def _measure_ascii_lines(lines: bytes) -> int:
    """Return the length of the lines before the first that is not ASCII, which need no detection."""
    if lines.isascii():
        return len(lines)
    end = next(_NOT_ASCII.finditer(lines)).start()
    return lines.rfind(b"\n", 0, end) + 1


def _decode_groups(groups: Iterable[tuple[bytes, bool]], encoding: str) -> Iterator[tuple[str, bool]]:
    for lines, is_cut in groups:
        try:
            text = lines.decode(encoding)
        except UnicodeDecodeError:
            # Line by line: some encodings take a broken character and the line end behind it for one character.
            text = "\n".join(line.decode(encoding, _ERROR_HANDLER) for line in lines.split(b"\n"))
        yield text, is_cut


def _decode_chunks(chunks: Iterator[bytes], encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(_ERROR_HANDLER)
    for chunk in chunks:
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _find_codec(encoding: str) -> str:
    """Return Python's name of an encoding, which must be able to decode any bytes."""
    try:
        b" \xff".decode(encoding, _ERROR_HANDLER)
        return codecs.lookup(encoding).name
    except (LookupError, ValueError) as error:
        raise LookupError(
            f"unknown encoding {encoding!r}: try utf-8, utf-16, or what chcp prints, as in cp850"
        ) from error


def _is_wide(encoding: str) -> bool:
    """Return whether line ends are found only after decoding, as in UTF-16."""
    return "\n".encode(encoding) != b"\n"


def _use_requested(codec: str, beginning: bytes) -> DetectedEncoding:
    """Return the requested encoding; only the byte order of UTF-16 and UTF-32 is detected."""
    if codec in {"utf-16", "utf-32"}:
        detection = _detect_order_mark(beginning) or _detect_utf16(beginning)
        codec += "-be" if detection and detection.encoding.endswith("be") else "-le"
    return DetectedEncoding(codec, "asked for")


def _detect_order_mark(beginning: bytes) -> DetectedEncoding | None:
    for mark, codec in _ORDER_MARKS.items():
        if beginning.startswith(mark):
            return DetectedEncoding(codec, "byte order mark")
    return None


def _detect_utf16(beginning: bytes) -> DetectedEncoding | None:
    """Detect UTF-16 by its zero bytes: every second byte of ASCII, and of the blanks and digits of any other text."""
    has_zeros = b"\0" in beginning[:SNIFF_BYTES]  # else a source may have given no more than these bytes so far
    beginning = beginning[: UTF16_SNIFF_BYTES if has_zeros else SNIFF_BYTES]
    first, second = beginning[::2].count(0), beginning[1::2].count(0)
    if max(first, second) * 8 < len(beginning) or min(first, second) * 8 > max(first, second) or not first + second:
        return None
    return DetectedEncoding("utf-16-be" if first > second else "utf-16-le", "zero bytes as in UTF-16")
