r"""Bytes to text: blocks of whole lines, with line ends of one kind, in the encoding that the beginning tells.

PowerShell writes UTF-16, cmd.exe the OEM code page, Linux UTF-8 with names cut in the middle of a character::

    text = decode(open("dump.txt", "rb"))
    for block in text:
        print(block.text, end="")
    print(text.encoding, text.grounds)

A line ends at ``\n``, with any number of ``\r`` before it: CRLF, and CRCRLF where it was translated twice. Any other
control character may stand in a program's name. Only where the beginning has no ``\n`` at all, ``\r`` ends a line.
A byte order mark at the beginning of any line is dropped: files may have been joined.

What comes out depends on what the source holds, not on how much of it comes at once.
"""

import codecs
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple, Self, cast

from netstat_parse.decode.code_pages import Judge, Verdict, Vocabulary
from netstat_parse.decode.lines import Source, chunks, gathered, whole_lines

__all__ = ["DecodedText", "Source", "TextBlock", "decode"]


HEAD = 64
"""Bytes that are waited for before anything is said of the encoding: a heading, since who sends a row waits for it."""


PATTERN = 1024
"""Bytes in which zero bytes are counted, where the head has any."""


_ASCII = Verdict("ascii", "nothing but ASCII", is_final=False)


_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


_ORDER_MARK = re.compile("^\ufeff+", re.MULTILINE)


_LINE_END = re.compile(r"\r(?<!\r\r)\r*+\n")


_NOT_ASCII = re.compile(rb"[^\x00-\x7f]")


_SURROGATE = re.compile("[\ud800-\udfff]")


_UNREADABLE = "\udcff"
"""Stands for bytes that the encoding cannot read, as long as these are told from a U+FFFD that was printed."""


