"""Sources of any kind become chunks of whole lines."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from netstat_parse.decode import lines
from netstat_parse.decode.text import decode
from support.decoding import CUT_NAME, GERMAN, NETSTAT, ROW, VOCABULARY, Pipe, read


def crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def text_file(folder: Path) -> io.TextIOWrapper:
    path = folder / "netstat.txt"
    path.write_bytes(crlf(NETSTAT))
    return path.open(encoding="utf-8", newline="")


SOURCES: dict[str, Callable[[Path], lines.Source]] = {
    "bytes": lambda _: crlf(NETSTAT),
    "bytearray": lambda _: bytearray(crlf(NETSTAT)),
    "memoryview": lambda _: memoryview(crlf(NETSTAT)),
    "str": lambda _: NETSTAT,
    "binary file": lambda _: io.BytesIO(crlf(NETSTAT)),
    "text file": text_file,
    "lines of bytes": lambda _: iter(crlf(NETSTAT).splitlines(keepends=True)),
    "lines without ends": lambda _: NETSTAT.splitlines(),
    "UTF-16 lines": lambda _: NETSTAT.encode("utf-16").splitlines(keepends=True),
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_every_source_gives_the_same_lines(source: Callable[[Path], lines.Source], tmp_path: Path) -> None:
    opened = source(tmp_path)
    assert read(decode(opened)) == NETSTAT
    if isinstance(opened, io.TextIOWrapper):
        opened.close()


def test_lines_that_are_neither_bytes_nor_text_are_refused() -> None:
    with pytest.raises(TypeError, match="a line must be str or bytes, not int"):
        read(decode([1, 2]))  # type: ignore[arg-type]  # the error is expected


@pytest.mark.parametrize("row", [ROW.encode(), GERMAN.encode(), GERMAN.encode("cp850"), CUT_NAME + b"\n"])
def test_a_row_from_a_pipe_does_not_wait_for_the_next(row: bytes) -> None:
    heading = NETSTAT.encode().removesuffix(ROW.encode() * 3)
    text = decode(Pipe([heading, row], is_open=True), vocabulary=VOCABULARY)
    assert next(text).text.count("\n") == 4
    assert next(text).text.count("\n") == 1


def test_a_text_file_without_seek_is_read_line_by_line() -> None:
    class Terminal(io.TextIOWrapper):
        def seekable(self) -> bool:
            return False

    assert [block.text for block in decode(Terminal(io.BytesIO(b"tcp\nudp\n")))] == ["tcp\n", "udp\n"]


@pytest.mark.parametrize(
    ("printed", "read_as"),
    [
        ("tcp\r\nudp\r\n", "tcp\nudp\n"),
        ("tcp\r\r\nudp\r\r\r\n", "tcp\nudp\n"),
        ("10%\r20%\r30%\ntcp\r\n", "10%\r20%\r30%\ntcp\n"),
        ("tcp\rudp\r", "tcp\nudp\n"),
        ("tcp\r\nudp\r", "tcp\nudp"),
        ("a\x0bb\x0cc\x1dd\x85e\u2028f\n", "a\x0bb\x0cc\x1dd\x85e\u2028f\n"),
        ("\ufefftcp\n\ufeffudp a\ufeffb\n", "tcp\nudp a\ufeffb\n"),
        ("", ""),
    ],
    ids=["CRLF", "CRCRLF", "progress", "CR", "cut between CR and LF", "other controls", "joined files", "empty"],
)
@pytest.mark.parametrize(
    "encode", [str, str.encode, lambda text: text.encode("utf-16")], ids=["str", "utf-8", "utf-16"]
)
def test_a_line_ends_at_a_line_feed(printed: str, read_as: str, encode: Callable[[str], str | bytes]) -> None:
    assert read(decode(encode(printed))) == read_as


def test_a_block_has_whole_lines_and_their_numbers() -> None:
    blocks = list(decode(NETSTAT * 2000))
    assert len(blocks) > 2
    assert all(block.text.endswith("\n") and len(block.text) <= 2 * lines.MAX_LINE_CHARS for block in blocks)
    heights = [block.text.count("\n") for block in blocks]
    assert [len(block.numbers) for block in blocks] == heights
    assert [block.numbers.start for block in blocks] == [1 + sum(heights[:index]) for index in range(len(blocks))]


@pytest.mark.parametrize("long", ["x" * 1_000_000, "é" * 200_000])
def test_the_beginning_of_an_overlong_line_is_kept(long: str) -> None:
    blocks = list(decode(io.BytesIO(f"tcp\n{long}\nudp\n".encode())))
    parts = "".join(block.text for block in blocks).split("\n")
    assert (parts[0], parts[2:]) == ("tcp", ["udp", ""])
    assert long.startswith(parts[1].rstrip("\ufffd"))
    assert lines.MAX_LINE_CHARS // 2 <= len(parts[1]) <= lines.MAX_LINE_CHARS
    assert [line for block in blocks for line in block.cut] == [2]


@pytest.mark.parametrize("cut", range(6))
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "cp850"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r\r\n"])
def test_lines_of_a_text_that_is_cut_at_any_byte_are_that_text(cut: int, encoding: str, end: str) -> None:
    data = NETSTAT.replace("\n", end).encode(encoding)
    data = data[: len(data) - cut]
    whole = [(block.text, block.undecodable) for block in decode(data)]
    expected = "".join(text for text, _ in whole), [number for _, numbers in whole for number in numbers]
    kept = io.BytesIO(data).readlines()
    wide = [data.split(b"\n"), data.splitlines(keepends=True)] if encoding != "cp850" else []
    for pieces in (kept, [piece for line in kept for piece in (b"", line, b"")], *wide):
        for source in (pieces, iter(pieces)):
            blocks = list(decode(source))
            undecodable = [number for block in blocks for number in block.undecodable]
            assert ("".join(block.text for block in blocks), undecodable) == expected


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (["", "a", "", "b"], "\na\n\nb\n"),
        (["", ""], "\n\n"),
        (["", "a\n", "", "b", "c\n"], "a\nb\nc\n"),
        (["a\r", "b\r"], "a\nb\n"),
        (["a\rb\r"], "a\nb\n"),
        (["a\n", "b\v", "c\n"], "a\nb\vc\n"),
    ],
)
def test_an_empty_line_is_a_line_only_where_line_ends_were_split_off(pieces: list[str], text: str) -> None:
    assert read(decode(iter(pieces))) == text


def test_a_line_without_an_end_does_not_wait_for_the_next() -> None:
    source = iter(["tcp", "udp"])
    assert next(decode(source)).text == "tcp\n"
    assert next(source) == "udp"