def _unreadable(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    # UTF-16 to which an editor or git has added a line end of one byte.
    is_half = error.object[error.start : error.end] == b"\n"
    return "" if is_half else _UNREADABLE, error.end


_HANDLER = "netstat_parse.unreadable"


codecs.register_error(_HANDLER, _unreadable)


class TextBlock(NamedTuple):
    """Whole lines of text; only the last block may lack its line end."""

    text: str
    line: int
    """The number of its first line; the first of all is 1."""
    undecodable: Sequence[int] = ()
    """Numbers of the lines in which U+FFFD stands for bytes that the encoding cannot read."""
    cut: Sequence[int] = ()
    """Numbers of the lines that were too long."""


def decode(
    source: Source,
    encoding: str | None = None,
    vocabulary: Vocabulary | Callable[[], Vocabulary] | None = None,
) -> "DecodedText":
    """Read bytes, text, a file of either, or lines of either, as text.

    The vocabulary is what netstat prints in each language; where it is a function, that is called only for bytes that
    are neither ASCII nor Unicode. An encoding that is asked for is not questioned; LookupError where there is none of
    that name.
    """
    return DecodedText(source, encoding, vocabulary or {})


class DecodedText(Iterator[TextBlock]):
    """The text of a source, block by block: each as soon as its lines are there."""

    def __init__(self, source: Source, encoding: str | None, vocabulary: Vocabulary | Callable[[], Vocabulary]) -> None:
        self._asked = None if encoding is None else _codec(encoding)
        self._judge = Judge(vocabulary)
        self._verdict: Verdict | None = None
        self._blocks = self._read(chunks(source))

    @property
    def encoding(self) -> str | None:
        """Python's name of the encoding, ``ascii`` as long as nothing else came; None for what was text already."""
        return self._verdict and self._verdict.encoding

    @property
    def grounds(self) -> str | None:
        """Why it is this encoding: asked for, a byte order mark, valid UTF-8, known words ..."""
        return self._verdict and self._verdict.grounds

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> TextBlock:
        return next(self._blocks)

    def _read(self, parts: Iterator[str | bytes]) -> Iterator[TextBlock]:
        first = next(parts, b"")
        everything = chain((first,), parts)
        if isinstance(first, str):
            texts = _without_surrogates(whole_lines(cast("Iterator[str]", everything), ("\r", "\n")))
        else:
            texts = self._decoded(cast("Iterator[bytes]", everything))
        line = 1
        for text, is_cut in texts:
            block = _block(text, line, is_cut=is_cut)
            yield block
            line += block.text.count("\n")

    def _decoded(self, parts: Iterator[bytes]) -> Iterator[tuple[str, bool]]:
        head = gathered(parts, b"", HEAD)
        if b"\0" in head[:HEAD]:
            head = gathered(parts, head, PATTERN)
        verdict = _asked_for(self._asked, head) if self._asked else _marked(head) or _patterned(head) or _ASCII
        self._verdict = verdict
        parts = chain((head,), parts)
        if _is_wide(verdict.encoding):
            return whole_lines(_decoded_at_once(parts, verdict.encoding), ("\r", "\n"))
        return self._judged(whole_lines(parts, (b"\r", b"\n")), verdict)

    def _judged(self, pieces: Iterator[tuple[bytes, bool]], verdict: Verdict) -> Iterator[tuple[str, bool]]:
        """Lines as text; from one on that is not ASCII, they wait until the judge has heard enough."""
        waiting: list[tuple[bytes, bool]] = []
        for lines, is_cut in pieces:
            start = 0
            while start < len(lines):
                rest = lines[start:]
                heard: Verdict | None = verdict
                length = len(rest) if verdict.is_final else 0 if waiting else _ascii_lines(rest)
                if not length:
                    heard, length = self._judge.hear(rest)
                waiting.append((rest[:length], is_cut and start == 0))
                start += length
                if heard:
                    self._verdict = verdict = heard
                    yield from _texts(waiting, verdict.encoding)
                    waiting = []
        if waiting:
            self._verdict = self._judge.decide()
            yield from _texts(waiting, self._verdict.encoding)


def _block(text: str, line: int, *, is_cut: bool) -> TextBlock:
    if "\r" in text:
        text = "\n".join(text.split("\r\n"))  # takes two thirds of the time of `replace`
        if "\r" in text:
            text = _LINE_END.sub("\n", text)
            text = text if text.endswith("\n") else text.rstrip("\r")
    if "\ufeff" in text:
        text = _ORDER_MARK.sub("", text)
    undecodable: list[int] = []
    if _UNREADABLE in text:
        undecodable = [number for number, part in enumerate(text.split("\n"), line) if _UNREADABLE in part]
        text = text.replace(_UNREADABLE, "\N{REPLACEMENT CHARACTER}")
    return TextBlock(text, line, undecodable, (line,) if is_cut else ())


def _without_surrogates(texts: Iterator[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """Text in which lone surrogates, which no encoding can write, count as what could not be read."""
    for text, is_cut in texts:
        try:
            text.encode()
        except UnicodeEncodeError:
            yield _SURROGATE.sub(_UNREADABLE, text), is_cut
        else:
            yield text, is_cut


def _ascii_lines(lines: bytes) -> int:
    """The bytes of the first lines, up to one that is not ASCII: they come out before anything is heard of that."""
    if lines.isascii():
        return len(lines)
    end = next(_NOT_ASCII.finditer(lines)).start()
    return lines.rfind(b"\n", 0, end) + 1


def _texts(pieces: Iterable[tuple[bytes, bool]], encoding: str) -> Iterator[tuple[str, bool]]:
    for lines, is_cut in pieces:
        try:
            text = lines.decode(encoding)
        except UnicodeDecodeError:
            # Line by line, since to some encodings a broken character and the line end behind it are one.
            text = "\n".join(line.decode(encoding, _HANDLER) for line in lines.split(b"\n"))
        yield text, is_cut


def _decoded_at_once(parts: Iterator[bytes], encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(_HANDLER)
    for part in parts:
        yield decoder.decode(part)
    yield decoder.decode(b"", final=True)


def _codec(encoding: str) -> str:
    """Python's name of an encoding that can read any bytes."""
    try:
        b" \xff".decode(encoding, _HANDLER)
        return codecs.lookup(encoding).name
    except (LookupError, ValueError) as error:
        raise LookupError(
            f"unknown encoding {encoding!r}: try utf-8, utf-16, or what chcp prints, as in cp850"
        ) from error


def _is_wide(encoding: str) -> bool:
    """Whether line ends are found only after decoding, as in UTF-16."""
    return "\n".encode(encoding) != b"\n"


def _asked_for(codec: str, head: bytes) -> Verdict:
    """The verdict where there was nothing to judge but the order of bytes."""
    if codec in {"utf-16", "utf-32"}:
        found = _marked(head) or _patterned(head)
        codec += "-be" if found and found.encoding.endswith("be") else "-le"
    return Verdict(codec, "asked for")


def _marked(head: bytes) -> Verdict | None:
    for mark, codec in _ORDER_MARKS.items():
        if head.startswith(mark):
            return Verdict(codec, "byte order mark")
    return None


def _patterned(head: bytes) -> Verdict | None:
    """UTF-16 by its zero bytes: one in every second place, in ASCII and in the blanks and digits of any other text."""
    head = head[:PATTERN]
    first, second = head[::2].count(0), head[1::2].count(0)
    if max(first, second) * 8 < len(head) or min(first, second) * 8 > max(first, second) or not first + second:
        return None
    return Verdict("utf-16-be" if first > second else "utf-16-le", "zero bytes as in UTF-16")
